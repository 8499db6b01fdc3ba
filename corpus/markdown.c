// markdown.c: a Markdown file as site generators keep articles: facts in front (YAML between lines
// of "---", or TOML between "+++"), the text behind them. nx_read_markdown.
//
// Of YAML and TOML only what front matter has is read: names with a value, a list, or a text over
// several lines. What is more than that is left out. Must not know: Markdown's own markup
// (markdown_text.h).
#include "corpus/attribute.h"
#include "corpus/fields.h"
#include "corpus/markdown_text.h"
#include "corpus/reader.h"

typedef struct front {
    nx_article *a;
    const nx_corpus_options *options;
    nx_role role;  // of the name whose value goes on over lines; NX_ROLE_NONE: of none
    nx_buf folded; // that value, when it is a text
    bool draft;
} front;

static nx_str from(nx_str s, size_t at)
{
    return nx_str_trim(nx_str_skip(s, at));
}

static nx_str unquote(nx_str s)
{
    bool quoted = s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];
    return quoted ? nx_str_make(s.p + 1, s.n - 2) : s;
}

// One scalar, with the escapes that quotes bring: "\"" and "''".
static nx_status apply(front *f, nx_role role, nx_str value, nx_error *err)
{
    bool several = role == NX_ROLE_AUTHOR || role == NX_ROLE_KEYWORDS;
    nx_str inner = unquote(value);
    if (role == NX_ROLE_NONE || role == NX_ROLE_BODY || inner.n == 0 ||
        (!several && nx_field_is_set(f->a, role))) {
        return NX_OK;
    }
    char quote = inner.n < value.n ? value.p[0] : '\0', escape = quote == '"' ? '\\' : quote;
    nx_buf text;
    nx_buf_init(&text, inner.n + 1);
    for (size_t i = 0; i < inner.n; i++) {
        bool escaped = quote != '\0' && inner.p[i] == escape && i + 1 < inner.n &&
                       (inner.p[i + 1] == quote || inner.p[i + 1] == escape);
        i += escaped;
        nx_buf_addc(&text, inner.p[i]);
    }
    nx_status st = nx_buf_check(&text, "front matter", err);
    st = st == NX_OK ? nx_field_apply(f->a, role, nx_buf_str(&text), f->options, err) : st;
    nx_buf_release(&text);
    return st;
}

// A value on the line of its name: a scalar or "[a, b]".
static nx_status apply_line(front *f, nx_role role, nx_str value, nx_error *err)
{
    if (value.n < 2 || value.p[0] != '[' || value.p[value.n - 1] != ']') {
        return apply(f, role, value, err);
    }
    nx_status st = NX_OK;
    char quote = '\0';
    size_t start = 1;
    for (size_t i = 1; i < value.n && st == NX_OK; i++) {
        char c = value.p[i];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == ',' || i + 1 == value.n) {
            st = apply(f, role, nx_str_trim(nx_str_make(value.p + start, i - start)), err);
            start = i + 1;
        }
    }
    return st;
}

static nx_status end_folded(front *f, nx_error *err)
{
    nx_status st = nx_buf_check(&f->folded, "front matter", err);
    if (st == NX_OK && f->folded.len > 0) {
        st = apply(f, f->role, nx_buf_str(&f->folded), err);
    }
    nx_buf_clear(&f->folded);
    return st;
}

// A line that belongs to the name before it: "- item", "- name: item", "name: item", or text.
static nx_status take_further(front *f, nx_str line, nx_error *err)
{
    bool item = nx_str_starts(line, NX_STR("- "));
    if (item) {
        line = from(line, 2);
    }
    if (nx_str_starts(line, NX_STR("name:"))) {
        return apply(f, f->role, from(line, 5), err);
    }
    if (item) {
        return apply(f, f->role, line, err);
    }
    size_t colon = nx_str_find(line, NX_STR(": "), 0), space = nx_str_find(line, NX_STR(" "), 0);
    if (colon == SIZE_MAX || space < colon) { // not another name of a nested table
        nx_buf_addz(&f->folded, f->folded.len > 0 ? " " : "");
        nx_buf_adds(&f->folded, line);
    }
    return NX_OK;
}

