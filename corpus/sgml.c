// sgml.c: one story of Reuters-21578 or of a TREC collection -> an article. nx_read_sgml.
//
// Formats: the README of Reuters-21578 (Lewis); the DTDs of TREC disks 1-5, AQUAINT and Gigaword.
// They are line-oriented SGML: elements are found by name, wrapped lines joined to paragraphs,
// wire control characters and undeclared entities turned into text.
// Must not know: where the story was cut from.
#include "corpus/attribute.h"
#include "corpus/reader.h"
#include "corpus/xml.h"

#include "base/num.h"
#include "base/utf8.h"

// The content of the first element named one of names ("TITLE|HEADLINE"), absent when there is
// none. An element that is not closed runs to the next line that starts with a tag.
static nx_str element(nx_str s, const char *names)
{
    while (*names != '\0') {
        size_t n = strcspn(names, "|");
        for (size_t at = nx_str_find(s, NX_STR("<"), 0); at != SIZE_MAX;
             at = nx_str_find(s, NX_STR("<"), at + 1)) {
            nx_str rest = nx_str_skip(s, at + 1);
            if (rest.n <= n || !nx_str_starts_nocase(rest, nx_str_make(names, n)) ||
                (rest.p[n] != '>' && !nx_is_space(rest.p[n]))) {
                continue;
            }
            size_t open = nx_str_find(rest, NX_STR(">"), n);
            if (open == SIZE_MAX) {
                break;
            }
            nx_str inner = nx_str_skip(rest, open + 1);
            for (size_t end = nx_str_find(inner, NX_STR("</"), 0); end != SIZE_MAX;
                 end = nx_str_find(inner, NX_STR("</"), end + 2)) {
                nx_str close = nx_str_skip(inner, end + 2);
                if (close.n > n && nx_str_starts_nocase(close, nx_str_make(names, n)) &&
                    (close.p[n] == '>' || nx_is_space(close.p[n]))) {
                    return nx_str_make(inner.p, end);
                }
            }
            size_t end = nx_str_find(inner, NX_STR("\n<"), 0);
            return nx_str_make(inner.p, end == SIZE_MAX ? inner.n : end);
        }
        names += n;
        names += *names == '|';
    }
    return NX_STR_NONE;
}

// The value of an attribute of the story's own tag.
static nx_str attribute(nx_str story, nx_str name)
{
    size_t end = nx_str_find(story, NX_STR(">"), 0);
    nx_str tag = nx_str_make(story.p, end == SIZE_MAX ? story.n : end);
    for (size_t at = nx_str_find_nocase(tag, name, 1); at != SIZE_MAX;
         at = nx_str_find_nocase(tag, name, at + 1)) {
        size_t from = at + name.n;
        if (nx_is_space(tag.p[at - 1]) && from + 1 < tag.n && tag.p[from] == '=' &&
            (tag.p[from + 1] == '"' || tag.p[from + 1] == '\'')) {
            const char *close = memchr(tag.p + from + 2, tag.p[from + 1], tag.n - from - 2);
            return nx_str_make(tag.p + from + 2, close != NULL ? (size_t)(close - tag.p) - from - 2
                                                               : tag.n - from - 2);
        }
    }
    return NX_STR_NONE;
}

// What typesetters' references were called on wires and in magazines: rules, returns, marks.
static bool is_typesetting(nx_str name)
{
    static const char *const names[] = {"UR", "LR", "QL", "QR", "QC", "UL", "HR", "TL", "M", "O"};
    for (size_t i = 0; i < NX_COUNT(names); i++) {
        if (nx_str_eq(name, nx_str_of(names[i]))) {
            return true;
        }
    }
    return nx_str_starts(name, NX_STR("Cx")) && name.n == 4;
}

