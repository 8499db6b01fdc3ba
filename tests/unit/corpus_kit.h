// corpus_kit.h: what the tests of the corpus room share: input from memory, output as lines.
#ifndef NX_TESTS_CORPUS_KIT_H
#define NX_TESTS_CORPUS_KIT_H

#include "corpus/corpus.h"

// Reads bytes as the file called name. The result, valid until the next call, has one line for
// each thing the sink was given, in order:
//   "json @1L {"a":1}"              a record: format, place, content up to 60 bytes
//   "json a.json @0 {"a":1}"        the same of a member
//   "skip limit @17 record too large"
//   "error io: text"                what the call itself returned, when not NX_OK
// options may be NULL.
const char *kit_records(nx_str bytes, const char *name, const nx_corpus_options *options);
// As kit_records for a path.
const char *kit_walk(const char *path, const nx_corpus_options *options);

// As kit_records for what is left of fd.
const char *kit_rest(int fd);

// Reads bytes and parses the records. One line for each fact of each article, as
//   "title: Storm in Leeds [record]", "body: one / two", "published: 2019-03-26T19:31:00Z [record]"
// with "--" after each article, and skips as above.
const char *kit_articles(nx_str bytes, const char *name, const nx_corpus_options *options);

// Fails the test unless what kit_articles gives of bytes, as a file of text, has the wants in their
// order; the last is NULL.
void kit_check_articles(const char *bytes, const char *const *wants);

// Fails the test unless log has wanted in it.
void kit_expect(const char *log, const char *wanted);

// Lines of log that start with prefix.
unsigned kit_count(const char *log, const char *prefix);

#endif
