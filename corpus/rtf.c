// rtf.c: Rich Text Format (specification 1.9.1) -> a manuscript. nx_read_rtf.
//
// Only what has to do with the text is understood: groups, destinations, characters, paragraphs,
// tables. What a group marks as not for old readers ("\*") is left out. Must not know: what the
// text says.
#include <stdlib.h>

#include "base/num.h"
#include "base/utf8.h"
#include "corpus/charset.h"
#include "corpus/rtf_words.h"

enum {
    GROUPS_MAX = 200, // open at a time
    FONTS_MAX = 4096,
    WORD_MAX = 32, // bytes of a control word
};

typedef struct group {
    nx_rtf_destination to;
    const char *charset; // of bytes beyond ASCII
    long skipped_after_u;
    bool hidden, deleted;
} group;

typedef struct reader {
    nx_manuscript *m;
    group groups[GROUPS_MAX], *now;
    nx_buf bytes, scratch; // characters as they came, not yet in their flow
    const char *charset;   // of the document
    const char *fonts[FONTS_MAX];
    size_t font;   // being described
    long to_skip;  // characters that stand for the one before, for old readers
    uint32_t high; // the first half of a pair of surrogates
    long date[3];
    bool too_deep;
} reader;

// ---- characters

static nx_flow *flow_of(reader *r)
{
    return r->now->to == NX_RTF_TO_BODY    ? &r->m->body
           : r->now->to == NX_RTF_TO_NOTES ? &r->m->notes
                                           : NULL;
}

static void add(reader *r, nx_str text)
{
    nx_flow *flow = flow_of(r);
    if (r->now->hidden || r->now->deleted) {
        return;
    }
    if (flow != NULL) {
        nx_flow_add(flow, text);
    } else if (r->now->to == NX_RTF_TO_TITLE || r->now->to == NX_RTF_TO_AUTHOR) {
        nx_buf_adds(r->now->to == NX_RTF_TO_TITLE ? &r->m->title : &r->m->author, text);
    }
}

// Brings the gathered characters where they belong.
static void flush(reader *r)
{
    nx_str bytes = nx_buf_str(&r->bytes), text = bytes;
    if (bytes.n == 0) {
        return;
    }
    if (nx_utf8_valid(bytes) != bytes.n) {
        nx_error err = NX_ERROR_INIT;
        nx_buf_clear(&r->scratch);
        if (nx_charset_decode(bytes, nx_str_of(r->now->charset), NX_STR_NONE, &r->scratch, &text,
                              NULL, &err) != NX_OK) {
            r->m->body.text.failed = true;
            return;
        }
    }
    add(r, text);
    nx_buf_clear(&r->bytes);
}

static void add_byte(reader *r, char c)
{
    if (r->to_skip > 0) {
        r->to_skip--;
    } else if (r->now->to < NX_RTF_TO_FONTS) {
        nx_buf_addc(&r->bytes, c);
    }
}

static void add_code_point(reader *r, uint32_t u)
{
    flush(r);
    if (u >= 0xd800 && u < 0xdc00) {
        r->high = u;
        return;
    }
    if (u >= 0xdc00 && u < 0xe000) {
        u = r->high != 0 ? 0x10000 + ((r->high - 0xd800) << 10) + (u - 0xdc00) : 0xfffd;
    }
    r->high = 0;
    char utf8[4];
    add(r, nx_str_make(utf8, nx_utf8_encode(u, utf8)));
}

// ---- control words

static void set_gap(reader *r, nx_gap gap, bool anyway)
{
    nx_flow *flow = flow_of(r);
    if (flow != NULL && (anyway || gap > flow->gap)) {
        flow->gap = gap;
    }
}

static void choose_font(reader *r, long number)
{
    size_t font = number >= 0 && number < FONTS_MAX ? (size_t)number : FONTS_MAX - 1;
    if (r->now->to == NX_RTF_TO_FONTS) {
        r->font = font;
    } else {
        r->now->charset = r->fonts[font] != NULL ? r->fonts[font] : r->charset;
    }
}

static void set_centred(reader *r, bool centred)
{
    nx_flow *flow = flow_of(r);
    if (flow != NULL) {
        flow->centred = centred;
    }
}

// number: what follows the word; has_number: something does.
static void obey(reader *r, const nx_rtf_word *c, bool has_number, long number)
{
    bool on = !has_number || number != 0;
    flush(r);
    switch (c->action) {
    case NX_RTF_TEXT: add(r, nx_str_of(c->text)); break;
    case NX_RTF_GAP: set_gap(r, (nx_gap)c->value, false); break;
    case NX_RTF_GAP_ANYWAY: set_gap(r, (nx_gap)c->value, true); break;
    case NX_RTF_GO:
        r->now->to =
            r->now->to == NX_RTF_TO_NOWHERE ? NX_RTF_TO_NOWHERE : (nx_rtf_destination)c->value;
        break;
    case NX_RTF_IN_INFO: r->now->to = (nx_rtf_destination)c->value; break;
    case NX_RTF_DATE_PART:
        if (r->now->to == NX_RTF_TO_CREATED) {
            r->date[c->value] = number;
        }
        break;
    case NX_RTF_CODE_PAGE:
        r->charset = nx_rtf_charset_of_code_page(number);
        r->now->charset = r->charset;
        break;
    case NX_RTF_FONT: choose_font(r, number); break;
    case NX_RTF_FONT_CHARSET:
        if (r->now->to == NX_RTF_TO_FONTS) {
            r->fonts[r->font] = nx_rtf_charset_of_font(number);
        }
        break;
    case NX_RTF_CODE_POINT:
        add_code_point(r, (uint32_t)(number & 0xffff));
        r->to_skip = r->now->skipped_after_u;
        break;
    case NX_RTF_SKIPPED_AFTER_CODE_POINT: r->now->skipped_after_u = number >= 0 ? number : 0; break;
    case NX_RTF_HIDE: r->now->hidden = on; break;
    case NX_RTF_DELETE: r->now->deleted = on; break;
    case NX_RTF_PLAIN: r->now->hidden = r->now->deleted = false; break;
    case NX_RTF_CENTRE: set_centred(r, true); break;
    case NX_RTF_NOT_CENTRED: set_centred(r, false); break;
    case NX_RTF_BINARY: break; // read_word knows its end
    }
}

