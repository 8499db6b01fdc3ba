// oom_glass.c: a bulk build with runs on disk, documents out of order, metadata and spelling, each
// of its allocations failing once.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "glass/glass.h"
#include "tests/oom.h"

enum { DATA_BYTES = 150000 };

static nx_status add_docs(nx_glass_worker *w, nx_vocab *vocab, const char *data, uint32_t batch,
                          nx_error *err)
{
    nx_status st = NX_OK;
    for (uint32_t i = 0; i < 2 && st == NX_OK; i++) {
        nx_doc_term terms[40];
        const uint32_t positions[] = {1, 50, 51, 70};
        for (uint32_t k = 0; k < 40; k++) {
            char word[16];
            int n = snprintf(word, sizeof word, "w%u", (unsigned)((k + 1) * (batch + 3)));
            terms[k].term = nx_vocab_add(vocab, nx_str_make(word, (size_t)n), NULL);
            if (terms[k].term == NX_VOCAB_NONE) {
                return nx_fail_nomem(err);
            }
            terms[k].wdf = k;
            terms[k].pos_start = 0;
            terms[k].pos_count = k % 5;
        }
        const nx_doc_value values[] = {{1, NX_STR("one")}, {200, NX_STR("two hundred")}};
        nx_doc doc = {vocab, terms, 40, positions, 4, values, 2, nx_str_make(data, DATA_BYTES)};
        st = nx_glass_worker_add(w, &doc, -(int64_t)i, NULL, err);
    }
    return st == NX_OK ? nx_glass_worker_seal(w, batch, err) : st;
}

static nx_status fill(nx_glass_builder *b, const char *data, nx_error *err)
{
    nx_glass_worker *w = NULL;
    nx_vocab *vocab = nx_vocab_new();
    nx_status st = vocab != NULL ? nx_glass_worker_new(&w, b, err) : nx_fail_nomem(err);
    for (uint32_t batch = 0; batch < 4 && st == NX_OK; batch++) {
        st = add_docs(w, vocab, data, batch, err);
    }
    nx_glass_worker_free(w);
    nx_vocab_free(vocab);
    if (st == NX_OK) {
        st = nx_glass_drop(b, 1, 1, err);
    }
    if (st == NX_OK) {
        st = nx_glass_set_metadata(b, NX_STR("key"), NX_STR("value"), err);
    }
    return st == NX_OK ? nx_glass_add_spelling(b, NX_STR("bulk"), 2, err) : st;
}

bool nx_oom_scenario(void)
{
    static char data[DATA_BYTES]; // not compressed: reaches the budget
    char dir[] = "/tmp/nx-glass-oom-XXXXXX";
    if (mkdtemp(dir) == NULL) {
        abort();
    }
    char path[64];
    (void)snprintf(path, sizeof path, "%s/db", dir);
    nx_glass_options options = NX_GLASS_OPTIONS_INIT;
    options.memory_budget = 1 << 20;
    options.compress = false;
    options.threads = 1;
    nx_error err = NX_ERROR_INIT;
    nx_glass_builder *b = NULL;
    nx_glass_summary summary = {0};
    nx_status st = nx_glass_builder_new(&b, path, &options, &err);
    if (st == NX_OK) {
        st = fill(b, data, &err);
        if (st == NX_OK) {
            st = nx_glass_finish(b, &summary, &err);
        } else {
            nx_glass_abort(b);
        }
    }
    if (st != NX_OK && (st != NX_ENOMEM || access(path, F_OK) == 0)) {
        fprintf(stderr, "%s (%s), or something left behind\n", err.msg, nx_status_name(st));
        abort();
    }
    if (st == NX_OK && summary.disk_runs == 0) {
        abort(); // the scenario is meant to spill
    }
    nx_error ignored = NX_ERROR_INIT;
    (void)!nx_remove_tree(dir, &ignored);
    (void)rmdir(dir);
    return st == NX_OK;
}
