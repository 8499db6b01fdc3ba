// search_kit.c: see search_kit.h.
#include "search_kit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/time.h"
#include "indexer/docmaker.h"

// As a writer lists the members of families.
static void list_member(kit_index *k, nx_str family, nx_str unique_term)
{
    nx_error err = NX_ERROR_INIT;
    nx_buf key, list;
    nx_buf_init(&key, NX_XTERM_MAX);
    nx_buf_init(&list, 1 << 16);
    nx_buf_addz(&key, NX_META_FAMILY);
    nx_buf_adds(&key, family);
    assert_int_equal(nx_xdb_metadata(nx_xwdb_db(k->db), nx_buf_str(&key), &list, &err), NX_OK);
    nx_buf_addf(&list, "%zu:", unique_term.n);
    nx_buf_adds(&list, unique_term);
    assert_int_equal(nx_xwdb_set_metadata(k->db, nx_buf_str(&key), nx_buf_str(&list), &err), NX_OK);
    nx_buf_release(&list);
    nx_buf_release(&key);
}

static void add_article(kit_index *k, nx_docmaker *maker, const kit_article *from)
{
    nx_article *a = nx_article_new(1 << 20);
    nx_docmaker_options options = {.family = nx_str_of(from->family)};
    nx_made made;
    nx_error err = NX_ERROR_INIT;
    int64_t last;
    assert_non_null(a);
    nx_article_set(a, &a->id, nx_str_of(from->id), NX_FROM_META);
    nx_article_set(a, &a->title, nx_str_of(from->title), NX_FROM_META);
    nx_article_set(a, &a->source, nx_str_of(from->source), NX_FROM_META);
    nx_article_set(a, &a->language, nx_str_of(from->language != NULL ? from->language : "en"),
                   NX_FROM_META);
    nx_article_set_body(a, nx_str_of(from->body));
    if (from->author != NULL) {
        nx_article_add_author(a, nx_str_of(from->author), NX_FROM_META);
    }
    if (from->day != NULL) {
        a->published.known = a->published.day_only = true;
        assert_true(nx_parse_iso(nx_str_of(from->day), 0, &a->published.utc, &last, NULL, NULL));
    }
    assert_int_equal(nx_docmaker_make(maker, a, &options, &made, &err), NX_OK);
    assert_int_equal(nx_xwdb_put(k->db, made.unique_term, &made.doc, NULL, &err), NX_OK);
    if (from->family != NULL) {
        list_member(k, nx_str_of(from->family), made.unique_term);
    }
    nx_article_free(a);
}

void kit_open(kit_index *k, const kit_article *articles, size_t count)
{
    nx_error err = NX_ERROR_INIT;
    nx_docmaker *maker = nx_docmaker_new();
    assert_non_null(maker);
    assert_int_equal(nx_xwdb_open_memory(&k->db, &err), NX_OK);
    for (size_t i = 0; i < count; i++) {
        add_article(k, maker, &articles[i]);
    }
    nx_docmaker_free(maker);
    assert_int_equal(nx_xwdb_commit(k->db, &err), NX_OK);
    assert_int_equal(nx_searcher_open_db(&k->searcher, nx_xwdb_db(k->db), &err), NX_OK);
}

void kit_close(kit_index *k)
{
    nx_searcher_close(k->searcher);
    nx_xwdb_discard(k->db);
}

void kit_ids(nx_result *r, nx_buf *out)
{
    nx_buf scratch;
    nx_buf_init(&scratch, 1 << 16);
    nx_buf_init(out, 1 << 20);
    for (uint32_t i = 0; i < nx_result_hit_count(r); i++) {
        nx_hit hit;
        nx_error err = NX_ERROR_INIT;
        assert_int_equal(nx_result_hit(r, i, &hit, &err), NX_OK);
        nx_buf_clear(&scratch);
        nx_str id = nx_data_get(hit.data, NX_DATA_NATIVE_ID, &scratch);
        nx_buf_addz(out, out->len > 0 ? " " : "");
        nx_buf_adds(out, id);
    }
    nx_buf_release(&scratch);
}

nx_result *kit_search(kit_index *k, const char *query, const nx_search_options *options)
{
    nx_search_options defaults = nx_search_defaults();
    nx_result *r = NULL;
    nx_error err = NX_ERROR_INIT;
    defaults.suggest = false;
    defaults.limit = 100;
    nx_status status =
        nx_search(k->searcher, nx_str_of(query), options != NULL ? options : &defaults, &r, &err);
    if (status != NX_OK) {
        fail_msg("{%s}: %s", query, err.msg);
    }
    return r;
}
