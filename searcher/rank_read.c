// rank_read.c: what ranking reads of the candidates: their stems, and where the query's words
// stand.
//
// Must not know: what any of it weighs.
#include <math.h>
#include <stdlib.h>

#include "searcher/ranker.h"

enum { PREFIX_BYTES = 3, TITLE_POS = 1 << 28, TERM_ROOM = 1 << 10 };

// A term of a candidate that is a word of the query.
struct nx_mention {
    uint32_t word; // number in words
    uint32_t doc;  // number of the candidate
    uint32_t docid;
    int16_t unit;
    bool title;
};

static void *grow(nx_ranker *r, void *old, size_t *cap, size_t want, size_t size)
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

// ---- what the query asks for

static void collect_units(nx_ranker *r)
{
    const nx_plan *plan = r->plan;
    for (size_t i = 0; i < plan->term_count; i++) {
        const nx_plan_term *t = &plan->terms[i];
        nx_unit *u = NULL;
        for (size_t k = 0; k < r->unit_count; k++) {
            u = r->units[k].part == t->part ? &r->units[k] : u;
        }
        if (!t->plain || (u == NULL && r->unit_count == NX_UNITS_MAX)) {
            continue;
        }
        if (u == NULL) {
            u = &r->units[r->unit_count++];
            *u = (nx_unit){.part = t->part};
        }
        double rarity = log2((r->stats.documents + 1.0) / (t->documents + 0.5));
        u->weight = t->factor * rarity > u->weight ? t->factor * rarity : u->weight;
        u->rarity = rarity > u->rarity ? rarity : u->rarity;
        if (u->term_count < NX_COUNT(u->terms)) {
            u->terms[u->term_count++] = t->term;
            r->begins[(unsigned char)t->term.p[t->stem ? 1 : 0]] = true;
        }
    }
    r->begins['S'] = r->begins['Z'] = true; // words of titles, stems
}

// ---- which unit a word of a document is

typedef struct form_check {
    nx_ranker *r;
    int16_t unit;
} form_check;

static void each_form(void *ctx, const nx_chunk *c)
{
    form_check *check = ctx;
    nx_ranker *r = check->r;
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
        term = nx_str_skip(term, 1);
    }
    size_t n = term.n < PREFIX_BYTES ? term.n : PREFIX_BYTES;
    n = n > 1 && n == term.n ? n - 1 : n;
    return word.n >= n && memcmp(word.p, term.p, n) == 0;
}

static int16_t find_unit(nx_ranker *r, nx_str word)
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

