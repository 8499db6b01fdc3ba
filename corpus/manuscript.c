// manuscript.c: see manuscript.h.
#include "corpus/manuscript.h"

#include "corpus/attribute.h"
#include "corpus/person.h"
#include "corpus/reread.h"
#include "corpus/sniff.h"

enum { PROPERTY_MAX = 4096 };

void nx_manuscript_init(nx_manuscript *m, size_t max_bytes)
{
    *m = (nx_manuscript){.body = {.gap = NX_GAP_NONE}};
    nx_buf_init(&m->body.text, max_bytes);
    nx_buf_init(&m->notes.text, max_bytes);
    nx_buf_init(&m->title, PROPERTY_MAX);
    nx_buf_init(&m->author, PROPERTY_MAX);
    nx_buf_init(&m->created, PROPERTY_MAX);
}

void nx_manuscript_release(nx_manuscript *m)
{
    nx_buf_release(&m->body.text);
    nx_buf_release(&m->notes.text);
    nx_buf_release(&m->title);
    nx_buf_release(&m->author);
    nx_buf_release(&m->created);
}

void nx_flow_add(nx_flow *f, nx_str piece)
{
    static const char *const gaps[] = {"", "\t", "\n", "\n\n"};
    if (piece.n == 0) {
        return;
    }
    nx_buf_addz(&f->text, f->text.len > 0 ? gaps[f->gap] : "");
    if (f->centred && (f->gap >= NX_GAP_LINE || f->text.len == 0)) {
        nx_buf_addz(&f->text, "          "); // as text exports have such lines
    }
    f->gap = NX_GAP_NONE;
    char *to = nx_buf_reserve(&f->text, piece.n);
    size_t n = 0;
    for (size_t i = 0; to != NULL && i < piece.n; i++) {
        bool kept = i + 1 < piece.n && piece.p[i] == '\xc2' && piece.p[i + 1] == '\xa0';
        to[n++] = kept || nx_is_space(piece.p[i]) ? ' ' : piece.p[i];
        i += kept; // a space that holds a line together
    }
    if (to != NULL) {
        f->text.len += n;
        to[n] = '\0';
    }
}

// A property that could not be kept whole (too long) is none.
static nx_str property(const nx_buf *b)
{
    return b->failed ? NX_STR_NONE : nx_str_trim(nx_buf_str(b));
}

static nx_status check(const nx_manuscript *m, nx_error *err)
{
    const nx_buf *const bufs[] = {&m->body.text, &m->notes.text, &m->title, &m->author,
                                  &m->created};
    for (size_t i = 0; i < NX_COUNT(bufs); i++) {
        bool is_property = i > 1;
        if (bufs[i]->failed && !(is_property && bufs[i]->over_max)) {
            return nx_buf_check(bufs[i], "the text of the document", err);
        }
    }
    return NX_OK;
}

// The template that a library makes documents of has a date of its own.
static bool is_of_template(nx_str author)
{
    return nx_str_eq_nocase(author, NX_STR("python-docx"));
}

static void set_properties(nx_article *a, const nx_manuscript *m, int zone_min)
{
    nx_str author = property(&m->author);
    nx_article_set(a, &a->title, property(&m->title), NX_FROM_META);
    if (a->author_count == 0 && a->byline.s.p == NULL && nx_is_person(author)) {
        nx_authors_add(a, author, NX_FROM_META);
    }
    if (!is_of_template(author)) {
        nx_when_set(&a->published, property(&m->created), zone_min, NX_FROM_META);
    }
}

static nx_status refuse(const nx_record *r, const nx_article_sink *sink, nx_status st,
                        nx_error *err)
{
    nx_error why = *err;
    return st == NX_ELIMIT ? nx_record_skip(r, sink, st, "record too large", err, "%s", why.msg)
                           : st;
}

static nx_status read_one(nx_manuscript *m, const nx_record *r, const nx_corpus_options *options,
                          const nx_article_sink *sink, nx_error *err)
{
    nx_article *a = nx_article_for(r);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf_addz(&m->body.text, m->notes.text.len > 0 ? "\n\n" : "");
    nx_buf_adds(&m->body.text, nx_buf_str(&m->notes.text));
    nx_status st = check(m, err);
    if (st == NX_OK) {
        st = nx_plain_text(a, nx_buf_str(&m->body.text), options->zone_min, err);
    }
    if (st != NX_OK) {
        nx_article_free(a);
        return refuse(r, sink, st, err);
    }
    set_properties(a, m, options->zone_min);
    return nx_article_finish(a, r, options, sink, err);
}

nx_status nx_manuscript_read(nx_manuscript *m, const nx_record *r, const nx_corpus_options *options,
                             const nx_article_sink *sink, nx_error *err)
{
    nx_status st = check(m, err);
    if (st != NX_OK) {
        return refuse(r, sink, st, err);
    }
    nx_str text = nx_buf_str(&m->body.text);
    if (nx_str_trim(text).n == 0) {
        return nx_record_skip(r, sink, NX_OK, "empty", err, "there is no text in the document");
    }
    nx_format format = nx_sniff_export(text);
    return format != NX_FORMAT_TEXT ? nx_reread(r, text, format, options, sink, err)
                                    : read_one(m, r, options, sink, err);
}
