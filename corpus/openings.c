// openings.c: a text that carries its own attribution: which of its first and last lines are facts
// about it, and which are the article; see attribute.h.
//
// Every line among the first is judged by its shape. A line is only taken out when it is wholly
// understood; the search ends where prose has begun for good.
#include "corpus/attribute.h"
#include "corpus/opening_head.h"
#include "corpus/opening_parts.h"
#include "text/analysis.h"

enum {
    BODY_HEAD_LINES = 16, // of a text whose headline is known
    PROSE_LINES = 2,      // the lead may stand once above the byline; after two it is the article
    PROSE_BYTES = 80,
    TITLE_BYTES = 220,
    TITLE_PROSE_BYTES = 120, // a headline may end with a full stop, but then it is short
    SAME_LEAD_BYTES = 60,
    CAPTION_BYTES = 400, // captions are shorter
    GLUED_MAX = 80,
};

static void split_head(nx_str body, size_t most, nx_head *h)
{
    body = body.p != NULL ? body : NX_STR(""); // pointers are added to below
    *h = (nx_head){.end = body.p + body.n};
    while (h->count < most && body.n > 0) {
        size_t end = nx_str_find(body, NX_STR("\n"), 0);
        end = end != SIZE_MAX ? end : body.n;
        h->lines[h->count++] = nx_str_make(body.p, end);
        body = end < body.n ? nx_str_skip(body, end + 1) : NX_STR("");
    }
    h->rest = body;
}

bool nx_is_prose(nx_str s)
{
    return s.n >= PROSE_BYTES && nx_sentence_ends(s);
}

size_t nx_count_words(nx_str s)
{
    size_t words = s.n > 0;
    for (size_t i = 0; i < s.n; i++) {
        words += s.p[i] == ' ';
    }
    return words;
}

bool nx_is_headline(nx_str s)
{
    return s.n <= TITLE_BYTES && !nx_str_ends(s, NX_STR(":")) &&
           !(s.n > TITLE_PROSE_BYTES && nx_sentence_ends(s) && !nx_str_ends(s, NX_STR("?")));
}

// ---- prose

// A caption that a page printed twice, one right after the other.
static void drop_doubled(nx_head *h)
{
    for (size_t i = 0; i + 1 < h->count; i++) {
        size_t n = h->lines[i].n;
        h->gone[i] = h->gone[i] || (n >= SAME_LEAD_BYTES && n <= CAPTION_BYTES &&
                                    nx_str_eq(h->lines[i], h->lines[i + 1]));
    }
}

// Does anything stand between lines i and j that tells a lead from the article's beginning: a
// line of attribution, or a dateline at j?
static bool is_parted(const nx_head *h, size_t i, size_t j)
{
    bool parted = h->has_dateline && h->dateline == j;
    for (size_t k = i + 1; k < j; k++) {
        parted = parted || h->gone[k];
    }
    return parted;
}

// The lead printed above the byline and again below it stands once.
static void drop_repeated_lead(nx_head *h)
{
    for (size_t i = 0; i < h->count; i++) {
        if (h->gone[i] || h->lines[i].n < SAME_LEAD_BYTES) {
            continue;
        }
        for (size_t j = i + 1; j < h->count && !h->gone[i]; j++) {
            h->gone[i] =
                !h->gone[j] && nx_str_starts(h->lines[j], h->lines[i]) && is_parted(h, i, j);
        }
    }
}

static void take_datelines(nx_article *a, nx_head *h, int zone_min)
{
    int prose = 0, kept = 0;
    for (size_t i = 0; i < h->count && prose <= PROSE_LINES; i++) {
        if (h->gone[i]) {
            continue;
        }
        kept++;
        nx_str place, agency, outlet;
        size_t n = nx_dateline_parse(h->lines[i], &place, &agency, &outlet);
        if (n == 0) {
            prose += h->lines[i].n >= PROSE_BYTES;
            continue;
        }
        nx_article_set(a, &a->dateline, place, NX_FROM_TEXT);
        nx_article_set(a, &a->agency, agency, NX_FROM_TEXT);
        nx_set_outlet(a, outlet, NX_FROM_TEXT);
        nx_take_dates(a, nx_str_make(h->lines[i].p, n), zone_min);
        h->lines[i] = nx_str_skip(h->lines[i], n);
        h->cut_inside = kept > 1;
        h->has_dateline = true;
        h->dateline = i;
        h->gone[i] = h->lines[i].n == 0;
        return;
    }
}