// The unit of a word and its number in words; -1 for none.
static int16_t unit_of(nx_ranker *r, nx_str word, uint32_t *number)
{
    if (!r->begins[(unsigned char)word.p[0]]) { // of a title, mostly: not worth a look-up
        return -1;
    }
    uint32_t id = *number = nx_vocab_add(r->words, word, NULL);
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

static nx_status note_mention(nx_ranker *r, nx_str word, bool title, uint32_t doc, uint32_t docid)
{
    uint32_t number = 0;
    int16_t u = unit_of(r, word, &number);
    if (u >= 0) {
        r->mentions =
            grow(r, r->mentions, &r->mention_cap, r->mention_count + 1, sizeof *r->mentions);
    }
    if (r->nomem) {
        return nx_fail_nomem(r->err);
    }
    if (u >= 0) {
        r->mentions[r->mention_count++] = (nx_mention){number, doc, docid, u, title};
    }
    return NX_OK;
}

static nx_status note_stem(nx_ranker *r, nx_str term, uint32_t wdf, nx_reading *out)
{
    out->stems = grow(r, out->stems, &out->stem_cap, out->stem_count + 1, sizeof *out->stems);
    uint32_t id = nx_vocab_add(r->stems, term, NULL);
    if (r->nomem || id == NX_VOCAB_NONE) {
        return nx_fail_nomem(r->err);
    }
    out->stems[out->stem_count++] = (nx_word_count){id, wdf};
    return NX_OK;
}

typedef struct reader {
    nx_ranker *r;
    uint32_t doc; // number of the candidate
    nx_ranked *item;
} reader;

static nx_status each_term(void *ctx, nx_str term, uint32_t wdf)
{
    const reader *to = ctx;
    const uint32_t docid = to->item->candidate.docid;
    const bool of_word = term.n > 1 && !nx_is_upper(term.p[1]);
    if (!nx_is_upper(term.p[0])) {
        return note_mention(to->r, term, false, to->doc, docid);
    }
    if (of_word && term.p[0] == 'S') {
        return note_mention(to->r, nx_str_skip(term, 1), true, to->doc, docid);
    }
    return of_word && term.p[0] == 'Z' ? note_stem(to->r, term, wdf, &to->item->doc) : NX_OK;
}

static int by_docid(const void *a, const void *b)
{
    const nx_ranked *x = *(nx_ranked *const *)a, *y = *(nx_ranked *const *)b;
    return x->candidate.docid < y->candidate.docid ? -1 : 1;
}

// As they lie in the index: one after the other, some hundreds in a block.
static nx_status read_lengths(nx_ranker *r, nx_ranked *items, size_t count)
{
    nx_ranked **ordered = calloc(count + 1, sizeof(nx_ranked *));
    nx_status status = ordered != NULL ? NX_OK : nx_fail_nomem(r->err);
    for (size_t i = 0; i < count && status == NX_OK; i++) {
        ordered[i] = &items[i];
    }
    if (count > 1 && status == NX_OK) {
        qsort(ordered, count, sizeof(nx_ranked *), by_docid);
    }
    for (size_t i = 0; i < count && status == NX_OK; i++) {
        status = nx_xdb_doc_length(r->db, ordered[i]->candidate.docid, &ordered[i]->doc.length,
                                   NULL, r->err);
    }
    free(ordered);
    return status;
}

// ---- where the query's words stand

// As the positions lie in the index, so that its blocks are read once.
static int by_term(const void *a, const void *b)
{
    const nx_mention *x = a, *y = b;
    if (x->word != y->word) {
        return x->word < y->word ? -1 : 1;
    }
    if (x->title != y->title) {
        return x->title < y->title ? -1 : 1;
    }
    return x->docid < y->docid ? -1 : x->docid > y->docid;
}

static int by_place(const void *a, const void *b)
{
    const nx_occurrence *x = a, *y = b;
    if (x->doc != y->doc) {
        return x->doc < y->doc ? -1 : 1;
    }
    return x->pos < y->pos ? -1 : x->pos > y->pos;
}

static nx_status read_mention(nx_ranker *r, const nx_mention *m, nx_str term)
{
    size_t count = 0;
    nx_status status =
        nx_xdb_positions(r->db, m->docid, term, r->positions, r->position_cap, &count, r->err);
    const bool again = count > r->position_cap;
    if (status != NX_OK || count == 0) {
        return status;
    }
    r->positions = grow(r, r->positions, &r->position_cap, count, sizeof *r->positions);
    r->found = grow(r, r->found, &r->found_cap, r->found_count + count, sizeof *r->found);
    if (r->nomem) {
        return nx_fail_nomem(r->err);
    }
    if (again) {
        status = nx_xdb_positions(r->db, m->docid, term, r->positions, count, &count, r->err);
    }
    for (size_t i = 0; status == NX_OK && i < count; i++) {
        r->found[r->found_count++] = (nx_occurrence){
            m->doc, r->positions[i] + (m->title ? TITLE_POS : 0), (uint32_t)m->unit};
    }
    return status;
}

// Deals what was found out to the documents.
static void deal(nx_ranker *r, nx_ranked *items)
{
    if (r->found_count > 1) {
        qsort(r->found, r->found_count, sizeof *r->found, by_place);
    }
    for (size_t i = r->found_count; i-- > 0;) {
        nx_reading *doc = &items[r->found[i].doc].doc;
        doc->found = &r->found[i];
        doc->found_count++;
    }
}

static nx_status read_places(nx_ranker *r, nx_ranked *items)
{
    nx_buf term;
    nx_status status = NX_OK;
    nx_buf_init(&term, TERM_ROOM);
    if (r->mention_count > 1) {
        qsort(r->mentions, r->mention_count, sizeof *r->mentions, by_term);
    }
    for (size_t i = 0; i < r->mention_count && status == NX_OK; i++) {
        const nx_mention *m = &r->mentions[i];
        nx_buf_clear(&term);
        nx_buf_addz(&term, m->title ? "S" : "");
        nx_buf_adds(&term, nx_vocab_get(r->words, m->word));
        status = nx_buf_check(&term, "a term", r->err);
        if (status == NX_OK) {
            status = read_mention(r, m, nx_buf_str(&term));
        }
    }
    nx_buf_release(&term);
    deal(r, items);
    return status;
}

nx_status nx_ranker_read(nx_ranker *r, nx_ranked *items, size_t count, bool places)
{
    nx_status status = read_lengths(r, items, count);
    r->mention_count = r->found_count = 0;
    for (size_t i = 0; i < count && status == NX_OK; i++) {
        reader to = {r, (uint32_t)i, &items[i]};
        status = nx_xdb_read_doc_terms(r->db, items[i].candidate.docid, r->begins, each_term, &to,
                                       r->err);
    }
    if (status == NX_OK && places) {
        status = read_places(r, items);
    }
    bool failed = r->nomem || nx_analyzer_failed(r->analyzer);
    return status == NX_OK && failed ? nx_fail_nomem(r->err) : status;
}

// ---- a ranker

nx_status nx_ranker_init(nx_ranker *r, const nx_plan *plan, const nx_xdb *db, nx_error *err)
{
    *r = (nx_ranker){.plan = plan, .db = db, .err = err};
    r->stems = nx_vocab_new();
    r->words = nx_vocab_new();
    r->forms = nx_vocab_new();
    r->analyzer = r->forms != NULL ? nx_analyzer_new(r->forms) : NULL;
    if (r->stems == NULL || r->words == NULL || r->analyzer == NULL) {
        return nx_fail_nomem(err);
    }
    nx_analyzer_language(r->analyzer, plan->leaves.language);
    if (nx_analyzer_failed(r->analyzer)) {
        return nx_fail_nomem(err);
    }
    nx_status status = nx_xdb_stats(db, &r->stats, err);
    if (status == NX_OK) {
        collect_units(r);
    }
    return status;
}

void nx_ranker_release(nx_ranker *r)
{
    nx_analyzer_free(r->analyzer);
    nx_vocab_free(r->forms);
    nx_vocab_free(r->stems);
    nx_vocab_free(r->words);
    free(r->mentions);
    free(r->unit_of);
    free(r->found);
    free(r->positions);
}
