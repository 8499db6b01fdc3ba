// take.c: one batch of records becomes documents of the index: parse, identify, compare, store.
#include <stdlib.h>

#include "indexer/intake_internal.h"
#include "text/analysis.h"

enum { VOCABULARY_BYTES = 64 << 20, DATA_MAX = 1 << 29, PLACE_MAX = 1 << 20 };

nx_status nx_taker_new(nx_taker **out, nx_intake *r, bool bulk, nx_error *err)
{
    nx_status st = NX_OK;
    nx_taker *t = calloc(1, sizeof *t);
    *out = NULL;
    if (t == NULL) {
        return nx_fail_nomem(err);
    }
    t->run = r;
    t->maker = nx_docmaker_new();
    if (t->maker == NULL) {
        st = nx_fail_nomem(err);
        goto done;
    }
    nx_buf_init(&t->data, DATA_MAX);
    if (bulk) {
        st = nx_glass_worker_new(&t->worker, r->builder, err);
    }
    if (st == NX_OK && r->options.rebuild && !r->options.blind) {
        nx_error ignored = NX_ERROR_INIT; // a rebuild is what mends an index that cannot be read
        st = nx_store_open_local(&t->snapshot, r->index, &ignored);
        st = st == NX_ENOMEM ? nx_fail_nomem(err) : NX_OK;
    } else if (st == NX_OK && bulk && !r->options.rebuild && nx_writer_documents(r->writer) > 0) {
        st = nx_store_open_local(&t->snapshot, r->index, err);
    }
done:
    if (st != NX_OK) {
        nx_taker_free(t);
    } else {
        *out = t;
    }
    return st;
}

void nx_taker_committed(nx_taker *t)
{
    if (t != NULL && !t->run->options.rebuild) {
        nx_store_close(t->snapshot);
        t->snapshot = NULL;
    }
}

void nx_taker_free(nx_taker *t)
{
    if (t != NULL) {
        nx_glass_worker_free(t->worker);
        nx_store_close(t->snapshot);
        nx_buf_release(&t->data);
        nx_docmaker_free(t->maker);
        free(t);
    }
}

// The copy that the index has before this one; of a rebuild, the index that is made.
static nx_status find(nx_taker *t, nx_str unique_term, nx_found *found, nx_error *err)
{
    nx_intake *r = t->run;
    nx_status st = NX_OK;
    *found = (nx_found){.exists = false};
    if (t->worker == NULL) {
        st = nx_writer_find(r->writer, unique_term, found, err);
    } else if (r->options.rebuild || nx_vocab_count(r->removed) > 0) {
        (void)pthread_mutex_lock(&r->lock); // no snapshot shows what the writer has
        st = nx_writer_find(r->writer, unique_term, found, err);
        (void)pthread_mutex_unlock(&r->lock);
    } else if (t->snapshot != NULL) {
        st = nx_store_find(t->snapshot, unique_term, found, err);
    }
    return st;
}

// What readers find of the article. A rebuild goes on without that where it cannot be read.
static nx_status find_published(nx_taker *t, nx_str unique_term, nx_found *found, nx_error *err)
{
    *found = (nx_found){.exists = false};
    if (t->run->options.rebuild) {
        nx_error unreadable = NX_ERROR_INIT;
        nx_status st = t->snapshot != NULL
                           ? nx_store_find(t->snapshot, unique_term, found, &unreadable)
                           : NX_OK;
        return st == NX_ENOMEM ? nx_fail_nomem(err) : NX_OK;
    }
    nx_status st =
        t->snapshot == NULL ? nx_store_open_local(&t->snapshot, t->run->index, err) : NX_OK;
    return st == NX_OK ? nx_store_find(t->snapshot, unique_term, found, err) : st;
}

