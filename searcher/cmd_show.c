// cmd_show.c: newssearch show: a stored article, the words of a query marked, or its versions.
#include <stdlib.h>

#include "base/time.h"
#include "searcher/find_id.h"
#include "searcher/front.h"
#include "searcher/out_past.h"

enum { ARTICLE_MAX = 1 << 28 };

static struct {
    const char *index, *query;
    bool json, help, versions;
    int color;
} options;

const nx_opt nx_show_rows[] = {
    NX_ROW_INDEX(&options.index),
    {.kind = NX_OPT_STRING,
     .name = "query",
     .arg = "QUERY",
     .help = "Mark what matches this query",
     .to = &options.query},
    {.kind = NX_OPT_FLAG,
     .name = "versions",
     .help = "Print its earlier versions, and what changed from each to the next",
     .to = &options.versions},
    {.kind = NX_OPT_FLAG, .name = "json", .help = "Print a JSON object", .to = &options.json},
    NX_ROW_COLOR(&options.color),
    NX_ROW_HELP(&options.help),
    {.kind = NX_OPT_END}};

static nx_status show_card(const nx_card *card, nx_snippet_maker *maker, nx_error *err)
{
    nx_output out;
    nx_snippet body;
    nx_status status = nx_snippet_mark(maker, card->body, card->language, NULL, &body, err);
    if (status != NX_OK) {
        return status;
    }
    nx_front_output(&out, options.color);
    if (options.json) {
        nx_json_article(&out, card, &body);
    } else {
        nx_text_article(&out, card, &body);
    }
    status = nx_output_flush(&out, err);
    nx_output_release(&out);
    return status;
}

// What a query marks, whether or not the article is among its hits.
static nx_status marks_of(nx_searcher *s, nx_result **result, nx_snippet_maker **maker,
                          nx_error *err)
{
    nx_search_options search = nx_search_defaults();
    size_t count = 0;
    search.limit = 0;
    search.suggest = false;
    nx_str query = nx_str_of(options.query != NULL ? options.query : "");
    nx_status status = nx_search(s, query, &search, result, err);
    if (status != NX_OK) {
        return status;
    }
    const nx_mark *marks = nx_result_marks(*result, &count);
    *maker = nx_snippet_maker_new(marks, count);
    return *maker != NULL ? NX_OK : nx_fail_nomem(err);
}

static nx_status show(nx_searcher *s, nx_str data, nx_error *err)
{
    nx_result *result = NULL;
    nx_snippet_maker *maker = NULL;
    nx_card card;
    nx_arena *arena = nx_arena_new(ARTICLE_MAX);
    nx_status status = arena != NULL ? NX_OK : nx_fail_nomem(err);
    if (status == NX_OK) {
        status = nx_card_read(&card, arena, data, err);
    }
    if (status == NX_OK) {
        status = nx_searcher_members(s, card.id, arena, &card.members, err);
    }
    if (status == NX_OK) {
        status = marks_of(s, &result, &maker, err);
    }
    if (status == NX_OK) {
        status = show_card(&card, maker, err);
    }
    nx_snippet_maker_free(maker);
    nx_result_free(result);
    nx_arena_free(arena);
    return status;
}

// ---- versions

// What was withdrawn by its source is in no search, but it is not unknown.
static nx_status explain_withdrawn(const nx_past *past, nx_str id, nx_error *err)
{
    char when[24];
    const nx_edition *last = &past->items[past->count - 1];
    return nx_fail(err, NX_ENOTFOUND, "%.*s was %s %s; --versions shows what it said",
                   (int)(id.n < 200 ? id.n : 200), id.p,
                   last->fate == NX_FATE_WITHDRAWN ? "withdrawn by its source" : "taken out",
                   nx_format_utc(when, last->ended_utc));
}

// current: its data, or absent when the index does not have it.
static nx_status show_past(const char *dir, nx_str id, nx_str current, nx_error *err)
{
    nx_past past;
    nx_output out;
    nx_status status = nx_past_read(&past, dir, id, current, err);
    if (status == NX_OK && !options.versions) {
        status = explain_withdrawn(&past, id, err);
    }
    if (status == NX_OK) {
        nx_front_output(&out, options.color);
        if (options.json) {
            nx_json_past(&out, &past);
        } else {
            nx_text_past(&out, &past);
        }
        status = nx_output_flush(&out, err);
        nx_output_release(&out);
    }
    nx_past_release(&past);
    return status;
}

static nx_status show_given(nx_searcher *s, const char *given, nx_error *err)
{
    char *dir = nx_index_path(options.index);
    nx_buf id, data;
    nx_buf_init(&id, 1 << 16);
    nx_buf_init(&data, ARTICLE_MAX);
    nx_status status = dir != NULL ? nx_find_id(s, nx_str_of(given), &id, err) : nx_fail_nomem(err);
    if (status == NX_OK) {
        status = nx_searcher_article(s, nx_buf_str(&id), &data, err);
        if (status == NX_OK && options.versions) {
            status = show_past(dir, nx_buf_str(&id), nx_buf_str(&data), err);
        } else if (status == NX_OK) {
            status = show(s, nx_buf_str(&data), err);
        }
    } else if (status == NX_ENOTFOUND) {
        status = show_past(dir, nx_str_of(given), NX_STR_NONE, err);
    }
    nx_buf_release(&data);
    nx_buf_release(&id);
    free(dir);
    return status;
}

int nx_cmd_show(int argc, char **argv)
{
    nx_error err = NX_ERROR_INIT;
    nx_searcher *s = NULL;
    int first = 0;
    if (nx_opt_parse(nx_show_rows, argc, argv, &first, &err) != NX_OK) {
        return nx_search_complain(&err);
    }
    if (options.help) {
        return nx_search_help(
            "show [OPTION...] ID", "Print an article, the words of a query marked",
            "newssearch show https://example.com/2019/embassy --query raid\n", nx_show_rows, "");
    }
    if (argc - first != 1) {
        (void)nx_fail(&err, NX_EUSAGE,
                      "show wants the id of one article; to search for the word, quote it with "
                      "another: newssearch \"show ...\"");
        return nx_search_complain(&err);
    }
    nx_status status = nx_front_open(options.index, &s, &err);
    if (status == NX_OK) {
        status = show_given(s, argv[first], &err);
    }
    nx_searcher_close(s);
    return status == NX_OK ? NX_EXIT_HITS : nx_search_complain(&err);
}
