// tally.c: see tally.h.
#include "searcher/tally.h"

#include "base/time.h"

// ---- which facets

static const struct {
    const char *name;
    nx_step step;
} date_facets[] = {
    {"year", NX_STEP_YEAR}, {"month", NX_STEP_MONTH}, {"week", NX_STEP_WEEK}, {"day", NX_STEP_DAY}};
enum { DATE_FACETS = NX_COUNT(date_facets) };

static const char *step_name(nx_step step)
{
    for (size_t i = 0; i < DATE_FACETS; i++) {
        if (date_facets[i].step == step) {
            return date_facets[i].name;
        }
    }
    return "date";
}

const char *nx_facet_name(const nx_facet_wish *wish)
{
    return wish->step != NX_STEP_NONE ? step_name(wish->step) : wish->field->name;
}

// A field with .facet, but not a date: those go by their step.
static bool is_plain_facet(const nx_field *f)
{
    return f->facet && f->analysis != NX_AS_DATE;
}

void nx_facets_list(nx_buf *out)
{
    for (const nx_field *f = nx_fields; f->name != NULL; f++) {
        if (is_plain_facet(f)) {
            nx_buf_addf(out, "%s\n", f->name);
        }
    }
    for (size_t i = 0; i < DATE_FACETS; i++) {
        nx_buf_addf(out, "%s\n", date_facets[i].name);
    }
}

static bool find_facet(nx_str name, nx_facet_wish *out)
{
    const nx_field *field = nx_field_find(name);
    for (size_t i = 0; i < DATE_FACETS; i++) {
        if (nx_str_eq_nocase(name, nx_str_of(date_facets[i].name))) {
            *out = (nx_facet_wish){nx_field_by_id(NX_FIELD_DATE), date_facets[i].step};
            return true;
        }
    }
    *out = (nx_facet_wish){field, NX_STEP_NONE};
    return field != NULL && is_plain_facet(field);
}

static nx_status no_such_facet(nx_str name, nx_error *err)
{
    nx_buf list;
    nx_buf_init(&list, 1 << 12);
    nx_facets_list(&list);
    for (size_t i = 0; i + 1 < list.len; i++) {
        list.data[i] = list.data[i] == '\n' ? ' ' : list.data[i];
    }
    int n = (int)(name.n < 40 ? name.n : 40);
    (void)nx_fail(err, NX_EUSAGE, "--facets: '%.*s' cannot be counted; these can: %.*s", n, name.p,
                  (int)(list.len > 0 ? list.len - 1 : 0), list.failed ? "" : list.data);
    nx_buf_release(&list);
    return NX_EUSAGE;
}

nx_status nx_facets_parse(const char *names, nx_facet_wish wishes[NX_FACETS_MAX], size_t *count,
                          nx_error *err)
{
    *count = 0;
    while (*names != '\0') {
        size_t n = strcspn(names, ",");
        nx_str name = nx_str_trim(nx_str_make(names, n));
        names += n + (names[n] == ',');
        if (name.n == 0) {
            continue;
        }
        if (*count == NX_FACETS_MAX) {
            return nx_fail(err, NX_EUSAGE, "--facets: at most %d at once", (int)NX_FACETS_MAX);
        }
        if (!find_facet(name, &wishes[*count])) {
            return no_such_facet(name, err);
        }
        ++*count;
    }
    return NX_OK;
}

// ---- the timeline

enum { DAY = 86400, FILL_MAX = 40000, LONG_GAP = 4 };

// Start of the step that begins with a bucket's value; false when it is none.
static bool start_of(nx_str value, int64_t *from)
{
    int64_t to;
    return nx_parse_iso(value, 0, from, &to, NULL, NULL);
}

static int64_t floor_to(int64_t utc, nx_step step)
{
    nx_civil c = nx_civil_from_utc(utc);
    c.hour = c.minute = c.second = 0;
    c.day = step == NX_STEP_MONTH || step == NX_STEP_YEAR ? 1 : c.day;
    c.month = step == NX_STEP_YEAR ? 1 : c.month;
    int64_t start = nx_civil_to_utc(&c);
    return step == NX_STEP_WEEK ? start - (int64_t)nx_weekday(start) * DAY : start;
}

static int64_t next_step(int64_t start, nx_step step)
{
    int64_t days = step == NX_STEP_DAY     ? 1
                   : step == NX_STEP_WEEK  ? 7
                   : step == NX_STEP_MONTH ? 31
                                           : 366;
    return floor_to(start + days * DAY, step);
}

static nx_str step_value(int64_t start, nx_step step, nx_arena *arena)
{
    char text[16];
    (void)nx_format_day(text, start);
    size_t n = step == NX_STEP_YEAR ? 4 : step == NX_STEP_MONTH ? 7 : 10;
    return nx_arena_copy(arena, nx_str_make(text, n));
}

// The finest step with no more than about fifty bars.
static nx_step fitting(int64_t first, int64_t last)
{
    int64_t days = (last - first) / DAY;
    return days <= 50        ? NX_STEP_DAY
           : days <= 50 * 7  ? NX_STEP_WEEK
           : days <= 50 * 30 ? NX_STEP_MONTH
                             : NX_STEP_YEAR;
}

static size_t steps_between(int64_t first, int64_t last, nx_step step)
{
    size_t n = 1;
    for (int64_t at = floor_to(first, step); n <= FILL_MAX && next_step(at, step) <= last; n++) {
        at = next_step(at, step);
    }
    return n;
}

// Buckets of one step after the other, from..., each with the sum of the given ones in it.
static size_t fill(const nx_bucket *given, size_t count, nx_step step, nx_bucket *out,
                   nx_arena *arena)
{
    size_t made = 0, k = 0;
    int64_t start = 0, at = 0;
    (void)start_of(given[0].value, &start);
    start = floor_to(start, step);
    while (k < count) {
        int64_t end = next_step(start, step);
        uint64_t sum = 0;
        while (k < count && (!start_of(given[k].value, &at) || at < end)) {
            sum += given[k++].documents;
        }
        out[made++] = (nx_bucket){step_value(start, step, arena), sum};
        start = end;
    }
    return made;
}

nx_tally nx_timeline_make(const nx_result *r, nx_step step, nx_arena *arena)
{
    size_t count = 0;
    const nx_bucket *given = nx_result_timeline(r, &count);
    int64_t first = 0, last = 0;
    nx_tally t = {.name = step_name(step == NX_STEP_NONE ? NX_STEP_DAY : step),
                  .buckets = given,
                  .count = count,
                  .dated = true,
                  .undated = nx_result_timeline_undated(r)};
    if (count == 0 || !start_of(given[0].value, &first) ||
        !start_of(given[count - 1].value, &last)) {
        return t;
    }
    if (step == NX_STEP_NONE) {
        step = fitting(first, last);
        t.name = step_name(step);
    }
    size_t steps = steps_between(first, last, step);
    nx_bucket *buckets = steps <= FILL_MAX ? nx_arena_alloc(arena, steps * sizeof *buckets) : NULL;
    if (buckets != NULL) {
        t.count = fill(given, count, step, buckets, arena);
        t.buckets = buckets;
    }
    return t;
}

size_t nx_timeline_gap(const nx_tally *t, size_t i)
{
    size_t n = 0;
    while (i + n < t->count && t->buckets[i + n].documents == 0) {
        n++;
    }
    return n >= LONG_GAP ? n : 0;
}
