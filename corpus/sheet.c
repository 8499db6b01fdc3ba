// sheet.c: see sheet.h.
#include "corpus/sheet.h"

#include "base/num.h"
#include "base/time.h"
#include "corpus/grid.h"
#include "corpus/xml_scan.h"

enum {
    FORMATS_MAX = 65536, // of cells
    NUMBERS_MAX = 1024,  // their formats of dates; programs stop at 250
};

void nx_workbook_init(nx_workbook *b, size_t max_bytes)
{
    *b = (nx_workbook){.from_1904 = false};
    nx_buf_init(&b->strings, max_bytes);
    nx_buf_init(&b->string_ends, max_bytes);
    nx_buf_init(&b->date_numbers, NUMBERS_MAX * sizeof(uint64_t));
    nx_buf_init(&b->date_formats, FORMATS_MAX);
}

void nx_workbook_release(nx_workbook *b)
{
    nx_buf_release(&b->strings);
    nx_buf_release(&b->string_ends);
    nx_buf_release(&b->date_numbers);
    nx_buf_release(&b->date_formats);
}

nx_status nx_workbook_check(const nx_workbook *b, nx_error *err)
{
    const nx_buf *const bufs[] = {&b->strings, &b->string_ends, &b->date_numbers, &b->date_formats};
    for (size_t i = 0; i < NX_COUNT(bufs); i++) {
        if (bufs[i]->failed) {
            return nx_buf_check(bufs[i], "the workbook", err);
        }
    }
    return NX_OK;
}

static bool is(const char *name, const char *wanted)
{
    return strcmp(name, wanted) == 0;
}

static uint64_t number_or(nx_str s, uint64_t otherwise)
{
    uint64_t number;
    return nx_parse_u64(s, &number) ? number : otherwise;
}

// Takes out of b, from there on, how a carriage return is written.
static void drop_returns(nx_buf *b, size_t from)
{
    const nx_str mark = NX_STR("_x000D_");
    nx_str text = nx_buf_str(b);
    size_t n = from;
    for (size_t i = from; i < text.n;) {
        bool is_return = nx_str_starts(nx_str_skip(text, i), mark);
        b->data[n] = b->data[i];
        n += !is_return;
        i += is_return ? mark.n : 1;
    }
    if (n < text.n) {
        nx_buf_truncate(b, n);
    }
}

// ---- shared strings

typedef struct strings {
    nx_workbook *b;
    size_t start;             // of the string
    unsigned texts, readings; // open: <t>, and <rPh>, which says how a text is pronounced
} strings;

static void strings_start(void *ctx, const char *name, const char **atts)
{
    strings *s = ctx;
    (void)atts;
    s->texts += is(name, "t");
    s->readings += is(name, "rPh");
}

static void strings_end(void *ctx, const char *name)
{
    strings *s = ctx;
    s->texts -= is(name, "t");
    s->readings -= is(name, "rPh");
    if (is(name, "si")) {
        drop_returns(&s->b->strings, s->start);
        uint64_t end = s->start = s->b->strings.len;
        nx_buf_add(&s->b->string_ends, &end, sizeof end);
    }
}

static void strings_text(void *ctx, nx_str text)
{
    strings *s = ctx;
    if (s->texts > 0 && s->readings == 0) {
        nx_buf_adds(&s->b->strings, text);
    }
}

nx_status nx_workbook_strings(nx_workbook *b, nx_source *part, nx_error *err)
{
    strings s = {.b = b};
    const nx_xml_handler handler = {&s, strings_start, strings_end, strings_text};
    return nx_xml_scan(part, &handler, err);
}

static uint64_t end_of_string(const nx_workbook *b, uint64_t index)
{
    uint64_t end;
    memcpy(&end, b->string_ends.data + index * sizeof end, sizeof end);
    return end;
}

static nx_str shared_string(const nx_workbook *b, nx_str number)
{
    uint64_t index = number_or(nx_str_trim(number), UINT64_MAX);
    if (index >= b->string_ends.len / sizeof(uint64_t)) {
        return NX_STR_NONE;
    }
    size_t from = index > 0 ? (size_t)end_of_string(b, index - 1) : 0;
    return nx_str_make(b->strings.data + from, (size_t)end_of_string(b, index) - from);
}

