// markup.c: see markup.h.
#include "searcher/markup.h"

void nx_markup_passage(nx_buf *out, const nx_snippet *s)
{
    for (size_t i = 0; i < s->count; i++) {
        nx_buf_addz(out, s->runs[i].marked ? "<b>" : "");
        nx_markup_add(out, s->runs[i].text);
        nx_buf_addz(out, s->runs[i].marked ? "</b>" : "");
    }
}
