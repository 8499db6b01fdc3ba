// archives.c: documents of Factiva and ProQuest as their text exports have them. nx_read_factiva,
// nx_read_proquest; archives.h.
//
// Both are fields with a name: a code of two or three capitals in front of a line in Factiva, a
// label with a colon in ProQuest. Factiva's other form has the values alone, in a fixed order,
// around a line that tells the number of words. Must not know: where documents are cut apart
// (split.c).
#include "corpus/archives.h"

#include "corpus/attribute.h"
#include "corpus/fields.h"
#include "corpus/opening_words.h"
#include "corpus/person.h"
#include "corpus/reader.h"

enum {
    HEAD_LINES = 24,  // before the text, in the form without codes
    FACT_LINES = 14,  // behind the count of words there
    SNIFF_LINES = 80, // looked at to tell an export
    CODES_MIN = 4,    // of a Factiva document
    ID_MIN = 15,      // bytes of an accession number
    TIME_MAX = 12,    // bytes of a time of day with its zone
    LABEL_MAX = 32,   // bytes of a label of ProQuest
};

typedef enum what {
    NOTHING, // the line goes on with the field before it
    OTHER,   // a field whose value says nothing that is kept
    FIELD,   // role says which
    DATE,
    TIME,
    ACCESSION,
} what;

typedef struct field {
    const char *name;
    what what;
    nx_role role;
} field;

static const field factiva_fields[] = {
    {"HD", FIELD, NX_ROLE_TITLE},    {"BY", FIELD, NX_ROLE_AUTHOR},  {"PD", DATE, NX_ROLE_NONE},
    {"ET", TIME, NX_ROLE_NONE},      {"SN", FIELD, NX_ROLE_SOURCE},  {"LP", FIELD, NX_ROLE_BODY},
    {"TD", FIELD, NX_ROLE_BODY},     {"SE", FIELD, NX_ROLE_SECTION}, {"CR", FIELD, NX_ROLE_AGENCY},
    {"LA", FIELD, NX_ROLE_LANGUAGE}, {"AN", ACCESSION, NX_ROLE_ID},  {"WC", OTHER, NX_ROLE_NONE},
    {"SC", OTHER, NX_ROLE_NONE},     {"ED", OTHER, NX_ROLE_NONE},    {"PG", OTHER, NX_ROLE_NONE},
    {"CY", OTHER, NX_ROLE_NONE},     {"CLM", OTHER, NX_ROLE_NONE},   {"VOL", OTHER, NX_ROLE_NONE},
    {"CT", OTHER, NX_ROLE_NONE},     {"RF", OTHER, NX_ROLE_NONE},    {"CO", OTHER, NX_ROLE_NONE},
    {"IN", OTHER, NX_ROLE_NONE},     {"NS", OTHER, NX_ROLE_NONE},    {"RE", OTHER, NX_ROLE_NONE},
    {"IPC", OTHER, NX_ROLE_NONE},    {"IPD", OTHER, NX_ROLE_NONE},   {"PUB", OTHER, NX_ROLE_NONE},
    {"ART", OTHER, NX_ROLE_NONE},
};

