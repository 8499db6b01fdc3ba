// history_test.c: what a run keeps of the articles that it changes, whichever way it writes; what
// it counts.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "indexer/history.h"
#include "indexer/intake.h"
#include "schema/schema.h"
#include "scratch.h"
#include "text/analysis.h"

enum { NOW = 1600000000 };

static char index_dir[64], file[64];

static int begin(void **state)
{
    (void)state;
    if (make_scratch() != 0) {
        return -1;
    }
    (void)snprintf(index_dir, sizeof index_dir, "%s/index", dir);
    (void)snprintf(file, sizeof file, "%s/a.jsonl", dir);
    return 0;
}

// ---- runs

typedef struct job {
    nx_writer *writer;
    nx_intake *intake;
    nx_tally *tally;
    nx_corpus_options corpus;
} job;

static void start(job *j, nx_intake_writer writer, bool rebuild, int64_t now)
{
    nx_error err = NX_ERROR_INIT;
    const nx_writer_options how = {
        .analysis = NX_ANALYSIS, .create = true, .rebuild = rebuild, .no_sync = true};
    const nx_intake_options options = {
        .writer = writer, .threads = 2, .now_utc = now, .rebuild = rebuild};
    *j = (job){.corpus = NX_CORPUS_OPTIONS_INIT, .tally = nx_tally_new(false, false)};
    OK(nx_writer_open(&j->writer, index_dir, &how, &err));
    OK(nx_intake_new(&j->intake, j->writer, index_dir, &options, j->tally, &err));
}

static void take(job *j, const char *lines)
{
    nx_error err = NX_ERROR_INIT;
    OK(nx_write_file_atomic(file, nx_str_of(lines), &err));
    OK(nx_intake_read(j->intake, file, &j->corpus, &err));
}

static void finish(job *j)
{
    nx_error err = NX_ERROR_INIT;
    OK(nx_intake_checkpoint(j->intake, &err));
    nx_intake_free(j->intake);
    nx_tally_free(j->tally);
    OK(nx_writer_close(j->writer, &err));
}

static void add(nx_intake_writer writer, const char *lines)
{
    job j;
    start(&j, writer, false, NOW);
    take(&j, lines);
    finish(&j);
}

#define LINE(text) LINE_OF(text, "")
#define LINE_OF(text, more)                                                                        \
    "{\"url\": \"http://news.example/a\", \"title\": \"On a\", \"text\": \"" text "\"" more "}\n"

// ---- what is there afterwards

static nx_status list(void *ctx, const nx_version *v, nx_error *err)
{
    (void)err;
    nx_buf_addz(ctx, v->withdrawn ? "!" : "");
    nx_buf_adds(ctx, nx_data_get_body(v->data));
    nx_buf_addc(ctx, ' ');
    return NX_OK;
}

// Bodies of the versions of an article, oldest first; '!' marks what was withdrawn.
static void expect_versions(const char *wanted)
{
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = NULL;
    nx_versions *v = NULL;
    nx_buf out;
    nx_buf_init(&out, 1 << 16);
    if (nx_manifest_open(&m, index_dir, NX_MANIFEST_READ, &err) == NX_OK) {
        OK(nx_versions_open(&v, m, NX_MANIFEST_READ, &err));
        OK(nx_versions_each(v, NX_STR("Qhttp://news.example/a"), list, &out, &err));
    }
    assert_string_equal(out.len > 0 ? out.data : "", wanted);
    nx_versions_close(v);
    nx_manifest_close(m);
    nx_buf_release(&out);
}

// The article's body and NX_SLOT_UPDATED: "Two. 20200913122640".
static void expect_article(const char *wanted)
{
    nx_error err = NX_ERROR_INIT;
    nx_store *s = NULL;
    nx_found found;
    nx_buf data, out;
    nx_buf_init(&data, 1 << 16);
    nx_buf_init(&out, 1 << 16);
    OK(nx_store_open(&s, index_dir, &err));
    OK(nx_store_find(s, NX_STR("Qhttp://news.example/a"), &found, &err));
    if (found.exists) {
        nx_xdoc *doc = NULL;
        OK(nx_xdb_doc(&doc, nx_store_segment_db(s, found.segment), found.docid, &err));
        OK(nx_xdoc_data(doc, &data, &err));
        nx_buf_adds(&out, nx_data_get_body(nx_buf_str(&data)));
        nx_buf_addc(&out, ' ');
        OK(nx_xdoc_value(doc, NX_SLOT_UPDATED, &out, &err));
        nx_xdoc_free(doc);
    }
    assert_string_equal(out.len > 0 ? out.data : "", wanted);
    nx_store_close(s);
    nx_buf_release(&data);
    nx_buf_release(&out);
}

