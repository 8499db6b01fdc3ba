// suggest.c: "did you mean": another spelling of rare words that the index has more of.
//
// Only offered when the whole query, so spelled, has more hits, in the way it was asked and also
// when all its words are required; never applied. A word that occurs in NAME_DOCUMENTS documents is
// taken for right, however like another it looks: new names are.
// Must not know: ranking.

#include <stdlib.h>

#include "base/num.h"
#include "searcher/engine.h"
#include "searcher/vocabulary.h"

enum {
    NAME_DOCUMENTS = 5,  // a word in as many documents is a word
    MORE_TIMES = 10,     // a better spelling is in so many times the documents,
    FEW_DOCUMENTS = 2,   // or in so many where the word is in none
    COMMON_PERCENT = 60, // and in no more of the documents: nobody looks for "said"
    WORDS_LOOKED_AT = 4, // rare words of one query
    MIN_LENGTH = 4,      // shorter words are too like others
    MANY_HITS = 10,      // a query with as many hits for all its words needs no help
};

typedef struct correction {
    const nx_qnode *node;
    nx_str word;
} correction;

typedef struct suggester {
    nx_result *r;
    correction items[WORDS_LOOKED_AT];
    size_t count;
    nx_error *err;
} suggester;

// How many documents must have a spelling so far from that of a word in so many?
static uint64_t documents_wanted(uint32_t documents, uint32_t distance)
{
    uint64_t near = documents == 0 ? FEW_DOCUMENTS : MORE_TIMES * ((uint64_t)documents + 1);
    return near * distance;
}

// The most frequent spelling near a word, if it is much more frequent; absent for none.
static nx_status better_spelling(suggester *s, const nx_word *w, uint32_t documents, nx_str *out)
{
    nx_known_list known;
    size_t letters = w->exact.n;
    uint64_t common = (uint64_t)s->r->stats.documents * COMMON_PERCENT / 100;
    *out = NX_STR_NONE;
    nx_status status =
        nx_known_near(s->r->searcher->db, "", w->exact, letters > 7 ? 2 : 1, 200, &known, s->err);
    if (status != NX_OK) {
        return status;
    }
    const nx_known *best = NULL;
    for (size_t i = 0; i < known.count; i++) {
        const nx_known *k = &known.items[i];
        bool other = k->distance > 0 && k->documents <= common;
        if (other && k->documents >= documents_wanted(documents, k->distance) &&
            (best == NULL || k->documents / k->distance > best->documents / best->distance)) {
            best = k;
        }
    }
    if (best != NULL) {
        *out = nx_arena_copy(s->r->arena, nx_known_written(&known, best));
    }
    nx_known_free(&known);
    return nx_arena_check(s->r->arena, "a suggestion", s->err);
}

static nx_status look_at(suggester *s, const nx_qnode *n)
{
    const nx_leaf *leaf = &s->r->plan->leaves.items[n->leaf];
    nx_xterm_stats stats;
    if (leaf->word_count != 1 || leaf->words[0].exact.n < MIN_LENGTH || leaf->words[0].acronym ||
        s->count == WORDS_LOOKED_AT) {
        return NX_OK;
    }
    const nx_word *w = &leaf->words[0];
    uint32_t documents = 0;
    nx_status status = nx_xdb_term_stats(s->r->searcher->db, w->exact, &stats, s->err);
    for (size_t i = 0; i < w->stem_count && status == NX_OK; i++) {
        documents = stats.documents > documents ? stats.documents : documents;
        status = nx_xdb_term_stats(s->r->searcher->db, w->stems[i], &stats, s->err);
    }
    documents = status == NX_OK && stats.documents > documents ? stats.documents : documents;
    if (status != NX_OK || documents >= NAME_DOCUMENTS) {
        return status;
    }
    nx_str word;
    status = better_spelling(s, w, documents, &word);
    if (status == NX_OK && word.n > 0) {
        s->items[s->count++] = (correction){n, word};
    }
    return status;
}

static nx_status look_at_words(suggester *s, const nx_qnode *n)
{
    nx_status status = NX_OK;
    for (; n != NULL && status == NX_OK; n = n->next) {
        if (n->kind == NX_Q_WORD && n->match == NX_MATCH_WORD) {
            status = look_at(s, n);
        } else if (n->kind != NX_Q_FIELD && n->kind != NX_Q_NOT) {
            status = look_at_words(s, n->child);
        }
    }
    return status;
}

// The query's text with the corrections put in.
static void put_together(const suggester *s, nx_buf *out)
{
    nx_str text = s->r->query->text;
    size_t at = 0;
    for (size_t i = 0; i < s->count; i++) {
        const nx_qnode *n = s->items[i].node;
        if (n->at < at) {
            continue;
        }
        nx_buf_add(out, text.p + at, n->at - at);
        nx_buf_adds(out, s->items[i].word);
        at = n->end;
    }
    nx_buf_add(out, text.p + at, text.n - at);
}

static nx_status count(nx_result *r, nx_str text, nx_words words, uint64_t *out, nx_error *err)
{
    nx_search_options options = r->options;
    nx_result *other = NULL;
    options.words = words;
    options.limit = 0;
    options.offset = 0;
    options.exact = true;
    options.suggest = options.explain = options.expand = options.strict = false;
    options.facet_count = 0;
    options.timeline = NX_STEP_NONE;
    *out = 0;
    nx_status status = nx_search_once(r->searcher, text, &options, &other, err);
    if (status == NX_OK) {
        *out = nx_result_counts(other).estimated;
        nx_result_free(other);
    }
    return status;
}

