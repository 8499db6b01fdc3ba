// finish.c: the pass every reader ends with; see reader.h.
//
// Derives what the input implied (host from URL, publisher from host, language from the words),
// checks what it claimed (dates), and decides whether there is an article at all.
// Must not know: any input format beyond whether its text still carries its own attribution.
#include "corpus/attribute.h"
#include "corpus/mojibake.h"
#include "corpus/reader.h"

#include <stdarg.h>
#include <stdio.h>

// An article repeats its text at most as read, as attributed and once repaired (three bytes for
// one), beside facts that are bounded by the record.
static size_t arena_ceiling(const nx_record *r)
{
    size_t n = 0;
    const size_t fixed = 1 << 20;
    if (__builtin_mul_overflow(r->bytes.n, 8, &n) || __builtin_add_overflow(n, fixed, &n)) {
        return SIZE_MAX;
    }
    return n;
}

nx_article *nx_article_for(const nx_record *r)
{
    nx_article *a = nx_article_new(arena_ceiling(r));
    if (a == NULL) {
        return NULL;
    }
    if (r->file.p != NULL) {
        a->file = nx_arena_copy(a->arena, r->file);
    }
    if (r->member.p != NULL) {
        a->member = nx_arena_copy(a->arena, r->member);
    }
    a->offset = r->offset;
    a->offset_is_line = r->offset_is_line;
    if (r->setting != NULL) {
        nx_article_set(a, &a->title, r->setting->title, NX_FROM_META);
        nx_article_set(a, &a->source, r->setting->source, NX_FROM_META);
    }
    if (nx_arena_failed(a->arena)) {
        nx_article_free(a);
        return NULL;
    }
    return a;
}

nx_status nx_record_skip(const nx_record *r, const nx_article_sink *sink, nx_status code,
                         const char *reason, nx_error *err, const char *fmt, ...)
{
    char text[400];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    nx_skip skip = {.file = r->file,
                    .member = r->member,
                    .offset = r->offset,
                    .offset_is_line = r->offset_is_line,
                    .code = code,
                    .reason = reason};
    return nx_skip_say(skip, text, sink->ctx, sink->skip, err);
}

// ---- the finishing pass

static nx_status finish_url(nx_article *a, const nx_record *r, nx_error *err)
{
    nx_fact given = a->url;
    if (given.s.p == NULL && r->url.p != NULL) {
        given = (nx_fact){r->url, NX_FROM_HEADER};
    }
    a->url = (nx_fact){NX_STR_NONE, NX_FROM_NONE};
    if (given.s.p == NULL) {
        return NX_OK;
    }
    nx_buf canonical;
    nx_buf_init(&canonical, SIZE_MAX);
    bool ok = nx_url_canonical(given.s, &canonical);
    nx_status code = nx_buf_check(&canonical, "the address", err);
    if (ok && code == NX_OK) {
        nx_article_set(a, &a->url, nx_buf_str(&canonical), given.from);
    }
    nx_buf_release(&canonical);
    return code;
}

// The host, from what the reader said or from the address.
static void finish_host(nx_article *a, const nx_corpus_options *options)
{
    char scratch[256];
    nx_fact given = a->source_host;
    if (given.s.p == NULL) {
        given = (nx_fact){a->url.s, NX_FROM_URL};
    }
    a->source_host = (nx_fact){NX_STR_NONE, NX_FROM_NONE};
    if (given.s.p != NULL) {
        nx_article_set(a, &a->source_host, nx_url_host(given.s, scratch, sizeof scratch),
                       given.from);
    }
    if (options->source_host.p != NULL) {
        nx_article_set(a, &a->source_host, options->source_host, NX_FROM_CONFIG);
    }
}

// Is s a host and not a name? "africa.chinadaily.com.cn", "eraoflight.com"
static bool looks_like_host(nx_str s)
{
    size_t dot = nx_str_find(s, NX_STR("."), 0);
    return dot != SIZE_MAX && dot > 0 && dot + 2 < s.n &&
           nx_str_find(s, NX_STR(" "), 0) == SIZE_MAX;
}

