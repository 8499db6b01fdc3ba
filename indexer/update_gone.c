// update_gone.c: files and sources that a run does not find any more; see update.h.
#include <stdio.h>
#include <stdlib.h>

#include "indexer/update_internal.h"

// ---- files

typedef struct gone {
    nx_update *u;
    nx_arena *arena;
    const char **paths;
    size_t count, cap;
} gone;

static nx_status collect_gone(void *ctx, nx_str path, nx_error *err)
{
    gone *g = ctx;
    if (nx_scan_find(g->u->scan, path) != NULL) {
        return NX_OK;
    }
    if (g->count == g->cap) {
        size_t cap = g->cap == 0 ? 256 : g->cap * 2;
        const char **paths = realloc(g->paths, cap * sizeof *paths);
        if (paths == NULL) {
            return nx_fail_nomem(err);
        }
        g->paths = paths;
        g->cap = cap;
    }
    g->paths[g->count] = nx_arena_copy(g->arena, path).p;
    return g->paths[g->count++] != NULL ? NX_OK : nx_fail_nomem(err);
}

nx_status nx_update_remove_vanished(nx_update *u, nx_error *err)
{
    static const size_t arena_bytes = (size_t)1 << 30;
    gone g = {.u = u, .arena = nx_arena_new(arena_bytes)};
    nx_status st = g.arena != NULL ? NX_OK : nx_fail_nomem(err);
    for (size_t i = 0; st == NX_OK && i < u->scan->source_count; i++) {
        nx_scan_source *s = &u->scan->sources[i];
        size_t before = g.count;
        if (!s->source->remove_vanished || s->incomplete) {
            continue;
        }
        st = nx_ledger_each_file(u->ledger, s->source->name, collect_gone, &g, err);
        if (st == NX_OK && s->files == 0 && g.count > before && !u->options->allow_empty) {
            s->gone = true;
            (void)nx_fail(&s->why, NX_EIO,
                          "all its files (%zu) are gone; nothing is removed, in case a disk is not "
                          "mounted ('newsindex update --allow-empty' removes their articles)",
                          g.count - before);
            nx_update_say_source(u, s);
            g.count = before;
        }
    }
    if (st == NX_OK && g.count > 0) {
        st = nx_update_drop(u, g.paths, g.count, err);
        st = st == NX_OK ? nx_intake_checkpoint(u->intake, err) : st;
        st = st == NX_OK ? nx_manifest_begin(u->manifest, err) : st;
        for (size_t i = 0; st == NX_OK && i < g.count; i++) {
            st = nx_ledger_strike(u->ledger, nx_str_of(g.paths[i]), u->run, err);
        }
        st = st == NX_OK ? nx_manifest_commit(u->manifest, err) : st;
    }
    free(g.paths);
    nx_arena_free(g.arena);
    return st;
}

nx_status nx_update_forget_vanished(nx_update *u, nx_error *err)
{
    bool any = false;
    for (size_t i = 0; i < u->scan->source_count; i++) {
        if (u->scan->sources[i].incomplete) {
            return NX_OK;
        }
    }
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < u->known.count; i++) {
        nx_str path = nx_str_of(u->known.files[i].path);
        if (u->known.files[i].seen) {
            continue;
        }
        st = any ? NX_OK : nx_manifest_begin(u->manifest, err);
        any = true;
        st = st == NX_OK ? nx_manifest_forget_file(u->manifest, path, err) : st;
        st = st == NX_OK ? nx_manifest_clear_failures(u->manifest, path, err) : st;
        u->report->vanished++;
    }
    return st == NX_OK && any ? nx_manifest_commit(u->manifest, err) : st;
}

// ---- sources

static const nx_str source_mark = {"source ", 7}; // no path of a file begins with it

typedef struct listed {
    nx_arena *arena;
    nx_str names[NX_CONF_ITEMS];
    size_t count;
} listed;

static nx_status collect_source(void *ctx, const nx_failure *f, nx_error *err)
{
    listed *l = ctx;
    if (!nx_str_starts(f->path, source_mark) || l->count == NX_COUNT(l->names)) {
        return NX_OK;
    }
    l->names[l->count] = nx_arena_copy(l->arena, f->path);
    return l->names[l->count++].p != NULL ? NX_OK : nx_fail_nomem(err);
}

static bool is_out_of_sight(const nx_update *u, nx_str listed_name)
{
    nx_str name = nx_str_skip(listed_name, source_mark.n);
    for (size_t i = 0; i < u->scan->source_count; i++) {
        const nx_scan_source *s = &u->scan->sources[i];
        if (s->why.code != NX_OK && nx_str_eq(s->source->name, name)) {
            return true;
        }
    }
    return false;
}

void nx_update_say_source(nx_update *u, const nx_scan_source *s)
{
    char text[sizeof s->why.msg + 300];
    (void)snprintf(text, sizeof text, "source %s: %s", s->source->name.p, s->why.msg);
    u->say(u->say_ctx, text);
}

static nx_status list_source(nx_update *u, const nx_scan_source *s, nx_error *err)
{
    nx_error why = s->why;
    char path[300];
    (void)snprintf(path, sizeof path, "%s%s", source_mark.p, s->source->name.p);
    (void)nx_wrap(&why, "%s: ", path);
    if (s->gone && u->gone.code == NX_OK) {
        u->gone = why;
    }
    const nx_failure f = {.path = nx_str_of(path),
                          .reason = nx_str_of(why.msg),
                          .last_utc = u->options->now_utc,
                          .retry_utc = u->options->now_utc};
    return nx_manifest_put_failure(u->manifest, &f, err);
}

nx_status nx_update_record_sources(nx_update *u, nx_error *err)
{
    listed l = {.arena = u->arena};
    nx_status st = nx_manifest_each_failure(u->manifest, collect_source, &l, err);
    st = st == NX_OK ? nx_manifest_begin(u->manifest, err) : st;
    for (size_t i = 0; st == NX_OK && i < l.count; i++) {
        if (!is_out_of_sight(u, l.names[i])) {
            st = nx_manifest_clear_failures(u->manifest, l.names[i], err);
        }
    }
    for (size_t i = 0; st == NX_OK && i < u->scan->source_count; i++) {
        if (u->scan->sources[i].why.code != NX_OK) {
            st = list_source(u, &u->scan->sources[i], err);
        }
    }
    return st == NX_OK ? nx_manifest_commit(u->manifest, err) : st;
}