// ---- formats

// Does the code of a number format write a day or an hour? What is quoted, or in brackets, is text
// or a colour.
static bool is_date_code(nx_str code)
{
    char until = '\0';
    for (size_t i = 0; i < code.n; i++) {
        char c = nx_lower(code.p[i]);
        if (until != '\0') {
            until = c == until ? '\0' : until;
        } else if (c == '"' || c == '[') {
            until = c == '"' ? '"' : ']';
        } else if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else if (c == 'y' || c == 'd' || c == 'h') {
            return true;
        }
    }
    return false;
}

// Those that a workbook need not describe, East Asian ones among them.
static bool is_date_number(const nx_workbook *b, uint64_t number)
{
    bool known = (number >= 14 && number <= 22) || (number >= 27 && number <= 36) ||
                 (number >= 50 && number <= 58);
    for (size_t at = 0; !known && at < b->date_numbers.len; at += sizeof number) {
        known = memcmp(b->date_numbers.data + at, &number, sizeof number) == 0;
    }
    return known;
}

typedef struct styles {
    nx_workbook *b;
    bool in_cells; // formats of cells, not of styles
} styles;

static void styles_start(void *ctx, const char *name, const char **atts)
{
    styles *s = ctx;
    uint64_t number = number_or(nx_xml_scan_value(atts, "numFmtId"), 0);
    if (is(name, "numFmt") && is_date_code(nx_xml_scan_value(atts, "formatCode"))) {
        nx_buf_add(&s->b->date_numbers, &number, sizeof number);
    } else if (is(name, "cellXfs")) {
        s->in_cells = true;
    } else if (is(name, "xf") && s->in_cells && !s->b->date_formats.failed) {
        nx_buf_addc(&s->b->date_formats, is_date_number(s->b, number) ? '\1' : '\0');
    }
}

static void styles_end(void *ctx, const char *name)
{
    styles *s = ctx;
    s->in_cells = s->in_cells && !is(name, "cellXfs");
}

static void no_text(void *ctx, nx_str text)
{
    (void)ctx;
    (void)text;
}

nx_status nx_workbook_styles(nx_workbook *b, nx_source *part, nx_error *err)
{
    styles s = {.b = b};
    const nx_xml_handler handler = {&s, styles_start, styles_end, no_text};
    return nx_xml_scan(part, &handler, err);
}

static void facts_start(void *ctx, const char *name, const char **atts)
{
    nx_str from = is(name, "workbookPr") ? nx_xml_scan_value(atts, "date1904") : NX_STR_NONE;
    nx_workbook *b = ctx;
    b->from_1904 = b->from_1904 || nx_str_eq(from, NX_STR("1")) || nx_str_eq(from, NX_STR("true"));
}

static void facts_end(void *ctx, const char *name)
{
    (void)ctx;
    (void)name;
}

nx_status nx_workbook_facts(nx_workbook *b, nx_source *part, nx_error *err)
{
    const nx_xml_handler handler = {b, facts_start, facts_end, no_text};
    return nx_xml_scan(part, &handler, err);
}

// ---- cells

typedef enum content { NUMBER, SHARED, WRITTEN, NOTHING } content;

typedef struct sheet {
    const nx_workbook *b;
    nx_grid grid;
    content type;
    bool is_date;
    unsigned values, readings; // open: <v> or <t>; <rPh>
    nx_buf value;              // of the cell
} sheet;

