// wire.c: agency wires of the character age: ANPA 1312, IPTC 7901, and messages framed by ZCZC and
// NNNN with a sign before each header line.
//
// A message is SOH header STX text ETX trailer EOT; files hold one or several. Headers tell a
// number, a priority, a category and a slug; the trailer tells the time. The text carries its own
// dateline and credit (attribute.h).
// Sources: ANPA 1312 (1989), IPTC 7901 (rev. 5).
#include "corpus/agency.h"
#include "corpus/attribute.h"
#include "corpus/wire_text.h"

#include <stdio.h>

#include "base/time.h"

enum { SOH = 1, STX = 2, ETX = 3, EOT = 4, US = 0x1f };

typedef struct wire {
    const nx_record *r;
    const nx_corpus_options *options;
    nx_article *a;
    nx_buf text;
} wire;

// The parts of a framed message; absent where its mark is missing.
typedef struct frame {
    nx_str header, text, trailer;
} frame;

static size_t find_char(nx_str s, char c, size_t from)
{
    const char *at = from < s.n ? memchr(s.p + from, c, s.n - from) : NULL;
    return at != NULL ? (size_t)(at - s.p) : s.n;
}

static frame split_frame(nx_str message)
{
    size_t stx = find_char(message, STX, 0);
    size_t etx = find_char(message, ETX, stx);
    frame f = {.header = nx_str_make(message.p, stx)};
    if (stx < message.n) {
        f.text = nx_str_make(message.p + stx + 1, etx - stx - 1);
    }
    if (etx < message.n) {
        f.trailer = nx_str_skip(message, etx + 1);
    }
    return f;
}

static void set_section(nx_article *a, char category)
{
    static const struct {
        char letter;
        const char *name;
    } categories[] = {{'a', "National"},  {'i', "International"}, {'f', "Business"},
                      {'s', "Sports"},    {'q', "Sports"},        {'e', "Entertainment"},
                      {'l', "Lifestyle"}, {'p', "Politics"},      {'w', "Washington"},
                      {'o', "Weather"}};
    for (size_t i = 0; i < NX_COUNT(categories); i++) {
        if (categories[i].letter == nx_lower(category)) {
            nx_article_set(a, &a->section, nx_str_of(categories[i].name), NX_FROM_RECORD);
        }
    }
}

// Without a headline of its own the text is read as one that begins with its headline.
static nx_status finish(wire *w, const nx_article_sink *sink, nx_error *err)
{
    nx_status st = nx_buf_check(&w->text, "the text of a wire message", err);
    if (st == NX_OK && w->a->title.s.p == NULL) {
        st = nx_attribute_text(w->a, nx_buf_str(&w->text), true, w->options->zone_min, err);
    } else if (st == NX_OK) {
        nx_article_set_body(w->a, nx_buf_str(&w->text));
    }
    nx_article *a = w->a;
    w->a = NULL;
    if (st != NX_OK) {
        nx_article_free(a);
        return st;
    }
    return nx_article_finish(a, w->r, w->options, sink, err);
}

// ---- ANPA 1312

// Two digits at i, or -1.
static int two_digits(nx_str s, size_t i)
{
    bool digits = i + 2 <= s.n && nx_is_digit(s.p[i]) && nx_is_digit(s.p[i + 1]);
    return digits ? (s.p[i] - '0') * 10 + s.p[i + 1] - '0' : -1;
}

// "AP-WF-11-13-13 1509GMT": the agency, and month, day, year, hour, minute.
static bool set_anpa_trailer(nx_article *a, nx_str trailer)
{
    size_t dash = find_char(trailer, '-', 0);
    nx_agency_set_party(a, nx_wire_clean(nx_str_make(trailer.p, dash)));
    for (size_t i = dash; i + 13 <= trailer.n; i++) {
        int month = two_digits(trailer, i), day = two_digits(trailer, i + 3);
        int year = two_digits(trailer, i + 6), hour = two_digits(trailer, i + 9);
        int minute = two_digits(trailer, i + 11);
        if (month < 0 || day < 0 || year < 0 || hour < 0 || minute < 0 || trailer.p[i + 2] != '-' ||
            trailer.p[i + 5] != '-' || trailer.p[i + 8] != ' ') {
            continue;
        }
        nx_civil civil = {.year = year + (year < 70 ? 2000 : 1900),
                          .month = (int8_t)month,
                          .day = (int8_t)day,
                          .hour = (int8_t)hour,
                          .minute = (int8_t)minute};
        if (nx_civil_valid(&civil)) {
            a->published = (nx_when){.known = true,
                                     .has_zone = true,
                                     .from = NX_FROM_RECORD,
                                     .utc = nx_civil_to_utc(&civil)};
        }
        return nx_civil_valid(&civil);
    }
    return false;
}

