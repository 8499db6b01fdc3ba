// expand.c: --expand: the search again, with the words that its best hits have in common (RM3: an
// interpolation of the query with a relevance model).
//
// Must not know: how words are chosen (rank.c).
#include <stdlib.h>

#include "searcher/engine.h"

#define EXPAND_SHARE 0.2 // of the new words, beside the query's own

enum { EXPAND_TERMS = 20 };

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

static nx_status note_words(nx_result *r, nx_error *err)
{
    nx_buf text;
    nx_buf_init(&text, 4096);
    for (size_t i = 0; i < r->relatives.count && i < 10; i++) {
        nx_str stem = r->relatives.items[i].stem;
        nx_buf_addf(&text, "%s%.*s", i > 0 ? ", " : "", (int)stem.n - 1, stem.p + 1);
    }
    nx_query_note(r->query, NX_NOTE_EXPANDED, 0, r->query->text.n,
                  "expanded by %zu word%s of the best hits: %s%s", r->relatives.count,
                  r->relatives.count == 1 ? "" : "s", text.data,
                  r->relatives.count > 10 ? "..." : "");
    nx_status status = nx_buf_check(&text, "a note", err);
    nx_buf_release(&text);
    return status == NX_OK ? nx_arena_check(r->query->arena, "a note", err) : status;
}

nx_status nx_search_expand(nx_result *r, nx_error *err)
{
    nx_candidate top[NX_FEEDBACK_DOCS];
    size_t count = r->hit_count < NX_FEEDBACK_DOCS ? r->hit_count : NX_FEEDBACK_DOCS;
    if (count == 0) {
        return NX_OK;
    }
    memcpy(top, r->hits, count * sizeof *top);
    free(r->hits);
    r->hits = NULL;
    r->hit_count = 0;
    nx_status status = nx_rank_relatives(r->plan, r->searcher->db, top, count, EXPAND_SHARE,
                                         EXPAND_TERMS, r->arena, &r->relatives, err);
    if (status == NX_OK && r->relatives.count == 0) {
        return nx_result_fetch(r, r->plan->match, true, err);
    }
    if (status != NX_OK) {
        return status;
    }
    nx_xq x = {.db = r->searcher->db, .err = err};
    nx_xquery *wide = widen(r, &x);
    if (x.status == NX_OK) {
        x.status = note_words(r, err);
    }
    if (x.status == NX_OK) {
        x.status = nx_result_fetch(r, wide, false, err);
    }
    nx_xquery_free(wide);
    return x.status;
}
