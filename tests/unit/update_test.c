// update_test.c: which files a run reads, what leaves the index, what status says; times are given.
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/status.h"
#include "indexer/update.h"
#include "store/manifest.h"
#include "store/parts.h"
#include "scratch.h"

enum { NOW = 1600000000 };

static char said[600]; // the last message of a run

// ---- files

static char *path_of(const char *name)
{
    return nx_path_join(dir, name);
}

static void set_time(const char *name, int64_t utc)
{
    char *path = path_of(name);
    const struct timespec times[2] = {{.tv_sec = utc}, {.tv_sec = utc}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    free(path);
}

static void write_file(const char *name, const char *text, const char *mode, int64_t utc)
{
    char *path = path_of(name);
    FILE *f = fopen(path, mode);
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
    free(path);
    set_time(name, utc);
}

static void drop_file(const char *name)
{
    char *path = path_of(name);
    assert_int_equal(unlink(path), 0);
    free(path);
}

// A JSON line; text tells one version from another.
static const char *line(const char *id, const char *text)
{
    static char lines[4][300];
    static unsigned next;
    char *out = lines[next++ % 4];
    (void)snprintf(out, sizeof lines[0],
                   "{\"url\": \"http://news.example/%s\", \"title\": \"On %s\", "
                   "\"text\": \"The council spoke of %s.\"}\n",
                   id, id, text);
    return out;
}

// ---- runs

typedef struct outcome {
    nx_update_report report;
    uint64_t indexed, updated, unchanged, removed, bad;
} outcome;

static void listen(void *ctx, const char *message)
{
    (void)ctx;
    (void)snprintf(said, sizeof said, "%s", message);
}

// Runs are stopped when they have asked so many times; the linker's --wrap.
static unsigned stop_after = UINT_MAX;

bool __wrap_nx_stop_wanted(void);
bool __wrap_nx_stop_wanted(void)
{
    stop_after -= stop_after > 0 && stop_after < UINT_MAX;
    return stop_after == 0;
}

// settings: more lines of the source. What a run fails of is its last message.
static nx_status try_run(outcome *out, const char *settings, nx_update_options how)
{
    nx_error err = NX_ERROR_INIT;
    nx_conf *conf = NULL;
    nx_buf text;
    nx_buf_init(&text, 1 << 16);
    nx_buf_addf(&text, "[index main]\ndir = %s/index\n[source s]\npath = %s/in\n%s", dir, dir,
                settings);
    how.now_utc = how.now_utc != 0 ? how.now_utc : NOW;
    OK(nx_conf_parse(&conf, nx_buf_str(&text), "conf", NULL, how.now_utc, &err));
    nx_tally *tally = nx_tally_new(false, false);
    outcome o = {.indexed = 0};
    how.conf = conf;
    said[0] = '\0';
    const nx_status st = nx_update_run(&how, tally, listen, NULL, &o.report, &err);
    if (st != NX_OK) {
        listen(NULL, err.msg);
    }
    o.indexed = nx_tally_get(tally, NX_COUNT_INDEXED);
    o.updated = nx_tally_get(tally, NX_COUNT_UPDATED);
    o.unchanged = nx_tally_get(tally, NX_COUNT_UNCHANGED);
    o.removed = nx_tally_get(tally, NX_COUNT_REMOVED);
    o.bad = nx_tally_bad(tally);
    nx_tally_free(tally);
    nx_conf_free(conf);
    nx_buf_release(&text);
    *out = o;
    return st;
}

static outcome run(const char *settings, nx_update_options how)
{
    outcome o;
    if (try_run(&o, settings, how) != NX_OK) {
        fail_msg("%s", said);
    }
    return o;
}

static nx_status count_failures(void *ctx, const nx_failure *f, nx_error *err)
{
    (void)f;
    (void)err;
    ++*(unsigned *)ctx;
    return NX_OK;
}

static unsigned failures(void)
{
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = NULL;
    unsigned count = 0;
    char *index = path_of("index");
    OK(nx_manifest_open(&m, index, NX_MANIFEST_READ, &err));
    OK(nx_manifest_each_failure(m, count_failures, &count, &err));
    nx_manifest_close(m);
    free(index);
    return count;
}

// How the last run ended, as status says it.
static const char *last_outcome(void)
{
    static nx_index_status s;
    nx_error err = NX_ERROR_INIT;
    char *index = path_of("index");
    OK(nx_index_status_get(&s, index, NOW, &err));
    free(index);
    return s.last_outcome;
}

static outcome plain(const char *settings)
{
    return run(settings, (nx_update_options){.now_utc = NOW});
}

static int begin(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    if (make_scratch() != 0) {
        return -1;
    }
    char *in = path_of("in");
    nx_status st = nx_make_dirs(in, &err);
    free(in);
    return st == NX_OK ? 0 : -1;
}

// ---- what is read

static void test_known_files_are_not_read(void **state)
{
    (void)state;
    write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
    write_file("in/b.json", line("b", "rails"), "w", NOW - 100);
    outcome o = plain("");
    assert_int_equal(o.indexed, 2);
    o = plain("");
    assert_int_equal(o.report.read, 0);
    assert_int_equal(o.report.known, 2);
    set_time("in/a.json", NOW - 50); // only the time: the content tells
    o = plain("");
    assert_int_equal(o.report.read, 0);
    assert_int_equal(o.report.known, 2);
    write_file("in/a.json", line("a", "ports"), "w", NOW - 40); // of the same size
    o = plain("");
    assert_int_equal(o.report.read, 1);
    assert_int_equal(o.updated, 1);
}

static void test_full_run_trusts_no_time(void **state)
{
    (void)state;
    write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
    (void)plain("");
    write_file("in/a.json", line("a", "ports"), "w", NOW - 100); // nothing tells but the content
    assert_int_equal(plain("").report.read, 0);
    outcome o = run("", (nx_update_options){.full = true});
    assert_int_equal(o.updated, 1);
}

static void test_growing_files_are_read_from_their_end(void **state)
{
    (void)state;
    write_file("in/g.jsonl", line("a", "roads"), "w", NOW - 100);
    write_file("in/g.jsonl", line("b", "rails"), "a", NOW - 100);
    assert_int_equal(plain("").indexed, 2);
    write_file("in/g.jsonl", line("c", "ports"), "a", NOW - 90);
    outcome o = plain("");
    assert_int_equal(o.indexed, 1);
    assert_int_equal(o.unchanged, 0); // the first two were not read again
    // A line without its end is read when it has one.
    write_file("in/g.jsonl", "{\"url\": \"http://news.example/d\", \"title\": \"On", "a", NOW - 80);
    assert_int_equal(plain("").indexed, 0);
    write_file("in/g.jsonl", " d\", \"text\": \"Something else happened.\"}\n", "a", NOW - 70);
    o = plain("");
    assert_int_equal(o.indexed, 1);
    assert_int_equal(o.bad, 0);
    // Rotated: other content under the same name, and longer than before.
    write_file("in/g.jsonl", line("x1", "roads and bridges, rivers and harbours"), "w", NOW - 60);
    for (int i = 2; i < 9; i++) {
        char id[8];
        (void)snprintf(id, sizeof id, "x%d", i);
        write_file("in/g.jsonl", line(id, "what the councils of other towns say"), "a", NOW - 60);
    }
    assert_int_equal(plain("").indexed, 8);
    write_file("in/g.jsonl", line("y", "floods"), "w", NOW - 50); // cut
    assert_int_equal(plain("").indexed, 1);
}

static void test_growing_mailbox(void **state)
{
    static const char first[] = "From a@b Mon Jan  6 10:00:00 2020\nMessage-ID: <1@b>\n"
                                "Subject: Roads\n\nThe council spoke of roads.\n\n";
    static const char second[] = "From a@b Mon Jan  6 11:00:00 2020\nMessage-ID: <2@b>\n"
                                 "Subject: Rails\n\nThe council spoke of rails.\n";
    (void)state;
    write_file("in/m.mbox", first, "w", NOW - 100);
    assert_int_equal(plain("").indexed, 1);
    write_file("in/m.mbox", second, "a", NOW - 90);
    outcome o = plain("");
    assert_int_equal(o.indexed, 1);
    // The last message grows: it is read again, the one before is not.
    write_file("in/m.mbox", "And of bridges.\n", "a", NOW - 80);
    o = plain("");
    assert_int_equal(o.updated, 1);
    assert_int_equal(o.unchanged, 0);
}

static void test_unsettled_files_are_left(void **state)
{
    (void)state;
    write_file("in/a.json", line("a", "roads"), "w", NOW - 10);
    outcome o = plain("settle = 30s\n");
    assert_int_equal(o.report.left, 1);
    assert_int_equal(o.indexed, 0);
    o = run("settle = 30s\n", (nx_update_options){.now_utc = NOW + 20});
    assert_int_equal(o.indexed, 1);
}

static void test_patterns_choose_files(void **state)
{
    (void)state;
    write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
    write_file("in/a.txt", "Not wanted.\n", "w", NOW - 100);
    write_file("in/draft-b.json", line("b", "rails"), "w", NOW - 100);
    write_file("in/.c.json", line("c", "ports"), "w", NOW - 100);
    outcome o = plain("include = *.json\nexclude = */draft-*\n");
    assert_int_equal(o.report.read, 1);
    assert_int_equal(o.indexed, 1);
}

// ---- what leaves

// Nobody in particular: for whom permissions hold.
static void be_nobody(void)
{
    enum { NOBODY = 65534 };
    if (geteuid() == 0) {
        assert_int_equal(chown(dir, NOBODY, NOBODY), 0);
        assert_int_equal(seteuid(NOBODY), 0);
    }
}

static int end_as_before(void **state)
{
    return seteuid(getuid()) == 0 ? end(state) : -1;
}

static void test_excluded_directory_is_not_looked_into(void **state)
{
    (void)state;
    char *lost = path_of("in/lost+found");
    assert_int_equal(mkdir(lost, 0777), 0);
    write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
    write_file("in/lost+found/b.json", line("b", "rails"), "w", NOW - 100);
    assert_int_equal(chmod(lost, 0), 0);
    be_nobody();
    outcome o = plain("");
    assert_int_equal(o.indexed, 1);
    assert_false(o.report.source_gone); // all but that can be seen
    assert_int_equal(failures(), 1);
    o = plain("exclude = lost+found\n");
    assert_int_equal(failures(), 0);
    assert_string_equal(said, "");
    assert_int_equal(seteuid(getuid()), 0);
    assert_int_equal(chmod(lost, 0777), 0);
    free(lost);
    assert_int_equal(plain("exclude = lost+found\n").indexed, 0);
    assert_int_equal(plain("").indexed, 1);
}

static void test_vanished_articles(void **state)
{
    static const struct {
        const char *settings;
        uint64_t removed;
    } rows[] = {{"", 0}, {"vanished = keep\n", 0}, {"vanished = remove\n", 1}};
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_error err = NX_ERROR_INIT;
        char *index = path_of("index");
        OK(nx_remove_tree(index, &err));
        free(index);
        write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
        write_file("in/b.json", line("b", "rails"), "w", NOW - 100);
        assert_int_equal(plain(rows[i].settings).indexed, 2);
        drop_file("in/a.json");
        outcome o = plain(rows[i].settings);
        assert_int_equal(o.removed, rows[i].removed);
        assert_int_equal(o.report.documents, 2 - rows[i].removed);
        assert_int_equal(o.report.vanished, 1);
    }
}

