// plan.c: operators, fields and dates of the tree as a Xapian query.
#include "searcher/plan.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "searcher/planner.h"
#include "text/analysis.h"

static nx_xquery *plan_node(nx_planner *p, const nx_qnode *n);

enum { DAY = 86400, DATE_TERMS_MAX = 200 };

static const char after_all_times[] = "99999999999999";

// ---- dates

// Values of a slot between two times, both inclusive.
static nx_xquery *value_range(nx_planner *p, int slot, int64_t from, int64_t to)
{
    char a[16] = "0", b[16]; // a date begins with a digit; no date is ""
    if (from != NX_DATE_OPEN_FROM) {
        nx_time_value(from, a);
    }
    if (to == NX_DATE_OPEN_TO) {
        memcpy(b, after_all_times, sizeof after_all_times);
    } else {
        nx_time_value(to, b);
    }
    return nx_xq_range(&p->x, (uint32_t)slot, nx_str_of(a), nx_str_of(b));
}

static int64_t year_begin(int year)
{
    return nx_civil_to_utc(&(nx_civil){.year = year, .month = 1, .day = 1});
}

// Narrows the range to the years of the first and the last article: whole years are few terms.
// False when there are none.
static bool clamp_to_index(nx_planner *p, int64_t *from, int64_t *to)
{
    nx_buf lower, upper;
    int64_t first, last;
    uint32_t documents = 0;
    nx_buf_init(&lower, 256);
    nx_buf_init(&upper, 256);
    if (p->x.status == NX_OK) {
        p->x.status =
            nx_xdb_value_stats(p->x.db, NX_SLOT_PUBLISHED, &documents, &lower, &upper, p->x.err);
    }
    bool known = p->x.status == NX_OK && documents > 0 &&
                 nx_time_value_parse(nx_buf_str(&lower), &first) &&
                 nx_time_value_parse(nx_buf_str(&upper), &last);
    if (known) {
        int64_t begin = year_begin(nx_civil_from_utc(first).year);
        int64_t end = year_begin(nx_civil_from_utc(last).year + 1) - 1;
        *from = *from < begin ? begin : *from;
        *to = *to > end ? end : *to;
    }
    nx_buf_release(&lower);
    nx_buf_release(&upper);
    return known;
}

// The last second of the year, month or day (Y, M, D) that begins at t; INT64_MIN when none
// begins there.
static int64_t period_end(char kind, int64_t t)
{
    nx_civil c = nx_civil_from_utc(t);
    if (kind == 'D') {
        return t + DAY - 1;
    }
    if (c.day != 1 || (kind == 'Y' && c.month != 1)) {
        return INT64_MIN;
    }
    int days = 0, first = (unsigned char)c.month; // 1..12
    for (int m = first; m <= (kind == 'Y' ? 12 : first); m++) {
        days += nx_month_days(c.year, m);
    }
    return t + (int64_t)days * DAY - 1;
}

// Whole days of publication as terms of years, months and days: their frequencies are known, so
// that counts are estimated well, which they are not for values. False when they would be many.
static bool add_date_terms(nx_planner *p, int64_t from, int64_t to, nx_xlist *l)
{
    static const char kinds[] = {'Y', 'M', 'D'};
    for (int64_t t = from; t <= to;) {
        int64_t end = INT64_MIN;
        size_t k = 0;
        for (; k < sizeof kinds; k++) {
            end = period_end(kinds[k], t);
            if (end != INT64_MIN && end <= to) {
                break;
            }
        }
        char term[16];
        if (k == sizeof kinds || l->count == DATE_TERMS_MAX) {
            return false;
        }
        nx_xlist_add(&p->x, l, nx_xq_term(&p->x, nx_str_of(nx_date_term(kinds[k], t, term))));
        t = end + 1;
    }
    return true;
}

static nx_xquery *date_range(nx_planner *p, int slot, int64_t from, int64_t to)
{
    nx_xlist terms = {0};
    int64_t first = from, last = to;
    bool known = slot == NX_SLOT_PUBLISHED && clamp_to_index(p, &first, &last);
    bool days = known && first % DAY == 0 && (last + 1) % DAY == 0;
    if (days && add_date_terms(p, first, last, &terms)) {
        return terms.count == 0 ? nx_xq_nothing(&p->x)
                                : nx_xq_scale(&p->x, nx_xq_combine(&p->x, NX_XOP_OR, &terms, 0), 0);
    }
    nx_xlist_free(&terms);
    return value_range(p, slot, from, to);
}

