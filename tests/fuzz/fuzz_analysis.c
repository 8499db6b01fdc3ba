// fuzz_analysis.c: any bytes as text in any language: ranges inside the text, positions without
// gaps, terms an index can store, and the same answer out of the cache as into it.
#include <stdlib.h>

#include "base/utf8.h"
#include "text/analysis.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct check {
    nx_vocab *vocab;
    nx_str text;
    uint32_t pos;
    uint64_t sum; // of what was reported
} check;

static void each(void *ctx, const nx_chunk *c)
{
    check *k = ctx;
    if (c->start >= c->end || c->end > k->text.n || c->pos != k->pos || c->positions == 0) {
        abort();
    }
    bool primary[256] = {false};
    for (size_t i = 0; i < c->form_count; i++) {
        const nx_form *f = &c->forms[i];
        nx_str term = nx_vocab_get(k->vocab, f->term);
        if (f->start >= f->end || f->end > c->end - c->start || f->dpos >= c->positions ||
            term.n == 0 || term.n > NX_TERM_MAX || nx_utf8_valid(term) != term.n) {
            abort();
        }
        if (f->kind == NX_FORM_EXACT || f->kind == NX_FORM_ACRONYM) {
            if (primary[f->dpos]) {
                abort();
            }
            primary[f->dpos] = true;
        } else if (!primary[f->dpos]) {
            abort();
        }
        k->sum = k->sum * 31 + f->term * 8 + f->kind + f->start;
    }
    for (unsigned i = 0; i < c->positions; i++) {
        if (!primary[i]) {
            abort();
        }
    }
    k->pos += c->positions;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"", "en", "de", "fr", "ru", "ar", "tr", "hi"};
    if (size == 0) {
        return 0;
    }
    nx_vocab *vocab = nx_vocab_new();
    nx_analyzer *a = nx_analyzer_new(vocab);
    nx_analyzer_language(a, nx_str_of(languages[data[0] % 8]));
    nx_str text = nx_str_make((const char *)data + 1, size - 1);
    check first = {vocab, text, 1, 0}, second = {vocab, text, 1, 0};
    (void)nx_analyze(a, text, 1, each, &first);
    (void)nx_analyze(a, text, 1, each, &second);
    if (nx_analyzer_failed(a) || first.sum != second.sum || first.pos != second.pos) {
        abort();
    }
    nx_analyzer_free(a);
    nx_vocab_free(vocab);
    return 0;
}