// "W2870", and the day, because numbers begin again.
static void set_id(nx_article *a, nx_str number)
{
    char day[16], id[64];
    number = nx_wire_clean(number);
    if (a->published.known && number.n > 0 && number.n < 20) {
        int n = snprintf(id, sizeof id, "%.*s-%s", (int)number.n, number.p,
                         nx_format_day(day, a->published.utc));
        nx_article_set(a, &a->id, nx_str_make(id, (size_t)n), NX_FROM_RECORD);
    }
}

// Lines that begin with '^' stand above the text: headline, photo numbers, notes, byline.
static void add_anpa_heading(wire *w, nx_str line)
{
    nx_str clean = nx_wire_clean(line);
    bool by = nx_str_ends(nx_str_trim(line), NX_STR("="));
    if (by) {
        (void)nx_byline_parse(w->a, clean, NX_FROM_RECORD);
    } else if (!nx_wire_is_note(clean)) {
        nx_fact *fact = w->a->title.s.p == NULL ? &w->a->title : &w->a->summary;
        nx_article_set(w->a, fact, clean, NX_FROM_RECORD);
    }
}

static void read_anpa(wire *w, frame f)
{
    size_t unit = find_char(f.header, US, 0);
    size_t line_end = find_char(f.header, '\n', unit);
    nx_str codes = nx_str_skip(f.header, line_end);
    (void)nx_str_take_word(&codes); // the priority
    nx_str category = nx_str_take_word(&codes);
    if (category.n > 0) {
        set_section(w->a, category.p[0]);
    }
    nx_str slug = NX_STR_NONE;
    size_t next = 0;
    bool first = true;
    for (size_t i = 0; i < f.text.n; i = next) {
        nx_str line = nx_str_line(f.text, i, &next);
        if (first) {
            slug = nx_wire_clean(line);
            if (slug.n > 0 && slug.p[0] == '^') {
                slug = nx_str_skip(slug, 1);
            }
            size_t comma = find_char(slug, ',', 0); // ",466": its length in words
            nx_article_add_keyword(w->a, nx_str_make(slug.p, comma), NX_FROM_RECORD);
        } else if (line.n > 0 && line.p[0] == '^') {
            add_anpa_heading(w, nx_str_skip(line, 1));
        } else {
            nx_wire_add_line(line, &w->text);
        }
        first = first && nx_str_trim(line).n == 0;
    }
    nx_article_set(w->a, &w->a->title, slug, NX_FROM_RECORD);
    (void)set_anpa_trailer(w->a, nx_wire_clean(f.trailer));
    set_id(w->a, nx_str_make(f.header.p, unit));
}

// ---- IPTC 7901

// "131137 GMT Nov 13": day and time, zone, month and year.
static void set_7901_date(wire *w, nx_str trailer)
{
    trailer = nx_wire_clean(trailer);
    nx_str rest = trailer, stamp = nx_str_take_word(&rest), zone = nx_str_take_word(&rest);
    nx_str month = nx_str_take_word(&rest), year = nx_str_take_word(&rest);
    if (year.n == 0) { // no zone
        year = month;
        month = zone;
        zone = NX_STR_NONE;
    }
    if (stamp.n != 6 || year.n != 2 || month.n < 3 || month.n > 12 || zone.n > 6) {
        return;
    }
    char text[80];
    int n = snprintf(text, sizeof text, "%.2s %.*s 20%.2s %.2s:%.2s %.*s", stamp.p, (int)month.n,
                     month.p, year.p, stamp.p + 2, stamp.p + 4, (int)zone.n,
                     zone.p != NULL ? zone.p : "");
    nx_when_set(&w->a->published, nx_str_make(text, (size_t)n), w->options->zone_min,
                NX_FROM_RECORD);
}

