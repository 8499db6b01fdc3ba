// rank.c: see rank.h.
#include "searcher/rank.h"

#include <math.h>
#include <stdlib.h>

#include "searcher/smooth.h"
#include "text/analysis.h"

#define NEARNESS_SHARE 0.3 // of the best window's weight
#define TOGETHER_SHARE 1.0 // of a candidate's own weight, for all words of a query of two
#define WINDOW_K 1.2       // how soon a window has enough of a word
#define LIGHT_SHARE 0.1    // of relatives, beside the query's own words
#define COMMON_SHARE 0.2   // words in more documents than that tell nothing

enum { UNITS_MAX = 64, FEEDBACK_MIN_DOCS = 3, PREFIX_BYTES = 3, TITLE_POS = 1 << 28 };

double nx_rank_weight(double factor, uint32_t documents, uint32_t index_documents, uint32_t wdf,
                      double length, double average_length)
{
    if (wdf == 0 || documents == 0) {
        return 0;
    }
    double tfn = wdf * log2(1 + NX_LENGTH_C * average_length / length);
    return factor * log2((index_documents + 1.0) / (documents + 0.5)) * tfn / (tfn + 1);
}

// ---- what the query asks for

// A plain word of the query, in any form.
typedef struct unit {
    size_t part;
    double weight, rarity;               // rarity: of its rarest form
    nx_str terms[2 + NX_WORD_LANGUAGES]; // of the text: exact forms and stems
    size_t term_count;
} unit;

typedef struct occurrence {
    uint32_t pos;
    uint32_t unit;
} occurrence;

// What was read of one document.
typedef struct reading {
    nx_word_count *stems; // vocabulary numbers and wdf
    size_t stem_count, stem_cap;
    uint32_t length;
} reading;

typedef struct ranker {
    const nx_plan *plan;
    const nx_xdb *db;
    nx_xstats stats;
    unit units[UNITS_MAX];
    size_t unit_count;
    bool begins[256]; // some unit's term begins with that byte
    nx_vocab *vocab;  // terms met
    nx_analyzer *analyzer;
    nx_vocab *forms;  // of the analyser
    int16_t *unit_of; // by vocabulary number: unit, -1 none, -2 not known yet
    size_t unit_cap;
    occurrence *found;
    size_t found_count, found_cap;
    uint32_t *positions;
    size_t position_cap;
    bool nomem;
    nx_error *err;
} ranker;

static void *grow(ranker *r, void *old, size_t *cap, size_t want, size_t size)
{
    if (want <= *cap) {
        return old;
    }
    size_t n = *cap < 64 ? 64 : *cap;
    while (n < want) {
        n *= 2;
    }
    void *p = realloc(old, n * size);
    if (p == NULL) {
        r->nomem = true;
        return old;
    }
    *cap = n;
    return p;
}

static void collect_units(ranker *r)
{
    const nx_plan *plan = r->plan;
    for (size_t i = 0; i < plan->term_count; i++) {
        const nx_plan_term *t = &plan->terms[i];
        unit *u = NULL;
        for (size_t k = 0; k < r->unit_count; k++) {
            u = r->units[k].part == t->part ? &r->units[k] : u;
        }
        if (!t->plain || (u == NULL && r->unit_count == UNITS_MAX)) {
            continue;
        }
        if (u == NULL) {
            u = &r->units[r->unit_count++];
            *u = (unit){.part = t->part};
        }
        double rarity = log2((r->stats.documents + 1.0) / (t->documents + 0.5));
        u->weight = t->factor * rarity > u->weight ? t->factor * rarity : u->weight;
        u->rarity = rarity > u->rarity ? rarity : u->rarity;
        if (u->term_count < sizeof u->terms / sizeof u->terms[0]) {
            u->terms[u->term_count++] = t->term;
            r->begins[(unsigned char)t->term.p[t->stem ? 1 : 0]] = true;
        }
    }
}

// ---- which unit a word of a document is