// Appends the character of the reference at s.p[i] == '&'; returns the bytes used. What is no
// reference stays as it is.
static size_t add_reference(nx_buf *b, nx_str s, size_t i)
{
    const char *end = memchr(s.p + i, ';', s.n - i < 12 ? s.n - i : 12);
    if (end != NULL && end > s.p + i + 1) {
        nx_str name = nx_str_make(s.p + i + 1, (size_t)(end - s.p) - i - 1);
        uint64_t number = 0;
        uint32_t c = 0;
        if (name.p[0] != '#') {
            c = nx_html_entity(name);
        } else if (nx_parse_u64(nx_str_skip(name, 1), &number) && number <= 0x10ffff) {
            c = number < 0x20 || number == 0x7f ? ' ' : (uint32_t)number;
        }
        if (c != 0) {
            nx_utf8_add(b, c);
            return name.n + 2;
        }
        if (is_typesetting(name)) {
            return name.n + 2;
        }
    }
    nx_buf_addc(b, '&');
    return 1;
}

// A tag, as opposed to a '<' in the prose ("profit <ABC> rose" has one as "&lt;ABC>").
static size_t tag_length(nx_str s, size_t i)
{
    size_t k = i + 1;
    k += k < s.n && s.p[k] == '/';
    if (k >= s.n || !nx_is_alpha(s.p[k])) {
        return 0;
    }
    const char *end = memchr(s.p + k, '>', s.n - k < 200 ? s.n - k : 200);
    return end != NULL ? (size_t)(end - s.p) + 1 - i : 0;
}

// Spaces at the start of the line at s.p[i]; *next is where its text begins.
static size_t indent_of(nx_str s, size_t i, size_t *next)
{
    size_t indent = 0;
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r')) {
        indent += s.p[i] == '\t' ? 4 : s.p[i] == ' ';
        i++;
    }
    *next = i;
    return indent;
}

// The indent from which on a line starts a paragraph: more than that of the other lines, so that a
// text that is indented as a whole is not taken apart; unless its lines are paragraphs each.
static size_t paragraph_indent(nx_str s)
{
    enum { STEP = 2, WRAPPED_MAX = 120 };
    size_t least = SIZE_MAX, longest = 0;
    for (size_t i = 0; i < s.n;) {
        size_t from, indent = indent_of(s, i, &from);
        const char *end = from < s.n ? memchr(s.p + from, '\n', s.n - from) : NULL;
        size_t stop = end != NULL ? (size_t)(end - s.p) : s.n;
        if (stop > from && s.p[from] != '<') {
            least = indent < least ? indent : least;
            longest = stop - from > longest ? stop - from : longest;
        }
        i = stop + 1;
    }
    return least != SIZE_MAX && longest <= WRAPPED_MAX ? least + STEP : STEP;
}

// Text of an element: tags out (<P> breaks a paragraph), references decoded, wrapped lines
// joined: a line that is empty or indented starts a paragraph. With keep_lines every line does.
static void add_text(nx_buf *b, nx_str s, bool keep_lines)
{
    bool fresh = true; // at the start of a paragraph
    size_t new_paragraph = paragraph_indent(s);
    for (size_t i = 0; i < s.n;) {
        char c = s.p[i];
        size_t tag = c == '<' ? tag_length(s, i) : 0;
        if (tag > 0) {
            nx_str name = nx_str_make(s.p + i, tag);
            bool breaks = nx_str_starts_nocase(name, NX_STR("<p")) ||
                          nx_str_starts_nocase(name, NX_STR("</p")) ||
                          nx_str_starts_nocase(name, NX_STR("<br"));
            nx_buf_addc(b, breaks ? '\n' : ' ');
            fresh = fresh || breaks;
            i += tag;
        } else if (c == '&') {
            i += add_reference(b, s, i);
            fresh = false;
        } else if (c == '\n') {
            size_t next, indent = indent_of(s, i + 1, &next);
            bool starts = keep_lines || indent >= new_paragraph || next >= s.n || s.p[next] == '\n';
            nx_buf_addc(b, !fresh && starts ? '\n' : ' ');
            fresh = fresh || starts;
            i = next;
        } else {
            nx_buf_addc(b, c);
            fresh = fresh && nx_is_space(c);
            i++;
        }
    }
}

typedef struct story {
    nx_article *a;
    nx_str text;
    nx_buf scratch;
    bool failed; // scratch has failed, perhaps before it was last cleared
    const nx_corpus_options *options;
} story;

