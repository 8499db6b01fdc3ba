// out_rss.c: results as an RSS 2.0 feed with OpenSearch 1.1 elements, so that a saved query can be
// read in a feed reader.
//
// Must not know: how results are found.
#include "base/time.h"
#include "searcher/markup.h"
#include "searcher/output.h"

static void add_element(nx_buf *out, const char *name, nx_str value)
{
    if (value.n > 0) {
        nx_buf_addf(out, "<%s>", name);
        nx_markup_add(out, value);
        nx_buf_addf(out, "</%.*s>\n", (int)strcspn(name, " "), name);
    }
}

static void add_date(nx_buf *out, const char *element, int64_t utc)
{
    char date[32];
    nx_buf_addf(out, "<%s>%s</%s>\n", element, nx_format_mail_date(date, utc), element);
}

static void rss_begin(nx_output *o, const nx_answer *a)
{
    nx_buf *out = &o->buf;
    const nx_counts *n = &a->counts;
    nx_buf_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<rss version=\"2.0\" "
                     "xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" "
                     "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>");
    nx_markup_add(out, a->description);
    nx_buf_addz(out, " - newsdex</title>\n<link>urn:newsdex:search</link>\n"
                     "<description>Articles found for: ");
    nx_markup_add(out, a->description);
    nx_buf_addf(out, "</description>\n<generator>newsdex, format %d</generator>\n",
                (int)NX_OUTPUT_VERSION);
    add_date(out, "lastBuildDate", a->now);
    nx_buf_addf(out,
                "<opensearch:totalResults>%llu</opensearch:totalResults>\n"
                "<opensearch:startIndex>%u</opensearch:startIndex>\n"
                "<opensearch:itemsPerPage>%u</opensearch:itemsPerPage>\n"
                "<opensearch:Query role=\"request\" searchTerms=\"",
                (unsigned long long)(n->lower == n->upper ? n->lower : n->estimated), a->first,
                a->shown);
    nx_markup_add(out, a->query);
    nx_buf_addz(out, "\"/>\n");
}

// The description is HTML, escaped once more for XML.
static void add_description(nx_buf *out, const nx_card *c)
{
    nx_buf html;
    nx_buf text;
    nx_buf_init(&html, 1 << 26);
    nx_buf_init(&text, 1 << 20);
    nx_buf_addz(&html, "<p>");
    nx_markup_passage(&html, &c->snippet);
    nx_buf_addz(&html, "</p><p>");
    nx_card_add_attribution(c, " \u00b7 ", &text);
    nx_markup_add(&html, nx_buf_str(&text));
    nx_buf_clear(&text);
    nx_card_add_copies(c, &text);
    nx_buf_addz(&html, text.len > 0 ? "<br>" : "");
    nx_markup_add(&html, nx_buf_str(&text));
    nx_buf_addz(&html, "</p>");
    add_element(out, "description", nx_buf_str(&html));
    out->failed = out->failed || html.failed || text.failed;
    nx_buf_release(&html);
    nx_buf_release(&text);
}

static void add_authors(nx_buf *out, const nx_card *c)
{
    nx_buf text;
    nx_buf_init(&text, 1 << 22);
    nx_card_add_authors(c, &text);
    add_element(out, "dc:creator", nx_buf_str(&text));
    out->failed = out->failed || text.failed;
    nx_buf_release(&text);
}

static void rss_hit(nx_output *o, const nx_answer *a, const nx_card *c)
{
    nx_buf *out = &o->buf;
    int64_t published, end;
    (void)a;
    nx_buf_addz(out, "<item>\n");
    add_element(out, "title", c->title.n > 0 ? c->title : NX_STR("(no headline)"));
    if (nx_markup_is_link(c->url)) {
        add_element(out, "link", c->url);
    }
    add_element(out, "guid isPermaLink=\"false\"", c->id);
    if (nx_parse_iso(c->published, 0, &published, &end, NULL, NULL)) {
        add_date(out, "pubDate", published);
    }
    add_authors(out, c);
    add_element(out, "dc:publisher", nx_card_publisher(c));
    add_element(out, "category", c->section);
    add_description(out, c);
    nx_buf_addz(out, "</item>\n");
}

static void rss_end(nx_output *o, const nx_answer *a)
{
    (void)a;
    nx_buf_addz(&o->buf, "</channel>\n</rss>\n");
}

const nx_format nx_as_rss = {.name = "rss", .begin = rss_begin, .hit = rss_hit, .end = rss_end};