static void test_article_stays_while_a_file_has_it(void **state)
{
    (void)state;
    write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
    write_file("in/copy.json", line("a", "roads"), "w", NOW - 100);
    assert_int_equal(plain("vanished = remove\n").report.documents, 1);
    drop_file("in/a.json");
    assert_int_equal(plain("vanished = remove\n").report.documents, 1);
    write_file("in/copy.json", line("b", "rails"), "w", NOW - 90); // gives another one now
    outcome o = plain("vanished = remove\n");
    assert_int_equal(o.indexed, 1);
    assert_int_equal(o.removed, 1);
    assert_int_equal(o.report.documents, 1);
}

// The other file is large enough for a bulk segment.
static void test_article_stays_while_a_large_file_has_it(void **state)
{
    (void)state;
    char id[24];
    write_file("in/a.jsonl", line("shared", "roads"), "w", NOW - 100);
    write_file("in/b.jsonl", line("shared", "roads"), "w", NOW - 100);
    for (int i = 0; i < 800; i++) {
        (void)snprintf(id, sizeof id, "b%d", i);
        write_file("in/b.jsonl", line(id, "rails"), "a", NOW - 100);
    }
    assert_int_equal(plain("vanished = remove\n").report.documents, 801);
    drop_file("in/a.jsonl");
    assert_int_equal(plain("vanished = remove\n").report.documents, 801);
}

