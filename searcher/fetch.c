// fetch.c: runs a Xapian query and puts the matches into the order asked for.
//
// By relevance, the best candidates are refined (rank.h) and, with a prior by age, as many more are
// fetched as could still rise into the page. By date, undated documents come last both ways.
// Must not know: the query's words, how hits are shown.
#include <math.h>
#include <stdlib.h>

#include "searcher/check.h"
#include "searcher/engine.h"

#define PRIOR_FLOOR 0.5 // of the prior by age

enum {
    RECENCY_MAX = 10000,     // candidates whose age is looked at
    COUNTED_MAX = 10000,     // matches that are counted though nobody asked for an exact number
    CHECKED_MAX = 128 << 20, // bytes of text that are looked through for a page of hits
};

static nx_status prepare(const nx_fetch *f, const nx_xquery *q, bool spies, nx_xenquire **out,
                         nx_error *err)
{
    bool ranked = f->options->sort == NX_SORT_RELEVANCE;
    nx_xweight weight =
        nx_xweight_default(ranked && f->options->limit > 0 ? NX_XWEIGHT_INL2 : NX_XWEIGHT_BOOL);
    weight.c = NX_LENGTH_C;
    nx_status status = nx_xenquire_new(out, f->db, err);
    if (status == NX_OK) {
        status = nx_xenquire_set_query(*out, q, 0, err);
    }
    if (status == NX_OK) {
        status = nx_xenquire_set_weight(*out, &weight, err);
    }
    if (status == NX_OK && f->options->per_family > 0) {
        status = nx_xenquire_set_collapse(*out, NX_SLOT_FAMILY, f->options->per_family, err);
    }
    if (status == NX_OK && !ranked) {
        status = nx_xenquire_set_sort(*out, NX_XSORT_VALUE, NX_SLOT_PUBLISHED,
                                      f->options->sort == NX_SORT_NEWEST, err);
    }
    for (size_t i = 0; spies && i < f->spy_count && status == NX_OK; i++) {
        status = nx_xenquire_add_spy(*out, f->spies[i], err);
    }
    return status;
}

static nx_status add_hits(nx_fetch *f, const nx_xmset *m, nx_error *err)
{
    uint32_t count = nx_xmset_count(m);
    if (count == 0) {
        return NX_OK;
    }
    nx_candidate *items = realloc(f->items, (f->count + count) * sizeof *items);
    if (items == NULL) {
        return nx_fail_nomem(err);
    }
    f->items = items;
    for (uint32_t i = 0; i < count; i++) {
        nx_xhit hit;
        nx_status status = nx_xmset_hit(m, i, &hit, err);
        if (status != NX_OK) {
            return status;
        }
        items[f->count++] = (nx_candidate){.docid = hit.docid,
                                           .collapsed = hit.collapse_count,
                                           .weight = hit.weight,
                                           .base = hit.weight,
                                           .prior = 1};
    }
    return NX_OK;
}

// Drops the items from `first` on that the check does not accept.
static nx_status keep_accepted(nx_fetch *f, size_t first, nx_check *check, nx_error *err)
{
    nx_status status = NX_OK;
    size_t kept = first;
    for (size_t i = first; i < f->count && status == NX_OK; i++) {
        nx_xdoc *doc = NULL;
        bool accept = false;
        status = nx_xdb_given_doc(&doc, f->db, f->items[i].docid, err);
        if (status == NX_OK) {
            status = nx_check_decider(check, doc, &accept, err);
        }
        nx_xdoc_free(doc);
        if (accept) {
            f->items[kept++] = f->items[i];
        }
    }
    f->count = kept;
    return status;
}

// What part of an index is elsewhere cannot be told to check: all matches are fetched, and checked
// here.
static nx_status match_elsewhere(nx_fetch *f, const nx_xenquire *enquire, nx_check *check,
                                 uint32_t max, nx_error *err)
{
    nx_xmset *mset = NULL;
    const nx_xrun run = {.max = UINT32_MAX};
    size_t first = f->count;
    nx_status status = nx_xenquire_run(&mset, enquire, &run, err);
    if (status == NX_OK) {
        status = add_hits(f, mset, err);
    }
    nx_xmset_free(mset);
    if (status == NX_OK) {
        status = keep_accepted(f, first, check, err);
    }
    uint32_t total = (uint32_t)(f->count - first);
    f->matches = (nx_xmatches){.lower = total, .estimated = total, .upper = total};
    f->count = total > max ? first + max : f->count;
    return status;
}

