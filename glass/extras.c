// extras.c: what does not come from documents: metadata and the spelling dictionary.
//
// Spelling table: W word -> ULAST frequency; and lists of words by fragment, for finding those that
// look like a misspelt one: H + first two bytes, T + last two, B + first and last (words of 2 to 4
// bytes), M + each three bytes in a row. A list has its words in byte order: the first as length
// and bytes, others as bytes in common with the one before, length of the rest, rest; the lengths
// XORed with 96.
#include <stdlib.h>

#include "glass/deflate.h"
#include "glass/internal.h"

enum { LENGTH_XOR = 96 };

static int compare_strings(const void *a, const void *b)
{
    return nx_str_cmp(*(const nx_str *)a, *(const nx_str *)b);
}

// All strings of a vocabulary in byte order, malloc'ed; NULL without memory.
static nx_str *sorted_strings(const nx_vocab *v)
{
    uint32_t n = nx_vocab_count(v);
    nx_str *strings = malloc(((size_t)n + 1) * sizeof *strings);
    if (strings != NULL) {
        for (uint32_t i = 0; i < n; i++) {
            strings[i] = nx_vocab_get(v, i);
        }
        nx_sort(strings, n, sizeof *strings, compare_strings);
    }
    return strings;
}

static nx_status set_metadata(nx_glass_builder *b, nx_str key, nx_str value, nx_error *err)
{
    char *copy = malloc(value.n + 1);
    bool is_new = false;
    uint32_t id = NX_VOCAB_NONE;
    if (copy != NULL && nx_grow(&b->meta_values, &b->meta_cap,
                                (size_t)nx_vocab_count(b->meta_keys) + 1, sizeof *b->meta_values)) {
        id = nx_vocab_add(b->meta_keys, key, &is_new);
    }
    if (id == NX_VOCAB_NONE) {
        free(copy);
        return nx_fail_nomem(err);
    }
    if (value.n > 0) {
        memcpy(copy, value.p, value.n);
    }
    if (!is_new) {
        free((void *)(uintptr_t)b->meta_values[id].p);
    }
    b->meta_values[id] = nx_str_make(copy, value.n);
    return NX_OK;
}

nx_status nx_glass_set_metadata(nx_glass_builder *b, nx_str key, nx_str value, nx_error *err)
{
    if (key.n == 0 || key.n > NX_GLASS_TERM_MAX) {
        return nx_fail(err, NX_ELIMIT, "a metadata key of %zu bytes", key.n);
    }
    (void)pthread_mutex_lock(&b->lock);
    nx_status st = set_metadata(b, key, value, err);
    (void)pthread_mutex_unlock(&b->lock);
    return st;
}

