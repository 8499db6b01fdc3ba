// split_sgml.c: Reuters-21578 and TREC files cut into stories.
//
// The files are not XML: no root, undeclared entities, control characters. A story runs from its
// opening tag to its closing tag, or to the next opening tag when the closing one is missing.
#include "corpus/reading.h"

typedef struct sgml_tags {
    nx_str open, close; // without the final '>'
} sgml_tags;

// Finds tag (as "<doc") followed by white space, '>' or '/' at or after from; any case.
static size_t find_tag(nx_str s, nx_str tag, size_t from)
{
    for (size_t i = from; i + tag.n < s.n; i++) {
        const char *hit = memchr(s.p + i, '<', s.n - tag.n - i);
        if (hit == NULL) {
            break;
        }
        i = (size_t)(hit - s.p);
        char after = s.p[i + tag.n];
        if ((after == '>' || nx_is_space(after)) &&
            nx_str_starts_nocase(nx_str_make(s.p + i, tag.n), tag)) {
            return i;
        }
    }
    return SIZE_MAX;
}

// Stands the source at the next opening tag; *found false: there is none.
static nx_status find_story(nx_stream *t, const sgml_tags *tags, bool *found, nx_error *err)
{
    for (;;) {
        nx_str view = nx_source_view(t->source);
        size_t at = find_tag(view, tags->open, 0);
        *found = at != SIZE_MAX;
        if (*found) {
            nx_source_take(t->source, at);
            return NX_OK;
        }
        size_t keep = tags->open.n + 1; // a tag may be cut by the end of the view
        if (view.n > keep) {
            nx_source_take(t->source, view.n - keep);
            keep = nx_source_view(t->source).n;
        }
        nx_status st = nx_source_fill(t->source, keep + 1, err);
        if (st != NX_OK || nx_source_view(t->source).n <= keep) {
            return st;
        }
    }
}

// The source stands at an opening tag; *n is the length of the story.
static nx_status measure_story(nx_stream *t, const sgml_tags *tags, size_t max, size_t *n,
                               bool *whole, nx_error *err)
{
    size_t from = 1;
    for (;;) {
        nx_str view = nx_source_view(t->source);
        size_t next = find_tag(view, tags->open, from);
        nx_str story = nx_str_make(view.p, next != SIZE_MAX ? next : view.n);
        size_t close = find_tag(story, tags->close, from);
        if (close != SIZE_MAX) {
            *whole = true;
            size_t end = nx_str_find(view, NX_STR(">"), close);
            *n = end == SIZE_MAX ? view.n : end + 1;
            return NX_OK;
        }
        *n = next != SIZE_MAX ? next : view.n;
        *whole = next != SIZE_MAX;
        if (next != SIZE_MAX || view.n > max || t->source->ended) {
            return NX_OK;
        }
        from = view.n > tags->close.n ? view.n - tags->close.n : 1;
        nx_status st = nx_source_fill(t->source, view.n + 1, err);
        if (st != NX_OK) {
            return st;
        }
    }
}

nx_status nx_split_sgml(nx_stream *t, nx_format format, nx_error *err)
{
    const sgml_tags reuters = {NX_STR("<reuters"), NX_STR("</reuters")},
                    trec = {NX_STR("<doc"), NX_STR("</doc")};
    const sgml_tags *tags = format == NX_FORMAT_REUTERS ? &reuters : &trec;
    size_t max = t->reading->options->limits.record_bytes;
    for (;;) {
        bool found = false, whole = false;
        size_t n = 0;
        nx_status st = find_story(t, tags, &found, err);
        if (st != NX_OK || !found) {
            return st;
        }
        st = measure_story(t, tags, max, &n, &whole, err);
        if (st != NX_OK) {
            return st;
        }
        nx_record_facts facts = {.format = format, .offset = t->source->pos};
        if (n > max) {
            st = nx_stream_skip(t, facts.offset, false, NX_ELIMIT, "record too large",
                                "a story is too large", err);
        } else if (!whole) {
            st = nx_stream_skip(t, facts.offset, false, NX_EFORMAT, "story has no end",
                                "the closing tag is missing", err);
        } else {
            st = nx_stream_emit(t, nx_str_make(nx_source_view(t->source).p, n), &facts, err);
        }
        if (st != NX_OK) {
            return st;
        }
        nx_source_take(t->source, n);
    }
}
