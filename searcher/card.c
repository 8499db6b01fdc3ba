// card.c: see card.h.
#include "searcher/card.h"

#include "base/num.h"
#include "base/utf8.h"

enum { LIST_MAX = 64, HEADLINE_BYTES = 400 };

// ---- reading

typedef struct reading {
    nx_card *card;
    nx_arena *arena;
    nx_buf scratch;
    nx_str *authors, *keywords;
} reading;

// "published:meta" in "title:json-ld published:meta".
static nx_str origin_of(nx_str from, nx_str name)
{
    for (size_t i = 0; i < from.n;) {
        const char *space = memchr(from.p + i, ' ', from.n - i);
        size_t n = space != NULL ? (size_t)(space - from.p) - i : from.n - i;
        nx_str item = nx_str_make(from.p + i, n);
        if (nx_str_starts(item, name) && n > name.n && item.p[name.n] == ':') {
            return nx_str_make(item.p + name.n + 1, n - name.n - 1);
        }
        i += n + 1;
    }
    return NX_STR_NONE;
}

static void read_number(int64_t *to, nx_str value)
{
    int64_t n;
    if (nx_parse_i64(value, &n) && n >= 0) {
        *to = n;
    }
}

static void read_line(reading *r, nx_str name, nx_str value)
{
    nx_card *c = r->card;
    const struct {
        const char *name;
        nx_str *to;
    } rows[] = {{NX_DATA_ID, &c->id},           {NX_DATA_NATIVE_ID, &c->native_id},
                {NX_DATA_URL, &c->url},         {NX_DATA_TITLE, &c->title},
                {NX_DATA_SUMMARY, &c->summary}, {NX_DATA_LANGUAGE, &c->language},
                {NX_DATA_SOURCE, &c->source},   {NX_DATA_HOST, &c->host},
                {NX_DATA_AGENCY, &c->agency},   {NX_DATA_CREDITED, &c->credited},
                {NX_DATA_BYLINE, &c->byline},   {NX_DATA_PLACE, &c->place},
                {NX_DATA_SECTION, &c->section}, {NX_DATA_PUBLISHED, &c->published},
                {NX_DATA_UPDATED, &c->updated}, {NX_DATA_FILE, &c->file},
                {NX_DATA_MEMBER, &c->member}};
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        if (nx_str_eq(name, nx_str_of(rows[i].name))) {
            *rows[i].to = value;
            return;
        }
    }
    if (nx_str_eq(name, NX_STR(NX_DATA_AUTHOR)) && c->author_count < LIST_MAX) {
        r->authors[c->author_count++] = value;
    } else if (nx_str_eq(name, NX_STR(NX_DATA_KEYWORD)) && c->keyword_count < LIST_MAX) {
        r->keywords[c->keyword_count++] = value;
    } else if (nx_str_eq(name, NX_STR(NX_DATA_LINE))) {
        read_number(&c->line, value);
    } else if (nx_str_eq(name, NX_STR(NX_DATA_OFFSET))) {
        read_number(&c->offset, value);
    } else if (nx_str_eq(name, NX_STR(NX_DATA_FROM))) {
        c->published_from = origin_of(value, NX_STR(NX_DATA_PUBLISHED));
    }
}

nx_status nx_card_read(nx_card *c, nx_arena *arena, nx_str data, nx_error *err)
{
    reading r = {.card = c, .arena = arena};
    nx_str name, value;
    *c = (nx_card){.line = NX_CARD_NOWHERE, .offset = NX_CARD_NOWHERE};
    r.authors = nx_arena_alloc(arena, LIST_MAX * sizeof *r.authors);
    r.keywords = nx_arena_alloc(arena, LIST_MAX * sizeof *r.keywords);
    if (r.authors == NULL || r.keywords == NULL) {
        return nx_arena_check(arena, "an article", err);
    }
    nx_buf_init(&r.scratch, data.n + 1);
    for (size_t at = 0; nx_data_next(data, &at, &name, &value);) {
        nx_buf_clear(&r.scratch);
        nx_str plain = nx_data_unescape(value, &r.scratch);
        read_line(&r, name, plain.p == value.p ? plain : nx_arena_copy(arena, plain));
    }
    nx_status status = r.scratch.failed ? nx_buf_check(&r.scratch, "an article", err) : NX_OK;
    nx_buf_release(&r.scratch);
    c->authors = r.authors;
    c->keywords = r.keywords;
    c->body = nx_data_get_body(data);
    return status == NX_OK ? nx_arena_check(arena, "an article", err) : status;
}