// The outlet a publisher's name means, also with a desk after it: "CNN (Web News)", "The Paper -
// Opinion".
static nx_str usual_name(nx_str given)
{
    static const char *const joints[] = {" (", " - ", " | ", ": ", NULL};
    nx_str known = nx_outlet_by_name(given);
    for (const char *const *j = joints; *j != NULL && known.p == NULL; j++) {
        size_t at = nx_str_find(given, nx_str_of(*j), 0);
        known = at != SIZE_MAX ? nx_outlet_by_name(nx_str_make(given.p, at)) : NX_STR_NONE;
    }
    return known;
}

// Is the host named so ("Daily News" at dailynews.example)? Then the name is its own, whatever
// better known outlet goes by it elsewhere.
static bool names_host(nx_str name, nx_str host)
{
    char squeezed[64];
    size_t n = 0;
    for (size_t i = 0; i < name.n && n < sizeof squeezed; i++) {
        if (name.p[i] != ' ') {
            squeezed[n++] = name.p[i];
        }
    }
    return n > 0 && host.n > n && host.p[n] == '.' &&
           nx_str_eq_nocase(nx_str_make(host.p, n), nx_str_make(squeezed, n));
}

// "Ferry line to close - Eastmere Post", as aggregators and data sets have it, without the name.
static void cut_publisher(nx_str *title, nx_str name)
{
    static const char *const joints[] = {" - ", " | ", " \u2013 ", " \u2014 ", NULL};
    for (const char *const *j = joints; *j != NULL && name.n > 0; j++) {
        size_t tail = strlen(*j) + name.n;
        if (title->n > tail &&
            nx_str_eq_nocase(nx_str_make(title->p + title->n - name.n, name.n), name) &&
            nx_str_starts(nx_str_make(title->p + title->n - tail, tail), nx_str_of(*j))) {
            *title = nx_str_trim(nx_str_make(title->p, title->n - tail));
            return;
        }
    }
}

// The publisher as a reader would name it: what the input said, in its usual spelling; else by the
// host; else the host itself.
static void finish_source(nx_article *a)
{
    nx_fact given = a->source;
    a->source = (nx_fact){NX_STR_NONE, NX_FROM_NONE};
    nx_str by_host = a->source_host.s.p != NULL ? nx_outlet_by_host(a->source_host.s) : NX_STR_NONE;
    if (given.s.p != NULL) {
        char scratch[256];
        nx_str host =
            looks_like_host(given.s) ? nx_url_host(given.s, scratch, sizeof scratch) : NX_STR_NONE;
        nx_str known = host.n > 0 ? nx_outlet_by_host(host) : usual_name(given.s);
        if (host.n == 0 && by_host.p == NULL && names_host(given.s, a->source_host.s)) {
            known = NX_STR_NONE;
        }
        if (host.n > 0) {
            nx_article_set(a, &a->source_host, host, given.from);
        }
        nx_str agency = host.n > 0 ? NX_STR_NONE : nx_agency_by_name(given.s);
        if (agency.p != NULL && by_host.p != NULL && !nx_str_eq(by_host, known)) {
            nx_article_set(a, &a->agency, agency, given.from); // on another's page
        } else {
            nx_article_set(a, &a->source, known, given.from);
            nx_article_set(a, &a->source, host, given.from);
            nx_article_set(a, &a->source, given.s, given.from);
        }
    }
    nx_article_set(a, &a->source, by_host, NX_FROM_TABLE);
    cut_publisher(&a->title.s, given.s);
    cut_publisher(&a->title.s, a->source.s);
    if (a->source_host.s.p != NULL) {
        nx_article_set(a, &a->source, a->source_host.s, a->source_host.from);
    }
    if (a->credited.s.p != NULL && nx_str_eq_nocase(a->credited.s, a->source.s)) {
        a->credited = (nx_fact){NX_STR_NONE, NX_FROM_NONE}; // its own work
    }
}

