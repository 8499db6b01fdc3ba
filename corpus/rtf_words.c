// rtf_words.c: see rtf_words.h.
#include "corpus/rtf_words.h"

#include <stdlib.h>

const char *nx_rtf_charset_of_font(long number)
{
    static const struct {
        long number;
        const char *label;
    } charsets[] = {
        {77, "macintosh"},     {128, "shift_jis"},    {129, "euc-kr"},       {134, "gbk"},
        {136, "big5"},         {161, "windows-1253"}, {162, "windows-1254"}, {163, "windows-1258"},
        {177, "windows-1255"}, {178, "windows-1256"}, {186, "windows-1257"}, {204, "windows-1251"},
        {222, "windows-874"},  {238, "windows-1250"},
    };
    for (size_t i = 0; i < NX_COUNT(charsets); i++) {
        if (charsets[i].number == number) {
            return charsets[i].label;
        }
    }
    return NULL;
}

const char *nx_rtf_charset_of_code_page(long number)
{
    static const struct {
        long number;
        const char *label;
    } pages[] = {
        {437, "ibm437"},        {850, "ibm850"},        {866, "ibm866"},
        {874, "windows-874"},   {932, "shift_jis"},     {936, "gbk"},
        {949, "euc-kr"},        {950, "big5"},          {1250, "windows-1250"},
        {1251, "windows-1251"}, {1253, "windows-1253"}, {1254, "windows-1254"},
        {1255, "windows-1255"}, {1256, "windows-1256"}, {1257, "windows-1257"},
        {1258, "windows-1258"}, {10000, "macintosh"},   {65001, "utf-8"},
    };
    for (size_t i = 0; i < NX_COUNT(pages); i++) {
        if (pages[i].number == number) {
            return pages[i].label;
        }
    }
    return "windows-1252";
}

static const nx_rtf_word words[] = {
    {"ansicpg", NX_RTF_CODE_PAGE, 0, NULL},
    {"atnauthor", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"atnid", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"author", NX_RTF_IN_INFO, NX_RTF_TO_AUTHOR, NULL},
    {"bin", NX_RTF_BINARY, 0, NULL},
    {"bkmkend", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"bkmkstart", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"bullet", NX_RTF_TEXT, 0, "\u2022"},
    {"cell", NX_RTF_GAP_ANYWAY, NX_GAP_TAB, NULL},
    {"colortbl", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"creatim", NX_RTF_IN_INFO, NX_RTF_TO_CREATED, NULL},
    {"deleted", NX_RTF_DELETE, 0, NULL},
    {"dy", NX_RTF_DATE_PART, 2, NULL},
    {"emdash", NX_RTF_TEXT, 0, "\u2014"},
    {"emspace", NX_RTF_TEXT, 0, " "},
    {"endash", NX_RTF_TEXT, 0, "\u2013"},
    {"enspace", NX_RTF_TEXT, 0, " "},
    {"f", NX_RTF_FONT, 0, NULL},
    {"fcharset", NX_RTF_FONT_CHARSET, 0, NULL},
    {"fldinst", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"fonttbl", NX_RTF_GO, NX_RTF_TO_FONTS, NULL},
    {"footer", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"footerf", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"footerl", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"footerr", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"footnote", NX_RTF_GO, NX_RTF_TO_NOTES, NULL},
    {"header", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"headerf", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"headerl", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"headerr", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"info", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"ldblquote", NX_RTF_TEXT, 0, "\u201c"},
    {"line", NX_RTF_GAP, NX_GAP_LINE, NULL},
    {"lquote", NX_RTF_TEXT, 0, "\u2018"},
    {"mo", NX_RTF_DATE_PART, 1, NULL},
    {"nestcell", NX_RTF_GAP_ANYWAY, NX_GAP_TAB, NULL},
    {"nestrow", NX_RTF_GAP_ANYWAY, NX_GAP_PARAGRAPH, NULL},
    {"nonshppict", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"object", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"page", NX_RTF_GAP, NX_GAP_PARAGRAPH, NULL},
    {"par", NX_RTF_GAP, NX_GAP_PARAGRAPH, NULL},
    {"pard", NX_RTF_NOT_CENTRED, 0, NULL},
    {"pict", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"plain", NX_RTF_PLAIN, 0, NULL},
    {"qc", NX_RTF_CENTRE, 0, NULL},
    {"qj", NX_RTF_NOT_CENTRED, 0, NULL},
    {"ql", NX_RTF_NOT_CENTRED, 0, NULL},
    {"qmspace", NX_RTF_TEXT, 0, " "},
    {"qr", NX_RTF_NOT_CENTRED, 0, NULL},
    {"rdblquote", NX_RTF_TEXT, 0, "\u201d"},
    {"row", NX_RTF_GAP_ANYWAY, NX_GAP_PARAGRAPH, NULL},
    {"rquote", NX_RTF_TEXT, 0, "\u2019"},
    {"rxe", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"sect", NX_RTF_GAP, NX_GAP_PARAGRAPH, NULL},
    {"shp", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"shppict", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"stylesheet", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"tab", NX_RTF_GAP, NX_GAP_TAB, NULL},
    {"tc", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"title", NX_RTF_IN_INFO, NX_RTF_TO_TITLE, NULL},
    {"txe", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"u", NX_RTF_CODE_POINT, 0, NULL},
    {"uc", NX_RTF_SKIPPED_AFTER_CODE_POINT, 0, NULL},
    {"v", NX_RTF_HIDE, 0, NULL},
    {"xe", NX_RTF_GO, NX_RTF_TO_NOWHERE, NULL},
    {"yr", NX_RTF_DATE_PART, 0, NULL},
};

static int compare(const void *name, const void *row)
{
    return strcmp(name, ((const nx_rtf_word *)row)->name);
}

const nx_rtf_word *nx_rtf_word_of(const char *name)
{
    return bsearch(name, words, NX_COUNT(words), sizeof words[0], compare);
}
