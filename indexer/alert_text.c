// alert_text.c: see alert_text.h.
#include "indexer/alert_text.h"

#include <stdio.h>

#include "base/markup.h"
#include "base/para.h"
#include "base/time.h"
#include "base/tty.h"
#include "base/utf8.h"

enum {
    MAIL_COLUMNS = 76,
    WORD_BYTES = 500,  // of a word in a mail: lines have 998 bytes at most (RFC 5322)
    TITLE_BYTES = 300, // shown of a headline
    SCRATCH_MAX = 1 << 24,
};

// ---- reading ------------------------------------------------------------------------------------

nx_status nx_finding_read(nx_finding *out, nx_str line, nx_error *err)
{
    *out = (nx_finding){.number = 0};
    nx_status st = nx_json_parse(line, NX_JSON_STRICT, &out->root, err);
    if (st != NX_OK) {
        return st;
    }
    nx_str type = nx_json_get_str(out->root, "type");
    out->alert = nx_json_get_str(out->root, "alert");
    out->message = nx_json_get_str(out->root, "message");
    out->family = nx_json_get_str(out->root, "family");
    bool good = false;
    if (nx_str_eq(type, NX_STR("alert"))) {
        out->kind = NX_FINDING_HIT;
        good = out->alert.n > 0 && nx_json_int(nx_json_get(out->root, "news"), &out->number) &&
               out->number > 0;
    } else if (nx_str_eq(type, NX_STR("error"))) {
        out->kind = NX_FINDING_ERROR;
        good = out->alert.n > 0 && out->message.n > 0;
    } else if (nx_str_eq(type, NX_STR("end"))) {
        out->kind = NX_FINDING_END;
        good = nx_json_int(nx_json_get(out->root, "through"), &out->number) && out->number >= 0;
    }
    if (!good) {
        nx_finding_free(out);
        return nx_fail(err, NX_EFORMAT, "no line about alerts");
    }
    return NX_OK;
}

void nx_finding_free(nx_finding *f)
{
    nx_json_free(f->root);
    f->root = NULL;
}

// ---- mail ---------------------------------------------------------------------------------------

static nx_str shortened(nx_str s, size_t bytes)
{
    return nx_str_make(s.p, nx_utf8_cut(s, bytes));
}

// "fbi: 3 new articles"; the name of an alert is plain ASCII.
static void add_subject(const nx_alert_text *t)
{
    nx_buf_addf(t->out, "%.*s: %llu new article%s", (int)t->alert->name.n, t->alert->name.p,
                (unsigned long long)t->count, t->count == 1 ? "" : "s");
}

static void begin_mail(const nx_alert_text *t)
{
    char date[32];
    if (t->message) {
        nx_buf_addz(t->out, "Subject: ");
        add_subject(t);
        nx_buf_addf(t->out,
                    "\nDate: %s\nX-Newsdex-Alert: %.*s\nAuto-Submitted: auto-generated\n"
                    "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                    "Content-Transfer-Encoding: 8bit\n\n",
                    nx_format_mail_date(date, t->now_utc), (int)t->alert->name.n, t->alert->name.p);
    } else {
        add_subject(t);
        nx_buf_addc(t->out, '\n');
    }
}

// A paragraph's words; one too long for a line of mail is broken.
static void add_words(nx_para *p, nx_str s)
{
    size_t start = 0, run = 0;
    for (size_t i = 0; i < s.n; i++) {
        run = nx_is_space(s.p[i]) ? 0 : run + 1;
        bool boundary = ((unsigned char)s.p[i] & 0xc0) != 0x80;
        if (run > WORD_BYTES && boundary) {
            nx_para_add(p, nx_str_make(s.p + start, i - start), NX_FACE_PLAIN);
            nx_para_add(p, NX_STR(" "), NX_FACE_PLAIN);
            start = i;
            run = 1;
        }
    }
    nx_para_add(p, nx_str_skip(s, start), NX_FACE_PLAIN);
}

