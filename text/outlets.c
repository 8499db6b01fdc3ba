// outlets.c: outlets by host and by name, wire agencies by the ways they are credited.
//
// Names, hosts and aliases are general knowledge; a name that is not in the tables is simply not
// recognised. Must not know: where in an article the name stood.
#include "text/outlets.h"

#include "base/utf8.h"
#include "text/letters.h"
#include "text/outlets_table.h"
#include "text/rows.h"

enum {
    KEY_MAX = 80,
    NAME_MAX = 100,  // bytes of an outlet's name as it is printed; a line of prose is longer
    AGENCY_MAX = 48, // bytes of the longest way an agency is credited; most lines are longer
    GLANCE = sizeof(uint64_t), // bytes of a key that are looked at first; more than "the "
};

typedef struct table {
    const nx_outlet_row *rows;
    const size_t *count;
} table;

static const table hosts = {nx_outlet_hosts, &nx_outlet_host_count};
static const table outlets = {nx_outlet_names, &nx_outlet_name_count};
static const table agencies = {nx_agency_names, &nx_agency_name_count};
static const table codes = {nx_agency_codes, &nx_agency_code_count};

// The first bytes of a key as rows are ordered by them, see rows.h.
static uint64_t number_of(nx_str key)
{
    char first[GLANCE] = "";
    memcpy(first, key.p, key.n < GLANCE ? key.n : GLANCE);
    return nx_word64_ordered(first);
}

// The first row that does not begin with less than wanted.
static const nx_outlet_row *first_from(const table *t, uint64_t wanted)
{
    return t->rows + nx_rows_from(t->rows, sizeof *t->rows, *t->count, wanted);
}

static nx_str look_up(const table *t, nx_str key)
{
    const uint64_t wanted = number_of(key);
    const nx_outlet_row *end = t->rows + *t->count;
    for (const nx_outlet_row *r = first_from(t, wanted);
         r < end && nx_word64_ordered(r->key) == wanted; r++) {
        if (nx_row_cmp(key, r->key) == 0) {
            return nx_str_of(r->name);
        }
    }
    return NX_STR_NONE;
}

// Does any row begin with these bytes, as far as they are looked at?
static bool any_begins(const table *t, nx_str bytes)
{
    const uint64_t wanted = number_of(bytes);
    const nx_outlet_row *r = first_from(t, wanted);
    const size_t rest = bytes.n < GLANCE ? GLANCE - bytes.n : 0; // that may be anything
    return r < t->rows + *t->count && (nx_word64_ordered(r->key) ^ wanted) >> 8 * rest == 0;
}

nx_str nx_outlet_by_host(nx_str host)
{
    char lower[256];
    if (host.n >= sizeof lower) {
        return NX_STR_NONE;
    }
    for (size_t i = 0; i < host.n; i++) {
        lower[i] = nx_lower(host.p[i]);
    }
    nx_str rest = nx_str_make(lower, host.n);
    while (nx_str_find(rest, NX_STR("."), 0) != SIZE_MAX) {
        nx_str name = look_up(&hosts, rest);
        if (name.p != NULL) {
            return name;
        }
        size_t dot = nx_str_find(rest, NX_STR("."), 0);
        rest = nx_str_skip(rest, dot + 1);
    }
    return NX_STR_NONE;
}

// Writes the key of a name, see outlets_table.h, or only its first bytes: at least max of them.
// Empty when it is too long for any outlet's.
static nx_str fold_name(nx_str name, char key[KEY_MAX], size_t max)
{
    size_t n = 0;
    bool space = false;
    for (size_t i = 0, next = 0; i < name.n && n < max; i = next) {
        uint32_t c = (unsigned char)name.p[i];
        next = i + 1;
        if (c >= 0x80) {
            c = nx_utf8_decode(name, i, &next, NULL);
        }
        if (c == '.') {
            continue;
        }
        if (c == ' ' || c == '-' || c == '_' || c == '/' || c == 0xa0) {
            space = n > 0;
            continue;
        }
        if (n + 5 > KEY_MAX) {
            return NX_STR("");
        }
        if (space) {
            key[n++] = ' ';
            space = false;
        }
        if (c < 0x80) {
            key[n++] = nx_lower((char)c);
        } else {
            n += nx_utf8_encode(c == 0x2019 ? '\'' : nx_letter_lower(c), key + n);
        }
    }
    nx_str folded = nx_str_make(key, n);
    if (nx_str_starts(folded, NX_STR("the ")) && n > 4) {
        folded = nx_str_make(key + 4, n - 4);
    }
    return folded;
}

// What the name means in a table whose keys are folded. Prose and the names of people are told
// from all of them by their first letters.
static nx_str by_folded(const table *t, nx_str name)
{
    char key[KEY_MAX];
    nx_str first = fold_name(name, key, GLANCE);
    if (first.n == 0 || !any_begins(t, first)) {
        return NX_STR_NONE;
    }
    nx_str folded = fold_name(name, key, KEY_MAX);
    return folded.n > 0 ? look_up(t, folded) : NX_STR_NONE;
}

nx_str nx_outlet_by_name(nx_str name)
{
    name = nx_str_trim(name);
    return name.n <= NAME_MAX ? by_folded(&outlets, name) : NX_STR_NONE;
}

nx_str nx_agency_by_name(nx_str name)
{
    name = nx_str_trim(name);
    while (name.n >= 2 && (name.p[0] == '(' || name.p[0] == '[') &&
           (name.p[name.n - 1] == ')' || name.p[name.n - 1] == ']')) {
        name = nx_str_trim(nx_str_make(name.p + 1, name.n - 2));
    }
    if (name.n == 0 || name.n > AGENCY_MAX) {
        return NX_STR_NONE;
    }
    nx_str agency = look_up(&codes, name);
    return agency.p != NULL ? agency : by_folded(&agencies, name);
}

bool nx_is_credit(nx_str name)
{
    return nx_agency_by_name(name).p != NULL || nx_outlet_by_name(name).p != NULL;
}
