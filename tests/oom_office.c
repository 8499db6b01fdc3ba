// oom_office.c: documents of office programs and RTF, with each allocation failing once.
#include "corpus/corpus.h"
#include "tests/ignore_skip.h"
#include "tests/oom.h"
#include "tests/zip_kit.h"

static kit_zip manuscript, book;

// Before the first allocation is made to fail.
__attribute__((constructor)) static void make_documents(void)
{
    kit_zip_start(&manuscript);
    kit_zip_add(&manuscript, "docProps/core.xml",
                NX_STR("<a><creator>Jane Doe</creator><created>2024-03-05</created></a>"));
    kit_zip_add(&manuscript, "word/document.xml",
                NX_STR("<d><p><r><t>A headline of six words here</t></r></p><p><r><t>The bridge "
                       "stays closed.</t></r></p></d>"));
    kit_zip_add(&manuscript, "word/footnotes.xml", NX_STR("<d><p><r><t>Note.</t></r></p></d>"));
    (void)kit_zip_end(&manuscript);
    kit_zip_start(&book);
    kit_zip_add(&book, "xl/workbook.xml", NX_STR("<workbook/>"));
    kit_zip_add(&book, "xl/worksheets/sheet1.xml",
                NX_STR("<w><row><c t='str'><v>Title</v></c><c t='str'><v>Text</v></c></row><row>"
                       "<c t='s'><v>0</v></c><c t='str'><v>It rained.</v></c></row></w>"));
    kit_zip_add(&book, "xl/sharedStrings.xml", NX_STR("<sst><si><t>Rain</t></si></sst>"));
    kit_zip_add(&book, "xl/styles.xml",
                NX_STR("<s><numFmt numFmtId='164' formatCode='d'/><cellXfs><xf numFmtId='164'/>"
                       "</cellXfs></s>"));
    (void)kit_zip_end(&book);
}

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)err;
    *(int *)ctx += a->title.s.p != NULL && a->body.n >= 4; // nothing is lost but by failing
    nx_article_free(a);
    return NX_OK;
}

static bool reads(nx_format format, nx_str bytes)
{
    int articles = 0;
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_article_sink sink = {.ctx = &articles, .article = on_article, .skip = ignore_skip};
    nx_error err = NX_ERROR_INIT;
    nx_record r = {.format = format, .bytes = bytes, .file = NX_STR("x"), .source_bytes = bytes.n};
    return nx_record_parse(&r, &options, &sink, &err) == NX_OK && articles == 1;
}

bool nx_oom_scenario(void)
{
    return reads(NX_FORMAT_OFFICE, nx_buf_str(&manuscript.bytes)) &&
           reads(NX_FORMAT_OFFICE, nx_buf_str(&book.bytes)) &&
           reads(NX_FORMAT_RTF,
                 NX_STR("{\\rtf1{\\info{\\author Jane Doe}}A headline of six words here\\par It "
                        "rained in {\\'e9}t\\'e9.{\\footnote Note.}}"));
}