// A maker's runs live until its next call; a card has two passages.
static nx_snippet keep(nx_snippet s, nx_arena *arena)
{
    nx_snippet_run *runs = nx_arena_alloc(arena, (s.count + 1) * sizeof *runs);
    if (runs == NULL) {
        return (nx_snippet){.count = 0};
    }
    for (size_t i = 0; i < s.count; i++) {
        runs[i] = s.runs[i];
    }
    s.runs = runs;
    return s;
}

// The title as a list of hits shows it: whole, unless somebody put the story into it.
static nx_str short_title(nx_str title, nx_arena *arena)
{
    size_t n = nx_utf8_cut(title, HEADLINE_BYTES);
    if (n == title.n) {
        return title;
    }
    while (n > HEADLINE_BYTES / 2 && title.p[n] != ' ') {
        n--;
    }
    n = title.p[n] == ' ' ? n : nx_utf8_cut(title, HEADLINE_BYTES);
    const nx_str dots = NX_STR(" \u2026");
    char *copy = nx_arena_alloc(arena, n + dots.n);
    if (copy == NULL) {
        return NX_STR_NONE; // the arena remembers
    }
    memcpy(copy, title.p, n);
    memcpy(copy + n, dots.p, dots.n);
    return nx_str_make(copy, n + dots.n);
}

static nx_status add_passages(nx_card *c, nx_arena *arena, nx_snippet_maker *maker, nx_error *err)
{
    nx_status status = nx_snippet_mark(maker, short_title(c->title, arena), c->language,
                                       nx_field_by_id(NX_FIELD_TITLE), &c->headline, err);
    if (status != NX_OK) {
        return status;
    }
    c->headline = keep(c->headline, arena);
    nx_str text = c->body.n > 0 ? c->body : c->summary;
    status = nx_snippet_make(maker, c->title, text, c->language, &c->snippet, err);
    if (status == NX_OK) {
        c->snippet = keep(c->snippet, arena);
    }
    return status;
}

nx_status nx_card_of_hit(nx_card *c, nx_arena *arena, nx_snippet_maker *maker, const nx_hit *hit,
                         nx_error *err)
{
    nx_status status = nx_card_read(c, arena, hit->data, err);
    if (status == NX_OK && maker != NULL) {
        status = add_passages(c, arena, maker, err);
    }
    if (status != NX_OK) {
        return status;
    }
    c->rank = hit->rank;
    c->weight = hit->weight;
    c->family = hit->family;
    c->family_others = hit->family_others;
    c->members = hit->members;
    c->matched = hit->matched;
    c->matched_count = hit->matched_count;
    c->parts = hit->parts;
    c->part_count = hit->part_count;
    return nx_arena_check(arena, "a hit", err);
}

// ---- attribution

nx_str nx_card_publisher(const nx_card *c)
{
    return c->source.n > 0 ? c->source : c->host;
}

nx_str nx_card_agency(const nx_card *c)
{
    nx_str agency = c->agency;
    for (size_t i = 0; agency.n == 0 && i < c->members.count; i++) {
        agency = c->members.items[i].agency;
    }
    return agency;
}

static bool in_name(char c)
{
    return nx_is_alpha(c) || nx_is_digit(c) || (unsigned char)c >= 0x80;
}

// Equal but for case, spaces and signs: "n-tv Nachrichten" and "ntv NACHRICHTEN".
static bool same_letters(nx_str a, nx_str b)
{
    size_t i = 0, k = 0;
    for (;; i++, k++) {
        while (i < a.n && !in_name(a.p[i])) {
            i++;
        }
        while (k < b.n && !in_name(b.p[k])) {
            k++;
        }
        if (i == a.n || k == b.n || nx_lower(a.p[i]) != nx_lower(b.p[k])) {
            return i == a.n && k == b.n;
        }
    }
}

