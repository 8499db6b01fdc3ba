// number.c: see number.h.
#include "text/number.h"

static bool is_separator(char c)
{
    return c == ',' || c == '.' || c == '\'';
}

static size_t digits_at(nx_str s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && nx_is_digit(s.p[i + n])) {
        n++;
    }
    return n;
}

// What the separators of a whole run say: seen so far.
typedef struct shape {
    char first, last;       // separators
    size_t count;           // separators
    size_t first_n, last_n; // digits before the first and after the last
    bool grouped;           // three digits follow every separator but the last
    bool same;              // every separator but the last is the first one
} shape;

static bool classify(const shape *r, nx_number_kind *kind)
{
    bool groups = r->grouped && r->first_n >= 1 && r->first_n <= 3;
    if (r->first == r->last && r->same && groups && r->last_n == 3) {
        *kind = r->first == '.' && r->count == 1 ? NX_NUMBER_AMBIGUOUS : NX_NUMBER_GROUPED;
        return true;
    }
    *kind = NX_NUMBER_DECIMAL;
    if (r->count == 1) {
        return r->last == '.' || (r->last == ',' && r->last_n <= 3);
    }
    return r->same && groups && r->first != r->last && r->last != '\'';
}

nx_number nx_number_at(nx_str s, size_t i)
{
    nx_number plain = {digits_at(s, i), NX_NUMBER_PLAIN};
    size_t at = i + plain.n;
    if (i >= 2 && is_separator(s.p[i - 1]) && nx_is_digit(s.p[i - 2])) {
        return plain; // inside a run that made no sense: its pieces are not numbers of their own
    }
    shape r = {.first_n = plain.n, .grouped = true, .same = true};
    while (plain.n > 0 && at + 1 < s.n && is_separator(s.p[at]) && nx_is_digit(s.p[at + 1])) {
        if (r.count > 0) {
            r.grouped = r.grouped && r.last_n == 3;
            r.same = r.same && r.last == r.first;
        } else {
            r.first = s.p[at];
        }
        r.last = s.p[at];
        r.last_n = digits_at(s, at + 1);
        r.count++;
        at += 1 + r.last_n;
    }
    nx_number number = {at - i, NX_NUMBER_PLAIN};
    return r.count > 0 && classify(&r, &number.kind) ? number : plain;
}

void nx_number_add(nx_str number, nx_number_kind kind, nx_buf *out)
{
    size_t decimal = SIZE_MAX;
    if (kind == NX_NUMBER_DECIMAL || kind == NX_NUMBER_AMBIGUOUS) {
        for (size_t i = 0; i < number.n; i++) {
            decimal = is_separator(number.p[i]) ? i : decimal;
        }
    }
    for (size_t i = 0; i < number.n; i++) {
        if (nx_is_digit(number.p[i])) {
            nx_buf_addc(out, number.p[i]);
        } else if (i == decimal) {
            nx_buf_addc(out, '.');
        }
    }
}
