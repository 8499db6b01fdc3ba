// fuzz_byline.c: any bytes as a byline, a dateline, a list of names, an outlet.
#include <stdint.h>
#include <stdlib.h>

#include "corpus/attribute.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool inside(nx_str part, nx_str whole)
{
    return part.p == NULL || part.n == 0 ||
           (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_str s = {(const char *)data, size}, place, agency, outlet;
    if (nx_dateline_parse(s, &place, &agency, &outlet) > size || !inside(place, s)) {
        abort();
    }
    nx_article *a = nx_article_new(1 << 24);
    if (a != NULL) {
        (void)nx_byline_parse(a, s, NX_FROM_TEXT);
        nx_authors_add(a, s, NX_FROM_RECORD);
    }
    nx_article_free(a);
    (void)nx_outlet_by_name(s);
    (void)nx_agency_by_name(s);
    return 0;
}
