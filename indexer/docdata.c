// docdata.c: see docdata.h.
#include "indexer/docdata.h"

#include "base/time.h"
#include "schema/schema.h"

static void put_when(nx_buf *out, const char *name, const nx_when *when)
{
    char text[24];
    if (when->known) {
        nx_data_put(out, name,
                    nx_str_of(when->day_only ? nx_format_day(text, when->utc)
                                             : nx_format_utc(text, when->utc)));
    }
}

static void put_number(nx_buf *out, const char *name, long long n)
{
    nx_buf_addf(out, "%s=%lld\n", name, n);
}

// One "name:origin" of the line of origins.
static void add_from(nx_buf *out, const char *name, bool there, nx_from from)
{
    if (there && from != NX_FROM_NONE) {
        nx_buf_addc(out, ' ');
        nx_buf_addz(out, name);
        nx_buf_addc(out, ':');
        nx_buf_addz(out, nx_from_name(from));
    }
}

// "from=title:json-ld published:meta": what is known of where the facts came from.
static void put_origins(nx_buf *out, const nx_article *a)
{
    size_t start = out->len;
    nx_buf_addz(out, NX_DATA_FROM "=");
    size_t first = out->len;
    add_from(out, NX_DATA_TITLE, a->title.s.n > 0, a->title.from);
    add_from(out, NX_DATA_URL, a->url.s.n > 0, a->url.from);
    add_from(out, NX_DATA_SOURCE, a->source.s.n > 0, a->source.from);
    add_from(out, NX_DATA_AGENCY, a->agency.s.n > 0, a->agency.from);
    add_from(out, NX_DATA_CREDITED, a->credited.s.n > 0, a->credited.from);
    add_from(out, NX_DATA_AUTHOR, a->author_count > 0, a->authors[0].from);
    add_from(out, NX_DATA_PLACE, a->dateline.s.n > 0, a->dateline.from);
    add_from(out, NX_DATA_PUBLISHED, a->published.known, (nx_from)a->published.from);
    add_from(out, NX_DATA_UPDATED, a->updated.known, (nx_from)a->updated.from);
    add_from(out, NX_DATA_SECTION, a->section.s.n > 0, a->section.from);
    add_from(out, NX_DATA_LANGUAGE, a->language.s.n > 0, a->language.from);
    if (out->failed || out->len == first) {
        nx_buf_truncate(out, start);
        return;
    }
    memmove(out->data + first, out->data + first + 1, out->len - first - 1); // the first space
    out->data[out->len - 1] = '\n';
}

void nx_article_data(const nx_article *a, nx_str id, nx_buf *out)
{
    nx_data_put(out, NX_DATA_ID, id);
    nx_data_put(out, NX_DATA_TITLE, a->title.s);
    nx_data_put(out, NX_DATA_URL, a->url.s);
    nx_data_put(out, NX_DATA_SOURCE, a->source.s);
    nx_data_put(out, NX_DATA_HOST, a->source_host.s);
    nx_data_put(out, NX_DATA_AGENCY, a->agency.s);
    nx_data_put(out, NX_DATA_CREDITED, a->credited.s);
    nx_data_put(out, NX_DATA_BYLINE, a->byline.s);
    for (size_t i = 0; i < a->author_count; i++) {
        nx_data_put(out, NX_DATA_AUTHOR, a->authors[i].s);
    }
    nx_data_put(out, NX_DATA_PLACE, a->dateline.s);
    put_when(out, NX_DATA_PUBLISHED, &a->published);
    if (a->published.known && a->published.has_zone) {
        put_number(out, NX_DATA_ZONE, a->published.zone_min);
    }
    put_when(out, NX_DATA_UPDATED, &a->updated);
    nx_data_put(out, NX_DATA_SECTION, a->section.s);
    for (size_t i = 0; i < a->keyword_count; i++) {
        nx_data_put(out, NX_DATA_KEYWORD, a->keywords[i].s);
    }
    nx_data_put(out, NX_DATA_LANGUAGE, a->language.s);
    nx_data_put(out, NX_DATA_NATIVE_ID, a->id.s);
    if (a->version != 0) {
        put_number(out, NX_DATA_VERSION, a->version);
    }
    put_origins(out, a);
    nx_data_put(out, NX_DATA_FILE, a->file);
    nx_data_put(out, NX_DATA_MEMBER, a->member);
    if (a->offset_is_line || a->offset > 0) {
        put_number(out, a->offset_is_line ? NX_DATA_LINE : NX_DATA_OFFSET, (long long)a->offset);
    }
    nx_data_put(out, NX_DATA_SUMMARY, a->summary.s);
    nx_data_body(out, a->body);
}
