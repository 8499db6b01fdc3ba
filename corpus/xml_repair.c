// xml_repair.c: ill-formed XML -> well-formed XML, keeping as much as can be told.
//
// One pass over the bytes with a stack of open elements; every byte is looked at a bounded number
// of times. What a person reading the source would see as text stays text.
// Must not know: what the elements mean, but for the few below that feeds leave open.
#include "corpus/xml.h"

#include "base/utf8.h"

enum {
    OPEN_MAX = NX_XML_DEPTH_MAX - 8,
    ATTRS_MAX = 64,       // of one element; more are dropped
    NAME_MAX_BYTES = 200, // longer "names" are text
    PROLOGUE_MAX = 1 << 16,
};

// What is searched for ahead. A search that failed once is not made again, so that input full of
// beginnings without an end costs no more than other input.
typedef enum ahead {
    GT,
    QUOTE,
    APOSTROPHE,
    COMMENT_END,
    CDATA_END,
    PI_END,
    ITEM,
    ENTRY,
    AHEADS
} ahead;

typedef struct repair {
    nx_str in;
    size_t i;
    nx_buf *out;
    nx_str open[OPEN_MAX];
    size_t depth;
    bool missing[AHEADS];
} repair;

// Elements that never nest in themselves: a second one says that the first was left open.
static const char *const items[] = {"item", "entry", NULL};
// Elements of one line of text, and those that end them when their end tag is missing.
static const char *const lines[] = {"title", "link", "guid", "pubDate", "category", NULL};
static const char *const after_lines[] = {
    "title",   "link",       "guid",      "pubDate", "category",        "description",
    "author",  "comments",   "enclosure", "item",    "content:encoded", "entry",
    "dc:date", "dc:creator", "updated",   "summary", "content",         NULL};
// HTML elements without an end tag ("link" and "source" are something else in feeds).
static const char *const empties[] = {"br", "hr", "img", "input", "wbr", "area", "embed", NULL};

static char at(const repair *r, size_t i)
{
    return i < r->in.n ? r->in.p[i] : '\0';
}

static bool starts(const repair *r, nx_str s)
{
    nx_str rest = nx_str_skip(r->in, r->i);
    return nx_str_starts_nocase(rest, s);
}

static bool name_start(char c)
{
    return nx_is_alpha(c) || c == '_';
}

static bool name_char(char c)
{
    return name_start(c) || nx_is_digit(c) || c == '-' || c == '.' || c == ':';
}

// The XML name at i; empty when there is none. It is asked for at each byte of what is none.
static nx_str name_at(const repair *r, size_t i)
{
    size_t end = i;
    if (name_start(at(r, i))) {
        while (end - i <= NAME_MAX_BYTES && name_char(at(r, end))) {
            end++;
        }
    }
    return nx_str_make(r->in.p + i, end - i <= NAME_MAX_BYTES ? end - i : 0);
}

// Where the next of what begins at or after from; the end of the input when there is none.
static size_t find(repair *r, ahead what, size_t from)
{
    static const nx_str texts[AHEADS] = {
        [GT] = {">", 1},          [QUOTE] = {"\"", 1},
        [APOSTROPHE] = {"'", 1},  [COMMENT_END] = {"-->", 3},
        [CDATA_END] = {"]]>", 3}, [PI_END] = {"?>", 2},
        [ITEM] = {"</item>", 7},  [ENTRY] = {"</entry>", 8},
    };
    size_t found = r->missing[what] ? SIZE_MAX : nx_str_find_nocase(r->in, texts[what], from);
    r->missing[what] = found == SIZE_MAX;
    return found != SIZE_MAX ? found : r->in.n;
}

// Moves past the next of what (n bytes); when there is none, past the start of it only.
static void skip_past(repair *r, ahead what, size_t n, size_t start)
{
    size_t found = find(r, what, r->i + start);
    r->i = found < r->in.n ? found + n : r->i + start;
}

static bool is_xml_char(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xd800) ||
           (c >= 0xe000 && c <= 0x10ffff && c != 0xfffe && c != 0xffff);
}

static void add_char(repair *r, uint32_t c)
{
    switch (c) {
    case '<': nx_buf_addz(r->out, "&lt;"); break;
    case '>': nx_buf_addz(r->out, "&gt;"); break;
    case '&': nx_buf_addz(r->out, "&amp;"); break;
    case '"': nx_buf_addz(r->out, "&quot;"); break;
    default:
        if (is_xml_char(c)) {
            nx_utf8_add(r->out, c);
        }
    }
}

