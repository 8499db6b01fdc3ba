// glass_diff_test.cc: what glass/ builds is what libxapian builds, table by table, whatever the
// documents. glass_order_test.cc: whatever the workers, the memory, the order, what is dropped.
#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <sys/stat.h>

extern "C" {
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
}

#include "base/io.h"
#include "tests/unit/glass_support.h"
#include "tests/unit/glass_tables.h"

static void compare(const Corpus &c, const BuildOptions &o = BuildOptions())
{
    std::string ours = scratch_path("ours"), theirs = scratch_path("theirs");
    build_ours(ours, c, o);
    build_theirs(theirs, c, o.block_size);
    assert_checks(ours);
    assert_same_database(ours, theirs);
    for (const GlassTable &t : read_glass(ours).tables) {
        assert_true(t.sequential);
    }
}

static void a_news_corpus_is_the_same_in_every_block_size(void **state)
{
    (void)state;
    Corpus c = news_corpus(1, 800, 100);
    for (uint32_t block_size = 2048; block_size <= 65536; block_size *= 2) {
        BuildOptions o;
        o.block_size = block_size;
        compare(c, o);
    }
}

static void an_empty_database_is_the_same(void **state)
{
    (void)state;
    compare(Corpus());
}

static void empty_documents_are_kept(void **state)
{
    (void)state;
    Corpus c = news_corpus(2, 50, 20);
    for (size_t i = 0; i < c.docs.size(); i += 3) {
        int64_t order = c.docs[i].order;
        c.docs[i] = TestDoc();
        c.docs[i].order = order;
    }
    compare(c);
    Corpus only_empty;
    only_empty.docs.resize(3);
    compare(only_empty);
}

static void extreme_terms_are_the_same(void **state)
{
    (void)state;
    Random r(3);
    Corpus c;
    for (int i = 0; i < 400; i++) {
        TestDoc d;
        for (int k = 0; k < 20; k++) {
            std::string term = r.bytes(1 + r.below(245), k % 2 == 0 ? 2 : 256);
            size_t zeros = static_cast<size_t>(std::count(term.begin(), term.end(), '\0'));
            if (term.size() + zeros > 245) {
                term.resize(120);
            }
            d.terms[term].wdf = r.below(4);
            for (uint32_t p = r.below(4); p > 0; p--) {
                d.terms[term].positions.insert(r.below(1U << (1 + r.below(31))));
            }
        }
        d.terms[std::string(245, 'z')].wdf = 1;
        d.terms[std::string(1, '\0')].wdf = 2;
        d.terms[std::string("\0\0a", 3)].wdf = 3;
        d.terms[std::string("\0\xff", 2)].positions.insert(7);
        c.docs.push_back(d);
    }
    compare(c);
}

static void large_numbers_are_the_same(void **state)
{
    (void)state;
    Corpus c;
    c.docs.resize(3);
    c.docs[0].terms["big"].wdf = 1U << 31;
    c.docs[1].terms["big"].wdf = 126;
    c.docs[1].terms["bigger"].wdf = 127;
    c.docs[1].terms["biggest"].wdf = 128;
    c.docs[2].terms["far"].positions = {0, 1, 4294967294U};
    c.docs[2].terms["far"].wdf = 3;
    compare(c);
}

static void a_document_of_200000_positions_is_the_same(void **state)
{
    (void)state;
    Random r(4);
    Corpus c = news_corpus(4, 5, 30);
    TestDoc &d = c.docs[2];
    for (uint32_t pos = 0; pos < 200000; pos++) {
        TestTerm &t = d.terms["t" + std::to_string(r.below(1U << r.below(16)))];
        t.wdf++;
        t.positions.insert(pos);
    }
    for (uint32_t block_size : {2048U, 8192U, 65536U}) {
        BuildOptions o;
        o.block_size = block_size;
        compare(c, o);
    }
}

// Lengths around the limits of a piece and around multiples of the reader's buffer, in kinds of
// text that deflate does well, badly and not at all.
static void data_of_every_awkward_length_is_the_same(void **state)
{
    (void)state;
    Random r(5);
    std::vector<size_t> lengths = {0, 1, 2, 17, 18, 19, 20, 21, 22, 127, 128};
    for (uint32_t block_size : {2048U, 8192U, 65536U}) {
        size_t max_item = std::min<size_t>((block_size - 19) / 4, 8194);
        for (size_t pieces : {1, 2, 5}) {
            for (int delta = -7; delta <= 7; delta += pieces == 2 ? 1 : 7) {
                lengths.push_back(pieces * max_item + static_cast<size_t>(delta));
            }
        }
    }
    for (size_t buffers = 1; buffers <= 3; buffers++) {
        for (int delta : {-300, -3,  -2,  -1,  0,   1,   2,    3,    5,    8,    100,
                          257,  258, 259, 516, 517, 774, 1031, 1032, 1033, 1034, 1290}) {
            lengths.push_back(buffers * 8192 + static_cast<size_t>(delta));
        }
    }
    Corpus c;
    for (size_t n : lengths) {
        for (unsigned alphabet : {1U, 2U, 26U, 256U}) {
            TestDoc d;
            d.data = r.bytes(n, alphabet);
            d.terms["x"].wdf = 1;
            c.docs.push_back(d);
        }
        TestDoc d; // literals, and a long run at the end
        d.data = r.bytes(n, 26);
        std::fill(d.data.begin() + static_cast<std::ptrdiff_t>(n / 2), d.data.end(), 'q');
        c.docs.push_back(d);
    }
    const std::pair<uint32_t, bool> ways[] = {
        {2048, false}, {2048, true}, {8192, true}, {65536, true}};
    for (const auto &way : ways) {
        BuildOptions o;
        o.block_size = way.first;
        o.compress = way.second;
        std::string ours = scratch_path("ours");
        build_ours(ours, c, o);
        assert_checks(ours);
        Xapian::Database db(ours);
        for (size_t i = 0; i < c.docs.size(); i++) {
            Xapian::Document d = db.get_document(static_cast<Xapian::docid>(i + 1));
            if (d.get_data() != c.docs[i].data) {
                fail_msg("data of %zu bytes differs", c.docs[i].data.size());
            }
        }
    }
}

