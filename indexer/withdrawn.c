// withdrawn.c: see withdrawn.h.
#include "indexer/withdrawn.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/vocab.h"

struct nx_withdrawn {
    nx_vocab *terms;
    nx_withdrawal *of; // by number of the term; place absent: forgotten
    size_t cap;
    nx_arena *arena; // places
};

static nx_status note_one(void *ctx, nx_str unique_term, const nx_withdrawal *of, nx_error *err)
{
    return nx_withdrawn_note(ctx, unique_term, of, err);
}

static nx_status load(nx_withdrawn *w, nx_manifest *m, nx_error *err)
{
    nx_withdrawals *table = NULL;
    nx_status st = nx_withdrawals_open(&table, m, NX_MANIFEST_READ, err);
    st = st == NX_OK ? nx_withdrawals_each(table, note_one, w, err) : st;
    nx_withdrawals_close(table);
    return st;
}

nx_status nx_withdrawn_load(nx_withdrawn **out, const char *index, nx_manifest *m, nx_error *err)
{
    static const size_t arena_bytes = (size_t)1 << 30;
    nx_manifest *own = NULL;
    nx_withdrawn *w = calloc(1, sizeof *w);
    *out = NULL;
    if (w != NULL) {
        w->terms = nx_vocab_new();
        w->arena = nx_arena_new(arena_bytes);
    }
    if (w == NULL || w->terms == NULL || w->arena == NULL) {
        nx_withdrawn_free(w);
        return nx_fail_nomem(err);
    }
    nx_status st = m == NULL ? nx_manifest_open(&own, index, NX_MANIFEST_READ, err) : NX_OK;
    if (st == NX_OK) {
        st = load(w, own != NULL ? own : m, err);
    } else if (st == NX_ENOINPUT) {
        st = NX_OK;
    }
    nx_manifest_close(own);
    if (st != NX_OK) {
        nx_withdrawn_free(w);
        return st;
    }
    *out = w;
    return NX_OK;
}

void nx_withdrawn_free(nx_withdrawn *w)
{
    if (w != NULL) {
        nx_vocab_free(w->terms);
        nx_arena_free(w->arena);
        free(w->of);
        free(w);
    }
}

nx_status nx_withdrawn_note(nx_withdrawn *w, nx_str unique_term, const nx_withdrawal *of,
                            nx_error *err)
{
    if (nx_vocab_count(w->terms) == w->cap) {
        const size_t cap = w->cap < 64 ? 64 : w->cap * 2;
        nx_withdrawal *grown = realloc(w->of, cap * sizeof *grown);
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        w->of = grown;
        w->cap = cap;
    }
    const nx_withdrawal copy = {
        .version = of->version, .utc = of->utc, .place = nx_arena_copy(w->arena, of->place)};
    const uint32_t number =
        copy.place.p != NULL ? nx_vocab_add(w->terms, unique_term, NULL) : NX_VOCAB_NONE;
    if (number == NX_VOCAB_NONE) {
        return nx_fail_nomem(err);
    }
    w->of[number] = copy;
    return NX_OK;
}

void nx_withdrawn_forget(nx_withdrawn *w, nx_str unique_term)
{
    const uint32_t number = nx_vocab_find(w->terms, unique_term);
    if (number != NX_VOCAB_NONE) {
        w->of[number].place = NX_STR_NONE;
    }
}

const nx_withdrawal *nx_withdrawn_find(const nx_withdrawn *w, nx_str unique_term)
{
    const uint32_t number = nx_vocab_find(w->terms, unique_term);
    return number != NX_VOCAB_NONE && w->of[number].place.p != NULL ? &w->of[number] : NULL;
}

bool nx_withdrawal_stands(const nx_withdrawal *of, const nx_withdrawal *copy)
{
    if (nx_str_eq(of->place, copy->place)) {
        return false;
    }
    if (of->version != 0 && copy->version != 0 && of->version != copy->version) {
        return of->version > copy->version;
    }
    return of->utc == INT64_MIN || copy->utc <= of->utc;
}