static nx_str cleaned_as(story *s, nx_str raw, bool keep_lines)
{
    nx_buf_clear(&s->scratch);
    add_text(&s->scratch, raw, keep_lines);
    s->failed = s->failed || s->scratch.failed;
    return nx_str_trim(nx_buf_str(&s->scratch));
}

static nx_str cleaned(story *s, nx_str raw)
{
    return cleaned_as(s, raw, false);
}

static void set(story *s, nx_fact *fact, const char *names)
{
    nx_article_set(s->a, fact, cleaned(s, element(s->text, names)), NX_FROM_RECORD);
}

// "910514", as the Financial Times has it, to "1991-05-14"; false: it is no such number.
static bool is_short_date(nx_str s, char iso[11])
{
    uint64_t number = 0;
    if (s.n != 6 || !nx_parse_u64(s, &number)) {
        return false;
    }
    memcpy(iso, "1900-00-00", 11);
    memcpy(iso + 2, s.p, 2);
    memcpy(iso + 5, s.p + 2, 2);
    memcpy(iso + 8, s.p + 4, 2);
    return true;
}

static void set_date(story *s, nx_str raw)
{
    char iso[11];
    nx_str text = cleaned(s, raw);
    nx_when when = {0};
    text = is_short_date(text, iso) ? nx_str_of(iso) : text;
    if (!s->a->published.known && text.n > 0 &&
        (nx_date_parse(text, s->options->zone_min, &when) ||
         nx_date_find(text, s->options->zone_min, &when))) {
        when.from = NX_FROM_RECORD;
        s->a->published = when;
    }
}

static void add_keywords(story *s, nx_str list)
{
    for (;;) {
        nx_str one = element(list, "D");
        if (one.p == NULL) {
            return;
        }
        nx_article_add_keyword(s->a, cleaned(s, one), NX_FROM_RECORD);
        list = nx_str_make(one.p + one.n, (size_t)(list.p + list.n - one.p) - one.n);
    }
}

// "    SALVADOR, Feb 26 - " -> the place; the date is the story's own.
static void set_dateline(story *s, nx_str raw)
{
    nx_str line = cleaned(s, raw), place = NX_STR_NONE, agency = NX_STR_NONE, outlet = NX_STR_NONE;
    if (line.n == 0) {
        return;
    }
    (void)nx_dateline_parse(line, &place, &agency, &outlet);
    if (place.p == NULL) {
        const char *comma = memchr(line.p, ',', line.n);
        const char *paren = memchr(line.p, '(', line.n);
        const char *end = paren != NULL && (comma == NULL || paren < comma) ? paren : comma;
        place = nx_str_make(line.p, end != NULL ? (size_t)(end - line.p) : line.n);
        agency = nx_agency_by_name(
            paren != NULL ? nx_str_make(paren, (size_t)(line.p + line.n - paren)) : line);
        if (agency.p != NULL && paren == NULL) {
            place = NX_STR_NONE; // the line is the agency's name
        }
        if (place.n > 0 && place.p[place.n - 1] == '-') {
            place.n--;
        }
    }
    nx_article_set(s->a, &s->a->dateline, place, NX_FROM_RECORD);
    nx_article_set(s->a, &s->a->agency, agency, NX_FROM_RECORD);
}

static void set_byline(story *s, const char *names)
{
    nx_str line = cleaned(s, element(s->text, names));
    if (line.n > 0 && !nx_byline_parse(s->a, line, NX_FROM_RECORD)) {
        nx_article_set(s->a, &s->a->byline, line, NX_FROM_RECORD);
        nx_authors_add(s->a, line, NX_FROM_RECORD);
    }
}

// Reuters ends stories with a line " Reuter" and an end-of-text character.
static nx_str without_sign_off(nx_str body)
{
    static const char *const marks[] = {"Reuter", "REUTER", "Reuters"};
    body = nx_str_trim(body);
    for (size_t i = 0; i < NX_COUNT(marks); i++) {
        nx_str mark = nx_str_of(marks[i]);
        size_t n = body.n - mark.n;
        if (nx_str_ends(body, mark) && (n == 0 || nx_is_space(body.p[n - 1]))) {
            return nx_str_trim(nx_str_make(body.p, n));
        }
    }
    return body;
}