typedef struct form_check {
    ranker *r;
    int16_t unit;
} form_check;

static void each_form(void *ctx, const nx_chunk *c)
{
    form_check *check = ctx;
    ranker *r = check->r;
    for (size_t i = 0; i < c->form_count; i++) {
        nx_str term = nx_vocab_get(r->forms, c->forms[i].term);
        for (size_t u = 0; c->forms[i].kind == NX_FORM_STEM && u < r->unit_count; u++) {
            for (size_t t = 0; t < r->units[u].term_count; t++) {
                if (nx_str_eq(term, r->units[u].terms[t])) {
                    check->unit = (int16_t)u;
                    return;
                }
            }
        }
    }
}

// A word can only have a unit's stem when they begin alike: spares analysing nearly all of them.
static bool begins_alike(nx_str word, nx_str term)
{
    if (term.n > 1 && term.p[0] == 'Z') {
        term = nx_str_make(term.p + 1, term.n - 1);
    }
    size_t n = term.n < PREFIX_BYTES ? term.n : PREFIX_BYTES;
    n = n > 1 && n == term.n ? n - 1 : n;
    return word.n >= n && memcmp(word.p, term.p, n) == 0;
}

static int16_t find_unit(ranker *r, nx_str word)
{
    bool alike = false;
    for (size_t u = 0; u < r->unit_count; u++) {
        for (size_t t = 0; t < r->units[u].term_count; t++) {
            if (nx_str_eq(word, r->units[u].terms[t])) {
                return (int16_t)u;
            }
            alike = alike || begins_alike(word, r->units[u].terms[t]);
        }
    }
    form_check check = {r, -1};
    if (alike) {
        (void)nx_analyze(r->analyzer, word, 1, each_form, &check);
    }
    return check.unit;
}

static int16_t unit_of(ranker *r, nx_str word)
{
    if (!r->begins[(unsigned char)word.p[0]]) { // most words: not worth a look-up
        return -1;
    }
    uint32_t id = nx_vocab_add(r->vocab, word, NULL);
    size_t old = r->unit_cap;
    if (id == NX_VOCAB_NONE) {
        r->nomem = true;
        return -1;
    }
    r->unit_of = grow(r, r->unit_of, &r->unit_cap, (size_t)id + 1, sizeof *r->unit_of);
    if (id >= r->unit_cap) {
        return -1;
    }
    for (size_t i = old; i < r->unit_cap; i++) {
        r->unit_of[i] = -2;
    }
    if (r->unit_of[id] == -2) {
        r->unit_of[id] = find_unit(r, word);
    }
    return r->unit_of[id];
}

// ---- reading a document

static nx_status note_positions(ranker *r, const nx_xterms *terms, int16_t u, uint32_t shift)
{
    size_t count = 0;
    nx_status status = nx_xterms_positions(terms, NULL, 0, &count, r->err);
    if (status != NX_OK || count == 0) {
        return status;
    }
    r->positions = grow(r, r->positions, &r->position_cap, count, sizeof *r->positions);
    r->found = grow(r, r->found, &r->found_cap, r->found_count + count, sizeof *r->found);
    if (r->nomem) {
        return nx_fail_nomem(r->err);
    }
    status = nx_xterms_positions(terms, r->positions, count, &count, r->err);
    for (size_t i = 0; status == NX_OK && i < count; i++) {
        r->found[r->found_count++] = (occurrence){r->positions[i] + shift, (uint32_t)u};
    }
    return status;
}

static nx_status note_stem(ranker *r, const nx_xterms *terms, nx_str term, reading *out)
{
    uint32_t wdf;
    nx_status status = nx_xterms_wdf(terms, &wdf, r->err);
    if (status != NX_OK) {
        return status;
    }
    out->stems = grow(r, out->stems, &out->stem_cap, out->stem_count + 1, sizeof *out->stems);
    uint32_t id = nx_vocab_add(r->vocab, term, NULL);
    if (r->nomem || id == NX_VOCAB_NONE) {
        return nx_fail_nomem(r->err);
    }
    out->stems[out->stem_count++] = (nx_word_count){id, wdf};
    return NX_OK;
}

