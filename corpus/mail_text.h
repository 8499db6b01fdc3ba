// mail_text.h: how text in mail is written: addresses, wrapped lines, signatures, footers.
//
// Must not know: MIME, mailboxes.
#ifndef NX_CORPUS_MAIL_TEXT_H
#define NX_CORPUS_MAIL_TEXT_H

#include "base/buf.h"

// "Jane Doe <jane@example.org>" -> name "Jane Doe", box "jane", host "example.org". Parts that are
// not there are absent. The first of several. Borrowed.
typedef struct nx_mail_address {
    nx_str name, box, host;
} nx_mail_address;
nx_mail_address nx_mail_parse_address(nx_str decoded);

// Appends plain text as paragraphs, '\n' between them: lines that were wrapped are joined, what
// follows a signature mark ("-- ") is left out. flowed: RFC 3676.
void nx_mail_add_plain(nx_str text, bool flowed, nx_buf *out);

// Paragraphs without what mail programs and lists put around them: "view this in your browser" at
// the top, and at the end those that say how to unsubscribe, with what follows them.
nx_str nx_mail_without_frame(nx_str text);

// Does a display name look like that of a person: two or three words, each with one capital?
bool nx_mail_is_person(nx_str name);

#endif
