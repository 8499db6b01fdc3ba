// rtf_words.h: what the control words and numbers of Rich Text Format (specification 1.9.1) mean.
//
// Internal to the room: tables for rtf.c. Must not know: the state of a reader.
#ifndef NX_CORPUS_RTF_WORDS_H
#define NX_CORPUS_RTF_WORDS_H

#include "corpus/manuscript.h"

// Where the text of a group goes.
typedef enum nx_rtf_destination {
    NX_RTF_TO_BODY,
    NX_RTF_TO_NOTES,
    NX_RTF_TO_TITLE,
    NX_RTF_TO_AUTHOR,
    NX_RTF_TO_CREATED,
    NX_RTF_TO_FONTS, // nowhere, but what is said of fonts counts
    NX_RTF_TO_NOWHERE,
} nx_rtf_destination;

typedef enum nx_rtf_action {
    NX_RTF_TEXT,       // characters
    NX_RTF_GAP,        // value: of nx_gap
    NX_RTF_GAP_ANYWAY, // the same, whatever ended before it
    NX_RTF_GO,         // value: of nx_rtf_destination
    NX_RTF_IN_INFO,    // the same, in the properties only
    NX_RTF_DATE_PART,  // value: which
    NX_RTF_CODE_PAGE,  // of the document
    NX_RTF_FONT,
    NX_RTF_FONT_CHARSET,
    NX_RTF_CODE_POINT,
    NX_RTF_SKIPPED_AFTER_CODE_POINT,
    NX_RTF_HIDE,
    NX_RTF_DELETE,
    NX_RTF_PLAIN,
    NX_RTF_CENTRE,
    NX_RTF_NOT_CENTRED,
    NX_RTF_BINARY,
} nx_rtf_action;

typedef struct nx_rtf_word {
    const char *name;
    nx_rtf_action action;
    int value;
    const char *text; // with NX_RTF_TEXT
} nx_rtf_word;

// The row of a control word; NULL for one that has nothing to do with the text.
const nx_rtf_word *nx_rtf_word_of(const char *name);
// Labels of charsets: by a font's charset (NULL: the document's), by a code page.
const char *nx_rtf_charset_of_font(long number);
const char *nx_rtf_charset_of_code_page(long number);

#endif
