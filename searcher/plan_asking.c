// plan_asking.c: words of a question that are about the asking, not about its subject: "I am
// looking for articles that discuss ...", "To be relevant, a document must mention ...". They are
// as common as function words in questions, and rare in what is searched: they would weigh most.
//
// A run of such and of function words, from the beginning of a sentence of the query or an "I" on,
// ends at the first other word. It is about the asking when somebody asks in it, or it has both a
// verb and a noun of asking. "Information needs of scientists" and "document retrieval" are none.
// Must not know: Xapian.
#include "searcher/planner.h"
#include "text/analysis.h"

static const char *const askers[] = {"i",      "i'd", "i'm",  "i've",  "me",
                                     "please", "we",  "we'd", "we're", NULL};
static const char *const verbs[] = {
    "concern",    "concerned", "concerning", "contain",   "containing", "contains", "deal",
    "dealing",    "deals",     "describe",   "describes", "describing", "discuss",  "discusses",
    "discussing", "find",      "identify",   "mention",   "mentioning", "mentions", "must",
    "regarding",  "relevant",  "treat",      "treating",  "treats",     NULL};
// Of somebody who asks.
static const char *const wishes[] = {"get",    "give",    "grateful", "interested", "know",
                                     "like",   "list",    "look",     "looking",    "need",
                                     "obtain", "pleased", "receive",  "see",        "show",
                                     "tell",   "want",    "wish",     NULL};
static const char *const nouns[] = {"article",     "articles",   "document", "documents",
                                    "information", "literature", "papers",   "publications",
                                    "references",  "reports",    "texts",    NULL};

// The word of a node that may be about the asking; NULL of any other.
static nx_word *word_of(nx_planner *p, const nx_qnode *n)
{
    if (n == NULL || n->kind != NX_Q_WORD || n->match != NX_MATCH_WORD) {
        return NULL;
    }
    nx_leaf *leaf = &p->plan->leaves.items[n->leaf];
    return leaf->word_count == 1 ? &leaf->words[0] : NULL;
}

static bool is_verb(const nx_word *w)
{
    return nx_str_in_nocase(w->exact, verbs);
}

// Does a sentence begin with the node after n?
static bool ends_sentence(const nx_planner *p, const nx_qnode *n)
{
    const nx_str text = p->q->text;
    for (size_t i = n->at; n->next != NULL && i + 1 < n->next->at && i + 1 < text.n; i++) {
        if (strchr(".?!;", text.p[i]) != NULL && nx_is_space(text.p[i + 1])) {
            return true;
        }
    }
    return false;
}

typedef struct run {
    const nx_qnode *end; // the first node behind it
    bool asked, verb, noun;
} run;

static bool takes(nx_planner *p, run *r, const nx_qnode *n)
{
    const nx_word *w = word_of(p, n), *next = word_of(p, n->next);
    if (w == NULL) {
        return false;
    }
    if (nx_str_in_nocase(w->exact, askers)) {
        r->asked = true;
    } else if (is_verb(w)) {
        r->verb = true;
    } else if (nx_str_in_nocase(w->exact, nouns) && !r->noun &&
               (next == NULL || next->stop || is_verb(next) || ends_sentence(p, n))) {
        r->noun = true;
    } else if (!w->stop && !nx_str_in_nocase(w->exact, wishes)) {
        return false;
    }
    return true;
}

static run run_from(nx_planner *p, const nx_qnode *n)
{
    run r = {.end = n};
    bool more = true;
    while (r.end != NULL && more && takes(p, &r, r.end)) {
        more = !ends_sentence(p, r.end);
        r.end = r.end->next;
    }
    return r;
}

// Marks the run's words as common; without mark only counts those that are not yet.
static size_t each_of(nx_planner *p, const nx_qnode *n, const nx_qnode *end, bool mark)
{
    size_t count = 0;
    for (; n != end; n = n->next) {
        nx_word *w = word_of(p, n);
        count += w == NULL || !w->stop;
        if (w != NULL && mark) {
            w->stop = true;
        }
    }
    return count;
}

// Goes through the runs of a bag; returns how many words that count are in them.
static size_t each_run(nx_planner *p, const nx_qnode *bag, bool mark)
{
    size_t count = 0;
    bool begins = true;
    for (const nx_qnode *n = bag->child; n != NULL;) {
        const nx_word *w = word_of(p, n);
        run r = {.end = n};
        if (begins || (w != NULL && nx_str_in_nocase(w->exact, askers))) {
            r = run_from(p, n);
        }
        if (r.end != n && (r.asked || (r.verb && r.noun))) {
            count += each_of(p, n, r.end, mark);
        } else {
            r.end = n->next;
        }
        for (begins = false; n != r.end; n = n->next) {
            begins = ends_sentence(p, n);
        }
    }
    return count;
}

void nx_plan_asking(nx_planner *p)
{
    const nx_qnode *bag = p->q->root;
    if (p->x.status == NX_OK && bag->kind == NX_Q_BAG &&
        nx_str_eq(p->plan->leaves.language, NX_STR("en")) &&
        each_run(p, bag, false) < each_of(p, bag->child, NULL, false)) {
        (void)each_run(p, bag, true);
    }
}
