// conf.c: see conf.h. Lines and sections here; conf_source.c has the keys of a source.
#include "indexer/conf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/opt.h"
#include "indexer/conf_parser.h"

nx_status nx_conf_fail(nx_conf_parser *p, const char *at, const char *fmt, ...)
{
    char text[300];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    size_t column = at != NULL ? (size_t)(at - p->line.p) + 1 : 1;
    return nx_fail(p->err, NX_ECONFIG, "%s:%u:%zu: %s", p->name, p->number, column, text);
}

nx_status nx_conf_absolute(nx_conf_parser *p, nx_str value, const char *at, nx_str *out)
{
    if (value.n > 1 && value.p[0] == '~' && value.p[1] == '/' && p->home != NULL) {
        nx_buf b;
        nx_buf_init(&b, NX_CONF_BYTES);
        nx_buf_addz(&b, p->home);
        nx_buf_add(&b, value.p + 1, value.n - 1);
        nx_status st = nx_buf_check(&b, "a path", p->err);
        *out = nx_arena_copy(p->conf->arena, nx_buf_str(&b));
        nx_buf_release(&b);
        return st == NX_OK ? nx_arena_check(p->conf->arena, "the configuration", p->err) : st;
    }
    if (value.n == 0 || value.p[0] != '/') {
        return nx_conf_fail(p, at, "'%.*s' is not an absolute path", (int)value.n, value.p);
    }
    *out = value;
    return NX_OK;
}

nx_status nx_conf_unknown(nx_conf_parser *p, nx_str given, const char *what,
                          const char *const *names)
{
    char word[64];
    (void)snprintf(word, sizeof word, "%.*s", (int)given.n, given.p);
    const char *near = nx_nearest(word, names);
    return near != NULL
               ? nx_conf_fail(p, given.p, "unknown %s '%s'; did you mean '%s'?", what, word, near)
               : nx_conf_fail(p, given.p, "unknown %s '%s'", what, word);
}

// ---- sections

static nx_status end_section(nx_conf_parser *p)
{
    const unsigned number = p->number;
    p->number = p->section_number; // messages are about the section's line
    p->line = p->section_line;
    nx_status st = NX_OK;
    if (p->index != NULL && p->index->dir.p == NULL) {
        st = nx_conf_fail(p, NULL, "index '%s' has no dir", p->index->name.p);
    } else if (p->source != NULL && p->source->paths.count == 0) {
        st = nx_conf_fail(p, NULL, "source '%s' has no path", p->source->name.p);
    }
    p->number = number;
    p->index = NULL;
    p->source = NULL;
    return st;
}

static nx_status begin_index(nx_conf_parser *p, nx_str name)
{
    nx_conf *c = p->conf;
    if (nx_conf_find_index(c, name) != SIZE_MAX) {
        return nx_conf_fail(p, name.p, "index '%.*s' is there twice", (int)name.n, name.p);
    }
    if (c->index_count == NX_CONF_ITEMS) {
        return nx_conf_fail(p, name.p, "more than %d indexes", NX_CONF_ITEMS);
    }
    p->index = &c->indexes[c->index_count++];
    p->index->name = nx_arena_copy(c->arena, name);
    return nx_arena_check(c->arena, "the configuration", p->err);
}

static nx_status begin_source(nx_conf_parser *p, nx_str name)
{
    nx_conf *c = p->conf;
    for (size_t i = 0; i < c->source_count; i++) {
        if (nx_str_eq(c->sources[i].name, name)) {
            return nx_conf_fail(p, name.p, "source '%.*s' is there twice", (int)name.n, name.p);
        }
    }
    if (c->source_count == NX_CONF_ITEMS) {
        return nx_conf_fail(p, name.p, "more than %d sources", NX_CONF_ITEMS);
    }
    p->source = &c->sources[c->source_count];
    *p->source = (nx_conf_source){
        .name = nx_arena_copy(c->arena, name), .index = SIZE_MAX, .corpus = NX_CORPUS_OPTIONS_INIT};
    p->source->corpus.now_utc = p->now_utc;
    p->given = 0;
    p->wanted = &p->wanted_all[c->source_count++];
    *p->wanted = (nx_conf_wanted){.number = p->number, .column = 1};
    return nx_arena_check(c->arena, "the configuration", p->err);
}

