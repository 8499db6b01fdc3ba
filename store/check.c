// check.c: reads the whole index and says what is wrong with it.
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "store/manifest.h"
#include "store/parts.h"

enum { FAULTS_SHOWN = 20 }; // of one kind

typedef struct checker {
    const char *dir;
    nx_vocab *unfinished; // articles whose older copies the next writer deletes
    nx_store_progress *progress;
    void *ctx;
    nx_check_report *report;
    nx_buf *text;
} checker;

static void fault(checker *c, const char *where, const char *what)
{
    c->report->faults++;
    nx_buf_addf(c->text, "%s: %s\n", where, what);
}

static nx_status tell(checker *c, const char *what, const char *detail, nx_error *err)
{
    return c->progress != NULL ? c->progress(c->ctx, what, detail, err) : NX_OK;
}

static bool is_damage(nx_status st)
{
    return st == NX_ECORRUPT || st == NX_EFORMAT || st == NX_EVERSION || st == NX_ENOINPUT;
}

static nx_status check_segment(checker *c, uint32_t number, nx_error *err)
{
    char name[NX_SEGMENT_NAME];
    size_t faults = 0;
    nx_buf said;
    nx_buf_init(&said, SIZE_MAX / 2);
    char *path = nx_path_join(c->dir, nx_segment_name(name, number));
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = tell(c, name, "", err);
    if (st != NX_OK) {
        goto done;
    }
    nx_error why = NX_ERROR_INIT;
    c->report->segments++;
    if (access(path, F_OK) != 0) {
        fault(c, name, "the segment is missing");
        goto done;
    }
    st = nx_segment_check_tables(path, &why);
    if (st == NX_OK) {
        st = nx_check_apart(path, &faults, &said, &why);
    }
    if (st == NX_OK && faults > 0) {
        c->report->faults += faults;
        nx_buf_addf(c->text, "%s: %zu faults found by Xapian:\n", name, faults);
        nx_buf_adds(c->text, nx_buf_str(&said));
    } else if (is_damage(st)) {
        fault(c, name, why.msg);
        st = NX_OK;
    } else if (st != NX_OK && err != NULL) {
        *err = why;
    }
done:
    nx_buf_release(&said);
    free(path);
    return st;
}

// Each article has one unique term, and no other article has it.
static nx_status check_unique_terms(checker *c, const nx_xdb *db, nx_error *err)
{
    nx_xterms *terms = NULL;
    nx_xstats stats;
    uint64_t count = 0, shown = 0;
    bool more = false;
    nx_status st = tell(c, "unique terms", "", err);
    if (st == NX_OK) {
        st = nx_xdb_stats(db, &stats, err);
    }
    if (st == NX_OK) {
        c->report->documents = stats.documents;
        st = nx_xdb_terms(&terms, db, NX_STR("Q"), err);
    }
    while (st == NX_OK && (st = nx_xterms_next(terms, &more, err)) == NX_OK && more) {
        uint32_t copies = 0;
        st = nx_xterms_documents(terms, &copies, err);
        count += copies;
        nx_str term = nx_xterms_term(terms);
        if (st == NX_OK && copies != 1 && nx_vocab_find(c->unfinished, term) == NX_VOCAB_NONE) {
            c->report->faults++;
            if (shown++ < FAULTS_SHOWN) {
                nx_buf_addf(c->text, "%u copies of article %.*s\n", (unsigned)copies,
                            (int)(term.n - 1), term.p + 1);
            }
        }
    }
    nx_xterms_free(terms);
    if (st == NX_OK && count != stats.documents) {
        c->report->faults++;
        nx_buf_addf(c->text, "%" PRIu32 " articles have %" PRIu64 " unique terms\n",
                    stats.documents, count);
    }
    return st;
}

// Adds a segment to all, and what it supersedes to the unfinished.
static nx_status add_segment(checker *c, nx_xdb *all, uint32_t number, nx_error *err)
{
    char name[NX_SEGMENT_NAME];
    nx_xdb *db = NULL;
    nx_buf list;
    nx_buf_init(&list, SIZE_MAX / 2);
    nx_status st = nx_segment_open(&db, c->dir, number, err);
    if (st == NX_OK) {
        st = nx_segment_check_format(db, c->dir, nx_segment_name(name, number), NULL, err);
    }
    if (st == NX_OK) {
        st = nx_xdb_metadata(db, NX_STR(NX_META_SUPERSEDED), &list, err);
    }
    if (st == NX_OK) {
        st = nx_terms_read(c->unfinished, nx_buf_str(&list), err);
    }
    if (st == NX_OK) {
        st = nx_xdb_add(all, db, err);
    }
    nx_buf_release(&list);
    nx_xdb_close(db);
    return st;
}

