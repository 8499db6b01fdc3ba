// store_fixture.h: what the tests of the index directory share: a scratch directory and documents
// made from a few words.
#ifndef NX_TESTS_STORE_FIXTURE_H
#define NX_TESTS_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/io.h"
#include "store/parts.h"

static char scratch[64], index_dir[80];

static inline int scratch_new(void **state)
{
    (void)state;
    // In memory where there is such a place: what is tested syncs often.
    const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    (void)snprintf(scratch, sizeof scratch, "%s/nx_store_test.XXXXXX", base);
    if (mkdtemp(scratch) == NULL) {
        return -1;
    }
    (void)snprintf(index_dir, sizeof index_dir, "%s/index", scratch);
    return 0;
}

static inline int scratch_gone(void **state)
{
    (void)state;
    return nx_remove_tree(scratch, NULL) == NX_OK ? 0 : -1;
}

// Fails the test with the message when st is not the status that is wanted.
static inline void want_at(nx_status st, nx_status wanted, const nx_error *err, int line)
{
    if (st != wanted) {
        fail_msg("line %d: %s instead of %s: %s", line, nx_status_name(st), nx_status_name(wanted),
                 err->msg);
    }
}
#define WANT(status, wanted) want_at((status), (wanted), &err, __LINE__)
#define OK(status) WANT(status, NX_OK)

// A document of space-separated words, with its unique term, a content value made from the words,
// and the words as its data.
typedef struct sample {
    nx_vocab *vocab;
    nx_doc_term terms[64];
    uint32_t positions[64];
    nx_doc_value values[1];
    unsigned char content[16];
    char unique[64];
    nx_doc doc;
} sample;

static inline void sample_add(sample *s, nx_str word, uint32_t wdf, uint32_t position)
{
    uint32_t number = nx_vocab_add(s->vocab, word, NULL);
    for (size_t i = 0; i < s->doc.term_count; i++) {
        if (s->terms[i].term == number) { // a repeated word keeps its first position
            s->terms[i].wdf += wdf;
            return;
        }
    }
    nx_doc_term *t = &s->terms[s->doc.term_count++];
    *t = (nx_doc_term){.term = number, .wdf = wdf};
    if (position > 0) {
        t->pos_start = (uint32_t)s->doc.position_count;
        t->pos_count = 1;
        s->positions[s->doc.position_count++] = position;
    }
}

static inline nx_str sample_make(sample *s, const char *id, const char *words)
{
    memset(s, 0, sizeof *s);
    s->vocab = nx_vocab_new();
    assert_non_null(s->vocab);
    s->doc.vocab = s->vocab;
    s->doc.terms = s->terms;
    s->doc.positions = s->positions;
    s->doc.values = s->values;
    (void)snprintf(s->unique, sizeof s->unique, "Q%s", id);
    sample_add(s, nx_str_of(s->unique), 0, 0);
    uint32_t position = 0;
    for (const char *p = words; *p != '\0';) {
        size_t n = strcspn(p, " ");
        sample_add(s, nx_str_make(p, n), 1, ++position);
        p += n + (p[n] == ' ');
    }
    uint64_t hash = nx_hash64(words, strlen(words), 1);
    memcpy(s->content, &hash, sizeof hash);
    memcpy(s->content + 8, "abcdefgh", 8);
    s->values[0] =
        (nx_doc_value){.slot = NX_SLOT_CONTENT, .bytes = nx_str_make((const char *)s->content, 16)};
    s->doc.value_count = 1;
    s->doc.data = nx_str_of(words);
    return nx_str_of(s->unique);
}

static inline void sample_free(sample *s)
{
    nx_vocab_free(s->vocab);
}

static inline nx_status put(nx_writer *w, const char *id, const char *words, nx_error *err)
{
    sample s;
    nx_str unique = sample_make(&s, id, words);
    nx_status st = nx_writer_put(w, unique, &s.doc, err);
    sample_free(&s);
    return st;
}

// Nothing here depends on what survives a loss of power.
static const nx_writer_options fixture_create = {
    .analysis = "test 1", .create = true, .no_sync = true};

