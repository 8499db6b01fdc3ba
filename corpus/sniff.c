// sniff.c: see sniff.h. Magic numbers (sniff_magic.c), then text shapes, from the surest to the
// vaguest: markup (sniff_markup.c) is among the sure ones, tables (sniff_table.c) are not.
#include "corpus/sniff.h"

#include "base/num.h"

#include "corpus/archives.h"
#include "corpus/wire_text.h"

static nx_sniffed records(nx_format format)
{
    return (nx_sniffed){.shape = NX_SHAPE_RECORDS, .format = format};
}

// Wire formats send SOH STX ETX SYN and their like, and text from old programs has a NUL here and
// there; true binary has more of them.
static bool is_binary(nx_str head)
{
    size_t controls = 0, nuls = 0;
    for (size_t i = 0; i < head.n; i++) {
        unsigned char c = (unsigned char)head.p[i];
        if (c >= 0x20 && c != 0x7f) {
            continue; // nearly all of a text
        }
        nuls += c == 0;
        controls += !(c >= '\t' && c <= '\r');
    }
    return nuls > head.n / 1024 || (controls > 8 && controls > head.n / 10) ||
           controls > head.n / 2;
}

// ---- JSON

typedef enum json_first {
    JSON_NOT,
    JSON_LINE,  // a whole value on the first line
    JSON_VALUE, // a value that goes on over lines
} json_first;

// Finds the end of the value that starts at s.p[0]; true when it is within s.
static bool json_value_end(nx_str s, size_t *end)
{
    size_t depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (in_string) {
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                in_string = false;
            }
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            *end = i + 1;
            return true;
        }
    }
    return false;
}

static json_first sniff_json(nx_str s)
{
    if (s.n == 0 || (s.p[0] != '{' && s.p[0] != '[')) {
        return JSON_NOT;
    }
    // After the bracket: a key, a value, or the closing bracket; "[Associated Press]" is prose.
    nx_str rest = nx_str_trim(nx_str_skip(s, 1));
    bool object = s.p[0] == '{';
    if (rest.n > 0 && (object ? rest.p[0] != '"' && rest.p[0] != '}'
                              : strchr("{[\"]-0123456789tfn", rest.p[0]) == NULL)) {
        return JSON_NOT;
    }
    if (!object && rest.n > 0 && rest.p[0] != '{' && rest.p[0] != '[' && rest.p[0] != '"' &&
        rest.p[0] != ']') {
        size_t comma = nx_str_find(rest, NX_STR(","), 0);
        if (comma == SIZE_MAX || comma > 40) {
            return JSON_NOT;
        }
    }
    size_t next, end;
    nx_str line = nx_str_line(s, 0, &next);
    if (object && json_value_end(line, &end) && nx_str_trim(nx_str_skip(line, end)).n == 0) {
        return JSON_LINE;
    }
    return JSON_VALUE;
}

// Lines of objects after a beginning that is none: a log's heading, a line cut in half.
static bool is_mostly_json_lines(nx_str s, bool whole)
{
    size_t lines = 0, objects = 0, next = 0, end;
    while (next < s.n && lines < 50) {
        nx_str line = nx_str_trim(nx_str_line(s, next, &next));
        bool cut = next == s.n && !whole;
        lines += line.n > 0 && !cut;
        objects +=
            !cut && line.n > 1 && line.p[0] == '{' && json_value_end(line, &end) && end == line.n;
    }
    return objects >= 2 && objects * 2 >= lines;
}

// ---- mail

// Does line look like the first line of an RFC 5322 message or header ("Name: value")?
static bool is_header_line(nx_str line)
{
    size_t i = 0;
    while (i < line.n && (nx_is_alpha(line.p[i]) || nx_is_digit(line.p[i]) || line.p[i] == '-')) {
        i++;
    }
    return i > 1 && i < 64 && i < line.n && line.p[i] == ':' && nx_is_alpha(line.p[0]);
}