static nx_status read_term(ranker *r, const nx_xterms *terms, reading *out)
{
    nx_str term = nx_xterms_term(terms);
    if (term.n == 0) {
        return NX_OK;
    }
    if (!nx_is_upper(term.p[0])) {
        int16_t u = unit_of(r, term);
        return u >= 0 ? note_positions(r, terms, u, 0) : NX_OK;
    }
    if (term.p[0] == 'S' && term.n > 1 && !nx_is_upper(term.p[1])) {
        int16_t u = unit_of(r, nx_str_make(term.p + 1, term.n - 1));
        return u >= 0 ? note_positions(r, terms, u, TITLE_POS) : NX_OK;
    }
    bool stem = term.p[0] == 'Z' && term.n > 1 && !nx_is_upper(term.p[1]);
    return stem ? note_stem(r, terms, term, out) : NX_OK;
}

// The words of the query with their places into r->found, the stems into out.
static nx_status read_document(ranker *r, uint32_t docid, reading *out)
{
    nx_xterms *terms = NULL;
    bool more = false;
    r->found_count = 0;
    nx_status status = nx_xdb_doc_terms(&terms, r->db, docid, r->err);
    if (status == NX_OK) {
        status = nx_xdb_doc_length(r->db, docid, &out->length, NULL, r->err);
    }
    while (status == NX_OK) {
        status = nx_xterms_next(terms, &more, r->err);
        if (status != NX_OK || !more) {
            break;
        }
        status = read_term(r, terms, out);
    }
    nx_xterms_free(terms);
    return status;
}

// ---- nearness

static int by_position(const void *a, const void *b)
{
    const occurrence *x = a, *y = b;
    return x->pos < y->pos ? -1 : x->pos > y->pos;
}

// The best window of the document with two words of the query or more: windows of NX_WINDOW words
// start every half of that.
static double best_window(ranker *r)
{
    enum { STEP = NX_WINDOW / 2 };
    double best = 0;
    if (r->found_count > 1) {
        qsort(r->found, r->found_count, sizeof *r->found, by_position);
    }
    size_t first = 0;
    for (size_t i = 0; i < r->found_count; i++) {
        uint32_t start = r->found[i].pos / STEP * STEP; // a window that starts at this step
        uint16_t counts[UNITS_MAX] = {0};
        if (i > 0 && r->found[i - 1].pos / STEP == r->found[i].pos / STEP) {
            continue;
        }
        // Windows that hold this step: the one that starts with it and the one before.
        for (int back = 0; back < 2; back++) {
            uint32_t from = start >= (uint32_t)(back * STEP) ? start - (uint32_t)(back * STEP) : 0;
            double sum = 0;
            size_t words = 0;
            memset(counts, 0, sizeof counts);
            while (first < i && r->found[first].pos + NX_WINDOW < start) {
                first++;
            }
            for (size_t k = first; k < r->found_count && r->found[k].pos < from + NX_WINDOW; k++) {
                if (r->found[k].pos >= from) {
                    counts[r->found[k].unit]++;
                }
            }
            for (size_t u = 0; u < r->unit_count; u++) {
                sum += r->units[u].weight * counts[u] / (counts[u] + WINDOW_K);
                words += counts[u] > 0;
            }
            best = words > 1 && sum > best ? sum : best;
        }
    }
    return best;
}

// How much of the query the document has, by rarity of its words: 1 for all of it. Not much short
// of all counts for nearly nothing.
static double togetherness(const ranker *r)
{
    bool has[UNITS_MAX] = {false};
    double sum = 0, total = 0, n = (double)r->unit_count;
    if (r->unit_count < 2) {
        return 0;
    }
    for (size_t i = 0; i < r->found_count; i++) {
        has[r->found[i].unit] = true;
    }
    for (size_t u = 0; u < r->unit_count; u++) {
        total += r->units[u].rarity;
        sum += has[u] ? r->units[u].rarity : 0;
    }
    double share = total > 0 ? sum / total : 0;
    return 4 / (n * n) * share * share * share * share;
}

