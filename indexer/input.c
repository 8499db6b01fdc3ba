// input.c: see input.h.
#include "indexer/input.h"

#include <stdio.h>

#include "base/time.h"
#include "corpus/attribute.h"
#include "corpus/fields.h"

bool nx_zone_parse(nx_str zone, int *minutes)
{
    enum { ZONE_BYTES = 8 };
    char text[40];
    int64_t from = 0, to = 0;
    bool given = false;
    if (zone.n > ZONE_BYTES) {
        return false;
    }
    (void)snprintf(text, sizeof text, "2000-01-01T00:00%.*s", (int)zone.n, zone.p);
    return nx_parse_iso(nx_str_of(text), 0, &from, &to, &given, minutes) && given;
}

nx_status nx_input_options(nx_input *in, nx_corpus_options *out, nx_error *err)
{
    *out = (nx_corpus_options)NX_CORPUS_OPTIONS_INIT;
    out->now_utc = nx_now_utc();
    out->keep_undated_file_time = in->file_time;
    if (in->record_bytes != 0) {
        out->limits.record_bytes = in->record_bytes;
    }
    if (in->format != NULL && !nx_format_parse(nx_str_of(in->format), &out->format)) {
        nx_buf names;
        nx_buf_init(&names, 1024);
        for (int f = 0; f <= NX_FORMAT_ARC; f++) {
            nx_buf_addf(&names, "%s%s", f > 0 ? ", " : "", nx_format_name((nx_format)f));
        }
        nx_status st =
            nx_fail(err, NX_EUSAGE, "format '%.40s' is none of: %s", in->format, names.data);
        nx_buf_release(&names);
        return st;
    }
    for (size_t i = 0; i < in->fields.count; i++) {
        nx_str pair = nx_str_of(in->fields.items[i]);
        size_t eq = nx_str_find(pair, NX_STR("="), 0);
        if (eq == SIZE_MAX || eq == 0 || eq + 1 == pair.n) {
            return nx_fail(err, NX_EUSAGE, "--field wants OURS=THEIRS, not '%.80s'", pair.p);
        }
        if (nx_role_by_name(nx_str_make(pair.p, eq)) == NX_ROLE_NONE) {
            return nx_fail(err, NX_EUSAGE,
                           "--field: there is no field '%.*s'; some are title, text, source, "
                           "author, date, url, id, section, language",
                           (int)(eq < 80 ? eq : 80), pair.p);
        }
        in->map[i] = (nx_field_map){nx_str_make(pair.p, eq), nx_str_skip(pair, eq + 1)};
    }
    out->fields = in->map;
    out->field_count = in->fields.count;
    out->source = nx_str_of(in->source);
    out->language = nx_str_of(in->language);
    out->section = nx_str_of(in->section);
    if (in->language != NULL && nx_language_code(out->language).n == 0) {
        return nx_fail(err, NX_EUSAGE, "--language: '%.40s' is no language known here, such as en",
                       in->language);
    }
    if (in->zone != NULL && !nx_zone_parse(nx_str_of(in->zone), &out->zone_min)) {
        return nx_fail(err, NX_EUSAGE, "'%.40s' is not a time zone such as +01:00", in->zone);
    }
    return NX_OK;
}