static void test_renamed_file(void **state)
{
    (void)state;
    write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
    (void)plain("vanished = remove\n");
    drop_file("in/a.json");
    write_file("in/z.json", line("a", "roads"), "w", NOW - 100);
    outcome o = plain("vanished = remove\n");
    assert_int_equal(o.removed, 0);
    assert_int_equal(o.report.documents, 1);
}

static void test_nothing_leaves_with_an_empty_or_missing_source(void **state)
{
    (void)state;
    write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
    (void)plain("vanished = remove\n");
    drop_file("in/a.json");
    outcome o = plain("vanished = remove\n"); // as if the disk were not mounted
    assert_int_equal(o.report.documents, 1);
    assert_true(o.report.source_gone);
    assert_int_equal(failures(), 1);
    assert_non_null(strstr(said, "nothing is removed"));
    char *in = path_of("in");
    assert_int_equal(rmdir(in), 0);
    o = plain("vanished = remove\n");
    assert_int_equal(o.report.documents, 1);
    assert_true(o.report.source_gone);
    assert_int_equal(failures(), 1);
    assert_non_null(strstr(said, "No such file or directory"));
    assert_string_equal(last_outcome(), "noinput");
    assert_int_equal(mkdir(in, 0777), 0);
    free(in);
    o = run("vanished = remove\n", (nx_update_options){.allow_empty = true});
    assert_int_equal(o.report.documents, 0);
    assert_false(o.report.source_gone);
    assert_int_equal(failures(), 0);
    assert_string_equal(last_outcome(), "ok");
}

