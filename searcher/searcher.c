// searcher.c: opening, moving and closing an index for searching.
//
// Must not know: queries.
#include <stdlib.h>

#include "base/num.h"
#include "searcher/engine.h"
#include "store/store.h"

enum { ATTEMPTS = 8, LANGUAGES_MAX = NX_WORD_LANGUAGES, METADATA_MAX = 1 << 16 };

// ---- an index directory

static nx_status store_reopen(nx_searcher *s, nx_error *err)
{
    nx_status status = nx_store_reopen(s->store, NULL, err);
    s->db = nx_store_db(s->store);
    return status;
}

static void store_close(nx_searcher *s)
{
    nx_store_close(s->store);
}

static nx_status store_members(nx_searcher *s, nx_str family, nx_vocab *members, nx_error *err)
{
    return nx_store_family(s->store, family, members, err);
}

static nx_status db_members(nx_searcher *s, nx_str family, nx_vocab *members, nx_error *err)
{
    return nx_db_family(s->db, family, members, err);
}

static nx_searcher *make(void)
{
    nx_searcher *s = calloc(1, sizeof *s);
    if (s != NULL) {
        nx_buf_init(&s->languages, METADATA_MAX);
        nx_buf_init(&s->analysis, METADATA_MAX);
    }
    return s;
}

static nx_status finish_open(nx_searcher *s, nx_searcher **out, nx_error *err)
{
    nx_status status = nx_searcher_refresh(s, err);
    if (status != NX_OK) {
        nx_searcher_close(s);
        return status;
    }
    *out = s;
    return NX_OK;
}

typedef nx_status open_fn(nx_store **out, const char *dir, nx_error *err);

