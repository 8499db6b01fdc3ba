// opening_words.h: the fixed words around an article: section names, button labels, notices.
//
// Internal to the room. Must not know: where in the text a line stood.
#ifndef NX_CORPUS_OPENING_WORDS_H
#define NX_CORPUS_OPENING_WORDS_H

#include "base/buf.h"

// Only names of sections ("Political News", "World / Europe").
bool nx_is_section_line(nx_str line);
// Only words of buttons and empty labels ("Posted Updated", "Share on Facebook", "By").
bool nx_is_label_line(nx_str line);
// "7 years ago", "5 min read", "Updated 2 hours ago": a time that means nothing in an archive.
bool nx_is_relative_time(nx_str line);
// A line around the article rather than of it: copyright, "All rights reserved", "Read more".
bool nx_is_copyright_line(nx_str line);
bool nx_is_notice_line(nx_str line);
// What an archive puts above its copy of a page: "Saved from https://..."
bool nx_is_archive_line(nx_str line);
// What stands above every page: "Skip to content".
bool nx_is_frame_line(nx_str line);
// What shops with news say above the text: "If you buy something, we may earn a commission".
bool nx_is_seller_line(nx_str line);
// Where the word stands that makes the date after it that of a change ("updated"); SIZE_MAX when
// there is none.
size_t nx_find_update_word(nx_str s);

#endif
