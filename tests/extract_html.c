// extract_html.c: what the HTML reader makes of pages, one JSON object per line: for scoring.
//
// Usage: extract_html [--time] < list of "path<TAB>url" lines
#include <stdio.h>

#include "base/io.h"
#include "base/jsonw.h"
#include "base/time.h"
#include "corpus/reader.h"

static nx_buf out;

static void put_when(nx_jsonw *w, const char *key, const nx_when *when)
{
    if (when->known) {
        char day[24];
        nx_jsonw_kstr(w, key, nx_str_of(nx_format_utc(day, when->utc)));
        nx_jsonw_kint(w, "zone_min", when->zone_min);
        nx_jsonw_kbool(w, "day_only", when->day_only);
    }
}

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)err;
    nx_jsonw *w = ctx;
    nx_jsonw_kstr(w, "title", a->title.s);
    nx_jsonw_kstr(w, "text", a->body);
    nx_jsonw_key(w, "authors");
    nx_jsonw_array(w);
    for (size_t i = 0; i < a->author_count; i++) {
        nx_jsonw_str(w, a->authors[i].s);
    }
    nx_jsonw_end(w);
    nx_jsonw_kstr(w, "byline", a->byline.s);
    nx_jsonw_kstr(w, "authors_from", nx_str_of(nx_from_name(a->authors[0].from)));
    put_when(w, "published", &a->published);
    nx_jsonw_kstr(w, "published_from", nx_str_of(nx_from_name((nx_from)a->published.from)));
    nx_jsonw_kstr(w, "title_from", nx_str_of(nx_from_name(a->title.from)));
    nx_jsonw_kstr(w, "source", a->source.s);
    nx_jsonw_kstr(w, "agency", a->agency.s);
    nx_jsonw_kstr(w, "url", a->url.s);
    nx_jsonw_kstr(w, "section", a->section.s);
    nx_jsonw_kstr(w, "language", a->language.s);
    nx_article_free(a);
    return NX_OK;
}

static nx_status on_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)err;
    nx_jsonw_kstr(ctx, "skip", nx_str_of(s->text));
    return NX_OK;
}

static bool extract(nx_str path, nx_str url, double *seconds, size_t *bytes)
{
    char name[4096];
    (void)snprintf(name, sizeof name, "%.*s", (int)path.n, path.p);
    nx_buf page;
    nx_buf_init(&page, 64U << 20);
    nx_error err = NX_ERROR_INIT;
    nx_jsonw w;
    nx_buf_clear(&out);
    nx_jsonw_init(&w, &out, false);
    nx_jsonw_object(&w);
    nx_jsonw_kstr(&w, "file", path);
    nx_status s = nx_read_file(name, &page, &err);
    if (s == NX_OK) {
        nx_record r = {
            .format = NX_FORMAT_HTML, .bytes = nx_buf_str(&page), .file = path, .url = url};
        nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
        nx_article_sink sink = {.ctx = &w, .article = on_article, .skip = on_skip};
        double from = nx_cpu_seconds();
        s = nx_read_html(&r, &options, &sink, &err);
        *seconds += nx_cpu_seconds() - from;
        *bytes += page.len;
    }
    nx_buf_release(&page);
    if (s != NX_OK) {
        fprintf(stderr, "%s: %s\n", name, err.msg);
        return false;
    }
    nx_jsonw_end(&w);
    nx_buf_addc(&out, '\n');
    return fwrite(out.data, 1, out.len, stdout) == out.len;
}

int main(void)
{
    char line[8192];
    double seconds = 0;
    size_t bytes = 0;
    bool ok = true;
    nx_buf_init(&out, 256U << 20);
    while (fgets(line, sizeof line, stdin) != NULL) {
        nx_str row = nx_str_trim(nx_str_of(line));
        size_t tab = nx_str_find(row, NX_STR("\t"), 0);
        nx_str path = {row.p, tab != SIZE_MAX ? tab : row.n};
        nx_str url = tab != SIZE_MAX ? nx_str_skip(row, tab + 1) : NX_STR_NONE;
        ok &= extract(path, url, &seconds, &bytes);
    }
    nx_buf_release(&out);
    fprintf(stderr, "%.1f MB in %.2f s: %.1f MB/s\n", (double)bytes / 1e6, seconds,
            seconds > 0 ? (double)bytes / 1e6 / seconds : 0);
    return ok ? 0 : 1;
}