static nx_status open_index(nx_searcher **out, const char *dir, open_fn *open, nx_error *err)
{
    nx_store *store = NULL;
    nx_searcher *s = make();
    *out = NULL;
    if (s == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status status = open(&store, dir, err);
    if (status != NX_OK) {
        nx_searcher_close(s);
        return status;
    }
    s->store = store;
    s->db = nx_store_db(store);
    s->reopen = store_reopen;
    s->close = store_close;
    s->listed_members = store_members;
    return finish_open(s, out, err);
}

nx_status nx_searcher_open(nx_searcher **out, const char *dir, nx_error *err)
{
    return open_index(out, dir, nx_store_open, err);
}

nx_status nx_searcher_open_local(nx_searcher **out, const char *dir, nx_error *err)
{
    return open_index(out, dir, nx_store_open_local, err);
}

nx_status nx_searcher_open_db(nx_searcher **out, nx_xdb *db, nx_error *err)
{
    nx_searcher *s = make();
    *out = NULL;
    if (s == NULL) {
        return nx_fail_nomem(err);
    }
    s->db = db;
    s->listed_members = db_members;
    return finish_open(s, out, err);
}

void nx_searcher_close(nx_searcher *s)
{
    if (s == NULL) {
        return;
    }
    if (s->close != NULL) {
        s->close(s);
    }
    nx_synonyms_free(s->synonyms);
    nx_buf_release(&s->languages);
    nx_buf_release(&s->analysis);
    free(s);
}

// ---- languages

typedef struct language {
    nx_str code;
    uint64_t articles;
} language;

static int by_articles(const void *a, const void *b)
{
    const language *x = a, *y = b;
    if (x->articles != y->articles) {
        return x->articles > y->articles ? -1 : 1;
    }
    return nx_str_cmp(x->code, y->code);
}

// Adds "de=3", unless there is no room for another language.
static void add_language(language *list, size_t *count, size_t max, nx_str item)
{
    const char *eq = memchr(item.p, '=', item.n);
    uint64_t n;
    if (eq == NULL || !nx_parse_u64(nx_str_make(eq + 1, item.n - (size_t)(eq + 1 - item.p)), &n)) {
        return;
    }
    nx_str code = nx_str_make(item.p, (size_t)(eq - item.p));
    if (code.n == 0) {
        return;
    }
    for (size_t i = 0; i < *count; i++) {
        if (nx_str_eq(list[i].code, code)) {
            list[i].articles += n;
            return;
        }
    }
    if (*count < max) {
        list[(*count)++] = (language){code, n};
    }
}

// The codes of "en=1200 de=3 en=5", most articles first; English when nothing is known.
static void order_languages(nx_str counts, nx_buf *out)
{
    language list[64];
    size_t count = 0;
    for (nx_str w = nx_str_take_word(&counts); w.n > 0; w = nx_str_take_word(&counts)) {
        add_language(list, &count, NX_COUNT(list), w);
    }
    if (count == 0) {
        list[count++] = (language){NX_STR("en"), 0};
    }
    qsort(list, count, sizeof list[0], by_articles);
    for (size_t i = 0; i < count && i < LANGUAGES_MAX; i++) {
        if (i > 0) {
            nx_buf_addc(out, ' ');
        }
        nx_buf_adds(out, list[i].code);
    }
}

nx_status nx_searcher_refresh(nx_searcher *s, nx_error *err)
{
    nx_buf counts;
    nx_buf_init(&counts, METADATA_MAX);
    nx_status status = nx_store_languages(s->db, &counts, err);
    if (status == NX_OK) {
        status = nx_buf_check(&counts, "the list of languages", err);
    }
    if (status == NX_OK) {
        nx_buf_clear(&s->languages);
        order_languages(nx_buf_str(&counts), &s->languages);
        status = nx_buf_check(&s->languages, "the list of languages", err);
    }
    nx_buf_release(&counts);
    if (status == NX_OK) {
        nx_buf_clear(&s->analysis); // a writer lets no segment have another
        status = nx_xdb_metadata(s->db, NX_STR(NX_META_ANALYSIS), &s->analysis, err);
    }
    return status;
}

nx_status nx_searcher_retry(nx_searcher *s, nx_searcher_work *fn, void *ctx, nx_error *err)
{
    nx_status status = fn(ctx, err);
    for (int i = 1; status == NX_ESTALE && i < ATTEMPTS && s->reopen != NULL; i++) {
        status = s->reopen(s, err);
        if (status == NX_OK) {
            status = nx_searcher_refresh(s, err);
        }
        if (status == NX_OK) {
            status = fn(ctx, err);
        }
    }
    return status;
}

nx_str nx_searcher_languages(const nx_searcher *s)
{
    return nx_buf_str(&s->languages);
}

// ---- values and single articles

nx_status nx_searcher_values(nx_searcher *s, const nx_field *field, nx_value_fn *each, void *ctx,
                             nx_error *err)
{
    nx_facet_wish wish = {.field = field};
    nx_search_options options = nx_search_defaults();
    nx_result *result = NULL;
    size_t count = 0;
    options.limit = 0;
    options.facets = &wish;
    options.facet_count = 1;
    options.suggest = false;
    nx_status status = nx_search(s, NX_STR("*"), &options, &result, err);
    if (status != NX_OK) {
        return status;
    }
    const nx_bucket *buckets = nx_result_facet(result, 0, &count);
    for (size_t i = 0; i < count; i++) {
        if (!each(ctx, buckets[i].value, buckets[i].documents)) {
            break;
        }
    }
    nx_result_free(result);
    return NX_OK;
}

typedef struct article_work {
    nx_searcher *searcher;
    nx_str id;
    nx_buf *data;
} article_work;

nx_status nx_searcher_find(nx_searcher *s, nx_str id, uint32_t *docid, nx_error *err)
{
    nx_buf term;
    nx_xposts *posts = NULL;
    bool more = false;
    nx_buf_init(&term, 1 << 20);
    nx_unique_term(id, &term);
    nx_status status = nx_buf_check(&term, "the id", err);
    if (status == NX_OK) {
        status = nx_xdb_postings(&posts, s->db, nx_buf_str(&term), err);
    }
    if (status == NX_OK) {
        status = nx_xposts_next(posts, &more, err);
    }
    if (status == NX_OK && !more) {
        status = nx_fail(err, NX_ENOTFOUND, "no article has the id %.*s",
                         (int)(id.n < 200 ? id.n : 200), id.p);
    } else if (status == NX_OK) {
        *docid = nx_xposts_docid(posts);
    }
    nx_xposts_free(posts);
    nx_buf_release(&term);
    return status;
}

static nx_status read_article(void *ctx, nx_error *err)
{
    article_work *w = ctx;
    uint32_t docid;
    nx_xdoc *doc = NULL;
    size_t start = w->data->len;
    nx_status status = nx_searcher_find(w->searcher, w->id, &docid, err);
    if (status == NX_OK) {
        status = nx_xdb_doc(&doc, w->searcher->db, docid, err);
    }
    if (status == NX_OK) {
        status = nx_xdoc_data(doc, w->data, err);
    }
    if (status != NX_OK) {
        nx_buf_truncate(w->data, start);
    }
    nx_xdoc_free(doc);
    return status;
}

nx_status nx_searcher_article(nx_searcher *s, nx_str id, nx_buf *data, nx_error *err)
{
    article_work work = {s, id, data};
    return nx_searcher_retry(s, read_article, &work, err);
}

typedef struct ids_work {
    nx_searcher *searcher;
    nx_str native_id;
    nx_buf *ids;
    size_t count;
} ids_work;

static bool is_scoped(nx_str id, nx_str native_id)
{
    return native_id.n > 0 && id.n > native_id.n && id.p[id.n - native_id.n - 1] == ':' &&
           nx_str_eq(nx_str_skip(id, id.n - native_id.n), native_id);
}

static nx_status read_ids(void *ctx, nx_error *err)
{
    enum { LISTED = 5 };
    ids_work *w = ctx;
    nx_xterms *terms = NULL;
    nx_buf prefix;
    size_t start = w->ids->len;
    bool more = false;
    nx_buf_init(&prefix, 16);
    nx_unique_term(NX_STR_NONE, &prefix);
    w->count = 0;
    nx_status status = nx_xdb_terms(&terms, w->searcher->db, nx_buf_str(&prefix), err);
    status = status == NX_OK ? nx_xterms_next(terms, &more, err) : status;
    for (; status == NX_OK && more; status = nx_xterms_next(terms, &more, err)) {
        nx_str id = nx_str_skip(nx_xterms_term(terms), prefix.len);
        if (is_scoped(id, w->native_id)) {
            if (w->count < LISTED) {
                nx_buf_addz(w->ids, w->count > 0 ? ", " : "");
                nx_buf_adds(w->ids, id);
            }
            w->count++;
        }
    }
    if (status != NX_OK) {
        nx_buf_truncate(w->ids, start);
    }
    nx_xterms_free(terms);
    nx_buf_release(&prefix);
    return status;
}

nx_status nx_searcher_ids_of(nx_searcher *s, nx_str native_id, nx_buf *ids, size_t *count,
                             nx_error *err)
{
    ids_work work = {s, native_id, ids, 0};
    nx_status status = nx_searcher_retry(s, read_ids, &work, err);
    *count = work.count;
    return status;
}
