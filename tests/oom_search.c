// oom_search.c: searches over a small index in memory, with each allocation of ours failing once.
#include <string.h>

#include "indexer/docmaker.h"
#include "searcher/sieve.h"
#include "tests/oom.h"

// Lists an article as a member of the family "f", as a writer does.
static bool list_member(nx_xwdb *db, nx_str unique_term)
{
    const nx_str key = NX_STR(NX_META_FAMILY "f");
    nx_buf list;
    nx_buf_init(&list, 1 << 16);
    bool ok = nx_xdb_metadata(nx_xwdb_db(db), key, &list, NULL) == NX_OK;
    nx_buf_addf(&list, "%zu:", unique_term.n);
    nx_buf_adds(&list, unique_term);
    ok = ok && !list.failed && nx_xwdb_set_metadata(db, key, nx_buf_str(&list), NULL) == NX_OK;
    nx_buf_release(&list);
    return ok;
}

// family: "f" or none.
static bool add(nx_xwdb *db, nx_docmaker *maker, nx_str family, int64_t published, const char *id,
                const char *title, const char *body)
{
    nx_article *a = nx_article_new(1 << 20);
    nx_docmaker_options options = {.family = family};
    nx_made made;
    if (a == NULL) {
        return false;
    }
    nx_article_set(a, &a->id, nx_str_of(id), NX_FROM_META);
    nx_article_set(a, &a->title, nx_str_of(title), NX_FROM_META);
    nx_article_set(a, &a->language, NX_STR("en"), NX_FROM_META);
    nx_article_set_body(a, nx_str_of(body));
    a->published.known = true;
    a->published.utc = published;
    bool ok = !nx_arena_failed(a->arena) &&
              nx_docmaker_make(maker, a, &options, &made, NULL) == NX_OK &&
              nx_xwdb_put(db, made.unique_term, &made.doc, NULL, NULL) == NX_OK &&
              (family.n == 0 || list_member(db, made.unique_term));
    nx_article_free(a);
    return ok;
}

static bool fill(nx_xwdb *db)
{
    const nx_str f = NX_STR("f");
    nx_docmaker *maker = nx_docmaker_new();
    bool ok =
        maker != NULL &&
        add(db, maker, f, 3, "1", "Harbour strike", "Dockers stay out. The harbour is closed.") &&
        add(db, maker, NX_STR_NONE, 1, "2", "Storm",
            "A storm closed the harbour. Ships waited long.") &&
        add(db, maker, f, 2, "3", "Strike ends", "The strike of the dockers ended on Tuesday.");
    nx_docmaker_free(maker);
    return ok;
}

static bool ask(nx_searcher *s, const char *query)
{
    nx_search_options options = nx_search_defaults();
    nx_facet_wish wish = {.field = nx_field_by_id(NX_FIELD_SOURCE)};
    nx_result *r = NULL;
    options.explain = options.expand = options.families = true;
    options.per_family = 1;
    options.facets = &wish;
    options.facet_count = 1;
    bool ok = nx_search(s, nx_str_of(query), &options, &r, NULL) == NX_OK;
    for (uint32_t i = 0; ok && i < nx_result_hit_count(r); i++) {
        nx_hit hit;
        ok = nx_result_hit(r, i, &hit, NULL) == NX_OK;
    }
    nx_result_free(r);
    return ok;
}

static bool ask_related(nx_searcher *s)
{
    nx_search_options options = nx_search_defaults();
    nx_related_wish wish = {.title = NX_STR("Dockers"), .body = NX_STR("A strike in the harbour.")};
    nx_result *r = NULL;
    bool ok = nx_search_related(s, &wish, &options, &r, NULL) == NX_OK;
    nx_result_free(r);
    return ok;
}

static nx_status number_none(void *ctx, nx_str term, int64_t *number, nx_error *err)
{
    (void)ctx;
    (void)term;
    (void)err;
    *number = 0;
    return NX_OK;
}

static bool sift(nx_searcher *s)
{
    nx_sieve *sieve = NULL;
    nx_result *r = NULL;
    bool ok = nx_sieve_new(&sieve, s, NULL) == NX_OK &&
              nx_sieve_add(sieve, NX_STR("Q:1"), 1, NULL) == NX_OK &&
              nx_sieve_add(sieve, NX_STR("Q:3"), 2, NULL) == NX_OK &&
              nx_sieve_settle(sieve, number_none, NULL, NULL) == NX_OK &&
              nx_sieve_search(sieve, NX_STR("strike dock*"), 0, 0, &r, NULL) == NX_OK &&
              nx_sieve_hits(sieve) == 1;
    nx_result_free(r);
    nx_sieve_free(sieve);
    return ok;
}

bool nx_oom_scenario(void)
{
    nx_xwdb *db = NULL;
    nx_searcher *s = NULL;
    bool ok = nx_xwdb_open_memory(&db, NULL) == NX_OK && fill(db) &&
              nx_searcher_open_db(&s, nx_xwdb_db(db), NULL) == NX_OK &&
              nx_searcher_synonyms(s, NX_STR("port, harbour"), "synonyms", NULL) == NX_OK &&
              ask(s, "harbour strike -storm") && ask(s, "port NEAR/3 closed w/s dockers sto*") &&
              ask(s, "head5(\"harbour is\" OR title:strike) storn~") && ask_related(s) && sift(s);
    nx_searcher_close(s);
    if (db != NULL) {
        nx_xwdb_discard(db);
    }
    return ok;
}