// "/world/middle_east" is the section "world"; of a list of subjects the first that there is.
static void finish_section(nx_fact *fact)
{
    enum { SHORTEST = 3 };
    nx_str *section = &fact->s;
    while (section->n > 0 && (section->p[0] == ',' || nx_is_space(section->p[0]))) {
        *section = nx_str_skip(*section, 1);
    }
    if (section->n == 0) {
        *fact = (nx_fact){NX_STR_NONE, NX_FROM_NONE};
        return;
    }
    size_t comma = nx_str_find(*section, NX_STR(","), 0);
    if (comma != SIZE_MAX && nx_str_find(*section, NX_STR(","), comma + 1) != SIZE_MAX) {
        section->n = comma;
    }
    nx_str path = section->n > 0 && section->p[0] == '/' ? nx_str_skip(*section, 1) : NX_STR("");
    size_t end = nx_str_find(path, NX_STR("/"), 0);
    path.n = end != SIZE_MAX ? end : path.n;
    *section = path.n >= SHORTEST ? path : *section;
}

// "Ferry line to close  Eastmere Post": what search services send as a text is headline and
// publisher once more.
static void drop_echo(nx_article *a)
{
    const nx_str title = a->title.s;
    if (title.n == 0 || a->body.n <= title.n || !nx_str_starts(a->body, title)) {
        return;
    }
    const nx_str rest = nx_str_skip(a->body, title.n);
    if (nx_is_space(rest.p[0]) && nx_str_eq_nocase(nx_str_trim(rest), a->source.s)) {
        a->body = NX_STR_NONE;
    }
}

static void finish_authors(nx_article *a)
{
    nx_fact given = a->byline;
    if (a->author_count == 0 && given.s.p != NULL) {
        nx_authors_add(a, given.s, given.from);
    }
    if (given.s.p != NULL && nx_str_starts_nocase(given.s, NX_STR("by "))) {
        a->byline.s = nx_str_trim(nx_str_skip(given.s, 3));
    }
    while (a->byline.s.n > 0 && strchr(" ,;|", a->byline.s.p[a->byline.s.n - 1]) != NULL) {
        a->byline.s.n--; // what stood behind was taken out
    }
    if (a->byline.s.n == 0) {
        a->byline = (nx_fact){NX_STR_NONE, NX_FROM_NONE};
    }
    // Many systems put the publisher where the author should be.
    size_t kept = 0;
    for (size_t i = 0; i < a->author_count; i++) {
        if (a->source.s.p == NULL || !nx_str_eq_nocase(a->authors[i].s, a->source.s)) {
            a->authors[kept++] = a->authors[i];
        }
    }
    a->author_count = kept;
    if (kept == 0 && a->house.s.p != NULL) {
        nx_article_add_author(a, a->house.s, a->house.from);
    }
}

static void finish_dates(nx_article *a, const nx_record *r, const nx_corpus_options *options)
{
    nx_when_check(&a->published, options->now_utc);
    nx_when_check(&a->updated, options->now_utc);
    bool from_prose = a->published.known && a->published.from == NX_FROM_TEXT;
    nx_when by_url = {0};
    if ((!a->published.known || from_prose) && a->url.s.p != NULL &&
        nx_date_from_url(a->url.s, &by_url)) {
        nx_when_check(&by_url, options->now_utc);
        // The byline's own time is finer, when it is about the same day.
        const int64_t near = 2 * 86400;
        int64_t apart = by_url.utc - a->published.utc;
        if (by_url.known && !(from_prose && apart <= near && apart >= -near)) {
            a->published = by_url;
        }
    }
    if (!a->published.known && options->keep_undated_file_time && r->file_mtime != 0) {
        a->published =
            (nx_when){.known = true, .has_zone = true, .from = NX_FROM_FILE, .utc = r->file_mtime};
    }
    if (a->published.known && a->updated.known && a->updated.utc < a->published.utc) {
        a->updated = (nx_when){0}; // nothing is updated before it is published
    }
}

// The language of the body, or where it is too brief to tell, of the headline and it.
static nx_str detect_language(nx_article *a)
{
    nx_str title = a->title.s, body = a->body, found = nx_language_detect(body);
    if (found.n > 0 || title.n == 0 || body.n > NX_BRIEF_BYTES) {
        return found;
    }
    char *both = nx_arena_alloc(a->arena, title.n + 1 + body.n);
    if (both == NULL) {
        return NX_STR_NONE; // the arena remembers
    }
    memcpy(both, title.p, title.n);
    both[title.n] = '\n';
    if (body.n > 0) {
        memcpy(both + title.n + 1, body.p, body.n);
    }
    return nx_language_detect(nx_str_make(both, title.n + 1 + body.n));
}

