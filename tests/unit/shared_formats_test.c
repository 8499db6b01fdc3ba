// shared_formats_test.c: outside collections, where they are at hand, read to the last article.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <unistd.h>

#include "corpus/corpus.h"

typedef struct tally {
    const nx_corpus_options *options;
    unsigned files, articles, empty, other_skips;
    unsigned with_title, with_date, with_body;
    unsigned from_file;    // articles and skips of the current file
    unsigned silent_files; // files that gave neither
} tally;

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)err;
    tally *t = ctx;
    t->articles++;
    t->from_file++;
    t->with_title += a->title.s.p != NULL;
    t->with_date += a->published.known;
    t->with_body += a->body.n > 0;
    nx_article_free(a);
    return NX_OK;
}

static nx_status on_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)err;
    tally *t = ctx;
    bool is_empty = strcmp(s->reason, "empty") == 0 || strcmp(s->reason, "not an article") == 0;
    t->from_file++;
    t->empty += is_empty;
    t->other_skips += !is_empty;
    assert_true(strlen(s->reason) > 0 && strlen(s->reason) < 40);
    return NX_OK;
}

static nx_status on_record(void *ctx, nx_record *r, nx_error *err)
{
    tally *t = ctx;
    nx_article_sink sink = {.ctx = t, .article = on_article, .skip = on_skip};
    nx_status st = nx_record_parse(r, t->options, &sink, err);
    nx_record_free(r);
    return st;
}

static bool want_file(void *ctx, const char *path, uint64_t bytes, int64_t mtime_ns)
{
    (void)path;
    (void)bytes;
    (void)mtime_ns;
    tally *t = ctx;
    t->files++;
    t->from_file = 0;
    return true;
}

static nx_status file_done(void *ctx, const char *path, nx_error *err)
{
    (void)err;
    tally *t = ctx;
    if (t->from_file == 0) {
        print_error("%s: silence\n", path);
        t->silent_files++;
    }
    return NX_OK;
}

// Reads a folder of the outside material; false (and a message): it is not there.
static bool read_shared(const char *folder, tally *t)
{
    char path[600];
    (void)snprintf(path, sizeof path, "%s/corpora/%s", NX_SHARED_DIR, folder);
    if (access(path, R_OK) != 0) {
        print_message("skipped: %s is not here\n", path);
        return false;
    }
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    *t = (tally){.options = &o};
    nx_reader_sink sink = {.ctx = t,
                           .record = on_record,
                           .skip = on_skip,
                           .want_file = want_file,
                           .file_done = file_done};
    nx_error err = NX_ERROR_INIT;
    nx_status st = nx_corpus_read(path, &o, &sink, &err);
    if (st != NX_OK) {
        print_error("%s: %s\n", path, err.msg);
    }
    assert_int_equal(st, NX_OK);
    assert_int_equal(t->silent_files, 0);
    print_message("%s: %u files, %u articles (%u titles, %u dates), %u empty, %u other skips\n",
                  folder, t->files, t->articles, t->with_title, t->with_date, t->empty,
                  t->other_skips);
    return true;
}

typedef struct expectation {
    const char *folder;
    unsigned articles, empty, other_skips;
    unsigned titles, dates; // at least
} expectation;

// Counted by other programs: grep -c "<REUTERS ", ls, csv.reader, json.load.
static const expectation whole[] = {
    {"reuters-21578/raw", 21577, 1, 0, 21577, 21577}, // NEWID 12793 has no text at all
    {"news-bbc/raw", 2225, 0, 0, 2225, 0},
    {"news-allsides/articles.jsonl.gz", 7500, 0, 0, 7499, 6594}, // one is titled with its address
    {"news-ar-saudinewsnet/raw", 5000, 22, 0, 4800, 0},
    {"news-de-10kgnad/raw", 1028, 0, 0, 0, 0},
    {"news-en-masakha/raw", 1420, 0, 0, 1420, 0},
    {"news-fr-masakha/raw", 633, 0, 0, 633, 0},
};

static void collections_are_read_to_the_last_article(void **state)
{
    (void)state;
    bool any = false;
    for (size_t i = 0; i < NX_COUNT(whole); i++) {
        tally t;
        if (!read_shared(whole[i].folder, &t)) {
            continue;
        }
        any = true;
        assert_int_equal(t.articles, whole[i].articles);
        assert_int_equal(t.empty, whole[i].empty);
        assert_int_equal(t.other_skips, whole[i].other_skips);
        assert_true(t.with_title >= whole[i].titles);
        assert_true(t.with_date >= whole[i].dates);
    }
    if (!any) {
        skip();
    }
}

// Mixed folders: every file gives an article or a reason.
static void no_file_is_passed_over_in_silence(void **state)
{
    (void)state;
    static const char *const folders[] = {
        "fmt-csv",          "fmt-newsplease-json", "fmt-trec",  "fmt-warc",
        "fmt-agency",       "fmt-feeds",           "fmt-email", "news-es-fakenews/raw",
        "news-zh-xwlb/raw", "cluster-5w1h/raw"};
    bool any = false;
    for (size_t i = 0; i < NX_COUNT(folders); i++) {
        tally t;
        if (read_shared(folders[i], &t)) {
            any = true;
            assert_true(t.files > 0 && t.articles + t.empty + t.other_skips >= t.files);
        }
    }
    if (!any) {
        skip();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(collections_are_read_to_the_last_article),
        cmocka_unit_test(no_file_is_passed_over_in_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