// ---- keeping

static void test_changed_text_is_a_version(void **state)
{
    static const nx_intake_writer writers[] = {NX_INTAKE_XAPIAN, NX_INTAKE_BULK};
    (void)state;
    for (size_t i = 0; i < 4; i++) { // each writer after each
        nx_error err = NX_ERROR_INIT;
        add(writers[i / 2], LINE("One."));
        expect_versions("");
        add(writers[i % 2], LINE("Two."));
        add(writers[i % 2], LINE("Two."));
        add(writers[i % 2], LINE_OF("Two.", ", \"section\": \"World\"")); // the text is the same
        expect_versions("One. ");
        add(writers[i / 2], LINE("One."));
        expect_versions("One. Two. ");
        OK(nx_remove_tree(index_dir, &err));
    }
}

// Only what readers could have found: not the copies that others in the run replace.
static void test_copies_in_one_run(void **state)
{
    static const nx_intake_writer writers[] = {NX_INTAKE_XAPIAN, NX_INTAKE_BULK};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        nx_error err = NX_ERROR_INIT;
        add(writers[i], LINE("One.") LINE("Two."));
        expect_versions("");
        add(writers[i], LINE("Three.") LINE("Four."));
        expect_versions("Two. ");
        // The newest is what the index has already.
        add(writers[i], LINE("Five.") LINE("Four."));
        expect_article("Four. 20200913122640");
        expect_versions("Two. ");
        // Twice the same: the second is no reason to think that nothing has changed.
        job j;
        start(&j, writers[i], false, NOW);
        take(&j, LINE("Six.") LINE("Six."));
        OK(nx_intake_checkpoint(j.intake, &err));
        assert_int_equal(nx_tally_get(j.tally, NX_COUNT_UPDATED), 1);
        assert_int_equal(nx_tally_get(j.tally, NX_COUNT_UNCHANGED), 0);
        finish(&j);
        expect_versions("Two. Four. ");
        OK(nx_remove_tree(index_dir, &err));
    }
}

// A run died after it kept a version and before it committed: nothing is lost, nothing is twice.
static void test_death_before_the_commit(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    job j;
    add(NX_INTAKE_XAPIAN, LINE("One."));
    nx_history *h = nx_history_new(index_dir, NULL, false);
    const unsigned char other[NX_DIGEST_BYTES] = {1};
    OK(nx_history_keep(h, NX_STR("Qhttp://news.example/a"), other, NOW, &err));
    OK(nx_history_commit(h, &err));
    nx_history_free(h);
    expect_versions("One. ");
    add(NX_INTAKE_BULK, LINE("Two."));
    expect_versions("One. ");
    // One that died before it kept any.
    start(&j, NX_INTAKE_XAPIAN, false, NOW);
    take(&j, LINE("Three."));
    nx_intake_free(j.intake);
    nx_tally_free(j.tally);
    nx_writer_abort(j.writer);
    expect_versions("One. ");
    expect_article("Two. 20200913122640");
}

static void test_taken_out_and_withdrawn(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    bool removed = false;
    job j;
    add(NX_INTAKE_XAPIAN, LINE("One."));
    add(NX_INTAKE_XAPIAN, LINE("Two."));
    add(NX_INTAKE_XAPIAN, LINE_OF("Two.", ", \"pubstatus\": \"canceled\""));
    expect_article("");
    expect_versions("One. !Two. ");
    add(NX_INTAKE_BULK, LINE("Three.")); // published again
    expect_versions("One. !Two. ");
    start(&j, NX_INTAKE_XAPIAN, false, NOW);
    OK(nx_intake_remove(j.intake, NX_STR("Qhttp://news.example/a"), &removed, &err));
    expect_versions("One. !Two. "); // not before the checkpoint
    finish(&j);
    assert_true(removed);
    expect_article("");
    expect_versions("");
}

