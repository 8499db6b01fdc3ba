// ask.c: see ask.h.
#include "searcher/ask.h"

#include "searcher/tally.h"

static nx_ask ask;

static const char *const sorts[] = {"relevance", "newest", "oldest", NULL};
static const char *const steps[] = {"auto", "day", "week", "month", "year", NULL};
const char *const nx_ask_colors[] = {"auto", "always", "never", NULL};
static const char *const families[] = {"collapse", "expand", NULL};

const nx_opt nx_ask_rows[] = {
    {.kind = NX_OPT_GROUP, .help = "What to search"},
    NX_ROW_INDEX(&ask.index),
    NX_ROW_ALL(&ask.all),
    {.kind = NX_OPT_FLAG,
     .name = "any",
     .help =
         "Any part of the query will do, phrases and fields too; only what has a minus is excluded",
     .to = &ask.any},
    {.kind = NX_OPT_STRING,
     .name = "since",
     .arg = "DATE",
     .help = "Published then or later: 2019-02-22, 2019-02, 7d, yesterday, \"last week\" (UTC)",
     .to = &ask.since_text},
    {.kind = NX_OPT_STRING,
     .name = "until",
     .arg = "DATE",
     .help = "Published then or earlier, the whole of that day, month or year included",
     .to = &ask.until_text},
    {.kind = NX_OPT_U64,
     .name = "slop",
     .arg = "N",
     .help =
         "Take the query as a phrase with up to N other words in between, as names in lists are; "
         "of a query that begins with a quotation mark, its phrases",
     .to = &ask.slop,
     .max = NX_NEAR_MAX,
     .given = &ask.slop_given},
    {.kind = NX_OPT_STRING,
     .name = "synonyms",
     .arg = "FILE",
     .help = "Words that mean the same: lines \"word, word\" or \"word => word\"",
     .to = &ask.synonyms,
     .completes = "file"},
    {.kind = NX_OPT_FLAG,
     .name = "strict",
     .help = "Fail instead of ignoring or correcting a part of the query",
     .to = &ask.strict},
    {.kind = NX_OPT_GROUP, .help = "What to ask instead of a query"},
    {.kind = NX_OPT_STRING,
     .name = "related",
     .arg = "ID|FILE|-",
     .help = "Background of an article: others about what it is about; FILE and - are plain text, "
             "the headline in the first line",
     .to = &ask.related,
     .completes = "file"},
    {.kind = NX_OPT_FLAG,
     .name = "older",
     .help = "With --related: nothing published after the article",
     .to = &ask.older},
    {.kind = NX_OPT_FLAG,
     .name = "batch",
     .help = "The operands are files of queries: one a line, or its id, a tab and the query",
     .to = &ask.batch},
    {.kind = NX_OPT_GROUP, .help = "Which order, how many"},
    {.kind = NX_OPT_U64,
     .letter = 'n',
     .name = "limit",
     .arg = "N",
     .help = "Show at most N articles (default 10, with --trec 1000); 0 shows all",
     .to = &ask.limit,
     .max = NX_LIMIT_NONE,
     .given = &ask.limit_given},
    {.kind = NX_OPT_U64,
     .name = "offset",
     .arg = "N",
     .help = "Leave out the first N",
     .to = &ask.offset,
     .max = NX_LIMIT_NONE},
    {.kind = NX_OPT_CHOICE,
     .name = "sort",
     .arg = "ORDER",
     .help = "Order of the articles",
     .to = &ask.sort,
     .choices = sorts},
    {.kind = NX_OPT_DURATION,
     .name = "recency",
     .arg = "HALF-LIFE",
     .help = "Prefer new articles: an article that old (30d, 24h) counts down to half less",
     .to = &ask.recency},
    NX_ROW_EXPAND(&ask.expand),
    {.kind = NX_OPT_CHOICE,
     .name = "families",
     .arg = "HOW",
     .help = "Show the best of several versions of a story only, or each",
     .to = &ask.families,
     .choices = families},
    {.kind = NX_OPT_GROUP, .help = "What else to show"},
    {.kind = NX_OPT_FLAG,
     .letter = 'c',
     .name = "count",
     .help = "Print only the exact number of articles",
     .to = &ask.count},
    {.kind = NX_OPT_STRING,
     .name = "facets",
     .arg = "NAMES",
     .help = "Count articles by source, agency, author, section, lang, host, family, year, month, "
             "week or day; several are separated by commas",
     .to = &ask.facet_names,
     .completes = "facets"},
    {.kind = NX_OPT_CHOICE,
     .name = "timeline",
     .arg = "STEP",
     .help = "Count articles over time; auto chooses steps that fit",
     .to = &ask.timeline,
     .choices = steps,
     .optional_arg = true,
     .given = &ask.timeline_given},
    {.kind = NX_OPT_FLAG,
     .name = "explain",
     .help = "Tell how the query was understood and what made each score",
     .to = &ask.explain},
    {.kind = NX_OPT_GROUP, .help = "Output"},
    {.kind = NX_OPT_FLAG, .name = "json", .help = "One JSON object", .to = &ask.json},
    {.kind = NX_OPT_FLAG,
     .name = "jsonl",
     .help = "One JSON object a line: the query, then each hit",
     .to = &ask.jsonl},
    {.kind = NX_OPT_FLAG,
     .name = "csv",
     .help = "Comma-separated values, a line a hit",
     .to = &ask.csv},
    {.kind = NX_OPT_FLAG, .name = "trec", .help = "A TREC run", .to = &ask.trec},
    {.kind = NX_OPT_FLAG, .name = "html", .help = "A page that needs no network", .to = &ask.html},
    {.kind = NX_OPT_FLAG, .name = "rss", .help = "A feed (RSS with OpenSearch)", .to = &ask.rss},
    {.kind = NX_OPT_FLAG,
     .name = "pager",
     .help = "On a terminal, show it with $PAGER, or less",
     .to = &ask.pager},
    NX_ROW_COLOR(&ask.color),
    {.kind = NX_OPT_FLAG,
     .letter = 'q',
     .name = "quiet",
     .help = "No notes about the query on standard error",
     .to = &ask.quiet},
    NX_ROW_HELP(&ask.help),
    {.kind = NX_OPT_FLAG, .name = "version", .help = "Print the version", .to = &ask.version},
    {.kind = NX_OPT_OPERANDS, .completes = "query"},
    {.kind = NX_OPT_END}};