static nx_xquery *plan_date(nx_planner *p, const nx_qnode *n)
{
    if (n->field->slot == NX_SLOT_PUBLISHED) {
        p->saw_date = p->saw_date || !p->negative;
        if (p->skip_dates && !p->negative) {
            return NULL;
        }
    }
    return date_range(p, n->field->slot, n->from, n->to);
}

// ---- fields

// A word or phrase as the whole value of a field.
static nx_xquery *whole_value(nx_planner *p, const nx_qnode *n)
{
    if (p->field->slot == NX_SLOT_FAMILY) { // families change, so they have no terms
        return nx_xq_scale(&p->x, nx_xq_range(&p->x, NX_SLOT_FAMILY, n->text, n->text), 0);
    }
    nx_buf term;
    nx_xquery *q = NULL;
    nx_str value = n->text;
    if (p->field == nx_field_by_id(NX_FIELD_HOST) && nx_str_starts_nocase(value, NX_STR("www."))) {
        value = nx_str_skip(value, 4); // as hosts are indexed
    }
    nx_buf_init(&term, 1 << 18);
    nx_field_value_term(p->field, value, &term);
    nx_status status = nx_buf_check(&term, "the value of a field", p->x.err);
    if (status != NX_OK) {
        p->x.status = status;
    } else if (nx_xq_stats(&p->x, nx_buf_str(&term)).documents == 0) {
        nx_plan_note_absent(p, n);
        q = nx_xq_nothing(&p->x);
    } else {
        q = nx_xq_scale(&p->x, nx_xq_term(&p->x, nx_buf_str(&term)), 0);
    }
    nx_buf_release(&term);
    return q;
}

// "author:*": has it any value? Fields without a slot go by their terms, as other patterns do.
static bool is_any_value(const nx_planner *p, const nx_qnode *n)
{
    return p->field != NULL && p->field->slot >= 0 && n->kind == NX_Q_WORD &&
           n->match == NX_MATCH_WILD && nx_str_eq(n->text, NX_STR("*"));
}

static nx_xquery *any_value(nx_planner *p)
{
    return nx_xq_scale(
        &p->x, nx_xq_range(&p->x, (uint32_t)p->field->slot, NX_STR("\x01"), NX_STR_NONE), 0);
}

static bool is_value_field(const nx_field *f)
{
    return f != NULL && (f->analysis == NX_AS_LOWER || f->analysis == NX_AS_EXACT);
}

static nx_xquery *plan_field(nx_planner *p, const nx_qnode *n)
{
    const nx_field *outer = p->field;
    p->field = n->field;
    nx_xquery *q = plan_node(p, n->child);
    p->field = outer;
    return q;
}

// ---- operators

static nx_xquery *plan_not(nx_planner *p, const nx_qnode *n)
{
    bool outer_inexact = p->inexact, outer_negative = p->negative;
    p->inexact = false;
    p->negative = true;
    nx_xquery *q = plan_node(p, n->child);
    bool too_much = p->inexact || p->in_head;
    p->inexact = outer_inexact || too_much;
    p->negative = outer_negative;
    if (too_much) { // what it matches is not known yet, so nothing can be left out
        nx_xquery_free(q);
        return NULL;
    }
    return q;
}

static nx_xquery *plan_all_of(nx_planner *p, const nx_qnode *n)
{
    nx_xlist required = {0}, excluded = {0};
    for (const nx_qnode *c = n->child; c != NULL && p->x.status == NX_OK; c = c->next) {
        bool no = c->kind == NX_Q_NOT;
        nx_xlist_add(&p->x, no ? &excluded : &required, no ? plan_not(p, c) : plan_node(p, c));
    }
    nx_xquery *q;
    if (required.count == 0 && excluded.count == 0) {
        nx_xlist_free(&required);
        return NULL;
    }
    q = required.count == 0 ? nx_xq_all(&p->x) : nx_xq_combine(&p->x, NX_XOP_AND, &required, 0);
    if (excluded.count > 0) {
        nx_xquery *without = nx_xq_combine(&p->x, NX_XOP_OR, &excluded, 0);
        q = nx_xq_pair(&p->x, NX_XOP_AND_NOT, q, without);
    }
    nx_xlist_free(&required);
    nx_xlist_free(&excluded);
    return q;
}

// NOT outside of AND and bag: everything else.
static nx_xquery *plan_complement(nx_planner *p, const nx_qnode *n)
{
    nx_xquery *q = plan_not(p, n);
    return q == NULL ? nx_xq_all(&p->x) : nx_xq_pair(&p->x, NX_XOP_AND_NOT, nx_xq_all(&p->x), q);
}

