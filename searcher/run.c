// run.c: see run.h.
#include "searcher/run.h"

#include <stdio.h>
#include <unistd.h>

#include "base/io.h"
#include "searcher/notes.h"

enum { FLUSH_AT = 1 << 15, NOTES_MAX = 1 << 20, CARD_MAX = 1 << 27 };

typedef struct showing {
    const nx_ask *ask;
    nx_output *out;
    nx_result *result;
    nx_answer answer;
} showing;

static void say_notes(const showing *s)
{
    nx_buf text;
    nx_error ignored = NX_ERROR_INIT;
    if (s->ask->quiet) {
        return;
    }
    nx_buf_init(&text, NOTES_MAX);
    nx_notes_add(&s->answer, &text);
    if (text.len > 0) { // where stderr cannot be written to there is nobody to tell
        (void)!nx_write_all(STDERR_FILENO, text.data, text.len, "standard error", &ignored);
    }
    nx_buf_release(&text);
}

static nx_status show_hit(showing *s, uint32_t i, nx_snippet_maker *maker, nx_arena *arena,
                          nx_error *err)
{
    nx_hit hit;
    nx_card card;
    nx_arena_clear(arena);
    nx_status status = nx_result_hit(s->result, i, &hit, err);
    if (status == NX_OK) {
        status = nx_card_of_hit(&card, arena, maker, &hit, err);
    }
    if (status == NX_OK) {
        s->ask->format->hit(s->out, &s->answer, &card);
        s->out->hits++;
    }
    bool flush = s->out->buf.failed || s->out->buf.len >= FLUSH_AT;
    return status == NX_OK && flush ? nx_output_flush(s->out, err) : status;
}

static nx_status show_hits(showing *s, nx_error *err)
{
    size_t count = 0;
    const nx_mark *marks = nx_result_marks(s->result, &count);
    nx_snippet_maker *maker = nx_snippet_maker_new(marks, count);
    nx_arena *arena = nx_arena_new(CARD_MAX);
    nx_status status = maker != NULL && arena != NULL ? NX_OK : nx_fail_nomem(err);
    for (uint32_t i = 0; i < s->answer.shown && status == NX_OK && !s->out->closed; i++) {
        status = show_hit(s, i, maker, arena, err);
    }
    nx_arena_free(arena);
    nx_snippet_maker_free(maker);
    return status;
}

static nx_status show(showing *s, nx_error *err)
{
    say_notes(s);
    s->ask->format->begin(s->out, &s->answer);
    nx_status status = show_hits(s, err);
    if (status == NX_OK) {
        s->ask->format->end(s->out, &s->answer);
        status = nx_output_flush(s->out, err);
    }
    return status;
}

nx_status nx_run_query(nx_searcher *s, const nx_ask *ask, nx_output *out, nx_str topic,
                       nx_str query, uint64_t *hits, nx_error *err)
{
    showing show_this = {.ask = ask, .out = out};
    nx_status status = nx_search(s, query, &ask->search, &show_this.result, err);
    if (status != NX_OK) {
        return status;
    }
    nx_result *r = show_this.result;
    nx_answer *a = &show_this.answer;
    *a = (nx_answer){.topic = topic,
                     .query = query,
                     .description = query,
                     .counts = nx_result_counts(r),
                     .first = ask->search.offset + 1,
                     .shown = nx_result_hit_count(r),
                     .now = ask->search.now,
                     .parsed = nx_result_query(r)};
    a->suggestion = nx_result_suggestion(r, &a->suggestion_hits);
    *hits = a->counts.lower > a->shown ? a->counts.lower : a->shown;
    status = show(&show_this, err);
    nx_result_free(r);
    return status;
}
