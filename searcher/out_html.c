// out_html.c: results as one page that needs nothing else: no scripts, no network, its style in it.
//
// Must not know: how results are found.
#include "base/num.h"
#include "base/time.h"
#include "searcher/markup.h"
#include "searcher/output.h"
#include "searcher/tally.h"

enum { FACET_ROWS = 12, WIDEST_BAR = 100, PART_END = '\n' };

static const char parts_end[] = {PART_END, '\0'};

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1c1b19;--soft:#6b675f;--line:#e4e0d8;--page:#faf8f4;"
    "--mark:#ffe9a8;--link:#1a4f8b;--bar:#8fb3d9}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8e4dc;--soft:#a29c90;--line:#3a372f;"
    "--page:#1b1a17;--mark:#5c4a10;--link:#8fbcf0;--bar:#3f6a99}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);"
    "font:16px/1.55 Georgia,'Times New Roman',serif}"
    "header,main,footer{max-width:68rem;margin:0 auto;padding:0 1.25rem}"
    "header{padding-top:2rem}h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem}"
    ".soft,footer{color:var(--soft);font:.85rem/1.5 system-ui,sans-serif}"
    "main{display:grid;grid-template-columns:minmax(0,1fr) 15rem;gap:2.5rem;padding-top:1rem}"
    "@media(max-width:48rem){main{grid-template-columns:1fr}}"
    "article{border-top:1px solid var(--line);padding:1.1rem 0}"
    "h2{font-size:1.15rem;line-height:1.3;margin:0 0 .2rem}a{color:var(--link)}"
    "h2 a{text-decoration:none}h2 a:hover{text-decoration:underline}"
    "article p{margin:.35rem 0 0}.at,li{overflow-wrap:anywhere}"
    "details{margin-top:.35rem}summary{cursor:pointer}ul{margin:.2rem 0;padding-left:1.4rem}"
    "b{background:var(--mark);font-weight:inherit;border-radius:2px;padding:0 .1em}"
    "h2 b{font-weight:bold}"
    "h3{font:600 .85rem/1.4 system-ui,sans-serif;margin:1.4rem 0 .3rem;text-transform:capitalize}"
    "table{border-collapse:collapse;width:100%;font:.82rem/1.5 system-ui,sans-serif}"
    "td{padding:.05rem 0;vertical-align:top;overflow-wrap:anywhere}"
    "td:last-child{text-align:right;padding-left:.6rem;white-space:nowrap;color:var(--soft)}"
    "table.time td:first-child{width:1%;white-space:nowrap;padding-right:.6rem;color:var(--soft)}"
    "table.time td:nth-child(2){width:99%}" // which has no text that would give it a width
    "table.time i{display:block;height:.8rem;margin-top:.25rem;background:var(--bar);"
    "border-radius:2px}"
    "footer{padding-bottom:2rem;border-top:1px solid var(--line);padding-top:.6rem}"
    "@media print{main{display:block}article,tr{break-inside:avoid}b,table.time i"
    "{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

static void add_count(nx_buf *out, uint64_t n)
{
    char text[28];
    nx_buf_addz(out, nx_format_count(text, n));
}

static void html_begin(nx_output *o, const nx_answer *a)
{
    nx_buf *out = &o->buf;
    nx_buf_addz(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" "
                     "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    nx_buf_addf(out, "<meta name=\"generator\" content=\"newsdex, format %d\">\n<title>",
                (int)NX_OUTPUT_VERSION);
    nx_markup_add(out, a->description);
    nx_buf_addf(out, " - newsdex</title>\n<style>%s</style>\n</head>\n<body>\n", style);
    nx_buf_addz(out, "<header>\n<h1 dir=\"auto\">");
    nx_markup_add(out, a->description);
    nx_buf_addz(out, "</h1>\n<p class=\"soft\">");
    nx_add_total(out, &a->counts);
    nx_buf_addz(out, a->counts.upper == 1 ? " article" : " articles");
    if (a->shown > 0 && a->shown < a->counts.estimated) {
        nx_buf_addf(out, ", %u\u2013%u shown", a->first, a->first + a->shown - 1);
    }
    if (a->counts.undated_known && a->counts.undated > 0) {
        nx_buf_addz(out, ", ");
        add_count(out, a->counts.undated);
        nx_buf_addz(out, " undated left out");
    }
    nx_buf_addz(out, "</p>\n</header>\n<main>\n<div>\n");
}

static void add_made(nx_buf *out, const char *before, const nx_buf *text, const char *after)
{
    if (text->len > 0) {
        nx_buf_addz(out, before);
        nx_markup_add(out, nx_buf_str(text));
        nx_buf_addz(out, after);
    }
    out->failed = out->failed || text->failed;
}

// The parts that stand on lines of their own in text, side by side: names of another direction than
// the page's leave dates and dots where they are.
static void add_parts(nx_buf *out, const nx_buf *text)
{
    nx_str rest = nx_buf_str(text);
    for (size_t i = 0; rest.n > 0; i++) {
        const char *line = memchr(rest.p, PART_END, rest.n);
        size_t n = line != NULL ? (size_t)(line - rest.p) : rest.n;
        nx_buf_addz(out, i > 0 ? " \u00b7 <bdi>" : "<bdi>");
        nx_markup_add(out, nx_str_make(rest.p, n));
        nx_buf_addz(out, "</bdi>");
        rest = nx_str_skip(rest, line != NULL ? n + 1 : n);
    }
    out->failed = out->failed || text->failed;
}