static const field proquest_fields[] = {
    {"title", FIELD, NX_ROLE_TITLE},
    {"author", FIELD, NX_ROLE_AUTHOR},
    {"authors", FIELD, NX_ROLE_AUTHOR},
    {"publication title", FIELD, NX_ROLE_SOURCE},
    {"publication date", DATE, NX_ROLE_NONE},
    {"section", FIELD, NX_ROLE_SECTION},
    {"abstract", FIELD, NX_ROLE_SUMMARY},
    {"full text", FIELD, NX_ROLE_BODY},
    {"subject", FIELD, NX_ROLE_KEYWORDS},
    {"dateline", FIELD, NX_ROLE_DATELINE},
    {"language of publication", FIELD, NX_ROLE_LANGUAGE},
    {"language", FIELD, NX_ROLE_LANGUAGE},
    {"document url", OTHER, NX_ROLE_NONE}, // a page of the database
    {"proquest document id", FIELD, NX_ROLE_ID},
    {"publication info", OTHER, NX_ROLE_NONE},
    {"links", OTHER, NX_ROLE_NONE},
    {"location", OTHER, NX_ROLE_NONE},
    {"people", OTHER, NX_ROLE_NONE},
    {"company / organization", OTHER, NX_ROLE_NONE},
    {"classification", OTHER, NX_ROLE_NONE},
    {"business indexing term", OTHER, NX_ROLE_NONE},
    {"identifier / keyword", OTHER, NX_ROLE_NONE},
    {"publication year", OTHER, NX_ROLE_NONE},
    {"first page", OTHER, NX_ROLE_NONE},
    {"pages", OTHER, NX_ROLE_NONE},
    {"number of pages", OTHER, NX_ROLE_NONE},
    {"volume", OTHER, NX_ROLE_NONE},
    {"issue", OTHER, NX_ROLE_NONE},
    {"column", OTHER, NX_ROLE_NONE},
    {"publisher", OTHER, NX_ROLE_NONE},
    {"place of publication", OTHER, NX_ROLE_NONE},
    {"country of publication", OTHER, NX_ROLE_NONE},
    {"publication subject", OTHER, NX_ROLE_NONE},
    {"issn", OTHER, NX_ROLE_NONE},
    {"source type", OTHER, NX_ROLE_NONE},
    {"document type", OTHER, NX_ROLE_NONE},
    {"document feature", OTHER, NX_ROLE_NONE},
    {"copyright", OTHER, NX_ROLE_NONE},
    {"last updated", OTHER, NX_ROLE_NONE},
    {"credit", OTHER, NX_ROLE_NONE},
    {"illustration", OTHER, NX_ROLE_NONE},
    {"database", OTHER, NX_ROLE_NONE},
};

// ---- lines

// Where a line stands that may begin a field: outside of a text, or in one, behind a blank line or
// not.
typedef enum place { OUTSIDE, AFTER_BLANK, INSIDE } place;

// "HD  Ferry line to close", "HD" alone, "HD\tFerry". In a text only what nobody writes there: a
// tab behind the code or, behind a blank line, the code alone or apart from what follows.
static const field *factiva_field(nx_str line, place at, nx_str *value)
{
    for (size_t i = 0; i < NX_COUNT(factiva_fields); i++) {
        nx_str code = nx_str_of(factiva_fields[i].name);
        if (!nx_str_starts(line, code)) {
            continue;
        }
        nx_str rest = nx_str_skip(line, code.n);
        bool tab = nx_str_starts(rest, NX_STR("\t"));
        bool apart = rest.n == 0 || nx_str_starts(rest, NX_STR("  "));
        bool spaced = nx_str_starts(rest, NX_STR(" "));
        if (tab || (apart && at != INSIDE) || (spaced && at == OUTSIDE)) {
            *value = nx_str_trim(rest);
            return &factiva_fields[i];
        }
    }
    return NULL;
}

// "Publication date: Mar 5, 2024"
static const field *proquest_field(nx_str line, place at, nx_str *value)
{
    if (at == INSIDE) {
        return NULL;
    }
    const char *colon = memchr(line.p, ':', line.n < LABEL_MAX ? line.n : LABEL_MAX);
    nx_str name = nx_str_make(line.p, colon != NULL ? (size_t)(colon - line.p) : 0);
    for (size_t i = 0; i < NX_COUNT(proquest_fields); i++) {
        if (nx_str_eq_nocase(name, nx_str_of(proquest_fields[i].name))) {
            *value = nx_str_trim(nx_str_skip(line, name.n + 1));
            return &proquest_fields[i];
        }
    }
    return NULL;
}

// The accession number in "Document EASTM00020240305ek3500001"; absent when line is none.
static nx_str accession_of(nx_str line)
{
    static const char *const words[] = {"Document ", "Dokument ", "Documento "};
    line = nx_str_trim(line);
    if (nx_str_starts(line, NX_STR("AN")) && line.n > 2 && nx_is_space(line.p[2])) {
        line = nx_str_trim(nx_str_skip(line, 2));
    }
    for (size_t i = 0; i < NX_COUNT(words); i++) {
        nx_str word = nx_str_of(words[i]);
        nx_str id = nx_str_starts(line, word) ? nx_str_skip(line, word.n) : NX_STR_NONE;
        size_t digits = 0, other = 0;
        for (size_t k = 0; k < id.n; k++) {
            digits += nx_is_digit(id.p[k]);
            other += !nx_is_digit(id.p[k]) && !nx_is_alpha(id.p[k]);
        }
        if (id.n >= ID_MIN && other == 0 && digits >= 8) {
            return id;
        }
    }
    return NX_STR_NONE;
}

