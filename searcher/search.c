// search.c: one search from text to result, rerun as a whole when the index moves under it.
//
// Must not know: how hits are shown; Xapian's matching (fetch.c), ranking (rank.c).
#include <stdlib.h>

#include "base/time.h"
#include "searcher/engine.h"
#include "text/analysis.h"

enum { ARENA_MAX = 1 << 30, HIT_ARENA_MAX = 64 << 20, DATA_MAX = 256 << 20, TEXT_MAX = 4 << 20 };
enum { PLAN_TERMS = 1000, PLAN_MAX = 1 << 20 }; // of a plan that is explained

nx_search_options nx_search_defaults(void)
{
    return (nx_search_options){.now = nx_now_utc(),
                               .limit = 10,
                               .since = NX_DATE_OPEN_FROM,
                               .until = NX_DATE_OPEN_TO,
                               .suggest = true};
}

// ---- a result

nx_result *nx_result_new(nx_searcher *s, const nx_search_options *o)
{
    nx_result *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return NULL;
    }
    r->searcher = s;
    r->options = *o;
    nx_buf_init(&r->suggestion, TEXT_MAX);
    nx_buf_init(&r->plan_text, TEXT_MAX);
    nx_buf_init(&r->hit_data, DATA_MAX);
    r->arena = nx_arena_new(ARENA_MAX);
    r->hit_arena = nx_arena_new(HIT_ARENA_MAX);
    if (r->arena == NULL || r->hit_arena == NULL) {
        nx_result_free(r);
        return NULL;
    }
    return r;
}

// What a run of the search has made, so that the next one starts from nothing.
static void forget(nx_result *r)
{
    nx_plan_free(r->plan);
    nx_query_free(r->query);
    nx_xquery_free(r->asked);
    nx_family_block_free(r->families);
    free(r->hits);
    nx_arena_clear(r->arena);
    nx_buf_clear(&r->suggestion);
    nx_buf_clear(&r->plan_text);
    r->plan = NULL;
    r->query = NULL;
    r->asked = NULL;
    r->families = NULL;
    r->hits = NULL;
    r->hit_count = 0;
    r->counts = (nx_counts){0};
    memset(r->facets, 0, sizeof r->facets);
    r->timeline = (nx_counter){0};
    r->relatives.count = 0;
    r->suggestion_hits = 0;
}

void nx_result_free(nx_result *r)
{
    if (r == NULL) {
        return;
    }
    if (r->arena != NULL) {
        forget(r);
    }
    nx_buf_release(&r->suggestion);
    nx_buf_release(&r->plan_text);
    nx_buf_release(&r->hit_data);
    nx_arena_free(r->arena);
    nx_arena_free(r->hit_arena);
    free(r);
}

// ---- running

// One for each slot: facets by date and the timeline count the same one.
typedef struct spies {
    nx_xspy *items[NX_FACETS_MAX + 1];
    uint32_t slots[NX_FACETS_MAX + 1];
    size_t count;
} spies;

static size_t find_spy(const spies *s, uint32_t slot)
{
    size_t i = 0;
    while (i < s->count && s->slots[i] != slot) {
        i++;
    }
    return i;
}

static nx_status need_spy(spies *s, uint32_t slot, nx_error *err)
{
    if (find_spy(s, slot) < s->count) {
        return NX_OK;
    }
    nx_status status = nx_xspy_new(&s->items[s->count], slot, err);
    s->slots[s->count] = slot;
    s->count += status == NX_OK;
    return status;
}

static size_t facet_count(const nx_search_options *o)
{
    return o->facet_count < NX_FACETS_MAX ? o->facet_count : NX_FACETS_MAX;
}

