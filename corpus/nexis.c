// nexis.c: one document of a text export of LexisNexis. nx_read_nexis.
//
// Two forms: the older one has source and date in the middle of their lines, then the headline; the
// newer one the headline, the source and the date, one below the other. In both, lines with a label
// follow (BYLINE:, SECTION:, LENGTH:), then the text, then lines with a label again. Labels come in
// the language of the interface. Must not know: where documents are cut apart (split.c).
#include "corpus/attribute.h"
#include "corpus/reader.h"
#include "corpus/sniff.h"

enum {
    HEAD_LINES = 24, // before the first label
    CENTRED = 8,     // spaces before a line that stands in the middle
    LABEL_MAX = 24,  // bytes of a label
    NUMBER_MAX = 6,  // digits of a document's number
};

// ---- lines

static bool skip_number(nx_str s, size_t *i)
{
    size_t from = *i;
    while (*i < s.n && nx_is_digit(s.p[*i])) {
        ++*i;
    }
    return *i > from && *i - from <= NUMBER_MAX;
}

static bool skip_word(nx_str s, size_t *i, const char *word)
{
    nx_str rest = nx_str_skip(s, *i), wanted = nx_str_of(word);
    bool found = nx_str_starts_nocase(rest, wanted);
    *i += found ? wanted.n : 0;
    return found;
}

bool nx_is_nexis_line(nx_str line)
{
    static const char *const forms[][3] = {
        {"", " of ", " documents"}, {"", " of ", " document"}, {"focus - ", " of ", " documents"},
        {"dokument ", " von ", ""}, {"document ", " de ", ""}, {"document ", " van ", ""},
        {"documento ", " de ", ""},
    };
    line = nx_str_trim(line);
    for (size_t k = 0; k < NX_COUNT(forms); k++) {
        size_t i = 0;
        if (skip_word(line, &i, forms[k][0]) && skip_number(line, &i) &&
            skip_word(line, &i, forms[k][1]) && skip_number(line, &i) &&
            skip_word(line, &i, forms[k][2]) && i == line.n) {
            return true;
        }
    }
    return false;
}

static bool is_centred(nx_str line)
{
    size_t i = 0;
    while (i < line.n && line.p[i] == ' ') {
        i++;
    }
    return i >= CENTRED;
}

// ---- labels

typedef enum label {
    LABEL_NONE,
    LABEL_OTHER, // its value says nothing that is kept
    LABEL_HEADLINE,
    LABEL_BYLINE,
    LABEL_SECTION,
    LABEL_DATELINE,
    LABEL_SUMMARY,
    LABEL_LANGUAGE, // this and the next ones stand behind the text
    LABEL_URL,
    LABEL_END,
} label;

// The label that line begins with; *value is what follows it.
static label label_of(nx_str line, nx_str *value)
{
    static const struct {
        const char *name;
        label what;
    } names[] = {
        {"headline", LABEL_HEADLINE},
        {"byline", LABEL_BYLINE},
        {"autor", LABEL_BYLINE},
        {"auteur", LABEL_BYLINE},
        {"section", LABEL_SECTION},
        {"rubrik", LABEL_SECTION},
        {"rubrique", LABEL_SECTION},
        {"sectie", LABEL_SECTION},
        {"dateline", LABEL_DATELINE},
        {"highlight", LABEL_SUMMARY},
        {"length", LABEL_OTHER},
        {"länge", LABEL_OTHER},
        {"lÄnge", LABEL_OTHER},
        {"longueur", LABEL_OTHER},
        {"lengte", LABEL_OTHER},
        {"longitud", LABEL_OTHER},
        {"series", LABEL_OTHER},
        {"type", LABEL_OTHER},
        {"correction-date", LABEL_OTHER},
        {"language", LABEL_LANGUAGE},
        {"sprache", LABEL_LANGUAGE},
        {"langue", LABEL_LANGUAGE},
        {"taal", LABEL_LANGUAGE},
        {"url", LABEL_URL},
        {"load-date", LABEL_END},
        {"update", LABEL_END},
        {"date-chargement", LABEL_END},
        {"graphic", LABEL_END},
        {"grafik", LABEL_END},
        {"subject", LABEL_END},
        {"document-type", LABEL_END},
        {"publication-type", LABEL_END},
        {"journal-code", LABEL_END},
        {"zeitungs-code", LABEL_END},
        {"acc-no", LABEL_END},
    };
    const char *colon = memchr(line.p, ':', line.n < LABEL_MAX ? line.n : LABEL_MAX);
    if (colon == NULL || !nx_is_upper(line.p[0])) {
        return LABEL_NONE;
    }
    nx_str name = nx_str_make(line.p, (size_t)(colon - line.p));
    for (size_t i = 0; i < NX_COUNT(names); i++) {
        if (nx_str_eq_nocase(name, nx_str_of(names[i].name))) {
            *value = nx_str_trim(nx_str_make(colon + 1, line.n - name.n - 1));
            return names[i].what;
        }
    }
    return LABEL_NONE;
}