static void add_paragraph(nx_buf *out, const char *first, int indent, nx_str text)
{
    nx_para p;
    nx_buf clean; // repaired first, which may make it longer
    if (text.n == 0) {
        return;
    }
    nx_buf_init(&clean, SCRATCH_MAX);
    nx_tty_add_safe(&clean, text, false);
    nx_buf_addz(out, first);
    nx_para_begin(&p, out, MAIL_COLUMNS, (int)strlen(first), indent, false);
    if (clean.len > 0) {
        add_words(&p, nx_buf_str(&clean));
    }
    nx_para_end(&p);
    out->failed = out->failed || clean.failed;
    nx_buf_release(&clean);
}

// The passage, its matches between asterisks.
static void add_passage(nx_buf *out, const nx_json *hit)
{
    const nx_json *runs = nx_json_get(hit, "snippet_runs");
    nx_buf text;
    nx_buf_init(&text, SCRATCH_MAX);
    for (size_t i = 0; i < nx_json_count(runs); i++) {
        const nx_json *run = nx_json_at(runs, i);
        bool match = nx_json_true(nx_json_get(run, "match"));
        nx_buf_addz(&text, match ? "*" : "");
        nx_buf_adds(&text, nx_json_get_str(run, "text"));
        nx_buf_addz(&text, match ? "*" : "");
    }
    add_paragraph(out, "   ", 3, nx_buf_str(&text));
    out->failed = out->failed || text.failed;
    nx_buf_release(&text);
}

// Where it can be read: its address, or its place in the file it came in, as newssearch shows them.
static void add_place(nx_buf *out, const nx_json *hit)
{
    nx_str url = nx_json_get_str(hit, "url"), member = nx_json_get_str(hit, "member");
    int64_t at;
    nx_buf place;
    nx_buf_init(&place, 1 << 20);
    nx_buf_adds(&place, url.n > 0 ? url : nx_json_get_str(hit, "file"));
    if (url.n == 0 && member.n > 0) {
        nx_buf_addc(&place, '!');
        nx_buf_adds(&place, member);
    }
    if (url.n == 0 && nx_json_int(nx_json_get(hit, "line"), &at)) {
        nx_buf_addf(&place, ":%lld", (long long)at);
    } else if (url.n == 0 && nx_json_int(nx_json_get(hit, "offset"), &at)) {
        nx_buf_addf(&place, "@%lld", (long long)at);
    }
    add_paragraph(out, "   ", 3, nx_buf_str(&place));
    out->failed = out->failed || place.failed;
    nx_buf_release(&place);
}

static nx_str title_of(const nx_json *hit)
{
    nx_str title = nx_json_get_str(hit, "title");
    return title.n > 0 ? shortened(title, TITLE_BYTES) : NX_STR("(no headline)");
}

static void add_mail(const nx_alert_text *t, const nx_json *hit)
{
    char number[24];
    (void)snprintf(number, sizeof number, "%llu. ", (unsigned long long)t->added);
    nx_buf_addz(t->out, t->message && t->added == 1 ? "" : "\n"); // the head ends with one
    add_paragraph(t->out, number, 3, title_of(hit));
    add_paragraph(t->out, "   ", 3, nx_json_get_str(hit, "attribution"));
    add_place(t->out, hit);
    add_passage(t->out, hit);
}

// The query at the end, as it was asked.
static void end_mail(const nx_alert_text *t)
{
    nx_buf_addc(t->out, '\n');
    add_paragraph(t->out, "Query: ", 7, t->alert->query);
}

// ---- feed ---------------------------------------------------------------------------------------

static void add_element(nx_buf *out, const char *name, nx_str value)
{
    if (value.n > 0) {
        nx_buf_addf(out, "<%s>", name);
        nx_markup_add(out, value);
        nx_buf_addf(out, "</%.*s>\n", (int)strcspn(name, " "), name);
    }
}