// What the article was before the run. found: what the writer has of it, which of an article that
// the run has met is a copy of the run's own.
static nx_status read_earlier(nx_taker *t, const nx_made *made, const nx_found *found, bool met,
                              const unsigned char *text, nx_earlier *out, nx_error *err)
{
    nx_intake *r = t->run;
    const bool published = r->options.rebuild || t->worker != NULL || met;
    nx_found at = *found;
    nx_status st = NX_OK;
    *out = (nx_earlier){.exists = false};
    if (r->options.rebuild || (found->exists && published)) {
        st = find_published(t, made->unique_term, &at, err);
    }
    if (st != NX_OK || !at.exists) {
        return st;
    }
    nx_xdb *db = published ? nx_store_segment_db(t->snapshot, at.segment)
                           : nx_writer_segment(r->writer, at.segment);
    bool same = memcmp(at.content, made->digest, NX_DIGEST_BYTES) == 0;
    st = nx_earlier_read(out, db, at.docid, same ? NULL : &t->data, err);
    if (same) {
        memcpy(out->text, text, NX_DIGEST_BYTES);
    }
    if (r->options.rebuild && st != NX_OK && st != NX_ENOMEM) {
        *out = (nx_earlier){.exists = false};
        st = NX_OK;
    }
    return st;
}

static nx_status on_skip(void *ctx, const nx_skip *skip, nx_error *err)
{
    (void)err;
    nx_taker *t = ctx;
    nx_intake_tell_skip(t->run, skip);
    return NX_OK;
}

// "FILE!MEMBER:LINE"; without its line, what a withdrawal and a copy of the article may share.
static void add_place(const nx_article *a, bool with_offset, nx_buf *out)
{
    nx_buf_addf(out, "%.*s%s%.*s", (int)a->file.n, a->file.p, a->member.p != NULL ? "!" : "",
                (int)a->member.n, a->member.p != NULL ? a->member.p : "");
    if (with_offset && a->offset != 0) {
        nx_buf_addf(out, a->offset_is_line ? ":%llu" : "@%llu", (unsigned long long)a->offset);
    }
}

static void skip_article(nx_taker *t, const nx_article *a, nx_status code, const char *reason,
                         const char *details)
{
    char text[600];
    nx_buf b;
    nx_buf_init(&b, sizeof text);
    add_place(a, true, &b);
    nx_buf_addf(&b, ": %s", details);
    nx_skip skip = {.file = a->file,
                    .member = a->member,
                    .offset = a->offset,
                    .offset_is_line = a->offset_is_line,
                    .code = code,
                    .reason = reason,
                    .text = b.failed ? details : b.data};
    nx_intake_tell_skip(t->run, &skip);
    nx_buf_release(&b);
}

// Remembers the unique term of an article, for the end of the build. Locked.
static nx_status note_change(nx_intake *r, const nx_article *a, const nx_seen_entry *e, nx_str term,
                             const unsigned char text[NX_DIGEST_BYTES], nx_error *err)
{
    if (r->change_count == r->change_cap) {
        size_t cap = r->change_cap < 64 ? 64 : r->change_cap * 2;
        nx_intake_change *changes = realloc(r->changes, cap * sizeof *changes);
        if (changes == NULL) {
            return nx_fail_nomem(err);
        }
        r->changes = changes;
        r->change_cap = cap;
    }
    nx_buf place;
    nx_buf_init(&place, PLACE_MAX);
    if (e->canceled) {
        add_place(a, false, &place);
    }
    nx_intake_change c = {
        .batch = e->batch, .ordinal = e->ordinal, .unique_term = malloc(term.n), .n = term.n};
    c.place = e->canceled && !place.failed ? strdup(place.data) : NULL;
    nx_buf_release(&place);
    if (c.unique_term == NULL || (e->canceled && c.place == NULL)) {
        free(c.unique_term);
        free(c.place);
        return nx_fail_nomem(err);
    }
    memcpy(c.key, e->key, sizeof c.key);
    memcpy(c.text, text, sizeof c.text);
    memcpy(c.unique_term, term.p, term.n);
    r->changes[r->change_count++] = c;
    return NX_OK;
}

// The newer of two copies: a crawl's time says most, then what the article says of itself.
static int64_t freshness(const nx_article *a, const nx_record *r)
{
    if (r->fetched.known) {
        return r->fetched.utc;
    }
    return a->updated.known ? a->updated.utc : a->published.known ? a->published.utc : INT64_MIN;
}