// ---- a document

typedef enum part { PART_HEAD, PART_LABELS, PART_BODY, PART_END } part;

typedef struct document {
    nx_article *a;
    int zone_min;
    nx_str head[HEAD_LINES]; // with the spaces before them; of the newer form, the last ones
    size_t head_count;
    bool numbered; // it began with its number: the older form
    part part;
    label label;    // whose value the next lines belong to
    nx_buf value;   // of that label
    nx_buf body;    // paragraphs
    bool new_block; // the line before was blank
    bool newer;     // the form whose text begins below "Body"
} document;

static void set(document *d, nx_fact *fact, nx_str s)
{
    nx_article_set(d->a, fact, s, NX_FROM_RECORD);
}

static void clear_value(document *d)
{
    d->body.failed = d->body.failed || d->value.failed; // which clearing forgets
    nx_buf_clear(&d->value);
}

static void end_label(document *d)
{
    nx_str value = nx_buf_str(&d->value);
    size_t semicolon = nx_str_find(value, NX_STR(";"), 0);
    nx_str first = nx_str_make(value.p, semicolon < value.n ? semicolon : value.n);
    switch (d->label) {
    case LABEL_HEADLINE: set(d, &d->a->title, value); break;
    case LABEL_BYLINE:
        if (!nx_byline_parse(d->a, value, NX_FROM_RECORD)) {
            nx_authors_add(d->a, value, NX_FROM_RECORD);
        }
        break;
    case LABEL_SECTION: set(d, &d->a->section, first); break; // "NEWS; Pg. 3"
    case LABEL_DATELINE: set(d, &d->a->dateline, value); break;
    case LABEL_SUMMARY: set(d, &d->a->summary, value); break;
    case LABEL_LANGUAGE: set(d, &d->a->language, nx_language_code(nx_str_trim(first))); break;
    case LABEL_URL: set(d, &d->a->url, value); break;
    case LABEL_NONE:
    case LABEL_OTHER:
    case LABEL_END: break;
    }
    d->label = LABEL_NONE;
    clear_value(d);
}

static bool set_date(document *d, nx_str line)
{
    nx_when when;
    bool found = nx_date_find(line, d->zone_min, &when);
    if (found) {
        d->a->published = when;
        d->a->published.from = NX_FROM_RECORD;
    }
    return found;
}

// In the older form, the date stands second: source, date, headline.
static bool is_older_head(document *d)
{
    return d->numbered &&
           (is_centred(d->head[0]) || (d->head_count > 2 && set_date(d, d->head[1])));
}

static void end_older_head(document *d)
{
    size_t title = is_centred(d->head[0]) ? 0 : 2;
    for (size_t i = 1; i < d->head_count && !set_date(d, d->head[i]); i++) {
    }
    while (title < d->head_count && is_centred(d->head[title])) {
        title++;
    }
    for (size_t i = title; i < d->head_count && !is_centred(d->head[i]); i++) {
        nx_buf_addz(&d->value, d->value.len > 0 ? " " : "");
        nx_buf_adds(&d->value, nx_str_trim(d->head[i]));
    }
    set(d, &d->a->title, nx_buf_str(&d->value));
    clear_value(d);
    set(d, &d->a->source, d->head[0]);
}

// Headline, source, date; in front of the first document of an export there may be a page about
// the export.
static void end_newer_head(document *d)
{
    size_t date = d->head_count;
    while (--date >= 2 && !set_date(d, d->head[date])) {
    }
    size_t source = date >= 2 ? date - 1 : 1;
    set(d, &d->a->title, d->head[source - 1]);
    if (source < d->head_count) {
        set(d, &d->a->source, d->head[source]);
    }
}

