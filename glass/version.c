// version.c: the file iamglass, which makes a directory a database: roots, statistics, UUID.
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/io.h"
#include "glass/internal.h"

enum { MAGIC_N = 16, UUID_N = 16, VERSION_MAX = 256 };

static unsigned char *put_magic(unsigned char *p)
{
    memcpy(p, "\x0f\x0dXapian Glass", MAGIC_N - 2);
    return nx_put_be16(p + MAGIC_N - 2, NX_GLASS_DATE_CODE);
}

bool nx_glass_format_matches(const void *iamglass, size_t n)
{
    unsigned char ours[MAGIC_N];
    put_magic(ours);
    return n >= MAGIC_N && memcmp(iamglass, ours, MAGIC_N) == 0;
}

// RFC 4122, version 4.
static nx_status put_uuid(unsigned char *p, nx_error *err)
{
    if (getrandom(p, UUID_N, 0) != UUID_N) {
        return nx_fail_errno(err, errno, "random bytes for the database's UUID");
    }
    p[6] = (unsigned char)((p[6] & 0x0f) | 0x40);
    p[8] = (unsigned char)((p[8] & 0x3f) | 0x80);
    return NX_OK;
}

// U root block, U level * 4 + sequential * 2 + absent, U entries, U block size / 2048,
// U compress_min, STR free list (U revision, U first block never used, two empty cursors).
static unsigned char *put_root(unsigned char *p, const nx_table_root *r, uint32_t block_size,
                               uint32_t compress_min)
{
    enum { SEQUENTIAL = 2, ABSENT = 1 };
    p = nx_put_u(p, r->root);
    p = nx_put_u(p, r->level << 2 | SEQUENTIAL | (r->present ? 0U : ABSENT));
    p = nx_put_u(p, r->entries);
    p = nx_put_u(p, block_size / 2048);
    p = nx_put_u(p, compress_min);
    if (!r->present) {
        return nx_put_u(p, 0);
    }
    unsigned char list[2 * NX_GLASS_U_MAX + 4], *end = nx_put_u(list, NX_GLASS_REVISION);
    end = nx_put_u(end, r->blocks);
    for (int i = 0; i < 4; i++) {
        *end++ = 0;
    }
    size_t n = (size_t)(end - list);
    p = nx_put_u(p, n);
    memcpy(p, list, n);
    return p + n;
}

static unsigned char *put_statistics(unsigned char *p, const nx_glass_builder *b,
                                     uint32_t spelling_max)
{
    p = nx_put_u(p, b->doc_count);
    p = nx_put_u(p, 0); // last id - documents: there are no gaps
    p = nx_put_u(p, b->length_min);
    p = nx_put_u(p, b->wdf_max);
    p = nx_put_u(p, b->length_max - b->wdf_max);
    p = nx_put_u(p, 0); // oldest changeset
    p = nx_put_u(p, b->total_length);
    return nx_put_u(p, spelling_max);
}

nx_status nx_glass_publish(const nx_glass_builder *b, const nx_table_root roots[NX_TABLE_COUNT],
                           uint32_t spelling_max, nx_error *err)
{
    // What libxapian would set; later writers follow it.
    static const uint32_t compress_min[NX_TABLE_COUNT] = {
        [NX_TABLE_DOCDATA] = NX_GLASS_COMPRESS_MIN,
        [NX_TABLE_TERMLIST] = NX_GLASS_COMPRESS_MIN,
        [NX_TABLE_SPELLING] = NX_GLASS_COMPRESS_MIN,
        [NX_TABLE_SYNONYM] = NX_GLASS_COMPRESS_MIN,
    };
    // 16 + 16 + 1 bytes, 6 roots of at most 6 * 10 and 8 statistics of at most 10 bytes each; the
    // numbers are 32 bits or near it, so that 256 bytes, the format's limit, are never reached.
    unsigned char bytes[2 * VERSION_MAX];
    unsigned char *p = put_magic(bytes);
    nx_status st = put_uuid(p, err);
    if (st != NX_OK) {
        return st;
    }
    p = nx_put_u(p + UUID_N, NX_GLASS_REVISION);
    for (size_t i = 0; i < NX_TABLE_COUNT; i++) {
        p = put_root(p, &roots[i], b->options.block_size, compress_min[i]);
    }
    p = put_statistics(p, b, spelling_max);
    size_t n = (size_t)(p - bytes);
    if (n > VERSION_MAX) {
        return nx_fail(err, NX_EBUG, "the version file has %zu bytes", n);
    }
    char *path = nx_glass_file(b, "iamglass");
    st = path != NULL ? nx_write_file_atomic(path, nx_str_make((const char *)bytes, n), err)
                      : nx_fail_nomem(err);
    free(path);
    return st;
}
