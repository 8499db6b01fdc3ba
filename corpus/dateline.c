// dateline.c: the dateline that opens an agency's story.
#include "corpus/attribute.h"

size_t nx_dateline_parse(nx_str line, nx_str *place, nx_str *agency, nx_str *outlet)
{
    (void)line;
    *place = *agency = *outlet = NX_STR_NONE;
    return 0;
}
