// cmd_alerts.c: newssearch --alerts: what the alerts of an index find among its news.
//
// newsindex runs it after an update and delivers what it prints: one JSON object a line, those of
// newsdex-output(5). It changes nothing: the one who asked strikes the news out.
#include <stdlib.h>

#include "base/time.h"
#include "base/tty.h"
#include "base/xdg.h"
#include "searcher/front.h"
#include "searcher/sieve.h"
#include "store/alerts.h"

enum {
    NEWS_DEFAULT = 2000,
    NEWS_MAX = 100000,
    FLUSH_AT = 1 << 16,
    CARD_MAX = 1 << 27,
    ATTEMPTS = 4
};

static struct {
    const char *index;
    uint64_t max;
} options = {.max = NEWS_DEFAULT};

static const nx_opt rows[] = {
    {.kind = NX_OPT_STRING, .letter = 'i', .name = "index", .arg = "DIR", .to = &options.index},
    {.kind = NX_OPT_U64, .name = "max", .arg = "N", .to = &options.max, .min = 1, .max = NEWS_MAX},
    {.kind = NX_OPT_END}};

typedef struct piece { // of news
    int64_t number;
    nx_str term; // in the arena
} piece;

typedef struct looking {
    nx_alerts *alerts;
    nx_searcher *searcher;
    nx_sieve *sieve;
    nx_snippet_maker *maker; // aimed at one alert after the other
    nx_output out;
    nx_arena *arena; // of the news
    nx_arena *card_arena;
    piece *news;
    size_t count;
    int64_t now;
    uint64_t hits;
} looking;

// ---- what is news

static nx_status take_news(void *ctx, int64_t number, nx_str term, nx_error *err)
{
    looking *l = ctx;
    l->news[l->count++] = (piece){number, nx_arena_copy(l->arena, term)};
    return nx_arena_check(l->arena, "the news", err);
}

static nx_status ask_number(void *ctx, nx_str term, int64_t *number, nx_error *err)
{
    return nx_alerts_news_number(((looking *)ctx)->alerts, term, number, err);
}

static nx_status fill_sieve(looking *l, nx_error *err)
{
    nx_sieve_free(l->sieve);
    nx_status status = nx_sieve_new(&l->sieve, l->searcher, err);
    for (size_t i = 0; status == NX_OK && i < l->count; i++) {
        status = nx_sieve_add(l->sieve, l->news[i].term, l->news[i].number, err);
    }
    return status == NX_OK ? nx_sieve_settle(l->sieve, ask_number, l, err) : status;
}

// ---- what is found in it

static nx_status print_hit(looking *l, const nx_alert *alert, nx_result *result, size_t i,
                           nx_error *err)
{
    nx_hit hit;
    nx_card card;
    uint32_t item = 0;
    int64_t number = nx_sieve_hit(l->sieve, i, &item);
    nx_arena_clear(l->card_arena);
    nx_status status = nx_result_hit(result, item, &hit, err);
    if (status == NX_OK) {
        status = nx_card_of_hit(&card, l->card_arena, l->maker, &hit, err);
    }
    if (status == NX_OK) {
        nx_json_alert(&l->out, alert->name, alert->query, number, &card);
        l->hits++;
    }
    bool flush = l->out.buf.failed || l->out.buf.len >= FLUSH_AT;
    return status == NX_OK && flush ? nx_output_flush(&l->out, err) : status;
}

static nx_status print_hits(looking *l, const nx_alert *alert, nx_result *result, nx_error *err)
{
    size_t mark_count = 0;
    const nx_mark *marks = nx_result_marks(result, &mark_count);
    nx_status status = nx_snippet_maker_aim(l->maker, marks, mark_count, err);
    for (size_t i = 0; status == NX_OK && i < nx_sieve_hits(l->sieve); i++) {
        status = print_hit(l, alert, result, i, err);
    }
    return status;
}

static nx_status look_for(void *ctx, const nx_alert *alert, nx_error *err)
{
    looking *l = ctx;
    nx_result *result = NULL;
    if (alert->paused) {
        return NX_OK;
    }
    nx_status status = nx_sieve_search(l->sieve, alert->query, alert->since, l->now, &result, err);
    if (status == NX_EQUERY) { // it was understood once: the other alerts go on
        nx_json_alert_error(&l->out, alert->name, nx_str_of(err->msg));
        return NX_OK;
    }
    if (status == NX_OK && nx_sieve_hits(l->sieve) > 0) {
        status = print_hits(l, alert, result, err);
    }
    nx_result_free(result);
    return status;
}

