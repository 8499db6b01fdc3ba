// mail.c: a message as an article: newsletters, alerts, stories sent by mail.
//
// The text is that of the better alternative; attachments are left out, and so are signatures and
// the paragraphs at the end that tell how to unsubscribe. Who sends a newsletter is its publisher,
// who sends a letter its author.
// Must not know: how MIME is built (mime.h).
#include "corpus/attribute.h"
#include "corpus/charset.h"
#include "corpus/mail_forward.h"
#include "corpus/mail_text.h"
#include "corpus/mime.h"
#include "corpus/reader.h"

#include "base/num.h"

enum {
    DEPTH_MAX = 10,       // of multipart in multipart
    PARTS_MAX = 1000,     // of one message
    FIELD_MAX = 64 << 10, // bytes of a header field that are looked at
    TEXT_PER_BYTE = 8,    // growth of text through charset and markup
};

typedef struct letter {
    const nx_record *r;
    size_t parts;
    bool too_deep;
} letter;

static nx_str field(nx_str headers, const char *name)
{
    nx_str value = nx_mime_field(headers, name);
    value.n = value.n < FIELD_MAX ? value.n : FIELD_MAX;
    return value;
}

// ---- the text

static nx_status text_part(nx_mime part, nx_str type, bool html, nx_buf *out, nx_error *err)
{
    nx_buf decoded, scratch;
    nx_buf_init(&decoded, part.body.n + 16);
    nx_buf_init(&scratch, out->max);
    nx_mime_add_content(part, &decoded);
    nx_str bytes = nx_buf_str(&decoded), text = NX_STR_NONE;
    nx_str inside = html ? nx_charset_in_html(bytes) : NX_STR_NONE;
    nx_status st = nx_buf_check(&decoded, "a mail part", err);
    if (st == NX_OK) {
        st = nx_charset_decode(bytes, nx_mime_parameter(type, "charset"), inside, &scratch, &text,
                               NULL, err);
    }
    if (st == NX_OK && html) {
        st = nx_html_fragment_text(text, out, err);
    } else if (st == NX_OK) {
        bool flowed = nx_str_eq_nocase(nx_mime_parameter(type, "format"), NX_STR("flowed"));
        nx_mail_add_plain(text, flowed, out);
    }
    nx_buf_release(&scratch);
    nx_buf_release(&decoded);
    return st;
}

static bool is_attachment(nx_mime part)
{
    nx_str disposition = nx_mime_value(field(part.headers, "Content-Disposition"));
    return nx_str_eq_nocase(disposition, NX_STR("attachment"));
}

static nx_status add_part(letter *l, nx_mime part, int depth, nx_buf *out, nx_error *err);

// Of alternatives the last is meant to be the best; not when it says much less than another.
static nx_status add_alternatives(letter *l, nx_str body, nx_str boundary, int depth, nx_buf *out,
                                  nx_error *err)
{
    nx_mime part;
    nx_status st = NX_OK;
    size_t start = out->len, best = 0;
    nx_buf text;
    nx_buf_init(&text, out->max);
    for (size_t at = 0; st == NX_OK && nx_mime_next_part(body, boundary, &at, &part);) {
        nx_buf_clear(&text);
        st = add_part(l, part, depth, &text, err);
        st = st == NX_OK ? nx_buf_check(&text, "the text of a mail", err) : st;
        if (st == NX_OK && text.len > 0 && text.len >= best / 2 && !out->failed) {
            nx_buf_truncate(out, start);
            nx_buf_adds(out, nx_buf_str(&text));
            best = text.len;
        }
    }
    nx_buf_release(&text);
    return st;
}