// Adds documents "prefix0".."prefix(n-1)" of the words to a bulk segment and publishes it.
static inline nx_status bulk(nx_writer *w, const char *prefix, unsigned n, const char *words,
                             nx_error *err)
{
    nx_glass_options options = NX_GLASS_OPTIONS_INIT;
    nx_glass_builder *b = NULL;
    nx_glass_worker *worker = NULL;
    options.memory_budget = 4 << 20;
    nx_status st = nx_writer_bulk_begin(w, &options, &b, err);
    if (st == NX_OK) {
        st = nx_glass_worker_new(&worker, b, err);
    }
    sample *samples = calloc(n, sizeof *samples);
    for (unsigned i = 0; st == NX_OK && i < n; i++) {
        char id[48];
        nx_found found;
        (void)snprintf(id, sizeof id, "%s%u", prefix, i);
        nx_str unique = sample_make(&samples[i], id, words);
        st = nx_glass_worker_add(worker, &samples[i].doc, 0, NULL, err);
        if (st == NX_OK) {
            st = nx_glass_worker_seal(worker, i, err); // one vocabulary per document
        }
        if (st == NX_OK) {
            st = nx_writer_find(w, unique, &found, err);
        }
        if (st == NX_OK && found.exists) {
            st = nx_writer_bulk_supersede(w, unique, err);
        }
    }
    nx_glass_worker_free(worker);
    for (unsigned i = 0; i < n; i++) {
        sample_free(&samples[i]);
    }
    free(samples);
    if (st != NX_OK) {
        nx_writer_bulk_abandon(w);
        return st;
    }
    return nx_writer_bulk_publish(w, NULL, err);
}

// "id=words" of all articles, sorted by unique term, one a line: the content of an index.
static inline void dump_index(nx_buf *out)
{
    nx_error err = NX_ERROR_INIT;
    nx_store *s = NULL;
    nx_xterms *terms = NULL;
    bool more = false;
    OK(nx_store_open(&s, index_dir, &err));
    OK(nx_xdb_terms(&terms, nx_store_db(s), NX_STR("Q"), &err));
    while (true) {
        OK(nx_xterms_next(terms, &more, &err));
        if (!more) {
            break;
        }
        nx_xposts *posts = NULL;
        bool any = false;
        OK(nx_xdb_postings(&posts, nx_store_db(s), nx_xterms_term(terms), &err));
        OK(nx_xposts_next(posts, &any, &err));
        while (any) {
            nx_xdoc *doc = NULL;
            nx_buf_adds(out, nx_xterms_term(terms));
            nx_buf_addc(out, '=');
            OK(nx_xdb_doc(&doc, nx_store_db(s), nx_xposts_docid(posts), &err));
            OK(nx_xdoc_data(doc, out, &err));
            nx_buf_addc(out, '\n');
            nx_xdoc_free(doc);
            OK(nx_xposts_next(posts, &any, &err));
        }
        nx_xposts_free(posts);
    }
    nx_xterms_free(terms);
    nx_store_close(s);
}

static inline void assert_content(const char *expected)
{
    nx_buf out;
    nx_buf_init(&out, 1 << 24);
    dump_index(&out);
    assert_string_equal(out.data, expected);
    nx_buf_release(&out);
}

static inline uint64_t faults_of(nx_buf *text)
{
    nx_error err = NX_ERROR_INIT;
    nx_check_report report;
    OK(nx_store_check(index_dir, 0, NULL, NULL, &report, text, &err));
    return report.faults;
}

static inline void assert_sound(void)
{
    nx_buf text;
    nx_buf_init(&text, 1 << 20);
    if (faults_of(&text) != 0) {
        fail_msg("%s", text.data);
    }
    nx_buf_release(&text);
}

static inline nx_writer *open_writer(void)
{
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = NULL;
    OK(nx_writer_open(&w, index_dir, &fixture_create, &err));
    return w;
}

static inline void close_writer(nx_writer *w)
{
    nx_error err = NX_ERROR_INIT;
    OK(nx_writer_close(w, &err));
}

static inline void write_text(const char *name, const char *text)
{
    nx_error err = NX_ERROR_INIT;
    char *path = nx_path_join(index_dir, name);
    OK(nx_write_file_atomic(path, nx_str_of(text), &err));
    free(path);
}

static inline bool is_there(const char *name)
{
    char *path = nx_path_join(index_dir, name);
    bool there = access(path, F_OK) == 0;
    free(path);
    return there;
}

#endif
