// openings.c: a text that carries its own attribution.
#include "corpus/attribute.h"

nx_status nx_attribute_text(nx_article *a, nx_str text, bool expect_title, int zone_min,
                            nx_error *err)
{
    (void)zone_min;
    size_t end = expect_title ? nx_str_find(text, NX_STR("\n"), 0) : SIZE_MAX;
    if (end != SIZE_MAX) {
        nx_article_set(a, &a->title, nx_str_make(text.p, end), NX_FROM_TEXT);
        text = nx_str_make(text.p + end, text.n - end);
    }
    nx_article_set_body(a, text);
    return nx_arena_check(a->arena, "the article", err);
}