// Recursion is bounded by DEPTH_MAX.
static nx_status add_part(letter *l, nx_mime part, int depth, nx_buf *out, nx_error *err)
{
    nx_str type = field(part.headers, "Content-Type");
    nx_str value = nx_mime_value(type);
    if (depth > DEPTH_MAX || ++l->parts > PARTS_MAX) {
        l->too_deep = true;
        return NX_OK;
    }
    if (is_attachment(part)) {
        return NX_OK;
    }
    if (nx_str_starts_nocase(value, NX_STR("multipart/"))) {
        nx_str boundary = nx_mime_parameter(type, "boundary");
        if (nx_str_eq_nocase(value, NX_STR("multipart/alternative"))) {
            return add_alternatives(l, part.body, boundary, depth + 1, out, err);
        }
        nx_mime inner;
        nx_status st = NX_OK;
        for (size_t at = 0; st == NX_OK && nx_mime_next_part(part.body, boundary, &at, &inner);) {
            st = add_part(l, inner, depth + 1, out, err);
        }
        return st;
    }
    if (nx_str_eq_nocase(value, NX_STR("message/rfc822"))) {
        return add_part(l, nx_mime_split(part.body), depth + 1, out, err);
    }
    bool html = nx_str_eq_nocase(value, NX_STR("text/html")) ||
                nx_str_eq_nocase(value, NX_STR("application/xhtml+xml"));
    bool no_type = nx_str_find(value, NX_STR("/"), 0) == SIZE_MAX; // taken for text
    bool plain = no_type || nx_str_starts_nocase(value, NX_STR("text/plain")) ||
                 nx_str_starts_nocase(value, NX_STR("text/enriched"));
    return html || plain ? text_part(part, type, html, out, err) : NX_OK;
}

// ---- the headers

// Is it a publication that sends this? Lists say so in their headers, others in their address.
static bool is_publication(nx_str headers, nx_mail_address sender)
{
    static const char *const fields[] = {"List-Id",        "List-Unsubscribe", "List-Post",
                                         "X-Mailing-List", "Mailing-List",     NULL};
    static const char *const boxes[] = {"news",    "letter", "info",   "reply",   "editor", "alert",
                                        "update",  "list",   "mailer", "subscr",  "bounce", "press",
                                        "support", "digest", "daily",  "members", NULL};
    static const char *const words[] = {"news",     "times",  ".com",  "daily",  "weekly", "letter",
                                        "inc.",     "update", "alert", "press",  "post",   "team",
                                        "magazine", "online", "the ",  "digest", NULL};
    for (size_t i = 0; fields[i] != NULL; i++) {
        if (nx_mime_field(headers, fields[i]).p != NULL) {
            return true;
        }
    }
    return nx_str_has_any_nocase(sender.box, boxes) || nx_str_has_any_nocase(sender.name, words) ||
           !nx_mail_is_person(sender.name);
}

static void set_sender(nx_article *a, nx_str headers, nx_str from)
{
    nx_mail_address sender = nx_mail_parse_address(from);
    nx_str host = sender.host;
    char scratch[256];
    nx_str outlet = nx_outlet_by_name(sender.name);
    if (outlet.p == NULL && host.n > 0) {
        outlet = nx_outlet_by_host(nx_url_host(host, scratch, sizeof scratch));
    }
    size_t of = outlet.p == NULL ? nx_str_find(sender.name, NX_STR(" from "), 0) : SIZE_MAX;
    if (of != SIZE_MAX && nx_mail_is_person(nx_str_make(sender.name.p, of))) {
        nx_authors_add(a, nx_str_make(sender.name.p, of), NX_FROM_RECORD);
        sender.name = nx_str_skip(sender.name, of + 6); // "Jane Doe from Harbour Notes"
    }
    if (outlet.p == NULL && !is_publication(headers, sender)) {
        nx_authors_add(a, sender.name, NX_FROM_RECORD);
        return;
    }
    nx_article_set(a, &a->source, outlet.p != NULL ? outlet : sender.name, NX_FROM_RECORD);
    nx_article_set(a, &a->source_host, host, NX_FROM_RECORD);
}

static nx_str without_angles(nx_str s)
{
    size_t open = nx_str_find(s, NX_STR("<"), 0);
    size_t close = open != SIZE_MAX ? nx_str_find(s, NX_STR(">"), open) : SIZE_MAX;
    return close != SIZE_MAX ? nx_str_make(s.p + open + 1, close - open - 1) : s;
}

static nx_str without_forward(nx_str subject)
{
    static const char *const marks[] = {
        "fwd:", "fw:", "wg:", "tr:", "tr :", "rv:", "enc:", "i:", "vs:", "pd:", "doorst:", NULL};
    size_t n;
    while ((n = nx_str_starts_any_nocase(subject, marks)) > 0) {
        subject = nx_str_trim(nx_str_skip(subject, n));
    }
    return subject;
}