// Reads a date option; the far end of what is meant when last.
static nx_status read_date(const char *name, const char *text, bool last, int64_t *to,
                           nx_error *err)
{
    int64_t from, until;
    if (text == NULL) {
        return NX_OK;
    }
    if (!nx_when_parse(nx_str_of(text), ask.search.now, &from, &until, NULL)) {
        return nx_fail(err, NX_EUSAGE,
                       "--%s: '%.80s' is no date; dates look like 2019-02-22, 2019-02, 7d or "
                       "yesterday",
                       name, text);
    }
    *to = last ? until : from;
    return NX_OK;
}

static nx_status read_views(nx_error *err)
{
    static const nx_step by_number[] = {NX_STEP_DAY, NX_STEP_DAY, NX_STEP_WEEK, NX_STEP_MONTH,
                                        NX_STEP_YEAR};
    nx_search_options *s = &ask.search;
    s->facets = ask.wishes;
    s->explain = ask.explain;
    ask.step = ask.timeline > 0 ? by_number[ask.timeline] : NX_STEP_NONE;
    if (ask.timeline_given) {
        s->timeline = by_number[ask.timeline];
    }
    s->limit = ask.count ? 0 : s->limit;
    nx_status status = nx_facets_parse(ask.facet_names != NULL ? ask.facet_names : "", ask.wishes,
                                       &s->facet_count, err);
    s->exact = ask.count;
    return status;
}

static nx_status read_format(nx_error *err)
{
    const struct {
        bool wanted;
        const nx_format *format;
    } rows[] = {{ask.json, &nx_as_json}, {ask.jsonl, &nx_as_jsonl}, {ask.csv, &nx_as_csv},
                {ask.trec, &nx_as_trec}, {ask.html, &nx_as_html},   {ask.rss, &nx_as_rss}};
    ask.format = NULL;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        if (rows[i].wanted && ask.format != NULL) {
            return nx_fail(err, NX_EUSAGE, "--%s and --%s exclude each other", ask.format->name,
                           rows[i].format->name);
        }
        ask.format = rows[i].wanted ? rows[i].format : ask.format;
    }
    if (ask.format == NULL) {
        ask.format = &nx_as_text;
    }
    if (ask.batch && !ask.format->batch) {
        return nx_fail(err, NX_EUSAGE, "--%s holds one query; use --jsonl or --csv with --batch",
                       ask.format->name);
    }
    return NX_OK;
}

// What the limit option means to the engine.
static uint32_t limit_of(void)
{
    enum { DEFAULT = 10, TREC_DEFAULT = 1000 };
    if (!ask.limit_given) {
        return ask.trec ? TREC_DEFAULT : DEFAULT;
    }
    return ask.limit == 0 ? NX_LIMIT_NONE : (uint32_t)ask.limit;
}

static nx_status read_search(nx_error *err)
{
    nx_search_options *s = &ask.search;
    *s = nx_search_defaults();
    s->words = ask.all ? NX_WORDS_ALL : ask.any ? NX_WORDS_ANY : NX_WORDS_RANKED;
    s->strict = ask.strict;
    s->sort = (nx_sort)ask.sort;
    s->limit = limit_of();
    s->offset = (uint32_t)ask.offset;
    s->expand = ask.expand;
    s->recency = ask.recency;
    s->per_family = ask.families == 0 ? 1 : 0;
    s->families = true;
    s->suggest = !ask.quiet;
    nx_status status = read_date("since", ask.since_text, false, &s->since, err);
    status = status == NX_OK ? read_date("until", ask.until_text, true, &s->until, err) : status;
    return status == NX_OK && s->since > s->until
               ? nx_fail(err, NX_EUSAGE, "--until ends before --since begins")
               : status;
}

// What cannot be asked together.
static nx_status check_together(nx_error *err)
{
    const struct {
        bool a, b;
        const char *text;
    } rows[] = {{ask.all, ask.any, "--all and --any exclude each other"},
                {ask.related != NULL, ask.batch, "--related and --batch exclude each other"},
                {ask.older, ask.related == NULL, "--older goes with --related"},
                {ask.count, ask.html || ask.rss || ask.trec,
                 "--count goes with text, --json, --jsonl and --csv"}};
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        if (rows[i].a && rows[i].b) {
            return nx_fail(err, NX_EUSAGE, "%s", rows[i].text);
        }
    }
    return NX_OK;
}

nx_status nx_ask_parse(nx_ask **out, int argc, char **argv, int *first, nx_error *err)
{
    ask = (nx_ask){.limit = 0};
    *out = &ask;
    nx_status status = nx_opt_parse(nx_ask_rows, argc, argv, first, err);
    if (status == NX_OK) {
        status = check_together(err);
    }
    if (status == NX_OK) {
        status = read_search(err);
    }
    if (status == NX_OK) {
        status = read_views(err);
    }
    return status == NX_OK ? read_format(err) : status;
}