// What is late replaces nothing, except that a file is what it says now.
static void test_older_versions_come_late(void **state)
{
    static const struct {
        const char *first, *then;
        bool other_file, newer;
    } rows[] = {
        {", \"version\": 3", ", \"version\": 2", true, false},
        {", \"version\": 3", ", \"version\": 4", true, true},
        {", \"version\": 3", ", \"version\": 2", false, true},
        {", \"version\": 3", ", \"version\": 2, \"pubstatus\": \"canceled\"", true, false},
        {", \"version\": 3", "", true, true},
        {", \"version\": 3, \"updated\": \"2020-02-02T00:00:00Z\"",
         ", \"version\": 4, \"updated\": \"2020-01-01T00:00:00Z\"", true, true},
        {", \"updated\": \"2020-02-02T00:00:00Z\"", ", \"updated\": \"2020-02-01T23:59:59Z\"", true,
         false},
        {", \"updated\": \"2020-02-02T00:00:00Z\"", ", \"updated\": \"2020-02-02T00:00:00Z\"", true,
         true},
        {", \"updated\": \"2020-02-02T00:00:00Z\"", ", \"updated\": \"2020-02-02T00:00:01Z\"", true,
         true},
        {", \"updated\": \"2020-02-02\"", ", \"updated\": \"2020-02-02T08:00:00Z\"", true, true},
        {", \"updated\": \"2020-02-02T08:00:00Z\"", ", \"updated\": \"2020-02-02\"", true, true},
        {", \"updated\": \"2020-02-02T00:00:00Z\"", "", true, true},
    };
    static const nx_intake_writer writers[] = {NX_INTAKE_XAPIAN, NX_INTAKE_BULK};
    (void)state;
    for (size_t i = 0; i < 2 * NX_COUNT(rows); i++) {
        nx_error err = NX_ERROR_INIT;
        char line[300];
        (void)snprintf(line, sizeof line, LINE_OF("One.", "%s"), rows[i / 2].first);
        add(writers[i % 2], line);
        (void)snprintf(line, sizeof line, LINE_OF("Two.", "%s"), rows[i / 2].then);
        file[strlen(file) - strlen("a.jsonl")] = rows[i / 2].other_file ? 'b' : 'a';
        add(writers[i % 2], line);
        file[strlen(file) - strlen("a.jsonl")] = 'a';
        expect_versions(rows[i / 2].newer ? "One. " : "");
        OK(nx_remove_tree(index_dir, &err));
    }
}

// A feed that is read again and again does not take the text of the saved page away.
static void test_extract_in_a_feed(void **state)
{
    static const char page[] = LINE("The council spoke of roads, of rails and of the new bridge.");
    static const char feed[] =
        "<rss version=\"2.0\"><channel><title>News</title><item><title>On a</title>"
        "<link>http://news.example/a</link><description>The council spoke.</description>"
        "<pubDate>Sat, 12 Sep 2020 08:00:00 GMT</pubDate></item></channel></rss>";
    static const nx_intake_writer writers[] = {NX_INTAKE_XAPIAN, NX_INTAKE_BULK};
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        nx_error err = NX_ERROR_INIT;
        job j;
        const bool one_run = i > 1, feed_first = i > 3;
        start(&j, writers[i % 2], false, NOW);
        take(&j, feed_first ? feed : page);
        if (!one_run) {
            finish(&j);
            start(&j, writers[i % 2], false, NOW);
        }
        file[strlen(file) - strlen("a.jsonl")] = 'b';
        take(&j, feed_first ? page : feed);
        file[strlen(file) - strlen("a.jsonl")] = 'a';
        finish(&j);
        expect_article("The council spoke of roads, of rails and of the new bridge. ");
        OK(nx_remove_tree(index_dir, &err));
    }
    // The page comes after the feed.
    add(NX_INTAKE_XAPIAN, feed);
    file[strlen(file) - strlen("a.jsonl")] = 'b';
    add(NX_INTAKE_XAPIAN, page);
    file[strlen(file) - strlen("a.jsonl")] = 'a';
    expect_versions("The council spoke. ");
}

// ---- when it changed

static void test_updated_is_what_the_article_says_or_what_was_seen(void **state)
{
    (void)state;
    add(NX_INTAKE_XAPIAN, LINE_OF("One.", ", \"updated\": \"2020-01-01T00:00:00Z\""));
    expect_article("One. 20200101000000");
    // The article tells of its change.
    add(NX_INTAKE_XAPIAN, LINE_OF("Two.", ", \"updated\": \"2020-02-02T00:00:00Z\""));
    expect_article("Two. 20200202000000");
    // It does not: what counts is when that was seen.
    add(NX_INTAKE_BULK, LINE_OF("Three.", ", \"updated\": \"2020-02-02T00:00:00Z\""));
    expect_article("Three. 20200913122640");
    // Another fact changes: the text has not changed since.
    job j;
    start(&j, NX_INTAKE_XAPIAN, false, NOW + 1000);
    take(&j, LINE_OF("Three.", ", \"section\": \"World\""));
    finish(&j);
    expect_article("Three. 20200913122640");
}

