// xapian_words_test.c: words found by posting sources against libxapian's own OR: the same
// documents in the same order with the same weights, whatever is made of them; words that occur so
// many times; and words that all documents have.
#include "xapian_fixture.h"

enum { VOCABULARY = 12, ROUNDS = 300, OPERANDS = 5, MANY = 150, HITS_MAX = 20 };

static uint32_t seed;

static uint32_t below(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (uint32_t)(((uint64_t)seed * n) >> 32);
}

static const char *word(uint32_t i)
{
    static char names[VOCABULARY][8];
    (void)snprintf(names[i], sizeof names[i], "w%u", (unsigned)i);
    return names[i];
}

// Words are the rarer the higher their number; some are often in one document, some documents
// long.
static void add_random(nx_xwdb *to)
{
    nx_error err = NX_ERROR_INIT;
    nx_xdoc *d = NULL;
    uint32_t docid = 0;
    OK(nx_xdoc_new(&d, &err));
    OK(nx_xdoc_add_term(d, NX_STR("filler"), 1 + below(below(4) == 0 ? 3000 : 60), &err));
    for (uint32_t i = 0; i < VOCABULARY; i++) {
        if (below(i + 2) == 0) {
            OK(nx_xdoc_add_term(d, nx_str_of(word(i)), 1 + below(below(5) == 0 ? 40 : 3), &err));
        }
    }
    OK(nx_xdoc_set_value(d, 0, nx_str_of(word(below(VOCABULARY))), &err));
    OK(nx_xwdb_add(to, d, &docid, &err));
    nx_xdoc_free(d);
}

// Adds a shard of so many documents to db.
static void add_shard(int number, int documents)
{
    nx_error err = NX_ERROR_INIT;
    nx_xwdb *to = NULL;
    nx_xdb *shard = NULL;
    char path[sizeof scratch + 16];
    (void)snprintf(path, sizeof path, "%s/shard%d", scratch, number);
    OK(nx_xwdb_open(&to, path, NX_XCREATE, NX_XOPEN_NO_SYNC, 0, &err));
    for (int i = 0; i < documents; i++) {
        add_random(to);
    }
    OK(nx_xwdb_close(to, &err));
    OK(nx_xdb_open(&shard, path, 0, &err));
    OK(nx_xdb_add(db, shard, &err));
    nx_xdb_close(shard);
}

// Words that weigh as one.
static nx_xquery *some_synonyms(void)
{
    nx_error err = NX_ERROR_INIT;
    nx_xquery *words[2] = {term(word(below(6))), term(word(6 + below(6)))}, *one = NULL;
    nx_xquery *scaled = NULL;
    OK(nx_xquery_combine(&one, NX_XOP_SYNONYM, (const nx_xquery *const *)words, 2, 0, &err));
    OK(nx_xquery_scale(&scaled, one, below(8) / 2.0, &err));
    nx_xquery_free(words[0]);
    nx_xquery_free(words[1]);
    nx_xquery_free(one);
    return scaled;
}

// An OR of words with factors, at times of very many, one of them perhaps nowhere, one perhaps
// without weight.
static nx_xquery *some_words(void)
{
    nx_error err = NX_ERROR_INIT;
    nx_xquery *all = NULL;
    for (uint32_t i = 0, n = below(12) == 0 ? MANY : 1 + below(OPERANDS); i < n; i++) {
        nx_xquery *plain = below(20) == 0 ? term("nowhere") : term(word(below(VOCABULARY)));
        nx_xquery *scaled = NULL;
        double factor = below(8) == 0 ? 0 : (1 + below(40)) / 10.0;
        OK(nx_xquery_scale(&scaled, plain, factor, &err));
        nx_xquery_free(plain);
        all = all == NULL ? scaled : both(NX_XOP_OR, all, scaled, 0);
    }
    return all;
}

static nx_xquery *some_query(int depth)
{
    static const nx_xop ops[] = {NX_XOP_OR,     NX_XOP_AND,     NX_XOP_AND_MAYBE,
                                 NX_XOP_FILTER, NX_XOP_AND_NOT, NX_XOP_SYNONYM};
    if (depth == 0 || below(3) == 0) {
        return below(4) == 0 ? some_synonyms() : some_words();
    }
    nx_xquery *a = some_query(depth - 1), *b = some_query(depth - 1);
    return both(ops[below(NX_COUNT(ops))], a, b, 0);
}

static uint32_t hits_of(const nx_xquery *q, const nx_xrun *how, bool collapse, nx_xhit *hits)
{
    nx_error err = NX_ERROR_INIT;
    nx_xenquire *e = NULL;
    nx_xmset *m = NULL;
    const nx_xweight weight = nx_xweight_default(NX_XWEIGHT_INL2);
    OK(nx_xenquire_new(&e, db, &err));
    OK(nx_xenquire_set_query(e, q, 0, &err));
    OK(nx_xenquire_set_weight(e, &weight, &err));
    if (collapse) {
        OK(nx_xenquire_set_collapse(e, 0, 2, &err));
    }
    OK(nx_xenquire_run(&m, e, how, &err));
    uint32_t count = nx_xmset_count(m);
    assert_true(count <= HITS_MAX);
    for (uint32_t i = 0; i < count; i++) {
        OK(nx_xmset_hit(m, i, &hits[i], &err));
    }
    nx_xmset_free(m);
    nx_xenquire_free(e);
    return count;
}

