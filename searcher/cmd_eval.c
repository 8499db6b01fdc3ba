// cmd_eval.c: newssearch eval: runs the topics of a judged collection and prints the measures, in
// the form of trec_eval.
#include <stdlib.h>

#include "base/io.h"
#include "searcher/eval.h"
#include "searcher/front.h"

enum { DEPTH = 1000, INPUT_MAX = 1 << 28 };

static struct {
    const char *index, *qrels, *queries;
    bool expand, all, any, per_topic, help;
} options;

const nx_opt nx_eval_rows[] = {
    NX_ROW_INDEX(&options.index),
    {.kind = NX_OPT_STRING,
     .name = "queries",
     .arg = "FILE",
     .help = "The topics: lines of id, tab, query",
     .to = &options.queries,
     .completes = "file"},
    {.kind = NX_OPT_STRING,
     .name = "qrels",
     .arg = "FILE",
     .help = "The judgements: lines of topic, iteration, document, grade",
     .to = &options.qrels,
     .completes = "file"},
    NX_ROW_EXPAND(&options.expand),
    NX_ROW_ALL(&options.all),
    {.kind = NX_OPT_FLAG, .name = "any", .help = "Any part of a query will do", .to = &options.any},
    {.kind = NX_OPT_FLAG,
     .letter = 'q',
     .name = "per-topic",
     .help = "Print the measures of each topic too",
     .to = &options.per_topic},
    NX_ROW_HELP(&options.help),
    {.kind = NX_OPT_END}};

typedef struct evaluation {
    nx_searcher *searcher;
    nx_qrels *qrels;
    nx_arena *arena;
    nx_scored *items;
    nx_output out;
    nx_measures sum;
} evaluation;

static void add_count(nx_buf *out, const char *name, nx_str topic, uint64_t n)
{
    nx_buf_addf(out, "%-22s\t%.*s\t%llu\n", name, (int)topic.n, topic.p, (unsigned long long)n);
}

static void add_measure(nx_buf *out, const char *name, nx_str topic, double value)
{
    nx_buf_addf(out, "%-22s\t%.*s\t%.4f\n", name, (int)topic.n, topic.p, value);
}

static void add_cuts(nx_buf *out, const char *name, nx_str topic, const double *values)
{
    for (size_t i = 0; i < NX_EVAL_CUTS; i++) {
        nx_buf_addf(out, "%s_%-*u\t%.*s\t%.4f\n", name, 21 - (int)strlen(name), nx_eval_cuts[i],
                    (int)topic.n, topic.p, values[i]);
    }
}

static void add_measures(nx_buf *out, nx_str topic, const nx_measures *m)
{
    add_count(out, "num_ret", topic, m->returned);
    add_count(out, "num_rel", topic, m->relevant);
    add_count(out, "num_rel_ret", topic, m->found);
    add_measure(out, "map", topic, m->map);
    add_measure(out, "recip_rank", topic, m->recip_rank);
    add_cuts(out, "P", topic, m->p);
    add_cuts(out, "recall", topic, m->recall);
    add_cuts(out, "ndcg_cut", topic, m->ndcg);
}

static nx_status take_hits(evaluation *e, nx_result *result, size_t *count, nx_error *err)
{
    nx_status status = NX_OK;
    *count = nx_result_hit_count(result);
    for (size_t i = 0; i < *count && status == NX_OK; i++) {
        nx_hit hit;
        nx_card card;
        status = nx_result_hit(result, (uint32_t)i, &hit, err);
        if (status == NX_OK) {
            status = nx_card_read(&card, e->arena, hit.data, err);
        }
        if (status == NX_OK) {
            e->items[i] = (nx_scored){nx_arena_copy(e->arena, nx_trec_docno(&card)), hit.weight};
        }
    }
    return status == NX_OK ? nx_arena_check(e->arena, "the hits", err) : status;
}

