// mhtml.c: a page that a browser saved with all its parts in one MIME file (RFC 2557: .mht,
// .mhtml). The part that is the page goes to the reader of pages; pictures and frames are left out.
// nx_read_mhtml. Must not know: what is a story in a page (html.c).
#include "corpus/attribute.h"
#include "corpus/mime.h"
#include "corpus/reader.h"

enum {
    DEPTH_MAX = 3,     // of multipart in multipart
    PARTS_MAX = 10000, // that are looked at
};

static bool is_page(nx_str type)
{
    return nx_str_eq_nocase(type, NX_STR("text/html")) ||
           nx_str_eq_nocase(type, NX_STR("application/xhtml+xml"));
}

// Finds the part that is the page: the one that the parameter "start" names, or the first one of
// that type. Recursion is bounded by DEPTH_MAX.
static bool find_page(nx_mime message, int depth, nx_mime *page)
{
    nx_str field = nx_mime_field(message.headers, "Content-Type"), type = nx_mime_value(field);
    if (is_page(type)) {
        *page = message;
        return true;
    }
    if (depth > DEPTH_MAX || !nx_str_starts_nocase(type, NX_STR("multipart/"))) {
        return false;
    }
    nx_str start = nx_mime_parameter(field, "start");
    nx_str boundary = nx_mime_parameter(field, "boundary");
    bool found = false;
    nx_mime part, inner;
    size_t at = 0;
    for (int i = 0; i < PARTS_MAX && nx_mime_next_part(message.body, boundary, &at, &part); i++) {
        bool named = start.n > 0 && nx_str_eq(nx_mime_field(part.headers, "Content-ID"), start);
        if ((named || !found) && find_page(part, depth + 1, &inner)) {
            *page = inner;
            found = true;
        }
        if (found && (named || start.n == 0)) {
            break;
        }
    }
    return found;
}

// Where the page was: as the part says, or the file.
static nx_str address_of(nx_mime message, nx_mime page)
{
    const nx_str told[] = {nx_mime_field(page.headers, "Content-Location"),
                           nx_mime_field(message.headers, "Snapshot-Content-Location"),
                           nx_mime_field(message.headers, "Content-Location")};
    for (size_t i = 0; i < NX_COUNT(told); i++) {
        if (nx_url_is_web(told[i])) {
            return told[i];
        }
    }
    return NX_STR_NONE;
}

nx_status nx_read_mhtml(const nx_record *r, const nx_corpus_options *options,
                        const nx_article_sink *sink, nx_error *err)
{
    nx_mime message = nx_mime_split(r->bytes), page;
    if (!find_page(message, 0, &page)) {
        return nx_record_skip(r, sink, NX_OK, "not an article", err, "no page among its parts");
    }
    nx_buf html;
    nx_buf_init(&html, page.body.n + 16);
    nx_mime_add_content(page, &html);
    nx_status st = nx_buf_check(&html, "a saved page", err);
    if (st == NX_OK) {
        nx_record inner = *r;
        inner.format = NX_FORMAT_HTML;
        inner.bytes = nx_buf_str(&html);
        inner.url = address_of(message, page);
        inner.charset = nx_mime_parameter(nx_mime_field(page.headers, "Content-Type"), "charset");
        (void)nx_date_parse(nx_mime_field(message.headers, "Date"), options->zone_min,
                            &inner.fetched);
        st = nx_read_html(&inner, options, sink, err);
    }
    nx_buf_release(&html);
    return st;
}