// "eca062 4 i 211 ccccb   dpa 061": number, priority, category, words; the service before the last
// number.
static nx_str set_7901_header(wire *w, nx_str header)
{
    nx_str rest = header, word, service = NX_STR_NONE;
    for (int i = 0; (word = nx_str_take_word(&rest)).n > 0; i++) {
        if (i == 2) {
            set_section(w->a, word.n == 1 ? word.p[0] : ' ');
        }
        service = i > 3 && nx_is_alpha(word.p[0]) ? word : service;
    }
    nx_agency_set_credit(w->a, service);
    if (w->a->agency.s.p != NULL) {
        nx_agency_set_party(w->a, service);
    }
    return service;
}

// The lines up to the one that ends with '=': labels ("2ND LEAD"), the headline, the byline.
// Returns where the text begins.
static size_t read_7901_heading(wire *w, nx_str text)
{
    size_t next = 0;
    nx_str title = NX_STR_NONE;
    for (size_t i = 0; i < text.n; i = next) {
        nx_str raw = nx_str_line(text, i, &next), line = nx_wire_clean(raw);
        bool last = nx_str_ends(nx_str_trim(raw), NX_STR("="));
        bool byline = nx_str_starts(line, NX_STR("By ")) && title.p != NULL;
        if (byline) {
            (void)nx_byline_parse(w->a, line, NX_FROM_RECORD);
        } else if (nx_str_starts(line, NX_STR("/"))) {
            nx_wire_add_slug(w->a, line);
        } else if (line.n > 0) {
            title = line;
        }
        if (last) {
            nx_article_set(w->a, &w->a->title, title, NX_FROM_RECORD);
            return next;
        }
    }
    return 0;
}

// "# Notebook", "# dpa NOTEBOOK": contacts and addresses for editors follow.
static bool is_notebook(nx_str line)
{
    enum { MARK_MAX = 40 };
    return nx_str_starts(line, NX_STR("#")) && line.n <= MARK_MAX &&
           nx_str_find_nocase(line, NX_STR("notebook"), 0) != SIZE_MAX;
}

static void read_7901(wire *w, frame f)
{
    size_t line_end = find_char(f.header, '\n', 0);
    nx_str service = set_7901_header(w, nx_str_make(f.header.p, line_end));
    nx_wire_add_slug(w->a, nx_str_skip(f.header, line_end));
    size_t next = read_7901_heading(w, f.text);
    for (size_t i = next; i < f.text.n; i = next) {
        nx_str line = nx_str_line(f.text, i, &next);
        if (is_notebook(line)) {
            break;
        }
        nx_wire_add_line(line, &w->text);
    }
    nx_wire_drop_signature(service, &w->text);
    set_7901_date(w, f.trailer);
    set_id(w->a, nx_str_make(f.header.p, find_char(f.header, ' ', 0)));
}

// ---- ZCZC ... NNNN

// A header line begins with a sign: '$' and '^' headline, ':' heading or place, '#' slug. What is
// only a heading serves as the title when there is no headline.
static bool read_signed_line(wire *w, nx_str line, nx_str *heading)
{
    static const nx_str signs = {"%#$:&*@=+^", 10};
    if (line.n == 0 || memchr(signs.p, line.p[0], signs.n) == NULL) {
        return false;
    }
    nx_str value = nx_wire_clean(nx_str_skip(line, 1));
    bool place = value.n > 2 && value.p[0] == '(' && value.p[value.n - 1] == ')';
    if (value.n < 4) {
        return true; // a code
    }
    switch (line.p[0]) {
    case '$':
    case '^': nx_article_set(w->a, &w->a->title, value, NX_FROM_RECORD); break;
    case ':':
        if (place) {
            nx_str name = nx_str_make(value.p + 1, value.n - 2);
            nx_article_set(w->a, &w->a->dateline, name, NX_FROM_RECORD);
        } else if (nx_is_alpha(value.p[0])) {
            *heading = value;
        }
        break;
    case '#':
        nx_article_add_keyword(w->a, value, NX_FROM_RECORD);
        *heading = heading->n > 0 ? *heading : value;
        break;
    default: break;
    }
    return true;
}

