// glass_order_test.cc: the number of workers, the memory and the order of sealing change nothing in
// what is built; documents are put in order and dropped as asked.
#include <algorithm>

extern "C" {
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
}

#include "tests/unit/glass_support.h"
#include "tests/unit/glass_tables.h"

static void compare(const Corpus &c)
{
    std::string ours = scratch_path("ours"), theirs = scratch_path("theirs");
    build_ours(ours, c, BuildOptions());
    build_theirs(theirs, c);
    assert_checks(ours);
    assert_same_database(ours, theirs);
}

static std::string tables_of(const std::string &path)
{
    std::string all;
    for (const char *name : glass_table_names) {
        try {
            all += read_whole_file(path + "/" + name + ".glass");
        } catch (const std::exception &) {
            all += "absent";
        }
    }
    std::string version = read_whole_file(path + "/iamglass");
    version.replace(16, 16, 16, 'u'); // the UUID is to differ
    return all + version;
}

static void workers_and_memory_change_nothing(void **state)
{
    (void)state;
    Corpus c = news_corpus(9, 1800, 80);
    Random r(9);
    for (TestDoc &d : c.docs) {
        d.order = r.below(100);
    }
    for (int i = 0; i < 300; i++) {
        c.dropped.insert(r.below(1800));
    }
    std::string want;
    const std::pair<unsigned, uint64_t> ways[] = {
        {1, 512U << 20}, {1, 1U << 20}, {2, 512U << 20}, {4, 1U << 20}, {4, 3U << 19}};
    for (const auto &way : ways) {
        BuildOptions o;
        o.workers = way.first;
        o.budget = way.second;
        std::string path = scratch_path("same");
        nx_glass_summary s = build_ours(path, c, o);
        assert_int_equal(s.documents, 1800 - c.dropped.size());
        assert_true((s.disk_runs > 0) == (way.second < 512U << 20));
        std::string got = tables_of(path);
        if (want.empty()) {
            want = got;
            assert_checks(path);
        }
        assert_true(got == want);
    }
}

static void documents_come_in_their_order(void **state)
{
    (void)state;
    Random r(10);
    Corpus c = news_corpus(10, 1500, 60);
    for (TestDoc &d : c.docs) {
        d.order = static_cast<int64_t>(r.below(500)) - 250;
    }
    for (int i = 0; i < 100; i++) {
        c.dropped.insert(r.below(1500));
    }
    Corpus sorted;
    for (size_t i = 0; i < c.docs.size(); i++) {
        if (c.dropped.count(i) == 0) {
            sorted.docs.push_back(c.docs[i]);
        }
    }
    std::stable_sort(sorted.docs.begin(), sorted.docs.end(),
                     [](const TestDoc &a, const TestDoc &b) { return a.order < b.order; });
    for (uint64_t budget : {1U << 20, 512U << 20}) {
        BuildOptions o;
        o.budget = budget;
        o.workers = 2;
        std::string ours = scratch_path("ours"), theirs = scratch_path("theirs");
        build_ours(ours, c, o);
        build_theirs(theirs, sorted);
        assert_checks(ours);
        assert_same_database(ours, theirs);
    }
}

static void dropped_documents_leave_no_trace(void **state)
{
    (void)state;
    Corpus c = news_corpus(11, 500, 80);
    c.docs[3].values[9] = "only here"; // the slot has no document left
    c.docs[4].values[0] = "~~~";       // a bound that is gone
    c.docs[5].terms["longest"].wdf = 900;
    c.dropped = {0, 3, 4, 5, 250, 499};
    compare(c);
    for (size_t i = 0; i < 500; i++) {
        c.dropped.insert(i);
    }
    compare(c);
}

