// merge.c: fewer segments: merging by tiers, compaction, the end of a rebuild.
//
// Order: the merged segment is complete and synced; the stub that names it instead of its sources
// is renamed into place; the sources are removed. Readers that have them open go on reading them.
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/statvfs.h>

#include "base/io.h"
#include "base/num.h"
#include "store/parts.h"

enum {
    // A tier holds segments of up to TIER_BASE * TIER_FACTOR^n articles; TIER_FACTOR of one tier
    // are merged into one of the next, so that each article is rewritten once per tier and n
    // articles lie in at most (TIER_FACTOR - 1) * log(n / TIER_BASE) segments.
    TIER_BASE = 1000,
    TIER_FACTOR = 4,
    SPACE_MARGIN = 16 << 20,
};

static unsigned tier_of(uint32_t documents)
{
    unsigned tier = 0;
    for (uint64_t top = TIER_BASE; documents > top; top *= TIER_FACTOR) {
        tier++;
    }
    return tier;
}

static nx_status bytes_of(const nx_writer *w, const bool *chosen, uint64_t *out, nx_error *err)
{
    *out = 0;
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < w->seg_count; i++) {
        uint64_t bytes = 0;
        if (chosen == NULL || chosen[i]) {
            st = nx_segment_bytes(w->dir, w->segs[i].number, &bytes, err);
        }
        *out += bytes;
    }
    return st;
}

// A merged segment is at most as large as its sources, which stay until it is published.
static nx_status check_space(const nx_writer *w, uint64_t needed, nx_error *err)
{
    struct statvfs fs;
    if (statvfs(w->dir, &fs) != 0) {
        return nx_fail_errno(err, errno, "%s", w->dir);
    }
    const uint64_t free_bytes = (uint64_t)fs.f_bavail * fs.f_frsize;
    if (needed + SPACE_MARGIN > free_bytes) {
        char need[16], have[16];
        return nx_fail(err, NX_ENOSPC, "%s: merging needs %s of disk space, %s are free", w->dir,
                       nx_format_bytes(need, needed + SPACE_MARGIN),
                       nx_format_bytes(have, free_bytes));
    }
    return NX_OK;
}

// ---- one merge ----------------------------------------------------------------------------------

typedef struct watcher {
    nx_store_progress *progress;
    void *ctx;
} watcher;

static nx_status watch(void *ctx, const char *table, const char *status, nx_error *err)
{
    const watcher *to = ctx;
    return to->progress != NULL ? to->progress(to->ctx, table, status, err) : NX_OK;
}

static nx_status open_sources(nx_xdb **out, const nx_writer *w, const bool *chosen, nx_error *err)
{
    nx_status st = nx_xdb_open_none(out, err);
    for (size_t i = 0; st == NX_OK && i < w->seg_count; i++) {
        nx_xdb *source = NULL;
        if (!chosen[i]) {
            continue;
        }
        st = nx_segment_open(&source, w->dir, w->segs[i].number, err);
        if (st == NX_OK) {
            st = nx_xdb_add(*out, source, err);
        }
        nx_xdb_close(source);
    }
    return st;
}

// A merged segment is not put into.
static nx_status seal(nx_writer *w, const char *path, nx_error *err)
{
    nx_xwdb *db = NULL;
    nx_status st =
        nx_xwdb_open(&db, path, NX_XOPEN_ONLY, w->no_sync ? NX_XOPEN_NO_SYNC : 0, 0, err);
    if (st == NX_OK) {
        st = nx_xwdb_set_metadata(db, NX_STR(NX_META_LIVE), NX_STR(""), err);
    }
    if (st != NX_OK) {
        nx_xwdb_discard(db);
        return st;
    }
    return nx_xwdb_close(db, err);
}

static nx_status write_merged(nx_writer *w, const bool *chosen, uint32_t number,
                              nx_xcompact_level level, const watcher *to, nx_error *err)
{
    char name[NX_SEGMENT_NAME];
    char *path = nx_path_join(w->dir, nx_segment_name(name, number));
    watcher copy = *to;
    const nx_xcompact_options how = {
        .level = level, .progress = watch, .merge_metadata = nx_merge_metadata, .ctx = &copy};
    nx_xdb *sources = NULL;
    bool has_live = false;
    for (size_t i = 0; i < w->seg_count; i++) {
        has_live = has_live || (chosen[i] && w->segs[i].live);
    }
    nx_status st = path != NULL ? open_sources(&sources, w, chosen, err) : nx_fail_nomem(err);
    if (st == NX_OK) {
        st = nx_xdb_compact(sources, path, &how, err);
        st = st == NX_OK || st == NX_ESTOP ? st : nx_wrap(err, "%s: ", path);
    }
    nx_xdb_close(sources);
    if (st == NX_OK && has_live) {
        st = seal(w, path, err);
    }
    if (st == NX_OK && !w->no_sync) {
        st = nx_segment_sync(w->dir, number, err);
    }
    if (st == NX_OK) {
        st = nx_sync_dir(w->dir, err);
    }
    if (st != NX_OK && path != NULL) {
        nx_ignore(nx_remove_tree(path, NULL));
    }
    free(path);
    return st;
}