// ---- relatives

typedef struct chosen {
    uint32_t stem;
    uint32_t documents; // of the good ones, that have it
    double share;
} chosen;

static int by_share(const void *a, const void *b)
{
    const chosen *x = a, *y = b;
    if (x->share != y->share) {
        return x->share > y->share ? -1 : 1;
    }
    return x->stem < y->stem ? -1 : x->stem > y->stem;
}

static bool worth_knowing(const ranker *r, nx_str stem)
{
    nx_str word = nx_str_make(stem.p + 1, stem.n - 1);
    bool digits = true;
    for (size_t i = 0; i < word.n; i++) {
        digits = digits && nx_is_digit(word.p[i]);
    }
    return word.n > 1 && !digits && !nx_is_stop_word(word, r->plan->leaves.language);
}

// P(word | good documents), the documents weighed by their weights.
static chosen *gather(ranker *r, const nx_candidate *top, const reading *readings, size_t count,
                      size_t *out_count)
{
    size_t n = nx_vocab_count(r->vocab);
    chosen *all = calloc(n > 0 ? n : 1, sizeof *all);
    double total = 0;
    if (all == NULL) {
        r->nomem = true;
        return NULL;
    }
    for (size_t d = 0; d < count; d++) {
        total += top[d].weight;
    }
    for (size_t d = 0; d < count && total > 0; d++) {
        for (size_t i = 0; i < readings[d].stem_count; i++) {
            chosen *c = &all[readings[d].stems[i].word];
            c->documents++;
            c->share += top[d].weight / total * readings[d].stems[i].count / readings[d].length;
        }
    }
    uint32_t needed = count < FEEDBACK_MIN_DOCS ? (uint32_t)count : FEEDBACK_MIN_DOCS;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (all[i].documents >= needed && needed > 0 && all[i].share > 0 &&
            worth_knowing(r, nx_vocab_get(r->vocab, (uint32_t)i))) {
            all[kept] = all[i];
            all[kept++].stem = (uint32_t)i;
        }
    }
    if (kept > 1) {
        qsort(all, kept, sizeof *all, by_share);
    }
    *out_count = kept;
    return all;
}

static nx_status choose_relatives(ranker *r, const nx_candidate *top, const reading *readings,
                                  size_t count, double share, size_t wanted, nx_arena *arena,
                                  nx_relatives *out)
{
    size_t found = 0;
    double total = 0;
    nx_status status = NX_OK;
    chosen *all = gather(r, top, readings, count, &found);
    out->count = 0;
    if (all == NULL) {
        return nx_fail_nomem(r->err);
    }
    wanted = wanted < sizeof out->items / sizeof out->items[0]
                 ? wanted
                 : sizeof out->items / sizeof out->items[0];
    for (size_t i = 0; i < found && out->count < wanted && status == NX_OK; i++) {
        nx_xterm_stats stats;
        nx_str stem = nx_vocab_get(r->vocab, all[i].stem);
        status = nx_xdb_term_stats(r->db, stem, &stats, r->err);
        if (status != NX_OK || stats.documents == 0 ||
            stats.documents > COMMON_SHARE * r->stats.documents) {
            continue;
        }
        nx_relative *item = &out->items[out->count++];
        *item = (nx_relative){.stem = nx_arena_copy(arena, stem),
                              .weight = all[i].share,
                              .factor = ((double)stats.occurrences + 1) / stats.documents,
                              .documents = stats.documents};
        total += all[i].share;
    }
    free(all);
    for (size_t i = 0; i < out->count; i++) {
        out->items[i].weight *= share / (1 - share) * (double)r->unit_count / total;
    }
    return status == NX_OK ? nx_arena_check(arena, "related words", r->err) : status;
}

