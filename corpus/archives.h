// archives.h: how the documents of news databases are told apart in their text exports.
//
// Internal to the room; nexis.c has the forms of LexisNexis. Must not know: what a document says.
#ifndef NX_CORPUS_ARCHIVES_H
#define NX_CORPUS_ARCHIVES_H

#include "base/buf.h"

// Does line end a document of a Factiva export: "Document EASTM00020240305ek3500001", perhaps
// behind the code AN?
bool nx_is_factiva_end(nx_str line);
// Is s the beginning of a Factiva export, with field codes (HD, PD, SN, LP, TD) or without?
bool nx_is_factiva(nx_str s);
// Does line begin a document of a ProQuest export: "Document 3 of 25"?
bool nx_is_proquest_line(nx_str line);
bool nx_is_proquest(nx_str s);

#endif