// Puts the merged segment in the place of the chosen ones, and publishes.
static nx_status replace_sources(nx_writer *w, bool *chosen, uint32_t number, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = w->seg_count; st == NX_OK && i-- > 0;) {
        if (chosen[i]) {
            st = nx_writer_retire(w, i, err);
        }
    }
    if (st == NX_OK) {
        st = nx_writer_add_segment(w, number, err);
    }
    if (st == NX_OK) {
        st = nx_writer_publish(w, err);
        nx_store_step(NX_STEP_MERGE_PUBLISHED);
    }
    return nx_writer_note(w, st, err);
}

static nx_status merge(nx_writer *w, bool *chosen, nx_xcompact_level level, const watcher *to,
                       nx_error *err)
{
    uint64_t bytes = 0;
    const uint32_t number = w->next_number++;
    nx_status st = bytes_of(w, chosen, &bytes, err);
    if (st == NX_OK) {
        st = check_space(w, bytes, err);
    }
    if (st == NX_OK) {
        st = write_merged(w, chosen, number, level, to, err);
    }
    nx_store_step(NX_STEP_MERGE_WRITTEN);
    return st == NX_OK ? replace_sources(w, chosen, number, err) : st;
}

// ---- what to merge ------------------------------------------------------------------------------

// Chooses the smallest tier that has TIER_FACTOR segments or more, within max_bytes.
static nx_status choose(const nx_writer *w, uint64_t max_bytes, bool *chosen, bool *found,
                        nx_error *err)
{
    unsigned highest = 0;
    *found = false;
    for (size_t i = 0; i < w->seg_count; i++) {
        unsigned tier = tier_of(w->segs[i].documents);
        highest = tier > highest ? tier : highest;
    }
    for (unsigned tier = 0; tier <= highest; tier++) {
        size_t count = 0;
        uint64_t bytes = 0;
        for (size_t i = 0; i < w->seg_count; i++) {
            chosen[i] = tier_of(w->segs[i].documents) == tier;
            count += chosen[i];
        }
        if (count < TIER_FACTOR) {
            continue;
        }
        nx_status st = bytes_of(w, chosen, &bytes, err);
        if (st != NX_OK) {
            return st;
        }
        *found = max_bytes == 0 || bytes <= max_bytes;
        return NX_OK; // larger tiers are larger still
    }
    return NX_OK;
}

static nx_status begin_report(const nx_writer *w, nx_merge_report *report, nx_error *err)
{
    *report = (nx_merge_report){.segments_before = (uint32_t)w->seg_count};
    return bytes_of(w, NULL, &report->bytes_before, err);
}

static nx_status end_report(const nx_writer *w, nx_merge_report *report, nx_error *err)
{
    report->segments_after = (uint32_t)w->seg_count;
    return bytes_of(w, NULL, &report->bytes_after, err);
}

nx_status nx_writer_merge(nx_writer *w, uint64_t max_bytes, nx_store_progress *progress, void *ctx,
                          nx_merge_report *report, nx_error *err)
{
    const watcher to = {.progress = progress, .ctx = ctx};
    bool found = true;
    nx_status st = nx_writer_commit(w, err);
    if (st == NX_OK) {
        st = begin_report(w, report, err);
    }
    if (st != NX_OK) {
        return st;
    }
    bool *chosen = calloc(w->seg_count + 1, sizeof *chosen); // merging only lowers the count
    if (chosen == NULL) {
        return nx_fail_nomem(err);
    }
    while (st == NX_OK && found) {
        st = choose(w, max_bytes, chosen, &found, err);
        if (st == NX_OK && found) {
            st = merge(w, chosen, NX_XCOMPACT_STANDARD, &to, err);
        }
    }
    free(chosen);
    return st == NX_OK ? end_report(w, report, err) : st;
}

nx_status nx_writer_compact(nx_writer *w, nx_store_progress *progress, void *ctx,
                            nx_merge_report *report, nx_error *err)
{
    const watcher to = {.progress = progress, .ctx = ctx};
    nx_status st = nx_writer_commit(w, err);
    if (st == NX_OK) {
        st = begin_report(w, report, err);
    }
    if (st != NX_OK) {
        return st;
    }
    bool *chosen = calloc(w->seg_count + 1, sizeof *chosen);
    if (chosen == NULL) {
        return nx_fail_nomem(err);
    }
    for (size_t i = 0; i < w->seg_count; i++) {
        chosen[i] = true;
    }
    st = merge(w, chosen, NX_XCOMPACT_FULL, &to, err);
    free(chosen);
    return st == NX_OK ? end_report(w, report, err) : st;
}

nx_status nx_writer_rebuild_finish(nx_writer *w, nx_error *err)
{
    if (!w->rebuilding) {
        return nx_writer_commit(w, err); // there was no index before
    }
    nx_status st = nx_writer_commit(w, err);
    if (st == NX_OK) {
        st = nx_writer_need_segment(w, err);
    }
    if (st != NX_OK) {
        return st;
    }
    w->rebuilding = false;
    st = nx_writer_publish(w, err);
    nx_store_step(NX_STEP_REBUILD_PUBLISHED);
    for (size_t i = 0; st == NX_OK && i < w->old.count; i++) {
        if (w->old.lines[i].kind == NX_STUB_SEGMENT) {
            nx_ignore(nx_segment_remove(w->dir, w->old.lines[i].number, NULL));
        }
    }
    return nx_writer_note(w, st, err);
}
