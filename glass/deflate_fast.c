// deflate_fast.c: see deflate.h. The only file that includes libdeflate; built when it is there.
#include "glass/deflate.h"

#include <libdeflate.h>

struct nx_fast_deflater; // is a libdeflate_compressor

nx_fast_deflater *nx_fast_deflater_new(int level)
{
    return (nx_fast_deflater *)libdeflate_alloc_compressor(level);
}

void nx_fast_deflater_free(nx_fast_deflater *f)
{
    libdeflate_free_compressor((struct libdeflate_compressor *)f);
}

size_t nx_fast_deflate(nx_fast_deflater *f, const void *bytes, size_t n, void *to, size_t room)
{
    return libdeflate_deflate_compress((struct libdeflate_compressor *)f, bytes, n, to, room);
}
