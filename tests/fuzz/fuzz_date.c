// fuzz_date.c: any bytes as a date: what is accepted is a real time of a possible year.
#include <stdint.h>
#include <stdlib.h>

#include "corpus/attribute.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool found, const nx_when *w)
{
    const int64_t year_1600 = -11676096000, year_10000 = 253402300800, day = 86400;
    if (!found) {
        return;
    }
    if (!w->known || w->utc < year_1600 - day || w->utc > year_10000 + day ||
        (w->day_only && (w->utc % day != 0 || w->has_zone))) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_str s = {(const char *)data, size};
    nx_when w = {0};
    check(nx_date_parse(s, 60, &w), &w);
    check(nx_date_find(s, -300, &w), &w);
    check(nx_date_from_url(s, &w), &w);
    return 0;
}
