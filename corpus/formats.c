// formats.c: names of formats and origins, as --format takes and `inspect` shows them.
#include "corpus/corpus.h"

const char *nx_format_name(nx_format f)
{
    static const char *const names[] = {
#define X(code, name) [code] = name,
        NX_FORMAT_LIST(X)
#undef X
    };
    return (size_t)f < NX_COUNT(names) ? names[f] : "unknown";
}

bool nx_format_parse(nx_str name, nx_format *out)
{
    static const nx_format codes[] = {
#define X(code, name) code,
        NX_FORMAT_LIST(X)
#undef X
    };
    for (size_t i = 0; i < NX_COUNT(codes); i++) {
        if (nx_str_eq_nocase(name, nx_str_of(nx_format_name(codes[i])))) {
            *out = codes[i];
            return true;
        }
    }
    return false;
}