static nx_status parse_section(nx_conf_parser *p, nx_str line)
{
    static const char *const kinds[] = {"index", "source", NULL};
    const nx_str whole = p->line;
    nx_status st = end_section(p);
    if (st != NX_OK) {
        return st;
    }
    p->section_number = p->number;
    p->section_line = whole;
    p->line = whole;
    if (line.p[line.n - 1] != ']') {
        return nx_conf_fail(p, line.p + line.n, "the section is not closed with ']'");
    }
    nx_str inside = nx_str_make(line.p + 1, line.n - 2);
    nx_str kind = nx_str_take_word(&inside);
    nx_str name = nx_str_trim(inside);
    if (!nx_str_eq(kind, NX_STR("index")) && !nx_str_eq(kind, NX_STR("source"))) {
        return nx_conf_unknown(p, kind, "section", kinds);
    }
    if (name.n == 0) {
        return nx_conf_fail(p, line.p, "the %.*s has no name: [%.*s NAME]", (int)kind.n, kind.p,
                            (int)kind.n, kind.p);
    }
    return nx_str_eq(kind, NX_STR("index")) ? begin_index(p, name) : begin_source(p, name);
}

// ---- lines

// What follows '=': bare to the end of the line, or in double quotes.
static nx_status parse_value(nx_conf_parser *p, nx_str raw, nx_str *out)
{
    if (raw.n == 0) {
        return nx_conf_fail(p, raw.p, "the value is missing");
    }
    if (raw.p[0] != '"') {
        *out = nx_arena_copy(p->conf->arena, raw);
        return nx_arena_check(p->conf->arena, "the configuration", p->err);
    }
    nx_buf b;
    nx_buf_init(&b, NX_CONF_BYTES);
    nx_buf_addz(&b, ""); // present, even when empty
    size_t i = 1;
    for (; i < raw.n && raw.p[i] != '"'; i++) {
        i += raw.p[i] == '\\' && i + 1 < raw.n;
        nx_buf_addc(&b, raw.p[i]);
    }
    nx_status st = nx_buf_check(&b, "a value", p->err);
    if (st == NX_OK && i >= raw.n) {
        st = nx_conf_fail(p, raw.p, "the quote is not closed");
    } else if (st == NX_OK && i + 1 != raw.n) {
        st = nx_conf_fail(p, raw.p + i + 1, "text after the closing quote");
    }
    *out = nx_arena_copy(p->conf->arena, nx_buf_str(&b));
    nx_buf_release(&b);
    return st == NX_OK ? nx_arena_check(p->conf->arena, "the configuration", p->err) : st;
}

static nx_status parse_pair(nx_conf_parser *p, nx_str line)
{
    static const char *const index_keys[] = {"dir", NULL};
    size_t eq = nx_str_find(line, NX_STR("="), 0);
    if (eq == SIZE_MAX) {
        return nx_conf_fail(p, line.p, "neither a [section] nor KEY = VALUE");
    }
    nx_str key = nx_str_trim(nx_str_make(line.p, eq));
    nx_str raw = nx_str_skip(line, nx_str_skip_space(line, eq + 1)), value;
    if (p->index == NULL && p->source == NULL) {
        return nx_conf_fail(p, line.p, "before the first [section]");
    }
    nx_status st = parse_value(p, raw, &value);
    if (st != NX_OK) {
        return st;
    }
    if (memchr(value.p, '\0', value.n) != NULL) {
        return nx_conf_fail(p, raw.p, "the value has a NUL byte");
    }
    if (p->source != NULL) {
        return nx_conf_source_key(p, key, value, raw.p);
    }
    if (!nx_str_eq(key, NX_STR("dir"))) {
        return nx_conf_unknown(p, key, "key of an index", index_keys);
    }
    return p->index->dir.p == NULL ? nx_conf_absolute(p, value, raw.p, &p->index->dir)
                                   : nx_conf_fail(p, key.p, "'dir' is there twice");
}

static nx_status parse_lines(nx_conf_parser *p, nx_str text)
{
    nx_status st = NX_OK;
    size_t at = nx_str_starts(text, NX_STR("\xef\xbb\xbf")) ? 3 : 0; // a byte order mark
    while (st == NX_OK && at < text.n) {
        p->number++;
        p->line = nx_str_line(text, at, &at);
        nx_str line = nx_str_trim(p->line);
        if (line.n > 0 && line.p[0] == '[') {
            st = parse_section(p, line);
        } else if (line.n > 0 && line.p[0] != '#' && line.p[0] != ';') {
            st = parse_pair(p, line);
        }
    }
    return st == NX_OK ? end_section(p) : st;
}

