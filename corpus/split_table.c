// split_table.c: CSV and TSV into one record a row, with the names of the columns.
//
// A header is recognised, not assumed: exports without one exist. Columns whose names say nothing
// are told by what they hold, where only one reading is possible.
#include "corpus/fields.h"
#include "corpus/reading.h"

#include <stdio.h>

enum {
    COLUMNS_MAX = 256,
    ROWS_STUDIED = 40,
    HEADER_CELL_MAX = 100, // bytes; longer cells are data
    PROSE_MIN = 200,       // mean bytes of a column of bodies
    TITLE_MIN = 15,
    TITLE_MAX = 200,
};

// What the cells of a column look like, over the first rows.
typedef struct column {
    size_t cells, bytes, addresses, spaced;
} column;

typedef struct study {
    column columns[COLUMNS_MAX];
    size_t count;
    nx_buf names; // tab-separated
    bool has_header;
    bool has_text; // some column holds a body, a title or a summary
    bool several;  // more than one could be the body
} study;

static bool is_text_role(nx_role role)
{
    return role == NX_ROLE_BODY || role == NX_ROLE_TITLE || role == NX_ROLE_SUMMARY;
}

// The first row as names: known ones, or at least cells that are short and no addresses.
static void study_header(study *s, nx_str row, nx_table_form form)
{
    size_t at = 0, known = 0;
    bool plausible = true, quoted;
    nx_str cell;
    while (s->count < COLUMNS_MAX && nx_table_slice(row, form, &at, &cell, &quoted)) {
        nx_str name = nx_str_trim(cell);
        unsigned rank;
        known += nx_field_role(name, &rank) != NX_ROLE_NONE;
        plausible = plausible && name.n <= HEADER_CELL_MAX && !nx_str_starts(name, NX_STR("http"));
        nx_buf_addz(&s->names, s->count > 0 ? "\t" : "");
        for (size_t i = 0; i < name.n; i++) {
            nx_buf_addc(&s->names, nx_is_space(name.p[i]) ? ' ' : name.p[i]);
        }
        s->count++;
    }
    s->has_header = plausible || known >= 2;
}

static void study_row(study *s, nx_str row, nx_table_form form)
{
    size_t at = 0;
    nx_str cell;
    bool quoted;
    for (size_t i = 0; i < COLUMNS_MAX && nx_table_slice(row, form, &at, &cell, &quoted); i++) {
        nx_str text = nx_str_trim(cell);
        column *c = &s->columns[i];
        c->cells++;
        c->bytes += text.n;
        c->addresses += nx_str_starts(text, NX_STR("http"));
        c->spaced += memchr(text.p, ' ', text.n) != NULL;
        s->count = i + 1 > s->count ? i + 1 : s->count;
    }
}

// The one column that can be nothing but bodies, by length; SIZE_MAX when several could.
static size_t find_body(study *s)
{
    size_t best = SIZE_MAX, most = 0, second = 0;
    for (size_t i = 0; i < s->count; i++) {
        const column *c = &s->columns[i];
        size_t mean = c->cells > 0 && c->spaced * 2 > c->cells ? c->bytes / c->cells : 0;
        if (mean > most) {
            second = most;
            most = mean;
            best = i;
        } else if (mean > second) {
            second = mean;
        }
    }
    s->several = second * 2 >= PROSE_MIN;
    return most >= PROSE_MIN && most / 3 >= second ? best : SIZE_MAX;
}

static bool is_title(const column *c)
{
    size_t mean = c->cells > 0 ? c->bytes / c->cells : 0;
    return mean >= TITLE_MIN && mean <= TITLE_MAX && c->spaced * 10 >= c->cells * 9;
}

// Names for columns that have none that we know, in the order of their places.
static void name_by_content(study *s)
{
    nx_buf old = s->names;
    nx_buf_init(&s->names, old.max);
    size_t body = find_body(s), from = 0;
    bool title_found = false;
    for (size_t i = 0; i < s->count; i++) {
        const column *c = &s->columns[i];
        const char *tab = from < old.len ? memchr(old.data + from, '\t', old.len - from) : NULL;
        size_t end = tab != NULL ? (size_t)(tab - old.data) : old.len;
        const char *name = "";
        if (body == SIZE_MAX) {
            name = "";
        } else if (i == body) {
            name = "text";
        } else if (c->addresses * 2 > c->cells) {
            name = "url";
        } else if (!title_found && is_title(c)) {
            name = "title";
            title_found = true;
        } else if (!s->has_header && i == 0) {
            name = "label"; // what stands before a text in a data set without a header
        }
        nx_buf_addz(&s->names, i > 0 ? "\t" : "");
        if (name[0] != '\0') {
            nx_buf_addz(&s->names, name);
        } else if (s->has_header && from < old.len) {
            nx_buf_add(&s->names, old.data + from, end - from);
        }
        from = end + 1;
    }
    s->has_text = body != SIZE_MAX;
    s->names.failed = s->names.failed || old.failed;
    nx_buf_release(&old);
}