static nx_xquery *plan_any_of(nx_planner *p, const nx_qnode *n)
{
    nx_xlist l = {0};
    for (const nx_qnode *c = n->child; c != NULL && p->x.status == NX_OK; c = c->next) {
        nx_xlist_add(&p->x, &l, plan_node(p, c));
    }
    return l.count == 0 ? NULL : nx_xq_combine(&p->x, NX_XOP_OR, &l, 0);
}

// ---- words side by side

static bool is_common(const nx_planner *p, const nx_qnode *n)
{
    if (n->kind != NX_Q_WORD || n->match != NX_MATCH_WORD) {
        return false;
    }
    const nx_leaf *leaf = &p->plan->leaves.items[n->leaf];
    return leaf->word_count == 1 && leaf->words[0].stop;
}

static bool is_plain(const nx_qnode *n)
{
    return n->kind == NX_Q_WORD && n->match != NX_MATCH_EXACT && n->match != NX_MATCH_CAPS;
}

typedef struct sorted {
    nx_xlist plain, required, filters, excluded;
    bool drop_common;
} sorted;

static bool said_before(const nx_planner *p, const nx_qnode *bag, const nx_qnode *n)
{
    for (const nx_qnode *c = bag->child; c != n; c = c->next) {
        if (is_common(p, c) && nx_str_eq_nocase(c->text, n->text)) {
            return true;
        }
    }
    return false;
}

static void note_common(nx_planner *p, const nx_qnode *bag)
{
    char text[160] = "";
    size_t used = 0;
    const nx_qnode *first = NULL;
    for (const nx_qnode *c = bag->child; c != NULL; c = c->next) {
        if (is_common(p, c) && !said_before(p, bag, c) && used + c->text.n + 3 < sizeof text) {
            first = first != NULL ? first : c;
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s",
                                     used > 0 ? ", " : "", (int)c->text.n, c->text.p);
        }
    }
    if (first != NULL && !p->again) {
        nx_query_note(p->q, NX_NOTE_HINT, first->at, first->end,
                      "common words do not count here: %s (+word or \"word\" makes them count)",
                      text);
    }
}

// Common words are left out where others remain.
static bool may_drop_common(const nx_planner *p, const nx_qnode *bag)
{
    bool common = false, other = false;
    for (const nx_qnode *c = bag->child; c != NULL; c = c->next) {
        common = common || is_common(p, c);
        other = other || (!is_common(p, c) && c->kind != NX_Q_NOT && !nx_qnode_is_filter(c));
    }
    return common && other;
}

// The filters of one field that begin with the given one, as alternatives; later ones are skipped.
static nx_xquery *plan_filters(nx_planner *p, const nx_qnode *bag, const nx_qnode *first)
{
    nx_xlist l = {0};
    for (const nx_qnode *c = bag->child; c != first; c = c->next) {
        if (nx_qnode_are_choice(c, first)) {
            return NULL; // taken with an earlier one
        }
    }
    for (const nx_qnode *c = first; c != NULL; c = c->next) {
        if (c == first || nx_qnode_are_choice(first, c)) {
            nx_xlist_add(&p->x, &l, plan_node(p, c));
        }
    }
    return l.count == 0 ? NULL : nx_xq_combine(&p->x, NX_XOP_OR, &l, 0);
}

static void sort_children(nx_planner *p, const nx_qnode *bag, sorted *s)
{
    s->drop_common = may_drop_common(p, bag);
    if (s->drop_common) {
        note_common(p, bag);
    }
    for (const nx_qnode *c = bag->child; c != NULL && p->x.status == NX_OK; c = c->next) {
        if (c->kind == NX_Q_NOT) {
            nx_xlist_add(&p->x, &s->excluded, plan_not(p, c));
        } else if (s->drop_common && is_common(p, c)) {
            continue;
        } else if (is_plain(c)) {
            nx_xlist_add(&p->x, &s->plain, plan_node(p, c));
        } else if (nx_qnode_is_filter(c)) {
            nx_xlist_add(&p->x, &s->filters, plan_filters(p, bag, c));
        } else {
            nx_xlist_add(&p->x, &s->required, plan_node(p, c));
        }
    }
}

static void move_all(nx_xq *x, nx_xlist *from, nx_xlist *to)
{
    for (size_t i = 0; i < from->count; i++) {
        nx_xlist_add(x, to, from->items[i]);
    }
    from->count = 0;
    nx_xlist_free(from);
}