// Shards on other machines have their own checks.
static nx_status check_local(checker *c, const nx_stub *stub, nx_error *err)
{
    nx_xdb *all = NULL;
    nx_error why = NX_ERROR_INIT;
    nx_status st = nx_xdb_open_none(&all, &why);
    for (size_t i = 0; st == NX_OK && i < stub->count; i++) {
        if (stub->lines[i].kind == NX_STUB_SEGMENT) {
            st = add_segment(c, all, stub->lines[i].number, &why);
        }
    }
    if (st == NX_OK) {
        st = check_unique_terms(c, all, &why);
    }
    nx_xdb_close(all);
    if (is_damage(st)) {
        fault(c, c->dir, why.msg);
        return NX_OK;
    }
    if (st != NX_OK && err != NULL) {
        *err = why;
    }
    return st;
}

static nx_status check_manifest(checker *c, nx_error *err)
{
    nx_manifest *m = NULL;
    nx_error why = NX_ERROR_INIT;
    nx_status st = tell(c, "manifest", "", err);
    if (st != NX_OK) {
        return st;
    }
    st = nx_manifest_open(&m, c->dir, NX_MANIFEST_READ, &why);
    if (st == NX_OK) {
        st = nx_manifest_check(m, &why);
    }
    nx_manifest_close(m);
    if (st == NX_ENOINPUT) {
        return NX_OK; // an index that only ever had single articles put needs none
    }
    if (is_damage(st)) {
        c->report->only_manifest = c->report->faults == 0;
        fault(c, "manifest", why.msg);
        return NX_OK;
    }
    if (st != NX_OK && err != NULL) {
        *err = why;
    }
    return st;
}

static bool names_nothing(const nx_stub *stub)
{
    for (size_t i = 0; i < stub->count; i++) {
        if (stub->lines[i].kind != NX_STUB_COMMENT) {
            return false;
        }
    }
    return true;
}

nx_status nx_store_check(const char *dir, unsigned wait_seconds, nx_store_progress *progress,
                         void *ctx, nx_check_report *report, nx_buf *text, nx_error *err)
{
    checker c = {.dir = dir, .progress = progress, .ctx = ctx, .report = report, .text = text};
    nx_lock lock = {.fd = -1};
    nx_stub stub = {0};
    *report = (nx_check_report){0};
    c.unfinished = nx_vocab_new();
    nx_status st = c.unfinished != NULL ? nx_stub_read(&stub, dir, NULL, err) : nx_fail_nomem(err);
    nx_stub_release(&stub);
    if (st == NX_OK) {
        st = nx_lock_take(&lock, dir, "lock", wait_seconds, err);
    }
    if (st == NX_OK) {
        st = nx_stub_read(&stub, dir, NULL, err); // as it is now that nobody changes it
    }
    for (size_t i = 0; st == NX_OK && i < stub.count; i++) {
        if (stub.lines[i].kind == NX_STUB_SEGMENT) {
            st = check_segment(&c, stub.lines[i].number, err);
        }
    }
    if (st == NX_OK && names_nothing(&stub)) {
        fault(&c, dir, "its file XAPIANDB names no segment");
    }
    if (st == NX_OK && report->faults == 0) {
        st = check_local(&c, &stub, err); // libxapian may crash on reading blocks that are damaged
    }
    if (st == NX_OK) {
        st = check_manifest(&c, err);
    }
    if (st == NX_OK) {
        st = nx_buf_check(text, "report", err);
    }
    nx_vocab_free(c.unfinished);
    nx_stub_release(&stub);
    nx_lock_drop(&lock);
    return st;
}

// ---- reading what may be damaged ----------------------------------------------------------------

static nx_status try_table(const char *dir, uint32_t number, const char *table, nx_error *err)
{
    char name[NX_SEGMENT_NAME];
    size_t faults = 0;
    char *segment = nx_path_join(dir, nx_segment_name(name, number));
    char *path = segment != NULL ? nx_path_join(segment, table) : NULL;
    nx_status st = NX_OK;
    if (path == NULL) {
        st = nx_fail_nomem(err);
    } else if (access(path, F_OK) == 0) { // an empty table has no file
        st = nx_check_apart(path, &faults, NULL, err);
    }
    if (st == NX_OK && faults > 0) {
        st = nx_fail(err, NX_ECORRUPT, "%s: damaged", path);
    } else if (path != NULL && st != NX_OK) {
        st = nx_wrap(err, "%s: ", path);
    }
    free(path);
    free(segment);
    return st;
}

nx_status nx_store_try(const char *dir, nx_error *err)
{
    static const char *const looked_up[] = {"postlist.glass", "docdata.glass"};
    nx_stub stub = {0};
    nx_store *store = NULL;
    nx_status st = nx_store_open_local(&store, dir, err);
    nx_store_close(store);
    st = st == NX_OK ? nx_stub_read(&stub, dir, NULL, err) : st;
    for (size_t i = 0; st == NX_OK && i < stub.count; i++) {
        if (stub.lines[i].kind != NX_STUB_SEGMENT) {
            continue;
        }
        for (size_t t = 0; st == NX_OK && t < NX_COUNT(looked_up); t++) {
            st = try_table(dir, stub.lines[i].number, looked_up[t], err);
        }
    }
    nx_stub_release(&stub);
    return st;
}