// "TI#UGL continues project delay negotiation": two letters that name a field.
static bool read_coded_line(wire *w, nx_str line)
{
    if (line.n < 3 || !nx_is_upper(line.p[0]) || !nx_is_upper(line.p[1]) || line.p[2] != '#') {
        return false;
    }
    nx_str code = nx_str_make(line.p, 2);
    nx_str value = nx_wire_clean(nx_str_skip(line, 3));
    if (nx_str_eq(code, NX_STR("TI"))) {
        nx_article_set(w->a, &w->a->title, value, NX_FROM_RECORD);
    } else if (nx_str_eq(code, NX_STR("PD"))) {
        nx_when_set(&w->a->published, value, w->options->zone_min, NX_FROM_RECORD);
    } else if (nx_str_eq(code, NX_STR("KN"))) {
        nx_article_set(w->a, &w->a->source, value, NX_FROM_RECORD);
    } else if (nx_str_eq(code, NX_STR("AN"))) {
        nx_article_set(w->a, &w->a->id, value, NX_FROM_RECORD);
    } else if (nx_str_eq(code, NX_STR("AB"))) {
        nx_article_set(w->a, &w->a->summary, value, NX_FROM_RECORD);
    } else if (nx_str_eq(code, NX_STR("TX"))) {
        nx_wire_add_line(value, &w->text);
    }
    return true;
}

static void read_zczc(wire *w, nx_str message)
{
    size_t next = 0;
    nx_str first = nx_wire_clean(nx_str_line(message, 0, &next));
    (void)nx_str_take_word(&first);
    nx_str service = nx_str_take_word(&first);
    if (nx_agency_by_name(service).p != NULL) {
        nx_agency_set_party(w->a, service);
    }
    nx_str heading = NX_STR_NONE;
    bool header = true;
    for (size_t i = next; i < message.n; i = next) {
        nx_str line = nx_str_line(message, i, &next);
        if (nx_str_eq(nx_str_trim(line), NX_STR("NNNN"))) {
            break;
        }
        if (header && (read_signed_line(w, line, &heading) || read_coded_line(w, line) ||
                       nx_wire_is_routing(line) || nx_str_trim(line).n == 0)) {
            continue;
        }
        header = false;
        nx_wire_add_line(line, &w->text);
    }
    nx_article_set(w->a, &w->a->title, heading, NX_FROM_RECORD);
    nx_wire_drop_signature(service, &w->text);
}

// ---- messages

static nx_status read_message(wire *w, nx_str message, const nx_article_sink *sink, nx_error *err)
{
    w->a = nx_article_for(w->r);
    if (w->a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf_clear(&w->text);
    frame f = split_frame(message);
    nx_str start = nx_str_trim(message);
    if (nx_str_starts_nocase(start, NX_STR("zczc"))) {
        read_zczc(w, start);
    } else if (f.text.p != NULL && find_char(f.header, US, 0) < f.header.n) {
        read_anpa(w, f);
    } else if (f.text.p != NULL) {
        read_7901(w, f);
    } else if (nx_wire_is_7901_header(start)) { // its marks were lost on the way
        size_t next = 0;
        f.header = nx_str_line(start, 0, &next);
        f.text = nx_str_skip(start, next);
        read_7901(w, f);
    } else {
        size_t next = 0;
        for (size_t i = 0; i < message.n; i = next) {
            nx_wire_add_line(nx_str_line(message, i, &next), &w->text);
        }
    }
    return finish(w, sink, err);
}

// The next message at or after *at: from SOH to EOT or the next SOH, or all of it.
static bool next_message(nx_str s, size_t *at, nx_str *message)
{
    size_t start = find_char(s, SOH, *at);
    if (start == s.n) {
        *message = s;
        bool only = *at == 0;
        *at = s.n;
        return only && nx_wire_clean(s).n > 0;
    }
    size_t end = find_char(s, SOH, start + 1);
    end = find_char(nx_str_make(s.p, end), EOT, start);
    *message = nx_str_make(s.p + start + 1, end - start - 1);
    *at = end;
    return true;
}

nx_status nx_read_wire(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    wire w = {.r = r, .options = options};
    nx_buf lines;
    nx_buf_init(&lines, r->bytes.n + 16);
    nx_buf_init(&w.text, r->bytes.n * 4 + 1024);
    nx_wire_normalize(r->bytes, &lines);
    nx_status st = nx_buf_check(&lines, "a wire message", err);
    nx_str all = nx_buf_str(&lines), message;
    size_t messages = 0;
    for (size_t at = 0; st == NX_OK && next_message(all, &at, &message); messages++) {
        st = read_message(&w, message, sink, err);
    }
    if (st == NX_OK && messages == 0) {
        st = nx_record_skip(r, sink, NX_OK, "empty", err, "no text in it");
    }
    nx_buf_release(&w.text);
    nx_buf_release(&lines);
    return st;
}