static bool has_text_column(nx_str names, const nx_corpus_options *options)
{
    for (size_t i = 0; i < options->field_count; i++) {
        if (is_text_role(nx_role_by_name(options->fields[i].ours))) {
            return true;
        }
    }
    while (names.n > 0) {
        const char *tab = memchr(names.p, '\t', names.n);
        size_t n = tab != NULL ? (size_t)(tab - names.p) : names.n;
        unsigned rank;
        if (is_text_role(nx_field_role(nx_str_make(names.p, n), &rank))) {
            return true;
        }
        n += tab != NULL;
        names = nx_str_skip(names, n);
    }
    return false;
}

// Looks at the first rows in view (nothing is consumed).
static void study_table(study *s, nx_str view, bool whole, nx_table_form form,
                        const nx_corpus_options *options)
{
    for (size_t rows = 0; rows < ROWS_STUDIED && view.n > 0; rows++) {
        size_t n = nx_table_row(view, form, whole);
        if (n == SIZE_MAX) {
            break;
        }
        nx_str row = nx_str_make(view.p, n);
        view = nx_str_skip(view, n);
        if (rows == 0) {
            study_header(s, row, form);
        }
        if (rows > 0 || !s->has_header) {
            study_row(s, row, form);
        }
    }
    s->has_text = s->has_header && has_text_column(nx_buf_str(&s->names), options);
    if (!s->has_text) {
        name_by_content(s);
    }
}

static nx_status skip_table(nx_stream *t, const study *s, nx_error *err)
{
    char text[300];
    size_t n = 0;
    const char *lead = s->several
                           ? "more than one column could be the text; name one with --field: "
                           : "no column holds an article; name one with --field: ";
    n = strlen(lead);
    memcpy(text, lead, n);
    for (size_t i = 0; i < s->names.len && n + 3 < sizeof text; i++) {
        char c = s->names.data[i];
        text[n++] = c == '\t' ? ',' : c;
    }
    text[n] = '\0';
    return nx_stream_skip(t, t->source->pos, false, NX_OK,
                          s->several ? "several text columns" : "no text column", text, err);
}

static uint64_t count_lines(nx_str s)
{
    uint64_t lines = 0;
    for (const char *p = s.p; (p = memchr(p, '\n', (size_t)(s.p + s.n - p))) != NULL; p++) {
        lines++;
    }
    return lines;
}

// The next row, fully read; *n == 0: the end. *fits: it may be a record; otherwise *n is SIZE_MAX
// when its end was not seen.
static nx_status next_row(nx_stream *t, nx_table_form form, size_t *n, bool *fits, nx_error *err)
{
    size_t max = t->reading->options->limits.record_bytes;
    for (;;) {
        nx_str view = nx_source_view(t->source);
        *n = view.n > 0 ? nx_table_row(view, form, t->source->ended) : SIZE_MAX;
        *fits = *n <= max;
        if (*fits || view.n > max) {
            return NX_OK;
        }
        if (view.n == 0 && t->source->ended) {
            *n = 0;
            *fits = true;
            return NX_OK;
        }
        nx_status st = nx_source_fill(t->source, view.n > 0 ? view.n * 2 : 1, err);
        if (st != NX_OK) {
            return st;
        }
    }
}

// Passes over a row that is too large: the next one begins behind it, or at the next line when its
// end was not seen. *lines: those it took.
static nx_status drop_row(nx_stream *t, const nx_record_facts *facts, size_t n, uint64_t *lines,
                          nx_error *err)
{
    char text[80];
    size_t max = t->reading->options->limits.record_bytes, used;
    nx_str line;
    *lines = 1;
    if (n != SIZE_MAX) {
        *lines = count_lines(nx_str_make(nx_source_view(t->source).p, n));
        nx_source_take(t->source, n);
    } else {
        nx_status st = nx_stream_line(t, max, &line, &used, err);
        if (st != NX_OK && st != NX_ELIMIT) {
            return st;
        }
        nx_source_take(t->source, st == NX_OK ? used : 0);
    }
    (void)snprintf(text, sizeof text, "a row is larger than %zu bytes", max);
    return nx_stream_skip(t, facts->offset, facts->offset_is_line, NX_ELIMIT, "record too large",
                          text, err);
}

