// fuzz_family_log.c: the log of story families, whatever its bytes are. The frames' sums would keep
// nearly all inputs out, so the input is also wrapped into a frame of its own.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "indexer/families.h"
#include "text/analysis.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char dir[] = "/tmp/nx-fuzz-families-XXXXXX", path[64];

static void remove_dir(void)
{
    (void)remove(path);
    (void)remove(dir);
}

static nx_status on_article(void *ctx, const nx_family_entry *e, nx_error *err)
{
    (void)err;
    ++*(size_t *)ctx;
    return e->key != 0 ? NX_OK : NX_EBUG;
}

static void write_file(nx_str bytes)
{
    if (path[0] == '\0') {
        if (mkdtemp(dir) == NULL || atexit(remove_dir) != 0) {
            abort();
        }
        (void)snprintf(path, sizeof path, "%s/families", dir);
    }
    FILE *out = fopen(path, "wb");
    if (out == NULL || fwrite(bytes.p, 1, bytes.n, out) != bytes.n || fclose(out) != 0) {
        abort();
    }
}

// Whatever could be read of it can be joined, and is read again.
static void read_log(nx_str bytes)
{
    nx_error err = NX_ERROR_INIT;
    nx_families *f = NULL;
    nx_family_entry e;
    size_t met = 0;
    write_file(bytes);
    if (nx_families_open(&f, dir, &err) != NX_OK || nx_families_begin(f, &err) != NX_OK) {
        abort();
    }
    const size_t count = nx_families_count(f);
    if (!nx_families_complete(f) && count > 0 &&
        nx_families_empty(f, &err) != NX_OK) { // as story.c does
        abort();
    }
    if (nx_families_join(f, on_article, &met, &err) != NX_OK || nx_families_end(f, &err) != NX_OK) {
        abort();
    }
    for (size_t i = 0; i < nx_families_count(f); i++) {
        if (nx_families_get(f, i, &e, &err) != NX_OK || (e.id.n > 0 && e.id.p == NULL)) {
            abort();
        }
    }
    nx_families_free(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_str input = nx_str_make((const char *)data, size);
    nx_buf framed;
    read_log(input);
    nx_buf_init(&framed, 1 << 24);
    nx_buf_add(&framed, "NXFAM\0\0\4", 8);
    uint64_t numbers[2] = {size, nx_xxh3(input)};
    for (unsigned i = 0; i < 12; i++) {
        nx_buf_addc(&framed, (char)(numbers[i >= 4] >> 8 * (i >= 4 ? i - 4 : i)));
    }
    nx_buf_adds(&framed, input);
    if (!framed.failed) {
        read_log(nx_buf_str(&framed));
    }
    nx_buf_release(&framed);
    return 0;
}
