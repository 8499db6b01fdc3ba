// markup.c: see markup.h.
#include "base/markup.h"

#include "base/utf8.h"

// Controls are not, nor what turns the direction of the text that follows.
static bool allowed(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' ||
           (c >= 0x20 && !(c >= 0x7f && c < 0xa0) && !(c >= 0x202a && c <= 0x202e) &&
            !(c >= 0x2066 && c <= 0x2069) && c != 0xfffe && c != 0xffff);
}

void nx_markup_add(nx_buf *out, nx_str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = nx_utf8_decode(s, i, &i, NULL);
        switch (c) {
        case '&': nx_buf_addz(out, "&amp;"); break;
        case '<': nx_buf_addz(out, "&lt;"); break;
        case '>': nx_buf_addz(out, "&gt;"); break;
        case '"': nx_buf_addz(out, "&quot;"); break;
        case '\'': nx_buf_addz(out, "&#39;"); break;
        default:
            if (allowed(c)) {
                nx_utf8_add(out, c);
            }
        }
    }
}

bool nx_markup_is_link(nx_str url)
{
    return nx_str_starts_nocase(url, NX_STR("https://")) ||
           nx_str_starts_nocase(url, NX_STR("http://"));
}
