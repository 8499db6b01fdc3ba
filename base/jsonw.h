// jsonw.h: writing JSON (RFC 8259) into a buffer: escapes, commas, valid UTF-8 whatever came in.
//
// Ill-formed UTF-8 becomes U+FFFD; C0 controls, '"', '\\', U+007F and U+2028/9 are escaped, so that
// output is safe in a terminal and in a script element ('<' is written \u003c too).
// Nesting beyond 64 levels is a programming error (assert). Thread rule: one thread at a time.
// Must not know: what is written: the keys and forms of the outputs are their writers'.
#ifndef NX_BASE_JSONW_H
#define NX_BASE_JSONW_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_jsonw {
    nx_buf *out;
    uint64_t has_item;  // bit per level: something was written at this level
    uint64_t is_object; // bit per level
    int depth;
    bool after_key;
    bool pretty; // newline and two spaces of indent per level
} nx_jsonw;

void nx_jsonw_init(nx_jsonw *w, nx_buf *out, bool pretty);
void nx_jsonw_object(nx_jsonw *w);
void nx_jsonw_array(nx_jsonw *w);
void nx_jsonw_end(nx_jsonw *w); // closes the innermost object or array
void nx_jsonw_key(nx_jsonw *w, const char *key);
void nx_jsonw_str(nx_jsonw *w, nx_str s); // absent (p == NULL) is written null
void nx_jsonw_int(nx_jsonw *w, int64_t v);
void nx_jsonw_double(nx_jsonw *w, double v); // 6 decimals; not finite: null
void nx_jsonw_bool(nx_jsonw *w, bool v);
void nx_jsonw_null(nx_jsonw *w);
// key and value in one; the _str form leaves an absent string out altogether.
void nx_jsonw_kstr(nx_jsonw *w, const char *key, nx_str s);
void nx_jsonw_kint(nx_jsonw *w, const char *key, int64_t v);
void nx_jsonw_kbool(nx_jsonw *w, const char *key, bool v);

#ifdef __cplusplus
}
#endif
#endif