static void begin_feed(const nx_alert_text *t)
{
    char date[32];
    nx_buf_addz(t->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
                        "<channel>\n");
    add_element(t->out, "title", t->alert->name);
    add_element(t->out, "link", NX_STR("urn:newsdex:alert"));
    nx_buf_addz(t->out, "<description>New articles for: ");
    nx_markup_add(t->out, t->alert->query);
    nx_buf_addz(t->out, "</description>\n<generator>newsdex</generator>\n");
    add_element(t->out, "lastBuildDate", nx_str_of(nx_format_mail_date(date, t->now_utc)));
}

// The description is HTML, escaped once more for XML.
static void add_description(nx_buf *out, const nx_json *hit)
{
    const nx_json *runs = nx_json_get(hit, "snippet_runs");
    nx_buf html;
    nx_buf_init(&html, SCRATCH_MAX);
    nx_buf_addz(&html, "<p>");
    for (size_t i = 0; i < nx_json_count(runs); i++) {
        const nx_json *run = nx_json_at(runs, i);
        bool match = nx_json_true(nx_json_get(run, "match"));
        nx_buf_addz(&html, match ? "<b>" : "");
        nx_markup_add(&html, nx_json_get_str(run, "text"));
        nx_buf_addz(&html, match ? "</b>" : "");
    }
    nx_buf_addz(&html, "</p><p>");
    nx_markup_add(&html, nx_json_get_str(hit, "attribution"));
    nx_buf_addz(&html, "</p>");
    add_element(out, "description", nx_buf_str(&html));
    out->failed = out->failed || html.failed;
    nx_buf_release(&html);
}

static void add_item(const nx_alert_text *t, const nx_json *hit, int64_t found_utc)
{
    char date[32];
    int64_t utc = found_utc, last = 0;
    nx_str url = nx_json_get_str(hit, "url");
    nx_str published = nx_json_get_str(hit, "published");
    const nx_json *authors = nx_json_get(hit, "authors");
    nx_buf_addz(t->out, "<item>\n");
    add_element(t->out, "title", title_of(hit));
    add_element(t->out, "link", nx_markup_is_link(url) ? url : NX_STR_NONE);
    add_element(t->out, "guid isPermaLink=\"false\"", nx_json_get_str(hit, "id"));
    if (published.n > 0 && !nx_parse_iso(published, 0, &utc, &last, NULL, NULL)) {
        utc = found_utc;
    }
    add_element(t->out, "pubDate", nx_str_of(nx_format_mail_date(date, utc)));
    for (size_t i = 0; i < nx_json_count(authors); i++) {
        add_element(t->out, "dc:creator", nx_json_str(nx_json_at(authors, i)));
    }
    add_element(t->out, "dc:publisher", nx_json_get_str(hit, "source"));
    add_description(t->out, hit);
    nx_buf_addz(t->out, "</item>\n");
}

// ---- any form -----------------------------------------------------------------------------------

void nx_alert_text_begin(nx_alert_text *t)
{
    t->added = 0;
    switch (t->alert->form) {
    case NX_ALERT_MAIL: begin_mail(t); break;
    case NX_ALERT_RSS: begin_feed(t); break;
    case NX_ALERT_JSONL: break;
    }
}

nx_status nx_alert_text_add(nx_alert_text *t, int64_t found_utc, nx_str line, nx_error *err)
{
    nx_finding hit;
    nx_status st = nx_finding_read(&hit, line, err);
    if (st != NX_OK) {
        return st;
    }
    t->added++;
    switch (t->alert->form) {
    case NX_ALERT_MAIL: add_mail(t, hit.root); break;
    case NX_ALERT_RSS: add_item(t, hit.root, found_utc); break;
    case NX_ALERT_JSONL:
        nx_buf_adds(t->out, line);
        nx_buf_addc(t->out, '\n');
        break;
    }
    nx_finding_free(&hit);
    return NX_OK;
}

void nx_alert_text_end(nx_alert_text *t)
{
    switch (t->alert->form) {
    case NX_ALERT_MAIL: end_mail(t); break;
    case NX_ALERT_RSS: nx_buf_addz(t->out, "</channel>\n</rss>\n"); break;
    case NX_ALERT_JSONL: break;
    }
}