bool nx_is_mbox_line(nx_str line)
{
    if (nx_str_eq(line, NX_STR("From -"))) {
        return true; // a mail program's, without sender and date
    }
    if (!nx_str_starts(line, NX_STR("From ")) || line.n < 20 || line.n > 500) {
        return false;
    }
    // A time of day and, after it, a year.
    for (size_t i = 6; i + 1 < line.n; i++) {
        if (line.p[i] == ':' && nx_is_digit(line.p[i - 1]) && nx_is_digit(line.p[i + 1])) {
            for (size_t k = i + 2; k + 4 <= line.n; k++) {
                nx_str at = nx_str_make(line.p + k, 2);
                if ((nx_str_eq(at, NX_STR("19")) || nx_str_eq(at, NX_STR("20"))) &&
                    nx_is_digit(line.p[k + 2]) && nx_is_digit(line.p[k + 3])) {
                    return true;
                }
            }
        }
    }
    return false;
}

// Enough headers that only messages have, before the first blank line.
static bool is_mail(nx_str s)
{
    static const char *const known[] = {
        "From:",         "To:",           "Date:",        "Subject:",
        "Message-ID:",   "Received:",     "Return-Path:", "MIME-Version:",
        "Delivered-To:", "Content-Type:", "X-Mailer:",    "Reply-To:",
    };
    unsigned seen = 0, hits = 0, broken = 0;
    size_t next = 0;
    while (next < s.n) {
        nx_str line = nx_str_line(s, next, &next);
        if (line.n == 0) {
            break;
        }
        if (line.p[0] == ' ' || line.p[0] == '\t') {
            continue; // a folded header
        }
        if (!is_header_line(line) && (hits == 0 || ++broken > 2)) {
            return false; // a few lines that lost their indentation are forgiven
        }
        for (unsigned k = 0; k < NX_COUNT(known); k++) {
            if (nx_str_starts_nocase(line, nx_str_of(known[k])) && (seen & 1U << k) == 0) {
                seen |= 1U << k;
                hits++;
            }
        }
    }
    return hits >= 3 || (seen & 0x9) == 0x9; // or From and Subject
}

// A page saved with its parts: browsers say so in headers that no letter has.
static bool is_saved_page(nx_str s, bool named)
{
    bool related = false;
    for (size_t next = 0; next < s.n;) {
        nx_str line = nx_str_line(s, next, &next);
        if (line.n == 0) {
            break;
        }
        if (nx_str_starts_nocase(line, NX_STR("Snapshot-Content-Location:")) ||
            nx_str_starts_nocase(line, NX_STR("From: <Saved by ")) ||
            nx_str_starts_nocase(line, NX_STR("From: \"Saved by "))) {
            return true;
        }
        related = related ||
                  nx_str_starts_nocase(line, NX_STR("Content-Type: multipart/related")) ||
                  nx_str_starts_nocase(line, NX_STR("Content-Type: text/html"));
    }
    return named && related;
}

// ---- wire

// ANPA 1312 begins SYN SYN SOH, IPTC 7901 SOH and a source code; other feeds say ZCZC.
static bool is_wire(nx_str s)
{
    size_t i = 0;
    while (i < s.n && i < 16 && (s.p[i] == '\x16' || s.p[i] == '\x7f' || nx_is_space(s.p[i]))) {
        i++;
    }
    nx_str rest = nx_str_skip(s, i);
    return (rest.n > 1 && rest.p[0] == '\x01') || nx_str_starts_nocase(rest, NX_STR("zczc")) ||
           nx_wire_is_7901_header(rest);
}

// ---- exports of Nexis

// A document's beginning, perhaps behind a page about the export; or, in newer exports, that page,
// or the lines between a document's head and its text.
static bool is_nexis(nx_str s)
{
    enum { COVER_LINES = 60 };
    static const char *const heads[] = {
        "Length:", "L\u00e4nge:", "Longueur:", "Lengte:", "Longitud:", "Copyright ", NULL};
    size_t next = 0;
    bool facts = false, job = false;
    for (int i = 0; i < COVER_LINES && next < s.n; i++) {
        nx_str line = nx_str_trim(nx_str_line(s, next, &next));
        if (nx_is_nexis_line(line) || (facts && nx_str_eq(line, NX_STR("Body"))) ||
            (job && nx_str_starts(line, NX_STR("Documents (")))) {
            return true;
        }
        facts = facts || nx_str_starts_any_nocase(line, heads) > 0;
        job = job || nx_str_starts(line, NX_STR("Job Number:"));
    }
    return false;
}

nx_format nx_sniff_export(nx_str s)
{
    return is_nexis(s)         ? NX_FORMAT_NEXIS
           : nx_is_factiva(s)  ? NX_FORMAT_FACTIVA
           : nx_is_proquest(s) ? NX_FORMAT_PROQUEST
                               : NX_FORMAT_TEXT;
}