// Does the name stand in the text as words: "EFE" in "Agencia EFE"?
static bool has_name(nx_str text, nx_str name)
{
    for (size_t at = 0; name.n > 0 && (at = nx_str_find(text, name, at)) != SIZE_MAX; at++) {
        size_t end = at + name.n;
        if ((at == 0 || !in_name(text.p[at - 1])) && (end == text.n || !in_name(text.p[end]))) {
            return true;
        }
    }
    return false;
}

// Is the publisher known by its host alone, and that host the agency's: prnewswire.com?
static bool is_host_of(nx_str publisher, nx_str agency)
{
    const char *dot = memchr(publisher.p, '.', publisher.n);
    return dot != NULL && memchr(publisher.p, ' ', publisher.n) == NULL &&
           same_letters(nx_str_make(publisher.p, (size_t)(dot - publisher.p)), agency);
}

static void add_origin(nx_str publisher, nx_str agency, nx_str credited, nx_buf *out)
{
    nx_str first = publisher;
    if (agency.n > 0 && (publisher.n == 0 || is_host_of(publisher, agency))) {
        first = agency;
    }
    first = first.n > 0 ? first : NX_STR("unknown source");
    nx_buf_adds(out, first);
    if (agency.n > 0 && !nx_str_eq_nocase(agency, first) && !has_name(first, agency)) {
        nx_buf_addz(out, ", via ");
        nx_buf_adds(out, agency);
    }
    if (credited.n > 0 && !nx_str_eq_nocase(credited, first) &&
        !nx_str_eq_nocase(credited, agency)) {
        nx_buf_addz(out, ", credited to ");
        nx_buf_adds(out, credited);
    }
}

void nx_card_add_authors(const nx_card *c, nx_buf *out)
{
    for (size_t i = 0; i < c->author_count; i++) {
        nx_buf_addz(out, i > 0 ? ", " : "");
        nx_buf_adds(out, c->authors[i]);
    }
    if (c->author_count == 0) {
        nx_buf_adds(out, c->byline);
    }
}

static nx_str without_article(nx_str name)
{
    const nx_str the = NX_STR("the ");
    return nx_str_starts_nocase(name, the) ? nx_str_skip(name, the.n) : name;
}

// "AP" of "Associated Press", "dpa" of "Deutsche Presse-Agentur".
static bool are_initials(nx_str abbreviation, nx_str name)
{
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        bool begins = i == 0 || name.p[i - 1] == ' ' || name.p[i - 1] == '-';
        if (begins && nx_is_upper(name.p[i])) { // not the "of" of "Press Trust of India"
            if (n >= abbreviation.n || nx_lower(abbreviation.p[n]) != nx_lower(name.p[i])) {
                return false;
            }
            n++;
        }
    }
    return n >= 2 && n == abbreviation.n;
}

// Is what stands for the authors the outlet or agency that the origin names already?
static bool repeats_origin(const nx_card *c)
{
    const nx_str origin[] = {c->source, c->host, nx_card_agency(c), c->credited};
    nx_str name = without_article(c->author_count > 0 ? c->authors[0] : c->byline);
    for (size_t i = 0; i < NX_COUNT(origin) && c->author_count <= 1; i++) {
        if (origin[i].n > 0 && same_letters(without_article(origin[i]), name)) {
            return true;
        }
    }
    return c->author_count <= 1 && are_initials(nx_card_agency(c), name);
}

// Origins a reader should know of, because they are no statement of the publisher's.
static const char *date_caution(nx_str from)
{
    static const struct {
        const char *from, *text;
    } rows[] = {{"url", "date from the URL"}, {"text", "date from the text"},
                {"file", "date of the file"}, {"header", "date of the transfer"},
                {"detected", "date guessed"}, {"config", "date given when indexing"}};
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        if (nx_str_eq(from, nx_str_of(rows[i].from))) {
            return rows[i].text;
        }
    }
    return NULL;
}

enum { DAY = 10, MINUTE_END = 16 }; // of "2019-03-22T09:15:00Z"

