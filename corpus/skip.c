// skip.c: what was left out, said in one line that names the place.
#include "corpus/reader.h"

#include <stdio.h>

enum { NAME_SHOWN = 600, TEXT_MAX = 2 * NAME_SHOWN + 500 };

// The end of a name says more than its beginning.
static nx_str shown(nx_str name)
{
    return name.n > NAME_SHOWN ? nx_str_make(name.p + name.n - NAME_SHOWN, NAME_SHOWN) : name;
}

nx_status nx_skip_say(nx_skip s, const char *what, void *ctx,
                      nx_status (*skip)(void *ctx, const nx_skip *s, nx_error *err), nx_error *err)
{
    char text[TEXT_MAX], place[32] = "";
    nx_str file = shown(s.file), member = shown(s.member);
    if (s.offset_is_line || s.offset > 0) {
        (void)snprintf(place, sizeof place, s.offset_is_line ? ":%llu" : "@%llu",
                       (unsigned long long)s.offset);
    }
    (void)snprintf(text, sizeof text, "%.*s%s%.*s%s: %s", (int)file.n, file.n > 0 ? file.p : "",
                   member.n > 0 ? "!" : "", (int)member.n, member.n > 0 ? member.p : "", place,
                   what);
    for (char *p = text; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f) {
            *p = '?';
        }
    }
    s.text = text;
    return skip(ctx, &s, err);
}
