// analysis_bench.c: how fast text becomes terms, and articles documents; in CPU time of one thread.
//
// usage: analysis_bench PATH...   reads the articles of all paths into memory first, then measures
// over them, each step ROUNDS times and the median taken: the analysis without and with stems,
// sentences, and whole documents.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "corpus/corpus.h"
#include "indexer/docmaker.h"
#include "text/analysis.h"

enum { ROUNDS = 5 };

typedef struct articles {
    nx_article **items;
    size_t count, cap;
    size_t bytes; // of titles and bodies
} articles;

static nx_status keep(void *ctx, nx_article *a, nx_error *err)
{
    articles *all = ctx;
    if (all->count == all->cap) {
        size_t cap = all->cap == 0 ? 1024 : all->cap * 2;
        nx_article **items = realloc(all->items, cap * sizeof(nx_article *));
        if (items == NULL) {
            nx_article_free(a);
            return nx_fail_nomem(err);
        }
        all->items = items;
        all->cap = cap;
    }
    all->items[all->count++] = a;
    all->bytes += a->title.s.n + a->body.n;
    return NX_OK;
}

static nx_status leave_out(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)ctx;
    (void)s;
    (void)err;
    return NX_OK;
}

static const nx_corpus_options reading = NX_CORPUS_OPTIONS_INIT;

static nx_status parse(void *ctx, nx_record *r, nx_error *err)
{
    const nx_article_sink sink = {.ctx = ctx, .article = keep, .skip = leave_out};
    nx_status st = nx_record_parse(r, &reading, &sink, err);
    nx_record_free(r);
    return st;
}

static void count_forms(void *ctx, const nx_chunk *c)
{
    *(uint64_t *)ctx += c->form_count;
}

static void count_sentence(void *ctx, size_t start, size_t end)
{
    *(uint64_t *)ctx += end - start;
}

// One step over all articles with everything new, as a worker would do it.
typedef bool step(const articles *all, uint64_t *produced);

static bool analyze(const articles *all, nx_str language, int passes, uint64_t *produced)
{
    nx_vocab *vocab = nx_vocab_new();
    nx_analyzer *a = vocab == NULL ? NULL : nx_analyzer_new(vocab);
    if (a != NULL) {
        nx_analyzer_language(a, language);
    }
    for (int pass = 0; a != NULL && pass < passes; pass++) {
        for (size_t i = 0; i < all->count; i++) {
            (void)nx_analyze(a, all->items[i]->title.s, 1, count_forms, produced);
            (void)nx_analyze(a, all->items[i]->body, 1, count_forms, produced);
        }
    }
    bool ok = a != NULL && !nx_analyzer_failed(a);
    nx_analyzer_free(a);
    nx_vocab_free(vocab);
    return ok;
}

static bool exact_forms(const articles *all, uint64_t *produced)
{
    return analyze(all, NX_STR(""), 1, produced);
}

static bool exact_and_stems(const articles *all, uint64_t *produced)
{
    return analyze(all, NX_STR("en"), 1, produced);
}

// What a long run tends to: most of ten passes meet words that are known.
static bool ten_passes(const articles *all, uint64_t *produced)
{
    return analyze(all, NX_STR("en"), 10, produced);
}

static bool sentences(const articles *all, uint64_t *produced)
{
    for (size_t i = 0; i < all->count; i++) {
        (void)nx_sentences(all->items[i]->body, NX_STR("en"), count_sentence, produced);
    }
    return true;
}

static bool documents(const articles *all, uint64_t *produced)
{
    nx_docmaker *m = nx_docmaker_new();
    bool ok = m != NULL;
    const nx_docmaker_options options = {.indexed_utc = 1};
    for (size_t i = 0; ok && i < all->count; i++) {
        nx_made made;
        nx_error err = NX_ERROR_INIT;
        ok = nx_docmaker_make(m, all->items[i], &options, &made, &err) == NX_OK;
        *produced += made.doc.term_count;
    }
    nx_docmaker_free(m);
    return ok;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool measure(const char *name, const articles *all, step *run, int passes, const char *what)
{
    double seconds[ROUNDS];
    uint64_t produced = 0;
    for (int i = 0; i < ROUNDS; i++) {
        produced = 0;
        double start = nx_cpu_seconds();
        if (!run(all, &produced)) {
            fprintf(stderr, "analysis_bench: %s: out of memory\n", name);
            return false;
        }
        seconds[i] = nx_cpu_seconds() - start;
    }
    qsort(seconds, ROUNDS, sizeof seconds[0], by_value);
    double s = seconds[ROUNDS / 2] > 0 ? seconds[ROUNDS / 2] : 1e-9;
    printf("%-18s %8.3f s %8.1f MB/s %9.0f articles/s  %" PRIu64 " %s\n", name, s,
           (double)all->bytes * passes / s / 1e6, (double)all->count * passes / s, produced, what);
    return true;
}

int main(int argc, char **argv)
{
    articles all = {0};
    nx_error err = NX_ERROR_INIT;
    const nx_reader_sink sink = {.ctx = &all, .record = parse, .skip = leave_out};
    for (int i = 1; i < argc; i++) {
        if (nx_corpus_read(argv[i], &reading, &sink, &err) != NX_OK) {
            fprintf(stderr, "analysis_bench: %s\n", err.msg);
            return 1;
        }
    }
    printf("%zu articles, %zu bytes of titles and bodies; medians of %d, CPU time\n", all.count,
           all.bytes, ROUNDS);
    bool ok = measure("exact forms", &all, exact_forms, 1, "forms") &&
              measure("exact and stems", &all, exact_and_stems, 1, "forms") &&
              measure("ten times over", &all, ten_passes, 10, "forms") &&
              measure("sentences", &all, sentences, 1, "bytes") &&
              measure("documents", &all, documents, 1, "terms");
    for (size_t i = 0; i < all.count; i++) {
        nx_article_free(all.items[i]);
    }
    free(all.items);
    return ok ? 0 : 1;
}