static nx_status enter(nx_taker *t, const nx_article *a, const nx_made *made,
                       const unsigned char *text, nx_seen_entry *e, bool *keep, nx_error *err)
{
    nx_intake *r = t->run;
    nx_seen_entry loser;
    bool replaced = false;
    nx_sketch sketch;
    nx_sketch_make(&sketch, a->title.s, e->stored ? a->body : NX_STR_NONE,
                   a->published.known ? nx_sketch_day(a->published.utc) : NX_SKETCH_UNDATED);
    (void)pthread_mutex_lock(&r->lock);
    nx_status st = nx_seen_put(r->seen, e, &loser, &replaced, err);
    *keep = !replaced || loser.batch != e->batch || loser.ordinal != e->ordinal;
    if (st == NX_OK && *keep && e->stored) {
        st = nx_story_put(r->story, made->unique_term, &sketch, e->batch, e->ordinal, err);
    }
    if (st == NX_OK && (e->canceled || (e->stored && (e->existed || e->earlier)))) {
        st = note_change(r, a, e, made->unique_term, text, err);
    }
    if (st == NX_OK && replaced && loser.stored && r->builder != NULL) {
        st = nx_glass_drop(r->builder, loser.batch, loser.ordinal, err);
    }
    (void)pthread_mutex_unlock(&r->lock);
    if (st == NX_OK && replaced) {
        skip_article(t, a, NX_OK, "other copy is better",
                     "another copy in this run is newer or fuller");
    }
    return st;
}

// Makes the document and gives it to the writer, unless the article is no longer wanted.
static nx_status store(nx_taker *t, const nx_article *a, const nx_docmaker_options *options,
                       nx_made *made, const unsigned char *text, nx_seen_entry *e, nx_error *err)
{
    nx_intake *r = t->run;
    bool keep = true;
    nx_status st = e->stored ? nx_docmaker_finish(t->maker, a, options, made, err) : NX_OK;
    if (st == NX_ELIMIT) {
        skip_article(t, a, NX_ELIMIT, "too large", err->msg);
        return NX_OK;
    }
    if (st == NX_OK && t->worker == NULL) {
        t->ordinal++;
        st = enter(t, a, made, text, e, &keep, err);
        if (st == NX_OK && keep && e->stored) {
            st = nx_writer_put(r->writer, made->unique_term, &made->doc, err);
            r->uncommitted++;
        }
    } else if (st == NX_OK) {
        int64_t order = a->published.known ? a->published.utc : INT64_MIN;
        e->ordinal = UINT32_MAX; // no document: only the batch counts between copies
        st =
            e->stored ? nx_glass_worker_add(t->worker, &made->doc, order, &e->ordinal, err) : NX_OK;
        st = st == NX_OK ? enter(t, a, made, text, e, &keep, err) : st;
    }
    if (st == NX_OK && keep && e->stored && !e->existed && !e->earlier) {
        nx_intake_tell_added(r, made->unique_term);
    }
    return st;
}

// Has the run brought a copy of the article? Which of the two is newer is then told by seen.h.
// *stored: there is a document of that one.
static bool was_met(nx_intake *r, const unsigned char key[16], bool *stored)
{
    (void)pthread_mutex_lock(&r->lock);
    const nx_seen_entry *e = nx_seen_find(r->seen, key);
    *stored = e != NULL && e->stored;
    (void)pthread_mutex_unlock(&r->lock);
    return e != NULL;
}

// Has its source taken it back, and said nothing newer since?
static bool is_withdrawn(const nx_taker *t, const nx_article *a, const nx_seen_entry *e,
                         nx_str unique_term)
{
    const nx_withdrawal *of = nx_withdrawn_find(t->run->withdrawn, unique_term);
    if (of == NULL) {
        return false;
    }
    nx_buf place;
    nx_buf_init(&place, PLACE_MAX);
    add_place(a, false, &place);
    const nx_withdrawal copy = {
        .version = e->version, .utc = e->freshness, .place = nx_buf_str(&place)};
    const bool stands = nx_withdrawal_stands(of, &copy);
    nx_buf_release(&place);
    return stands;
}