static void compare_random_queries(void)
{
    nx_error err = NX_ERROR_INIT;
    uint32_t compared = 0;
    for (int round = 0; round < ROUNDS; round++) {
        nx_xquery *q = some_query(2), *nothing = NULL, *plain = NULL;
        OK(nx_xquery_nothing(&nothing, &err));
        const nx_xquery *subs[] = {q, nothing};
        OK(nx_xquery_combine(&plain, NX_XOP_XOR, subs, 2, 0, &err)); // evaluated by libxapian
        const nx_xrun how = {.max = 1 + below(HITS_MAX),
                             .check_at_least = below(2) == 0 ? UINT32_MAX : 0};
        nx_xhit ours[HITS_MAX], theirs[HITS_MAX];
        bool collapse = below(2) == 0;
        uint32_t count = hits_of(plain, &how, collapse, theirs);
        assert_int_equal(hits_of(q, &how, collapse, ours), count);
        for (uint32_t i = 0; i < count; i++) {
            assert_int_equal(ours[i].docid, theirs[i].docid);
            assert_true(fabs(ours[i].weight - theirs[i].weight) <= 1e-9 * theirs[i].weight);
        }
        compared += count;
        nx_xquery_free(q);
        nx_xquery_free(nothing);
        nx_xquery_free(plain);
    }
    assert_true(compared > ROUNDS);
}

static void test_one_shard(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    seed = 1;
    OK(nx_xdb_open_none(&db, &err));
    add_shard(0, 1500);
    compare_random_queries();
    nx_xdb_close(db);
}

static void test_several_shards(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    seed = 2;
    OK(nx_xdb_open_none(&db, &err));
    add_shard(0, 700);
    add_shard(1, 1);
    add_shard(2, 400);
    add_shard(3, 0);
    compare_random_queries();
    nx_xdb_close(db);
}

// Occurrences of two words in a document, which is in a list of both.
static uint32_t occurrences(uint32_t docid, const char *a, const char *b)
{
    nx_error err = NX_ERROR_INIT;
    nx_xterms *t = NULL;
    bool more = true;
    uint32_t sum = 0, wdf;
    OK(nx_xdb_doc_terms(&t, db, docid, &err));
    OK(nx_xterms_next(t, &more, &err));
    for (; more; OK(nx_xterms_next(t, &more, &err))) {
        nx_str name = nx_xterms_term(t);
        if (nx_str_eq(name, nx_str_of(a)) || nx_str_eq(name, nx_str_of(b))) {
            OK(nx_xterms_wdf(t, &wdf, &err));
            sum += wdf;
        }
    }
    nx_xterms_free(t);
    return sum;
}

static void compare_frequent(uint32_t documents, uint32_t at_least)
{
    nx_error err = NX_ERROR_INIT;
    nx_xquery *q = NULL;
    nx_xenquire *e = NULL;
    nx_xmset *m = NULL;
    const nx_str terms[] = {nx_str_of(word(1)), nx_str_of(word(7))};
    const nx_xweight weight = nx_xweight_default(NX_XWEIGHT_BOOL);
    const nx_xrun how = {.max = documents};
    uint32_t wanted = 0;
    OK(nx_xquery_frequent(&q, terms, 2, at_least, &err));
    OK(nx_xenquire_new(&e, db, &err));
    OK(nx_xenquire_set_query(e, q, 0, &err));
    OK(nx_xenquire_set_weight(e, &weight, &err));
    OK(nx_xenquire_run(&m, e, &how, &err));
    for (uint32_t docid = 1; docid <= documents; docid++) {
        wanted += occurrences(docid, word(1), word(7)) >= at_least;
    }
    assert_true(wanted > 0);
    assert_int_equal(nx_xmset_count(m), wanted);
    for (uint32_t i = 0; i < wanted; i++) {
        nx_xhit hit;
        OK(nx_xmset_hit(m, i, &hit, &err));
        assert_true(occurrences(hit.docid, word(1), word(7)) >= at_least);
    }
    nx_xmset_free(m);
    nx_xenquire_free(e);
    nx_xquery_free(q);
}

static void test_frequent(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    seed = 3;
    OK(nx_xdb_open_none(&db, &err));
    add_shard(0, 500);
    for (uint32_t at_least = 1; at_least < 45; at_least += 11) {
        compare_frequent(500, at_least);
    }
    nx_xdb_close(db);
}