bool nx_is_factiva_end(nx_str line)
{
    return accession_of(line).n > 0;
}

// "512 words"
static bool is_word_count(nx_str line)
{
    static const char *const units[] = {" words",    " W\u00f6rter", " mots",   " palabras",
                                        " palavras", " parole",      " woorden"};
    for (size_t i = 0; i < NX_COUNT(units); i++) {
        nx_str unit = nx_str_of(units[i]);
        size_t n = line.n > unit.n && nx_str_ends(line, unit) ? line.n - unit.n : 0;
        size_t digits = 0;
        while (digits < n && (nx_is_digit(line.p[digits]) || line.p[digits] == ',')) {
            digits++;
        }
        if (n > 0 && digits == n) {
            return true;
        }
    }
    return false;
}

bool nx_is_factiva(nx_str s)
{
    size_t next = 0, codes = 0;
    bool counted = false;
    for (int i = 0; i < SNIFF_LINES && next < s.n;) {
        nx_str line = nx_str_trim(nx_str_line(s, next, &next)), value;
        nx_when when;
        if (line.n == 0) {
            continue;
        }
        i++;
        if (counted && nx_date_parse(line, 0, &when)) {
            return true; // the count of words, then the date
        }
        counted = is_word_count(line);
        const field *f = factiva_field(line, AFTER_BLANK, &value);
        codes += f != NULL && (f->what != OTHER || nx_str_eq(nx_str_of(f->name), NX_STR("WC")));
        if (codes >= CODES_MIN) {
            return true;
        }
    }
    return false;
}

bool nx_is_proquest_line(nx_str line)
{
    const nx_str word = NX_STR("Document "), of = NX_STR(" of ");
    line = nx_str_trim(line);
    size_t i = nx_str_starts(line, word) ? word.n : line.n;
    size_t from = i;
    while (i < line.n && nx_is_digit(line.p[i])) {
        i++;
    }
    bool numbered = i > from && nx_str_starts(nx_str_skip(line, i), of);
    i += numbered ? of.n : 0;
    from = i;
    while (numbered && i < line.n && nx_is_digit(line.p[i])) {
        i++;
    }
    return numbered && i > from && i == line.n;
}

bool nx_is_proquest(nx_str s)
{
    size_t next = 0;
    bool begun = false;
    for (int i = 0; i < SNIFF_LINES && next < s.n; i++) {
        nx_str line = nx_str_trim(nx_str_line(s, next, &next)), value;
        begun = begun || nx_is_proquest_line(line);
        if (begun && proquest_field(line, OUTSIDE, &value) != NULL) {
            return true;
        }
    }
    return false;
}

// ---- a document

typedef struct document {
    nx_article *a;
    const nx_corpus_options *options;
    const field *(*field_of)(nx_str line, place at, nx_str *value); // NULL: no codes
    const field *now;        // the field that lines belong to; NULL: none yet
    nx_str head[HEAD_LINES]; // lines before the first field
    size_t head_count;
    nx_buf value, date, body;
    bool new_block; // the line before was blank
    bool any;       // some field was there
} document;

static nx_status end_field(document *d, nx_error *err)
{
    const field *f = d->now;
    nx_str value = nx_buf_str(&d->value);
    nx_status st = NX_OK;
    if (f != NULL && (f->what == DATE || f->what == TIME)) {
        nx_buf_addz(&d->date, d->date.len > 0 ? " " : "");
        nx_buf_adds(&d->date, value);
    } else if (f != NULL && f->what == ACCESSION) {
        nx_str id = accession_of(value);
        nx_article_set(d->a, &d->a->id, id.n > 0 ? id : value, NX_FROM_RECORD);
    } else if (f != NULL && f->what == FIELD && f->role != NX_ROLE_BODY) {
        st = nx_field_apply(d->a, f->role, value, d->options, err);
    }
    d->body.failed = d->body.failed || d->value.failed; // which clearing forgets
    nx_buf_clear(&d->value);
    return st;
}