// What must be there and what only counts, as plan.h says.
static nx_xquery *rank_sorted(nx_planner *p, sorted *s, nx_words words)
{
    if (words == NX_WORDS_ANY) {
        move_all(&p->x, &s->required, &s->plain);
    } else if (words == NX_WORDS_ALL) {
        move_all(&p->x, &s->plain, &s->required);
    }
    nx_xquery *q = NULL;
    if (s->required.count > 0) {
        q = nx_xq_combine(&p->x, NX_XOP_AND, &s->required, 0);
    }
    if (s->plain.count > 0) {
        nx_xquery *any = nx_xq_combine(&p->x, NX_XOP_OR, &s->plain, 0);
        q = q == NULL ? any : nx_xq_pair(&p->x, NX_XOP_AND_MAYBE, q, any);
    }
    return q;
}

static nx_xquery *plan_bag(nx_planner *p, const nx_qnode *n, nx_words words)
{
    sorted s = {0};
    sort_children(p, n, &s);
    nx_xquery *q = rank_sorted(p, &s, words);
    if (s.filters.count > 0) {
        nx_xquery *filter = nx_xq_combine(&p->x, NX_XOP_AND, &s.filters, 0);
        q = q == NULL ? nx_xq_scale(&p->x, filter, 0) : nx_xq_pair(&p->x, NX_XOP_FILTER, q, filter);
    }
    if (s.excluded.count > 0) {
        nx_xquery *without = nx_xq_combine(&p->x, NX_XOP_OR, &s.excluded, 0);
        q = nx_xq_pair(&p->x, NX_XOP_AND_NOT, q == NULL ? nx_xq_all(&p->x) : q, without);
    }
    nx_xlist_free(&s.plain);
    nx_xlist_free(&s.required);
    nx_xlist_free(&s.filters);
    nx_xlist_free(&s.excluded);
    return q;
}

// ---- nodes

static nx_xquery *plan_head(nx_planner *p, const nx_qnode *n);
static nx_xquery *plan_atleast(nx_planner *p, const nx_qnode *n);

static nx_xquery *plan_kind(nx_planner *p, const nx_qnode *n)
{
    bool value = is_value_field(p->field) && (n->kind == NX_Q_WORD || n->kind == NX_Q_PHRASE);
    if (p->x.status != NX_OK) {
        return NULL;
    }
    if (is_any_value(p, n)) {
        return any_value(p);
    }
    if (value && !(n->kind == NX_Q_WORD && n->match >= NX_MATCH_WILD)) {
        return whole_value(p, n);
    }
    switch (n->kind) {
    case NX_Q_NONE: return nx_xq_nothing(&p->x);
    case NX_Q_ALL: return nx_xq_all(&p->x);
    case NX_Q_BAG: return plan_bag(p, n, NX_WORDS_ALL);
    case NX_Q_AND: return plan_all_of(p, n);
    case NX_Q_OR: return plan_any_of(p, n);
    case NX_Q_NOT: return plan_complement(p, n);
    case NX_Q_MUST: return plan_node(p, n->child);
    case NX_Q_WORD: return nx_plan_word(p, n);
    case NX_Q_PHRASE: return nx_plan_phrase(p, n);
    case NX_Q_NEAR:
    case NX_Q_SAME: return nx_plan_near(p, n);
    case NX_Q_HEAD: return plan_head(p, n);
    case NX_Q_ATLEAST: return plan_atleast(p, n);
    case NX_Q_FIELD: return plan_field(p, n);
    case NX_Q_DATE: return plan_date(p, n);
    }
    return NULL;
}

static nx_xquery *plan_node(nx_planner *p, const nx_qnode *n)
{
    double outer = p->boost, own = n->boost / 100.0;
    if (n->boost == 0) {
        return plan_kind(p, n);
    }
    p->boost *= own;
    nx_xquery *q = plan_kind(p, n);
    p->boost = outer;
    return q == NULL ? NULL : nx_xq_scale(&p->x, q, own);
}

// What is at the head is somewhere.
static nx_xquery *plan_head(nx_planner *p, const nx_qnode *n)
{
    bool outer = p->in_head;
    p->in_head = p->inexact = true;
    nx_xquery *q = plan_node(p, n->child);
    p->in_head = outer;
    return q;
}

// What the index counts is no less than what a text has: most articles that have too few are left
// out by it.
static nx_xquery *plan_atleast(nx_planner *p, const nx_qnode *n)
{
    nx_xquery *q = plan_node(p, n->child);
    p->inexact = true;
    return q == NULL || n->n < 2 ? q : nx_plan_frequent(p, n->child, n->n, q);
}