nx_status nx_fetch_match(nx_fetch *f, const nx_xquery *q, uint32_t max, uint32_t at_least,
                         bool spies, nx_error *err)
{
    nx_xenquire *enquire = NULL;
    nx_xmset *mset = NULL;
    nx_xrun run = {.max = max, .check_at_least = at_least};
    nx_check check;
    if (f->verify != NULL) {
        bool all = f->options->exact || f->spy_count > 0 || f->options->limit == NX_LIMIT_NONE;
        nx_check_init(&check, f->verify, all ? 0 : CHECKED_MAX);
        run.decider = nx_check_decider;
        run.decider_ctx = &check;
    }
    nx_status status = prepare(f, q, spies, &enquire, err);
    if (status == NX_OK) {
        status = nx_xenquire_run(&mset, enquire, &run, err);
    }
    bool elsewhere = status == NX_EUSAGE && f->verify != NULL;
    if (elsewhere && spies && f->spy_count > 0) {
        status = nx_fail(err, NX_EUSAGE,
                         "a part of the index is on another machine: facets and timelines cannot "
                         "be counted there for what is checked against the text");
    } else if (elsewhere) {
        status = match_elsewhere(f, enquire, &check, max, err);
    } else if (status == NX_OK) {
        status = nx_xmset_matches(mset, &f->matches, err);
    }
    if (status == NX_OK && f->matches.uncollapsed_lower < at_least) {
        // All were looked at, but libxapian does not say so where it has collapsed some.
        f->matches.estimated = f->matches.upper = f->matches.lower;
    }
    if (status == NX_OK && !elsewhere) {
        status = add_hits(f, mset, err);
    }
    nx_xmset_free(mset);
    nx_xenquire_free(enquire);
    if (f->verify != NULL) {
        status = status == NX_OK && check.nomem ? nx_fail_nomem(err) : status;
        nx_check_note(&check);
        nx_check_release(&check);
    }
    return status;
}

// ---- by age

static nx_status apply_prior(nx_fetch *f, nx_candidate *c, nx_error *err)
{
    nx_xdoc *doc = NULL;
    nx_buf value;
    int64_t published;
    nx_buf_init(&value, 256);
    nx_status status = nx_xdb_given_doc(&doc, f->db, c->docid, err);
    if (status == NX_OK) {
        status = nx_xdoc_value(doc, NX_SLOT_PUBLISHED, &value, err);
    }
    if (status == NX_OK) {
        c->prior = PRIOR_FLOOR;
        if (nx_time_value_parse(nx_buf_str(&value), &published)) {
            double age = published < f->options->now ? (double)(f->options->now - published) : 0;
            c->prior += (1 - PRIOR_FLOOR) * exp2(-age / (double)f->options->recency);
        }
        c->weight *= c->prior;
    }
    nx_buf_release(&value);
    nx_xdoc_free(doc);
    return status;
}

// Could a candidate beyond those fetched still rise into the page? Only when its full weight, at
// most that of the last one fetched, is more than the page's last weight.
static bool page_is_safe(const nx_fetch *f, size_t wanted, double last_base)
{
    return f->count >= wanted && wanted > 0 && f->items[wanted - 1].weight >= last_base;
}

static nx_status fetch_with_prior(nx_fetch *f, size_t wanted, uint32_t at_least, nx_error *err)
{
    uint32_t max = (uint32_t)(wanted < 200 ? 200 : wanted);
    for (bool spies = true;; spies = false) {
        free(f->items);
        f->items = NULL;
        f->count = 0;
        nx_xmatches counted = f->matches;
        nx_status status = nx_fetch_match(f, f->query, max, spies ? at_least : 0, spies, err);
        if (!spies) {
            f->matches = counted; // the first, wider look counted best
        }
        bool complete = f->count < max;
        double last_base = f->count > 0 ? f->items[f->count - 1].base : 0;
        if (status == NX_OK && f->plan != NULL) {
            status =
                nx_rank_refine(f->plan, f->db, f->items, f->count, f->arena, f->relatives, err);
        }
        for (size_t i = 0; i < f->count && status == NX_OK; i++) {
            status = apply_prior(f, &f->items[i], err);
        }
        if (status != NX_OK) {
            return status;
        }
        if (f->count > 1) {
            qsort(f->items, f->count, sizeof *f->items, nx_candidate_by_weight);
        }
        if (complete || max >= RECENCY_MAX || page_is_safe(f, wanted, last_base)) {
            return NX_OK;
        }
        max = max < RECENCY_MAX / 4 ? max * 4 : RECENCY_MAX;
    }
}

// ---- oldest first

static nx_status fetch_oldest(nx_fetch *f, size_t wanted, uint32_t at_least, nx_error *err)
{
    nx_xquery *dated = NULL, *with = NULL, *without = NULL;
    nx_status status = nx_xquery_range(&dated, NX_SLOT_PUBLISHED, NX_STR("0"), NX_STR_NONE, err);
    if (status == NX_OK) {
        const nx_xquery *subs[] = {f->query, dated};
        status = nx_xquery_combine(&with, NX_XOP_FILTER, subs, 2, 0, err);
        if (status == NX_OK) {
            status = nx_xquery_combine(&without, NX_XOP_AND_NOT, subs, 2, 0, err);
        }
    }
    if (status == NX_OK) {
        status = nx_fetch_match(f, with, (uint32_t)wanted, 0, false, err);
    }
    if (status == NX_OK && f->count < wanted) {
        status = nx_fetch_match(f, without, (uint32_t)(wanted - f->count), 0, false, err);
    }
    if (status == NX_OK) { // counts and spies are those of the whole
        status = nx_fetch_match(f, f->query, 0, at_least, true, err);
    }
    nx_xquery_free(without);
    nx_xquery_free(with);
    nx_xquery_free(dated);
    return status;
}