static void add_headline(nx_buf *out, const nx_card *c)
{
    bool link = nx_markup_is_link(c->url);
    nx_buf_addz(out, "<article");
    if (c->language.n > 0) {
        nx_buf_addz(out, " lang=\"");
        nx_markup_add(out, c->language);
        nx_buf_addz(out, "\"");
    }
    nx_buf_addz(out, ">\n<h2 dir=\"auto\">");
    if (link) {
        nx_buf_addz(out, "<a rel=\"noreferrer\" href=\"");
        nx_markup_add(out, c->url);
        nx_buf_addz(out, "\">");
    }
    if (c->headline.count > 0) {
        nx_markup_passage(out, &c->headline);
    } else {
        nx_buf_addz(out, "(no headline)");
    }
    nx_buf_addz(out, link ? "</a></h2>\n" : "</h2>\n");
}

// Who else has it; the copies themselves fold out.
static void add_copies(nx_buf *out, const nx_card *c)
{
    nx_buf text;
    nx_buf_init(&text, 1 << 20);
    nx_card_add_copies(c, &text);
    if (c->members.count > 1) {
        add_made(out, "<details class=\"soft\"><summary>", &text, "</summary>\n<ul>\n");
        for (size_t i = 0; i < c->members.count; i++) {
            nx_buf_clear(&text);
            nx_card_add_member(&c->members.items[i], parts_end, &text);
            nx_buf_addz(out, "<li>");
            add_parts(out, &text);
            nx_buf_addz(out, "</li>\n");
        }
        nx_buf_addz(out, "</ul>\n</details>\n");
    } else {
        add_made(out, "<p class=\"soft\">", &text, "</p>\n");
    }
    nx_buf_release(&text);
}

static void html_hit(nx_output *o, const nx_answer *a, const nx_card *c)
{
    nx_buf text;
    (void)a;
    nx_buf_init(&text, 1 << 22);
    add_headline(&o->buf, c);
    nx_card_add_attribution(c, parts_end, &text);
    nx_buf_addz(&o->buf, "<p class=\"soft\">");
    add_parts(&o->buf, &text);
    nx_buf_addz(&o->buf, "</p>\n");
    if (c->snippet.count > 0) {
        nx_buf_addz(&o->buf, "<p dir=\"auto\">");
        nx_markup_passage(&o->buf, &c->snippet);
        nx_buf_addz(&o->buf, "</p>\n");
    }
    add_copies(&o->buf, c);
    nx_buf_clear(&text);
    nx_card_add_location(c, &text);
    add_made(&o->buf, "<p class=\"soft at\">", &text, "</p>\n");
    nx_buf_addz(&o->buf, "</article>\n");
    nx_buf_release(&text);
}

static void add_facet(nx_buf *out, const nx_tally *t)
{
    nx_buf_addf(out, "<h3>%s</h3>\n<table>\n", t->name);
    for (size_t i = 0; i < t->count && (t->dated || i < FACET_ROWS); i++) {
        nx_buf_addz(out, "<tr><td>");
        nx_markup_add(out, t->buckets[i].value);
        nx_buf_addz(out, "</td><td>");
        add_count(out, t->buckets[i].documents);
        nx_buf_addz(out, "</td></tr>\n");
    }
    nx_buf_addz(out, "</table>\n");
    if (!t->dated && t->count > FACET_ROWS) {
        nx_buf_addf(out, "<p class=\"soft\">and %zu more</p>\n", t->count - FACET_ROWS);
    }
}

static void add_timeline(nx_buf *out, const nx_tally *t)
{
    uint64_t most = 1;
    for (size_t i = 0; i < t->count; i++) {
        most = t->buckets[i].documents > most ? t->buckets[i].documents : most;
    }
    nx_buf_addf(out, "<h3>by %s</h3>\n<table class=\"time\">\n", t->name);
    for (size_t i = 0; i < t->count; i++) {
        size_t gap = nx_timeline_gap(t, i);
        if (gap > 0) {
            nx_buf_addf(out, "<tr><td></td><td class=\"soft\">%zu %ss without articles</td>", gap,
                        t->name);
            nx_buf_addz(out, "<td></td></tr>\n");
            i += gap - 1;
            continue;
        }
        double width = (double)t->buckets[i].documents / (double)most * WIDEST_BAR;
        nx_buf_addz(out, "<tr><td>");
        nx_markup_add(out, t->buckets[i].value);
        nx_buf_addf(out, "</td><td><i style=\"width:%.1f%%\"></i></td><td>", width);
        add_count(out, t->buckets[i].documents);
        nx_buf_addz(out, "</td></tr>\n");
    }
    if (t->undated > 0) {
        nx_buf_addz(out, "<tr><td>undated</td><td></td><td>");
        add_count(out, t->undated);
        nx_buf_addz(out, "</td></tr>\n");
    }
    nx_buf_addz(out, "</table>\n");
}

static void html_end(nx_output *o, const nx_answer *a)
{
    nx_buf *out = &o->buf;
    nx_buf_addz(out, a->shown == 0 ? "<p>Nothing to show.</p>\n</div>\n" : "</div>\n");
    if (a->timeline.name != NULL || a->facet_count > 0) {
        nx_buf_addz(out, "<aside>\n");
        if (a->timeline.name != NULL) {
            add_timeline(out, &a->timeline);
        }
        for (size_t i = 0; i < a->facet_count; i++) {
            add_facet(out, &a->facets[i]);
        }
        nx_buf_addz(out, "</aside>\n");
    }
    char day[24], count[28];
    nx_buf_addf(out,
                "</main>\n<footer>newsdex searched %s articles, %s</footer>\n</body>\n</html>\n",
                nx_format_count(count, a->counts.index_documents), nx_format_utc(day, a->now));
}

const nx_format nx_as_html = {
    .name = "html", .begin = html_begin, .hit = html_hit, .end = html_end};