// A number of days, with a fraction, as a day or a time of one. Absent: it is none.
static nx_str date_of(const sheet *s, nx_str value, char text[24])
{
    enum { DAYS_MAX = 2958465 }; // the end of the year 9999
    int64_t days = 0;
    double fraction = 0, unit = 1;
    size_t i = 0;
    for (; i < value.n && nx_is_digit(value.p[i]) && days <= DAYS_MAX; i++) {
        days = days * 10 + (value.p[i] - '0');
    }
    bool point = i < value.n && value.p[i] == '.';
    for (i += point; point && i < value.n && nx_is_digit(value.p[i]); i++) {
        unit /= 10;
        fraction += unit * (value.p[i] - '0');
    }
    if (i < value.n || days == 0 || days > DAYS_MAX) {
        return NX_STR_NONE;
    }
    const int64_t day = 86400, from_1900 = -25569, from_1904 = -24107; // days before 1970
    int64_t seconds = (int64_t)(fraction * (double)day + 0.5);
    int64_t utc = (days + (s->b->from_1904 ? from_1904 : from_1900)) * day + seconds;
    if (seconds == 0) {
        return nx_str_of(nx_format_day(text, utc));
    }
    nx_str time = nx_str_of(nx_format_utc(text, utc));
    return nx_str_make(time.p, time.n - 1); // no zone is meant
}

static void end_cell(sheet *s)
{
    char text[24];
    drop_returns(&s->value, 0);
    s->grid.out->failed = s->grid.out->failed || s->value.failed;
    nx_str value = nx_buf_str(&s->value);
    value = s->type == SHARED ? shared_string(s->b, value) : value;
    nx_str date = s->type == NUMBER && s->is_date ? date_of(s, value, text) : NX_STR_NONE;
    nx_grid_add(&s->grid, date.n > 0 ? date : value);
    nx_buf_clear(&s->value);
    s->type = NOTHING;
}

// The column in a reference ("BC12"), from 0; 0 when there is none.
static size_t column_of(nx_str reference)
{
    size_t column = 0, i = 0;
    for (; i < reference.n && i < 4 && nx_is_upper(reference.p[i]); i++) {
        column = column * 26 + (size_t)(reference.p[i] - 'A' + 1);
    }
    return i > 0 ? column - 1 : 0;
}

static void begin_cell(sheet *s, const char **atts)
{
    nx_str told = nx_xml_scan_value(atts, "t");
    uint64_t format = number_or(nx_xml_scan_value(atts, "s"), 0);
    nx_grid_go(&s->grid, column_of(nx_xml_scan_value(atts, "r")));
    s->type = nx_str_eq(told, NX_STR("s"))                                   ? SHARED
              : told.p == NULL || nx_str_eq(told, NX_STR("n"))               ? NUMBER
              : nx_str_eq(told, NX_STR("e")) || nx_str_eq(told, NX_STR("b")) ? NOTHING
                                                                             : WRITTEN;
    s->is_date = format < s->b->date_formats.len && s->b->date_formats.data[format] != '\0';
}

static void sheet_start(void *ctx, const char *name, const char **atts)
{
    sheet *s = ctx;
    if (is(name, "row")) {
        nx_grid_begin_row(&s->grid, number_or(nx_xml_scan_value(atts, "r"), 0));
    } else if (is(name, "c")) {
        begin_cell(s, atts);
    }
    s->values += is(name, "v") || is(name, "t");
    s->readings += is(name, "rPh");
}

static void sheet_end(void *ctx, const char *name)
{
    sheet *s = ctx;
    s->values -= is(name, "v") || is(name, "t");
    s->readings -= is(name, "rPh");
    if (is(name, "c")) {
        end_cell(s);
    } else if (is(name, "row")) {
        nx_grid_end_row(&s->grid);
    }
}

static void sheet_text(void *ctx, nx_str text)
{
    sheet *s = ctx;
    if (s->values > 0 && s->readings == 0 && s->type != NOTHING) {
        nx_buf_adds(&s->value, text);
    }
}

nx_status nx_sheet_read(const nx_workbook *b, nx_source *part, nx_buf *out, uint64_t *first_row,
                        nx_error *err)
{
    sheet s = {.b = b, .grid = {.out = out}, .type = NOTHING};
    nx_buf_init(&s.value, NX_GRID_CELL_BYTES_MAX);
    const nx_xml_handler handler = {&s, sheet_start, sheet_end, sheet_text};
    nx_status st = nx_xml_scan(part, &handler, err);
    nx_buf_release(&s.value);
    *first_row = s.grid.first_row;
    return st;
}