static void add_line(document *d, nx_str line)
{
    bool text = d->now->role == NX_ROLE_BODY;
    nx_buf *out = text ? &d->body : &d->value;
    if (line.n > 0) {
        nx_buf_addz(out, out->len == 0 ? "" : text && d->new_block ? "\n" : " ");
        nx_buf_adds(out, line);
    }
}

static nx_status take_line(document *d, nx_str line, nx_error *err)
{
    nx_str value = NX_STR_NONE;
    bool in_text = d->now != NULL && d->now->role == NX_ROLE_BODY;
    place at = !in_text ? OUTSIDE : d->new_block || accession_of(line).n > 0 ? AFTER_BLANK : INSIDE;
    const field *f = d->field_of(line, at, &value);
    if (f != NULL) {
        nx_status st = end_field(d, err);
        d->now = f;
        d->any = true;
        d->new_block = true; // the text of TD does not go on with the last line of LP
        add_line(d, value);
        return st;
    }
    if (d->now != NULL) {
        add_line(d, line);
    } else if (line.n > 0 && d->head_count < HEAD_LINES) {
        d->head[d->head_count++] = line;
    }
    return NX_OK;
}

static nx_status read_fields(document *d, nx_str bytes, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t at = 0; at < bytes.n && st == NX_OK;) {
        nx_str line = nx_str_trim(nx_str_line(bytes, at, &at));
        bool rule = nx_str_starts(line, NX_STR("________")); // between documents
        if (!rule && !nx_is_proquest_line(line)) {
            st = take_line(d, line, err);
            d->new_block = line.n == 0;
        }
    }
    if (st == NX_OK && d->head_count > 0) {
        nx_article_set(d->a, &d->a->title, d->head[0], NX_FROM_RECORD);
    }
    return st == NX_OK ? end_field(d, err) : st;
}

// The form without codes: section, headline and byline stand before the count of words.
static void read_head(document *d)
{
    size_t first = 0, end = d->head_count;
    if (end > 1 && (nx_byline_parse(d->a, d->head[end - 1], NX_FROM_RECORD) ||
                    nx_is_person(d->head[end - 1]))) {
        nx_authors_add(d->a, d->head[--end], NX_FROM_RECORD);
    }
    if (end > 1 && nx_is_section_line(d->head[0])) {
        nx_article_set(d->a, &d->a->section, d->head[first++], NX_FROM_RECORD);
    }
    for (; first < end; first++) {
        nx_buf_addz(&d->value, d->value.len > 0 ? " " : "");
        nx_buf_adds(&d->value, d->head[first]);
    }
    nx_article_set(d->a, &d->a->title, nx_buf_str(&d->value), NX_FROM_RECORD);
}

// Behind the count of words: the date, perhaps a time, the source, then what is not kept. The
// language is one word.
static void read_facts(document *d, nx_str line)
{
    nx_when when;
    const char *colon = memchr(line.p, ':', line.n < 3 ? line.n : 3);
    bool time = line.n <= TIME_MAX && nx_is_digit(line.p[0]) && colon != NULL; // "10:15 GMT"
    if (d->date.len == 0 ? nx_date_parse(line, 0, &when) : time) {
        nx_buf_addz(&d->date, d->date.len > 0 ? " " : "");
        nx_buf_adds(&d->date, line);
    } else if (d->a->source.s.p == NULL) {
        nx_article_set(d->a, &d->a->source, line, NX_FROM_RECORD);
    } else if (nx_str_find(line, NX_STR(" "), 0) == SIZE_MAX && line.n > 5) {
        nx_article_set(d->a, &d->a->language, nx_language_code(line), NX_FROM_RECORD);
    }
}

static bool is_copyright(nx_str line)
{
    static const char *const signs[] = {"Copyright ", "(c) ", "\u00a9", NULL};
    return nx_str_starts_any_nocase(line, signs) > 0;
}