// A single letter of a script without spaces is looked for as the first of a pair, which it is in
// all but the last places of runs.
static void widen_ideographs(nx_query *q, nx_qnode *n)
{
    for (; n != NULL; n = n->next) {
        bool facts = n->kind == NX_Q_FIELD && n->field->analysis != NX_AS_WORDS;
        if (n->kind == NX_Q_WORD && n->match == NX_MATCH_WORD && nx_is_lone_ideograph(n->text)) {
            char *pattern = nx_arena_alloc(q->arena, n->text.n + 1);
            if (pattern == NULL) {
                return; // as nx_words_of will find
            }
            memcpy(pattern, n->text.p, n->text.n);
            pattern[n->text.n] = '*';
            n->match = NX_MATCH_WILD;
            n->text = nx_str_make(pattern, n->text.n + 1);
        }
        if (!facts) {
            widen_ideographs(q, n->child);
        }
    }
}

static nx_xquery *plan_root(nx_planner *p)
{
    const nx_qnode *root = p->q->root;
    const nx_plan_options *o = p->options;
    p->spent = (nx_spent){.patterns = nx_plan_count_patterns(root)};
    bool limited = o->since != NX_DATE_OPEN_FROM || o->until != NX_DATE_OPEN_TO;
    nx_xquery *q = root->kind == NX_Q_BAG ? plan_bag(p, root, o->words) : plan_node(p, root);
    if (limited) {
        p->saw_date = true;
        if (q != NULL && root->kind == NX_Q_NONE) {
            nx_xquery_free(q);
            q = nx_xq_all(&p->x);
        }
    }
    if (q == NULL && p->x.status == NX_OK) { // nothing but punctuation, or dates that are left out
        q = p->skip_dates ? nx_xq_all(&p->x) : nx_xq_nothing(&p->x);
    }
    if (p->extras.count > 0) {
        q = nx_xq_pair(&p->x, NX_XOP_AND_MAYBE, q, nx_xq_combine(&p->x, NX_XOP_OR, &p->extras, 0));
    }
    if (limited && !p->skip_dates) {
        q = nx_xq_pair(&p->x, NX_XOP_FILTER, q,
                       date_range(p, NX_SLOT_PUBLISHED, o->since, o->until));
    }
    return q;
}

// The same without its dates, for documents without a date.
static void plan_undated(nx_planner *p)
{
    p->again = p->skip_dates = true;
    nx_xquery *q = plan_root(p);
    nx_xquery *dated = date_range(p, NX_SLOT_PUBLISHED, NX_DATE_OPEN_FROM, NX_DATE_OPEN_TO);
    p->plan->undated = nx_xq_pair(&p->x, NX_XOP_AND_NOT, q, dated);
}

// What is missing in an index of nothing needs no further words.
static nx_status note_empty(nx_planner *p)
{
    nx_xstats index = {0};
    nx_status status = nx_xdb_stats(p->x.db, &index, p->x.err);
    if (status == NX_OK && index.documents == 0) {
        nx_query_note(p->q, NX_NOTE_HINT, 0, p->q->text.n,
                      "the index has no articles; 'newsindex add' brings some in");
        p->again = true;
    }
    return status;
}

nx_status nx_plan_make(nx_plan **out, nx_query *q, const nx_xdb *db, const nx_plan_options *options,
                       nx_error *err)
{
    nx_planner p = {.x = {.db = db, .err = err}, .q = q, .options = options, .boost = 1};
    nx_plan *plan = calloc(1, sizeof *plan);
    *out = NULL;
    if (plan == NULL) {
        return nx_fail_nomem(err);
    }
    p.plan = plan;
    p.x.status = note_empty(&p);
    plan->query = q;
    plan->any = options->words == NX_WORDS_ANY;
    widen_ideographs(q, q->root);
    nx_plan_names(&p);
    if (p.x.status == NX_OK) {
        p.x.status = nx_words_of(q, options->languages, &plan->leaves, err);
    }
    nx_plan_language(&p);
    nx_plan_asking(&p);
    nx_plan_respell(&p);
    if (p.x.status == NX_OK) {
        plan->match = plan_root(&p);
        plan->verify = p.inexact;
    }
    if (p.x.status == NX_OK && p.saw_date) {
        plan_undated(&p);
    }
    if (p.x.status == NX_OK) {
        p.x.status = nx_arena_check(q->arena, "the query", err);
    }
    nx_xlist_free(&p.extras);
    if (p.x.status != NX_OK) {
        nx_plan_free(plan);
        return p.x.status;
    }
    *out = plan;
    return NX_OK;
}

void nx_plan_free(nx_plan *p)
{
    if (p != NULL) {
        nx_xquery_free(p->match);
        nx_xquery_free(p->undated);
        free(p);
    }
}