// Is the other spelling better? It has more hits with every word required, which is what a
// misspelled word spoils, and more as the user asks: *hits of them.
static nx_status compare(nx_result *r, nx_str other, bool *better, uint64_t *hits, nx_error *err)
{
    const nx_words ways[] = {NX_WORDS_ALL, r->options.words};
    nx_status status = NX_OK;
    *better = true;
    for (size_t i = 0; i < NX_COUNT(ways) && status == NX_OK && *better; i++) {
        uint64_t before = 0;
        status = count(r, r->query->text, ways[i], &before, err);
        if (status == NX_OK) {
            status = count(r, other, ways[i], hits, err);
        }
        bool helpless = i > 0 || before < MANY_HITS;
        *better = status == NX_OK && helpless && *hits > before;
    }
    return status;
}

// Does the index have the word? Where it does not, this has been said.
static bool is_known(const nx_plan *plan, const nx_qnode *n)
{
    for (size_t i = 0; i < plan->term_count; i++) {
        if (plan->terms[i].part == n->leaf) {
            return true;
        }
    }
    return false;
}

// May hits lack one of the words side by side, all of which the index has?
static bool may_lack_words(const nx_result *r)
{
    size_t count = 0;
    if (r->options.words != NX_WORDS_RANKED || r->query->root->kind != NX_Q_BAG) {
        return false;
    }
    for (const nx_qnode *n = r->query->root->child; n != NULL; n = n->next) {
        const nx_leaf *leaf = n->kind == NX_Q_WORD ? &r->plan->leaves.items[n->leaf] : NULL;
        bool common = leaf != NULL && leaf->word_count == 1 && leaf->words[0].stop;
        bool optional = leaf != NULL && n->match != NX_MATCH_EXACT && n->match != NX_MATCH_CAPS;
        if (optional && !common && !is_known(r->plan, n)) {
            return false;
        }
        count += optional && !common;
    }
    return count > 1;
}

// Nothing has all that must be there: is there more with --any?
static nx_status note_nothing(nx_result *r, nx_error *err)
{
    size_t parts = 0;
    uint64_t some = 0;
    const nx_qnode *root = r->query->root;
    for (const nx_qnode *n = root->child; root->kind == NX_Q_BAG && n != NULL; n = n->next) {
        parts += n->kind != NX_Q_NOT && !nx_qnode_is_filter(n);
    }
    if (parts < 2 || r->options.words == NX_WORDS_ANY) {
        return NX_OK;
    }
    nx_status status = count(r, r->query->text, NX_WORDS_ANY, &some, err);
    if (status == NX_OK && some > 0) {
        char text[28];
        nx_query_note(r->query, NX_NOTE_HINT, 0, r->query->text.n,
                      "no article has all that must be there; with --any, %s ha%s a part of it",
                      nx_format_count(text, some), some == 1 ? "s" : "ve");
    }
    return status;
}

nx_status nx_note_missing(nx_result *r, nx_error *err)
{
    if (r->counts.upper == 0) {
        return note_nothing(r, err);
    }
    const nx_search_options *o = &r->options;
    const nx_parse_options parse = {.now = o->now};
    const nx_plan_options strictly = {.words = NX_WORDS_ALL,
                                      .since = o->since,
                                      .until = o->until,
                                      .languages = nx_buf_str(&r->searcher->languages),
                                      .synonyms = r->searcher->synonyms};
    const nx_search_options unranked = {.sort = NX_SORT_RELEVANCE};
    nx_query *query = NULL;
    nx_plan *plan = NULL;
    if (r->hit_count == 0 || !may_lack_words(r)) {
        return NX_OK;
    }
    nx_status status = nx_query_parse(r->query->text, &parse, &query, err);
    if (status == NX_OK) {
        status = nx_plan_make(&plan, query, r->searcher->db, &strictly, err);
    }
    if (status == NX_OK) {
        nx_fetch any = {
            .db = r->searcher->db, .verify = plan->verify ? plan : NULL, .options = &unranked};
        status = nx_fetch_match(&any, plan->match, 1, 0, false, err);
        if (status == NX_OK && any.count == 0) {
            nx_query_note(r->query, NX_NOTE_HINT, 0, r->query->text.n,
                          "no article has all the words; those with the most telling come first");
        }
        free(any.items);
    }
    nx_plan_free(plan);
    nx_query_free(query);
    return status == NX_OK ? nx_arena_check(r->query->arena, "a note", err) : status;
}

nx_status nx_suggest(nx_result *r, nx_error *err)
{
    suggester s = {.r = r, .err = err};
    bool better = false;
    uint64_t hits = 0;
    nx_buf text;
    nx_status status = look_at_words(&s, r->query->root);
    if (status != NX_OK || s.count == 0) {
        return status;
    }
    nx_buf_init(&text, 2 * NX_QUERY_MAX_BYTES);
    put_together(&s, &text);
    status = nx_buf_check(&text, "a suggestion", err);
    if (status == NX_OK) {
        status = compare(r, nx_buf_str(&text), &better, &hits, err);
    }
    if (status == NX_OK && better) {
        nx_buf_adds(&r->suggestion, nx_buf_str(&text));
        r->suggestion_hits = hits;
    }
    nx_buf_release(&text);
    return status;
}
