// expand.c: --expand: the search again, with the words that its best hits have in common (RM3: an
// interpolation of the query with a relevance model).
//
// Feedback helps where the best hits are good and leads away where they are not. The first hits of
// the search as it was asked therefore stay: what is found in addition comes after them.
//
// Must not know: how words are chosen (rank.c).
#include <stdlib.h>

#include "searcher/engine.h"
#include "searcher/vocabulary.h"

#define EXPAND_SHARE 0.4 // of the new words, beside the query's own
#define STEP 0.001       // by which the hits that stay first weigh more at least

enum { EXPAND_TERMS = 20, KEPT = 5 };

// The query's own matches and those of the new words.
static nx_xquery *widen(nx_result *r, nx_xq *x)
{
    nx_xlist words = {0}, both = {0};
    for (size_t i = 0; i < r->relatives.count; i++) {
        const nx_relative *t = &r->relatives.items[i];
        nx_xlist_add(x, &words, nx_xq_scale(x, nx_xq_term(x, t->stem), t->weight * t->factor));
    }
    // Scaled by 1, which copies: the plan keeps its own.
    nx_xquery *own = NULL;
    if (x->status == NX_OK) {
        x->status = nx_xquery_scale(&own, r->plan->match, 1, x->err);
    }
    bool required =
        r->plan->verify || r->options.words == NX_WORDS_ALL || r->query->root->kind != NX_Q_BAG;
    nx_xlist_add(x, &both, own);
    nx_xlist_add(x, &both, nx_xq_combine(x, NX_XOP_OR, &words, 0));
    return nx_xq_combine(x, required ? NX_XOP_AND_MAYBE : NX_XOP_OR, &both, 0);
}

nx_status nx_relative_word(nx_result *r, size_t i, nx_str *out, nx_error *err)
{
    nx_str stem = r->relatives.items[i].stem;
    nx_known_list forms;
    nx_status status =
        nx_known_inflections(r->searcher->db, "", stem, r->plan->leaves.language, &forms, err);
    if (status != NX_OK) {
        return status;
    }
    // The stem may be of another language: then there is no form.
    *out = forms.count > 0 ? nx_arena_copy(r->arena, nx_known_written(&forms, forms.items))
                           : nx_str_skip(stem, 1);
    nx_known_free(&forms);
    return nx_arena_check(r->arena, "a word", err);
}

static nx_status note_words(nx_result *r, nx_error *err)
{
    nx_status status = NX_OK;
    nx_buf text;
    nx_buf_init(&text, 4096);
    for (size_t i = 0; i < r->relatives.count && i < 10; i++) {
        nx_str word = NX_STR("");
        status = status == NX_OK ? nx_relative_word(r, i, &word, err) : status;
        nx_buf_addf(&text, "%s%.*s", i > 0 ? ", " : "", (int)word.n, word.p);
    }
    nx_query_note(r->query, NX_NOTE_EXPANDED, 0, r->query->text.n,
                  "expanded by %zu word%s of the best hits: %s%s", r->relatives.count,
                  r->relatives.count == 1 ? "" : "s", text.data,
                  r->relatives.count > 10 ? "..." : "");
    status = status == NX_OK ? nx_buf_check(&text, "a note", err) : status;
    nx_buf_release(&text);
    return status == NX_OK ? nx_arena_check(r->query->arena, "a note", err) : status;
}

// Puts the first hits of the search as it was asked before those of the wider one, each once.
static nx_status put_first(nx_result *r, const nx_candidate *first, size_t count, nx_error *err)
{
    nx_candidate *all = calloc(r->hit_count + count + 1, sizeof *all);
    if (all == NULL) {
        return nx_fail_nomem(err);
    }
    memcpy(all, first, count * sizeof *all);
    size_t n = count;
    for (size_t i = 0; i < r->hit_count; i++) {
        bool kept = false;
        for (size_t k = 0; k < count; k++) {
            kept = kept || first[k].docid == r->hits[i].docid;
        }
        if (!kept) {
            all[n++] = r->hits[i];
        }
    }
    // Weights go on falling down the list.
    double missing = n > count ? all[count].weight - all[count - 1].weight + STEP : 0;
    for (size_t i = 0; i < count && missing > 0; i++) {
        all[i].kept = missing;
        all[i].weight += missing;
    }
    free(r->hits);
    r->hits = all;
    r->hit_count = n;
    return NX_OK;
}

static nx_status search_wider(nx_result *r, nx_error *err)
{
    nx_candidate top[NX_FEEDBACK_DOCS];
    size_t count = r->hit_count < NX_FEEDBACK_DOCS ? r->hit_count : NX_FEEDBACK_DOCS;
    if (count == 0) {
        return NX_OK;
    }
    memcpy(top, r->hits, count * sizeof *top);
    nx_status status = nx_rank_relatives(r->plan, r->searcher->db, top, count, EXPAND_SHARE,
                                         EXPAND_TERMS, r->arena, &r->relatives, err);
    if (status != NX_OK || r->relatives.count == 0) {
        return status;
    }
    nx_xq x = {.db = r->searcher->db, .err = err};
    nx_xquery *wide = widen(r, &x);
    if (x.status == NX_OK) {
        x.status = note_words(r, err);
    }
    if (x.status == NX_OK) {
        free(r->hits);
        r->hits = NULL;
        r->hit_count = 0;
        x.status = nx_result_search(r, wide, NULL, err);
    }
    nx_xquery_free(wide);
    return x.status == NX_OK ? put_first(r, top, count < KEPT ? count : KEPT, err) : x.status;
}

nx_status nx_search_expand(nx_result *r, nx_error *err)
{
    // The words are those of the first hits, whatever page is asked for.
    const uint32_t offset = r->options.offset, limit = r->options.limit;
    const uint64_t sum = (uint64_t)offset + limit;
    r->options.offset = 0;
    r->options.limit = sum < NX_FEEDBACK_DOCS ? NX_FEEDBACK_DOCS
                       : sum < NX_LIMIT_NONE  ? (uint32_t)sum
                                              : NX_LIMIT_NONE;
    nx_status status = nx_result_search(r, r->plan->match, &r->relatives, err);
    if (status == NX_OK) {
        status = search_wider(r, err);
    }
    r->options.offset = offset;
    r->options.limit = limit;
    if (status == NX_OK) {
        size_t from = offset < r->hit_count ? offset : r->hit_count;
        size_t count = r->hit_count - from < limit ? r->hit_count - from : limit;
        if (from > 0 && count > 0) {
            memmove(r->hits, r->hits + from, count * sizeof *r->hits);
        }
        r->hit_count = count;
    }
    return status;
}