static nx_status take(nx_taker *t, const nx_article *a, nx_error *err)
{
    nx_intake *r = t->run;
    nx_made made;
    nx_found found = {.exists = false};
    nx_earlier earlier = {.exists = false};
    nx_status st = nx_docmaker_begin(t->maker, a, &made, err);
    if (st != NX_OK) {
        return st;
    }
    if (a->state != NX_ARTICLE_CANCELED && !nx_intake_tell_article(r, a->file, made.unique_term)) {
        return NX_OK;
    }
    nx_seen_entry e = {.freshness = freshness(a, t->record),
                       .version = a->version,
                       .batch = t->batch,
                       .ordinal = t->ordinal,
                       .canceled = a->state == NX_ARTICLE_CANCELED,
                       .of_feed = t->record->format == NX_FORMAT_FEED,
                       .text_bytes = a->body.n < UINT32_MAX ? (uint32_t)a->body.n : UINT32_MAX};
    nx_sha256 key = nx_sha256_of(&made.id, 1);
    memcpy(e.key, key.bytes, sizeof e.key);
    unsigned char text[NX_DIGEST_BYTES];
    nx_text_digest(a->title.s, a->summary.s, a->body, text);
    st = find(t, made.unique_term, &found, err);
    bool same = found.exists && memcmp(found.content, made.digest, NX_DIGEST_BYTES) == 0;
    bool put = false;
    const bool met = was_met(r, e.key, &put);
    if (st == NX_OK && same && put && t->worker == NULL) { // what is there is the run's own
        skip_article(t, a, NX_OK, "other copy is better", "another copy in this run is the same");
        return NX_OK;
    }
    if (st == NX_OK && !same) {
        st = read_earlier(t, &made, &found, met, text, &earlier, err);
    }
    if (st != NX_OK) {
        return st;
    }
    if (earlier.exists && !r->options.rebuild && !met &&
        nx_earlier_stands(nx_buf_str(&t->data), a, e.of_feed)) {
        skip_article(t, a, NX_OK, "better in the index", "the index has a newer or fuller version");
        return NX_OK;
    }
    if (!e.canceled && !found.exists && !earlier.exists &&
        is_withdrawn(t, a, &e, made.unique_term)) {
        skip_article(t, a, NX_OK, "withdrawn", "its source has withdrawn it");
        return NX_OK;
    }
    e.existed = found.exists;
    e.earlier = earlier.exists;
    e.stored = !e.canceled && !same;
    const nx_when now = {.known = r->options.now_utc != 0, .utc = r->options.now_utc};
    const nx_when seen = t->record->fetched.known ? t->record->fetched : now;
    const nx_docmaker_options options = {.indexed_utc = r->options.now_utc,
                                         .changed = nx_text_changed(&earlier, a, text, seen)};
    return store(t, a, &options, &made, text, &e, err);
}

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    nx_taker *t = ctx;
    nx_status st = NX_OK;
    if (a->state == NX_ARTICLE_WITHHELD) {
        skip_article(t, a, NX_OK, "embargoed", "embargoed: left for a later run");
    } else {
        st = take(t, a, err);
    }
    nx_article_free(a);
    return st;
}

nx_status nx_taker_batch(nx_taker *t, nx_record_batch *b, nx_error *err)
{
    const nx_article_sink sink = {.ctx = t, .article = on_article, .skip = on_skip};
    nx_status st = NX_OK;
    t->batch = b->number;
    t->ordinal = 0;
    for (size_t i = 0; st == NX_OK && i < b->count; i++) {
        t->record = b->records[i];
        nx_tally_bytes(t->run->tally, t->record->source_bytes, t->record->bytes.n);
        st = nx_record_parse(b->records[i], b->corpus, &sink, err);
        nx_record_free(b->records[i]);
        b->records[i] = NULL;
    }
    nx_record_batch_free(b);
    if (st == NX_OK && t->worker != NULL) {
        nx_intake_share_memory(t->run);
        st = nx_glass_worker_seal(t->worker, t->batch, err);
    }
    nx_docmaker_trim(t->maker, VOCABULARY_BYTES);
    return st;
}