// ---- rebuilding

static void rebuild(nx_intake_writer writer, const char *lines)
{
    nx_error err = NX_ERROR_INIT;
    job j;
    start(&j, writer, true, NOW + 1000);
    take(&j, lines);
    OK(nx_intake_checkpoint(j.intake, &err));
    OK(nx_writer_rebuild_finish(j.writer, &err));
    finish(&j);
}

static void test_rebuilding_compares_with_what_readers_have(void **state)
{
    static const nx_intake_writer writers[] = {NX_INTAKE_XAPIAN, NX_INTAKE_BULK};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        nx_error err = NX_ERROR_INIT;
        add(NX_INTAKE_XAPIAN, LINE("One."));
        add(NX_INTAKE_XAPIAN, LINE("Two."));
        rebuild(writers[i], LINE("Two."));
        expect_versions("One. ");
        expect_article("Two. 20200913122640"); // as before
        rebuild(writers[i], LINE("Three."));
        expect_versions("One. Two. ");
        expect_article("Three. 20200913124320");
        rebuild(writers[i], LINE_OF("Three.", ", \"pubstatus\": \"canceled\""));
        expect_versions("One. Two. !Three. ");
        expect_article("");
        OK(nx_remove_tree(index_dir, &err));
    }
}

// An article that readers have is new to the index that is made, after any number of checkpoints.
static void test_rebuilding_in_parts(void **state)
{
    static const nx_intake_writer writers[] = {NX_INTAKE_XAPIAN, NX_INTAKE_BULK};
    static const char b[] = "{\"url\": \"http://news.example/b\", \"text\": \"Bees.\"}\n";
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        nx_error err = NX_ERROR_INIT;
        job j;
        add(NX_INTAKE_XAPIAN, LINE("One."));
        start(&j, writers[i], true, NOW);
        take(&j, b);
        OK(nx_intake_checkpoint(j.intake, &err));
        take(&j, LINE("One."));
        OK(nx_intake_checkpoint(j.intake, &err));
        take(&j, LINE("Two.")); // the same article in another file
        OK(nx_intake_checkpoint(j.intake, &err));
        assert_int_equal(nx_writer_documents(j.writer), 2);
        OK(nx_writer_rebuild_finish(j.writer, &err));
        finish(&j);
        expect_article("Two. 20200913122640");
        OK(nx_remove_tree(index_dir, &err));
    }
}

static void test_rebuilding_what_cannot_be_read(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    add(NX_INTAKE_XAPIAN, LINE("One."));
    char *stub = nx_path_join(index_dir, "XAPIANDB");
    OK(nx_write_file_atomic(stub, NX_STR("auto seg-000099\n"), &err)); // is not there
    free(stub);
    rebuild(NX_INTAKE_BULK, LINE("Two."));
    expect_article("Two. ");
}

// For the time left: two articles of a file, and none of another.
static void test_input_counts_once(void **state)
{
#define ITEM(text)                                                                                 \
    "<NewsItem><NewsComponent><HeadLine>" text " rained</HeadLine><ContentItem><DataContent>" text \
    "</DataContent></ContentItem></NewsComponent></NewsItem>"
    static const char two[] = "<NewsML>" ITEM("One") ITEM("Two") "</NewsML>";
#undef ITEM
    static const char none[] = "<NewsML><Catalog/></NewsML>";
    (void)state;
    nx_error err = NX_ERROR_INIT;
    job j;
    start(&j, NX_INTAKE_BULK, false, NOW);
    take(&j, two);
    take(&j, none);
    OK(nx_intake_checkpoint(j.intake, &err));
    assert_int_equal(nx_tally_source_read(j.tally), strlen(two) + strlen(none));
    finish(&j);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_changed_text_is_a_version),
        TEST(test_copies_in_one_run),
        TEST(test_death_before_the_commit),
        TEST(test_taken_out_and_withdrawn),
        TEST(test_older_versions_come_late),
        TEST(test_extract_in_a_feed),
        TEST(test_updated_is_what_the_article_says_or_what_was_seen),
        TEST(test_rebuilding_compares_with_what_readers_have),
        TEST(test_rebuilding_in_parts),
        TEST(test_rebuilding_what_cannot_be_read),
        TEST(test_input_counts_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