static nx_status run_topic(evaluation *e, nx_str topic, nx_str query, nx_error *err)
{
    nx_search_options search = nx_search_defaults();
    nx_result *result = NULL;
    nx_measures m;
    size_t count = 0;
    search.limit = DEPTH;
    search.expand = options.expand;
    search.words = options.all ? NX_WORDS_ALL : options.any ? NX_WORDS_ANY : NX_WORDS_RANKED;
    search.suggest = false;
    nx_arena_clear(e->arena);
    nx_status status = nx_search(e->searcher, query, &search, &result, err);
    if (status == NX_OK) {
        status = take_hits(e, result, &count, err);
    }
    nx_result_free(result);
    if (status == NX_OK) {
        status = nx_eval_topic(e->qrels, topic, e->items, count, &m, err);
    }
    if (status == NX_OK) {
        nx_measures_add(&e->sum, &m);
        if (options.per_topic) {
            add_measures(&e->out.buf, topic, &m);
        }
    }
    return status;
}

static nx_status run_topics(evaluation *e, nx_str text, nx_error *err)
{
    uint64_t number = 0;
    for (size_t i = 0; i < text.n;) {
        const char *end = memchr(text.p + i, '\n', text.n - i);
        size_t n = end != NULL ? (size_t)(end - text.p) - i : text.n - i;
        nx_str line = nx_str_make(text.p + i, n);
        const char *tab = memchr(line.p, '\t', n);
        i += n + 1;
        number++;
        if (nx_str_trim(line).n == 0) {
            continue;
        }
        nx_status status =
            tab == NULL ? nx_fail(err, NX_EFORMAT, "no tab between topic and query") : NX_OK;
        if (status == NX_OK) {
            size_t id = (size_t)(tab - line.p);
            status = run_topic(e, nx_str_trim(nx_str_make(line.p, id)),
                               nx_str_make(tab + 1, n - id - 1), err);
        }
        if (status != NX_OK) {
            return nx_wrap(err, "%s:%llu: ", options.queries, (unsigned long long)number);
        }
    }
    return NX_OK;
}

static nx_status evaluate(evaluation *e, nx_buf *queries, nx_buf *judgements, nx_error *err)
{
    nx_status status = nx_front_open(options.index, &e->searcher, err);
    if (status == NX_OK) {
        status = nx_read_file(options.queries, queries, err);
    }
    if (status == NX_OK) {
        status = nx_read_file(options.qrels, judgements, err);
    }
    if (status == NX_OK) {
        status = nx_qrels_read(&e->qrels, nx_buf_str(judgements), options.qrels, err);
    }
    if (status == NX_OK) {
        status = run_topics(e, nx_buf_str(queries), err);
    }
    if (status == NX_OK) {
        size_t topics = nx_qrels_topics(e->qrels);
        nx_measures_mean(&e->sum, topics);
        add_count(&e->out.buf, "num_q", NX_STR("all"), topics);
        add_measures(&e->out.buf, NX_STR("all"), &e->sum);
        status = nx_output_flush(&e->out, err);
    }
    return status;
}

int nx_cmd_eval(int argc, char **argv)
{
    nx_error err = NX_ERROR_INIT;
    evaluation e = {0};
    nx_buf queries, judgements;
    int first = 0;
    if (nx_opt_parse(nx_eval_rows, argc, argv, &first, &err) != NX_OK) {
        return nx_search_complain(&err);
    }
    if (options.help) {
        return nx_search_help("eval [OPTION...] --qrels=FILE --queries=FILE",
                              "Measure the ranking against judgements, as trec_eval does",
                              "newssearch eval -i INDEX --queries=queries.tsv --qrels=qrels.txt\n",
                              nx_eval_rows, "");
    }
    if (options.qrels == NULL || options.queries == NULL || first != argc) {
        (void)nx_fail(&err, NX_EUSAGE, "eval wants --queries=FILE and --qrels=FILE");
        return nx_search_complain(&err);
    }
    nx_buf_init(&queries, INPUT_MAX);
    nx_buf_init(&judgements, INPUT_MAX);
    nx_front_output(&e.out, 0);
    e.arena = nx_arena_new(INPUT_MAX);
    e.items = calloc(DEPTH, sizeof *e.items);
    nx_status status = e.arena != NULL && e.items != NULL
                           ? evaluate(&e, &queries, &judgements, &err)
                           : nx_fail_nomem(&err);
    nx_output_release(&e.out);
    nx_qrels_free(e.qrels);
    nx_searcher_close(e.searcher);
    nx_arena_free(e.arena);
    free(e.items);
    nx_buf_release(&queries);
    nx_buf_release(&judgements);
    return status == NX_OK ? NX_EXIT_HITS : nx_search_complain(&err);
}