// Every source knows its index, which may stand below it in the file.
static nx_status resolve(nx_conf_parser *p)
{
    nx_conf *c = p->conf;
    for (size_t i = 0; i < c->source_count; i++) {
        nx_str name = p->wanted_all[i].index;
        p->number = p->wanted_all[i].number;
        size_t found = name.p != NULL        ? nx_conf_find_index(c, name)
                       : c->index_count == 1 ? 0
                                             : SIZE_MAX;
        if (found == SIZE_MAX) {
            return nx_fail(p->err, NX_ECONFIG, "%s:%u:%zu: %s%s", p->name, p->number,
                           p->wanted_all[i].column,
                           name.p != NULL ? "there is no index "
                                          : "which index? give the source a line index = NAME",
                           name.p != NULL ? name.p : "");
        }
        c->sources[i].index = found;
    }
    return NX_OK;
}

nx_status nx_conf_parse(nx_conf **out, nx_str text, const char *name, const char *home,
                        int64_t now_utc, nx_error *err)
{
    enum { ARENA_BYTES = 16 << 20 };
    *out = NULL;
    nx_conf *c = calloc(1, sizeof *c);
    nx_conf_parser p = {.conf = c, .name = name, .home = home, .now_utc = now_utc, .err = err};
    nx_status st = NX_OK;
    if (c == NULL || (c->arena = nx_arena_new(ARENA_BYTES)) == NULL) {
        st = nx_fail_nomem(err);
        goto done;
    }
    c->indexes = nx_arena_calloc(c->arena, NX_CONF_ITEMS, sizeof *c->indexes);
    c->sources = nx_arena_calloc(c->arena, NX_CONF_ITEMS, sizeof *c->sources);
    p.wanted_all = nx_arena_calloc(c->arena, NX_CONF_ITEMS, sizeof *p.wanted_all);
    st = nx_arena_check(c->arena, "the configuration", err);
    if (st == NX_OK && text.n > NX_CONF_BYTES) {
        st = nx_fail(err, NX_ECONFIG, "%s: larger than 1 MB", name);
    }
    if (st == NX_OK) {
        st = parse_lines(&p, text);
    }
    if (st == NX_OK) {
        st = resolve(&p);
    }
    if (st == NX_OK && c->index_count == 0) {
        st = nx_fail(err, NX_ECONFIG, "%s:1:1: no [index NAME] in it", name);
    }
done:
    if (st != NX_OK) {
        nx_conf_free(c);
    } else {
        *out = c;
    }
    return st;
}

void nx_conf_free(nx_conf *c)
{
    if (c != NULL) {
        nx_arena_free(c->arena);
        free(c);
    }
}

size_t nx_conf_find_index(const nx_conf *c, nx_str name)
{
    for (size_t i = 0; i < c->index_count; i++) {
        if (nx_str_eq(c->indexes[i].name, name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

void nx_conf_example(nx_buf *out, const char *index_dir)
{
    nx_buf_addz(
        out,
        "# newsdex.conf: what 'newsindex update' reads, and into which index; newsdex.conf(5)\n"
        "# tells every key. Lines that begin with # are comments.\n"
        "\n"
        "[index main]\n"
        "dir = \"");
    for (; *index_dir != '\0'; index_dir++) {
        nx_buf_addz(out, *index_dir == '"' || *index_dir == '\\' ? "\\" : "");
        nx_buf_addc(out, *index_dir);
    }
    nx_buf_addz(
        out, "\"\n"
             "\n"
             "# One section a source. Take the # away and put your own paths in.\n"
             "#\n"
             "#[source saved-pages]\n"
             "#index = main\n"
             "#path = ~/news               # a file, a directory or a pattern; may be repeated\n"
             "#include = *.html            # of the files in it; may be repeated\n"
             "#exclude = */drafts/*\n"
             "#vanished = keep             # or remove: articles of deleted files leave the index\n"
             "#settle = 30s                # leave files alone that changed less long ago\n"
             "#\n"
             "#[source wire]\n"
             "#index = main\n"
             "#path = /srv/wire/*.jsonl\n"
             "#format = jsonl              # default: told by the content\n"
             "#field = title=headline      # our field from theirs; may be repeated\n"
             "#publisher = The Example Wire\n"
             "#language = en\n"
             "#section = World\n"
             "#zone = +01:00               # of dates without one\n");
}
