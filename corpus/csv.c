// csv.c: one row of a table -> an article, by the names of its columns. nx_read_csv.
//
// Must not know: where the row was cut from, or how the columns got their names (split_table.c).
#include "corpus/fields.h"
#include "corpus/reader.h"
#include "corpus/table.h"

enum { CELLS_MAX = 256 };

typedef struct cell {
    nx_role role;
    unsigned rank;
    size_t from, n; // in the buffer of all cells
} cell;

// The role that a user's --field gives the column, before the table of names.
static nx_role role_of(nx_str name, const nx_corpus_options *options, unsigned *rank)
{
    *rank = 0;
    for (size_t i = 0; i < options->field_count; i++) {
        if (nx_str_eq_nocase(options->fields[i].theirs, name)) {
            return nx_role_by_name(options->fields[i].ours);
        }
    }
    nx_role role = nx_field_role(name, rank);
    if (nx_str_eq_nocase(name, NX_STR("data"))) {
        role = NX_ROLE_PUBLISHED; // the date, in several languages; in JSON it holds anything
        *rank = 2;
    }
    *rank += 1;
    return role;
}

static nx_str next_name(nx_str *names)
{
    const char *tab = memchr(names->p, '\t', names->n);
    nx_str name = nx_str_make(names->p, tab != NULL ? (size_t)(tab - names->p) : names->n);
    size_t used = name.n + (tab != NULL);
    *names = nx_str_skip(*names, used);
    return name;
}

// Cells that have a role, ordered by role and rank; their texts are in text.
static size_t gather(const nx_record *r, const nx_corpus_options *options, cell *cells,
                     nx_buf *text)
{
    nx_table_form form = {.delimiter = r->delimiter, .quote = r->quote};
    nx_str names = r->columns.p != NULL ? r->columns : NX_STR("");
    nx_buf one;
    nx_buf_init(&one, r->bytes.n + 1);
    size_t count = 0, at = 0;
    while (count < CELLS_MAX && nx_table_cell(r->bytes, form, &at, &one)) {
        bool last = names.n > 0 && memchr(names.p, '\t', names.n) == NULL;
        cell c = {.from = text->len};
        c.role = role_of(next_name(&names), options, &c.rank);
        nx_buf_adds(text, nx_buf_str(&one));
        text->failed = text->failed || one.failed; // the next cell clears one
        while (last && c.role == NX_ROLE_BODY && nx_table_cell(r->bytes, form, &at, &one)) {
            nx_buf_addc(text, r->delimiter); // a text that was not quoted goes on
            nx_buf_adds(text, nx_buf_str(&one));
            text->failed = text->failed || one.failed;
        }
        c.n = text->len - c.from;
        if (c.role == NX_ROLE_NONE) {
            continue;
        }
        size_t i = count++;
        while (i > 0 && (cells[i - 1].role > c.role ||
                         (cells[i - 1].role == c.role && cells[i - 1].rank > c.rank))) {
            cells[i] = cells[i - 1];
            i--;
        }
        cells[i] = c;
    }
    nx_buf_release(&one);
    return count;
}

nx_status nx_read_csv(const nx_record *r, const nx_corpus_options *options,
                      const nx_article_sink *sink, nx_error *err)
{
    cell cells[CELLS_MAX];
    nx_buf text;
    nx_buf_init(&text, r->bytes.n * 2 + CELLS_MAX);
    size_t count = gather(r, options, cells, &text);
    nx_article *a = NULL;
    nx_status st = nx_buf_check(&text, "row", err);
    if (st != NX_OK) {
        goto done;
    }
    a = nx_article_for(r);
    if (a == NULL) {
        st = nx_fail_nomem(err);
        goto done;
    }
    for (size_t i = 0; i < count && st == NX_OK; i++) {
        if (!nx_field_is_set(a, cells[i].role)) {
            st = nx_field_apply(a, cells[i].role,
                                nx_str_make(text.data + cells[i].from, cells[i].n), options, err);
        }
    }
    if (st != NX_OK) {
        goto done;
    }
    if (a->body.p == NULL && a->summary.s.p != NULL) {
        nx_article_set_body(a, a->summary.s);
        a->summary = (nx_fact){NX_STR_NONE, NX_FROM_NONE};
    }
    if (a->body.p == NULL && a->title.s.p == NULL) {
        st = nx_record_skip(r, sink, NX_OK, "not an article", err, "the row has no text");
        goto done;
    }
    st = nx_article_finish(a, r, options, sink, err);
    a = NULL;
done:
    nx_article_free(a);
    nx_buf_release(&text);
    return st;
}
