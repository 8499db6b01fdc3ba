// ask.c: see ask.h.
#include "searcher/ask.h"

#include "base/tty.h"

static nx_ask ask;

static const char *const sorts[] = {"relevance", "newest", "oldest", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};
static const char *const families[] = {"collapse", "expand", NULL};

const nx_opt nx_ask_rows[] = {
    {.kind = NX_OPT_GROUP, .help = "What to search"},
    {.kind = NX_OPT_STRING,
     .letter = 'i',
     .name = "index",
     .arg = "DIR",
     .help = "The index; default $NEWSDEX_INDEX, else ~/.local/share/newsdex/index",
     .to = &ask.index,
     .completes = "dir"},
    {.kind = NX_OPT_FLAG, .name = "all", .help = "Every word must occur", .to = &ask.all},
    {.kind = NX_OPT_FLAG,
     .name = "any",
     .help = "Nothing must occur, not even phrases and fields; only exclude what has a minus",
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
    {.kind = NX_OPT_GROUP, .help = "Which order, how many"},
    {.kind = NX_OPT_U64,
     .letter = 'n',
     .name = "limit",
     .arg = "N",
     .help = "Show at most N articles (default 10); 0 shows all",
     .to = &ask.limit,
     .max = NX_LIMIT_NONE},
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
    {.kind = NX_OPT_FLAG,
     .name = "expand",
     .help = "Search also for words that the best articles have in common",
     .to = &ask.expand},
    {.kind = NX_OPT_CHOICE,
     .name = "families",
     .arg = "HOW",
     .help = "Show the best of several versions of a story only, or each",
     .to = &ask.families,
     .choices = families},
    {.kind = NX_OPT_GROUP, .help = "Output"},
    {.kind = NX_OPT_CHOICE,
     .name = "color",
     .arg = "WHEN",
     .help = "Bold and coloured text; auto: on a terminal, unless NO_COLOR is set",
     .to = &ask.color,
     .choices = colors},
    {.kind = NX_OPT_FLAG,
     .letter = 'q',
     .name = "quiet",
     .help = "No notes about the query on standard error",
     .to = &ask.quiet},
    {.kind = NX_OPT_FLAG, .letter = 'h', .name = "help", .help = "Print help", .to = &ask.help},
    {.kind = NX_OPT_FLAG, .name = "version", .help = "Print the version", .to = &ask.version},
    {.kind = NX_OPT_END}};

// Reads a date option; the far end of what is meant when last.
static nx_status read_date(const char *name, const char *text, bool last, int64_t *to,
                           nx_error *err)
{
    int64_t from, until;
    if (text == NULL) {
        return NX_OK;
    }
    if (!nx_when_parse(nx_str_of(text), ask.search.now, &from, &until)) {
        return nx_fail(err, NX_EUSAGE,
                       "--%s: '%.80s' is no date; dates look like 2019-02-22, 2019-02, 7d or "
                       "yesterday",
                       name, text);
    }
    *to = last ? until : from;
    return NX_OK;
}

static nx_status read_search(nx_error *err)
{
    nx_search_options *s = &ask.search;
    *s = nx_search_defaults();
    if (ask.all && ask.any) {
        return nx_fail(err, NX_EUSAGE, "--all and --any exclude each other");
    }
    s->words = ask.all ? NX_WORDS_ALL : ask.any ? NX_WORDS_ANY : NX_WORDS_RANKED;
    s->strict = ask.strict;
    s->sort = (nx_sort)ask.sort;
    s->limit = ask.limit == 0 ? NX_LIMIT_NONE : (uint32_t)ask.limit;
    s->offset = (uint32_t)ask.offset;
    s->expand = ask.expand;
    s->recency = ask.recency;
    s->per_family = ask.families == 0 ? 1 : 0;
    s->suggest = !ask.quiet;
    nx_status status = read_date("since", ask.since_text, false, &s->since, err);
    return status == NX_OK ? read_date("until", ask.until_text, true, &s->until, err) : status;
}

nx_status nx_ask_parse(nx_ask **out, int argc, char **argv, int *first, nx_error *err)
{
    ask = (nx_ask){.limit = 10, .format = &nx_as_text};
    *out = &ask;
    nx_status status = nx_opt_parse(nx_ask_rows, argc, argv, first, err);
    return status == NX_OK ? read_search(err) : status;
}