static nx_status split_rows(nx_stream *t, const study *s, nx_table_form form, uint64_t line,
                            nx_error *err)
{
    nx_record_facts facts = {.format = NX_FORMAT_CSV,
                             .offset = line,
                             .offset_is_line = t->source->pos == 0,
                             .columns = nx_buf_str(&s->names),
                             .delimiter = form.delimiter,
                             .quote = form.quote};
    for (uint64_t row = 0;; row++) {
        size_t n;
        uint64_t lines;
        bool fits;
        nx_status st = next_row(t, form, &n, &fits, err);
        if (st != NX_OK || n == 0) {
            return st;
        }
        if (!facts.offset_is_line) {
            facts.offset = t->source->pos;
        }
        if (!fits) {
            st = drop_row(t, &facts, n, &lines, err);
            if (st != NX_OK) {
                return st;
            }
            facts.offset += facts.offset_is_line ? lines : 0;
            continue;
        }
        nx_str bytes = nx_str_make(nx_source_view(t->source).p, n);
        lines = count_lines(bytes);
        if ((row > 0 || !s->has_header) && nx_str_trim(bytes).n > 0) {
            st = nx_stream_emit(t, bytes, &facts, err);
        }
        if (st != NX_OK) {
            return st;
        }
        nx_source_take(t->source, n);
        facts.offset += facts.offset_is_line ? lines : 0;
    }
}

// "sep=;" in front of the header, as spreadsheet programs understand it. Bytes of that line.
static size_t separator_line(nx_str head)
{
    size_t end = nx_str_find(head, NX_STR("\n"), 0);
    bool there = end != SIZE_MAX && nx_str_starts_nocase(head, NX_STR("sep=")) &&
                 nx_str_trim(nx_str_make(head.p, end)).n <= sizeof "sep=;" - 1;
    return there ? end + 1 : 0;
}

// The first bytes of t, to learn from; the mark and a line about the separator stay in front.
static nx_str first_bytes(nx_stream *t, size_t front, bool *whole)
{
    nx_str head = nx_source_view(t->source);
    head = nx_str_skip(head, front);
    head.n = head.n > NX_SNIFF_BYTES ? NX_SNIFF_BYTES : head.n;
    *whole = t->source->ended && head.n < NX_SNIFF_BYTES;
    return head;
}

static nx_status split_behind(nx_stream *t, size_t front, uint64_t line, nx_table_form form,
                              nx_error *err)
{
    bool whole;
    nx_str head = first_bytes(t, front, &whole);
    study s = {.count = 0};
    nx_buf_init(&s.names, NX_SNIFF_BYTES);
    study_table(&s, head, whole, form, t->reading->options);
    nx_status st = nx_buf_check(&s.names, "column names", err);
    if (st != NX_OK) {
        t->reading->stop = st == NX_ENOMEM ? st : NX_OK;
    } else if (!s.has_text) {
        st = skip_table(t, &s, err);
    } else {
        uint64_t start = t->source->pos;
        nx_source_take(t->source, front);
        t->source->pos = start; // the mark does not count as a place
        st = split_rows(t, &s, form, line, err);
    }
    nx_buf_release(&s.names);
    return st;
}

nx_status nx_split_table_as(nx_stream *t, nx_table_form form, uint64_t line, nx_error *err)
{
    nx_status st = nx_source_peek(t->source, NX_SNIFF_BYTES, err);
    return st == NX_OK ? split_behind(t, 0, line, form, err) : st;
}

nx_status nx_split_table(nx_stream *t, nx_format format, nx_error *err)
{
    (void)format;
    nx_status st = nx_source_peek(t->source, NX_SNIFF_BYTES, err);
    if (st != NX_OK) {
        return st;
    }
    nx_str view = nx_source_view(t->source);
    size_t mark = nx_str_starts(view, NX_STR("\xef\xbb\xbf")) ? 3 : 0;
    size_t told = separator_line(nx_str_skip(view, mark));
    bool whole;
    nx_str head = first_bytes(t, mark + told, &whole);
    nx_table_form form;
    (void)nx_sniff_table(head, whole, true, &form); // it is a table, as sniffed or as told
    return split_behind(t, mark + told, told > 0 ? 2 : 1, form, err);
}
