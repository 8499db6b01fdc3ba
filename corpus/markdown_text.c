// markdown_text.c: see markdown_text.h. Lines are gathered into paragraphs, then each paragraph
// loses its inline markup.
#include "corpus/markdown_text.h"

#include "corpus/fields.h"

enum {
    LINK_MAX = 2048, // bytes of a link's text, and of its address
    CODE_MAX = 400,  // of a short code, and of a footnote's mark
};

// ---- inline markup

static bool is_word(char c)
{
    return nx_is_alpha(c) || nx_is_digit(c) || (unsigned char)c >= 0x80;
}

// The offset of the bracket that closes the one at s.p[at]; SIZE_MAX: none near.
static size_t closing(nx_str s, size_t at, char open, char close)
{
    size_t depth = 0, limit = s.n - at > LINK_MAX ? at + LINK_MAX : s.n;
    if (memchr(s.p + at, close, limit - at) == NULL) {
        return SIZE_MAX; // the usual case of brackets that are no link
    }
    for (size_t i = at; i < limit; i++) {
        if (s.p[i] == '\\') {
            i++;
        } else if (s.p[i] == open) {
            depth++;
        } else if (s.p[i] == close && --depth == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

// A link or picture whose text's bracket stands at s.p[at]. *text_end: where its text ends; the
// result is where all of it does, or SIZE_MAX.
static size_t link_end(nx_str s, size_t at, size_t *text_end)
{
    *text_end = closing(s, at, '[', ']');
    if (*text_end == SIZE_MAX) {
        return SIZE_MAX;
    }
    size_t next = *text_end + 1;
    char open = next < s.n ? s.p[next] : '\0';
    if (open != '(' && open != '[') {
        return SIZE_MAX;
    }
    size_t end = closing(s, next, open, open == '(' ? ')' : ']');
    return end != SIZE_MAX ? end + 1 : SIZE_MAX;
}

// Bytes at s.p[i] that say nothing: a picture, a footnote's mark, a short code, code's own marks.
static size_t silent(nx_str s, size_t i)
{
    nx_str rest = nx_str_make(s.p + i, s.n - i < CODE_MAX ? s.n - i : CODE_MAX);
    size_t end, text_end;
    switch (s.p[i]) {
    case '!':
        end = i + 1 < s.n && s.p[i + 1] == '[' ? link_end(s, i + 1, &text_end) : SIZE_MAX;
        return end != SIZE_MAX ? end - i : 0;
    case '[':
        end = nx_str_starts(rest, NX_STR("[^")) ? nx_str_find(rest, NX_STR("]"), 0) : SIZE_MAX;
        return end < 40 ? end + 1 : 0;
    case '{':
        end = nx_str_starts(rest, NX_STR("{{"))   ? nx_str_find(rest, NX_STR("}}"), 0)
              : nx_str_starts(rest, NX_STR("{%")) ? nx_str_find(rest, NX_STR("%}"), 0)
                                                  : SIZE_MAX;
        return end != SIZE_MAX ? end + 2 : 0;
    case '`': return 1;
    case '~': return nx_str_starts(rest, NX_STR("~~")) ? 2 : 0;
    default: return 0;
    }
}

// Bytes of the run of stars or underscores at s.p[i]; *emphasis: it says nothing but that.
static size_t run_at(nx_str s, size_t i, bool *emphasis)
{
    size_t end = i;
    while (end < s.n && s.p[end] == s.p[i]) {
        end++;
    }
    char before = i > 0 ? s.p[i - 1] : ' ', after = end < s.n ? s.p[end] : ' ';
    *emphasis = s.p[i] == '*' ? !nx_is_space(before) || !nx_is_space(after)
                              : is_word(before) != is_word(after);
    return end - i;
}

static void add_inline(nx_str s, nx_buf *out)
{
    size_t text_end = SIZE_MAX, after = 0; // of the link that is open
    for (size_t i = 0; i < s.n;) {
        char c = s.p[i];
        if (i == text_end) {
            i = after;
            text_end = SIZE_MAX;
            continue;
        }
        if (c == '\\' && i + 1 < s.n && !is_word(s.p[i + 1]) && !nx_is_space(s.p[i + 1])) {
            nx_buf_addc(out, s.p[i + 1]);
            i += 2;
            continue;
        }
        if (c == '*' || c == '_') {
            bool emphasis;
            size_t run = run_at(s, i, &emphasis);
            nx_buf_add(out, s.p + i, emphasis ? 0 : run);
            i += run;
            continue;
        }
        size_t skip = silent(s, i), inner_end;
        if (skip == 0 && c == '[' && text_end == SIZE_MAX) {
            size_t end = link_end(s, i, &inner_end);
            if (end != SIZE_MAX) {
                text_end = inner_end;
                after = end;
                skip = 1;
            }
        }
        if (skip == 0) {
            nx_buf_addc(out, c);
            skip = 1;
        }
        i += skip;
    }
}

// ---- lines

typedef struct gatherer {
    nx_buf paragraph, plain;
    nx_buf *out;
    char fence; // of the code the lines are in; '\0': none
} gatherer;

static nx_status flush(gatherer *g, nx_error *err)
{
    nx_buf_clear(&g->plain);
    add_inline(nx_buf_str(&g->paragraph), &g->plain);
    g->plain.failed = g->plain.failed || g->paragraph.failed;
    nx_buf_clear(&g->paragraph);
    nx_status st = nx_buf_check(&g->plain, "a paragraph", err);
    nx_str plain = nx_str_trim(nx_buf_str(&g->plain));
    if (st == NX_OK && plain.n > 0) {
        st = nx_field_add_prose(plain, g->out, err);
        bool ended = g->out->len > 0 && g->out->data[g->out->len - 1] == '\n';
        nx_buf_addz(g->out, ended ? "" : "\n");
    }
    return st;
}

// A line of nothing but marks: a rule, the underline of a heading, the rule of a table.
static bool is_rule(nx_str line)
{
    for (size_t i = 0; i < line.n; i++) {
        if (memchr("-=_*+|: ", line.p[i], 8) == NULL) {
            return false;
        }
    }
    return line.n >= 2;
}

// Bytes of the mark that makes line a heading or an item of a list; 0: neither.
static size_t mark_of(nx_str line)
{
    size_t i = 0;
    if (line.n > 0 && line.p[0] == '#') {
        while (i < line.n && line.p[i] == '#') {
            i++;
        }
        return i <= 6 && (i == line.n || line.p[i] == ' ') ? i : 0;
    }
    while (i < line.n && i < 9 && nx_is_digit(line.p[i])) {
        i++;
    }
    bool number = i > 0 && i + 1 < line.n && (line.p[i] == '.' || line.p[i] == ')');
    bool bullet = i == 0 && line.n > 1 && memchr("-*+", line.p[0], 3) != NULL;
    return (number || bullet) && line.p[i + 1] == ' ' ? i + 1 : 0;
}

// Lines that speak to the program that makes pages, and addresses of links.
static bool is_aside(nx_str line)
{
    if (nx_str_starts(line, NX_STR("{:")) || nx_str_starts(line, NX_STR(":::"))) {
        return true;
    }
    size_t end = nx_str_starts(line, NX_STR("[")) ? nx_str_find(line, NX_STR("]:"), 0) : SIZE_MAX;
    return end != SIZE_MAX && !nx_str_starts(line, NX_STR("[^"));
}

static bool is_fence(nx_str line, char *fence)
{
    bool found = nx_str_starts(line, NX_STR("```")) || nx_str_starts(line, NX_STR("~~~"));
    *fence = found ? line.p[0] : '\0';
    return found;
}

static nx_status take_line(gatherer *g, nx_str line, nx_error *err)
{
    char fence;
    bool ends = is_fence(line, &fence);
    if (g->fence != '\0' || ends) {
        g->fence = g->fence == '\0' ? fence : g->fence == fence ? '\0' : g->fence;
        return flush(g, err);
    }
    while (line.n > 0 && line.p[0] == '>') {
        line = nx_str_trim(nx_str_skip(line, 1));
    }
    size_t mark = mark_of(line);
    bool heading = mark > 0 && line.p[0] == '#';
    bool row = line.n > 0 && line.p[0] == '|';
    if (line.n == 0 || is_rule(line) || is_aside(line) || mark > 0 || row) {
        nx_status st = flush(g, err);
        if (st != NX_OK || (mark == 0 && !row) || is_rule(line)) {
            return st;
        }
    }
    line = nx_str_trim(nx_str_skip(line, mark));
    while (heading && line.n > 0 && line.p[line.n - 1] == '#') {
        line = nx_str_trim(nx_str_make(line.p, line.n - 1));
    }
    nx_buf_addz(&g->paragraph, g->paragraph.len > 0 ? " " : "");
    for (size_t i = 0; i < line.n; i++) {
        nx_buf_addc(&g->paragraph, row && line.p[i] == '|' ? ' ' : line.p[i]);
    }
    return heading ? flush(g, err) : NX_OK;
}

nx_status nx_markdown_text(nx_str text, nx_str *title, nx_buf *out, nx_error *err)
{
    gatherer g = {.out = out};
    nx_buf_init(&g.paragraph, text.n + 1);
    nx_buf_init(&g.plain, text.n + 1);
    nx_status st = NX_OK;
    bool any = false;
    for (size_t at = 0; at < text.n && st == NX_OK;) {
        nx_str line = nx_str_trim(nx_str_line(text, at, &at));
        if (title != NULL && !any && nx_str_starts(line, NX_STR("# "))) {
            *title = nx_str_trim(nx_str_skip(line, 2));
        } else {
            st = take_line(&g, line, err);
        }
        any = any || line.n > 0;
    }
    st = st == NX_OK ? flush(&g, err) : st;
    nx_buf_release(&g.paragraph);
    nx_buf_release(&g.plain);
    return st == NX_OK ? nx_buf_check(out, "text of Markdown", err) : st;
}
