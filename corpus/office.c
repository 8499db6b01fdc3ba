// office.c: documents of office programs that are zip files: DOCX, ODT, XLSX. nx_read_office.
//
// The parts that hold the text are found by their names; a manuscript becomes text (word.c), a
// spreadsheet a table (sheet.c). Must not know: elements.
#include "corpus/container.h"
#include "corpus/manuscript.h"
#include "corpus/word.h"

enum {
    PARTS_MAX = 100000,
    INFLATED_PER_TEXT = 16, // markup may be so many times as large as a text may be
};

typedef struct document {
    nx_manuscript text;
    bool has_text;
    const char *other; // it is none that is read; what it is
} document;

static bool is_named(nx_str name, const char *front, const char *end)
{
    nx_str first = nx_str_of(front), last = nx_str_of(end);
    return name.n >= first.n + last.n && nx_str_starts(name, first) && nx_str_ends(name, last) &&
           memchr(name.p + first.n, '/', name.n - first.n) == NULL;
}

static nx_status take_part(void *ctx, nx_str name, nx_source *part, nx_error *err)
{
    document *d = ctx;
    nx_manuscript *m = &d->text;
    bool odf = nx_str_eq(name, NX_STR("content.xml"));
    if ((odf || is_named(name, "word/document", ".xml")) && !d->has_text) {
        d->has_text = true;
        return nx_word_read(part, odf, &m->body, &m->notes, err);
    }
    if (is_named(name, "word/footnotes", ".xml") || is_named(name, "word/endnotes", ".xml")) {
        return nx_word_read(part, false, &m->notes, &m->notes, err);
    }
    if (nx_str_eq(name, NX_STR("docProps/core.xml")) || nx_str_eq(name, NX_STR("meta.xml"))) {
        return nx_word_properties(part, m, err);
    }
    if (nx_str_eq(name, NX_STR("ppt/presentation.xml"))) {
        d->other = "presentation";
    }
    return NX_OK;
}

static nx_status read_document(document *d, nx_source *zip, const nx_record *r,
                               const nx_corpus_options *options, const nx_article_sink *sink,
                               nx_error *err)
{
    nx_error why = NX_ERROR_INIT;
    nx_status st = nx_archive_parts(zip, PARTS_MAX, take_part, d, &why);
    if (st == NX_ENOMEM) {
        return nx_fail_nomem(err);
    }
    if (st != NX_OK) {
        const char *reason = zip->reason != NULL ? zip->reason : "damaged document";
        return nx_record_skip(r, sink, st, reason, err, "%s", why.msg);
    }
    if (d->has_text) {
        return nx_manuscript_read(&d->text, r, options, sink, err);
    }
    return nx_record_skip(r, sink, NX_OK, d->other != NULL ? d->other : "office document", err,
                          "this kind of document is not read; save it as text");
}

nx_status nx_read_office(const nx_record *r, const nx_corpus_options *options,
                         const nx_article_sink *sink, nx_error *err)
{
    nx_limits limits = options->limits;
    uint64_t most = (uint64_t)limits.record_bytes * INFLATED_PER_TEXT;
    limits.inflated_bytes = most < limits.inflated_bytes ? most : limits.inflated_bytes;
    nx_budget budget;
    nx_budget_init(&budget, &limits);
    nx_source *zip = nx_source_bytes(r->bytes, "document", &budget);
    if (zip == NULL) {
        return nx_fail_nomem(err);
    }
    document d = {.has_text = false};
    nx_manuscript_init(&d.text, limits.record_bytes);
    nx_status st = read_document(&d, zip, r, options, sink, err);
    nx_manuscript_release(&d.text);
    nx_source_close(zip);
    return st;
}
