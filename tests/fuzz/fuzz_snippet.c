// fuzz_snippet.c: any bytes as body: a snippet is a run of its bytes (line breaks become spaces,
// cuts are marked), of bounded length, whole characters only; and it is the same each time.
#include <stdlib.h>

#include "base/utf8.h"
#include "searcher/snippet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const nx_str fbi[] = {{"fbi", 3}}, contact[] = {{"contact", 7}, {"Zcontact", 8}};
static const nx_place places[] = {{fbi, 1}, {contact, 2}};
static const nx_mark marks[] = {
    {.part = 0, .places = places, .place_count = 1, .weight = 2},
    {.part = 1, .places = places + 1, .place_count = 1, .weight = 1},
    {.part = 2, .places = places, .place_count = 2, .window = 4, .ordered = true, .weight = 3},
    {.part = 3, .places = places, .place_count = 2, .window = 60, .weight = 1}};

static void need(bool good)
{
    if (!good) {
        abort();
    }
}

static void check_runs(const nx_snippet *s, nx_str body)
{
    size_t bytes = 0;
    for (size_t i = 0; i < s->count; i++) {
        nx_str t = s->runs[i].text;
        bool inside = t.p >= body.p && t.p + t.n <= body.p + body.n;
        need(t.n > 0 && (inside || (!s->runs[i].marked && t.n <= 4)));
        need(memchr(t.p, '\n', t.n) == NULL);
        bytes += t.n;
    }
    // A character may take four bytes, and a sentence a quarter more than asked for.
    need(bytes <= 4 * (NX_SNIPPET_CHARS + NX_SNIPPET_CHARS / 4) + 8);
    need(s->start <= s->end && s->end <= body.n);
    if (nx_utf8_valid(body) == body.n) {
        nx_str shown = nx_str_make(body.p + s->start, s->end - s->start);
        need(nx_utf8_valid(shown) == shown.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_error err = NX_ERROR_INIT;
    nx_snippet first, again, whole;
    nx_str body = nx_str_make((const char *)data, size);
    nx_snippet_maker *m = nx_snippet_maker_new(marks, NX_COUNT(marks));
    need(m != NULL);
    need(nx_snippet_make(m, NX_STR("Title"), body, NX_STR("en"), &first, &err) == NX_OK);
    size_t start = first.start, end = first.end;
    check_runs(&first, body);
    need(nx_snippet_mark(m, body, NX_STR("en"), NULL, &whole, &err) == NX_OK);
    size_t bytes = 0;
    for (size_t i = 0; i < whole.count; i++) {
        bytes += whole.runs[i].text.n;
    }
    need(bytes == body.n);
    need(nx_snippet_make(m, NX_STR("Title"), body, NX_STR("en"), &again, &err) == NX_OK);
    need(again.start == start && again.end == end);
    nx_snippet_maker_free(m);
    return 0;
}
