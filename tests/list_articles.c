// list_articles.c: prints every article of an index: unique term, digest of its content, length,
// number of terms; for tests that compare two indexes. Usage: list_articles INDEX
#include <stdio.h>

#include "schema/schema.h"
#include "store/store.h"

static nx_status print_document(nx_xdb *db, nx_str term, uint32_t docid, nx_error *err)
{
    nx_xvalues *values = NULL;
    bool more = false;
    uint32_t length = 0, unique = 0;
    nx_status st = nx_xdb_doc_length(db, docid, &length, &unique, err);
    (void)fwrite(term.p, 1, term.n, stdout);
    (void)putchar('\t');
    st = st == NX_OK ? nx_xdb_values(&values, db, NX_SLOT_CONTENT, err) : st;
    st = st == NX_OK ? nx_xvalues_skip_to(values, docid, &more, err) : st;
    if (st == NX_OK && more && nx_xvalues_docid(values) == docid) {
        nx_str value = nx_xvalues_value(values);
        for (size_t i = 0; i < value.n; i++) {
            (void)printf("%02x", (unsigned char)value.p[i]);
        }
    }
    nx_xvalues_free(values);
    (void)printf("\t%u\t%u\n", length, unique);
    return st;
}

static nx_status print_all(void *ctx, nx_xdb *db, nx_error *err)
{
    (void)ctx;
    nx_xterms *terms = NULL;
    bool more = false, found = false;
    nx_status st = nx_xdb_terms(&terms, db, NX_STR("Q"), err);
    while (st == NX_OK && (st = nx_xterms_next(terms, &more, err)) == NX_OK && more) {
        nx_xposts *posts = NULL;
        st = nx_xdb_postings(&posts, db, nx_xterms_term(terms), err);
        while (st == NX_OK && (st = nx_xposts_next(posts, &found, err)) == NX_OK && found) {
            st = print_document(db, nx_xterms_term(terms), nx_xposts_docid(posts), err);
        }
        nx_xposts_free(posts);
    }
    nx_xterms_free(terms);
    return st;
}

int main(int argc, char **argv)
{
    nx_error err = NX_ERROR_INIT;
    nx_store *store = NULL;
    if (argc != 2) {
        return 2;
    }
    nx_status st = nx_store_open(&store, argv[1], &err);
    st = st == NX_OK ? print_all(NULL, nx_store_db(store), &err) : st;
    nx_store_close(store);
    if (st != NX_OK) {
        (void)fprintf(stderr, "%s\n", err.msg);
    }
    return st == NX_OK && fflush(stdout) == 0 ? 0 : 1;
}
