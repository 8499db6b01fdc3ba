// analysis_letters_test.c: what is passed over when only terms of some first letters are wanted
// changes nothing in the rest, in any language that has a stemmer.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/analysis.h"

// Sums up positions and the forms that begin with one of the letters, or are stems that do.
typedef struct tally {
    const nx_vocab *vocab;
    uint32_t letters;
    uint64_t forms;
    size_t chunks;
} tally;

static void add_up(void *ctx, const nx_chunk *c)
{
    tally *t = ctx;
    t->chunks++;
    for (size_t i = 0; i < c->form_count; i++) {
        nx_str term = nx_vocab_get(t->vocab, c->forms[i].term);
        const char first = term.p[term.n > 1 && term.p[0] == 'Z' ? 1 : 0];
        if (first >= 'a' && first <= 'z' && (t->letters >> (first - 'a') & 1) != 0) {
            t->forms = t->forms * 31 + nx_xxh3(term) + c->pos + c->forms[i].dpos;
        }
    }
}

// Words of one to three letters, alone and with endings, some with a capital, and what is
// more than a word.
static void write_many_words(nx_buf *b)
{
    static const char *const endings[] = {"", "ing", "s", "ation", "en", "lar", "ei", "ului"};
    for (unsigned k = 0; k < 26 * 27 * 27; k += 3) {
        unsigned second = k / 26 % 27, third = k / 26 / 27;
        nx_buf_addc(b, (char)((k % 7 == 0 ? 'A' : 'a') + k % 26));
        nx_buf_addz(b, second == 0 ? "" : (const char[]){(char)('a' + second - 1), '\0'});
        nx_buf_addz(b, third == 0 ? "" : (const char[]){(char)('a' + third - 1), '\0'});
        nx_buf_addz(b, endings[k / 26 % NX_COUNT(endings)]);
        nx_buf_addz(b, k % 97 == 0 ? " post-war IT's é中文 U. S. " : k % 11 == 0 ? ", US " : " ");
    }
}

static void words_by_their_first_letters(void **state)
{
    static const char *const languages[] = {"",   "ar", "ca", "da", "de", "el", "en", "es", "eu",
                                            "fi", "fr", "ga", "hi", "hu", "hy", "id", "it", "lt",
                                            "ne", "nl", "no", "pt", "ro", "ru", "sv", "ta", "tr"};
    (void)state;
    nx_vocab *vocab = nx_vocab_new();
    nx_analyzer *a = nx_analyzer_new(vocab);
    nx_buf text;
    nx_buf_init(&text, 1 << 20);
    write_many_words(&text);
    nx_buf_addz(&text, "bptials diuril bunken");
    for (size_t i = 0; i < NX_COUNT(languages); i++) {
        // p and u: what Irish, Indonesian and Turkish make of the last three words.
        const uint32_t letters = 1U << i % 26 | 1U << ('p' - 'a') | 1U << ('u' - 'a');
        tally all = {.vocab = vocab, .letters = letters}, some = all;
        nx_analyzer_language(a, nx_str_of(languages[i]));
        nx_analyzer_letters(a, UINT32_MAX);
        uint32_t end = nx_analyze(a, nx_buf_str(&text), 1, add_up, &all);
        nx_analyzer_letters(a, letters);
        assert_int_equal(nx_analyze(a, nx_buf_str(&text), 1, add_up, &some), end);
        assert_true(some.forms == all.forms && some.forms != 0);
        assert_true(some.chunks <= all.chunks);
        assert_true(i != 6 || some.chunks < all.chunks / 4); // English: what it is for
    }
    nx_buf_release(&text);
    nx_analyzer_free(a);
    nx_vocab_free(vocab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_by_their_first_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