static void test_rebuild_has_what_the_sources_have(void **state)
{
    (void)state;
    write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
    write_file("in/b.json", line("b", "rails"), "w", NOW - 100);
    (void)plain("");
    drop_file("in/a.json");
    write_file("in/c.json", line("c", "ports"), "w", NOW - 100);
    outcome o = run("", (nx_update_options){.rebuild = true});
    assert_int_equal(o.indexed, 2);
    assert_int_equal(plain("").report.known, 2); // and the manifest tells of them
}

static unsigned steps;

static void count_step(nx_store_step_id step)
{
    (void)step;
    steps++;
}

// Whenever a rebuild is stopped, nothing is made of what it has read.
static void test_a_stopped_rebuild_ends_at_once(void **state)
{
    (void)state;
    const nx_update_options rebuild = {.rebuild = true};
    outcome o;
    nx_status st = NX_ESTOP;
    unsigned stops = 0;
    write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
    write_file("in/b.json", line("b", "rails"), "w", NOW - 100);
    (void)plain("");
    nx_store_step_hook = count_step;
    while (st == NX_ESTOP) {
        stop_after = ++stops;
        steps = 0;
        st = try_run(&o, "", rebuild);
        assert_true(st == NX_OK || steps == 0);
    }
    nx_store_step_hook = NULL;
    stop_after = UINT_MAX;
    assert_int_equal(st, NX_OK);
    assert_true(stops > 4 && steps > 0); // each file is asked of twice
    assert_int_equal(o.indexed, 2);
}

// ---- status and failures

