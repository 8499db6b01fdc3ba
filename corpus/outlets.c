// outlets.c: outlets by host and by name, wire agencies by the ways they are credited.
//
// Names, hosts and aliases are general knowledge; a name that is not in the tables is simply not
// recognised. Must not know: where in an article the name stood.
#include "corpus/attribute.h"

#include "base/utf8.h"
#include "corpus/letters.h"
#include "corpus/outlets_table.h"

enum {
    KEY_MAX = 80,
    AGENCY_MAX = 48, // bytes of the longest way an agency is credited; most lines are longer
};

static nx_str look_up(const nx_outlet_row *rows, size_t count, nx_str key)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = nx_str_cmp(key, nx_str_of(rows[mid].key));
        if (c == 0) {
            return nx_str_of(rows[mid].name);
        }
        if (c < 0) {
            high = mid;
        } else {
            low = mid + 1;
        }
    }
    return NX_STR_NONE;
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
        nx_str name = look_up(nx_outlet_hosts, nx_outlet_host_count, rest);
        if (name.p != NULL) {
            return name;
        }
        size_t dot = nx_str_find(rest, NX_STR("."), 0);
        rest = nx_str_make(rest.p + dot + 1, rest.n - dot - 1);
    }
    return NX_STR_NONE;
}

// The key of a name; see outlets_table.h. Empty when it is too long for any outlet's.
static nx_str fold_name(nx_str name, char key[KEY_MAX])
{
    size_t n = 0;
    bool space = false;
    for (size_t i = 0, next = 0; i < name.n; i = next) {
        uint32_t c = nx_utf8_decode(name, i, &next, NULL);
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
        n += nx_utf8_encode(c == 0x2019 ? '\'' : nx_letter_lower(c), key + n);
    }
    nx_str folded = nx_str_make(key, n);
    if (nx_str_starts(folded, NX_STR("the ")) && n > 4) {
        folded = nx_str_make(key + 4, n - 4);
    }
    return folded;
}

nx_str nx_outlet_by_name(nx_str name)
{
    char key[KEY_MAX];
    nx_str folded = fold_name(nx_str_trim(name), key);
    return folded.n > 0 ? look_up(nx_outlet_names, nx_outlet_name_count, folded) : NX_STR_NONE;
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
    char key[KEY_MAX];
    nx_str folded = fold_name(name, key);
    nx_str agency = look_up(nx_agency_codes, nx_agency_code_count, name);
    if (agency.p != NULL || folded.n == 0) {
        return agency;
    }
    return look_up(nx_agency_names, nx_agency_name_count, folded);
}