// ---- Markdown

// Facts between two lines of "---" or "+++", each with a name, as site generators have them.
static bool has_front_matter(nx_str s)
{
    size_t next;
    nx_str fence = nx_str_line(s, 0, &next);
    bool toml = nx_str_eq(fence, NX_STR("+++"));
    if (!toml && !nx_str_eq(fence, NX_STR("---"))) {
        return false;
    }
    size_t names = 0;
    while (next < s.n) {
        nx_str line = nx_str_line(s, next, &next);
        if (nx_str_eq(line, fence)) {
            return names > 0;
        }
        bool name = line.n > 0 && nx_is_alpha(line.p[0]);
        if (name && memchr(line.p, toml ? '=' : ':', line.n) == NULL) {
            return false;
        }
        names += name;
    }
    return false;
}

// ---- lists of what is in a crawl

// " CDX N b a ...", or "com,example)/page 20240305101500 ..." as CDX and CDXJ have it.
static bool is_crawl_index(nx_str s)
{
    enum { TIME_DIGITS = 14 };
    size_t next;
    nx_str line = nx_str_line(s, 0, &next);
    size_t space = nx_str_find(line, NX_STR(" "), 0);
    nx_str key = nx_str_make(line.p, space != SIZE_MAX ? space : 0),
           time = nx_str_skip(line, key.n);
    size_t digits = 1;
    while (digits < time.n && nx_is_digit(time.p[digits])) {
        digits++;
    }
    return nx_str_starts(s, NX_STR(" CDX ")) ||
           (nx_str_find(key, NX_STR(")/"), 0) != SIZE_MAX && digits == TIME_DIGITS + 1);
}

// {"log": {"version": "1.2", "creator": ...: all that a browser has loaded, as HTTP Archive has it.
static bool is_browser_log(nx_str s)
{
    static const char *const opening[] = {"{", "\"log\"", ":", "{"};
    size_t at = 0;
    for (size_t i = 0; i < NX_COUNT(opening); i++) {
        nx_str part = nx_str_of(opening[i]);
        at = nx_str_skip_space(s, at);
        if (!nx_str_starts(nx_str_skip(s, at), part)) {
            return false;
        }
        at += part.n;
    }
    return nx_str_find(s, NX_STR("\"creator\""), at) != SIZE_MAX;
}

// ---- all together

static nx_sniffed sniff_text(nx_str head, bool whole, nx_str name)
{
    static const char *const tables[] = {".csv", ".tsv", ".tab", NULL};
    static const char *const lines[] = {".jsonl", ".ndjson", ".jl", ".jsonlines", NULL};
    static const char *const markdown[] = {".md", ".markdown", ".mdx", NULL};
    static const char *const pages[] = {".mht", ".mhtml", NULL};
    nx_str s = nx_str_trim(head);
    if (is_wire(head)) {
        return records(NX_FORMAT_WIRE);
    }
    if (nx_str_starts(s, NX_STR("{\\rtf"))) {
        return records(NX_FORMAT_RTF);
    }
    switch (sniff_json(s)) {
    case JSON_LINE: return records(NX_FORMAT_JSONL);
    case JSON_VALUE:
        return records(nx_str_ends_any_nocase(name, lines) > 0 && s.p[0] == '{' ? NX_FORMAT_JSONL
                                                                                : NX_FORMAT_JSON);
    case JSON_NOT: break;
    }
    nx_format markup = nx_sniff_markup(s, name);
    if (markup != NX_FORMAT_AUTO) {
        return records(markup);
    }
    size_t next;
    if (nx_is_mbox_line(nx_str_line(s, 0, &next)) && is_header_line(nx_str_line(s, next, &next))) {
        return records(NX_FORMAT_MBOX);
    }
    nx_format export = nx_sniff_export(s);
    if (export != NX_FORMAT_TEXT) {
        return records(export);
    }
    if (has_front_matter(s) || nx_str_ends_any_nocase(name, markdown) > 0) {
        return records(NX_FORMAT_MARKDOWN);
    }
    if (is_header_line(nx_str_line(s, 0, &next)) &&
        is_saved_page(s, nx_str_ends_any_nocase(name, pages) > 0)) {
        return records(NX_FORMAT_MHTML);
    }
    uint64_t bytes;
    bool counted = nx_parse_u64(nx_str_trim(nx_str_line(s, 0, &next)), &bytes); // .emlx
    if (is_mail(counted ? nx_str_skip(s, next) : s)) {
        return records(NX_FORMAT_MAIL);
    }
    if (nx_str_ends_any_nocase(name, lines) > 0 || is_mostly_json_lines(s, whole)) {
        return records(NX_FORMAT_JSONL); // its first line is bad; the others may not be
    }
    nx_table_form form;
    if (nx_sniff_table(head, whole, nx_str_ends_any_nocase(name, tables) > 0, &form)) {
        return records(NX_FORMAT_CSV);
    }
    return records(NX_FORMAT_TEXT);
}