// Value of "#123;" or "#x1F;" after the '&' at i; *end is where it ends. 0: not one.
static uint32_t numeric_entity(const repair *r, size_t i, size_t *end)
{
    bool hex = at(r, i + 2) == 'x' || at(r, i + 2) == 'X';
    uint32_t base = hex ? 16 : 10, value = 0;
    size_t digits = 0;
    for (i += hex ? 3 : 2; digits < 8; i++, digits++) {
        char c = nx_lower(at(r, i));
        uint32_t digit = nx_is_digit(c)                ? (uint32_t)(c - '0')
                         : hex && c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                                                       : base;
        if (digit >= base) {
            break;
        }
        value = value * base + digit;
    }
    *end = i + (at(r, i) == ';');
    return digits > 0 && is_xml_char(value) ? value : 0;
}

// The character of the entity at i, or '&' itself when it is only an ampersand.
static uint32_t entity(const repair *r, size_t i, size_t *end)
{
    *end = i + 1;
    if (at(r, i + 1) == '#') {
        size_t after;
        uint32_t c = numeric_entity(r, i, &after);
        *end = c != 0 ? after : i + 1;
        return c != 0 ? c : '&';
    }
    nx_str name = name_at(r, i + 1);
    if (name.n == 0 || at(r, i + 1 + name.n) != ';') {
        return '&';
    }
    uint32_t c = nx_str_eq(name, NX_STR("apos")) ? '\'' : nx_html_entity(name);
    *end = c != 0 ? i + name.n + 2 : i + 1;
    return c != 0 ? c : '&';
}

// Adds in[i, end) as text; entities are known unless raw.
static void add_text(repair *r, size_t i, size_t end, bool raw)
{
    while (i < end && !r->out->failed) {
        uint32_t c;
        if (r->in.p[i] == '&' && !raw) {
            c = entity(r, i, &i);
        } else {
            c = nx_utf8_decode(r->in, i, &i, NULL);
        }
        add_char(r, c);
    }
}

static void close_top(repair *r)
{
    nx_buf_addz(r->out, "</");
    nx_buf_adds(r->out, r->open[--r->depth]);
    nx_buf_addc(r->out, '>');
}

// Closes elements until the innermost open one of that name is closed; nothing when none is open.
// The root stays open to the end, so that what follows it has a place.
static void close_named(repair *r, nx_str name)
{
    size_t d = r->depth;
    while (d > 1 && !nx_str_eq_nocase(r->open[d - 1], name)) {
        d--;
    }
    while (d > 1 && r->depth >= d) {
        close_top(r);
    }
}

static void end_tag(repair *r)
{
    nx_str name = name_at(r, r->i + 2);
    r->i += 2 + name.n;
    while (r->i < r->in.n && at(r, r->i) != '>' && at(r, r->i) != '<') {
        r->i++;
    }
    r->i += at(r, r->i) == '>';
    close_named(r, name);
}

// Where the attribute value at r->i ends; moves past its closing quote.
static void attribute_value(repair *r)
{
    char quote = at(r, r->i);
    size_t start = r->i, end;
    if (quote == '"' || quote == '\'') {
        start++;
        end = find(r, quote == '"' ? QUOTE : APOSTROPHE, start);
        end = end < r->in.n ? end : find(r, GT, start);
        r->i = end + (at(r, end) == quote);
    } else {
        for (end = start; end < r->in.n && !nx_is_space(r->in.p[end]); end++) {
            if (r->in.p[end] == '>' || r->in.p[end] == '<') {
                break;
            }
        }
        r->i = end;
    }
    add_text(r, start, end, false);
}

