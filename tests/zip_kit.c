// zip_kit.c: see zip_kit.h. Members as PKWARE's APPNOTE 4.3 has them.
#include "tests/zip_kit.h"

#include <stdlib.h>
#include <zlib.h>

static void add_number(nx_buf *b, unsigned long value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        nx_buf_addc(b, (char)(value >> (8 * i) & 0xff));
    }
}

// What a local header and an entry of the directory have in common.
static void add_facts(nx_buf *b, bool stored, unsigned long crc, size_t packed, size_t size,
                      size_t name)
{
    add_number(b, 20, 2); // version
    add_number(b, 0, 2);
    add_number(b, stored ? 0 : 8, 2); // 8: deflate
    add_number(b, 0, 4);
    add_number(b, crc, 4);
    add_number(b, packed, 4);
    add_number(b, size, 4);
    add_number(b, name, 2);
    add_number(b, 0, 2);
}

void kit_zip_start(kit_zip *z)
{
    z->count = 0;
    nx_buf_init(&z->bytes, SIZE_MAX);
    nx_buf_init(&z->directory, SIZE_MAX);
}

void kit_zip_add(kit_zip *z, const char *name, nx_str content)
{
    z_stream s = {0};
    if (deflateInit2(&s, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        abort();
    }
    size_t room = deflateBound(&s, content.n);
    unsigned char *packed = malloc(room);
    s.next_in = (Bytef *)(uintptr_t)content.p;
    s.avail_in = (uInt)content.n;
    s.next_out = packed;
    s.avail_out = (uInt)room;
    if (packed == NULL || deflate(&s, Z_FINISH) != Z_STREAM_END) {
        abort();
    }
    bool stored = strcmp(name, "mimetype") == 0; // as OpenDocument wants it
    size_t n = stored ? content.n : room - s.avail_out, at = z->bytes.len;
    (void)deflateEnd(&s);
    unsigned long crc = crc32(0, (const Bytef *)content.p, (uInt)content.n);
    nx_buf_addz(&z->bytes, "PK\3\4");
    add_facts(&z->bytes, stored, crc, n, content.n, strlen(name));
    nx_buf_addz(&z->bytes, name);
    nx_buf_add(&z->bytes, stored ? content.p : (const char *)packed, n);
    nx_buf_addz(&z->directory, "PK\1\2");
    add_number(&z->directory, 20, 2);
    add_facts(&z->directory, stored, crc, n, content.n, strlen(name));
    add_number(&z->directory, 0, 6);
    add_number(&z->directory, 0, 4);
    add_number(&z->directory, at, 4);
    nx_buf_addz(&z->directory, name);
    z->count++;
    free(packed);
}

nx_str kit_zip_end(kit_zip *z)
{
    size_t at = z->bytes.len;
    nx_buf_adds(&z->bytes, nx_buf_str(&z->directory));
    nx_buf_addz(&z->bytes, "PK\5\6");
    add_number(&z->bytes, 0, 4);
    add_number(&z->bytes, z->count, 2);
    add_number(&z->bytes, z->count, 2);
    add_number(&z->bytes, z->directory.len, 4);
    add_number(&z->bytes, at, 4);
    add_number(&z->bytes, 0, 2);
    return nx_buf_str(&z->bytes);
}

void kit_zip_release(kit_zip *z)
{
    nx_buf_release(&z->bytes);
    nx_buf_release(&z->directory);
}
