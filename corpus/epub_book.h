// epub_book.h: what an EPUB says of itself: its package document and its list of contents
// (EPUB 3.3, 5 and 7; NCX of EPUB 2).
//
// Internal to the room. Must not know: zip files, what a chapter says.
#ifndef NX_CORPUS_EPUB_BOOK_H
#define NX_CORPUS_EPUB_BOOK_H

#include "corpus/article.h"

// An entry of the list of contents. The first one of a file is the file's.
typedef struct nx_chapter {
    nx_str path; // of the file, in the zip file
    nx_str title, section;
    nx_str above;           // the file of the entry above it
    nx_str part, last_part; // files of entries below it; absent: there are none
    size_t number;
} nx_chapter;

typedef struct nx_book {
    nx_arena *arena;
    nx_str title;  // of an issue: the publication's, without its day
    nx_str author; // a person; absent for issues
    nx_str language;
    nx_str contents; // the file with the list of contents, where the package names it
    nx_when date;
    bool is_issue; // its title has a day
    nx_chapter *chapters;
    size_t count;
    bool no_memory; // for something of it; the calls fail with it
} nx_book;

// path: of the file that bytes are, in the zip file. What cannot be read of it is not there.
// NX_ENOMEM; NX_ELIMIT: it has more names than the arena holds.
nx_status nx_book_package(nx_book *b, nx_str path, nx_str bytes, nx_error *err) NX_MUST_USE;
// NCX, or a page with a <nav>. Replaces the chapters.
nx_status nx_book_contents(nx_book *b, nx_str path, nx_str bytes, nx_error *err) NX_MUST_USE;
// The chapter that begins the file; NULL: the list of contents does not have it.
const nx_chapter *nx_book_chapter(const nx_book *b, nx_str path);

#endif