// Copies the attributes after an element's name; true when the tag ends with "/>".
static bool attributes(repair *r)
{
    nx_str seen[ATTRS_MAX];
    size_t count = 0;
    bool slash = false;
    while (r->i < r->in.n && at(r, r->i) != '>' && at(r, r->i) != '<') {
        nx_str name = name_at(r, r->i);
        if (name.n == 0) {
            slash = at(r, r->i) == '/';
            r->i++;
            continue;
        }
        slash = false;
        bool keep = count < ATTRS_MAX;
        for (size_t k = 0; k < count; k++) {
            keep = keep && !nx_str_eq(seen[k], name);
        }
        size_t before = r->out->len;
        nx_buf_addc(r->out, ' ');
        nx_buf_adds(r->out, name);
        nx_buf_addz(r->out, "=\"");
        r->i += name.n;
        while (nx_is_space(at(r, r->i))) {
            r->i++;
        }
        if (at(r, r->i) == '=') {
            do {
                r->i++;
            } while (nx_is_space(at(r, r->i)));
            attribute_value(r);
        }
        nx_buf_addc(r->out, '"');
        if (keep) {
            seen[count++] = name;
        } else if (!r->out->failed) {
            nx_buf_truncate(r->out, before);
        }
    }
    r->i += at(r, r->i) == '>';
    return slash;
}

static void start_tag(repair *r, nx_str name)
{
    if (nx_str_in_nocase(name, items)) {
        close_named(r, name);
    }
    if (r->depth > 1 && nx_str_in_nocase(r->open[r->depth - 1], lines) &&
        nx_str_in_nocase(name, after_lines)) {
        close_top(r);
    }
    size_t before = r->out->len;
    nx_buf_addc(r->out, '<');
    nx_buf_adds(r->out, name);
    r->i += 1 + name.n;
    bool empty = attributes(r) || nx_str_in_nocase(name, empties);
    bool root = r->depth == 0;
    if (r->depth == OPEN_MAX) { // too deep: its content goes to the element around it
        if (!r->out->failed) {
            nx_buf_truncate(r->out, before);
        }
    } else if (empty && !root) {
        nx_buf_addz(r->out, "/>");
    } else {
        nx_buf_addc(r->out, '>');
        r->open[r->depth++] = name;
    }
}

static void cdata(repair *r)
{
    size_t start = r->i + sizeof "<![CDATA[" - 1;
    size_t end = find(r, CDATA_END, start);
    size_t after = end + 3;
    if (end == r->in.n) { // never closed: ends with its item, or with the document
        end = find(r, ITEM, start);
        after = end = end < r->in.n ? end : find(r, ENTRY, start);
    }
    if (r->depth > 0) {
        add_text(r, start, end, true);
    }
    r->i = after;
}

// "<!DOCTYPE ... [ ... ]>" and other declarations.
static void declaration(repair *r)
{
    size_t end = r->i;
    bool subset = false;
    for (char c; end < r->in.n && ((c = r->in.p[end]) != '>' || subset); end++) {
        subset = c == '[' || (subset && c != ']');
    }
    r->i = end < r->in.n ? end + 1 : r->in.n;
}

// The '<' at the current place and whatever it begins.
static void markup(repair *r)
{
    nx_str name = name_at(r, r->i + 1);
    if (name.n > 0) {
        start_tag(r, name);
    } else if (at(r, r->i + 1) == '/') {
        end_tag(r);
    } else if (starts(r, NX_STR("<!--"))) {
        skip_past(r, COMMENT_END, 3, 4);
    } else if (starts(r, NX_STR("<![CDATA["))) {
        cdata(r);
    } else if (starts(r, NX_STR("<!DOCTYPE"))) {
        declaration(r);
    } else if (at(r, r->i + 1) == '?') {
        skip_past(r, PI_END, 2, 2);
    } else {
        if (r->depth > 0) {
            add_char(r, '<');
        }
        r->i++;
    }
}

void nx_xml_repair(nx_str text, nx_buf *out)
{
    repair r = {.in = text, .out = out};
    nx_str prologue = nx_str_make(text.p, text.n < PROLOGUE_MAX ? text.n : PROLOGUE_MAX);
    size_t declared = nx_str_find_nocase(prologue, NX_STR("<?xml "), 0);
    r.i = declared != SIZE_MAX ? declared : 0;
    while (r.i < text.n && !out->failed) {
        const char *next = memchr(text.p + r.i, '<', text.n - r.i);
        size_t end = next != NULL ? (size_t)(next - text.p) : text.n;
        if (r.depth > 0) {
            add_text(&r, r.i, end, false);
        }
        r.i = end;
        if (next != NULL) {
            markup(&r);
        }
    }
    while (r.depth > 0) {
        close_top(&r);
    }
}
