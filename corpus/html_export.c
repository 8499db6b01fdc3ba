// html_export.c: see html_export.h.
#include "corpus/html_export.h"

#include "corpus/attribute.h"
#include "corpus/html_text.h"
#include "corpus/reread.h"
#include "corpus/sniff.h"

// ---- what it is

static bool title_is(const nx_html_tree *t, uint32_t node, const char *wanted)
{
    bool has_text = t->nodes[node].end > node + 1 && t->nodes[node + 1].tag == NX_TAG_TEXT;
    return has_text && nx_str_eq(nx_str_trim(t->nodes[node + 1].text), nx_str_of(wanted));
}

static bool has_class(const nx_html_tree *t, uint32_t node, const char *wanted)
{
    return nx_html_has_word(nx_html_attr_get(t, node, NX_ATTR_CLASS), nx_str_of(wanted));
}

// Europresse names the publication at the beginning of each <article>.
static bool names_publication(const nx_html_tree *t, uint32_t article)
{
    enum { NODES_LOOKED_AT = 24 };
    uint32_t end = t->nodes[article].end;
    end = end - article > NODES_LOOKED_AT ? article + NODES_LOOKED_AT : end;
    for (uint32_t i = article + 1; i < end; i++) {
        if (t->nodes[i].attr_count > 0 && has_class(t, i, "DocPublicationName")) {
            return true;
        }
    }
    return false;
}

nx_html_export nx_html_export_of(nx_str html, const nx_html_tree *t)
{
    enum { HEAD_BYTES = 16 << 10, ARTICLES_LOOKED_AT = 4 };
    nx_str head = nx_str_make(html.p, html.n < HEAD_BYTES ? html.n : HEAD_BYTES);
    if (nx_str_find(head, NX_STR("<!-- LXNComment"), 0) != SIZE_MAX ||
        nx_str_find(head, NX_STR("<DOCFULL>"), 0) != SIZE_MAX) {
        return NX_HTML_EXPORT_TEXT; // Nexis
    }
    unsigned articles = 0;
    for (uint32_t i = 1; i < t->count && articles < ARTICLES_LOOKED_AT; i++) {
        if (t->nodes[i].tag == NX_TAG_TITLE && title_is(t, i, "Factiva")) {
            return NX_HTML_EXPORT_TEXT;
        }
        if (t->nodes[i].tag == NX_TAG_ARTICLE) {
            if (names_publication(t, i)) {
                return NX_HTML_EXPORT_MARKED;
            }
            articles++;
        }
    }
    return NX_HTML_PAGE;
}

// ---- lines

// The lines of what is marked as a document; of the whole page when nothing is.
static void add_lines(const nx_html_tree *t, nx_buf *out)
{
    for (uint32_t i = 1; i < t->count;) {
        bool document = t->nodes[i].attr_count > 0 && has_class(t, i, "article");
        if (document) {
            nx_html_paragraphs(t, i, NULL, out);
        }
        i = document ? t->nodes[i].end : i + 1;
    }
    if (out->len == 0) {
        nx_html_paragraphs(t, 0, NULL, out);
    }
}

static nx_status read_lines(const nx_html_tree *t, const nx_record *r,
                            const nx_corpus_options *options, const nx_article_sink *sink,
                            nx_error *err)
{
    nx_buf lines, text;
    nx_buf_init(&lines, SIZE_MAX);
    nx_buf_init(&text, SIZE_MAX);
    add_lines(t, &lines);
    nx_str all = nx_buf_str(&lines);
    for (size_t at = 0; at < all.n;) {
        nx_buf_adds(&text, nx_str_line(all, at, &at));
        nx_buf_addz(&text, "\n\n"); // a line is a paragraph
    }
    nx_status st = nx_buf_check(&lines, "the text", err);
    st = st == NX_OK ? nx_buf_check(&text, "the text", err) : st;
    if (st == NX_OK) {
        nx_format format = nx_sniff_export(nx_buf_str(&text));
        st = format != NX_FORMAT_TEXT ? nx_reread(r, nx_buf_str(&text), format, options, sink, err)
                                      : nx_record_skip(r, sink, NX_OK, "not an article", err,
                                                       "a page of a database without documents");
    }
    nx_buf_release(&lines);
    nx_buf_release(&text);
    return st;
}

// ---- marked parts

typedef struct marked {
    const nx_html_tree *t;
    int zone_min;
    nx_article *a;
    nx_buf text; // of a part
    bool failed;
} marked;

