// fuzz_alert_line.c: what newssearch says of alerts, whatever it is, and the texts made of it: no
// control character, no line that could be a header, no element that is not ours.
#include <stdlib.h>
#include <string.h>

#include "indexer/alert_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LONGEST_LINE = 998 };

// All lines behind the head of a mail are indented, numbered or ours.
static void check_mail(const nx_buf *out)
{
    size_t column = 0;
    for (size_t i = 0; i < out->len; i++) {
        unsigned char c = (unsigned char)out->data[i];
        column = c == '\n' ? 0 : column + 1;
        if ((c < ' ' && c != '\n') || c == 0x7f || column > LONGEST_LINE) {
            abort();
        }
        if (column == 1 && strchr(" 1fQ", c) == NULL) {
            abort();
        }
    }
}

// Elements are those that are written here.
static void check_feed(const nx_buf *out)
{
    for (const char *p = out->data; (p = strchr(p, '<')) != NULL; p++) {
        static const char *const known[] = {
            "?xml ",        "rss ",           "channel>",    "title>",        "link>",
            "description>", "generator>",     "item>",       "guid ",         "guid>",
            "pubDate>",     "lastBuildDate>", "dc:creator>", "dc:publisher>", "rss>"};
        const char *name = p + 1 + (p[1] == '/');
        bool found = false;
        for (size_t i = 0; i < NX_COUNT(known); i++) {
            found = found || strncmp(name, known[i], strlen(known[i])) == 0;
        }
        if (!found) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_error err = NX_ERROR_INIT;
    nx_str line = nx_str_make((const char *)data, size);
    nx_finding f;
    if (nx_finding_read(&f, line, &err) != NX_OK) {
        return 0;
    }
    bool is_hit = f.kind == NX_FINDING_HIT;
    nx_finding_free(&f);
    nx_alert alert = {.name = NX_STR("fbi"), .query = NX_STR("FBI")};
    for (int form = NX_ALERT_MAIL; is_hit && form <= NX_ALERT_RSS; form++) {
        nx_buf out;
        nx_buf_init(&out, 1 << 26);
        nx_alert_text text = {.out = &out, .alert = &alert, .count = 1};
        alert.form = (nx_alert_form)form;
        nx_alert_text_begin(&text);
        if (nx_alert_text_add(&text, 0, line, &err) != NX_OK) {
            abort();
        }
        nx_alert_text_end(&text);
        if (form == NX_ALERT_MAIL && !out.failed) {
            check_mail(&out);
        } else if (form == NX_ALERT_RSS && !out.failed) {
            check_feed(&out);
        }
        nx_buf_release(&out);
    }
    return 0;
}