static void add_to_head(document *d, nx_str line)
{
    if (d->head_count == HEAD_LINES && !d->numbered) {
        memmove(d->head, d->head + 1, sizeof d->head - sizeof d->head[0]);
        d->head_count--;
    }
    if (d->head_count < HEAD_LINES) {
        d->head[d->head_count++] = line;
    }
}

static void take_prose(document *d, nx_str line)
{
    if (d->part == PART_LABELS && d->label != LABEL_NONE && !d->new_block) {
        nx_buf_addc(&d->value, ' '); // a value goes on
        nx_buf_adds(&d->value, line);
    } else if (d->part == PART_LABELS || d->part == PART_BODY) {
        end_label(d);
        d->part = PART_BODY;
        nx_buf_addz(&d->body, d->body.len == 0 ? "" : d->new_block ? "\n" : " ");
        nx_buf_adds(&d->body, line);
    }
}

static bool is_rights(nx_str bare)
{
    return nx_str_starts(bare, NX_STR("Copyright ")) ||
           nx_str_eq(bare, NX_STR("All Rights Reserved"));
}

// What stands alone in a line behind the text of the newer form.
static bool is_heading_behind(nx_str bare)
{
    static const char *const headings[] = {"Graphic",        "Classification", "Grafik",
                                           "Klassifikation", "Graphique",      NULL};
    return nx_str_in_nocase(bare, headings);
}

static void take_line(document *d, nx_str line)
{
    nx_str bare = nx_str_trim(line), value = NX_STR_NONE;
    label found = label_of(bare, &value);
    bool rights = is_rights(bare);
    if (d->part == PART_HEAD && (found != LABEL_NONE || rights) && d->head_count > 0) {
        if (is_older_head(d)) {
            end_older_head(d);
        } else {
            end_newer_head(d);
        }
        d->part = PART_LABELS;
    }
    d->numbered = d->numbered || nx_is_nexis_line(bare);
    if (bare.n == 0 || nx_is_nexis_line(bare) ||
        (rights && (d->part != PART_BODY || is_centred(line)))) {
        return;
    }
    if (d->part == PART_HEAD) {
        if (!nx_str_starts(bare, NX_STR("Page "))) {
            add_to_head(d, line);
        }
    } else if (d->part == PART_LABELS && nx_str_eq(bare, NX_STR("Body"))) {
        end_label(d);
        d->part = PART_BODY;
        d->newer = true;
    } else if (d->part == PART_BODY && d->newer && d->new_block && is_heading_behind(bare)) {
        d->part = PART_END;
    } else if (found >= LABEL_LANGUAGE || (found != LABEL_NONE && d->part == PART_LABELS)) {
        end_label(d);
        d->part = found >= LABEL_LANGUAGE ? PART_END : d->part;
        d->label = found;
        nx_buf_adds(&d->value, value);
    } else {
        take_prose(d, bare);
    }
}

nx_status nx_read_nexis(const nx_record *r, const nx_corpus_options *options,
                        const nx_article_sink *sink, nx_error *err)
{
    document d = {.a = nx_article_for(r), .zone_min = options->zone_min, .new_block = true};
    if (d.a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf_init(&d.value, r->bytes.n + 1);
    nx_buf_init(&d.body, r->bytes.n + 1);
    for (size_t at = 0; at < r->bytes.n;) {
        nx_str line = nx_str_line(r->bytes, at, &at);
        take_line(&d, line);
        d.new_block = nx_str_trim(line).n == 0;
    }
    end_label(&d);
    nx_status st = nx_buf_check(&d.body, "the text", err);
    bool whole = d.part != PART_HEAD; // not a page about the export
    if (st == NX_OK && whole) {
        nx_article_set_body(d.a, nx_buf_str(&d.body));
    }
    nx_buf_release(&d.value);
    nx_buf_release(&d.body);
    if (st == NX_OK && whole) {
        return nx_article_finish(d.a, r, options, sink, err);
    }
    nx_article_free(d.a);
    return st == NX_OK ? nx_record_skip(r, sink, NX_OK, "not an article", err,
                                        "what an export says of itself")
                       : st;
}
