// mail_forward.h: a message that was passed on, inside the one that passes it on.
//
// Internal to the room. Must not know: MIME, articles.
#ifndef NX_CORPUS_MAIL_FORWARD_H
#define NX_CORPUS_MAIL_FORWARD_H

#include "base/buf.h"

// What mail programs write above a message that they pass on; borrowed, each may be absent.
typedef struct nx_mail_forward {
    nx_str from, date, subject;
    nx_str text; // behind it
} nx_mail_forward;

// Does line begin with the name of a header as mail programs translate it ("Betreff: ...")?
bool nx_mail_is_header(nx_str line);
// Finds such a block in the paragraphs of text, behind a few words at most; false: there is none.
bool nx_mail_find_forward(nx_str text, nx_mail_forward *out);

#endif
