// plain_test.c: a plain text as one article: lines that were broken, and lines that were not.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"

#define OPENING "Harbour bridge to stay closed until spring\nBy Jane Doe\nMarch 5, 2024\n"

static void broken_lines_are_put_together(void **state)
{
    (void)state;
    static const struct {
        const char *what, *text, *body;
    } cases[] = {
        {"at a screen's width",
         OPENING
         "\nThe harbour bridge will stay closed until the spring, because last\nweek's flood "
         "damaged two of its piers, the council said on Monday. It\nwas the fourth flood in "
         "a year, and the second that reached the lower\ntown.\n\nThe ferry will run.\n",
         "The harbour bridge will stay closed until the spring, because last week's flood damaged "
         "two "
         "of its piers, the council said on Monday. It was the fourth flood in a year, and the "
         "second "
         "that reached the lower town. / The ferry will run."},
        {"by a page's width, in proportional letters, with a page's end",
         OPENING
         "The harbour bridge will stay closed until the spring, because last week's flood "
         "damaged two of its\npiers, the council said on Monday. It was the fourth flood in a "
         "year, and the second that had\nreached the lower town.\nThe ferry below the bridge "
         "will run every hour until then, and buses will take the road through\nthe valley, "
         "a spokesman said. Tickets for both will be free until the bridge is opened by Mayor"
         "\nAnn Roe, who had asked for that, and the council will pay what the company would "
         "lose.\n\n\fNobody was hurt.\n",
         "The harbour bridge will stay closed until the spring, because last week's flood damaged "
         "two "
         "of its piers, the council said on Monday. It was the fourth flood in a year, and the "
         "second "
         "that had reached the lower town. / The ferry below the bridge will run every hour until "
         "then, and buses will take the road through the valley, a spokesman said. Tickets for "
         "both "
         "will be free until the bridge is opened by Mayor Ann Roe, who had asked for that, and "
         "the "
         "council will pay what the company would lose. / Nobody was hurt."},
        {"not at all: short paragraphs",
         OPENING
         "The bridge will stay closed until the spring, the council said on Monday.\nIt was "
         "the fourth flood in a year, and the second that reached the town.\nThe ferry will "
         "run every hour, and buses will take the road to the valley.\niPhones were found in "
         "the water.\n",
         "The bridge will stay closed until the spring, the council said on Monday. / It was the "
         "fourth flood in a year, and the second that reached the town. / The ferry will run every "
         "hour, and buses will take the road to the valley. / iPhones were found in the water."},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        const char *log = kit_articles(nx_str_of(cases[i].text), "x", NULL);
        const char *body = strstr(log, "body: ");
        size_t n = strlen(cases[i].body);
        if (body == NULL || strncmp(body + 6, cases[i].body, n) != 0 || body[6 + n] != '\n') {
            fail_msg("%s:\n%s", cases[i].what, log);
        }
        assert_non_null(strstr(log, "title: Harbour bridge to stay closed until spring [text]\n"));
        assert_non_null(strstr(log, "author: Jane Doe [text]\n"));
        assert_non_null(strstr(log, "published: 2024-03-05 [text]\n"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(broken_lines_are_put_together)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
