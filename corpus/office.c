// office.c: documents of office programs that are zip files: DOCX, ODT, XLSX, ODS.
// nx_read_office.
//
// The parts that hold the text are found by their names; a manuscript becomes text (word.c), a
// worksheet a table (sheet.c, sheet_odf.c). Must not know: elements.
#include "corpus/document.h"
#include "corpus/manuscript.h"
#include "corpus/reread.h"
#include "corpus/sheet.h"
#include "corpus/sheet_odf.h"
#include "corpus/word.h"

typedef struct document {
    const nx_record *r;
    const nx_corpus_options *options;
    const nx_article_sink *sink;
    nx_source *zip;
    nx_manuscript text;
    nx_workbook book;
    nx_buf rows;       // of a worksheet
    bool is_text;      // a manuscript
    bool is_book;      // a workbook
    bool is_odf_book;  // the same of OpenDocument
    bool has_sheets;   // one of them was read
    const char *other; // what it is, when it is not read
    nx_status stop;    // the sink wants no more
} document;

// Is name front, anything but a slash, and end?
static bool is_named(nx_str name, const char *front, const char *end)
{
    nx_str first = nx_str_of(front), last = nx_str_of(end);
    return name.n >= first.n + last.n && nx_str_starts(name, first) && nx_str_ends(name, last) &&
           memchr(name.p + first.n, '/', name.n - first.n) == NULL;
}

// What OpenDocument calls itself in its first part: only texts and spreadsheets are read.
static nx_status take_mimetype(document *d, nx_source *part, nx_error *err)
{
    nx_status st = nx_source_fill(part, 256, err);
    nx_str type = nx_source_view(part);
    d->is_odf_book = nx_str_find(type, NX_STR("opendocument.spreadsheet"), 0) != SIZE_MAX;
    if (!d->is_odf_book && nx_str_find(type, NX_STR("opendocument.text"), 0) == SIZE_MAX) {
        d->other = "OpenDocument file";
    }
    return st;
}

// rows: of the worksheet of that name; line: of the first one.
static nx_status take_rows(void *ctx, nx_str name, nx_str rows, uint64_t line, nx_error *err)
{
    document *d = ctx;
    nx_buf member;
    nx_buf_init(&member, 64 << 10);
    nx_status st = nx_document_member(d->r, name, &member, err);
    if (st == NX_OK) {
        d->has_sheets = true;
        st = d->stop =
            nx_reread_rows(d->r, rows, nx_buf_str(&member), line, d->options, d->sink, err);
    }
    nx_buf_release(&member);
    return st;
}

static nx_status take_part(void *ctx, nx_str name, nx_source *part, nx_error *err)
{
    document *d = ctx;
    nx_manuscript *m = &d->text;
    bool odf = nx_str_eq(name, NX_STR("content.xml"));
    if (odf && d->is_odf_book) {
        return nx_tables_read(part, d->options->limits.record_bytes, take_rows, d, err);
    }
    if ((odf || is_named(name, "word/document", ".xml")) && !d->is_text && d->other == NULL) {
        d->is_text = true;
        return nx_word_read(part, odf, &m->body, &m->notes, err);
    }
    if (is_named(name, "word/footnotes", ".xml") || is_named(name, "word/endnotes", ".xml")) {
        return nx_word_read(part, false, &m->notes, &m->notes, err);
    }
    if (nx_str_eq(name, NX_STR("docProps/core.xml")) || nx_str_eq(name, NX_STR("meta.xml"))) {
        return nx_word_properties(part, m, err);
    }
    if (nx_str_eq(name, NX_STR("xl/sharedStrings.xml")) && d->book.strings.len == 0) {
        return nx_workbook_strings(&d->book, part, err);
    }
    if (nx_str_eq(name, NX_STR("xl/styles.xml")) && d->book.date_formats.len == 0) {
        return nx_workbook_styles(&d->book, part, err);
    }
    if (is_named(name, "xl/workbook", ".xml")) {
        d->is_book = true;
        return nx_workbook_facts(&d->book, part, err);
    }
    if (nx_str_eq(name, NX_STR("mimetype"))) {
        return take_mimetype(d, part, err);
    }
    if (nx_str_eq(name, NX_STR("ppt/presentation.xml"))) {
        d->other = "presentation";
    }
    return NX_OK;
}

static nx_status take_sheet(void *ctx, nx_str name, nx_source *part, nx_error *err)
{
    document *d = ctx;
    if (!is_named(name, "xl/worksheets/", ".xml")) {
        return NX_OK;
    }
    uint64_t first_row;
    nx_buf_clear(&d->rows);
    nx_status st = nx_sheet_read(&d->book, part, &d->rows, &first_row, err);
    st = st == NX_OK ? nx_buf_check(&d->rows, "the worksheet", err) : st;
    return st == NX_OK && first_row > 0 ? take_rows(d, name, nx_buf_str(&d->rows), first_row, err)
                                        : st;
}

static nx_status lost(const document *d, nx_status st, nx_error *err)
{
    return d->stop != NX_OK ? d->stop : nx_document_lost(d->r, d->zip, st, d->sink, err);
}

static nx_status no_table(const document *d, nx_error *err)
{
    return nx_record_skip(d->r, d->sink, NX_OK, "empty", err, "there is no table in it");
}

static nx_status read_book(document *d, nx_error *err)
{
    nx_status st = nx_workbook_check(&d->book, err);
    st = st == NX_OK ? nx_source_seek(d->zip, 0, err) : st;
    st =
        st == NX_OK ? nx_archive_parts(d->zip, d->options->limits.members, take_sheet, d, err) : st;
    if (st != NX_OK || d->has_sheets) {
        return lost(d, st, err);
    }
    return no_table(d, err);
}

static nx_status read_document(document *d, nx_error *err)
{
    nx_status st = nx_archive_parts(d->zip, d->options->limits.members, take_part, d, err);
    if (st != NX_OK) {
        return lost(d, st, err);
    }
    if (d->is_text) {
        return nx_manuscript_read(&d->text, d->r, d->options, d->sink, err);
    }
    if (d->is_book) {
        return read_book(d, err);
    }
    if (d->is_odf_book) {
        return d->has_sheets ? NX_OK : no_table(d, err);
    }
    return nx_record_skip(d->r, d->sink, NX_OK, d->other != NULL ? d->other : "office document",
                          err, "this kind of document is not read; save it as text or CSV");
}

nx_status nx_read_office(const nx_record *r, const nx_corpus_options *options,
                         const nx_article_sink *sink, nx_error *err)
{
    nx_budget budget;
    nx_source *zip = nx_document_open(r, options, &budget);
    if (zip == NULL) {
        return nx_fail_nomem(err);
    }
    document d = {.r = r, .options = options, .sink = sink, .zip = zip};
    nx_manuscript_init(&d.text, options->limits.record_bytes);
    nx_workbook_init(&d.book, options->limits.record_bytes);
    nx_buf_init(&d.rows, options->limits.record_bytes);
    nx_status st = read_document(&d, err);
    nx_buf_release(&d.rows);
    nx_workbook_release(&d.book);
    nx_manuscript_release(&d.text);
    nx_source_close(zip);
    return st;
}