static nx_status make_spies(const nx_search_options *o, spies *s, nx_error *err)
{
    nx_status status = NX_OK;
    for (size_t i = 0; i < facet_count(o) && status == NX_OK; i++) {
        int slot = o->facets[i].field->slot;
        status = slot < 0
                     ? nx_fail(err, NX_EUSAGE, "%s cannot be counted", o->facets[i].field->name)
                     : need_spy(s, (uint32_t)slot, err);
    }
    if (status == NX_OK && o->timeline != NX_STEP_NONE) {
        status = need_spy(s, NX_SLOT_PUBLISHED, err);
    }
    return status;
}

static void free_spies(spies *s)
{
    for (size_t i = 0; i < s->count; i++) {
        nx_xspy_free(s->items[i]);
    }
}

static nx_status read_spies(nx_result *r, const spies *s, nx_error *err)
{
    const nx_search_options *o = &r->options;
    nx_status status = NX_OK;
    for (size_t i = 0; i < facet_count(o) && status == NX_OK; i++) {
        size_t k = find_spy(s, (uint32_t)o->facets[i].field->slot);
        status = nx_count_buckets(s->items[k], &o->facets[i], r->arena, &r->facets[i], err);
    }
    if (status == NX_OK && o->timeline != NX_STEP_NONE) {
        const nx_facet_wish wish = {.step = o->timeline};
        size_t k = find_spy(s, NX_SLOT_PUBLISHED);
        status = nx_count_buckets(s->items[k], &wish, r->arena, &r->timeline, err);
    }
    return status;
}

static void set_counts(nx_result *r, const nx_xmatches *m)
{
    r->counts.lower = m->lower;
    r->counts.estimated = m->estimated;
    r->counts.upper = m->upper;
    r->counts.index_documents = r->stats.documents;
}

// The page: what lies before offset goes.
static void take_page(nx_result *r, nx_fetch *f)
{
    size_t offset = r->options.offset < f->count ? r->options.offset : f->count;
    size_t count = f->count - offset;
    if (count > 0 && offset > 0) {
        memmove(f->items, f->items + offset, count * sizeof *f->items);
    }
    r->hits = f->items;
    r->hit_count = count;
    f->items = NULL;
}

nx_status nx_result_fetch(nx_result *r, const nx_xquery *query, const nx_plan *plan,
                          nx_relatives *relatives, nx_error *err)
{
    spies counted = {0};
    nx_fetch f = {.db = r->searcher->db,
                  .plan = plan,
                  .query = query,
                  .options = &r->options,
                  .relatives = relatives,
                  .arena = r->arena};
    if (r->plan != NULL && r->plan->verify) {
        f.verify = r->plan;
    }
    nx_xquery_free(r->asked);
    r->asked = NULL;
    nx_status status = nx_xquery_scale(&r->asked, query, 1, err); // which copies
    if (status == NX_OK) {
        status = make_spies(&r->options, &counted, err);
    }
    f.spies = counted.items;
    f.spy_count = counted.count;
    if (status == NX_OK) {
        status = nx_fetch_run(&f, err);
    }
    if (status == NX_OK) {
        set_counts(r, &f.matches);
        take_page(r, &f);
        status = read_spies(r, &counted, err);
    }
    free(f.items);
    free_spies(&counted);
    return status;
}

nx_status nx_result_search(nx_result *r, const nx_xquery *query, nx_relatives *relatives,
                           nx_error *err)
{
    const nx_xquery *subs[] = {query, r->options.within};
    nx_xquery *limited = NULL;
    nx_status status = NX_OK;
    if (r->options.within != NULL) {
        status = nx_xquery_combine(&limited, NX_XOP_FILTER, subs, 2, 0, err);
    }
    if (status == NX_OK) {
        status = nx_result_fetch(r, limited != NULL ? limited : query, r->plan, relatives, err);
    }
    nx_xquery_free(limited);
    return status;
}

static nx_status all_are_dated(const nx_result *r, bool *all, nx_error *err)
{
    uint32_t dated = 0;
    nx_status status =
        nx_xdb_value_stats(r->searcher->db, NX_SLOT_PUBLISHED, &dated, NULL, NULL, err);
    *all = dated == r->stats.documents;
    return status;
}

