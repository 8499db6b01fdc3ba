// cmd_inspect.c: newsindex inspect: the records that would be indexed and where each fact is from.
#include <stdio.h>
#include <sysexits.h>

#include "base/jsonw.h"
#include "base/time.h"
#include "base/tty.h"
#include "indexer/command.h"
#include "indexer/input.h"

static struct {
    nx_input input;
    bool json, no_body;
} options;

const nx_opt nx_inspect_rows[] = {
    {.kind = NX_OPT_FLAG,
     .name = "json",
     .help = "Print one JSON object a record",
     .to = &options.json},
    {.kind = NX_OPT_FLAG, .name = "no-body", .help = "Leave the body out", .to = &options.no_body},
    NX_INPUT_ROWS(options.input),
    {.kind = NX_OPT_END}};

typedef struct inspection {
    const nx_corpus_options *corpus;
    uint64_t articles, skips;
} inspection;

static nx_str place_of(nx_str file, nx_str member, uint64_t offset, bool is_line, nx_buf *out)
{
    nx_buf_clear(out);
    nx_buf_adds(out, file);
    if (member.p != NULL) {
        nx_buf_addc(out, '!');
        nx_buf_adds(out, member);
    }
    if (offset != 0 || is_line) {
        nx_buf_addf(out, is_line ? ":%llu" : "@%llu", (unsigned long long)offset);
    }
    return nx_buf_str(out);
}

static nx_str when_text(const nx_when *w, char out[24])
{
    if (!w->known) {
        return NX_STR_NONE;
    }
    if (w->day_only) {
        (void)nx_format_day(out, w->utc);
    } else {
        (void)nx_format_utc(out, w->utc);
    }
    return nx_str_of(out);
}

// One fact after the other, for both forms of output.
typedef void fact_fn(void *ctx, const char *name, nx_str value, nx_from from);

static void each_fact(const nx_article *a, fact_fn *each, void *ctx)
{
    const struct {
        const char *name;
        const nx_fact *fact;
    } rows[] = {{"title", &a->title},
                {"source", &a->source},
                {"host", &a->source_host},
                {"agency", &a->agency},
                {"credited", &a->credited},
                {"byline", &a->byline},
                {"dateline", &a->dateline},
                {"section", &a->section},
                {"language", &a->language},
                {"url", &a->url},
                {"id", &a->id},
                {"summary", &a->summary}};
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        if (rows[i].fact->s.p != NULL) {
            each(ctx, rows[i].name, rows[i].fact->s, rows[i].fact->from);
        }
    }
    char text[24];
    if (a->published.known) {
        each(ctx, "published", when_text(&a->published, text), (nx_from)a->published.from);
    }
    if (a->updated.known) {
        each(ctx, "updated", when_text(&a->updated, text), (nx_from)a->updated.from);
    }
}

static void text_line(void *ctx, const char *name, nx_str value, nx_from from)
{
    nx_buf *out = ctx;
    nx_buf_addf(out, "%-10s ", name);
    nx_tty_add_safe(out, value, false);
    nx_buf_addf(out, "  [%s]\n", nx_from_name(from));
}

static const char *const states[] = {[NX_ARTICLE_USABLE] = "usable",
                                     [NX_ARTICLE_CANCELED] = "canceled",
                                     [NX_ARTICLE_WITHHELD] = "withheld"};

static void as_text(const nx_article *a, nx_str place, nx_buf *out)
{
    nx_buf_addz(out, "record     ");
    nx_tty_add_safe(out, place, false);
    nx_buf_addc(out, '\n');
    each_fact(a, text_line, out);
    for (size_t i = 0; i < a->author_count; i++) {
        text_line(out, "author", a->authors[i].s, a->authors[i].from);
    }
    for (size_t i = 0; i < a->keyword_count; i++) {
        text_line(out, "keyword", a->keywords[i].s, a->keywords[i].from);
    }
    if (a->state != NX_ARTICLE_USABLE) {
        nx_buf_addf(out, "state      %s\n", states[a->state]);
    }
    if (!options.no_body) {
        nx_buf_addc(out, '\n');
        nx_tty_add_safe(out, a->body, true);
        nx_buf_addc(out, '\n');
    }
    nx_buf_addc(out, '\n');
}

typedef struct json_facts {
    nx_jsonw *w;
    bool origins; // second pass: the origins, not the values
} json_facts;

static void json_fact(void *ctx, const char *name, nx_str value, nx_from from)
{
    json_facts *f = ctx;
    nx_jsonw_kstr(f->w, name, f->origins ? nx_str_of(nx_from_name(from)) : value);
}