void nx_card_add_time(nx_str stored, nx_buf *out)
{
    nx_buf_add(out, stored.p, stored.n < DAY ? stored.n : DAY);
    if (stored.n > MINUTE_END) {
        nx_buf_addc(out, ' ');
        nx_buf_add(out, stored.p + DAY + 1, MINUTE_END - DAY - 1);
        nx_buf_addz(out, " UTC");
    }
}

void nx_card_add_date(const nx_card *c, nx_buf *out)
{
    if (c->published.n == 0) {
        nx_buf_addz(out, "undated");
        return;
    }
    nx_card_add_time(c->published, out);
    const char *caution = date_caution(c->published_from);
    if (caution != NULL) {
        nx_buf_addf(out, " (%s)", caution);
    }
}

void nx_card_add_attribution(const nx_card *c, const char *separator, nx_buf *out)
{
    add_origin(nx_card_publisher(c), nx_card_agency(c), c->credited, out);
    if ((c->author_count > 0 || c->byline.n > 0) && !repeats_origin(c)) {
        nx_buf_addz(out, separator);
        nx_card_add_authors(c, out);
    }
    if (c->place.n > 0) {
        nx_buf_addz(out, separator);
        nx_buf_adds(out, c->place);
    }
    nx_buf_addz(out, separator);
    nx_card_add_date(c, out);
}

// ---- copies

static bool is_counted(const nx_card *c, size_t i)
{
    const nx_member *m = &c->members.items[i];
    bool counted = m->source.n == 0 || nx_str_eq_nocase(m->source, nx_card_publisher(c));
    for (size_t k = 0; k < i && !counted; k++) {
        counted = nx_str_eq_nocase(c->members.items[k].source, m->source);
    }
    return counted;
}

size_t nx_card_copies(const nx_card *c, size_t *publishers)
{
    *publishers = 0;
    for (size_t i = 0; i < c->members.count; i++) {
        *publishers += !is_counted(c, i);
    }
    return c->members.count > 1 ? c->members.count - 1 : c->family_others;
}

void nx_card_add_copies(const nx_card *c, nx_buf *out)
{
    size_t publishers;
    size_t others = nx_card_copies(c, &publishers);
    if (others == 0) {
        return;
    }
    nx_buf_addz(out, "also: ");
    if (publishers > 0) {
        nx_buf_addf(out, "%zu publisher%s", publishers, publishers == 1 ? "" : "s");
    }
    if (others > publishers || c->members.more) {
        nx_buf_addf(out, "%s%s%zu cop%s", publishers > 0 ? ", " : "",
                    c->members.more || c->members.count < 2 ? "at least " : "", others,
                    others == 1 ? "y" : "ies");
    }
    const nx_member *first = c->members.items;
    if (c->members.count > 1 && first->published.n > 0) {
        nx_buf_addz(out, ", first seen ");
        nx_buf_adds(out, nx_str_make(first->published.p, DAY));
        nx_buf_addz(out, first->source.n > 0 ? " at " : "");
        nx_buf_adds(out, first->source);
    }
}

void nx_card_add_member(const nx_member *m, const char *separator, nx_buf *out)
{
    if (m->published.n > 0) {
        nx_card_add_time(m->published, out);
    } else {
        nx_buf_addz(out, "undated");
    }
    nx_buf_addz(out, separator);
    add_origin(m->source, m->agency, NX_STR_NONE, out);
    nx_buf_addz(out, separator);
    nx_buf_adds(out, m->id);
}

void nx_card_add_file(const nx_card *c, nx_buf *out)
{
    if (c->file.n == 0) {
        return;
    }
    nx_buf_adds(out, c->file);
    if (c->member.n > 0) {
        nx_buf_addc(out, '!');
        nx_buf_adds(out, c->member);
    }
    if (c->line != NX_CARD_NOWHERE) {
        nx_buf_addf(out, ":%lld", (long long)c->line);
    } else if (c->offset != NX_CARD_NOWHERE) {
        nx_buf_addf(out, "@%lld", (long long)c->offset);
    }
}

void nx_card_add_location(const nx_card *c, nx_buf *out)
{
    if (c->url.n > 0) {
        nx_buf_adds(out, c->url);
    } else {
        nx_card_add_file(c, out);
    }
}