// Where the facts that begin at at end: with the copyright line. Where there is none, with the
// first blank line behind the source or, where every line has a blank one behind it, before the
// first line of several words.
static size_t end_of_facts(nx_str bytes, size_t at)
{
    size_t lines = 0, blank = 0, prose = 0, next = at;
    bool spaced = false;
    for (size_t from = at; from < bytes.n && lines < FACT_LINES; from = next) {
        nx_str line = nx_str_trim(nx_str_line(bytes, from, &next));
        if (line.n == 0) {
            spaced = spaced || lines == 0;
            blank = blank == 0 && lines >= 2 ? next : blank;
            continue;
        }
        if (is_copyright(line)) {
            return next;
        }
        bool is_prose = ++lines > 2 && memchr(line.p, ' ', line.n) != NULL;
        prose = prose == 0 && is_prose ? from : prose;
    }
    return spaced ? prose : blank;
}

static void read_plain(document *d, nx_str bytes)
{
    enum { HEAD, FACTS, TEXT } part = HEAD;
    size_t facts_end = 0;
    for (size_t at = 0; at < bytes.n;) {
        part = part == FACTS && at >= facts_end ? TEXT : part;
        nx_str line = nx_str_trim(nx_str_line(bytes, at, &at)), id = accession_of(line);
        if (id.n > 0) {
            nx_article_set(d->a, &d->a->id, id, NX_FROM_RECORD);
            return;
        }
        if (part == HEAD && is_word_count(line)) {
            d->any = true;
            read_head(d);
            part = FACTS;
            facts_end = end_of_facts(bytes, at);
        } else if (part == HEAD && line.n > 0 && d->head_count < HEAD_LINES) {
            d->head[d->head_count++] = line;
        } else if (part == FACTS && line.n > 0) {
            read_facts(d, line);
        } else if (part == TEXT && line.n > 0) {
            nx_buf_addz(&d->body, d->body.len == 0 ? "" : d->new_block ? "\n" : " ");
            nx_buf_adds(&d->body, line);
        }
        d->new_block = line.n == 0;
    }
}

static bool has_codes(nx_str s)
{
    size_t next = 0;
    nx_str value;
    for (int i = 0; i < SNIFF_LINES && next < s.n; i++) {
        const field *f = factiva_field(nx_str_line(s, next, &next), OUTSIDE, &value);
        if (f != NULL && f->role == NX_ROLE_TITLE) {
            return true;
        }
    }
    return false;
}

// A day, and a time of day behind it.
static void set_date(document *d)
{
    nx_str date = nx_buf_str(&d->date);
    nx_when *when = &d->a->published;
    if (nx_date_parse(date, d->options->zone_min, when) ||
        nx_date_find(date, d->options->zone_min, when)) {
        when->from = NX_FROM_RECORD;
    }
}

static nx_status read_document(document *d, const nx_record *r, const nx_article_sink *sink,
                               nx_error *err)
{
    d->a = nx_article_for(r);
    if (d->a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf_init(&d->value, r->bytes.n + 1);
    nx_buf_init(&d->date, r->bytes.n + 1);
    nx_buf_init(&d->body, r->bytes.n + 1);
    nx_status st = NX_OK;
    if (d->field_of != NULL) {
        st = read_fields(d, r->bytes, err);
    } else {
        read_plain(d, r->bytes);
    }
    d->body.failed = d->body.failed || d->value.failed || d->date.failed;
    st = st == NX_OK ? nx_buf_check(&d->body, "the text", err) : st;
    if (st == NX_OK) {
        nx_article_set_body(d->a, nx_buf_str(&d->body));
        set_date(d);
    }
    nx_buf_release(&d->value);
    nx_buf_release(&d->date);
    nx_buf_release(&d->body);
    if (st == NX_OK && d->any) {
        return nx_article_finish(d->a, r, d->options, sink, err);
    }
    nx_article_free(d->a);
    return st == NX_OK ? nx_record_skip(r, sink, NX_OK, "not an article", err,
                                        "what an export says of itself")
                       : st;
}

nx_status nx_read_factiva(const nx_record *r, const nx_corpus_options *options,
                          const nx_article_sink *sink, nx_error *err)
{
    document d = {.options = options, .new_block = true};
    d.field_of = has_codes(r->bytes) ? factiva_field : NULL;
    return read_document(&d, r, sink, err);
}

nx_status nx_read_proquest(const nx_record *r, const nx_corpus_options *options,
                           const nx_article_sink *sink, nx_error *err)
{
    document d = {.options = options, .field_of = proquest_field, .new_block = true};
    return read_document(&d, r, sink, err);
}