static nx_status count_undated(nx_result *r, nx_error *err)
{
    bool none = false;
    if (r->plan->undated == NULL || r->options.within != NULL) {
        return NX_OK;
    }
    r->counts.undated_known = true;
    nx_status status = all_are_dated(r, &none, err);
    if (status != NX_OK || none) {
        return status;
    }
    return nx_fetch_count(r->searcher->db, r->plan->undated, r->plan->verify ? r->plan : NULL,
                          &r->counts.undated, err);
}

static nx_status explain_plan(nx_result *r, nx_error *err)
{
    if (!r->options.explain) {
        return NX_OK;
    }
    nx_status status = NX_OK;
    const size_t shown = r->plan->term_count < PLAN_TERMS ? r->plan->term_count : PLAN_TERMS;
    for (size_t i = 0; i < shown; i++) {
        const nx_plan_term *t = &r->plan->terms[i];
        nx_buf_addf(&r->plan_text, "%.*s: term %.*s, in %u of %u documents, factor %.3f\n",
                    (int)t->text.n, t->text.p, (int)t->term.n, t->term.p, t->documents,
                    r->stats.documents, t->factor);
    }
    if (shown < r->plan->term_count) {
        nx_buf_addf(&r->plan_text, "%zu more terms\n", r->plan->term_count - shown);
    }
    for (size_t i = 0; i < r->relatives.count && status == NX_OK; i++) {
        nx_str word = NX_STR("");
        status = nx_relative_word(r, i, &word, err);
        nx_buf_addf(&r->plan_text, "related word %.*s, weight %.3f\n", (int)word.n, word.p,
                    r->relatives.items[i].weight);
    }
    if (status != NX_OK) {
        return status;
    }
    nx_buf_addz(&r->plan_text, r->plan->verify ? "every match is checked against its text\n" : "");
    nx_buf query;
    nx_buf_init(&query, PLAN_MAX);
    status = nx_xquery_describe(r->plan->match, &query, err);
    if (status == NX_ELIMIT) { // no reason to give no answer
        status = NX_OK;
        nx_buf_addz(&r->plan_text, "a query too large to show\n");
    } else if (status == NX_OK) {
        nx_buf_adds(&r->plan_text, nx_buf_str(&query));
        nx_buf_addc(&r->plan_text, '\n');
    }
    nx_buf_release(&query);
    return status == NX_OK ? nx_buf_check(&r->plan_text, "the plan", err) : status;
}

// Does it ask for the members of a story family? Then there is nothing to collapse.
static bool names_family(const nx_qnode *n)
{
    bool found = false;
    for (; n != NULL && !found; n = n->next) {
        bool here = n->kind == NX_Q_FIELD && n->field->slot == NX_SLOT_FAMILY;
        found = here || (n->kind != NX_Q_NOT && names_family(n->child));
    }
    return found;
}

typedef struct search_work {
    nx_result *result;
    nx_str text;
} search_work;

// Words that are found by other rules may be other words.
static void note_analysis(const nx_result *r)
{
    const nx_str theirs = nx_buf_str(&r->searcher->analysis);
    if (theirs.n > 0 && !nx_str_eq(theirs, NX_STR(NX_ANALYSIS))) {
        nx_query_note(r->query, NX_NOTE_HINT, 0, r->query->text.n,
                      "the words of the index were found by other rules (%.*s, not %s), so some "
                      "may be missed; 'newsindex rebuild' makes it anew",
                      (int)(theirs.n < 40 ? theirs.n : 40), theirs.p, NX_ANALYSIS);
    }
}

