// language.c: the language of a text, from its words and letters.
#include "corpus/attribute.h"

nx_str nx_language_detect(nx_str text)
{
    (void)text;
    return NX_STR_NONE;
}