// ---- how many there are

// How matches are counted though nobody has asked for an exact number: libxapian's estimates are
// several times too high for words that go together and for hits that are collapsed.
typedef enum how_counted {
    COUNT_ALL,    // there are few, or it is known how many: in the same look that finds the best
    COUNT_MANY,   // there seem to be few: likewise, as far as COUNTED_MAX
    COUNT_IF_FEW, // what the search for the best has left uncounted, without weights
    COUNT_NONE,
} how_counted;

// What is checked against its text is not counted for its number alone.
static nx_status choose_counting(const nx_fetch *f, how_counted *out, nx_error *err)
{
    nx_search_options options = {.sort = NX_SORT_RELEVANCE};
    nx_fetch bounds = {.db = f->db, .query = f->query, .options = &options};
    *out = COUNT_NONE;
    if (f->options->limit == 0 || f->verify != NULL) {
        return NX_OK;
    }
    nx_status status = nx_fetch_match(&bounds, f->query, 0, 0, false, err); // looks at no match
    const nx_xmatches *m = &bounds.matches;
    if (m->lower == m->upper || m->upper < COUNTED_MAX) {
        *out = COUNT_ALL;
    } else if (m->lower <= COUNTED_MAX) {
        *out = m->estimated < COUNTED_MAX ? COUNT_MANY : COUNT_IF_FEW;
    }
    return status;
}

static uint32_t looked_at(how_counted how)
{
    return how == COUNT_ALL ? UINT32_MAX : how == COUNT_MANY ? COUNTED_MAX : 0;
}

static nx_status count_if_few(nx_fetch *f, nx_error *err)
{
    nx_search_options options = *f->options;
    nx_fetch counting = {.db = f->db, .query = f->query, .options = &options};
    if (f->matches.lower == f->matches.upper) {
        return NX_OK;
    }
    options.limit = 0;
    options.sort = NX_SORT_RELEVANCE;
    options.per_family = 0; // collapsing costs more, and is counted only when all are looked at
    nx_status status = nx_fetch_match(&counting, f->query, 0, COUNTED_MAX, false, err);
    bool few = counting.matches.lower == counting.matches.upper;
    if (status == NX_OK && few && f->options->per_family > 0) {
        options.per_family = f->options->per_family;
        status = nx_fetch_match(&counting, f->query, 0, UINT32_MAX, false, err);
    }
    if (status == NX_OK && few) {
        f->matches = counting.matches;
    }
    return status;
}

nx_status nx_fetch_run(nx_fetch *f, nx_error *err)
{
    const nx_search_options *o = f->options;
    uint64_t sum = (uint64_t)o->offset + o->limit;
    size_t wanted = o->limit == 0 ? 0 : sum < NX_LIMIT_NONE ? (size_t)sum : NX_LIMIT_NONE;
    bool all = o->exact || f->spy_count > 0;
    how_counted how = all ? COUNT_ALL : COUNT_NONE;
    nx_status status = all ? NX_OK : choose_counting(f, &how, err);
    uint32_t at_least = looked_at(how);
    if (status != NX_OK) {
        return status;
    }
    if (o->limit > 0 && o->sort == NX_SORT_OLDEST) {
        status = fetch_oldest(f, wanted, at_least, err);
    } else if (o->limit > 0 && o->sort == NX_SORT_RELEVANCE && o->recency > 0) {
        status = fetch_with_prior(f, wanted, at_least, err);
    } else if (o->limit > 0 && o->sort == NX_SORT_RELEVANCE && f->plan != NULL) {
        size_t depth = wanted < NX_RANK_DEPTH ? NX_RANK_DEPTH : wanted;
        status = nx_fetch_match(f, f->query, (uint32_t)depth, at_least, true, err);
        if (status == NX_OK) {
            status =
                nx_rank_refine(f->plan, f->db, f->items, f->count, f->arena, f->relatives, err);
        }
    } else {
        status = nx_fetch_match(f, f->query, (uint32_t)wanted, at_least, true, err);
    }
    f->count = f->count > wanted ? wanted : f->count;
    if (status == NX_OK && how == COUNT_IF_FEW) {
        status = count_if_few(f, err);
    }
    bool known = o->limit == 0 || f->matches.lower == f->matches.upper || f->count < wanted;
    return status == NX_OK && !known ? nx_fetch_estimate(f, err) : status;
}

nx_status nx_fetch_count(const nx_xdb *db, const nx_xquery *q, const nx_plan *verify, uint64_t *out,
                         nx_error *err)
{
    nx_search_options options = {.sort = NX_SORT_RELEVANCE};
    nx_fetch f = {.db = db, .query = q, .verify = verify, .options = &options};
    nx_status status = nx_fetch_match(&f, q, 0, UINT32_MAX, false, err);
    *out = f.matches.estimated;
    free(f.items);
    return status;
}
