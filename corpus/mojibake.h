// mojibake.h: text that was read as windows-1252 on its way, but was not: "cafÃ©", "donâ€™t".
#ifndef NX_CORPUS_MOJIBAKE_H
#define NX_CORPUS_MOJIBAKE_H

#include "corpus/article.h"

// Makes the facts and the body of a what they were, each where all of it proves what happened:
// every character beyond ASCII is one byte of a well-formed one. Quotation marks of old Macintoshes
// read as windows-1252 ("wonÕt", "ÒnoÓ") are told one by one. NX_ENOMEM, NX_ELIMIT.
nx_status nx_mojibake_repair(nx_article *a, nx_error *err) NX_MUST_USE;

#endif
