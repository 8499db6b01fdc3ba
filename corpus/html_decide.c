// html_decide.c: is a page one article, or a front page, an index, an error page, a wall?
#include "corpus/html_page.h"

const char *nx_html_not_article(const nx_html_page *p, const nx_article *a)
{
    (void)a;
    return p->story.good < 140 && !p->story.told_only ? "hardly any prose" : NULL;
}