// "Le Monde, no. 24567", "Le Monde (site web)": the name alone.
static nx_str publication_name(nx_str s)
{
    static const char *const ends[] = {", no", ", n\u00b0", ", vol", " (site web)", NULL};
    size_t end = nx_str_find_any_nocase(s, ends, 0);
    return nx_str_make(s.p, end < s.n ? end : s.n);
}

// "Économie, mardi 5 mars 2024, p. 12": the section stands in front, if there is one.
static void set_header(marked *m, nx_str line)
{
    nx_when when;
    if (!m->a->published.known && nx_date_find(line, m->zone_min, &when)) {
        m->a->published = when;
        m->a->published.from = NX_FROM_RECORD;
    }
    size_t comma = nx_str_find(line, NX_STR(","), 0);
    nx_str first = nx_str_make(line.p, comma < line.n ? comma : 0);
    if (first.n > 0 && !nx_str_has_digit(first) && !nx_date_find(first, m->zone_min, &when)) {
        nx_article_set(m->a, &m->a->section, first, NX_FROM_RECORD);
    }
}

static void set_authors(marked *m, nx_str line)
{
    if (!nx_byline_parse(m->a, line, NX_FROM_RECORD)) {
        nx_authors_add(m->a, line, NX_FROM_RECORD);
    }
}

// Sets what the class of the node says it is; false: nothing, its parts may.
static bool take_part(marked *m, uint32_t node)
{
    nx_article *a = m->a;
    nx_fact *fact = has_class(m->t, node, "titreArticleVisu")  ? &a->title
                    : has_class(m->t, node, "rdp__subtitle")   ? &a->summary
                    : has_class(m->t, node, "publiC-lblNodoc") ? &a->id
                                                               : NULL;
    bool source = has_class(m->t, node, "DocPublicationName");
    bool header = has_class(m->t, node, "DocHeader");
    bool authors =
        has_class(m->t, node, "docAuthors") || has_class(m->t, node, "sm-margin-bottomNews");
    bool body = has_class(m->t, node, "DocText") || has_class(m->t, node, "docOcurrContainer");
    if (fact == NULL && !source && !header && !authors && !body) {
        return false;
    }
    nx_buf_clear(&m->text);
    if (body) {
        nx_html_paragraphs(m->t, node, NULL, &m->text);
    } else {
        nx_html_line(m->t, node, &m->text);
    }
    nx_str text = nx_buf_str(&m->text);
    m->failed = m->failed || m->text.failed; // which clearing forgets
    if (fact != NULL) {
        nx_article_set(a, fact, text, NX_FROM_RECORD);
    } else if (source) {
        nx_article_set(a, &a->source, publication_name(text), NX_FROM_RECORD);
    } else if (header) {
        set_header(m, text);
    } else if (authors && a->author_count == 0) {
        set_authors(m, text);
    } else if (body && a->body.p == NULL) {
        nx_article_set_body(a, text);
    }
    return true;
}

static nx_status read_document(const nx_html_tree *t, uint32_t article, const nx_record *r,
                               const nx_corpus_options *options, const nx_article_sink *sink,
                               nx_error *err)
{
    nx_record here = *r;
    here.offset = article; // its node's number: documents of one page are told apart by it
    marked m = {.t = t, .zone_min = options->zone_min, .a = nx_article_for(&here)};
    if (m.a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf_init(&m.text, SIZE_MAX); // no more than the page
    for (uint32_t i = article + 1; i < t->nodes[article].end;) {
        bool taken = t->nodes[i].attr_count > 0 && take_part(&m, i);
        i = taken ? t->nodes[i].end : i + 1;
    }
    nx_buf_release(&m.text);
    nx_status st = m.failed ? nx_fail_nomem(err) : NX_OK;
    if (st != NX_OK) {
        nx_article_free(m.a);
        return st;
    }
    return nx_article_finish(m.a, &here, options, sink, err);
}

nx_status nx_html_export_read(nx_html_export kind, const nx_html_tree *t, const nx_record *r,
                              const nx_corpus_options *options, const nx_article_sink *sink,
                              nx_error *err)
{
    if (kind == NX_HTML_EXPORT_TEXT) {
        return read_lines(t, r, options, sink, err);
    }
    nx_status st = NX_OK;
    for (uint32_t i = 1; i < t->count && st == NX_OK;) {
        bool document = t->nodes[i].tag == NX_TAG_ARTICLE;
        if (document) {
            st = read_document(t, i, r, options, sink, err);
        }
        i = document ? t->nodes[i].end : i + 1;
    }
    return st;
}