// More documents than a window holds: each window is in order by itself.
static void a_large_segment_is_in_order_window_by_window(void **state)
{
    (void)state;
    const size_t window = 65536, batch = 8192, count = window + 3 * batch;
    Random r(12);
    Corpus c;
    c.docs.resize(count);
    for (size_t i = 0; i < count; i++) {
        c.docs[i].order = r.below(1000);
        c.docs[i].terms["all"].wdf = 1;
        c.docs[i].values[0] = std::to_string(i);
    }
    Corpus sorted = c;
    auto middle = sorted.docs.begin() + window;
    auto earlier = [](const TestDoc &a, const TestDoc &b) { return a.order < b.order; };
    std::stable_sort(sorted.docs.begin(), middle, earlier);
    std::stable_sort(middle, sorted.docs.end(), earlier);
    BuildOptions o;
    o.workers = 2;
    o.batch_docs = batch;
    o.budget = 1U << 20;
    std::string ours = scratch_path("ours"), theirs = scratch_path("theirs");
    build_ours(ours, c, o);
    build_theirs(theirs, sorted);
    assert_same_database(ours, theirs);
}

// Before all other slots, between them, behind them, and in no other document; some dropped, and
// some where nothing but late values is.
static void late_values_are_like_others(void **state)
{
    (void)state;
    Corpus c = news_corpus(12, 1500, 40);
    Random r(12);
    for (size_t i = 0; i < c.docs.size(); i++) {
        TestDoc &d = c.docs[i];
        d.order = r.below(300);
        if (i % 50 == 0) {
            d.values.clear();
        }
        for (uint32_t slot : {2U, 7U, 300U}) {
            if (r.below(4) == 0) {
                d.values[slot] = "late" + std::to_string(r.below(90));
            }
        }
        if (i % 7 == 0) {
            c.dropped.insert(i);
        }
    }
    Corpus sorted;
    for (size_t i = 0; i < c.docs.size(); i++) {
        if (c.dropped.count(i) == 0) {
            sorted.docs.push_back(c.docs[i]);
        }
    }
    std::stable_sort(sorted.docs.begin(), sorted.docs.end(),
                     [](const TestDoc &a, const TestDoc &b) { return a.order < b.order; });
    std::string theirs = scratch_path("theirs");
    build_theirs(theirs, sorted);
    for (uint64_t budget : {1U << 20, 512U << 20}) {
        BuildOptions o;
        o.late = {2, 7, 300};
        o.budget = budget;
        o.workers = 2;
        std::string ours = scratch_path("ours");
        build_ours(ours, c, o);
        assert_checks(ours);
        assert_same_database(ours, theirs);
    }
}

static void a_late_value_needs_a_document_and_a_free_slot(void **state)
{
    (void)state;
    const struct {
        uint32_t batch, ordinal, slot;
        const char *value;
        bool again;
    } rows[] = {{0, 5, 7, "x", false}, // no such document
                {3, 0, 7, "x", false}, // no such batch
                {0, 0, 1, "x", false}, // has a value there
                {0, 0, 7, "x", true}}; // twice
    for (const auto &row : rows) {
        nx_error err = NX_ERROR_INIT;
        nx_glass_options options = NX_GLASS_OPTIONS_INIT;
        nx_glass_builder *b = nullptr;
        nx_glass_worker *w = nullptr;
        nx_vocab *vocab = nx_vocab_new();
        const nx_doc_value value = {1, nx_str_of("here")};
        nx_doc doc = {};
        doc.vocab = vocab;
        doc.values = &value;
        doc.value_count = 1;
        assert_int_equal(nx_glass_builder_new(&b, scratch_path("bad").c_str(), &options, &err), 0);
        assert_int_equal(nx_glass_worker_new(&w, b, &err), 0);
        assert_int_equal(nx_glass_worker_add(w, &doc, 0, nullptr, &err), 0);
        assert_int_equal(nx_glass_worker_seal(w, 0, &err), 0);
        nx_glass_worker_free(w);
        for (int i = 0; i <= row.again; i++) {
            assert_int_equal(nx_glass_late_value(b, row.batch, row.ordinal, row.slot,
                                                 nx_str_of(row.value), &err),
                             0);
        }
        assert_int_equal(nx_glass_finish(b, nullptr, &err), NX_EBUG);
        nx_vocab_free(vocab);
    }
}

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(workers_and_memory_change_nothing),
        cmocka_unit_test(documents_come_in_their_order),
        cmocka_unit_test(a_large_segment_is_in_order_window_by_window),
        cmocka_unit_test(dropped_documents_leave_no_trace),
        cmocka_unit_test(late_values_are_like_others),
        cmocka_unit_test(a_late_value_needs_a_document_and_a_free_slot),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
