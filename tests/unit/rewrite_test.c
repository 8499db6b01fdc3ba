// rewrite_test.c: a segment that lost most of its articles is written anew, and nothing else is
// lost.
#include "store_fixture.h"

// The number of the segment that has the article.
static uint32_t segment_of(nx_writer *w, const char *unique)
{
    nx_error err = NX_ERROR_INIT;
    nx_found found;
    OK(nx_writer_find(w, nx_str_of(unique), &found, &err));
    assert_true(found.exists);
    return w->segs[found.segment].number;
}

static void test_what_is_left_of_a_segment_is_written_anew(void **state)
{
    (void)state;
    enum { ALL = 200, FEW = 120, MANY = 199 };
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_store *reader = NULL;
    nx_vocab *members = nx_vocab_new();
    OK(bulk(w, "x", ALL, "what was said first", &err));
    OK(bulk(w, "z", 3, "another segment", &err));
    OK(nx_writer_set_family(w, NX_STR("Qx199"), NX_STR("fam"), &err));
    OK(nx_writer_commit(w, &err));
    const uint32_t before = segment_of(w, "Qx199");
    OK(bulk(w, "x", FEW, "what was said then", &err)); // fewer than two in three: deleted from it
    assert_int_equal(segment_of(w, "Qx199"), before);
    OK(nx_store_open(&reader, index_dir, &err));
    OK(bulk(w, "x", MANY, "what was said last", &err));
    assert_int_not_equal(segment_of(w, "Qx199"), before);
    assert_true(segment_of(w, "Qz0") > before);
    assert_int_equal(nx_writer_documents(w), ALL + 3);
    close_writer(w);
    assert_sound();
    char name[NX_SEGMENT_NAME];
    assert_false(is_there(nx_segment_name(name, before)));
    nx_xterm_stats had;
    OK(nx_xdb_term_stats(nx_store_db(reader), NX_STR("first"), &had, &err));
    assert_int_equal(had.documents, ALL - FEW); // readers keep what they have open

    // All that the one article had: words with their places, values, data, its family.
    nx_found found;
    nx_buf data;
    nx_buf_init(&data, 1000);
    uint32_t positions[4];
    size_t count = 0;
    OK(nx_store_reopen(reader, NULL, &err));
    OK(nx_store_find(reader, NX_STR("Qx199"), &found, &err));
    assert_true(found.exists);
    nx_xdb *db = nx_store_segment_db(reader, found.segment);
    OK(nx_xdb_positions(db, found.docid, NX_STR("first"), positions, 4, &count, &err));
    assert_int_equal(count, 1);
    assert_int_equal(positions[0], 4);
    assert_memory_equal(found.content + 8, "abcdefgh", 8);
    nx_xdoc *doc = NULL;
    OK(nx_xdb_doc(&doc, db, found.docid, &err));
    OK(nx_xdoc_data(doc, &data, &err));
    assert_string_equal(data.data, "what was said first");
    nx_xdoc_free(doc);
    OK(nx_store_family(reader, NX_STR("fam"), members, &err));
    assert_int_equal(nx_vocab_count(members), 1);
    nx_buf_release(&data);
    nx_vocab_free(members);
    nx_store_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_gone)
        T(test_what_is_left_of_a_segment_is_written_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
