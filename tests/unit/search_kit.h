// search_kit.h: a small index in memory for tests of the engine.
#ifndef NX_TESTS_SEARCH_KIT_H
#define NX_TESTS_SEARCH_KIT_H

#include "searcher/search.h"

// What a test says of an article; NULL members are absent.
typedef struct kit_article {
    const char *id, *title, *body, *source, *author, *day; // day: "2019-02-22"
    const char *family;
    const char *language; // NULL: en
} kit_article;

typedef struct kit_index {
    nx_xwdb *db;
    nx_searcher *searcher;
} kit_index;

// Fails the test when anything goes wrong.
void kit_open(kit_index *k, const kit_article *articles, size_t count);
void kit_close(kit_index *k);
// The ids of the hits, in order, separated by spaces; freed by nx_buf_release.
void kit_ids(nx_result *r, nx_buf *out);
// A search that must succeed; NULL options: defaults.
nx_result *kit_search(kit_index *k, const char *query, const nx_search_options *options);

#endif
