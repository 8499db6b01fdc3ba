// oom_office.c: documents of office programs, e-books and RTF, with each allocation failing once.
#include "tests/oom.h"
#include "tests/oom_reads.h"
#include "tests/zip_kit.h"

static kit_zip manuscript, book, odf_book, e_book;

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
    kit_zip_start(&odf_book);
    kit_zip_add(&odf_book, "mimetype", NX_STR("application/vnd.oasis.opendocument.spreadsheet"));
    kit_zip_add(&odf_book, "content.xml",
                NX_STR("<c><table name='News'><table-row><table-cell><p>Title</p></table-cell>"
                       "<table-cell><p>Text</p></table-cell></table-row><table-row><table-cell>"
                       "<p>Rain</p></table-cell><table-cell><p>It rained.</p></table-cell>"
                       "</table-row></table></c>"));
    (void)kit_zip_end(&odf_book);
    kit_zip_start(&e_book);
    kit_zip_add(&e_book, "nav.xhtml",
                NX_STR("<nav><li><a href='b.html'>Two</a><ol><li><a href='a.html'>One</a></li>"
                       "</ol></li></nav>"));
    kit_zip_add(&e_book, "a.opf",
                NX_STR("<p><metadata><title>Post 2026-11-22</title></metadata><manifest>"
                       "<item properties='nav' href='nav.xhtml'/></manifest></p>"));
    kit_zip_add(&e_book, "a.html",
                NX_STR("<p>The harbour bridge will stay closed until the spring, the council said "
                       "on Monday, after inspectors found rust in the cables that carry it over "
                       "the cold water there."));
    (void)kit_zip_end(&e_book);
}

bool nx_oom_scenario(void)
{
    return reads(NX_FORMAT_OFFICE, nx_buf_str(&manuscript.bytes)) &&
           reads(NX_FORMAT_OFFICE, nx_buf_str(&book.bytes)) &&
           reads(NX_FORMAT_OFFICE, nx_buf_str(&odf_book.bytes)) &&
           reads(NX_FORMAT_EPUB, nx_buf_str(&e_book.bytes)) &&
           reads(NX_FORMAT_RTF,
                 NX_STR("{\\rtf1{\\info{\\author Jane Doe}}A headline of six words here\\par It "
                        "rained in {\\'e9}t\\'e9.{\\footnote Note.}}"));
}