static double weight_of_relatives(const ranker *r, const nx_relatives *relatives,
                                  const uint32_t *ids, const reading *doc)
{
    double sum = 0;
    for (size_t i = 0; i < doc->stem_count; i++) {
        for (size_t k = 0; k < relatives->count; k++) {
            if (ids[k] == doc->stems[i].word) {
                const nx_relative *t = &relatives->items[k];
                sum += t->weight * nx_rank_weight(t->factor, t->documents, r->stats.documents,
                                                  doc->stems[i].count, doc->length,
                                                  r->stats.average_length);
            }
        }
    }
    return sum;
}

// ---- the whole

static nx_status ranker_init(ranker *r, const nx_plan *plan, const nx_xdb *db, nx_error *err)
{
    *r = (ranker){.plan = plan, .db = db, .err = err};
    r->vocab = nx_vocab_new();
    r->forms = nx_vocab_new();
    r->analyzer = r->forms != NULL ? nx_analyzer_new(r->forms) : NULL;
    if (r->vocab == NULL || r->analyzer == NULL) {
        return nx_fail_nomem(err);
    }
    nx_analyzer_language(r->analyzer, plan->leaves.language);
    nx_status status = nx_xdb_stats(db, &r->stats, err);
    if (status == NX_OK) {
        collect_units(r);
    }
    return status;
}

static void ranker_release(ranker *r)
{
    nx_analyzer_free(r->analyzer);
    nx_vocab_free(r->forms);
    nx_vocab_free(r->vocab);
    free(r->unit_of);
    free(r->found);
    free(r->positions);
}

static int by_weight(const void *a, const void *b)
{
    const nx_candidate *x = a, *y = b;
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    return x->docid < y->docid ? -1 : x->docid > y->docid;
}

typedef struct ranked {
    nx_candidate candidate; // first: by_weight sees it
    reading doc;
} ranked;

static nx_status read_all(ranker *r, ranked *items, size_t count)
{
    nx_status status = NX_OK;
    for (size_t i = 0; i < count && status == NX_OK; i++) {
        nx_candidate *c = &items[i].candidate;
        status = read_document(r, c->docid, &items[i].doc);
        if (status == NX_OK) {
            c->nearness = NEARNESS_SHARE * best_window(r);
            c->together = TOGETHER_SHARE * togetherness(r) * c->base;
            c->weight = c->base + c->nearness + c->together;
        }
    }
    bool failed = r->nomem || nx_analyzer_failed(r->analyzer);
    return status == NX_OK && failed ? nx_fail_nomem(r->err) : status;
}

// The candidates and readings of the best ones, side by side.
static nx_status relatives_of(ranker *r, const ranked *items, size_t count, double share,
                              size_t wanted, nx_arena *arena, nx_relatives *out)
{
    nx_candidate top[NX_FEEDBACK_DOCS];
    reading readings[NX_FEEDBACK_DOCS];
    size_t n = count < NX_FEEDBACK_DOCS ? count : NX_FEEDBACK_DOCS;
    for (size_t i = 0; i < n; i++) {
        top[i] = items[i].candidate;
        readings[i] = items[i].doc;
    }
    return choose_relatives(r, top, readings, n, share, wanted, arena, out);
}

static nx_status add_relatives(ranker *r, ranked *items, size_t count, nx_arena *arena,
                               nx_relatives *out)
{
    uint32_t ids[sizeof out->items / sizeof out->items[0]];
    nx_status status = relatives_of(r, items, count, LIGHT_SHARE, NX_FEEDBACK_TERMS, arena, out);
    for (size_t i = 0; i < out->count; i++) {
        ids[i] = nx_vocab_find(r->vocab, out->items[i].stem);
    }
    for (size_t i = 0; i < count && status == NX_OK; i++) {
        nx_candidate *c = &items[i].candidate;
        c->relatives = weight_of_relatives(r, out, ids, &items[i].doc);
        c->weight += c->relatives;
    }
    return status;
}