static void finish_language(nx_article *a, const nx_corpus_options *options)
{
    nx_fact declared = a->language;
    a->language = (nx_fact){NX_STR_NONE, NX_FROM_NONE};
    nx_article_set(a, &a->language, nx_language_code(declared.s), declared.from);
    nx_article_set(a, &a->language, nx_language_code(options->language), NX_FROM_CONFIG);
    if (a->language.s.p == NULL) {
        nx_article_set(a, &a->language, detect_language(a), NX_FROM_DETECTED);
    }
}

// "One line.\\nThe next.": ends of lines that somebody escaped and nobody put back.
static nx_status unescape_lines(nx_article *a, nx_error *err)
{
    const nx_str mark = NX_STR("\\n");
    const bool one_line = a->body.n > 0 && memchr(a->body.p, '\n', a->body.n) == NULL;
    size_t at = one_line ? nx_str_find(a->body, mark, 0) : SIZE_MAX;
    if (at == SIZE_MAX) {
        return NX_OK;
    }
    nx_buf lines;
    nx_buf_init(&lines, a->body.n + 1);
    size_t from = 0;
    for (; at != SIZE_MAX; at = nx_str_find(a->body, mark, from)) {
        nx_buf_add(&lines, a->body.p + from, at - from);
        nx_buf_addc(&lines, '\n');
        from = at + mark.n;
    }
    nx_buf_adds(&lines, nx_str_skip(a->body, from));
    nx_status st = nx_buf_check(&lines, "the text", err);
    if (st == NX_OK) {
        nx_article_set_body(a, nx_buf_str(&lines));
    }
    nx_buf_release(&lines);
    return st;
}

static void add_setting(nx_article *a, const nx_setting *s)
{
    nx_article_set(a, &a->section, s->section, NX_FROM_META);
    nx_article_set(a, &a->language, s->language, NX_FROM_META);
    if (a->author_count == 0 && a->byline.s.p == NULL) {
        nx_authors_add(a, s->author, NX_FROM_META);
    }
    a->published = a->published.known ? a->published : s->published;
}

static nx_status derive(nx_article *a, const nx_record *r, const nx_corpus_options *options,
                        nx_error *err)
{
    nx_status code = nx_mojibake_repair(a, err);
    code = code == NX_OK ? unescape_lines(a, err) : code;
    code = code == NX_OK ? finish_url(a, r, err) : code;
    if (code != NX_OK) {
        return code;
    }
    finish_host(a, options);
    finish_source(a);
    drop_echo(a);
    // A plain text was read for its attribution before it came here.
    if (r->format != NX_FORMAT_TEXT && a->body.n > 0) {
        code = nx_attribute_text(a, a->body, false, options->zone_min, err);
        if (code != NX_OK) {
            return code;
        }
    }
    if (r->setting != NULL) {
        add_setting(a, r->setting);
    }
    nx_article_set(a, &a->source, options->source, NX_FROM_CONFIG);
    nx_article_set(a, &a->section, options->section, NX_FROM_CONFIG);
    finish_section(&a->section);
    finish_authors(a);
    finish_dates(a, r, options);
    finish_language(a, options);
    return nx_arena_check(a->arena, "the article", err);
}

nx_status nx_article_finish(nx_article *a, const nx_record *r, const nx_corpus_options *options,
                            const nx_article_sink *sink, nx_error *err)
{
    nx_status code = derive(a, r, options, err);
    bool some = a->body.n > 0 || a->title.s.p != NULL || a->state == NX_ARTICLE_CANCELED;
    if (code == NX_OK && some) {
        return sink->article(sink->ctx, a, err);
    }
    nx_article_free(a);
    if (code == NX_ELIMIT) {
        return nx_record_skip(r, sink, code, "too large", err, "the article is too large to hold");
    }
    return code != NX_OK ? code : nx_record_skip(r, sink, NX_OK, "empty", err, "no text in it");
}
