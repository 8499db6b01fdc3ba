// html_kit.h: what the tests of web pages share: a page in, an article or a skip out.
#ifndef NX_TESTS_HTML_KIT_H
#define NX_TESTS_HTML_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/article.h"

extern nx_article *got;    // of the last page; NULL when it was skipped
extern char got_skip[400]; // why it was; "" when it was not

// Reads a page into got (freed by the next call) or got_skip.
void read_page(nx_str html, nx_str url, nx_str charset);
// Frees got: the teardown of a group.
int release_page(void **state);

// want NULL: absent.
void assert_fact(nx_fact f, const char *want, nx_from from);
void assert_when(nx_when w, const char *want, nx_from from);
bool body_has(const char *text);

#define PARA1                                                                                      \
    "The harbour council of Eastmere voted on Tuesday to close the old ferry line, ending a "      \
    "service that had carried commuters across the sound for ninety years."
#define PARA2                                                                                      \
    "Residents of the islands, who had packed the chamber, said the replacement bus would double " \
    "the length of their journey, and promised to take the decision to court."
#define PARA3                                                                                      \
    "The council argued that repairs to the two remaining boats, built in 1961, would cost more "  \
    "than the line has earned in the last ten years."
#define STORY "<p>" PARA1 "</p><p>" PARA2 "</p><h2>Old boats</h2><p>" PARA3 "</p>"

#endif