static nx_status parse_and_plan(nx_result *r, nx_str text, nx_error *err)
{
    const nx_search_options *o = &r->options;
    nx_parse_options parse = {.now = o->now, .strict = o->strict};
    nx_plan_options options = {.words = o->words,
                               .since = o->since,
                               .until = o->until,
                               .languages = nx_buf_str(&r->searcher->languages),
                               .synonyms = r->searcher->synonyms};
    nx_status status = nx_query_parse(text, &parse, &r->query, err);
    if (status == NX_OK && names_family(r->query->root)) {
        r->options.per_family = 0;
    }
    if (status == NX_OK) {
        note_analysis(r);
        status = nx_xdb_stats(r->searcher->db, &r->stats, err);
    }
    if (status == NX_OK) {
        status = nx_plan_make(&r->plan, r->query, r->searcher->db, &options, err);
    }
    return status;
}

static nx_status run_search(void *ctx, nx_error *err)
{
    search_work *w = ctx;
    nx_result *r = w->result;
    forget(r);
    nx_status status = parse_and_plan(r, w->text, err);
    bool ranked = r->options.sort == NX_SORT_RELEVANCE && r->options.limit > 0;
    if (status == NX_OK && r->options.expand && ranked) {
        status = nx_search_expand(r, err);
    } else if (status == NX_OK) {
        status = nx_result_search(r, r->plan->match, &r->relatives, err);
    }
    if (status == NX_OK) {
        status = count_undated(r, err);
    }
    if (status == NX_OK && r->options.suggest) {
        status = nx_suggest(r, err);
        status = status == NX_OK ? nx_note_missing(r, err) : status;
    }
    return status == NX_OK ? explain_plan(r, err) : status;
}

static nx_status search(nx_searcher *s, nx_str query, const nx_search_options *options, bool retry,
                        nx_result **out, nx_error *err)
{
    nx_result *r = nx_result_new(s, options);
    *out = NULL;
    if (r == NULL) {
        return nx_fail_nomem(err);
    }
    search_work work = {r, query};
    nx_status status =
        retry ? nx_searcher_retry(s, run_search, &work, err) : run_search(&work, err);
    if (status != NX_OK) {
        nx_result_free(r);
        return status;
    }
    *out = r;
    return NX_OK;
}

nx_status nx_search(nx_searcher *s, nx_str query, const nx_search_options *options, nx_result **out,
                    nx_error *err)
{
    return search(s, query, options, true, out, err);
}

nx_status nx_search_once(nx_searcher *s, nx_str query, const nx_search_options *options,
                         nx_result **out, nx_error *err)
{
    return search(s, query, options, false, out, err);
}

// ---- reading a result

const nx_query *nx_result_query(const nx_result *r)
{
    return r->query;
}

nx_counts nx_result_counts(const nx_result *r)
{
    return r->counts;
}

uint32_t nx_result_hit_count(const nx_result *r)
{
    return (uint32_t)r->hit_count;
}

nx_str nx_result_suggestion(const nx_result *r, uint64_t *hits)
{
    if (hits != NULL) {
        *hits = r->suggestion_hits;
    }
    return r->suggestion.len > 0 ? nx_buf_str(&r->suggestion) : NX_STR_NONE;
}

nx_str nx_result_plan(const nx_result *r)
{
    return nx_buf_str(&r->plan_text);
}

const nx_bucket *nx_result_facet(const nx_result *r, size_t i, size_t *count)
{
    *count = i < NX_FACETS_MAX ? r->facets[i].count : 0;
    return i < NX_FACETS_MAX ? r->facets[i].buckets : NULL;
}

const nx_bucket *nx_result_timeline(const nx_result *r, size_t *count)
{
    *count = r->timeline.count;
    return r->timeline.buckets;
}

uint64_t nx_result_timeline_undated(const nx_result *r)
{
    return r->timeline.undated;
}

const nx_mark *nx_result_marks(const nx_result *r, size_t *count)
{
    *count = r->plan != NULL ? r->plan->mark_count : 0;
    return r->plan != NULL ? r->plan->marks : NULL;
}
