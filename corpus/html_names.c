// html_names.c: names of elements and attributes -> numbers, in any case, by one hash table each.
#include "corpus/html_names.h"

#include <pthread.h>

enum { B = NX_HTML_BLOCK, V = NX_HTML_VOID, R = NX_HTML_RAW, S = NX_HTML_SCOPE };

static const struct {
    const char *name;
    uint8_t flags;
} tags[NX_TAG_COUNT] = {[NX_TAG_ROOT] = {"", NX_HTML_BLOCK},
                        [NX_TAG_TEXT] = {"", 0},
                        [NX_TAG_OTHER] = {"", 0},
#define X(code, name, flags) [NX_TAG_##code] = {name, flags},
                        NX_HTML_TAG_LIST(X)
#undef X
};

static const char *const attrs[NX_ATTR_COUNT] = {
#define X(code, name) [NX_ATTR_##code] = name,
    NX_HTML_ATTR_LIST(X)
#undef X
};

enum { SLOTS = 512 };                               // of tables with about a hundred names
static uint8_t tag_slots[SLOTS], attr_slots[SLOTS]; // number + 1; 0: free
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static uint32_t hash(nx_str name)
{
    uint32_t h = 2166136261U;
    for (size_t i = 0; i < name.n; i++) {
        h = (h ^ (uint8_t)nx_lower(name.p[i])) * 16777619U;
    }
    return (h ^ h >> 15) % SLOTS;
}

static void enter(uint8_t slots[SLOTS], const char *name, size_t number)
{
    uint32_t at = hash(nx_str_of(name));
    while (slots[at] != 0) {
        at = (at + 1) % SLOTS;
    }
    slots[at] = (uint8_t)(number + 1);
}

static void build_tables(void)
{
    for (size_t i = NX_TAG_OTHER + 1; i < NX_TAG_COUNT; i++) {
        enter(tag_slots, tags[i].name, i);
    }
    for (size_t i = 0; i < NX_ATTR_COUNT; i++) {
        enter(attr_slots, attrs[i], i);
    }
}

nx_html_tag nx_html_tag_of(nx_str name)
{
    (void)pthread_once(&tables_once, build_tables);
    for (uint32_t at = hash(name); tag_slots[at] != 0; at = (at + 1) % SLOTS) {
        size_t number = tag_slots[at] - 1U;
        if (nx_str_eq_nocase(nx_str_of(tags[number].name), name)) {
            return (nx_html_tag)number;
        }
    }
    return NX_TAG_OTHER;
}

nx_html_attr nx_html_attr_of(nx_str name)
{
    (void)pthread_once(&tables_once, build_tables);
    for (uint32_t at = hash(name); attr_slots[at] != 0; at = (at + 1) % SLOTS) {
        size_t number = attr_slots[at] - 1U;
        if (nx_str_eq_nocase(nx_str_of(attrs[number]), name)) {
            return (nx_html_attr)number;
        }
    }
    return NX_ATTR_COUNT;
}

unsigned nx_html_tag_flags(nx_html_tag tag)
{
    return tags[tag].flags;
}

bool nx_html_is_block(nx_html_tag tag)
{
    return (tags[tag].flags & NX_HTML_BLOCK) != 0;
}