static void read_reuters(story *s)
{
    nx_article *a = s->a;
    nx_article_set(a, &a->id, attribute(s->text, NX_STR("NEWID")), NX_FROM_RECORD);
    nx_article_set(a, &a->source, NX_STR("Reuters"), NX_FROM_RECORD);
    nx_article_set(a, &a->agency, NX_STR("Reuters"), NX_FROM_RECORD);
    set_date(s, element(s->text, "DATE"));
    static const char *const lists[] = {"TOPICS", "PLACES",    "PEOPLE",
                                        "ORGS",   "EXCHANGES", "COMPANIES"};
    for (size_t i = 0; i < NX_COUNT(lists); i++) {
        add_keywords(s, element(s->text, lists[i]));
    }
    set(s, &a->title, "TITLE");
    set_byline(s, "AUTHOR");
    set_dateline(s, element(s->text, "DATELINE"));
    nx_str body = element(s->text, "BODY");
    if (body.p != NULL) {
        nx_article_set_body(a, without_sign_off(cleaned(s, body)));
        return;
    }
    // BRIEF: a title alone, with asterisks before it and a filler after it. UNPROC: everything in
    // TEXT as it came, its first line the title, and mostly tables below it.
    if (a->title.s.p != NULL) {
        return;
    }
    nx_str text = without_sign_off(cleaned_as(s, element(s->text, "TEXT"), true));
    const char *end = memchr(text.p, '\n', text.n);
    size_t first = end != NULL ? (size_t)(end - text.p) : text.n;
    nx_article_set(a, &a->title, nx_str_make(text.p, first), NX_FROM_RECORD);
    nx_article_set_body(a, nx_str_skip(text, first));
}

// A date inside a document number: AP880212-0001, AFP_ENG_20020101.0001, LA010189-0001.
static void date_from_docno(story *s, nx_str docno)
{
    if (s->a->published.known || docno.p == NULL) {
        return;
    }
    size_t from = 0;
    while (from < docno.n && !nx_is_digit(docno.p[from])) {
        from++;
    }
    size_t n = 0;
    while (from + n < docno.n && nx_is_digit(docno.p[from + n])) {
        n++;
    }
    const char *d = docno.p + from;
    char iso[11] = "1900-00-00";
    if (n == 8) {
        memcpy(iso, d, 4);
        memcpy(iso + 5, d + 4, 2);
        memcpy(iso + 8, d + 6, 2);
    } else if (n == 6 && nx_str_starts(docno, NX_STR("LA"))) { // month first
        memcpy(iso + 2, d + 4, 2);
        memcpy(iso + 5, d, 2);
        memcpy(iso + 8, d + 2, 2);
    } else if (!is_short_date(nx_str_make(d, n), iso)) {
        return;
    }
    nx_when_set(&s->a->published, nx_str_of(iso), 0, NX_FROM_RECORD);
}

// Wires whose TREC and LDC collections tell them apart by the document number alone.
static void source_from_docno(story *s, nx_str docno)
{
    static const struct {
        const char *prefix, *agency, *source;
    } rows[] = {
        {"APW", "AP", NULL},
        {"AP", "AP", NULL},
        {"AFP", "AFP", NULL},
        {"XIN", "Xinhua", NULL},
        {"XIE", "Xinhua", NULL},
        {"CNA", "CNA", NULL},
        {"NYT", NULL, "The New York Times"},
        {"WSJ", NULL, "The Wall Street Journal"},
        {"LA", NULL, "Los Angeles Times"},
        {"FT", NULL, "Financial Times"},
        {"SJMN", NULL, "San Jose Mercury News"},
        {"LTW", NULL, "Los Angeles Times/Washington Post"},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        size_t n = strlen(rows[i].prefix);
        if (docno.n > n && nx_str_starts(docno, nx_str_of(rows[i].prefix)) &&
            (nx_is_digit(docno.p[n]) || docno.p[n] == '_')) {
            nx_article_set(s->a, &s->a->agency, nx_str_of(rows[i].agency), NX_FROM_RECORD);
            nx_article_set(s->a, &s->a->source, nx_str_of(rows[i].source), NX_FROM_RECORD);
            return;
        }
    }
}