static void test_failures_last_until_they_are_mended(void **state)
{
    (void)state;
    write_file("in/g.jsonl", "{\"title\": \"broken\n{\"also\n", "w", NOW - 100);
    assert_int_equal(plain("").bad, 2);
    assert_int_equal(failures(), 2);
    assert_int_equal(plain("").report.read, 0); // the same bytes would fail the same way
    assert_int_equal(failures(), 2);
    write_file("in/g.jsonl", line("a", "roads"), "w", NOW - 90);
    assert_int_equal(plain("").indexed, 1);
    assert_int_equal(failures(), 0);
}

// An agency's item in JSON, held back until the given time.
static void write_embargoed(const char *name, const char *until, int64_t utc)
{
    char text[400];
    (void)snprintf(text, sizeof text,
                   "{\"uri\": \"urn:raid:1\", \"pubstatus\": \"usable\", \"embargoed\": \"%s\", "
                   "\"headline\": \"Raid\", \"body_text\": \"There was a raid.\"}\n",
                   until);
    write_file(name, text, "w", utc);
}

static outcome run_at(const char *settings, int64_t now)
{
    return run(settings, (nx_update_options){.now_utc = now});
}

static void test_embargoed_article_comes_in_its_time(void **state)
{
    (void)state;
    write_embargoed("in/e.json", "2020-09-13T12:43:20Z", NOW - 100); // NOW + 1000
    outcome o = run_at("", NOW);
    assert_int_equal(o.indexed, 0);
    assert_int_equal(o.bad, 0); // nothing is wrong with it
    assert_int_equal(failures(), 1);
    assert_int_equal(run_at("", NOW + 899).report.read, 0);
    o = run_at("", NOW + 900); // looked at again, too early
    assert_int_equal(o.report.read, 1);
    assert_int_equal(o.indexed, 0);
    assert_int_equal(run_at("", NOW + 1799).report.read, 0);
    o = run_at("", NOW + 1800);
    assert_int_equal(o.indexed, 1);
    assert_int_equal(failures(), 0);
    assert_int_equal(run_at("", NOW + 9999).report.known, 1);
}

static void test_clock_that_was_ahead_puts_nothing_off(void **state)
{
    static const int64_t years = 100000000;
    (void)state;
    write_embargoed("in/e.json", "2033-09-13T12:00:00Z", NOW - 100);
    assert_int_equal(run_at("", NOW + years).report.read, 1);
    assert_int_equal(run_at("", NOW).report.read, 1);
    assert_int_equal(run_at("", NOW + 10).report.read, 0);
}

static void test_embargo_in_a_growing_file(void **state)
{
    (void)state;
    write_embargoed("in/g.jsonl", "2020-09-13T12:27:40Z", NOW - 100); // NOW + 60
    (void)run_at("", NOW);
    write_file("in/g.jsonl", line("a", "roads"), "a", NOW + 10);
    assert_int_equal(run_at("", NOW + 20).indexed, 1);
    assert_int_equal(failures(), 1); // still there
    assert_int_equal(run_at("", NOW + 920).indexed, 1);
    assert_int_equal(failures(), 0);
}

static void test_failures_of_a_growing_file_stay_listed(void **state)
{
    (void)state;
    write_file("in/g.jsonl", "{\"title\": \"broken\n", "w", NOW - 100);
    assert_int_equal(plain("").bad, 1);
    write_file("in/g.jsonl", line("a", "roads"), "a", NOW - 90);
    assert_int_equal(plain("").indexed, 1);
    assert_int_equal(failures(), 1);
}

static void test_failed_files_are_tried_ever_less_often(void **state)
{
    (void)state;
    // When it is tried, and how long it is left alone afterwards.
    static const int64_t waits[] = {300,   600,   1200,  2400,  4800, 9600,
                                    19200, 38400, 76800, 86400, 86400};
    write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
    char *path = path_of("in/a.json");
    assert_int_equal(chmod(path, 0), 0);
    be_nobody();
    int64_t now = NOW;
    for (size_t i = 0; i < NX_COUNT(waits); i++) {
        assert_int_equal(run_at("", now).report.failed, 1);
        assert_int_equal(failures(), 1);
        assert_int_equal(run_at("", now + waits[i] - 1).report.failed, 0);
        now += waits[i];
    }
    assert_int_equal(seteuid(getuid()), 0);
    assert_int_equal(chmod(path, 0644), 0);
    free(path);
    assert_int_equal(run_at("", now - 1).indexed, 0);
    assert_int_equal(run_at("", now).indexed, 1);
    assert_int_equal(failures(), 0);
}

