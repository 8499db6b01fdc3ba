// para.h: paragraphs for a terminal: words wrapped by the columns they take, runs in a face.
//
// Must not know: what is printed. Text goes through nx_tty_add_safe, so nothing in it can steer
// the terminal.
#ifndef NX_BASE_PARA_H
#define NX_BASE_PARA_H

#include "base/buf.h"

typedef enum nx_face {
    NX_FACE_PLAIN,
    NX_FACE_BOLD,
    NX_FACE_DIM,
    NX_FACE_TITLE,
    NX_FACE_REMOVED,
    NX_FACE_ADDED
} nx_face;

typedef struct nx_para {
    nx_buf *out;
    int columns; // of the line
    int indent;  // of every line
    bool color;
    // private
    int at;         // column the cursor is at
    int word_width; // of the word in the making
    bool gap;       // white space is due before it
    nx_buf word, safe;
} nx_para;

// The cursor is at column at of the first line, indent of all others.
void nx_para_begin(nx_para *p, nx_buf *out, int columns, int at, int indent, bool color);
// Appends text; white space in it is where lines may break, and collapses.
void nx_para_add(nx_para *p, nx_str text, nx_face face);
// Ends the paragraph and its line. Failures show in *out.
void nx_para_end(nx_para *p);
// Has it any words?
bool nx_para_begun(const nx_para *p);

// Text in a face, without wrapping.
void nx_face_add(nx_buf *out, nx_str text, nx_face face, bool color);

#endif