// The word behind the backslash at s.p[i - 1]; returns where what follows it begins.
static size_t read_word(reader *r, nx_str s, size_t i)
{
    char name[WORD_MAX + 1];
    size_t n = 0;
    while (i < s.n && nx_is_alpha(s.p[i])) {
        if (n < WORD_MAX) {
            name[n++] = s.p[i];
        }
        i++;
    }
    name[n] = '\0';
    bool minus = i < s.n && s.p[i] == '-';
    i += minus;
    long number = 0;
    size_t from = i;
    for (; i < s.n && nx_is_digit(s.p[i]); i++) {
        number = number < 100000000 ? number * 10 + (s.p[i] - '0') : number;
    }
    bool has_number = i > from;
    i += i < s.n && s.p[i] == ' ';
    const nx_rtf_word *c = nx_rtf_word_of(name);
    if (c != NULL && c->action == NX_RTF_BINARY && !minus) {
        return (size_t)number < s.n - i ? i + (size_t)number : s.n;
    }
    if (c != NULL) {
        obey(r, c, has_number, minus ? -number : number);
    }
    return i;
}

// What follows the backslash at s.p[i - 1]; returns where the next thing begins.
static size_t read_control(reader *r, nx_str s, size_t i)
{
    if (i == s.n || nx_is_alpha(s.p[i])) {
        return i == s.n ? i : read_word(r, s, i);
    }
    char c = s.p[i++];
    switch (c) {
    case '\'': {
        int high = i + 2 <= s.n ? nx_hex_digit(s.p[i]) : -1;
        int low = high >= 0 ? nx_hex_digit(s.p[i + 1]) : -1;
        if (low >= 0) {
            add_byte(r, (char)(high * 16 + low));
            i += 2;
        }
        break;
    }
    case '\\':
    case '{':
    case '}': add_byte(r, c); break;
    case '~': add_byte(r, ' '); break;
    case '_': add_byte(r, '-'); break;
    case '*':
        flush(r);
        r->now->to = NX_RTF_TO_NOWHERE;
        break;
    case '\r':
    case '\n':
        flush(r);
        set_gap(r, NX_GAP_PARAGRAPH, false);
        break;
    default: break;
    }
    return i;
}

// ---- groups

static void open_group(reader *r)
{
    flush(r);
    r->to_skip = 0;
    if (r->now + 1 == r->groups + GROUPS_MAX) {
        r->too_deep = true;
        return;
    }
    r->now[1] = r->now[0];
    r->now++;
}

static void close_group(reader *r)
{
    flush(r);
    r->to_skip = 0;
    if (r->now->to == NX_RTF_TO_NOTES && r->now > r->groups && r->now[-1].to != NX_RTF_TO_NOTES) {
        set_gap(r, NX_GAP_PARAGRAPH, false);
    }
    r->now -= r->now > r->groups;
}

static void read_all(reader *r, nx_str s)
{
    for (size_t i = 0; i < s.n && !r->too_deep;) {
        char c = s.p[i++];
        switch (c) {
        case '{': open_group(r); break;
        case '}': close_group(r); break;
        case '\\': i = read_control(r, s, i); break;
        case '\r':
        case '\n': break;
        default: add_byte(r, c); break;
        }
    }
    flush(r);
    if (r->date[0] > 0) {
        nx_buf_addf(&r->m->created, "%04ld-%02ld-%02ld", r->date[0], r->date[1], r->date[2]);
    }
}

nx_status nx_read_rtf(const nx_record *record, const nx_corpus_options *options,
                      const nx_article_sink *sink, nx_error *err)
{
    nx_manuscript m;
    nx_manuscript_init(&m, options->limits.record_bytes);
    reader *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return nx_fail_nomem(err);
    }
    r->m = &m;
    r->now = r->groups;
    r->charset = r->now->charset = "windows-1252";
    r->now->skipped_after_u = 1;
    nx_buf_init(&r->bytes, record->bytes.n + 1);
    nx_buf_init(&r->scratch, record->bytes.n * 4 + 16);
    read_all(r, record->bytes);
    m.body.text.failed = m.body.text.failed || r->bytes.failed;
    bool too_deep = r->too_deep;
    nx_buf_release(&r->bytes);
    nx_buf_release(&r->scratch);
    free(r);
    nx_status st = too_deep ? nx_record_skip(record, sink, NX_ELIMIT, "nested too deep", err,
                                             "groups are nested deeper than %d", GROUPS_MAX)
                            : nx_manuscript_read(&m, record, options, sink, err);
    nx_manuscript_release(&m);
    return st;
}
