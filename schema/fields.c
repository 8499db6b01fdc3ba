// fields.c: the table of fields and how their terms and values are written.
#include "base/num.h"
#include "base/time.h"
#include "schema/schema.h"
#include "text/analysis.h"

const nx_field nx_fields[] = {
    [NX_FIELD_TITLE] = {"title", "headline hed", "S", NX_AS_WORDS, -1, false,
                        "words of the headline"},
    [NX_FIELD_TEXT] = {"text", "body", "", NX_AS_WORDS, -1, false, "words of the article"},
    [NX_FIELD_AUTHOR] = {"author", "byline by writer reporter", "A", NX_AS_NAME, NX_SLOT_AUTHOR,
                         true, "who wrote it"},
    [NX_FIELD_SOURCE] = {"source", "publisher outlet", "XSRC", NX_AS_NAME, NX_SLOT_SOURCE, true,
                         "the outlet that published it"},
    [NX_FIELD_AGENCY] = {"agency", "wire", "XAG", NX_AS_NAME, NX_SLOT_AGENCY, true,
                         "the news agency it is credited to (AP, Reuters...)"},
    [NX_FIELD_CREDITED] = {"credited", "via", "XCR", NX_AS_NAME, -1, false,
                           "the outlet whose reporting another one republished"},
    [NX_FIELD_SECTION] = {"section", "category desk", "XSEC", NX_AS_NAME, NX_SLOT_SECTION, true,
                          "the section it appeared in"},
    [NX_FIELD_KEYWORD] = {"keyword", "tag tags keywords subject topic", "K", NX_AS_NAME, -1, false,
                          "keywords the publisher gave it"},
    [NX_FIELD_PLACE] = {"place", "dateline", "XPL", NX_AS_NAME, -1, false,
                        "the place of the dateline"},
    [NX_FIELD_LANG] = {"lang", "language", "L", NX_AS_LOWER, NX_SLOT_LANGUAGE, true,
                       "language (en, de, fr...)"},
    [NX_FIELD_HOST] = {"host", "site domain", "H", NX_AS_LOWER, NX_SLOT_HOST, true,
                       "web host (cnn.com)"},
    [NX_FIELD_URL] = {"url", "link", "U", NX_AS_EXACT, -1, false, "canonical web address"},
    [NX_FIELD_ID] = {"id", "guid docno", "Q", NX_AS_EXACT, -1, false,
                     "identity of the article in the index"},
    [NX_FIELD_DATE] = {"date", "published", "D", NX_AS_DATE, NX_SLOT_PUBLISHED, true,
                       "date of publication"},
    [NX_FIELD_UPDATED] = {"updated", "modified changed", "", NX_AS_DATE, NX_SLOT_UPDATED, false,
                          "date of the last change"},
    [NX_FIELD_INDEXED] = {"indexed", "", "", NX_AS_DATE, NX_SLOT_INDEXED, false,
                          "date it entered the index"},
    [NX_FIELD_FAMILY] = {"family", "story", "XFAM", NX_AS_EXACT, NX_SLOT_FAMILY, true,
                         "story family: versions and reprints of one report"},
    [NX_FIELD_COUNT] = {.name = NULL},
};

static bool has_alias(const char *aliases, nx_str name)
{
    for (const char *p = aliases; *p != '\0';) {
        size_t n = strcspn(p, " ");
        if (nx_str_eq_nocase(nx_str_make(p, n), name)) {
            return true;
        }
        p += n + (p[n] == ' ');
    }
    return false;
}

const nx_field *nx_field_find(nx_str name)
{
    for (const nx_field *f = nx_fields; f->name != NULL; f++) {
        if (nx_str_eq_nocase(nx_str_of(f->name), name) || has_alias(f->aliases, name)) {
            return f;
        }
    }
    return NULL;
}

static void add_prefix(const char *prefix, nx_str term, nx_buf *out)
{
    nx_buf_addz(out, prefix);
    if (strlen(prefix) > 1 && term.n > 0 && (nx_is_upper(term.p[0]) || term.p[0] == ':')) {
        nx_buf_addc(out, ':');
    }
}

void nx_field_term(const nx_field *f, nx_str term, nx_buf *out)
{
    size_t start = out->len;
    // Words are folded, so that only a stem can start with a capital letter.
    if (f->analysis == NX_AS_WORDS && term.n > 0 && term.p[0] == 'Z') {
        nx_buf_addc(out, 'Z');
        term = nx_str_skip(term, 1);
    }
    add_prefix(f->prefix, term, out);
    nx_buf_adds(out, term);
    nx_term_fit(out, start);
}

void nx_field_value_term(const nx_field *f, nx_str value, nx_buf *out)
{
    size_t start = out->len;
    if (f->analysis == NX_AS_EXACT) {
        add_prefix(f->prefix, value, out);
        nx_buf_adds(out, value);
    } else {
        nx_buf_addz(out, f->prefix); // what follows is folded: never a capital letter
        nx_fold(value, f->analysis == NX_AS_NAME, out);
    }
    nx_term_fit(out, start);
}

void nx_unique_term(nx_str id, nx_buf *out)
{
    size_t start = out->len;
    nx_buf_addc(out, 'Q');
    nx_buf_adds(out, id);
    nx_term_fit(out, start);
}

char *nx_date_term(char kind, int64_t utc, char out[16])
{
    nx_civil c = nx_civil_from_utc(utc);
    char *to = out;
    *to++ = kind;
    to = nx_put_digits(to, (unsigned)c.year, 4);
    if (kind != 'Y') {
        to = nx_put_digits(to, (unsigned)c.month, 2);
    }
    if (kind == 'D') {
        to = nx_put_digits(to, (unsigned)c.day, 2);
    }
    *to = '\0';
    return out;
}

char *nx_time_value(int64_t utc, char out[16])
{
    nx_civil c = nx_civil_from_utc(utc);
    char *to = nx_put_digits(out, (unsigned)c.year, 4);
    const int8_t rest[] = {c.month, c.day, c.hour, c.minute, c.second};
    for (size_t i = 0; i < sizeof rest; i++) {
        to = nx_put_digits(to, (unsigned)rest[i], 2);
    }
    *to = '\0';
    return out;
}

static int read_digits(const char *p, int digits)
{
    int n = 0;
    for (int i = 0; i < digits; i++) {
        n = n * 10 + (p[i] - '0');
    }
    return n;
}

bool nx_time_value_parse(nx_str value, int64_t *utc)
{
    if (value.n != 14) {
        return false;
    }
    for (size_t i = 0; i < value.n; i++) {
        if (!nx_is_digit(value.p[i])) {
            return false;
        }
    }
    nx_civil c = {.year = read_digits(value.p, 4),
                  .month = (int8_t)read_digits(value.p + 4, 2),
                  .day = (int8_t)read_digits(value.p + 6, 2),
                  .hour = (int8_t)read_digits(value.p + 8, 2),
                  .minute = (int8_t)read_digits(value.p + 10, 2),
                  .second = (int8_t)read_digits(value.p + 12, 2)};
    if (!nx_civil_valid(&c)) {
        return false;
    }
    *utc = nx_civil_to_utc(&c);
    return true;
}
