// html_phrases_table.h: the words of html_phrases.c.
#ifndef NX_CORPUS_HTML_PHRASES_TABLE_H
#define NX_CORPUS_HTML_PHRASES_TABLE_H

#include <stddef.h>

typedef enum nx_html_phrase_kind {
    NX_HTML_WHOLE_LINE,
    NX_HTML_OPENING,
    NX_HTML_NOTICE,
    NX_HTML_CREDIT,
    NX_HTML_ENDING,
    NX_HTML_PHRASE_KINDS
} nx_html_phrase_kind;

typedef struct nx_html_phrases {
    const char *const *list;
    size_t count;
} nx_html_phrases;

extern const nx_html_phrases nx_html_phrases_of[NX_HTML_PHRASE_KINDS];

#endif
