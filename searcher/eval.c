// eval.c: see eval.h.
#include "searcher/eval.h"

#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "base/vocab.h"

const uint32_t nx_eval_cuts[NX_EVAL_CUTS] = {5, 10, 20, 30, 100, 1000};

typedef struct judgement {
    uint32_t topic, docno; // vocabulary numbers
    int32_t grade;
} judgement;

struct nx_qrels {
    nx_vocab *topics, *docnos;
    judgement *items; // by topic, then docno
    size_t count, cap;
};

void nx_qrels_free(nx_qrels *q)
{
    if (q != NULL) {
        nx_vocab_free(q->topics);
        nx_vocab_free(q->docnos);
        free(q->items);
        free(q);
    }
}

size_t nx_qrels_topics(const nx_qrels *q)
{
    return nx_vocab_count(q->topics);
}

static nx_status add_judgement(nx_qrels *q, nx_str topic, nx_str docno, int64_t grade,
                               nx_error *err)
{
    if (q->count == q->cap) {
        size_t cap = q->cap != 0 ? q->cap * 2 : 1024;
        judgement *items = realloc(q->items, cap * sizeof *items);
        if (items == NULL) {
            return nx_fail_nomem(err);
        }
        q->items = items;
        q->cap = cap;
    }
    uint32_t t = nx_vocab_add(q->topics, topic, NULL), d = nx_vocab_add(q->docnos, docno, NULL);
    if (t == NX_VOCAB_NONE || d == NX_VOCAB_NONE) {
        return nx_fail_nomem(err);
    }
    q->items[q->count++] = (judgement){t, d, (int32_t)grade};
    return NX_OK;
}

static nx_status read_line(nx_qrels *q, nx_str line, const char *name, size_t number, nx_error *err)
{
    nx_str topic = nx_str_take_word(&line);
    if (topic.n == 0) {
        return NX_OK;
    }
    (void)nx_str_take_word(&line); // the iteration means nothing
    nx_str docno = nx_str_take_word(&line), grade = nx_str_take_word(&line);
    int64_t n;
    if (!nx_parse_i64(grade, &n) || n < -1000 || n > 1000 || nx_str_take_word(&line).n > 0) {
        return nx_fail(err, NX_EFORMAT, "%s:%zu: a judgement is \"topic iteration docno grade\"",
                       name, number);
    }
    return add_judgement(q, topic, docno, n, err);
}

static int by_topic(const void *a, const void *b)
{
    const judgement *x = a, *y = b;
    if (x->topic != y->topic) {
        return x->topic < y->topic ? -1 : 1;
    }
    return x->docno < y->docno ? -1 : x->docno > y->docno;
}

nx_status nx_qrels_read(nx_qrels **out, nx_str text, const char *name, nx_error *err)
{
    nx_qrels *q = calloc(1, sizeof *q);
    nx_status status = NX_OK;
    *out = NULL;
    if (q == NULL) {
        return nx_fail_nomem(err);
    }
    q->topics = nx_vocab_new();
    q->docnos = nx_vocab_new();
    if (q->topics == NULL || q->docnos == NULL) {
        status = nx_fail_nomem(err);
    }
    size_t number = 1;
    for (size_t i = 0; i < text.n && status == NX_OK; number++) {
        const char *end = memchr(text.p + i, '\n', text.n - i);
        size_t n = end != NULL ? (size_t)(end - text.p) - i : text.n - i;
        status = read_line(q, nx_str_make(text.p + i, n), name, number, err);
        i += n + 1;
    }
    if (status != NX_OK) {
        nx_qrels_free(q);
        return status;
    }
    if (q->count > 1) {
        qsort(q->items, q->count, sizeof *q->items, by_topic);
    }
    *out = q;
    return NX_OK;
}

// ---- one topic

typedef struct judged { // the judgements of a topic
    const judgement *items;
    size_t count;
} judged;

static judged of_topic(const nx_qrels *q, uint32_t topic)
{
    size_t first = 0, last = q->count;
    while (first < last) {
        size_t mid = first + (last - first) / 2;
        if (q->items[mid].topic < topic) {
            first = mid + 1;
        } else {
            last = mid;
        }
    }
    judged j = {q->items + first, 0};
    while (first + j.count < q->count && q->items[first + j.count].topic == topic) {
        j.count++;
    }
    return j;
}

