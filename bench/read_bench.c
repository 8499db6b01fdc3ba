// read_bench.c: how fast files become records, JSON trees, and articles; in CPU time of one thread.
//
// usage: read_bench PATH...   reads all paths ROUNDS times each way and takes the median. Bytes are
// those of the records, after decompression; each row includes what the one above it does, but for
// the trees, which are of JSON alone and thrown away.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "corpus/corpus.h"
#include "corpus/jsonv.h"

enum { ROUNDS = 5 };

typedef enum reading { SPLIT, TREES, ARTICLES } reading;

typedef struct run {
    reading how;
    uint64_t records, bytes, articles, skips;
} run;

static const nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)err;
    ((run *)ctx)->articles++;
    nx_article_free(a);
    return NX_OK;
}

static nx_status on_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)s;
    (void)err;
    ((run *)ctx)->skips++;
    return NX_OK;
}

static nx_status on_record(void *ctx, nx_record *r, nx_error *err)
{
    run *all = ctx;
    nx_article_sink sink = {.ctx = all, .article = on_article, .skip = on_skip};
    all->records++;
    all->bytes += r->bytes.n;
    nx_status st = NX_OK;
    if (all->how == ARTICLES) {
        st = nx_record_parse(r, &options, &sink, err);
    } else if (all->how == TREES && r->format == NX_FORMAT_JSON) {
        nx_json *root = NULL;
        st = nx_json_parse(r->bytes, NX_JSON_STRICT, &root, err);
        nx_json_free(root);
    }
    nx_record_free(r);
    return st;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool measure(char **paths, const char *name, reading how)
{
    double seconds[ROUNDS];
    run last = {.how = how};
    for (int i = 0; i < ROUNDS; i++) {
        last = (run){.how = how};
        nx_reader_sink sink = {.ctx = &last, .record = on_record, .skip = on_skip};
        nx_error err = NX_ERROR_INIT;
        double start = nx_cpu_seconds();
        for (char **path = paths; *path != NULL; path++) {
            if (nx_corpus_read(*path, &options, &sink, &err) != NX_OK) {
                fprintf(stderr, "read_bench: %s\n", err.msg);
                return false;
            }
        }
        seconds[i] = nx_cpu_seconds() - start;
    }
    qsort(seconds, ROUNDS, sizeof seconds[0], by_value);
    double median = seconds[ROUNDS / 2];
    printf("%-8s %8.1f MB/s %8.3f s %9" PRIu64 " records %9" PRIu64 " articles %7" PRIu64
           " skips\n",
           name, median > 0 ? (double)last.bytes / 1e6 / median : 0.0, median, last.records,
           last.articles, last.skips);
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: read_bench PATH...\n");
        return 64;
    }
    bool ok = measure(argv + 1, "split", SPLIT) && measure(argv + 1, "trees", TREES) &&
              measure(argv + 1, "articles", ARTICLES);
    return ok ? 0 : 1;
}
