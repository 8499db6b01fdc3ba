// split_items.c: a feed or WordPress export that is larger than a record may be, cut between its
// items. Each record is what stands before the first item, and then as many items as fit; its
// reader closes what is left open. Must not know: what an item says.
#include "corpus/reading.h"

enum {
    HEAD_MAX = 1 << 20, // bytes before the first item
    CHUNK = 8 << 20,    // bytes of items in a record
};

// The offset of "<name" or, with closing, behind "</name>", at or after from; SIZE_MAX: not in s.
// Names in CDATA sections and comments do not count.
static size_t find_tag(nx_str s, nx_str name, bool closing, size_t from)
{
    static const nx_str skipped[][2] = {{{"<![CDATA[", 9}, {"]]>", 3}}, {{"<!--", 4}, {"-->", 3}}};
    for (size_t i = from; i < s.n; i++) {
        const char *hit = memchr(s.p + i, '<', s.n - i);
        if (hit == NULL) {
            break;
        }
        i = (size_t)(hit - s.p);
        nx_str rest = nx_str_make(hit, s.n - i);
        for (size_t k = 0; k < 2; k++) {
            if (nx_str_starts(rest, skipped[k][0])) {
                size_t end = nx_str_find(rest, skipped[k][1], skipped[k][0].n);
                if (end == SIZE_MAX) {
                    return SIZE_MAX;
                }
                i += end;
            }
        }
        size_t at = closing ? 2 : 1;
        nx_str named = rest.n > at ? nx_str_skip(rest, at) : NX_STR("");
        if ((closing && rest.p[1] != '/') || !nx_str_starts(named, name) || named.n == name.n ||
            (named.p[name.n] != '>' && !nx_is_space(named.p[name.n]))) {
            continue;
        }
        const char *end = closing ? memchr(named.p, '>', named.n) : rest.p;
        return end != NULL ? (size_t)(end - s.p) + closing : SIZE_MAX;
    }
    return SIZE_MAX;
}

typedef struct items {
    nx_format format;
    nx_str name; // of their element
    nx_buf record;
    size_t head; // bytes of record that stand before the items
} items;

static nx_status emit_items(nx_stream *t, items *it, size_t n, nx_error *err)
{
    nx_record_facts facts = {.format = it->format, .offset = t->source->pos};
    nx_buf_truncate(&it->record, it->head);
    nx_buf_add(&it->record, nx_source_view(t->source).p, n);
    nx_status st = nx_buf_check(&it->record, "items of a feed", err);
    if (st != NX_OK) {
        t->reading->stop = st;
        return st;
    }
    nx_source_take(t->source, n);
    return nx_stream_emit(t, nx_buf_str(&it->record), &facts, err);
}

// The source stands at an item. Gives as many as fit a record; one that alone is too large costs
// itself.
static nx_status split_chunk(nx_stream *t, items *it, nx_error *err)
{
    size_t max = it->record.max - it->head, chunk = max < CHUNK ? max : CHUNK, want = chunk;
    for (;;) {
        nx_status st = nx_source_fill(t->source, want, err);
        if (st != NX_OK) {
            return st;
        }
        nx_str view = nx_source_view(t->source);
        size_t end = 0, next;
        while ((next = find_tag(view, it->name, true, end)) != SIZE_MAX && next <= max &&
               (end == 0 || next <= chunk)) {
            end = next;
        }
        if (end > 0) {
            return emit_items(t, it, end, err);
        }
        if (view.n > max) {
            // No item ends before this one does: those that seem to begin in it are no items.
            uint64_t pos = t->source->pos;
            size_t close = find_tag(view, it->name, true, 0), kept = it->name.n + 2;
            nx_source_take(t->source, close != SIZE_MAX ? close
                                      : view.n > kept   ? view.n - kept
                                                        : 1);
            return nx_stream_skip(t, pos, false, NX_ELIMIT, "record too large",
                                  "an item is too large", err);
        }
        if (t->source->ended) {
            return emit_items(t, it, view.n, err); // not closed: the reader says so
        }
        want = view.n * 2;
    }
}

// Moves to the next item; false at the end of the data.
static bool seek_item(nx_stream *t, const items *it, nx_status *st, nx_error *err)
{
    for (;;) {
        *st = nx_source_fill(t->source, it->name.n + 2, err);
        nx_str view = nx_source_view(t->source);
        size_t at = *st == NX_OK ? find_tag(view, it->name, false, 0) : SIZE_MAX;
        if (at != SIZE_MAX) {
            nx_source_take(t->source, at);
            return true;
        }
        if (*st != NX_OK || t->source->ended) {
            return false;
        }
        // What may be the beginning of a tag or of a section stays.
        *st = nx_source_fill(t->source, view.n + 1, err);
        nx_str more = nx_source_view(t->source);
        if (*st == NX_OK && more.n > HEAD_MAX) {
            nx_source_take(t->source, more.n - it->name.n - 2);
        }
    }
}

nx_status nx_split_items(nx_stream *t, nx_format format, nx_error *err)
{
    static const nx_str names[] = {{"item", 4}, {"entry", 5}};
    size_t max = t->reading->options->limits.record_bytes;
    nx_status st = nx_source_fill(t->source, max + 1, err);
    nx_str view = nx_source_view(t->source);
    items it = {.format = format, .head = SIZE_MAX};
    for (size_t i = 0; st == NX_OK && view.n > max && i < 2 && it.head == SIZE_MAX; i++) {
        it.name = names[i];
        it.head = find_tag(view, it.name, false, 0);
    }
    if (it.head > HEAD_MAX || it.head >= max) {
        return st == NX_OK ? nx_split_whole(t, format, err) : st; // it fits, or cannot be cut
    }
    nx_buf_init(&it.record, max);
    nx_buf_add(&it.record, view.p, it.head);
    while (st == NX_OK && seek_item(t, &it, &st, err)) {
        st = split_chunk(t, &it, err);
    }
    nx_buf_release(&it.record);
    return st;
}
