// alert_query.c: see alert_query.h.
#include "indexer/alert_query.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/num.h"
#include "base/time.h"
#include "base/utf8.h"
#include "indexer/child.h"

enum {
    SEARCH_SECONDS = 600,
    NO_HITS = 1, // exit status of newssearch
};

static nx_status check_text(nx_str query, nx_error *err)
{
    if (query.n == 0 || query.n > NX_ALERT_QUERY_MAX || nx_utf8_valid(query) < query.n) {
        return nx_fail(err, NX_EUSAGE, "a query is text of 1 to %d bytes of UTF-8",
                       (int)NX_ALERT_QUERY_MAX);
    }
    for (size_t i = 0; i < query.n; i++) {
        if ((unsigned char)query.p[i] < ' ' || query.p[i] == 0x7f) {
            return nx_fail(err, NX_EUSAGE, "a query is one line without control characters");
        }
    }
    return NX_OK;
}

// Runs newssearch as an alert does; out_fd -1: to our own output.
static nx_status search(char *const *rest, const char *dir, int out_fd, int *status, nx_error *err)
{
    enum { ARGS = 32, OWN = 5 };
    char *program = nx_child_sibling("newssearch"), *index = strdup(dir);
    char *argv[ARGS] = {program, "--index", index, "--all", "--strict"};
    size_t n = OWN;
    for (; *rest != NULL && n + 1 < ARGS; rest++) {
        argv[n++] = *rest;
    }
    const nx_child child = {.argv = argv, .in_fd = -1, .out_fd = out_fd, .seconds = SEARCH_SECONDS};
    nx_status st =
        program != NULL && index != NULL ? nx_child_run(&child, status, err) : nx_fail_nomem(err);
    free(program);
    free(index);
    return st;
}

static nx_status count_hits(const char *index_dir, nx_str query, FILE *output, uint64_t *count,
                            nx_error *err)
{
    char digits[32];
    int status = 0;
    char *text = strndup(query.p, query.n);
    if (text == NULL) {
        return nx_fail_nomem(err);
    }
    char *const rest[] = {"--count", "--quiet", "--", text, NULL};
    nx_status st = search(rest, index_dir, fileno(output), &status, err);
    free(text);
    if (st == NX_OK && status > NO_HITS) {
        st = nx_fail(err, NX_EQUERY, "alert: this query is not taken as a standing one");
    }
    rewind(output);
    if (st == NX_OK && fgets(digits, sizeof digits, output) != NULL) {
        (void)nx_parse_u64(nx_str_trim(nx_str_of(digits)), count);
    }
    return st;
}

nx_status nx_alert_query_try(const char *index_dir, nx_str query, uint64_t *count, nx_error *err)
{
    *count = 0;
    nx_status st = check_text(query, err);
    if (st != NX_OK) {
        return st;
    }
    FILE *output = tmpfile();
    if (output == NULL) {
        return nx_fail_errno(err, errno, "a temporary file");
    }
    st = count_hits(index_dir, query, output, count, err);
    (void)fclose(output);
    return st;
}

nx_status nx_alert_query_test(const char *index_dir, nx_str query, const nx_alert_sample *how,
                              nx_error *err)
{
    enum { AROUND = 64 };
    char since[24], limit[24];
    int status = 0;
    nx_buf text;
    nx_buf_init(&text, query.n + AROUND);
    (void)snprintf(limit, sizeof limit, "%llu", (unsigned long long)how->limit);
    nx_buf_addz(&text, "( ");
    nx_buf_adds(&text, query);
    nx_buf_addf(&text, " ) AND indexed:%s..", nx_format_utc(since, how->since_utc));
    nx_status st = nx_buf_check(&text, "the query", err);
    if (st == NX_OK) {
        char *form = how->json ? "--json" : how->jsonl ? "--jsonl" : "--quiet";
        char *const rest[] = {"--sort", "newest", "--quiet", form, "--limit",
                              limit,    "--",     text.data, NULL};
        st = search(rest, index_dir, -1, &status, err);
    }
    nx_buf_release(&text);
    return st == NX_OK && status > NO_HITS
               ? nx_fail(err, NX_EIO, "newssearch: exit status %d", status)
               : st;
}
