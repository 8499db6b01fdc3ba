// past.c: see past.h.
#include "searcher/past.h"

#include <stdlib.h>

#include "store/versions.h"

static const size_t arena_bytes = (size_t)NX_VERSIONS_MAX << 29;

static nx_status add(nx_past *p, const nx_edition *e, nx_str data, nx_error *err)
{
    if (p->count == p->cap) {
        size_t cap = p->cap == 0 ? 8 : p->cap * 2;
        nx_edition *items = realloc(p->items, cap * sizeof *items);
        if (items == NULL) {
            return nx_fail_nomem(err);
        }
        p->items = items;
        p->cap = cap;
    }
    nx_str kept = nx_arena_copy(p->arena, data);
    nx_status st = nx_arena_check(p->arena, "the versions of an article", err);
    if (st == NX_OK) {
        p->items[p->count] = *e;
        st = nx_card_read(&p->items[p->count].card, p->arena, kept, err);
    }
    p->count += st == NX_OK;
    return st;
}

static nx_status on_version(void *ctx, const nx_version *v, nx_error *err)
{
    const nx_edition e = {.number = v->number,
                          .fate = v->withdrawn ? NX_FATE_WITHDRAWN : NX_FATE_REPLACED,
                          .ended_utc = v->ended_utc};
    return add(ctx, &e, v->data, err);
}

static nx_status read_versions(nx_past *p, const char *dir, nx_str id, nx_error *err)
{
    nx_manifest *m = NULL;
    nx_versions *versions = NULL;
    nx_buf term;
    nx_buf_init(&term, 1 << 16);
    nx_unique_term(id, &term);
    nx_status st = nx_buf_check(&term, "the id", err);
    st = st == NX_OK ? nx_manifest_open(&m, dir, NX_MANIFEST_READ, err) : st;
    st = st == NX_OK ? nx_versions_open(&versions, m, NX_MANIFEST_READ, err) : st;
    st = st == NX_OK ? nx_versions_each(versions, nx_buf_str(&term), on_version, p, err) : st;
    nx_versions_close(versions);
    nx_manifest_close(m);
    nx_buf_release(&term);
    return st == NX_ENOINPUT ? NX_OK : st; // an index that never needed a manifest
}

static bool same_text(const nx_card *a, const nx_card *b)
{
    return nx_str_eq(a->title, b->title) && nx_str_eq(a->summary, b->summary) &&
           nx_str_eq(a->body, b->body);
}

// A run that died before it could replace an article has kept a version of it all the same.
static void drop_repetitions(nx_past *p)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++) {
        bool repeated = i + 1 < p->count && p->items[i].fate == NX_FATE_REPLACED &&
                        same_text(&p->items[i].card, &p->items[i + 1].card);
        if (!repeated) {
            p->items[kept++] = p->items[i];
        }
    }
    p->count = kept;
}

static nx_str text_of(nx_str s)
{
    return s.p != NULL ? s : NX_STR("");
}

static nx_status compare(const nx_card *before, nx_edition *e, nx_error *err)
{
    nx_status st = nx_diff_words(&e->title, text_of(before->title), text_of(e->card.title), err);
    if (st == NX_OK) {
        st = nx_diff_words(&e->summary, text_of(before->summary), text_of(e->card.summary), err);
    }
    return st == NX_OK ? nx_diff_words(&e->body, text_of(before->body), text_of(e->card.body), err)
                       : st;
}

nx_status nx_past_read(nx_past *out, const char *dir, nx_str id, nx_str current, nx_error *err)
{
    *out = (nx_past){.arena = nx_arena_new(arena_bytes)};
    nx_status st = out->arena != NULL ? read_versions(out, dir, id, err) : nx_fail_nomem(err);
    if (st == NX_OK && current.p != NULL) {
        const nx_edition e = {.number = out->count > 0 ? out->items[out->count - 1].number + 1 : 1};
        st = add(out, &e, current, err);
    }
    if (st == NX_OK && out->count == 0) {
        st = nx_fail(err, NX_ENOTFOUND, "no article has the id %.*s",
                     (int)(id.n < 200 ? id.n : 200), id.p);
    }
    drop_repetitions(out);
    for (size_t i = 1; st == NX_OK && i < out->count; i++) {
        st = compare(&out->items[i - 1].card, &out->items[i], err);
    }
    return st;
}

void nx_past_release(nx_past *p)
{
    for (size_t i = 0; i < p->count; i++) {
        nx_diff_release(&p->items[i].title);
        nx_diff_release(&p->items[i].summary);
        nx_diff_release(&p->items[i].body);
    }
    free(p->items);
    nx_arena_free(p->arena);
    *p = (nx_past){.arena = NULL};
}