static void long_term_lists_read_back(void **state)
{
    (void)state;
    Random r(6);
    Corpus c;
    for (int i = 0; i < 60; i++) {
        TestDoc d;
        // Term lists of some 4 to 40 KB, many ending just after a multiple of 8192 bytes.
        for (int k = 0; k < 1000 + i * 140; k++) {
            d.terms[i % 2 == 0 ? "t" + std::to_string(100000 + k) : r.bytes(8, 26)].wdf = 1;
        }
        c.docs.push_back(d);
    }
    compare(c);
}

static void values_are_the_same(void **state)
{
    (void)state;
    Random r(7);
    Corpus c;
    for (int i = 0; i < 3000; i++) {
        TestDoc d;
        for (uint32_t slot :
             {0U, 1U, 127U, 128U, 129U, 255U, 256U, 257U, 16384U, 65536U, 70000U, 4294967294U}) {
            if (r.below(4) != 0) {
                d.values[slot] = r.bytes(1 + r.below(slot == 1 ? 400 : 9), slot == 0 ? 1 : 256);
            }
        }
        c.docs.push_back(d);
    }
    for (uint32_t slot = 0; slot < 20000; slot++) { // one document with very many
        c.docs[100].values[slot * 3] = "v";
    }
    c.docs[7].values[70001] = r.bytes(50000, 256);
    compare(c);
}

static void metadata_and_spelling_are_the_same(void **state)
{
    (void)state;
    Random r(8);
    Corpus c = news_corpus(8, 20, 20);
    c.metadata["format"] = "1";
    c.metadata["long"] = r.bytes(100000, 3);
    c.metadata[std::string(245, 'k')] = "v";
    c.metadata[std::string("a\0b", 3)] = std::string("\0", 1);
    for (int i = 0; i < 4000; i++) {
        c.spelling[r.bytes(1 + r.below(12), 5)] = 1 + r.below(70000);
    }
    c.spelling["banana"] = 255;
    c.spelling["bananabanana"] = 256;
    compare(c);
}

static void the_probe_knows_the_linked_library(void **state)
{
    (void)state;
    std::string theirs = scratch_path("probe");
    build_theirs(theirs, Corpus());
    std::string version = read_whole_file(theirs + "/iamglass");
    assert_true(nx_glass_format_matches(version.data(), version.size()));
    version[15] = static_cast<char>(version[15] + 1);
    assert_false(nx_glass_format_matches(version.data(), version.size()));
    assert_false(nx_glass_format_matches(version.data(), 15));
}

// A segment as this module wrote it when the test was made: it must open and check for ever, and
// what is written today must have the same content (not the same bytes: encoders of deflate
// change). NX_UPDATE_GOLDEN=1 makes it anew.
static void the_golden_segment_is_still_good(void **state)
{
    (void)state;
    const std::string golden = NX_SOURCE_DIR "/tests/golden/glass";
    Corpus c = news_corpus(77, 40, 30);
    c.docs[9] = TestDoc();
    c.docs[9].order = 9;
    c.docs[11].data = std::string(9000, 'g'); // in pieces, and of an awkward length
    c.metadata["made by"] = "glass/";
    c.spelling["golden"] = 3;
    BuildOptions o;
    o.block_size = 2048;
    if (getenv("NX_UPDATE_GOLDEN") != nullptr) {
        nx_error err = NX_ERROR_INIT;
        assert_int_equal(nx_remove_tree(golden.c_str(), &err), NX_OK);
        build_ours(golden, c, o);
    }
    std::string copy = scratch_path("golden"), today = scratch_path("today");
    assert_int_equal(mkdir(copy.c_str(), 0777), 0);
    for (const char *file : {"iamglass", "postlist.glass", "termlist.glass", "docdata.glass",
                             "position.glass", "spelling.glass"}) {
        std::ofstream(copy + "/" + file, std::ios::binary) << read_whole_file(golden + "/" + file);
    }
    assert_checks(copy);
    assert_int_equal(Xapian::Database(copy).get_document(12).get_data().size(), 9000);
    build_ours(today, c, o);
    assert_same_database(today, copy);
}

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_database_is_the_same),
        cmocka_unit_test(a_news_corpus_is_the_same_in_every_block_size),
        cmocka_unit_test(empty_documents_are_kept),
        cmocka_unit_test(extreme_terms_are_the_same),
        cmocka_unit_test(large_numbers_are_the_same),
        cmocka_unit_test(a_document_of_200000_positions_is_the_same),
        cmocka_unit_test(data_of_every_awkward_length_is_the_same),
        cmocka_unit_test(long_term_lists_read_back),
        cmocka_unit_test(values_are_the_same),
        cmocka_unit_test(metadata_and_spelling_are_the_same),
        cmocka_unit_test(the_probe_knows_the_linked_library),
        cmocka_unit_test(the_golden_segment_is_still_good),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
