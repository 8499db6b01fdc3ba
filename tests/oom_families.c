// oom_families.c: keeping the story families of an index with one allocation failing: what fails
// says so, and the next run finds the same families.
#include <stdio.h>
#include <stdlib.h>

#include "indexer/story.h"
#include "tests/oom.h"

static char dir[64];

static nx_status put(nx_writer *w, nx_story *s, const char *unique, nx_error *err)
{
    nx_sketch sketch;
    nx_vocab *vocab = nx_vocab_new();
    if (vocab == NULL) {
        return nx_fail_nomem(err);
    }
    const nx_str body =
        NX_STR("The ferry pier at Elsmouth is to be sold, the harbour board has said, "
               "eleven years after the last boat left it for good");
    const nx_doc_term term = {.term = nx_vocab_add(vocab, nx_str_of(unique), NULL)};
    const nx_doc doc = {.vocab = vocab, .terms = &term, .term_count = 1, .data = NX_STR("id=a")};
    nx_sketch_make(&sketch, NX_STR_NONE, body, NX_SKETCH_UNDATED);
    nx_status st = term.term != NX_VOCAB_NONE ? nx_writer_put(w, nx_str_of(unique), &doc, err)
                                              : nx_fail_nomem(err);
    st = st == NX_OK ? nx_story_put(s, nx_str_of(unique), &sketch, 0, 0, err) : st;
    nx_vocab_free(vocab);
    return st;
}

static nx_status run(const char *unique, nx_error *err)
{
    const nx_writer_options options = {.analysis = "test", .create = true, .no_sync = true};
    nx_writer *w = NULL;
    nx_story *s = nx_story_new();
    nx_status st = s != NULL ? nx_writer_open(&w, dir, &options, err) : nx_fail_nomem(err);
    st = st == NX_OK ? nx_story_begin(s, w, dir, err) : st;
    st = st == NX_OK ? put(w, s, unique, err) : st;
    st = st == NX_OK ? nx_story_settle(s, NULL, err) : st;
    st = st == NX_OK ? nx_story_apply(s, w, err) : st;
    st = st == NX_OK ? nx_writer_commit(w, err) : st;
    st = st == NX_OK ? nx_story_end(s, err) : st;
    nx_story_free(s);
    nx_writer_abort(w);
    return st;
}

bool nx_oom_scenario(void)
{
    nx_error err = NX_ERROR_INIT;
    (void)snprintf(dir, sizeof dir, "/tmp/nx-oom-families-XXXXXX");
    if (mkdtemp(dir) == NULL) {
        return false;
    }
    nx_status st = run("Qa", &err);
    st = st == NX_OK ? run("Qb", &err) : st;
    return nx_oom_ended(st, &err, dir);
}