// Bytes of a code unit: 2 and 4 for UTF-16 and UTF-32 by their mark, or by where the NULs of the
// first letters stand; 1 for everything else.
static unsigned unit_width(nx_str head)
{
    static const struct {
        const char *bytes;
        size_t n;
        unsigned width;
    } marks[] = {
        {"\0\0\xfe\xff", 4, 4}, {"\xff\xfe\0\0", 4, 4}, {"\xff\xfe", 2, 2}, {"\xfe\xff", 2, 2}};
    for (size_t i = 0; i < NX_COUNT(marks); i++) {
        if (head.n >= marks[i].n && memcmp(head.p, marks[i].bytes, marks[i].n) == 0) {
            return marks[i].width;
        }
    }
    unsigned nuls = 0;
    for (size_t i = 0; i < 8 && head.n >= 8; i++) {
        nuls |= (head.p[i] == '\0' ? 1U : 0U) << i;
    }
    return nuls == 0x55 || nuls == 0xaa ? 2 : nuls == 0x77 || nuls == 0xee ? 4 : 1;
}

// Markup in UTF-16 or UTF-32 goes to its reader as it is, because it says its encoding itself;
// it is told by its ASCII letters. Other text is read again as UTF-8.
static nx_sniffed sniff_wide(nx_str head, nx_str name, unsigned width)
{
    char narrow[512];
    size_t n = 0;
    for (size_t i = 0; i < head.n && n < sizeof narrow; i++) {
        if (head.p[i] != '\0' && (unsigned char)head.p[i] < 0x80) {
            narrow[n++] = head.p[i];
        }
    }
    bool readable = width == 2 || memchr(head.p, '\xfe', 4) != NULL; // UTF-32: with its mark
    nx_format markup = readable ? nx_sniff_markup(nx_str_make(narrow, n), name) : NX_FORMAT_AUTO;
    if (markup != NX_FORMAT_AUTO) {
        return records(markup);
    }
    return width == 2 ? (nx_sniffed){.shape = NX_SHAPE_UTF16}
                      : (nx_sniffed){.shape = NX_SHAPE_OTHER, .reason = "UTF-32 text"};
}

nx_sniffed nx_sniff(nx_str head, bool whole, nx_str name)
{
    nx_sniffed found;
    if (head.n == 0) {
        return (nx_sniffed){.shape = NX_SHAPE_EMPTY};
    }
    if (nx_sniff_magic(head, &found)) {
        return found;
    }
    unsigned width = unit_width(head);
    if (width > 1) {
        return sniff_wide(head, name, width);
    }
    if (nx_str_starts(head, NX_STR("WARC/"))) { // before binary: crawls hold pictures
        return records(NX_FORMAT_WARC);
    }
    if (nx_str_starts(head, NX_STR("filedesc://"))) {
        return records(NX_FORMAT_ARC);
    }
    if (is_crawl_index(head)) {
        return (nx_sniffed){.shape = NX_SHAPE_OTHER, .reason = "index of a crawl"};
    }
    if (is_binary(head)) {
        return (nx_sniffed){.shape = NX_SHAPE_OTHER, .reason = "binary"};
    }
    if (nx_str_starts(head, NX_STR("\xef\xbb\xbf"))) {
        head = nx_str_skip(head, 3);
    }
    if (is_browser_log(head)) {
        return (nx_sniffed){.shape = NX_SHAPE_OTHER,
                            .reason = "log of a browser (HAR)",
                            .advice = "save its pages as HTML or as WARC"};
    }
    if (nx_str_trim(head).n == 0) {
        // White space as far as can be seen. The reader of a longer text will tell.
        return whole ? (nx_sniffed){.shape = NX_SHAPE_EMPTY} : records(NX_FORMAT_TEXT);
    }
    return sniff_text(head, whole, name);
}
