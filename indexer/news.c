// news.c: see news.h.
#include "indexer/news.h"

#include <stdlib.h>

#include "base/vocab.h"
#include "indexer/families.h"
#include "schema/schema.h"

enum { VALUE_MAX = 1 << 16 };

struct nx_news {
    nx_alerts *alerts;
    nx_vocab *added;    // since the last note
    nx_vocab *left;     // in this run, and no news themselves
    nx_vocab *moved;    // since the last note: have another term than before
    uint64_t *families; // of what left
    size_t family_count, family_cap;
    bool nomem; // an article could not be noted
};

nx_status nx_news_open(nx_news **out, nx_manifest *m, nx_error *err)
{
    nx_alerts *alerts = NULL;
    bool active = false;
    *out = NULL;
    nx_status st = nx_alerts_open(&alerts, m, false, err);
    if (st == NX_OK && alerts != NULL) {
        st = nx_alerts_active(alerts, &active, err);
    }
    // Left behind by a run that died: nobody else writes, so what is to come of it has come.
    st = st == NX_OK && active ? nx_alerts_ready(alerts, err) : st;
    if (st != NX_OK || !active) {
        nx_alerts_close(alerts);
        return st;
    }
    nx_news *n = calloc(1, sizeof *n);
    if (n == NULL) {
        nx_alerts_close(alerts);
        return nx_fail_nomem(err);
    }
    n->alerts = alerts;
    n->added = nx_vocab_new();
    n->left = nx_vocab_new();
    n->moved = nx_vocab_new();
    if (n->added == NULL || n->left == NULL || n->moved == NULL) {
        nx_news_close(n);
        return nx_fail_nomem(err);
    }
    *out = n;
    return NX_OK;
}

void nx_news_close(nx_news *n)
{
    if (n != NULL) {
        nx_vocab_free(n->added);
        nx_vocab_free(n->left);
        nx_vocab_free(n->moved);
        nx_alerts_close(n->alerts);
        free(n->families);
        free(n);
    }
}

void nx_news_added(nx_news *n, nx_str unique_term)
{
    if (n != NULL && nx_vocab_find(n->left, unique_term) == NX_VOCAB_NONE &&
        nx_vocab_add(n->added, unique_term, NULL) == NX_VOCAB_NONE) {
        n->nomem = true;
    }
}

bool nx_news_waiting(const nx_news *n)
{
    return n != NULL && (n->nomem || nx_vocab_count(n->added) > 0 || nx_vocab_count(n->moved) > 0);
}

nx_status nx_news_note(nx_news *n, nx_error *err)
{
    nx_status st = NX_OK;
    if (n == NULL) {
        return NX_OK;
    }
    if (n->nomem) {
        return nx_fail_nomem(err);
    }
    for (uint32_t i = 0; st == NX_OK && i < nx_vocab_count(n->added); i++) {
        st = nx_alerts_note_news(n->alerts, nx_vocab_get(n->added, i), err);
    }
    nx_vocab_clear(n->added);
    for (uint32_t i = 0; st == NX_OK && i < nx_vocab_count(n->moved); i++) {
        st = nx_alerts_drop_news(n->alerts, nx_vocab_get(n->moved, i), err);
    }
    nx_vocab_clear(n->moved);
    return st;
}

nx_status nx_news_ready(nx_news *n, nx_error *err)
{
    return n != NULL ? nx_alerts_ready(n->alerts, err) : NX_OK;
}

// ---- what leaves

// The family of an article of w; 0: it stands alone, or is not there.
static nx_status family_of(nx_writer *w, nx_str unique_term, uint64_t *family, nx_error *err)
{
    nx_found found = {.exists = false};
    nx_xdoc *doc = NULL;
    nx_buf value;
    *family = 0;
    nx_status st = nx_writer_find(w, unique_term, &found, err);
    if (st != NX_OK || !found.exists) {
        return st;
    }
    nx_buf_init(&value, VALUE_MAX);
    st = nx_xdb_doc(&doc, nx_writer_segment(w, found.segment), found.docid, err);
    st = st == NX_OK ? nx_xdoc_value(doc, NX_SLOT_FAMILY, &value, err) : st;
    if (st == NX_OK && value.len > 0) {
        (void)nx_family_id_parse(nx_buf_str(&value), family);
    }
    nx_buf_release(&value);
    nx_xdoc_free(doc);
    return st;
}

static nx_status add_family(nx_news *n, uint64_t family, nx_error *err)
{
    if (n->family_count == n->family_cap) {
        size_t cap = n->family_cap != 0 ? n->family_cap * 2 : 64;
        uint64_t *grown = realloc(n->families, cap * sizeof *grown);
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        n->families = grown;
        n->family_cap = cap;
    }
    n->families[n->family_count++] = family;
    return NX_OK;
}

nx_status nx_news_leaving(nx_news *n, nx_writer *w, nx_str unique_term, nx_error *err)
{
    int64_t number = 0;
    uint64_t family = 0;
    if (n == NULL) {
        return NX_OK;
    }
    nx_status st = nx_alerts_news_number(n->alerts, unique_term, &number, err);
    if (st != NX_OK || number != 0) {
        return st; // nobody has heard of it yet: what comes in its place is news
    }
    if (nx_vocab_add(n->left, unique_term, NULL) == NX_VOCAB_NONE) {
        return nx_fail_nomem(err);
    }
    st = family_of(w, unique_term, &family, err);
    return st == NX_OK && family != 0 ? add_family(n, family, err) : st;
}

nx_status nx_news_moved(nx_news *n, nx_str from, nx_str to, nx_error *err)
{
    int64_t number = 0;
    if (n == NULL) {
        return NX_OK;
    }
    nx_status st = nx_alerts_news_number(n->alerts, from, &number, err);
    if (st != NX_OK || number != 0) {
        return st;
    }
    return nx_vocab_add(n->moved, to, NULL) != NX_VOCAB_NONE ? NX_OK : nx_fail_nomem(err);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

typedef struct comparison {
    nx_news *news;
    nx_writer *writer;
} comparison;

static nx_status drop_copy(void *ctx, int64_t number, nx_str term, nx_error *err)
{
    comparison *c = ctx;
    nx_news *n = c->news;
    uint64_t family = 0;
    (void)number;
    nx_status st = family_of(c->writer, term, &family, err);
    bool copy = st == NX_OK && family != 0 &&
                bsearch(&family, n->families, n->family_count, sizeof family, by_number) != NULL;
    return copy ? nx_alerts_drop_news(n->alerts, term, err) : st;
}

nx_status nx_news_compare(nx_news *n, nx_writer *w, nx_error *err)
{
    if (n == NULL || n->family_count == 0) {
        return NX_OK;
    }
    comparison c = {n, w};
    qsort(n->families, n->family_count, sizeof *n->families, by_number);
    nx_status st = nx_alerts_each_news(n->alerts, false, UINT32_MAX, drop_copy, &c, err);
    n->family_count = 0;
    return st;
}