nx_status nx_glass_write_metadata(nx_glass_builder *b, nx_table *postlist, nx_error *err)
{
    nx_str *keys = sorted_strings(b->meta_keys);
    if (keys == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = NX_OK;
    for (uint32_t i = 0; i < nx_vocab_count(b->meta_keys) && st == NX_OK; i++) {
        nx_str value = b->meta_values[nx_vocab_find(b->meta_keys, keys[i])];
        unsigned char key[2 + NX_GLASS_TERM_MAX] = {0x00, 0xc0};
        memcpy(key + 2, keys[i].p, keys[i].n);
        if (value.n > 0) {
            st = nx_table_add(postlist, key, 2 + keys[i].n, value.p, value.n, false, err);
        }
    }
    free(keys);
    return st;
}

static nx_status add_spelling(nx_glass_builder *b, nx_str word, uint32_t frequency, nx_error *err)
{
    bool is_new = false;
    uint32_t id = NX_VOCAB_NONE;
    if (nx_grow(&b->word_counts, &b->word_cap, (size_t)nx_vocab_count(b->words) + 1,
                sizeof *b->word_counts)) {
        id = nx_vocab_add(b->words, word, &is_new);
    }
    if (id == NX_VOCAB_NONE) {
        return nx_fail_nomem(err);
    }
    uint32_t before = is_new ? 0 : b->word_counts[id];
    b->word_counts[id] = before > UINT32_MAX - frequency ? UINT32_MAX : before + frequency;
    return NX_OK;
}

nx_status nx_glass_add_spelling(nx_glass_builder *b, nx_str word, uint32_t frequency, nx_error *err)
{
    if (word.n == 0 || word.n > NX_GLASS_TERM_MAX) {
        return nx_fail(err, NX_ELIMIT, "a word of %zu bytes for the spelling dictionary", word.n);
    }
    if (word.n == 1) {
        return NX_OK; // libxapian does not keep them either: nothing to correct
    }
    (void)pthread_mutex_lock(&b->lock);
    nx_status st = add_spelling(b, word, frequency, err);
    (void)pthread_mutex_unlock(&b->lock);
    return st;
}

// A fragment of a word: kind letter and up to three bytes, as a number that sorts like the key.
typedef struct fragment {
    uint32_t key;
    uint32_t word; // index in the sorted words
} fragment;

typedef struct fragments {
    fragment *items;
    size_t count, cap;
} fragments;

static void add_fragment(fragments *f, char kind, const char *bytes, size_t n, uint32_t word)
{
    uint32_t key = (uint32_t)(unsigned char)kind << 24;
    for (size_t i = 0; i < n; i++) {
        key |= (uint32_t)(unsigned char)bytes[i] << (16 - 8 * i);
    }
    f->items[f->count++] = (fragment){key, word};
}

static bool add_fragments(fragments *f, nx_str word, uint32_t index)
{
    if (word.n < 2) {
        return true;
    }
    if (!nx_grow(&f->items, &f->cap, f->count + word.n + 3, sizeof *f->items)) {
        return false;
    }
    add_fragment(f, 'H', word.p, 2, index);
    add_fragment(f, 'T', word.p + word.n - 2, 2, index);
    if (word.n <= 4) {
        char ends[2] = {word.p[0], word.p[word.n - 1]};
        add_fragment(f, 'B', ends, 2, index);
    }
    for (size_t i = 0; i + 3 <= word.n; i++) {
        add_fragment(f, 'M', word.p + i, 3, index);
    }
    return true;
}

static int compare_fragments(const void *a, const void *b)
{
    const fragment *x = a, *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->word < y->word ? -1 : x->word > y->word;
}

static void put_word(nx_buf *tag, nx_str before, nx_str word)
{
    size_t same = 0;
    if (before.p != NULL) {
        while (same < before.n && same < word.n && before.p[same] == word.p[same]) {
            same++;
        }
        nx_buf_addc(tag, (char)(same ^ LENGTH_XOR));
    }
    nx_buf_addc(tag, (char)((word.n - same) ^ LENGTH_XOR));
    nx_buf_add(tag, word.p + same, word.n - same);
}

// The spelling table being written.
typedef struct spelling {
    nx_table *table;
    nx_deflater *deflater;
    nx_buf tag, stored;
} spelling;

static nx_status put_tag(spelling *s, const unsigned char *key, size_t key_n, nx_error *err)
{
    nx_buf_clear(&s->stored);
    bool deflated = false;
    if (s->tag.len > NX_GLASS_COMPRESS_MIN) {
        deflated = nx_deflate(s->deflater, NX_TAG_WORDS, s->tag.data, s->tag.len, &s->stored);
    } else {
        nx_buf_adds(&s->stored, nx_buf_str(&s->tag));
    }
    nx_status st = nx_buf_check(&s->tag, "a list of words", err);
    if (st == NX_OK) {
        st = nx_buf_check(&s->stored, "a list of words", err);
    }
    return st == NX_OK
               ? nx_table_add(s->table, key, key_n, s->stored.data, s->stored.len, deflated, err)
               : st;
}

static nx_status write_fragments(spelling *s, fragments *f, const nx_str *words, nx_error *err)
{
    nx_sort(f->items, f->count, sizeof *f->items, compare_fragments);
    nx_status st = NX_OK;
    for (size_t i = 0; i < f->count && st == NX_OK;) {
        uint32_t key_number = f->items[i].key;
        nx_str before = NX_STR_NONE;
        nx_buf_clear(&s->tag);
        for (; i < f->count && f->items[i].key == key_number; i++) {
            nx_str word = words[f->items[i].word];
            if (word.p != before.p) { // "banana" has "ana" twice
                put_word(&s->tag, before, word);
                before = word;
            }
        }
        unsigned char key[4];
        nx_put_be32(key, key_number);
        st = put_tag(s, key, key[0] == 'M' ? 4 : 3, err);
    }
    return st;
}

static nx_status write_words(nx_glass_builder *b, spelling *s, const nx_str *words, size_t count,
                             uint32_t *frequency_max, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; i < count && st == NX_OK; i++) {
        uint32_t frequency = b->word_counts[nx_vocab_find(b->words, words[i])];
        unsigned char key[1 + NX_GLASS_TERM_MAX] = {'W'}, tag[8];
        memcpy(key + 1, words[i].p, words[i].n);
        size_t n = (size_t)(nx_put_ulast(tag, frequency) - tag);
        st = nx_table_add(s->table, key, 1 + words[i].n, tag, n, false, err);
        if (frequency > *frequency_max) {
            *frequency_max = frequency;
        }
    }
    return st;
}

static nx_status fill_spelling(nx_glass_builder *b, spelling *s, const nx_str *words, size_t count,
                               uint32_t *frequency_max, nx_error *err)
{
    fragments f = {.count = 0};
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) {
        ok = add_fragments(&f, words[i], (uint32_t)i);
    }
    // 'B', 'H', 'M' and 'T' sort before 'W'.
    nx_status st = ok ? write_fragments(s, &f, words, err) : nx_fail_nomem(err);
    free(f.items);
    return st == NX_OK ? write_words(b, s, words, count, frequency_max, err) : st;
}

nx_status nx_glass_write_spelling(nx_glass_builder *b, nx_table_root *root, uint32_t *frequency_max,
                                  nx_error *err)
{
    *frequency_max = 0;
    *root = (nx_table_root){.present = false};
    nx_str *words = sorted_strings(b->words);
    if (words == NULL) {
        return nx_fail_nomem(err);
    }
    size_t count = 0; // those with a frequency
    for (uint32_t i = 0; i < nx_vocab_count(b->words); i++) {
        if (b->word_counts[nx_vocab_find(b->words, words[i])] > 0) {
            words[count++] = words[i];
        }
    }
    if (count == 0) {
        free(words);
        return NX_OK;
    }
    spelling s = {.deflater = nx_deflater_new()};
    nx_buf_init(&s.tag, SIZE_MAX / 4);
    nx_buf_init(&s.stored, SIZE_MAX / 4);
    char *path = nx_glass_file(b, "spelling.glass");
    nx_status st = s.deflater != NULL && path != NULL
                       ? nx_table_create(&s.table, path, b->options.block_size, err)
                       : nx_fail_nomem(err);
    if (st == NX_OK) {
        st = fill_spelling(b, &s, words, count, frequency_max, err);
    }
    if (st == NX_OK) {
        st = nx_table_finish(s.table, root, err);
    } else {
        nx_table_abandon(s.table);
    }
    free(path);
    free(words);
    nx_deflater_free(s.deflater);
    nx_buf_release(&s.tag);
    nx_buf_release(&s.stored);
    return st;
}
