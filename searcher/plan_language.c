// plan_language.c: what the index tells of the language of a query's words: which one it is, whose
// common words count for nothing; and German words in their other spelling.
#include "searcher/engine.h"
#include "searcher/planner.h"

enum {
    VOTERS_MAX = 16,        // words of a query that are looked at
    VOTER_ARTICLES = 20000, // a word in more articles takes longer to count than it is worth
};

// ---- which language it is

typedef struct election {
    uint8_t votes[NX_WORD_LANGUAGES];
    size_t voters;
    uint64_t elsewhere; // articles in other languages than the first
} election;

static nx_str language_term(nx_str code, nx_buf *out)
{
    nx_buf_clear(out);
    nx_field_value_term(nx_field_by_id(NX_FIELD_LANG), code, out);
    return nx_buf_str(out);
}

// How many articles in a language have a term.
static uint64_t count_in(nx_planner *p, nx_str term, nx_str code)
{
    nx_buf language;
    uint64_t count = 0;
    nx_buf_init(&language, 1 << 8);
    nx_xquery *q = nx_xq_pair(&p->x, NX_XOP_AND, nx_xq_term(&p->x, term),
                              nx_xq_term(&p->x, language_term(code, &language)));
    if (p->x.status == NX_OK) {
        p->x.status = nx_fetch_count(p->x.db, q, NULL, &count, p->x.err);
    }
    nx_xquery_free(q);
    nx_buf_release(&language);
    return count;
}

// How many articles are in other languages than the one that most are in.
static uint64_t count_elsewhere(nx_planner *p, nx_str codes)
{
    nx_buf term;
    uint64_t count = 0;
    nx_buf_init(&term, 1 << 8);
    (void)nx_str_take_word(&codes);
    for (nx_str code = nx_str_take_word(&codes); code.n > 0; code = nx_str_take_word(&codes)) {
        count += nx_xq_stats(&p->x, language_term(code, &term)).documents;
    }
    nx_buf_release(&term);
    return count;
}

// A word is of the language that has four in five of its articles; of none when it is shared. Where
// the other languages together have too few articles, it is of the first without counting.
static void vote(nx_planner *p, nx_str term, election *e)
{
    uint64_t all = nx_xq_stats(&p->x, term).documents, rest = all;
    nx_str codes = p->options->languages;
    if (all == 0 || e->voters == VOTERS_MAX) {
        return;
    }
    e->voters++;
    if (e->elsewhere * 5 <= all) {
        e->votes[0]++;
        return;
    }
    if (all > VOTER_ARTICLES) {
        return;
    }
    nx_str code = nx_str_take_word(&codes);
    for (size_t i = 0; i < NX_WORD_LANGUAGES && code.n > 0 && rest * 5 >= all * 4; i++) {
        uint64_t here = count_in(p, term, code);
        if (here * 5 >= all * 4) {
            e->votes[i]++;
            return;
        }
        rest -= here < rest ? here : rest;
        code = nx_str_take_word(&codes);
    }
}

static void vote_all(nx_planner *p, const nx_qnode *n, election *e)
{
    for (; n != NULL && p->x.status == NX_OK; n = n->next) {
        bool facts = n->kind == NX_Q_FIELD && n->field->analysis != NX_AS_WORDS;
        if (n->kind == NX_Q_WORD || n->kind == NX_Q_PHRASE) {
            const nx_leaf *leaf = &p->plan->leaves.items[n->leaf];
            for (size_t i = 0; i < leaf->word_count; i++) {
                vote(p, leaf->words[i].exact, e);
            }
        }
        if (!facts) {
            vote_all(p, n->child, e);
        }
    }
}

void nx_plan_language(nx_planner *p)
{
    nx_str codes = p->options->languages;
    election e = {.elsewhere = 0};
    size_t best = 0, equal = 0;
    (void)nx_str_take_word(&codes);
    if (p->x.status != NX_OK || nx_str_trim(codes).n == 0) {
        return; // there is one language or none
    }
    e.elsewhere = count_elsewhere(p, p->options->languages);
    vote_all(p, p->q->root, &e);
    for (size_t i = 1; i < NX_WORD_LANGUAGES; i++) {
        equal = e.votes[i] == e.votes[best] ? equal + 1 : equal;
        if (e.votes[i] > e.votes[best]) {
            best = i;
            equal = 0;
        }
    }
    if (e.votes[best] == 0 || equal > 0) {
        return; // as the common words have told
    }
    nx_str code = NX_STR("");
    codes = p->options->languages;
    for (size_t i = 0; i <= best; i++) {
        code = nx_str_take_word(&codes);
    }
    nx_leaves_are(&p->plan->leaves, code, (uint8_t)(1U << best));
}

// ---- the other spelling

static const struct {
    const char *umlaut, *letters;
} spellings[] = {{"\xc3\xa4", "ae"}, {"\xc3\xb6", "oe"}, {"\xc3\xbc", "ue"}};
enum { SPELLINGS = NX_COUNT(spellings) };

// Of "ue" behind another vowel or q, as in neue and Quelle, the u is the word's own.
static bool is_umlaut(nx_str s, size_t i)
{
    return s.p[i] != 'u' || i == 0 || strchr("aeq", s.p[i - 1]) == NULL;
}

// "fluechtling" of "flüchtling" and the reverse; empty when there is nothing to change.
static void respell(nx_str s, nx_buf *out)
{
    bool umlauts = false, changed = false;
    for (size_t k = 0; k < SPELLINGS; k++) {
        umlauts = umlauts || nx_str_find(s, nx_str_of(spellings[k].umlaut), 0) != SIZE_MAX;
    }
    for (size_t i = 0; i < s.n;) {
        size_t k = 0;
        nx_str rest = nx_str_skip(s, i);
        while (k < SPELLINGS && !(umlauts ? nx_str_starts(rest, nx_str_of(spellings[k].umlaut))
                                          : nx_str_starts(rest, nx_str_of(spellings[k].letters)) &&
                                                is_umlaut(s, i))) {
            k++;
        }
        if (k < SPELLINGS) {
            nx_buf_addz(out, umlauts ? spellings[k].letters : spellings[k].umlaut);
            i += 2; // both spellings take as many bytes
            changed = true;
        } else {
            nx_buf_addc(out, s.p[i++]);
        }
    }
    if (!changed) {
        nx_buf_clear(out);
    }
}

static bool has_german(nx_str codes)
{
    for (nx_str code = nx_str_take_word(&codes); code.n > 0; code = nx_str_take_word(&codes)) {
        if (nx_str_eq(code, NX_STR("de"))) {
            return true;
        }
    }
    return false;
}

void nx_plan_respell(nx_planner *p)
{
    nx_leaves *l = &p->plan->leaves;
    nx_buf other;
    if (p->x.status != NX_OK || !has_german(p->options->languages)) {
        return;
    }
    nx_buf_init(&other, 1 << 10);
    for (size_t i = 0; i < l->count; i++) {
        for (size_t k = 0; k < l->items[i].word_count && p->x.status == NX_OK; k++) {
            nx_word *w = &l->items[i].words[k];
            nx_buf_clear(&other);
            respell(w->exact, &other);
            if (other.len > 0 && nx_xq_stats(&p->x, nx_buf_str(&other)).documents > 0) {
                w->respelt = nx_arena_copy(p->q->arena, nx_buf_str(&other));
            }
        }
    }
    nx_buf_release(&other);
}
