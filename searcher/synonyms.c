// synonyms.c: the user's file of words that mean the same.
//
//   gaddafi, qaddafi, kadafi        each stands for all
//   potus => president, white house one way
//
// Must not know: queries, the index.
#include <stdlib.h>

#include "searcher/engine.h"
#include "text/analysis.h"

enum { FILE_MAX = 16 << 20, GROUP_MAX = 64 };

struct nx_synonyms {
    nx_vocab *words; // folded
    nx_str *others;  // by number: texts joined by '\n', in arena
    size_t cap;
    nx_arena *arena;
};

void nx_synonyms_free(nx_synonyms *s)
{
    if (s != NULL) {
        nx_vocab_free(s->words);
        nx_arena_free(s->arena);
        free(s->others);
        free(s);
    }
}

nx_str nx_synonyms_of(const nx_synonyms *s, nx_str folded)
{
    uint32_t id = s != NULL ? nx_vocab_find(s->words, folded) : NX_VOCAB_NONE;
    return id != NX_VOCAB_NONE ? s->others[id] : NX_STR_NONE;
}

// Notes that word also stands for the items but itself.
static nx_status add_others(nx_synonyms *s, nx_str word, const nx_str *items, size_t count,
                            nx_error *err)
{
    nx_buf folded, text;
    nx_buf_init(&folded, FILE_MAX);
    nx_buf_init(&text, FILE_MAX);
    nx_fold(word, true, &folded);
    uint32_t id = folded.failed ? NX_VOCAB_NONE : nx_vocab_add(s->words, nx_buf_str(&folded), NULL);
    bool ok = id != NX_VOCAB_NONE;
    if (ok && id >= s->cap) {
        size_t cap = s->cap != 0 ? s->cap * 2 : 64;
        nx_str *others = realloc(s->others, cap * sizeof *others);
        ok = others != NULL;
        if (ok) {
            memset(others + s->cap, 0, (cap - s->cap) * sizeof *others);
            s->others = others;
            s->cap = cap;
        }
    }
    if (ok) {
        nx_buf_adds(&text, s->others[id]);
        for (size_t i = 0; i < count; i++) {
            if (!nx_str_eq(items[i], word)) {
                if (text.len > 0) {
                    nx_buf_addc(&text, '\n');
                }
                nx_buf_adds(&text, items[i]);
            }
        }
        ok = !text.failed;
    }
    if (ok) {
        s->others[id] = nx_arena_copy(s->arena, nx_buf_str(&text));
        ok = !nx_arena_failed(s->arena);
    }
    nx_buf_release(&folded);
    nx_buf_release(&text);
    return ok ? NX_OK : nx_fail_nomem(err);
}

// "a, b c, d" -> items; SIZE_MAX when one is empty or there are too many.
static size_t split(nx_str list, nx_str items[GROUP_MAX])
{
    size_t count = 0;
    for (;;) {
        const char *comma = memchr(list.p, ',', list.n);
        size_t n = comma != NULL ? (size_t)(comma - list.p) : list.n;
        nx_str item = nx_str_trim(nx_str_make(list.p, n));
        if (item.n == 0 || count == GROUP_MAX) {
            return SIZE_MAX;
        }
        items[count++] = item;
        if (comma == NULL) {
            return count;
        }
        list = nx_str_make(comma + 1, list.n - n - 1);
    }
}

static nx_status add_line(nx_synonyms *s, nx_str line, const char *file, size_t number,
                          nx_error *err)
{
    nx_str left[GROUP_MAX], right[GROUP_MAX];
    size_t arrow = nx_str_find(line, NX_STR("=>"), 0);
    nx_str head = arrow == SIZE_MAX ? line : nx_str_make(line.p, arrow);
    nx_str tail = arrow == SIZE_MAX ? line : nx_str_skip(line, arrow + 2);
    size_t left_count = split(head, left), right_count = split(tail, right);
    if (left_count == SIZE_MAX || right_count == SIZE_MAX ||
        (arrow == SIZE_MAX && left_count < 2)) {
        return nx_fail(err, NX_EFORMAT,
                       "%s:%zu: a line of synonyms is \"word, word\" or \"word => word, word\"",
                       file, number);
    }
    nx_status status = NX_OK;
    for (size_t i = 0; i < left_count && status == NX_OK; i++) {
        status = add_others(s, left[i], right, right_count, err);
    }
    return status;
}

static nx_status read_lines(nx_synonyms *s, nx_str text, const char *file, nx_error *err)
{
    nx_status status = NX_OK;
    size_t number = 1;
    for (size_t i = 0; i < text.n && status == NX_OK; number++) {
        const char *end = memchr(text.p + i, '\n', text.n - i);
        size_t n = end != NULL ? (size_t)(end - text.p) - i : text.n - i;
        nx_str line = nx_str_make(text.p + i, n);
        const char *comment = memchr(line.p, '#', line.n);
        if (comment != NULL) {
            line.n = (size_t)(comment - line.p);
        }
        line = nx_str_trim(line);
        if (line.n > 0) {
            status = add_line(s, line, file, number, err);
        }
        i += n + 1;
    }
    return status;
}

nx_status nx_searcher_synonyms(nx_searcher *searcher, nx_str file_text, const char *file_name,
                               nx_error *err)
{
    nx_synonyms *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return nx_fail_nomem(err);
    }
    s->words = nx_vocab_new();
    s->arena = nx_arena_new((size_t)FILE_MAX * 16);
    nx_status status = s->words == NULL || s->arena == NULL
                           ? nx_fail_nomem(err)
                           : read_lines(s, file_text, file_name, err);
    if (status != NX_OK) {
        nx_synonyms_free(s);
        return status;
    }
    nx_synonyms_free(searcher->synonyms);
    searcher->synonyms = s;
    return NX_OK;
}
