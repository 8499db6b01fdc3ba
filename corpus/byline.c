// byline.c: the names of the people who wrote it.
#include "corpus/attribute.h"

bool nx_byline_parse(nx_article *a, nx_str line, nx_from from)
{
    if (!nx_str_starts_nocase(line, NX_STR("by "))) {
        return false;
    }
    nx_authors_add(a, nx_str_make(line.p + 3, line.n - 3), from);
    return true;
}

void nx_authors_add(nx_article *a, nx_str names, nx_from from)
{
    nx_article_add_author(a, names, from);
}