static int32_t grade_of(const judged *j, uint32_t docno)
{
    size_t first = 0, last = j->count;
    while (first < last) {
        size_t mid = first + (last - first) / 2;
        if (j->items[mid].docno < docno) {
            first = mid + 1;
        } else {
            last = mid;
        }
    }
    bool found = first < j->count && j->items[first].docno == docno;
    return found && j->items[first].grade > 0 ? j->items[first].grade : 0;
}

static int trec_order(const void *a, const void *b)
{
    const nx_scored *x = a, *y = b;
    float s = (float)x->score, t = (float)y->score;
    if (s != t) {
        return s > t ? -1 : 1;
    }
    return nx_str_cmp(y->docno, x->docno);
}

static int falling(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x > y ? -1 : x < y;
}

// Sum of discounted gains of the ideal order, at each cut.
static nx_status ideal_gains(const judged *j, double out[NX_EVAL_CUTS], nx_error *err)
{
    int32_t *grades = malloc((j->count + 1) * sizeof *grades);
    if (grades == NULL) {
        return nx_fail_nomem(err);
    }
    for (size_t i = 0; i < j->count; i++) {
        grades[i] = j->items[i].grade > 0 ? j->items[i].grade : 0;
    }
    qsort(grades, j->count, sizeof *grades, falling);
    for (size_t c = 0; c < NX_EVAL_CUTS; c++) {
        out[c] = 0;
        for (size_t i = 0; i < j->count && i < nx_eval_cuts[c]; i++) {
            out[c] += grades[i] / log2((double)i + 2);
        }
    }
    free(grades);
    return NX_OK;
}

static void measure(const nx_qrels *q, const judged *j, const nx_scored *items, size_t count,
                    const double *ideal, nx_measures *m)
{
    for (size_t i = 0; i < j->count; i++) {
        m->relevant += j->items[i].grade > 0;
    }
    m->returned = count;
    for (size_t i = 0; i < count; i++) {
        uint32_t docno = nx_vocab_find(q->docnos, items[i].docno);
        int32_t grade = docno != NX_VOCAB_NONE ? grade_of(j, docno) : 0;
        if (grade <= 0) {
            continue;
        }
        m->found++;
        m->map += (double)m->found / (double)(i + 1);
        m->recip_rank = m->found == 1 ? 1 / (double)(i + 1) : m->recip_rank;
        for (size_t c = 0; c < NX_EVAL_CUTS; c++) {
            if (i < nx_eval_cuts[c]) {
                m->ndcg[c] += grade / log2((double)i + 2);
                m->p[c] += 1;
            }
        }
    }
    double relevant = (double)m->relevant;
    m->map = m->relevant > 0 ? m->map / relevant : 0;
    for (size_t c = 0; c < NX_EVAL_CUTS; c++) {
        m->recall[c] = m->relevant > 0 ? m->p[c] / relevant : 0;
        m->p[c] /= nx_eval_cuts[c];
        m->ndcg[c] = ideal[c] > 0 ? m->ndcg[c] / ideal[c] : 0;
    }
}

nx_status nx_eval_topic(const nx_qrels *q, nx_str topic, nx_scored *items, size_t count,
                        nx_measures *out, nx_error *err)
{
    double ideal[NX_EVAL_CUTS];
    uint32_t id = nx_vocab_find(q->topics, topic);
    *out = (nx_measures){0};
    if (id == NX_VOCAB_NONE) {
        return NX_OK;
    }
    judged j = of_topic(q, id);
    nx_status status = ideal_gains(&j, ideal, err);
    if (status == NX_OK) {
        if (count > 1) {
            qsort(items, count, sizeof *items, trec_order);
        }
        measure(q, &j, items, count, ideal, out);
    }
    return status;
}

void nx_measures_add(nx_measures *sum, const nx_measures *m)
{
    sum->relevant += m->relevant;
    sum->found += m->found;
    sum->returned += m->returned;
    sum->map += m->map;
    sum->recip_rank += m->recip_rank;
    for (size_t c = 0; c < NX_EVAL_CUTS; c++) {
        sum->ndcg[c] += m->ndcg[c];
        sum->p[c] += m->p[c];
        sum->recall[c] += m->recall[c];
    }
}

void nx_measures_mean(nx_measures *sum, size_t topics)
{
    double n = topics > 0 ? (double)topics : 1;
    sum->map /= n;
    sum->recip_rank /= n;
    for (size_t c = 0; c < NX_EVAL_CUTS; c++) {
        sum->ndcg[c] /= n;
        sum->p[c] /= n;
        sum->recall[c] /= n;
    }
}
