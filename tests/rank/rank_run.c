// rank_run.c: runs the topics of a judged collection on an index and prints the measures.
//   rank_run INDEX QUERIES QRELS [expand]
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "base/time.h"
#include "searcher/eval.h"
#include "searcher/search.h"

enum { DEPTH = 1000 };

static int give_up(const char *what, const nx_error *err)
{
    fprintf(stderr, "rank_run: %s: %s\n", what, err->msg);
    return 2;
}

// The docno of a hit: the source's own id.
static nx_str docno_of(const nx_hit *hit, nx_buf *scratch)
{
    nx_str native = nx_data_get(hit->data, NX_DATA_NATIVE_ID, scratch);
    return native.n > 0 ? native : nx_data_get(hit->data, NX_DATA_ID, scratch);
}

static nx_status run_topic(nx_searcher *s, nx_str text, bool expand, nx_arena *arena,
                           nx_scored *out, size_t *count, nx_error *err)
{
    nx_search_options options = nx_search_defaults();
    nx_result *result = NULL;
    nx_buf scratch;
    nx_buf_init(&scratch, 1 << 16);
    options.limit = DEPTH;
    options.expand = expand;
    options.suggest = false;
    nx_status status = nx_search(s, text, &options, &result, err);
    *count = status == NX_OK ? nx_result_hit_count(result) : 0;
    for (size_t i = 0; i < *count && status == NX_OK; i++) {
        nx_hit hit;
        status = nx_result_hit(result, (uint32_t)i, &hit, err);
        if (status == NX_OK) {
            nx_buf_clear(&scratch);
            out[i] = (nx_scored){nx_arena_copy(arena, docno_of(&hit, &scratch)), hit.weight};
        }
    }
    nx_result_free(result);
    nx_buf_release(&scratch);
    return status;
}

static nx_status run_topics(nx_searcher *s, nx_str queries, const nx_qrels *qrels, bool expand,
                            nx_measures *sum, nx_error *err)
{
    nx_status status = NX_OK;
    nx_scored *items = calloc(DEPTH, sizeof *items);
    nx_arena *arena = nx_arena_new(1 << 28);
    if (items == NULL || arena == NULL) {
        status = nx_fail_nomem(err);
    }
    for (size_t i = 0; i < queries.n && status == NX_OK;) {
        const char *end = memchr(queries.p + i, '\n', queries.n - i);
        size_t n = end != NULL ? (size_t)(end - queries.p) - i : queries.n - i;
        const char *tab = memchr(queries.p + i, '\t', n);
        if (tab != NULL) {
            nx_measures m;
            size_t count = 0, id = (size_t)(tab - queries.p) - i;
            nx_arena_clear(arena);
            status =
                run_topic(s, nx_str_make(tab + 1, n - id - 1), expand, arena, items, &count, err);
            if (status == NX_OK) {
                status =
                    nx_eval_topic(qrels, nx_str_make(queries.p + i, id), items, count, &m, err);
                nx_measures_add(sum, &m);
            }
        }
        i += n + 1;
    }
    nx_arena_free(arena);
    free(items);
    return status;
}

int main(int argc, char **argv)
{
    nx_error err = NX_ERROR_INIT;
    nx_searcher *s = NULL;
    nx_qrels *qrels = NULL;
    nx_buf queries, judgements;
    nx_measures sum = {0};
    if (argc < 4) {
        fprintf(stderr, "usage: rank_run INDEX QUERIES QRELS [expand]\n");
        return 2;
    }
    nx_buf_init(&queries, 64 << 20);
    nx_buf_init(&judgements, 64 << 20);
    if (nx_searcher_open(&s, argv[1], &err) != NX_OK) {
        return give_up(argv[1], &err);
    }
    if (nx_read_file(argv[2], &queries, &err) != NX_OK ||
        nx_read_file(argv[3], &judgements, &err) != NX_OK ||
        nx_qrels_read(&qrels, nx_buf_str(&judgements), argv[3], &err) != NX_OK) {
        return give_up("reading", &err);
    }
    double start = nx_cpu_seconds();
    if (run_topics(s, nx_buf_str(&queries), qrels, argc > 4, &sum, &err) != NX_OK) {
        return give_up("searching", &err);
    }
    double seconds = nx_cpu_seconds() - start;
    size_t topics = nx_qrels_topics(qrels);
    nx_measures_mean(&sum, topics);
    printf("topics %zu map %.4f ndcg_10 %.4f p_5 %.4f p_10 %.4f recip_rank %.4f recall_100 %.4f\n",
           topics, sum.map, sum.ndcg[1], sum.p[0], sum.p[1], sum.recip_rank, sum.recall[4]);
    fprintf(stderr, "%.2f ms per topic\n", 1000 * seconds / (double)(topics > 0 ? topics : 1));
    nx_qrels_free(qrels);
    nx_searcher_close(s);
    nx_buf_release(&queries);
    nx_buf_release(&judgements);
    return 0;
}
