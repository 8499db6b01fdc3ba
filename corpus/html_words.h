// html_words.h: what the words in class, id and similar attributes say of an element.
//
// News sites name their parts alike all over the world: "related", "newsletter", "article-body".
// A word is a run of letters, split at punctuation, digits and inner capitals.
// Must not know: trees: a word is judged by itself.
#ifndef NX_CORPUS_HTML_WORDS_H
#define NX_CORPUS_HTML_WORDS_H

#include "base/buf.h"

enum {
    NX_WORD_JUNK = 1,    // not part of the story: related, share, newsletter, comments, tags...
    NX_WORD_CAPTION = 2, // words about a picture
    NX_WORD_BODY = 4,    // the story itself
    NX_WORD_LEAD = 8,    // standfirst, dek, intro
    NX_WORD_BYLINE = 16, // who wrote it
    NX_WORD_DATE = 32,   // when
    NX_WORD_TITLE = 64,  // the headline
    NX_WORD_MAYBE = 128, // junk when there is little prose in it: sidebar, widget, player...
};

// All meanings of the words of one attribute value.
unsigned nx_html_words(nx_str value);

#endif
