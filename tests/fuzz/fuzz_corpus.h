// fuzz_corpus.h: what the fuzz targets of the corpus room share: bytes in through the front door.
#ifndef NX_TESTS_FUZZ_CORPUS_H
#define NX_TESTS_FUZZ_CORPUS_H

#include "corpus/corpus.h"

// Reads the bytes as a file and parses every record, with small ceilings. format AUTO: sniffed.
void nx_fuzz_read(const uint8_t *data, size_t size, nx_format format, const char *name);

#endif
