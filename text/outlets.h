// outlets.h: the names of news outlets and wire agencies, however articles and queries write them.
//
// General knowledge, the same for what is indexed and what is asked; a name that is not in the
// tables is not recognised. Must not know: where a name stood. Thread rule: pure functions.
#ifndef NX_TEXT_OUTLETS_H
#define NX_TEXT_OUTLETS_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

// Name of the outlet that owns a host ("edition.cnn.com" -> "CNN"), or absent.
nx_str nx_outlet_by_host(nx_str host);
// The outlet a name or alias means ("WaPo", "The Washington Post" -> "The Washington Post"), or
// absent.
nx_str nx_outlet_by_name(nx_str name);
// Wire agency named by a string ("Associated Press", "(AP)", "Thomson Reuters" -> "AP", "Reuters"),
// or absent. A code counts as it is printed: "ap" is none.
nx_str nx_agency_by_name(nx_str name);
// Does it name an outlet or a wire agency?
bool nx_is_credit(nx_str name);

#ifdef __cplusplus
}
#endif
#endif