// What the message says that this one passes on.
static void set_forwarded(nx_article *a, nx_str headers, const nx_mail_forward *f,
                          const nx_corpus_options *options)
{
    nx_article_set(a, &a->title, without_forward(f->subject), NX_FROM_TEXT);
    nx_when_set(&a->published, f->date, options->zone_min, NX_FROM_TEXT);
    set_sender(a, headers, f->from);
}

static nx_status set_headers(nx_article *a, nx_str headers, const nx_corpus_options *options,
                             nx_error *err)
{
    nx_buf text;
    nx_buf_init(&text, FIELD_MAX * TEXT_PER_BYTE);
    nx_status st = nx_mime_decode(field(headers, "Subject"), &text, err);
    if (st == NX_OK) {
        nx_article_set(a, &a->title, without_forward(nx_buf_str(&text)), NX_FROM_RECORD);
        st = nx_mime_decode(field(headers, "From"), &text, err);
    }
    if (st == NX_OK && a->source.s.p == NULL && a->author_count == 0) {
        set_sender(a, headers, nx_buf_str(&text));
    }
    if (st == NX_OK) {
        st = nx_mime_decode(field(headers, "Date"), &text, err);
    }
    if (st == NX_OK) {
        nx_when_set(&a->published, nx_buf_str(&text), options->zone_min, NX_FROM_RECORD);
    }
    nx_article_set(a, &a->id, without_angles(field(headers, "Message-ID")), NX_FROM_RECORD);
    static const char *const addresses[] = {"Archived-At", "List-Post"}; // or a mailbox
    for (size_t i = 0; i < NX_COUNT(addresses); i++) {
        nx_str url = without_angles(field(headers, addresses[i]));
        nx_article_set(a, &a->url, nx_url_is_web(url) ? url : NX_STR_NONE, NX_FROM_RECORD);
    }
    nx_buf_release(&text);
    return st;
}

// Without the line "From ..." of a mailbox, and a byte order mark before it; the message alone of
// an .emlx, which has the number of its bytes in front, and facts of the program behind.
static nx_str without_envelope(nx_str bytes)
{
    size_t next = 0;
    uint64_t told;
    if (nx_parse_u64(nx_str_trim(nx_str_line(bytes, 0, &next)), &told)) {
        bytes = nx_str_skip(bytes, next);
        bytes.n = told < bytes.n ? (size_t)told : bytes.n;
    }
    const nx_str mark = {"\xef\xbb\xbf", 3};
    if (nx_str_starts(bytes, mark)) {
        bytes = nx_str_skip(bytes, mark.n);
    }
    size_t end =
        nx_str_starts(bytes, NX_STR("From ")) ? nx_str_find(bytes, NX_STR("\n"), 0) : SIZE_MAX;
    return end != SIZE_MAX ? nx_str_skip(bytes, end + 1) : bytes;
}

nx_status nx_read_mail(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    letter l = {.r = r};
    nx_mime message = nx_mime_split(without_envelope(r->bytes));
    nx_str type = nx_mime_value(field(message.headers, "Content-Type"));
    if (nx_str_eq_nocase(type, NX_STR("multipart/report"))) {
        return nx_record_skip(r, sink, NX_OK, "not an article", err, "a delivery report");
    }
    nx_article *a = nx_article_for(r);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf text;
    nx_buf_init(&text, r->bytes.n * TEXT_PER_BYTE + FIELD_MAX);
    nx_status st = add_part(&l, message, 0, &text, err);
    st = st == NX_OK ? nx_buf_check(&text, "the text of a mail", err) : st;
    nx_mail_forward passed = {.text = nx_buf_str(&text)};
    if (st == NX_OK && nx_mail_find_forward(nx_buf_str(&text), &passed)) {
        set_forwarded(a, message.headers, &passed, options);
    }
    st = st == NX_OK ? set_headers(a, message.headers, options, err) : st;
    if (st == NX_OK) {
        nx_article_set_body(a, nx_mail_without_frame(passed.text));
    }
    nx_buf_release(&text);
    if (st != NX_OK) {
        nx_article_free(a);
        return st;
    }
    if (a->body.n == 0) {
        nx_article_free(a);
        return l.too_deep ? nx_record_skip(r, sink, NX_ELIMIT, "over a limit", err,
                                           "the parts of the message are nested too deep")
                          : nx_record_skip(r, sink, NX_OK, "empty", err, "no text in the message");
    }
    return nx_article_finish(a, r, options, sink, err);
}