static void json_list(nx_jsonw *w, const char *name, const nx_fact *facts, size_t count)
{
    if (count > 0) {
        nx_jsonw_key(w, name);
        nx_jsonw_array(w);
        for (size_t i = 0; i < count; i++) {
            nx_jsonw_str(w, facts[i].s);
        }
        nx_jsonw_end(w);
    }
}

static void as_json(const nx_article *a, nx_str place, nx_buf *out)
{
    nx_jsonw w;
    nx_jsonw_init(&w, out, false);
    json_facts facts = {.w = &w};
    nx_jsonw_object(&w);
    nx_jsonw_kint(&w, "format", 1);
    nx_jsonw_kstr(&w, "record", place);
    each_fact(a, json_fact, &facts);
    json_list(&w, "authors", a->authors, a->author_count);
    json_list(&w, "keywords", a->keywords, a->keyword_count);
    nx_jsonw_kstr(&w, "state", nx_str_of(states[a->state]));
    if (a->version != 0) {
        nx_jsonw_kint(&w, "version", a->version);
    }
    if (!options.no_body) {
        nx_jsonw_kstr(&w, "body", a->body);
    }
    nx_jsonw_key(&w, "from");
    nx_jsonw_object(&w);
    facts.origins = true;
    each_fact(a, json_fact, &facts);
    if (a->author_count > 0) {
        nx_jsonw_kstr(&w, "authors", nx_str_of(nx_from_name(a->authors[0].from)));
    }
    nx_jsonw_end(&w);
    nx_jsonw_end(&w);
    nx_buf_addc(out, '\n');
}

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    inspection *i = ctx;
    i->articles++;
    nx_buf out, place;
    nx_buf_init(&out, 1U << 30);
    nx_buf_init(&place, 1 << 20);
    nx_str at = place_of(a->file, a->member, a->offset, a->offset_is_line, &place);
    if (options.json) {
        as_json(a, at, &out);
    } else {
        as_text(a, at, &out);
    }
    nx_status st = nx_print(&out, err);
    nx_buf_release(&out);
    nx_buf_release(&place);
    nx_article_free(a);
    return nx_stop_wanted() ? nx_fail(err, NX_ESTOP, "stopped") : st;
}

static nx_status on_skip(void *ctx, const nx_skip *skip, nx_error *err)
{
    (void)err;
    inspection *i = ctx;
    i->skips++;
    if (options.json) {
        nx_buf out;
        nx_jsonw w;
        nx_buf_init(&out, 1 << 20);
        nx_jsonw_init(&w, &out, false);
        nx_jsonw_object(&w);
        nx_jsonw_kint(&w, "format", 1);
        nx_jsonw_kstr(&w, "skipped", nx_str_of(skip->reason));
        nx_jsonw_kstr(&w, "text", nx_str_of(skip->text));
        nx_jsonw_end(&w);
        nx_buf_addc(&out, '\n');
        nx_status st = nx_print(&out, err);
        nx_buf_release(&out);
        return st;
    }
    (void)fprintf(stderr, "newsindex: skipped: %s\n", skip->text);
    return NX_OK;
}

static nx_status on_record(void *ctx, nx_record *r, nx_error *err)
{
    const inspection *i = ctx;
    const nx_article_sink sink = {.ctx = ctx, .article = on_article, .skip = on_skip};
    nx_status st = nx_record_parse(r, i->corpus, &sink, err);
    nx_record_free(r);
    return st;
}

int nx_cmd_inspect(int argc, char **argv)
{
    int first = 0, status = EX_OK;
    nx_error err = NX_ERROR_INIT;
    nx_corpus_options corpus;
    if (!nx_command_options(nx_command_find("inspect"), argc, argv, &first, &status)) {
        return status;
    }
    if (first == argc) {
        (void)nx_fail(&err, NX_EUSAGE,
                      "inspect: what? Give files, directories or - for standard input");
        return nx_complain(&err);
    }
    if (nx_input_options(&options.input, &corpus, &err) != NX_OK) {
        return nx_complain(&err);
    }
    nx_stop_on_signals();
    inspection i = {.corpus = &corpus};
    const nx_reader_sink sink = {.ctx = &i, .record = on_record, .skip = on_skip};
    for (int k = first; k < argc; k++) {
        nx_status st = nx_corpus_read(argv[k], &corpus, &sink, &err);
        status = st != NX_OK ? nx_complain(&err) : status;
        if (st != NX_OK && st != NX_ENOINPUT && st != NX_EIO) { // these do not keep the others out
            return status;
        }
    }
    if (status == EX_OK && i.articles == 0 && i.skips == 0) {
        (void)nx_fail(&err, NX_ENOINPUT, "nothing to read");
        return nx_complain(&err);
    }
    return status != EX_OK ? status : i.articles > 0 ? EX_OK : EX_DATAERR;
}