static nx_status look_once(looking *l, nx_error *err)
{
    nx_status status = fill_sieve(l, err);
    return status == NX_OK ? nx_alerts_each(l->alerts, look_for, l, err) : status;
}

// News is of this machine, and so is what it is compared with.
static nx_status open_searcher(looking *l, nx_error *err)
{
    char *dir = nx_index_path(options.index);
    nx_status status = dir != NULL ? nx_searcher_open_local(&l->searcher, dir, err)
                                   : nx_fail(err, NX_EUSAGE, "which index? --index names it");
    free(dir);
    return status;
}

// A commit may take the snapshot away: as long as nothing is out, looking again is invisible.
static nx_status look_through(looking *l, nx_error *err)
{
    nx_status status = look_once(l, err);
    for (int i = 1; i < ATTEMPTS && status == NX_ESTALE && l->out.written == 0; i++) {
        nx_buf_clear(&l->out.buf);
        l->hits = 0;
        nx_sieve_free(l->sieve);
        l->sieve = NULL;
        nx_searcher_close(l->searcher);
        l->searcher = NULL;
        status = open_searcher(l, err);
        status = status == NX_OK ? look_once(l, err) : status;
    }
    return status;
}

// ---- the command

static nx_status open_alerts(nx_manifest **manifest, nx_alerts **alerts, nx_error *err)
{
    char *dir = nx_index_path(options.index);
    if (dir == NULL) {
        return nx_fail(err, NX_EUSAGE, "which index? --index names it");
    }
    nx_status status = nx_manifest_open(manifest, dir, NX_MANIFEST_READ, err);
    status = status == NX_OK ? nx_alerts_open(alerts, *manifest, false, err) : status;
    free(dir);
    return status;
}

// The news first, then the index: what is said to be there is then in the snapshot.
static nx_status run(looking *l, nx_error *err)
{
    int64_t through = 0;
    nx_status status =
        l->alerts != NULL
            ? nx_alerts_each_news(l->alerts, true, (uint32_t)options.max, take_news, l, err)
            : NX_OK;
    status = status == NX_OK ? open_searcher(l, err) : status;
    if (status == NX_OK && l->count > 0) {
        through = l->news[l->count - 1].number;
        status = look_through(l, err);
    }
    if (status == NX_OK) {
        nx_json_alerts_end(&l->out, through, l->count);
        status = nx_output_flush(&l->out, err);
    }
    return status;
}

int nx_cmd_alerts(int argc, char **argv)
{
    nx_error err = NX_ERROR_INIT;
    int first = 0;
    if (nx_opt_parse(rows, argc, argv, &first, &err) != NX_OK) {
        return nx_search_complain(&err);
    }
    enum { NEWS_BYTES = 1 << 28 };
    looking l = {.now = nx_now_utc(),
                 .arena = nx_arena_new(NEWS_BYTES),
                 .card_arena = nx_arena_new(CARD_MAX),
                 .maker = nx_snippet_maker_new(NULL, 0),
                 .news = calloc(options.max, sizeof *l.news)};
    nx_manifest *manifest = NULL;
    nx_front_output(&l.out, NX_COLOR_NEVER);
    nx_status status = l.arena != NULL && l.card_arena != NULL && l.maker != NULL && l.news != NULL
                           ? open_alerts(&manifest, &l.alerts, &err)
                           : nx_fail_nomem(&err);
    status = status == NX_OK ? run(&l, &err) : status;
    nx_sieve_free(l.sieve);
    nx_searcher_close(l.searcher);
    nx_alerts_close(l.alerts);
    nx_manifest_close(manifest);
    nx_output_release(&l.out);
    nx_snippet_maker_free(l.maker);
    nx_arena_free(l.card_arena);
    nx_arena_free(l.arena);
    free(l.news);
    if (status != NX_OK) {
        return nx_search_complain(&err);
    }
    return l.hits > 0 ? NX_EXIT_HITS : NX_EXIT_NONE;
}
