// families.c: see families.h. family_join.c finds the families.
#include "indexer/families.h"

#include <stdlib.h>

#include "indexer/families_internal.h"

enum {
    NO_ENTRY = 0, // in the table
    SCRATCH_MAX = 1 << 20,
};

char *nx_family_id(char out[17], uint64_t family)
{
    for (int i = 15; i >= 0; i--, family >>= 4) {
        out[i] = "0123456789abcdef"[family & 15];
    }
    out[16] = '\0';
    return out;
}

bool nx_family_id_parse(nx_str id, uint64_t *family)
{
    *family = 0;
    for (size_t i = 0; id.n == 16 && i < id.n; i++) {
        char c = id.p[i];
        if (!nx_is_digit(c) && (c < 'a' || c > 'f')) {
            return false;
        }
        *family = *family << 4 | (uint64_t)(nx_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return id.n == 16 && *family != 0;
}

// ---- entries by key

static size_t slot_of(const nx_families *f, uint64_t key)
{
    size_t at = (size_t)key & (f->table_size - 1);
    while (f->table[at] != NO_ENTRY && f->entries[f->table[at] - 1].key != key) {
        at = (at + 1) & (f->table_size - 1);
    }
    return at;
}

static nx_status make_room(nx_families *f, nx_error *err)
{
    if (f->count == f->cap) {
        size_t cap = f->cap < 64 ? 64 : f->cap + f->cap / 2;
        nx_family_article *grown =
            cap < UINT32_MAX ? realloc(f->entries, cap * sizeof *grown) : NULL;
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        f->entries = grown;
        f->cap = cap;
    }
    if ((f->count + 1) * 4 > f->table_size * 3) {
        size_t size = f->table_size < 128 ? 128 : f->table_size * 2;
        uint32_t *table = calloc(size, sizeof *table);
        if (table == NULL) {
            return nx_fail_nomem(err);
        }
        free(f->table);
        f->table = table;
        f->table_size = size;
        for (size_t i = 0; i < f->count; i++) {
            table[slot_of(f, f->entries[i].key)] = (uint32_t)i + 1;
        }
    }
    return NX_OK;
}

size_t nx_families_find(const nx_families *f, uint64_t key)
{
    uint32_t number = f->table_size > 0 ? f->table[slot_of(f, key)] : NO_ENTRY;
    return number != NO_ENTRY ? number - 1 : SIZE_MAX;
}

size_t nx_families_of_record(const nx_families *f, const nx_family_record *r, size_t near)
{
    if (near < f->count && f->entries[near].at == r->at && f->entries[near].key == r->key) {
        return near;
    }
    const size_t i = nx_families_find(f, r->key);
    return i != SIZE_MAX && f->entries[i].at == r->at ? i : SIZE_MAX;
}

// The entry of e->key is now e.
static nx_status enter(nx_families *f, const nx_family_article *e, nx_error *err)
{
    nx_status st = make_room(f, err);
    if (st != NX_OK) {
        return st;
    }
    size_t i = nx_families_find(f, e->key);
    if (i == SIZE_MAX) {
        i = f->count++;
        f->entries[i].key = e->key;
        f->table[slot_of(f, e->key)] = (uint32_t)i + 1;
    }
    f->entries[i] = *e;
    return NX_OK;
}

static void remove_entry(nx_families *f, size_t i)
{
    // Open addressing: what follows the hole moves up when the hole is on its way.
    size_t mask = f->table_size - 1, hole = slot_of(f, f->entries[i].key);
    for (size_t at = (hole + 1) & mask; f->table[at] != NO_ENTRY; at = (at + 1) & mask) {
        size_t home = (size_t)f->entries[f->table[at] - 1].key & mask;
        if (((at - home) & mask) >= ((at - hole) & mask)) {
            f->table[hole] = f->table[at];
            hole = at;
        }
    }
    f->table[hole] = NO_ENTRY;
    size_t last = --f->count;
    if (i != last) {
        f->table[slot_of(f, f->entries[last].key)] = (uint32_t)i + 1;
        f->entries[i] = f->entries[last];
    }
}

// ---- opening

static nx_status take_record(nx_families *f, const nx_family_record *r, nx_error *err)
{
    const size_t i = r->kind == 'F' || r->kind == 'D' ? nx_families_find(f, r->key) : SIZE_MAX;
    f->complete = r->kind == 'E';
    f->records += r->kind == 'P' || r->kind == 'F' || r->kind == 'D';
    if (r->kind == 'P') {
        return enter(f, &(nx_family_article){.key = r->key, .family = r->family, .at = r->at}, err);
    }
    if (r->kind == 'F' && i != SIZE_MAX) {
        f->entries[i].family = r->family;
    } else if (i != SIZE_MAX) {
        remove_entry(f, i);
    }
    return NX_OK;
}

static nx_status read_log(nx_families *f, nx_error *err)
{
    nx_family_reader reader;
    nx_family_record record;
    bool more = true;
    f->complete = true;
    nx_status st = nx_family_reader_open(&reader, &f->log, err);
    while (st == NX_OK && more) {
        st = nx_family_read(&reader, false, &record, &more, err);
        if (st == NX_OK && more) {
            st = take_record(f, &record, err);
        }
    }
    f->complete = f->complete && reader.whole == f->log.end;
    f->log.end = reader.whole;
    nx_family_reader_close(&reader);
    return st;
}

nx_status nx_families_open(nx_families **out, const char *index, nx_error *err)
{
    nx_families *f = calloc(1, sizeof *f);
    *out = NULL;
    if (f == NULL) {
        return nx_fail_nomem(err);
    }
    f->index = index;
    nx_buf_init(&f->scratch, SCRATCH_MAX);
    nx_status st = nx_family_log_open(&f->log, index, "families", err);
    st = st == NX_OK ? read_log(f, err) : st;
    if (st != NX_OK) {
        nx_families_free(f);
        return st;
    }
    *out = f;
    return NX_OK;
}

void nx_families_free(nx_families *f)
{
    if (f != NULL) {
        nx_family_log_close(&f->log);
        nx_buf_release(&f->scratch);
        free(f->entries);
        free(f->table);
        free(f->broken);
        free(f);
    }
}

bool nx_families_complete(const nx_families *f)
{
    return f->complete;
}

// ---- a run

static nx_status log_change(nx_families *f, const nx_family_record *r, uint64_t *at, nx_error *err)
{
    f->records++;
    return nx_family_log_add(&f->log, r, at, err);
}

nx_status nx_families_begin(nx_families *f, nx_error *err)
{
    const nx_family_record begin = {.kind = 'B'};
    nx_status st = nx_family_log_cut(&f->log, err);
    st = st == NX_OK ? nx_family_log_add(&f->log, &begin, NULL, err) : st;
    f->complete = false;
    return st == NX_OK ? nx_family_log_sync(&f->log, err) : st;
}

nx_status nx_families_empty(nx_families *f, nx_error *err)
{
    f->count = f->records = f->broken_count = 0;
    f->log.end = 0;
    if (f->table_size > 0) {
        memset(f->table, 0, f->table_size * sizeof *f->table);
    }
    return nx_families_begin(f, err);
}

// Its family has to be looked at again without it.
static nx_status note_broken(nx_families *f, uint64_t family, nx_error *err)
{
    if (family == 0) {
        return NX_OK;
    }
    if (f->broken_count == f->broken_cap) {
        size_t cap = f->broken_cap < 16 ? 16 : f->broken_cap * 2;
        uint64_t *grown = realloc(f->broken, cap * sizeof *grown);
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        f->broken = grown;
        f->broken_cap = cap;
    }
    f->broken[f->broken_count++] = family;
    return NX_OK;
}

nx_status nx_families_put(nx_families *f, const nx_family_entry *e, nx_error *err)
{
    const nx_family_record record = {
        .kind = 'P', .key = e->key, .family = e->family, .sketch = e->sketch, .id = e->id};
    const size_t i = nx_families_find(f, e->key);
    uint64_t at = 0;
    nx_status st = i != SIZE_MAX ? note_broken(f, f->entries[i].family, err) : NX_OK;
    st = st == NX_OK ? log_change(f, &record, &at, err) : st;
    const nx_family_article article = {
        .key = e->key, .family = e->family, .mark = e->mark, .at = at, .fresh = 1};
    return st == NX_OK ? enter(f, &article, err) : st;
}

nx_status nx_families_drop(nx_families *f, uint64_t key, nx_error *err)
{
    const nx_family_record record = {.kind = 'D', .key = key};
    const size_t i = nx_families_find(f, key);
    if (i == SIZE_MAX) {
        return NX_OK;
    }
    nx_status st = note_broken(f, f->entries[i].family, err);
    st = st == NX_OK ? log_change(f, &record, NULL, err) : st;
    if (st == NX_OK) {
        remove_entry(f, i);
    }
    return st;
}

nx_status nx_families_join(nx_families *f, nx_family_visit *visit, void *ctx, nx_error *err)
{
    nx_status st = nx_family_log_flush(&f->log, err);
    st = st == NX_OK ? nx_family_join(f, err) : st;
    for (size_t i = 0; st == NX_OK && i < f->count; i++) {
        const nx_family_article *a = &f->entries[i];
        const nx_family_record changed = {.kind = 'F', .key = a->key, .family = a->family};
        st = a->changed ? log_change(f, &changed, NULL, err) : NX_OK;
        if (st == NX_OK && (a->changed || a->mark != 0)) {
            st = visit(ctx, &(nx_family_entry){.key = a->key, .family = a->family, .mark = a->mark},
                       err);
        }
    }
    return st;
}

// ---- the end of a run

// What is up to date, into a log that takes the place of this one.
static nx_status write_anew(nx_families *f, nx_family_log *anew, nx_error *err)
{
    nx_family_reader reader;
    nx_family_record record = {.kind = 'B'};
    bool more = true;
    size_t near = 0;
    nx_status st = nx_family_log_open(anew, f->index, "families.new", err);
    anew->end = 0;
    st = st == NX_OK ? nx_family_log_cut(anew, err) : st;
    st = st == NX_OK ? nx_family_log_add(anew, &record, NULL, err) : st;
    f->records = f->count;
    nx_status opened = nx_family_reader_open(&reader, &f->log, err);
    st = st == NX_OK ? opened : st;
    while (st == NX_OK && more) {
        st = nx_family_read(&reader, true, &record, &more, err);
        const size_t i = st == NX_OK && more && record.kind == 'P'
                             ? nx_families_of_record(f, &record, near)
                             : SIZE_MAX;
        if (i != SIZE_MAX) {
            uint64_t at = 0;
            record.family = f->entries[i].family;
            st = nx_family_log_add(anew, &record, &at, err);
            f->entries[i].at = at;
            near = i + 1;
        }
    }
    nx_family_reader_close(&reader);
    return st;
}

static nx_status replace_log(nx_families *f, nx_error *err)
{
    nx_family_log anew;
    nx_status st = nx_family_log_flush(&f->log, err);
    if (st == NX_OK) {
        st = write_anew(f, &anew, err);
        nx_family_log_close(&f->log);
        f->log = anew;
    }
    return st;
}

nx_status nx_families_end(nx_families *f, nx_error *err)
{
    const nx_family_record end = {.kind = 'E'};
    const bool outdated = f->records > 1000 + 4 * (uint64_t)f->count;
    nx_status st = outdated ? replace_log(f, err) : NX_OK;
    st = st == NX_OK ? nx_family_log_add(&f->log, &end, NULL, err) : st;
    st = st == NX_OK ? nx_family_log_sync(&f->log, err) : st;
    if (st == NX_OK && outdated) {
        st = nx_family_log_rename(&f->log, f->index, "families", err);
    }
    f->complete = st == NX_OK;
    for (size_t i = 0; i < f->count; i++) {
        f->entries[i].mark = 0;
    }
    return st;
}

// ---- entries by number

size_t nx_families_count(const nx_families *f)
{
    return f->count;
}

size_t nx_families_bytes(const nx_families *f)
{
    return f->count * sizeof *f->entries + f->table_size * sizeof *f->table;
}

uint64_t nx_families_key(const nx_families *f, size_t i)
{
    return f->entries[i].key;
}

uint64_t nx_families_mark(const nx_families *f, size_t i)
{
    return f->entries[i].mark;
}

void nx_families_set_mark(nx_families *f, size_t i, uint64_t mark)
{
    f->entries[i].mark = mark;
}

static nx_family_entry entry_of(const nx_family_article *a, const nx_family_record *r)
{
    return (nx_family_entry){
        .key = a->key, .family = a->family, .mark = a->mark, .id = r->id, .sketch = r->sketch};
}

nx_status nx_families_get(nx_families *f, size_t i, nx_family_entry *out, nx_error *err)
{
    nx_family_record record;
    nx_status st = nx_family_log_flush(&f->log, err);
    st = st == NX_OK ? nx_family_read_at(&f->log, f->entries[i].at, &f->scratch, &record, err) : st;
    if (st == NX_OK) {
        *out = entry_of(&f->entries[i], &record);
    }
    return st;
}

nx_status nx_families_each(nx_families *f, nx_family_visit *visit, void *ctx, nx_error *err)
{
    nx_family_reader reader = {.log = NULL};
    nx_family_record record;
    bool more = true;
    size_t near = 0;
    nx_status st = nx_family_log_flush(&f->log, err);
    st = st == NX_OK ? nx_family_reader_open(&reader, &f->log, err) : st;
    while (st == NX_OK && more) {
        st = nx_family_read(&reader, false, &record, &more, err);
        const size_t i = st == NX_OK && more && record.kind == 'P'
                             ? nx_families_of_record(f, &record, near)
                             : SIZE_MAX;
        if (i != SIZE_MAX) {
            const nx_family_entry e = entry_of(&f->entries[i], &record);
            st = visit(ctx, &e, err);
            near = i + 1;
        }
    }
    nx_family_reader_close(&reader);
    return st;
}
