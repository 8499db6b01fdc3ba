// outlets.c: outlets by host and by name, wire agencies by the ways they are credited.
//
// Names, hosts and aliases are general knowledge; a name that is not in the tables is simply not
// recognised. Must not know: where in an article the name stood.
#include "corpus/attribute.h"

#include "base/utf8.h"
#include "corpus/letters.h"
#include "corpus/outlets_table.h"
#include "corpus/rows.h"

enum {
    KEY_MAX = 80,
    AGENCY_MAX = 48, // bytes of the longest way an agency is credited; most lines are longer
    GLANCE = 8,      // bytes of a key that are looked at first; more than "the "
};

typedef struct table {
    const nx_outlet_row *rows;
    const size_t *count;
} table;

static const table hosts = {nx_outlet_hosts, &nx_outlet_host_count};
static const table outlets = {nx_outlet_names, &nx_outlet_name_count};
static const table agencies = {nx_agency_names, &nx_agency_name_count};
static const table codes = {nx_agency_codes, &nx_agency_code_count};

// The first row that is not before key; the number of rows when all are.
static size_t first_from(const table *t, nx_str key)
{
    size_t low = 0, high = *t->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (nx_row_cmp(key, t->rows[mid].key) > 0) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

static nx_str look_up(const table *t, nx_str key)
{
    size_t i = first_from(t, key);
    bool found = i < *t->count && nx_row_cmp(key, t->rows[i].key) == 0;
    return found ? nx_str_of(t->rows[i].name) : NX_STR_NONE;
}

// Does any row begin with these bytes?
static bool any_begins(const table *t, nx_str bytes)
{
    size_t i = first_from(t, bytes);
    return i < *t->count && strncmp(t->rows[i].key, bytes.p, bytes.n) == 0;
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
        rest = nx_str_make(rest.p + dot + 1, rest.n - dot - 1);
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
    return by_folded(&outlets, nx_str_trim(name));
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
