// reader.c: a snapshot of the index for searching.
#include <stdlib.h>

#include "store/parts.h"

// One line of the stub, opened.
typedef struct shard {
    nx_xdb *db;
    char *name; // of a remote shard
    char segment_name[NX_SEGMENT_NAME];
    uint32_t number;
    bool remote;
} shard;

struct nx_store {
    char *dir;
    nx_buf stub_bytes; // as it was when the shards were opened
    nx_xdb *all;
    shard *shards;
    size_t count;
    bool local_only;
};

enum {
    RACES = 10, // how often the index may change under us before we give up
    META_MAX = 1 << 16,
    REMOTE_TIMEOUT_MS = 30000,
    REMOTE_CONNECT_MS = 10000,
};

static void close_shards(nx_store *s)
{
    nx_xdb_close(s->all);
    s->all = NULL;
    for (size_t i = 0; i < s->count; i++) {
        nx_xdb_close(s->shards[i].db);
        free(s->shards[i].name);
    }
    free(s->shards);
    s->shards = NULL;
    s->count = 0;
}

static nx_status open_remote(nx_store *s, shard *to, const nx_stub_line *line, nx_error *err)
{
    nx_str text = nx_str_of(line->text);
    const size_t skip = sizeof "remote " - 1;
    to->remote = true;
    to->name = strdup(text.p + skip);
    if (to->name == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = nx_xdb_open_remote(&to->db, line->host, line->port, REMOTE_TIMEOUT_MS,
                                      REMOTE_CONNECT_MS, err);
    if (st == NX_OK) {
        st = nx_segment_check_format(to->db, s->dir, to->name, NULL, err);
    }
    return st == NX_OK ? st : nx_wrap(err, "%s: ", to->name);
}

static nx_status open_segment(nx_store *s, shard *to, const nx_stub_line *line, nx_error *err)
{
    to->number = line->number;
    nx_segment_name(to->segment_name, line->number);
    nx_status st = nx_segment_open(&to->db, s->dir, line->number, err);
    if (st == NX_OK) {
        st = nx_segment_check_format(to->db, s->dir, to->segment_name, NULL, err);
    }
    return st;
}

static nx_status open_shards(nx_store *s, const nx_stub *stub, nx_error *err)
{
    close_shards(s);
    s->shards = calloc(stub->count + 1, sizeof *s->shards);
    if (s->shards == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = nx_xdb_open_none(&s->all, err);
    for (size_t i = 0; st == NX_OK && i < stub->count; i++) {
        const nx_stub_line *line = &stub->lines[i];
        if (line->kind == NX_STUB_COMMENT || (s->local_only && line->kind == NX_STUB_REMOTE)) {
            continue;
        }
        shard *to = &s->shards[s->count++];
        st = line->kind == NX_STUB_REMOTE ? open_remote(s, to, line, err)
                                          : open_segment(s, to, line, err);
        if (st == NX_OK) {
            st = nx_xdb_add(s->all, to->db, err);
        }
    }
    if (st == NX_OK && s->count == 0) {
        st = nx_fail(err, NX_ECORRUPT, "%s: its file XAPIANDB names no segment", s->dir);
    }
    return st;
}

// Whether the stub is another than the one whose shards are open.
static nx_status stub_changed(const nx_store *s, bool *changed, nx_error *err)
{
    nx_buf now;
    nx_buf_init(&now, NX_STUB_MAX_BYTES);
    nx_stub stub = {0};
    nx_status st = nx_stub_read(&stub, s->dir, &now, err);
    *changed = st == NX_OK && !nx_str_eq(nx_buf_str(&now), nx_buf_str(&s->stub_bytes));
    nx_stub_release(&stub);
    nx_buf_release(&now);
    return st;
}

static nx_status open_once(nx_store *s, nx_error *err)
{
    nx_stub stub = {0};
    nx_buf_clear(&s->stub_bytes);
    nx_status st = nx_stub_read(&stub, s->dir, &s->stub_bytes, err);
    if (st == NX_OK) {
        st = open_shards(s, &stub, err);
    }
    nx_stub_release(&stub);
    return st;
}

// Brings every segment to its newest commit until none has moved in the meantime. Then all are as
// they were at one moment: without that, a new copy of an article could be missed in a segment
// opened before it came, and the old one in a segment opened after it went.
static nx_status settle(nx_store *s, nx_error *err)
{
    nx_status st = NX_OK;
    bool moved = true;
    for (int i = 0; st == NX_OK && moved && i < RACES; i++) {
        moved = false;
        for (size_t k = 0; st == NX_OK && k < s->count; k++) {
            bool this_moved = false;
            if (!s->shards[k].remote) {
                st = nx_xdb_reopen(s->shards[k].db, &this_moved, err);
            }
            moved = moved || this_moved;
        }
    }
    return st;
}

// Opens what the stub names. A merge may remove segments between our reading of the stub and our
// opening of them, and a new segment may come; then the stub has changed, and is read again.
static nx_status open_newest(nx_store *s, nx_error *err)
{
    nx_status st = NX_ESTALE;
    bool changed = true;
    for (int i = 0; changed && i < RACES; i++) {
        changed = false;
        st = open_once(s, err);
        st = st == NX_OK ? settle(s, err) : st;
        if (st == NX_OK) {
            st = stub_changed(s, &changed, err);
        } else if (st != NX_ENOMEM) {
            changed = st == NX_ESTALE || (stub_changed(s, &changed, NULL) == NX_OK && changed);
        }
    }
    if (st != NX_OK) {
        close_shards(s);
    }
    return st;
}

static nx_status open_store(nx_store **out, const char *dir, bool local_only, nx_error *err)
{
    *out = NULL;
    nx_store *s = calloc(1, sizeof *s);
    char *copy = strdup(dir);
    if (s == NULL || copy == NULL) {
        free(s);
        free(copy);
        return nx_fail_nomem(err);
    }
    s->dir = copy;
    s->local_only = local_only;
    nx_buf_init(&s->stub_bytes, NX_STUB_MAX_BYTES);
    nx_status st = open_newest(s, err);
    if (st != NX_OK) {
        nx_store_close(s);
        return st;
    }
    *out = s;
    return NX_OK;
}

nx_status nx_store_open(nx_store **out, const char *dir, nx_error *err)
{
    return open_store(out, dir, false, err);
}

nx_status nx_store_open_local(nx_store **out, const char *dir, nx_error *err)
{
    return open_store(out, dir, true, err);
}

void nx_store_close(nx_store *s)
{
    if (s == NULL) {
        return;
    }
    close_shards(s);
    nx_buf_release(&s->stub_bytes);
    free(s->dir);
    free(s);
}

nx_xdb *nx_store_db(nx_store *s)
{
    return s->all;
}

nx_status nx_store_reopen(nx_store *s, bool *changed, nx_error *err)
{
    bool moved = true;
    nx_status st = stub_changed(s, &moved, err);
    if (st != NX_OK) {
        moved = false;
    } else if (moved || s->all == NULL || nx_xdb_reopen(s->all, &moved, NULL) != NX_OK || moved) {
        moved = true; // also when a merge took the segments away just now
        st = open_newest(s, err);
    }
    if (changed != NULL) {
        *changed = st == NX_OK && moved;
    }
    return st;
}

nx_status nx_store_run(nx_store *s, nx_store_work *fn, void *ctx, nx_error *err)
{
    for (int i = 0; i < RACES; i++) {
        if (s->all == NULL) { // an earlier reopening failed
            break;
        }
        nx_status st = fn(ctx, s->all, err);
        if (st != NX_ESTALE) {
            return st;
        }
        st = nx_store_reopen(s, NULL, err);
        if (st != NX_OK && st != NX_ESTALE) {
            return st;
        }
    }
    return nx_fail(err, NX_ESTALE, "%s: the index changes faster than it can be searched", s->dir);
}

nx_status nx_store_languages(const nx_xdb *db, nx_buf *out, nx_error *err)
{
    const nx_str prefix = nx_str_of(nx_field_find(NX_STR("language"))->prefix);
    nx_xterms *terms = NULL;
    bool more = false;
    nx_buf after;
    nx_buf_init(&after, NX_XTERM_MAX + 1);
    nx_status st = nx_xdb_terms(&terms, db, prefix, err);
    if (st == NX_OK) {
        st = nx_xterms_next(terms, &more, err);
    }
    while (st == NX_OK && more) {
        uint32_t count = 0;
        nx_buf_clear(&after);
        nx_buf_adds(&after, nx_xterms_term(terms));
        st = nx_xterms_documents(terms, &count, err);
        nx_buf_addz(out, out->len > 0 ? " " : "");
        nx_buf_adds(out, nx_str_skip(nx_buf_str(&after), prefix.n));
        nx_buf_addf(out, "=%u", (unsigned)count);
        nx_buf_addc(&after, '\0'); // the next one: to go on reads all postings of the main language
        st = st == NX_OK ? nx_buf_check(&after, "a language", err) : st;
        st = st == NX_OK ? nx_xterms_skip_to(terms, nx_buf_str(&after), &more, err) : st;
    }
    nx_buf_release(&after);
    nx_xterms_free(terms);
    return st == NX_OK ? nx_buf_check(out, "the list of languages", err) : st;
}

// ---- segments -----------------------------------------------------------------------------------

size_t nx_store_segment_count(const nx_store *s)
{
    return s->count;
}

nx_status nx_store_segment(const nx_store *s, size_t i, nx_segment_info *out, nx_error *err)
{
    const shard *from = &s->shards[i];
    *out = (nx_segment_info){.name = from->remote ? from->name : from->segment_name,
                             .remote = from->remote};
    nx_xstats stats;
    nx_status st = nx_xdb_stats(from->db, &stats, err);
    if (st != NX_OK) {
        return st;
    }
    out->documents = stats.documents;
    nx_buf live;
    nx_buf_init(&live, META_MAX);
    st = nx_xdb_metadata(from->db, NX_STR(NX_META_LIVE), &live, err);
    out->live = live.len > 0;
    nx_buf_release(&live);
    if (st == NX_OK && !from->remote) {
        st = nx_segment_bytes(s->dir, from->number, &out->bytes, err);
    }
    return st;
}

nx_status nx_store_family(const nx_store *s, nx_str family, nx_vocab *members, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < s->count; i++) {
        st = nx_db_family(s->shards[i].db, family, members, err);
    }
    return st;
}

nx_status nx_store_find(const nx_store *s, nx_str unique_term, nx_found *out, nx_error *err)
{
    *out = (nx_found){0};
    for (size_t i = s->count; i-- > 0;) {
        if (s->shards[i].remote) {
            continue;
        }
        nx_status st = nx_segment_find(s->shards[i].db, unique_term, out, err);
        out->segment = i;
        if (st != NX_OK || out->exists) {
            return st;
        }
    }
    return NX_OK;
}

nx_xdb *nx_store_segment_db(nx_store *s, size_t segment)
{
    return s->shards[segment].db;
}