// A disk that fails in the middle of a file says nothing about the articles that it holds.
static void test_unreadable_file_keeps_its_articles(void **state)
{
    (void)state;
    write_file("in/a.html", "<p>Not an article.</p>", "w", NOW - 100);
    write_file("in/b.json", line("b", "rails"), "w", NOW - 100);
    assert_int_equal(plain("vanished = remove\n").indexed, 1);
    drop_file("in/b.json");
    char *path = path_of("in/b.json");
    if (symlink("/proc/self/mem", path) != 0 || access(path, R_OK) != 0) {
        free(path);
        skip(); // no file here that can be opened and not be read
    }
    free(path);
    outcome o = plain("vanished = remove\n");
    assert_int_equal(o.report.failed, 1);
    assert_int_equal(o.removed, 0);
    assert_int_equal(o.report.documents, 1);
    assert_int_equal(failures(), 1);
}

static void test_status(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_index_status s;
    char *index = path_of("index");
    assert_int_equal(nx_index_status_get(&s, index, NOW, &err), NX_ENOINPUT);
    write_file("in/a.json", line("a", "roads"), "w", NOW - 100);
    (void)plain("");
    OK(nx_index_status_get(&s, index, NOW, &err));
    assert_int_equal(s.articles, 1);
    assert_int_equal(s.files, 1);
    assert_int_equal(s.last_utc, NOW);
    assert_string_equal(s.last_command, "update");
    assert_string_equal(s.last_outcome, "ok");
    assert_true(s.ok_utc >= NOW);
    assert_int_equal(s.news_utc, s.ok_utc);
    free(index);
}

static void test_staleness(void **state)
{
    static const struct {
        int64_t now, ok, max_age;
        bool stale;
    } rows[] = {{1000, 900, 100, false}, {1001, 900, 100, true}, {1000, 0, 100, true},
                {1000, 0, 0, false},     {9999999, 1, 0, false}, {900, 1000, 100, false},
                {900, 1001, 100, true}};
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        const nx_index_status s = {.now_utc = rows[i].now, .ok_utc = rows[i].ok};
        assert_int_equal(nx_index_status_stale(&s, rows[i].max_age), rows[i].stale);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_known_files_are_not_read),
        TEST(test_full_run_trusts_no_time),
        TEST(test_growing_files_are_read_from_their_end),
        TEST(test_growing_mailbox),
        TEST(test_unsettled_files_are_left),
        TEST(test_patterns_choose_files),
        cmocka_unit_test_setup_teardown(test_excluded_directory_is_not_looked_into, begin,
                                        end_as_before),
        TEST(test_vanished_articles),
        TEST(test_article_stays_while_a_file_has_it),
        TEST(test_article_stays_while_a_large_file_has_it),
        TEST(test_renamed_file),
        TEST(test_nothing_leaves_with_an_empty_or_missing_source),
        TEST(test_rebuild_has_what_the_sources_have),
        TEST(test_a_stopped_rebuild_ends_at_once),
        TEST(test_failures_last_until_they_are_mended),
        TEST(test_embargoed_article_comes_in_its_time),
        TEST(test_clock_that_was_ahead_puts_nothing_off),
        TEST(test_embargo_in_a_growing_file),
        TEST(test_failures_of_a_growing_file_stay_listed),
        cmocka_unit_test_setup_teardown(test_failed_files_are_tried_ever_less_often, begin,
                                        end_as_before),
        TEST(test_unreadable_file_keeps_its_articles),
        TEST(test_status),
        TEST(test_staleness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