static void read_trec(story *s)
{
    nx_article *a = s->a;
    set(s, &a->id, "DOCNO");
    nx_article_set(a, &a->id, attribute(s->text, NX_STR("id")), NX_FROM_RECORD);
    set(s, &a->title, "HEADLINE|HEAD|HL|TITLE|TI|H3|HT");
    set_byline(s, "BYLINE|AUTHOR|AU");
    set(s, &a->source, "SOURCE|PUB");
    set(s, &a->section, "SECTION|CATEGORY");
    set(s, &a->language, "LANGUAGE|LANG");
    set(s, &a->url, "URL");
    set_dateline(s, element(s->text, "DATELINE"));
    static const char *const dates[] = {"DATE_TIME", "DATE", "DATE1", "DD", "PUBDATE", "JOURNAL"};
    for (size_t i = 0; i < NX_COUNT(dates); i++) {
        set_date(s, element(s->text, dates[i]));
    }
    date_from_docno(s, a->id.s);
    source_from_docno(s, a->id.s);
    // The lead paragraph, the text and the captions of graphics, each as far as it is there.
    static const char *const parts[] = {"LP|LEADPARA", "TEXT|BODY|TXT", "GRAPHIC"};
    nx_buf body;
    nx_buf_init(&body, s->text.n * 4 + 16);
    for (size_t i = 0; i < NX_COUNT(parts); i++) {
        add_text(&body, element(s->text, parts[i]), false);
        nx_buf_addc(&body, '\n');
    }
    if (body.failed) {
        s->failed = true; // reported with the rest
    } else {
        nx_article_set_body(a, nx_buf_str(&body));
    }
    nx_buf_release(&body);
}

// ---- pages in TREC wrapping (WT10g, GOV2): <DOCHDR> is followed by a page

typedef struct with_id {
    nx_str id;
    const nx_article_sink *sink;
} with_id;

static nx_status add_id(void *ctx, nx_article *a, nx_error *err)
{
    const with_id *w = ctx;
    a->id = (nx_fact){NX_STR_NONE, NX_FROM_NONE};
    nx_article_set(a, &a->id, w->id, NX_FROM_RECORD);
    return w->sink->article(w->sink->ctx, a, err);
}

static nx_status pass_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    const with_id *w = ctx;
    return w->sink->skip(w->sink->ctx, s, err);
}

static nx_status read_page(const nx_record *r, nx_str header, const nx_corpus_options *options,
                           const nx_article_sink *sink, nx_error *err)
{
    with_id w = {nx_str_trim(element(r->bytes, "DOCNO")), sink};
    nx_article_sink inner = {.ctx = &w, .article = add_id, .skip = pass_skip};
    nx_record page = *r;
    size_t from = nx_str_find(r->bytes, NX_STR(">"), (size_t)(header.p + header.n - r->bytes.p));
    from = from == SIZE_MAX ? r->bytes.n : from + 1;
    size_t end = nx_str_find_nocase(r->bytes, NX_STR("</doc>"), from);
    page.format = NX_FORMAT_HTML;
    page.bytes = nx_str_make(r->bytes.p + from, (end == SIZE_MAX ? r->bytes.n : end) - from);
    header = nx_str_trim(header);
    if (nx_str_starts_nocase(header, NX_STR("http"))) { // its first line is the address
        page.url = nx_str_take_word(&header);
    }
    return nx_read_html(&page, options, &inner, err);
}

nx_status nx_read_sgml(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    nx_str page = r->format == NX_FORMAT_TREC ? element(r->bytes, "DOCHDR") : NX_STR_NONE;
    if (page.p != NULL) {
        return read_page(r, page, options, sink, err);
    }
    story s = {.a = nx_article_for(r), .text = r->bytes, .options = options};
    if (s.a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf_init(&s.scratch, r->bytes.n * 4 + 16);
    if (r->format == NX_FORMAT_REUTERS) {
        read_reuters(&s);
    } else {
        read_trec(&s);
    }
    nx_buf_release(&s.scratch);
    if (s.failed) { // the buffers have room for any story: it was memory
        nx_article_free(s.a);
        return nx_fail_nomem(err);
    }
    return nx_article_finish(s.a, r, options, sink, err);
}