// "justnews eraoflightdotcomDays before...": the republisher glued to the first sentence. Sets
// source and host; returns how many bytes of the line to cut, 0 when there is none.
static size_t cut_glued_host(nx_article *a, nx_str line)
{
    static const char *const tlds[] = {"com", "org", "net", "info", "news", "press", "co", NULL};
    size_t dot = nx_str_find(line, NX_STR("dot"), 0);
    if (dot == SIZE_MAX || dot > GLUED_MAX) {
        return 0;
    }
    size_t start = dot;
    while (start > 0 && (nx_is_alpha(line.p[start - 1]) || nx_is_digit(line.p[start - 1]) ||
                         line.p[start - 1] == '-')) {
        start--;
    }
    // Before it only words in small letters, as tags are.
    for (size_t i = 0; i < dot; i++) {
        if (!(line.p[i] >= 'a' && line.p[i] <= 'z') && !nx_is_digit(line.p[i]) &&
            line.p[i] != ' ' && line.p[i] != '-') {
            return 0;
        }
    }
    for (const char *const *t = tlds; *t != NULL && dot > start; t++) {
        size_t end = dot + 3 + strlen(*t);
        if (!nx_str_starts(nx_str_skip(line, dot + 3), nx_str_of(*t)) ||
            !(end == line.n || nx_is_upper(line.p[end]) || line.p[end] == ' ' ||
              line.p[end] == '\xe2' || line.p[end] == '"')) {
            continue;
        }
        char host[GLUED_MAX + 8];
        memcpy(host, line.p + start, dot - start);
        host[dot - start] = '.';
        memcpy(host + (dot - start) + 1, *t, strlen(*t));
        nx_str name = nx_str_make(host, dot - start + 1 + strlen(*t));
        nx_str outlet = nx_outlet_by_host(name);
        nx_article_set(a, &a->source_host, name, NX_FROM_TEXT);
        nx_article_set(a, &a->source, outlet.p != NULL ? outlet : name, NX_FROM_TEXT);
        while (end < line.n && line.p[end] == ' ') {
            end++;
        }
        return end;
    }
    return 0;
}

// The body is what is left of the head, and the rest; copied only when a line between is gone.
static void join_body(nx_article *a, nx_head *h)
{
    size_t first = 0, kept = 0;
    while (first < h->count && h->gone[first]) {
        first++;
    }
    for (size_t i = first; i < h->count; i++) {
        kept += !h->gone[i];
    }
    if (first < h->count && kept == h->count - first && !h->cut_inside) {
        const char *start = h->lines[first].p, *end = h->end;
        a->body = nx_str_trim(nx_str_make(start, (size_t)(end - start)));
        return;
    }
    size_t n = h->rest.n;
    for (size_t i = 0; i < h->count; i++) {
        n += h->gone[i] ? 0 : h->lines[i].n + 1;
    }
    char *out = n > 0 ? nx_arena_alloc(a->arena, n) : NULL;
    size_t at = 0;
    for (size_t i = 0; i < h->count && out != NULL; i++) {
        if (!h->gone[i]) {
            memcpy(out + at, h->lines[i].p, h->lines[i].n);
            at += h->lines[i].n;
            out[at++] = '\n';
        }
    }
    if (out != NULL && h->rest.n > 0) {
        memcpy(out + at, h->rest.p, h->rest.n);
        at += h->rest.n;
    }
    a->body = out != NULL ? nx_str_trim(nx_str_make(out, at)) : NX_STR_NONE;
}

// A line between the headline and the attribution, that is no sentence: the standfirst.
static void take_standfirst(nx_article *a, nx_head *h, size_t i)
{
    nx_when when;
    if (i + 1 >= h->count || h->gone[i] || !h->gone[i + 1] || a->summary.s.p != NULL ||
        !nx_is_headline(h->lines[i]) || nx_sentence_ends(h->lines[i]) ||
        nx_date_find(h->lines[i], 0, &when) || nx_count_words(h->lines[i]) < NX_HEADLINE_WORDS) {
        return;
    }
    nx_article_set(a, &a->summary, h->lines[i], NX_FROM_TEXT);
    h->gone[i] = true;
}

nx_status nx_attribute_text(nx_article *a, nx_str text, bool expect_title, int zone_min,
                            nx_error *err)
{
    if (text.p != a->body.p) {
        nx_article_set_body(a, text); // else it is clean already
    }
    bool republished = false;
    nx_head h;
    split_head(nx_cut_closing(a, a->body, &republished),
               expect_title ? NX_HEAD_LINES : BODY_HEAD_LINES, &h);
    const size_t heading = expect_title ? nx_take_heading(a, &h, zone_min) : 0;
    size_t i = heading;
    for (int prose = 0; i < h.count && prose < PROSE_LINES;) {
        bool title = a->title.s.p != NULL && nx_str_eq_nocase(h.lines[i], a->title.s);
        size_t taken = title ? 1 : nx_take_attribution(a, &h, i, prose > 0, zone_min);
        prose += taken == 0 && h.lines[i].n >= PROSE_BYTES;
        for (size_t k = 0; k < taken; k++) {
            h.gone[i + k] = true;
        }
        i += taken > 0 ? taken : 1;
    }
    if (heading > 0 && a->title.s.p != NULL) {
        take_standfirst(a, &h, heading);
    }
    for (size_t k = 0; k < h.count; k++) {
        if (!h.gone[k]) {
            size_t n = cut_glued_host(a, h.lines[k]);
            h.lines[k] = nx_str_skip(h.lines[k], n);
            republished = republished || n > 0;
            break;
        }
    }
    drop_doubled(&h);
    take_datelines(a, &h, zone_min);
    drop_repeated_lead(&h);
    join_body(a, &h);
    nx_find_credited(a, a->body, republished);
    return nx_arena_check(a->arena, "the article", err);
}