// Candidates may gain by those like them.
static nx_status add_likeness(ranker *r, ranked *items, size_t count)
{
    nx_bag bags[NX_RANK_DEPTH];
    double weights[NX_RANK_DEPTH], gains[NX_RANK_DEPTH];
    float *likeness = calloc(count * count + 1, sizeof *likeness);
    if (likeness == NULL) {
        return nx_fail_nomem(r->err);
    }
    for (size_t i = 0; i < count; i++) {
        bags[i] = (nx_bag){items[i].doc.stems, items[i].doc.stem_count};
        weights[i] = items[i].candidate.weight;
    }
    nx_status status = nx_likeness(bags, count, nx_vocab_count(r->vocab), likeness, r->err);
    if (status == NX_OK) {
        nx_smooth(likeness, weights, count, gains);
    }
    for (size_t i = 0; i < count && status == NX_OK; i++) {
        items[i].candidate.likeness = gains[i];
        items[i].candidate.weight += gains[i];
    }
    free(likeness);
    return status;
}

static ranked *make_ranked(const nx_candidate *items, size_t count)
{
    ranked *out = calloc(count > 0 ? count : 1, sizeof *out);
    for (size_t i = 0; out != NULL && i < count; i++) {
        out[i].candidate = items[i];
    }
    return out;
}

static void free_ranked(ranked *items, size_t count)
{
    for (size_t i = 0; items != NULL && i < count; i++) {
        free(items[i].doc.stems);
    }
    free(items);
}

nx_status nx_rank_refine(const nx_plan *plan, const nx_xdb *db, nx_candidate *items, size_t count,
                         nx_arena *arena, nx_relatives *relatives, nx_error *err)
{
    ranker r;
    size_t depth = count < NX_RANK_DEPTH ? count : NX_RANK_DEPTH;
    if (relatives != NULL) {
        relatives->count = 0;
    }
    nx_status status = ranker_init(&r, plan, db, err);
    ranked *work = make_ranked(items, depth);
    if (status == NX_OK && work == NULL) {
        status = nx_fail_nomem(err);
    }
    if (status == NX_OK && r.unit_count > 0) {
        status = read_all(&r, work, depth);
        if (status == NX_OK && r.unit_count > 1) {
            qsort(work, depth, sizeof *work, by_weight);
            if (relatives != NULL) {
                status = add_relatives(&r, work, depth, arena, relatives);
            }
            qsort(work, depth, sizeof *work, by_weight);
            if (status == NX_OK) {
                status = add_likeness(&r, work, depth);
            }
        }
        if (status == NX_OK && depth > 1) {
            qsort(work, depth, sizeof *work, by_weight);
        }
        for (size_t i = 0; i < depth && status == NX_OK; i++) {
            items[i] = work[i].candidate;
        }
    }
    free_ranked(work, depth);
    ranker_release(&r);
    return status;
}

nx_status nx_rank_relatives(const nx_plan *plan, const nx_xdb *db, const nx_candidate *top,
                            size_t count, double share, size_t wanted, nx_arena *arena,
                            nx_relatives *out, nx_error *err)
{
    ranker r;
    size_t depth = count < NX_FEEDBACK_DOCS ? count : NX_FEEDBACK_DOCS;
    nx_status status = ranker_init(&r, plan, db, err);
    ranked *work = make_ranked(top, depth);
    out->count = 0;
    if (status == NX_OK && work == NULL) {
        status = nx_fail_nomem(err);
    }
    for (size_t i = 0; i < depth && status == NX_OK; i++) {
        status = read_document(&r, top[i].docid, &work[i].doc);
    }
    if (status == NX_OK && (r.nomem || nx_analyzer_failed(r.analyzer))) {
        status = nx_fail_nomem(err);
    }
    if (status == NX_OK) {
        status = relatives_of(&r, work, depth, share, wanted, arena, out);
    }
    free_ranked(work, depth);
    ranker_release(&r);
    return status;
}
