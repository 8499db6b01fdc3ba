// run.c: see run.h.
#include "searcher/run.h"

#include <stdio.h>
#include <unistd.h>

#include "base/io.h"
#include "base/utf8.h"
#include "searcher/find_id.h"
#include "searcher/notes.h"
#include "searcher/tally.h"

enum { FLUSH_AT = 1 << 15, NOTES_MAX = 1 << 20, CARD_MAX = 1 << 27, ATTEMPTS = 4 };

typedef struct showing {
    nx_run *run;
    nx_result *result;
    nx_answer answer;
    nx_tally facets[NX_FACETS_MAX];
    nx_arena *arena; // of the answer
    nx_buf tree;
} showing;

// ---- the answer but for its hits

static void say_notes(const showing *s)
{
    nx_buf text;
    nx_error ignored = NX_ERROR_INIT;
    if (s->run->ask->quiet) {
        return;
    }
    nx_buf_init(&text, NOTES_MAX);
    nx_notes_add(&s->answer, &text);
    if (text.len > 0) { // where stderr cannot be written to there is nobody to tell
        (void)!nx_write_all(STDERR_FILENO, text.data, text.len, "standard error", &ignored);
    }
    nx_buf_release(&text);
}

static nx_str describe(const nx_question *q, nx_arena *arena)
{
    if (q->related == NULL) {
        return q->query;
    }
    nx_buf text;
    nx_buf_init(&text, 1 << 20);
    nx_buf_addz(&text, "related to ");
    nx_buf_adds(&text, q->related->id.n > 0 ? q->related->id : q->query);
    nx_str copy = nx_arena_copy(arena, nx_buf_str(&text));
    nx_buf_release(&text);
    return copy;
}

static void explain(showing *s)
{
    const nx_query *parsed = nx_result_query(s->result);
    if (s->run->ask->explain && parsed != NULL) {
        nx_query_dump(parsed->root, &s->tree);
        s->answer.tree = nx_buf_str(&s->tree);
        s->answer.plan = nx_result_plan(s->result);
    }
}

// A page that is not full has seen all there is, whatever was estimated.
static nx_counts counts_of(const nx_result *r, const nx_search_options *options)
{
    nx_counts n = nx_result_counts(r);
    uint32_t shown = nx_result_hit_count(r);
    uint64_t seen = (uint64_t)options->offset + shown;
    if (options->limit > 0 && shown < options->limit && (shown > 0 || options->offset == 0)) {
        n.lower = n.estimated = n.upper = seen;
    } else if (shown > 0) {
        n.lower = n.lower > seen ? n.lower : seen;
        n.estimated = n.estimated > n.lower ? n.estimated : n.lower;
        n.upper = n.upper > n.estimated ? n.upper : n.estimated;
    }
    return n;
}

static void make_answer(showing *s, const nx_question *q)
{
    const nx_ask *ask = s->run->ask;
    nx_answer *a = &s->answer;
    *a = (nx_answer){.topic = q->topic,
                     .query = q->query,
                     .description = describe(q, s->arena),
                     .related = q->related != NULL,
                     .counts = counts_of(s->result, &ask->search),
                     .first = ask->search.offset + 1,
                     .shown = nx_result_hit_count(s->result),
                     .now = ask->search.now,
                     .facets = s->facets,
                     .facet_count = ask->search.facet_count,
                     .parsed = nx_result_query(s->result)};
    a->suggestion = nx_result_suggestion(s->result, &a->suggestion_hits);
    for (size_t i = 0; i < a->facet_count; i++) {
        nx_tally *t = &s->facets[i];
        *t = (nx_tally){.name = nx_facet_name(&ask->wishes[i]),
                        .dated = ask->wishes[i].step != NX_STEP_NONE};
        t->buckets = nx_result_facet(s->result, i, &t->count);
    }
    if (ask->timeline_given) {
        a->timeline = nx_timeline_make(s->result, ask->step, s->arena);
    }
    explain(s);
}

// ---- the hits

static nx_status show_hit(showing *s, uint32_t i, nx_snippet_maker *maker, nx_arena *arena,
                          nx_error *err)
{
    nx_hit hit;
    nx_card card;
    nx_output *out = s->run->out;
    nx_arena_clear(arena);
    nx_status status = nx_result_hit(s->result, i, &hit, err);
    if (status == NX_OK) {
        const bool facts_only = s->run->ask->format->facts_only;
        status = nx_card_of_hit(&card, arena, facts_only ? NULL : maker, &hit, err);
    }
    if (status == NX_OK) {
        s->run->ask->format->hit(out, &s->answer, &card);
    }
    bool flush = out->buf.failed || out->buf.len >= FLUSH_AT;
    return status == NX_OK && flush ? nx_output_flush(out, err) : status;
}