static nx_status take_line(front *f, nx_str line, char separator, nx_error *err)
{
    nx_str bare = nx_str_trim(line);
    if (bare.n == 0 || bare.p[0] == '#') {
        return NX_OK;
    }
    if (nx_is_space(line.p[0]) || line.p[0] == '-') {
        return take_further(f, bare, err);
    }
    nx_status st = end_folded(f, err);
    const char *at = memchr(bare.p, separator, bare.n);
    f->role = NX_ROLE_NONE;
    if (at == NULL || bare.p[0] == '[') {
        return st;
    }
    nx_str key = unquote(nx_str_trim(nx_str_make(bare.p, (size_t)(at - bare.p))));
    nx_str value = from(bare, (size_t)(at - bare.p) + 1);
    unsigned rank;
    f->role = nx_field_role(key, &rank);
    f->draft = f->draft || (nx_str_eq(key, NX_STR("draft")) && nx_str_eq(value, NX_STR("true"))) ||
               (nx_str_eq(key, NX_STR("published")) && nx_str_eq(value, NX_STR("false")));
    bool block = value.n > 0 && value.n <= 2 && (value.p[0] == '>' || value.p[0] == '|');
    return st != NX_OK || block ? st : apply_line(f, f->role, value, err);
}

// Reads the facts in front of text, if there are any, and returns what is behind them.
static nx_status read_front(front *f, nx_str text, nx_str *behind, nx_error *err)
{
    size_t at = 0;
    nx_str fence = text.n > 0 ? nx_str_line(text, 0, &at) : text;
    bool toml = nx_str_eq(fence, NX_STR("+++"));
    *behind = text;
    if (!toml && !nx_str_eq(fence, NX_STR("---"))) {
        return NX_OK;
    }
    nx_status st = NX_OK;
    while (at < text.n && st == NX_OK) {
        nx_str line = nx_str_line(text, at, &at);
        if (nx_str_eq(line, fence) || nx_str_eq(line, NX_STR("..."))) {
            *behind = nx_str_skip(text, at);
            break;
        }
        st = take_line(f, line, toml ? '=' : ':', err);
    }
    return st == NX_OK ? end_folded(f, err) : st;
}

// Site generators take the day from "2019-03-26-storm.md" when the facts do not tell it.
static void date_from_name(const nx_record *r, nx_article *a)
{
    nx_str path = r->member.p != NULL ? r->member : r->file;
    size_t base = path.n;
    while (base > 0 && path.p[base - 1] != '/' && path.p[base - 1] != '!') {
        base--;
    }
    nx_str name = nx_str_make(path.p + base, path.n - base < 11 ? path.n - base : 11);
    bool dated = name.n == 11 && nx_is_digit(name.p[0]) && name.p[10] == '-';
    if (dated) {
        nx_when_set(&a->published, nx_str_make(name.p, 10), 0, NX_FROM_FILE);
    }
}

nx_status nx_read_markdown(const nx_record *r, const nx_corpus_options *options,
                           const nx_article_sink *sink, nx_error *err)
{
    const nx_str mark = {"\xef\xbb\xbf", 3};
    nx_str text = r->bytes, heading = NX_STR_NONE;
    if (nx_str_starts(text, mark)) {
        text = nx_str_skip(text, mark.n);
    }
    front f = {.a = nx_article_for(r), .options = options};
    if (f.a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf body;
    nx_buf_init(&f.folded, text.n + 1);
    nx_buf_init(&body, options->limits.record_bytes);
    nx_status st = read_front(&f, text, &text, err);
    if (st == NX_OK) {
        st = nx_markdown_text(text, &heading, &body, err);
    }
    if (st == NX_OK) {
        nx_article_set(f.a, &f.a->title, heading, NX_FROM_TEXT);
        date_from_name(r, f.a);
        nx_article_set_body(f.a, nx_buf_str(&body));
    }
    nx_buf_release(&body);
    nx_buf_release(&f.folded);
    if (st != NX_OK || f.draft) {
        nx_article_free(f.a);
        return st == NX_OK ? nx_record_skip(r, sink, NX_OK, "not published", err, "a draft") : st;
    }
    return nx_article_finish(f.a, r, options, sink, err);
}
