// zip_kit.h: what the tests of office documents share: a zip file in memory.
#ifndef NX_TESTS_ZIP_KIT_H
#define NX_TESTS_ZIP_KIT_H

#include "base/buf.h"

typedef struct kit_zip {
    nx_buf bytes, directory;
    unsigned count;
} kit_zip;

void kit_zip_start(kit_zip *z);
void kit_zip_add(kit_zip *z, const char *name, nx_str content);
// The finished file, valid until released.
nx_str kit_zip_end(kit_zip *z);
void kit_zip_release(kit_zip *z);

#endif