static nx_status show_hits(showing *s, nx_error *err)
{
    size_t count = 0;
    const nx_mark *marks = nx_result_marks(s->result, &count);
    nx_snippet_maker *maker = nx_snippet_maker_new(marks, count);
    nx_arena *arena = nx_arena_new(CARD_MAX);
    nx_status status = maker != NULL && arena != NULL ? NX_OK : nx_fail_nomem(err);
    for (uint32_t i = 0; i < s->answer.shown && status == NX_OK && !s->run->out->closed; i++) {
        status = show_hit(s, i, maker, arena, err);
    }
    nx_arena_free(arena);
    nx_snippet_maker_free(maker);
    return status;
}

static nx_status show(showing *s, nx_error *err)
{
    const nx_format *format = s->run->ask->format;
    nx_output *out = s->run->out;
    out->queries++;
    if (format->begin != NULL) {
        format->begin(out, &s->answer);
    }
    nx_status status = format->hit != NULL ? show_hits(s, err) : NX_OK;
    if (status == NX_OK && format->end != NULL) {
        format->end(out, &s->answer);
    }
    return status == NX_OK ? nx_output_flush(out, err) : status;
}

// ---- asking

// text: of the query as it is searched for.
static nx_status ask_once(showing *s, const nx_question *q, nx_str text, nx_error *err)
{
    nx_run *run = s->run;
    const nx_search_options *options = &run->ask->search;
    nx_status status = q->related != NULL
                           ? nx_search_related(run->searcher, q->related, options, &s->result, err)
                           : nx_search(run->searcher, text, options, &s->result, err);
    if (status != NX_OK) {
        return status;
    }
    nx_arena_clear(s->arena);
    nx_buf_clear(&s->tree);
    make_answer(s, q);
    status = nx_arena_check(s->arena, "the answer", err);
    if (status == NX_OK) {
        status = nx_buf_check(&s->tree, "the explanation", err);
    }
    if (status == NX_OK) {
        status = show(s, err);
    }
    if (status == NX_OK) {
        say_notes(s);
        run->matches +=
            s->answer.counts.lower > s->answer.shown ? s->answer.counts.lower : s->answer.shown;
    }
    nx_result_free(s->result);
    s->result = NULL;
    return status;
}

// Does the query say itself what its phrases are, as "bob mueller" OR "robert mueller" does?
// Elsewhere a quotation mark is a nickname's.
static bool has_own_phrases(nx_str query)
{
    size_t marks = 0;
    for (size_t i = 0; i < query.n; i++) {
        marks += query.p[i] == '"';
    }
    return nx_str_starts(nx_str_trim(query), NX_STR("\"")) && marks % 2 == 0;
}

// NAME as a phrase in which other words may stand; of a query with phrases of its own, these.
static void as_phrase(nx_str query, uint64_t slop, nx_buf *out)
{
    bool own = has_own_phrases(query), open = false;
    nx_buf_addz(out, own ? "" : "\"");
    for (size_t i = 0; i < query.n; i++) {
        bool mark = query.p[i] == '"';
        nx_buf_addc(out, mark && !own ? ' ' : query.p[i]);
        open = mark ? !open : open;
        if (own && mark && !open && (i + 1 == query.n || query.p[i + 1] != '~')) {
            nx_buf_addf(out, "~%llu", (unsigned long long)slop);
        }
    }
    if (!own) {
        nx_buf_addf(out, "\"~%llu", (unsigned long long)slop);
    }
}

nx_status nx_run_question(nx_run *run, const nx_question *question, nx_error *err)
{
    showing s = {.run = run, .arena = nx_arena_new(CARD_MAX)};
    nx_str text = question->query;
    nx_buf phrase;
    nx_buf_init(&phrase, 16 * NX_QUERY_MAX_BYTES);
    nx_buf_init(&s.tree, 1 << 24);
    nx_status status = s.arena != NULL ? NX_OK : nx_fail_nomem(err);
    if (run->ask->slop_given && question->related == NULL) {
        as_phrase(question->query, run->ask->slop, &phrase);
        text = nx_buf_str(&phrase);
        status = status == NX_OK ? nx_buf_check(&phrase, "the query", err) : status;
    }
    // Hits are read after the search: a newer commit may have taken them away. As long as nothing
    // has been printed, asking again is invisible.
    uint64_t written = run->out->written;
    size_t start = run->out->buf.len;
    if (status == NX_OK) {
        status = ask_once(&s, question, text, err);
    }
    for (int i = 1; i < ATTEMPTS && status == NX_ESTALE && written == run->out->written; i++) {
        nx_buf_truncate(&run->out->buf, start);
        status = ask_once(&s, question, text, err);
    }
    nx_buf_release(&s.tree);
    nx_buf_release(&phrase);
    nx_arena_free(s.arena);
    return status;
}

// ---- a batch

enum { TOPIC_MAX = 500 }; // bytes: each hit may say it, and without a tab it is the whole query

