// rank_relatives.c: words that the best candidates have in common, and what they weigh in others.
//
// Must not know: the query's words, but how many they are.
#include <math.h>
#include <stdlib.h>

#include "searcher/ranker.h"

#define COMMON_SHARE 0.2 // words in more documents than that tell nothing

enum { FEEDBACK_MIN_DOCS = 3 };

typedef struct chosen {
    uint32_t stem;
    uint32_t documents; // of the good ones, that have it
    double share;
    nx_xterm_stats stats;
} chosen;

static int by_share(const void *a, const void *b)
{
    const chosen *x = a, *y = b;
    if (x->share != y->share) {
        return x->share > y->share ? -1 : 1;
    }
    return x->stem < y->stem ? -1 : x->stem > y->stem;
}

static bool worth_knowing(const nx_ranker *r, nx_str stem)
{
    nx_str word = nx_str_skip(stem, 1);
    bool digits = true;
    for (size_t i = 0; i < word.n; i++) {
        digits = digits && nx_is_digit(word.p[i]);
    }
    return word.n > 1 && !digits && !nx_is_stop_word(word, r->plan->leaves.language);
}

// How much good documents have of each word, the documents weighed by their weights.
static chosen *gather(nx_ranker *r, const nx_ranked *items, size_t count, size_t *out_count)
{
    size_t n = nx_vocab_count(r->stems);
    chosen *all = calloc(n > 0 ? n : 1, sizeof *all);
    double total = 0;
    if (all == NULL) {
        r->nomem = true;
        return NULL;
    }
    for (size_t d = 0; d < count; d++) {
        total += items[d].candidate.weight;
    }
    for (size_t d = 0; d < count && total > 0; d++) {
        const nx_reading *doc = &items[d].doc;
        for (size_t i = 0; i < doc->stem_count; i++) {
            chosen *c = &all[doc->stems[i].word];
            c->documents++;
            c->share +=
                items[d].candidate.weight / total *
                nx_rank_saturation(doc->stems[i].count, doc->length, r->stats.average_length);
        }
    }
    uint32_t needed = count < FEEDBACK_MIN_DOCS ? (uint32_t)count : FEEDBACK_MIN_DOCS;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (all[i].documents >= needed && needed > 0 && all[i].share > 0 &&
            worth_knowing(r, nx_vocab_get(r->stems, (uint32_t)i))) {
            all[kept] = all[i];
            all[kept++].stem = (uint32_t)i;
        }
    }
    *out_count = kept;
    return all;
}

// The words worth taking, by share times rarity. Their number is left in *count.
static nx_status weigh(const nx_ranker *r, chosen *all, size_t *count)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        chosen c = all[i];
        nx_str stem = nx_vocab_get(r->stems, c.stem);
        nx_status status = nx_xdb_term_stats(r->db, stem, &c.stats, r->err);
        if (status != NX_OK) {
            return status;
        }
        if (c.stats.documents > 0 && c.stats.documents <= COMMON_SHARE * r->stats.documents) {
            c.share *= log2((r->stats.documents + 1.0) / (c.stats.documents + 0.5));
            all[kept++] = c;
        }
    }
    if (kept > 1) {
        qsort(all, kept, sizeof *all, by_share);
    }
    *count = kept;
    return NX_OK;
}

nx_status nx_ranker_relatives(nx_ranker *r, const nx_ranked *items, size_t count, double share,
                              size_t wanted, nx_arena *arena, nx_relatives *out)
{
    size_t found = 0;
    double total = 0;
    nx_status status;
    chosen *all = gather(r, items, count, &found);
    out->count = 0;
    if (all == NULL) {
        return nx_fail_nomem(r->err);
    }
    wanted = wanted < NX_COUNT(out->items) ? wanted : NX_COUNT(out->items);
    status = weigh(r, all, &found);
    for (size_t i = 0; i < found && out->count < wanted && status == NX_OK; i++) {
        const nx_xterm_stats *stats = &all[i].stats;
        nx_relative *item = &out->items[out->count++];
        *item = (nx_relative){.stem = nx_arena_copy(arena, nx_vocab_get(r->stems, all[i].stem)),
                              .weight = all[i].share,
                              .factor = ((double)stats->occurrences + 1) / stats->documents,
                              .documents = stats->documents};
        total += all[i].share;
    }
    free(all);
    for (size_t i = 0; i < out->count; i++) {
        out->items[i].weight *= share / (1 - share) * (double)r->unit_count / total;
    }
    return status == NX_OK ? nx_arena_check(arena, "related words", r->err) : status;
}

// The relatives' numbers among the stems.
typedef struct numbers {
    uint32_t ids[sizeof((nx_relatives *)0)->items / sizeof(nx_relative)];
    bool may_be[256]; // by a number's last byte: most stems are no relatives
} numbers;

static double weight_of_relatives(const nx_ranker *r, const nx_relatives *relatives,
                                  const numbers *n, const nx_reading *doc)
{
    double sum = 0;
    for (size_t i = 0; i < doc->stem_count; i++) {
        if (!n->may_be[doc->stems[i].word & 0xff]) {
            continue;
        }
        for (size_t k = 0; k < relatives->count; k++) {
            if (n->ids[k] == doc->stems[i].word) {
                const nx_relative *t = &relatives->items[k];
                sum += t->weight * nx_rank_weight(t->factor, t->documents, r->stats.documents,
                                                  doc->stems[i].count, doc->length,
                                                  r->stats.average_length);
            }
        }
    }
    return sum;
}

void nx_ranker_add_relatives(const nx_ranker *r, nx_relatives *relatives, double share,
                             nx_ranked *items, size_t count)
{
    numbers n = {.may_be = {false}};
    double most = 0, best = 0;
    for (size_t i = 0; i < relatives->count; i++) {
        n.ids[i] = nx_vocab_find(r->stems, relatives->items[i].stem);
        n.may_be[n.ids[i] & 0xff] = true;
    }
    for (size_t i = 0; i < count; i++) {
        nx_candidate *c = &items[i].candidate;
        c->relatives = weight_of_relatives(r, relatives, &n, &items[i].doc);
        most = c->relatives > most ? c->relatives : most;
        best = c->weight > best ? c->weight : best;
    }
    const double scale = most > 0 ? share / (1 - share) * best / most : 0;
    for (size_t i = 0; i < count; i++) {
        nx_candidate *c = &items[i].candidate;
        c->relatives *= scale;
        c->weight += c->relatives;
    }
    for (size_t i = 0; i < relatives->count; i++) {
        relatives->items[i].weight *= scale;
    }
}
