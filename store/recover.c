// recover.c: completes what a writer that died has left undone.
//
// Two kinds of remains: files and segment directories that no stub names (a build, a merge, a new
// stub or manifest that was not renamed), which are removed; and a segment whose list of superseded
// articles is not empty, whose older copies elsewhere are deleted now.
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "base/num.h"
#include "store/parts.h"

// "state.sqlite.tmp123", or what SQLite puts beside it, unless process 123 is making it: the lock
// does not keep those away that run or define alerts.
static bool is_unfinished_manifest(nx_str name)
{
    const nx_str start = NX_STR("state.sqlite.tmp");
    if (!nx_str_starts(name, start)) {
        return false;
    }
    nx_str digits = nx_str_skip(name, start.n);
    const size_t end = nx_str_find(digits, NX_STR("-"), 0);
    uint64_t pid = 0;
    digits.n = end != SIZE_MAX ? end : digits.n;
    const bool named = nx_parse_u64(digits, &pid) && pid > 0 && pid <= INT32_MAX;
    const bool alive = named && (kill((pid_t)pid, 0) == 0 || errno == EPERM);
    return !alive || (pid_t)pid == getpid(); // which makes none now
}

static bool is_rubbish(nx_str name, const nx_stub *stub)
{
    uint32_t number = 0;
    if (nx_segment_number(name, &number)) {
        return !nx_stub_has(stub, number);
    }
    return nx_str_starts(name, NX_STR("seg-")) || nx_str_starts(name, NX_STR("XAPIANDB.tmp")) ||
           is_unfinished_manifest(name);
}

static nx_status remove_entry(const char *dir, const char *name, nx_error *err)
{
    char *path = nx_path_join(dir, name);
    nx_status st = path != NULL ? nx_remove_tree(path, err) : nx_fail_nomem(err);
    free(path);
    return st;
}

static bool names_segment(const nx_stub *stub)
{
    for (size_t i = 0; i < stub->count; i++) {
        if (stub->lines[i].kind == NX_STUB_SEGMENT) {
            return true;
        }
    }
    return false;
}

// Whether the entry of the directory is a segment that was finished and has articles.
static nx_status has_articles(const char *dir, const char *name, bool *out, nx_error *err)
{
    uint32_t number = 0;
    nx_xdb *db = NULL;
    nx_xstats stats = {0};
    *out = false;
    if (!nx_segment_number(nx_str_of(name), &number)) {
        return NX_OK;
    }
    nx_status st = nx_segment_open(&db, dir, number, err);
    if (st == NX_ECORRUPT) { // was never finished
        return NX_OK;
    }
    if (st == NX_OK) {
        st = nx_xdb_stats(db, &stats, err);
    }
    nx_xdb_close(db);
    *out = st == NX_OK && stats.documents > 0;
    return st;
}

// A stub names every segment that has articles. When it names none although some are there, the
// stub is what was lost: removing its segments as rubbish would finish what the accident began. All
// of them are told: one that is not written back would be rubbish to the next writer.
static nx_status refuse_lost_stub(const char *dir, const nx_stub *stub, nx_error *err)
{
    struct dirent **entries = NULL;
    nx_buf names;
    if (names_segment(stub)) {
        return NX_OK;
    }
    const int count = scandir(dir, &entries, NULL, alphasort);
    if (count < 0) {
        return nx_fail_errno(err, errno, "%s", dir);
    }
    nx_status st = NX_OK;
    nx_buf_init(&names, NX_STUB_MAX_BYTES);
    for (int i = 0; i < count; i++) {
        bool found = false;
        st = st == NX_OK ? has_articles(dir, entries[i]->d_name, &found, err) : st;
        if (found) {
            nx_buf_addf(&names, "%s%s", names.len > 0 ? ", " : "", entries[i]->d_name);
        }
        free(entries[i]);
    }
    free(entries);
    st = st == NX_OK ? nx_buf_check(&names, "the names of segments", err) : st;
    if (st == NX_OK && names.len > 0) {
        st =
            nx_fail(err, NX_ECORRUPT,
                    "%s: no file XAPIANDB names its segments; write a line \"auto NAME\" into that "
                    "file for each of these: %s; or remove them to begin anew",
                    dir, names.data);
    }
    nx_buf_release(&names);
    return st;
}

nx_status nx_recover_directory(const char *dir, const nx_stub *stub, uint32_t *next_number,
                               nx_error *err)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < stub->count; i++) {
        if (stub->lines[i].kind == NX_STUB_SEGMENT && stub->lines[i].number > highest) {
            highest = stub->lines[i].number;
        }
    }
    if (highest >= UINT32_MAX / 2) {
        return nx_fail(err, NX_ELIMIT, "%s: the numbers of segments are used up", dir);
    }
    *next_number = highest + 1;

    nx_status st = refuse_lost_stub(dir, stub, err);
    if (st != NX_OK) {
        return st;
    }
    DIR *entries = opendir(dir);
    if (entries == NULL) {
        return nx_fail_errno(err, errno, "%s", dir);
    }
    for (struct dirent *e; st == NX_OK && (e = readdir(entries)) != NULL;) {
        if (is_rubbish(nx_str_of(e->d_name), stub)) {
            st = remove_entry(dir, e->d_name, err);
        }
    }
    (void)closedir(entries);
    return st;
}

static nx_status recover_segment(nx_writer *w, size_t i, nx_error *err)
{
    nx_buf list;
    nx_buf_init(&list, SIZE_MAX / 2);
    nx_vocab *terms = NULL;
    const uint32_t number = w->segs[i].number;
    nx_status st = nx_xdb_metadata(nx_wseg_db(&w->segs[i]), NX_STR(NX_META_SUPERSEDED), &list, err);
    if (st != NX_OK || list.len == 0) {
        goto done;
    }
    terms = nx_vocab_new();
    st = terms != NULL ? nx_terms_read(terms, nx_buf_str(&list), err) : nx_fail_nomem(err);
    if (st == NX_OK) {
        st = nx_writer_delete_copies(w, terms, number, err);
    }
    if (st == NX_OK) {
        st = nx_writer_clear_superseded(w, nx_writer_numbered(w, number), err);
    }
done:
    nx_vocab_free(terms);
    nx_buf_release(&list);
    return st;
}

nx_status nx_recover_superseded(nx_writer *w, nx_error *err)
{
    nx_status st = NX_OK;
    // From the last to the first: segments that lose all they have go, and others move down.
    for (size_t i = w->seg_count; st == NX_OK && i-- > 0;) {
        st = i < w->seg_count ? recover_segment(w, i, err) : NX_OK;
    }
    return st;
}