static nx_status run_line(nx_run *run, nx_str line, nx_error *err)
{
    const char *tab = memchr(line.p, '\t', line.n);
    size_t n = tab != NULL ? (size_t)(tab - line.p) : line.n;
    nx_question q = {.topic = nx_str_trim(nx_str_make(line.p, n)), .query = nx_str_trim(line)};
    q.topic.n = nx_utf8_cut(q.topic, TOPIC_MAX);
    if (tab != NULL) {
        q.query = nx_str_trim(nx_str_make(tab + 1, line.n - n - 1));
    }
    return nx_run_question(run, &q, err);
}

static nx_status run_lines(nx_run *run, nx_str text, const char *name, nx_error *err)
{
    nx_status failed = NX_OK;
    uint64_t number = 0;
    // A byte order mark, as spreadsheets write it, is no part of the first name.
    size_t start = nx_str_starts(text, NX_STR("\xef\xbb\xbf")) ? 3 : 0;
    for (size_t i = start; i < text.n && !run->out->closed;) {
        const char *end = memchr(text.p + i, '\n', text.n - i);
        size_t n = end != NULL ? (size_t)(end - text.p) - i : text.n - i;
        nx_str line = nx_str_make(text.p + i, n);
        i += n + 1;
        number++;
        if (nx_str_trim(line).n == 0) {
            continue;
        }
        nx_status status = run_line(run, line, err);
        if (status == NX_EQUERY) { // the other queries can still be answered
            (void)fprintf(stderr, "newssearch: %s:%llu: %s\n", name, (unsigned long long)number,
                          err->msg);
            failed = status;
        } else if (status != NX_OK) {
            return nx_wrap(err, "%s:%llu: ", name, (unsigned long long)number);
        }
    }
    return failed == NX_OK ? NX_OK : nx_fail(err, failed, "%s: not every query could be run", name);
}

static nx_status read_stdin(nx_buf *out, nx_error *err)
{
    enum { PIECE = 1 << 16 };
    for (ssize_t n = 1; n > 0;) {
        char *to = nx_buf_reserve(out, PIECE);
        if (to == NULL) {
            return nx_buf_check(out, "standard input", err);
        }
        n = read(STDIN_FILENO, to, PIECE);
        if (n < 0) {
            return nx_fail(err, NX_EIO, "standard input cannot be read");
        }
        out->len += (size_t)n;
    }
    return NX_OK;
}

static nx_status read_input(const char *file, nx_buf *out, nx_error *err)
{
    return strcmp(file, "-") == 0 ? read_stdin(out, err) : nx_read_file(file, out, err);
}

nx_status nx_run_batch(nx_run *run, const char *file, nx_error *err)
{
    enum { BATCH_MAX = 1 << 28 };
    nx_buf text;
    nx_buf_init(&text, BATCH_MAX);
    nx_status status = read_input(file, &text, err);
    if (status == NX_OK) {
        status = run_lines(run, nx_buf_str(&text), file, err);
    }
    nx_buf_release(&text);
    return status;
}

// ---- background of an article

static nx_status related_to_text(nx_run *run, const char *file, nx_error *err)
{
    enum { ARTICLE_MAX = 1 << 24 };
    nx_buf text;
    nx_buf_init(&text, ARTICLE_MAX);
    nx_status status = read_input(file, &text, err);
    if (status == NX_OK && text.len > 0) {
        nx_str all = nx_str_trim(nx_buf_str(&text));
        const char *end = memchr(all.p, '\n', all.n);
        size_t n = end != NULL ? (size_t)(end - all.p) : all.n;
        nx_related_wish wish = {.title = nx_str_trim(nx_str_make(all.p, n)),
                                .body = nx_str_skip(all, n),
                                .older_only = run->ask->older};
        nx_question q = {.query = nx_str_of(file), .related = &wish};
        status = nx_run_question(run, &q, err);
    } else if (status == NX_OK) {
        status = nx_fail(err, NX_EUSAGE, "%s: there is no text", file);
    }
    nx_buf_release(&text);
    return status;
}

nx_status nx_run_related(nx_run *run, const char *given, nx_error *err)
{
    nx_buf id;
    if (strcmp(given, "-") == 0) {
        return related_to_text(run, given, err);
    }
    nx_buf_init(&id, 1 << 16);
    nx_status status = nx_find_id(run->searcher, nx_str_of(given), &id, err);
    if (status == NX_OK) {
        nx_related_wish wish = {.id = nx_buf_str(&id), .older_only = run->ask->older};
        nx_question q = {.query = nx_str_of(given), .related = &wish};
        status = nx_run_question(run, &q, err);
    } else if (status == NX_ENOTFOUND && access(given, R_OK) == 0) {
        status = related_to_text(run, given, err);
    }
    nx_buf_release(&id);
    return status;
}