// A shard whose docids have gaps and whose list of documents has several blocks. All its documents
// have "a" and "b", one in seven has "r".
static void add_shard_with_gaps(uint32_t documents)
{
    nx_error err = NX_ERROR_INIT;
    nx_xwdb *to = NULL;
    nx_xdb *shard = NULL;
    char path[sizeof scratch + 16];
    (void)snprintf(path, sizeof path, "%s/gaps", scratch);
    OK(nx_xwdb_open(&to, path, NX_XCREATE, NX_XOPEN_NO_SYNC, 0, &err));
    for (uint32_t i = 0; i < documents; i++) {
        nx_xdoc *d = NULL;
        uint32_t docid = 0;
        OK(nx_xdoc_new(&d, &err));
        OK(nx_xdoc_add_term(d, NX_STR("a"), 1 + i % 3, &err));
        OK(nx_xdoc_add_term(d, NX_STR("b"), 1, &err));
        if (i % 7 == 0) {
            OK(nx_xdoc_add_term(d, NX_STR("r"), 1, &err));
        }
        OK(nx_xwdb_add(to, d, &docid, &err));
        nx_xdoc_free(d);
    }
    OK(nx_xwdb_delete(to, documents / 2, &err));
    OK(nx_xwdb_delete(to, 2, &err));
    OK(nx_xwdb_close(to, &err));
    OK(nx_xdb_open(&shard, path, 0, &err));
    OK(nx_xdb_add(db, shard, &err));
    nx_xdb_close(shard);
}

static nx_xquery *term_here(const char *name)
{
    nx_error err = NX_ERROR_INIT;
    nx_xquery *q = NULL;
    OK(nx_xquery_term_of(&q, db, nx_str_of(name), &err));
    return q;
}

static nx_xquery *weightless(nx_xquery *q)
{
    nx_error err = NX_ERROR_INIT;
    nx_xquery *scaled = NULL;
    OK(nx_xquery_scale(&scaled, q, 0, &err));
    nx_xquery_free(q);
    return scaled;
}

static uint32_t count_by(nx_xquery *q, nx_xweight_kind kind)
{
    nx_error err = NX_ERROR_INIT;
    nx_xenquire *e = NULL;
    nx_xmset *m = NULL;
    const nx_xweight weight = nx_xweight_default(kind);
    const nx_xrun all = {.max = UINT32_MAX};
    OK(nx_xenquire_new(&e, db, &err));
    OK(nx_xenquire_set_query(e, q, 0, &err));
    OK(nx_xenquire_set_weight(e, &weight, &err));
    OK(nx_xenquire_run(&m, e, &all, &err));
    uint32_t count = nx_xmset_count(m);
    nx_xmset_free(m);
    nx_xenquire_free(e);
    return count;
}

static void test_in_all_documents(void **state)
{
    (void)state;
    enum { DOCUMENTS = 4000, WITH_R = 572, KEPT = DOCUMENTS - 2 };
    static const struct {
        const char *left;
        nx_xop op;
        const char *right;
        uint32_t wanted;
    } rows[] = {
        {"a", NX_XOP_OR, "b", KEPT},        {"a", NX_XOP_AND, "b", KEPT},
        {"a", NX_XOP_FILTER, "b", KEPT},    {"a", NX_XOP_AND, "r", WITH_R},
        {"a", NX_XOP_OR, "r", KEPT},        {"a", NX_XOP_AND_NOT, "r", KEPT - WITH_R},
        {"r", NX_XOP_AND_NOT, "a", 0},      {"a", NX_XOP_XOR, "r", KEPT - WITH_R},
        {"a", NX_XOP_AND_MAYBE, "r", KEPT}, {"a", NX_XOP_SYNONYM, "b", KEPT},
        {"a", NX_XOP_MAX, "r", KEPT},
    };
    static const nx_xweight_kind kinds[] = {NX_XWEIGHT_BOOL, NX_XWEIGHT_INL2};
    nx_error err = NX_ERROR_INIT;
    seed = 4;
    OK(nx_xdb_open_none(&db, &err));
    add_shard(0, 300); // where no document has them
    add_shard_with_gaps(DOCUMENTS);
    for (size_t i = 0; i < NX_COUNT(rows) * NX_COUNT(kinds) * 2; i++) {
        size_t row = i / 4;
        nx_xquery *left = term_here(rows[row].left), *right = term_here(rows[row].right);
        left = i % 2 == 0 ? left : weightless(left);
        nx_xquery *q = both(rows[row].op, left, right, 0);
        uint32_t count = count_by(q, kinds[i / 2 % 2]);
        if (count != rows[row].wanted) {
            fail_msg("row %zu.%zu: %u documents", row, i % 4, (unsigned)count);
        }
        nx_xquery_free(q);
    }
    nx_xdb_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_shard, scratch_new, scratch_gone),
        cmocka_unit_test_setup_teardown(test_several_shards, scratch_new, scratch_gone),
        cmocka_unit_test_setup_teardown(test_frequent, scratch_new, scratch_gone),
        cmocka_unit_test_setup_teardown(test_in_all_documents, scratch_new, scratch_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
