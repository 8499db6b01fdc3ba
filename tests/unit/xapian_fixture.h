// xapian_fixture.h: what the tests of the binding share: a small database in memory, and short
// names for making and running queries.
#ifndef NX_TESTS_XAPIAN_FIXTURE_H
#define NX_TESTS_XAPIAN_FIXTURE_H

#include <math.h>

#include "store_fixture.h"

static nx_xwdb *wdb; // a database in memory with the articles below
static nx_xdb *db;

// Slot 0: a date; slot 1: the newspaper; slot 2: a number.
static const struct article {
    const char *words, *date, *paper;
    double number;
} articles[] = {
    {"fbi contacted after embassy raid", "20190226", "cnn", 3},
    {"embassy raid in madrid", "20190301", "post", 1},
    {"minister resigns after raid", "20180101", "cnn", 2},
    {"football results", "20170505", "times", 0.5},
    {"fbi raid", "20190227", "", 0},
};
enum { ARTICLES = NX_COUNT(articles) };

static inline void add_article(nx_xwdb *to, const struct article *a)
{
    nx_error err = NX_ERROR_INIT;
    nx_xdoc *d = NULL;
    uint32_t position = 0, docid = 0;
    OK(nx_xdoc_new(&d, &err));
    for (const char *p = a->words; *p != '\0';) {
        size_t n = strcspn(p, " ");
        OK(nx_xdoc_add_posting(d, nx_str_make(p, n), ++position, 1, &err));
        p += n + (p[n] == ' ');
    }
    OK(nx_xdoc_set_data(d, nx_str_of(a->words), &err));
    OK(nx_xdoc_set_value(d, 0, nx_str_of(a->date), &err));
    OK(nx_xdoc_set_value(d, 1, nx_str_of(a->paper), &err));
    char number[NX_XSORTABLE_MAX];
    size_t n = nx_xsortable(a->number, number);
    OK(nx_xdoc_set_value(d, 2, nx_str_make(number, n), &err));
    OK(nx_xwdb_add(to, d, &docid, &err));
    assert_true(docid > 0);
    nx_xdoc_free(d);
}

static inline int memory_new(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    OK(nx_xwdb_open_memory(&wdb, &err));
    for (size_t i = 0; i < ARTICLES; i++) {
        add_article(wdb, &articles[i]);
    }
    OK(nx_xwdb_commit(wdb, &err));
    db = nx_xwdb_db(wdb);
    return 0;
}

static inline int memory_gone(void **state)
{
    (void)state;
    nx_xwdb_discard(wdb);
    return 0;
}

static inline nx_xwdb *open_disk(nx_xopen_action action)
{
    nx_error err = NX_ERROR_INIT;
    nx_xwdb *to = NULL;
    OK(nx_xwdb_open(&to, index_dir, action, NX_XOPEN_NO_SYNC, 4096, &err));
    return to;
}

static inline nx_xquery *term(const char *word)
{
    nx_error err = NX_ERROR_INIT;
    nx_xquery *q = NULL;
    OK(nx_xquery_term(&q, nx_str_of(word), 1, 0, &err));
    return q;
}

// Consumes a and b.
static inline nx_xquery *both(nx_xop op, nx_xquery *a, nx_xquery *b, uint32_t parameter)
{
    nx_error err = NX_ERROR_INIT;
    nx_xquery *q = NULL;
    const nx_xquery *subs[] = {a, b};
    OK(nx_xquery_combine(&q, op, subs, 2, parameter, &err));
    nx_xquery_free(a);
    nx_xquery_free(b);
    return q;
}

static inline nx_xenquire *enquire(nx_xquery *q)
{
    nx_error err = NX_ERROR_INIT;
    nx_xenquire *e = NULL;
    OK(nx_xenquire_new(&e, db, &err));
    OK(nx_xenquire_set_query(e, q, 0, &err));
    nx_xquery_free(q);
    return e;
}

static inline nx_xmset *run(nx_xenquire *e)
{
    nx_error err = NX_ERROR_INIT;
    nx_xmset *m = NULL;
    const nx_xrun all = {.max = 100, .check_at_least = UINT32_MAX};
    OK(nx_xenquire_run(&m, e, &all, &err));
    return m;
}

// Docids of the hits, best first, as "3 1 2 ".
static inline void assert_hits_of(nx_xenquire *e, const char *expected)
{
    nx_error err = NX_ERROR_INIT;
    nx_xmset *m = run(e);
    nx_buf out;
    nx_buf_init(&out, 1000);
    for (uint32_t i = 0; i < nx_xmset_count(m); i++) {
        nx_xhit hit;
        OK(nx_xmset_hit(m, i, &hit, &err));
        assert_int_equal(hit.rank, i);
        nx_buf_addf(&out, "%u ", (unsigned)hit.docid);
    }
    assert_string_equal(out.data, expected);
    nx_buf_release(&out);
    nx_xmset_free(m);
}

// In docid order, without weights.
static inline void assert_matches(nx_xquery *q, const char *expected)
{
    nx_error err = NX_ERROR_INIT;
    nx_xenquire *e = enquire(q);
    const nx_xweight none = nx_xweight_default(NX_XWEIGHT_BOOL);
    OK(nx_xenquire_set_weight(e, &none, &err));
    assert_hits_of(e, expected);
    nx_xenquire_free(e);
}

#endif
