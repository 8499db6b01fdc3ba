// example.c: a search engine in a page of C: indexes its arguments, then searches them.
//
//   xapian-c-example DIRECTORY add TEXT...      adds documents
//   xapian-c-example DIRECTORY search WORD...   the ten best documents with any of the words
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xapian-c/xapian_c.h"

// Adds the space-separated words of text as terms with positions, and text as the data.
static nx_status add(nx_xwdb *db, const char *text, nx_error *err)
{
    nx_xdoc *doc = NULL;
    nx_status st = nx_xdoc_new(&doc, err);
    uint32_t position = 0;
    for (const char *p = text; st == NX_OK && *p != '\0';) {
        size_t n = strcspn(p, " ");
        if (n > 0) {
            st = nx_xdoc_add_posting(doc, nx_str_make(p, n), ++position, 1, err);
        }
        p += n + strspn(p + n, " ");
    }
    if (st == NX_OK) {
        st = nx_xdoc_set_data(doc, nx_str_of(text), err);
    }
    if (st == NX_OK) {
        st = nx_xwdb_add(db, doc, NULL, err);
    }
    nx_xdoc_free(doc);
    return st;
}

static nx_status add_all(const char *directory, char **texts, size_t count, nx_error *err)
{
    nx_xwdb *db = NULL;
    nx_status st = nx_xwdb_open(&db, directory, NX_XCREATE_OR_OPEN, 0, 0, err);
    for (size_t i = 0; st == NX_OK && i < count; i++) {
        st = add(db, texts[i], err);
    }
    if (st != NX_OK) {
        nx_xwdb_discard(db);
        return st;
    }
    return nx_xwdb_close(db, err); // commits
}

// The words put together by OR.
static nx_status any_of(nx_xquery **out, char **words, size_t count, nx_error *err)
{
    *out = NULL;
    nx_xquery **terms = calloc(count + 1, sizeof *terms);
    nx_status st = terms != NULL ? NX_OK : nx_fail_nomem(err);
    for (size_t i = 0; st == NX_OK && i < count; i++) {
        st = nx_xquery_term(&terms[i], nx_str_of(words[i]), 1, (uint32_t)i, err);
    }
    if (st == NX_OK) {
        st = nx_xquery_combine(out, NX_XOP_OR, (const nx_xquery *const *)terms, count, 0, err);
    }
    for (size_t i = 0; terms != NULL && i < count; i++) {
        nx_xquery_free(terms[i]);
    }
    free(terms);
    return st;
}

static nx_status print_hit(const nx_xmset *hits, uint32_t i, nx_error *err)
{
    nx_xhit hit;
    nx_xdoc *doc = NULL;
    nx_buf data;
    nx_buf_init(&data, 1 << 20);
    nx_status st = nx_xmset_hit(hits, i, &hit, err);
    if (st == NX_OK) {
        st = nx_xmset_doc(&doc, hits, i, err);
    }
    if (st == NX_OK) {
        st = nx_xdoc_data(doc, &data, err);
    }
    if (st == NX_OK) {
        (void)printf("%3d%%  %s\n", hit.percent, data.data);
    }
    nx_buf_release(&data);
    nx_xdoc_free(doc);
    return st;
}

static nx_status search(const char *directory, char **words, size_t count, nx_error *err)
{
    nx_xdb *db = NULL;
    nx_xquery *query = NULL;
    nx_xenquire *enquire = NULL;
    nx_xmset *hits = NULL;
    const nx_xrun ten = {.max = 10};
    nx_status st = nx_xdb_open(&db, directory, 0, err);
    if (st == NX_OK) {
        st = any_of(&query, words, count, err);
    }
    if (st == NX_OK) {
        st = nx_xenquire_new(&enquire, db, err);
    }
    if (st == NX_OK) {
        st = nx_xenquire_set_query(enquire, query, 0, err);
    }
    if (st == NX_OK) {
        st = nx_xenquire_run(&hits, enquire, &ten, err);
    }
    for (uint32_t i = 0; st == NX_OK && i < nx_xmset_count(hits); i++) {
        st = print_hit(hits, i, err);
    }
    nx_xmset_free(hits);
    nx_xenquire_free(enquire);
    nx_xquery_free(query);
    nx_xdb_close(db);
    return st;
}

int main(int argc, char **argv)
{
    nx_error err = NX_ERROR_INIT;
    nx_status st = NX_EUSAGE;
    if (argc > 3 && strcmp(argv[2], "add") == 0) {
        st = add_all(argv[1], argv + 3, (size_t)argc - 3, &err);
    } else if (argc > 3 && strcmp(argv[2], "search") == 0) {
        st = search(argv[1], argv + 3, (size_t)argc - 3, &err);
    } else {
        (void)nx_fail(&err, st, "usage: %s DIRECTORY add TEXT... | search WORD...", argv[0]);
    }
    if (st != NX_OK) {
        (void)fprintf(stderr, "%s\n", err.msg);
    }
    return st == NX_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
