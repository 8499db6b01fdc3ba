// table.c: see table.h and format.h.
#include "glass/table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "glass/format.h"

enum {
    HEADER = 11,
    DIR_SLOT = 2,
    MAX_LEVELS = 10,
    MIN_PIECE = 31, // a shorter piece does not earn the header of the next one
    MAX_PIECES = 65535,
    ITEM_SIZE_LIMIT = 0x1fff + 3,
    FLAG_DEFLATED = 0x8000,
    FLAG_LAST = 0x4000,
    FLAG_FIRST = 0x2000,
    OUT_BYTES = 256 << 10,
};

typedef struct divider {
    unsigned char key[NX_GLASS_KEY_MAX];
    uint8_t key_n;
    uint16_t piece;
} divider;

// The block of a level that is being filled.
typedef struct level {
    unsigned char *block;
    uint32_t dir_end, low; // the gap between them is free
    divider left_edge;     // divides this block from its left neighbour
} level;

struct nx_table {
    int fd;
    char *path;
    uint32_t block_size, max_item, blocks;
    level levels[MAX_LEVELS];
    unsigned level_count;
    const unsigned char
        *last_key; // in the last item; stays in the leaf's block when that is emitted
    size_t last_key_n;
    uint64_t entries;
    unsigned char *out; // whole blocks not yet written
    size_t out_n, out_cap;
    nx_status failed;
};

static nx_status open_level(nx_table *t, nx_error *err)
{
    if (t->level_count == MAX_LEVELS) {
        return nx_fail(err, NX_ELIMIT, "%s: more than %d levels", t->path, MAX_LEVELS);
    }
    level *l = &t->levels[t->level_count];
    l->block = malloc(t->block_size);
    if (l->block == NULL) {
        return nx_fail_nomem(err);
    }
    l->dir_end = HEADER;
    l->low = t->block_size;
    l->left_edge = (divider){.key_n = 0};
    t->level_count++;
    return NX_OK;
}

nx_status nx_table_create(nx_table **out, const char *path, uint32_t block_size, nx_error *err)
{
    *out = NULL;
    nx_table *t = calloc(1, sizeof *t);
    if (t == NULL) {
        return nx_fail_nomem(err);
    }
    t->fd = -1;
    t->block_size = block_size;
    t->max_item = (block_size - HEADER - 4 * DIR_SLOT) / 4;
    if (t->max_item > ITEM_SIZE_LIMIT) {
        t->max_item = ITEM_SIZE_LIMIT;
    }
    t->out_cap = OUT_BYTES;
    t->out = malloc(t->out_cap);
    t->path = strdup(path);
    nx_status st = NX_OK;
    if (t->out == NULL || t->path == NULL) {
        st = nx_fail_nomem(err);
    } else if ((t->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) < 0) {
        st = nx_fail_errno(err, errno, "%s", path);
    } else {
        st = open_level(t, err);
    }
    if (st != NX_OK) {
        nx_table_abandon(t);
        return st;
    }
    // The item with the empty key that readers start from.
    level *leaf = &t->levels[0];
    leaf->low -= 3;
    nx_put_be16(leaf->block + leaf->low, FLAG_FIRST | FLAG_LAST);
    leaf->block[leaf->low + 2] = 0;
    nx_put_be16(leaf->block + HEADER, leaf->low);
    leaf->dir_end += DIR_SLOT;
    *out = t;
    return NX_OK;
}

static nx_status write_out(nx_table *t, nx_error *err)
{
    nx_status st = nx_write_all(t->fd, t->out, t->out_n, t->path, err);
    t->out_n = 0;
    return st;
}

// Bytes an item may have in what is left of the block.
static inline uint32_t room_of(const level *l)
{
    uint32_t gap = l->low - l->dir_end;
    return gap > DIR_SLOT ? gap - DIR_SLOT : 0;
}

// Makes room for an item of n bytes at the end of the order; n <= room_of(l).
static inline unsigned char *place(level *l, uint32_t n)
{
    l->low -= n;
    nx_put_be16(l->block + l->dir_end, l->low);
    l->dir_end += DIR_SLOT;
    return l->block + l->low;
}

// The block at height goes to the file; *number is where.
static nx_status emit(nx_table *t, unsigned height, uint32_t *number, nx_error *err)
{
    level *l = &t->levels[height];
    uint32_t gap = l->low - l->dir_end;
    unsigned char *p = nx_put_be32(l->block, NX_GLASS_REVISION);
    *p++ = (unsigned char)height;
    p = nx_put_be16(p, gap);
    p = nx_put_be16(p, gap);
    nx_put_be16(p, l->dir_end);
    memset(l->block + l->dir_end, 0, gap);
    if (t->blocks == UINT32_MAX) {
        return nx_fail(err, NX_ELIMIT, "%s: too many blocks", t->path);
    }
    *number = t->blocks++;
    if (t->out_n + t->block_size > t->out_cap) {
        nx_status st = write_out(t, err);
        if (st != NX_OK) {
            return st;
        }
    }
    memcpy(t->out + t->out_n, l->block, t->block_size);
    t->out_n += t->block_size;
    l->dir_end = HEADER;
    l->low = t->block_size;
    return NX_OK;
}

// Emits the block at height and tells the level above, whose block may be full in turn.
static nx_status hand_up(nx_table *t, unsigned height, nx_error *err)
{
    uint32_t number = 0;
    nx_status st = emit(t, height, &number, err);
    if (st == NX_OK && height + 1 == t->level_count) {
        st = open_level(t, err);
    }
    if (st != NX_OK) {
        return st;
    }
    const divider *edge = &t->levels[height].left_edge;
    level *up = &t->levels[height + 1];
    if (up->dir_end > HEADER && 7U + edge->key_n > room_of(up)) {
        st = hand_up(t, height + 1, err); // recursion is bounded by MAX_LEVELS
        if (st != NX_OK) {
            return st;
        }
    }
    bool first = up->dir_end == HEADER;
    if (first) {
        up->left_edge = *edge;
    }
    uint8_t key_n = first ? 0 : edge->key_n;
    unsigned char *p = nx_put_be32(place(up, 7U + key_n), number);
    *p++ = key_n;
    memcpy(p, edge->key, key_n);
    nx_put_be16(p + key_n, first ? 0 : edge->piece);
    return NX_OK;
}

// Ends the leaf before the item (key, piece): the shortest key that is above the leaf's last and
// not above this one divides the two.
static nx_status next_leaf(nx_table *t, const unsigned char *key, size_t key_n, uint32_t piece,
                           nx_error *err)
{
    nx_status st = hand_up(t, 0, err);
    if (st != NX_OK) {
        return st;
    }
    size_t same = 0;
    while (same < key_n && same < t->last_key_n && key[same] == t->last_key[same]) {
        same++;
    }
    divider *edge = &t->levels[0].left_edge;
    edge->key_n = (uint8_t)(same < key_n ? same + 1 : key_n);
    memcpy(edge->key, key, edge->key_n);
    edge->piece = (uint16_t)piece;
    return NX_OK;
}

// Adds a piece of take bytes, for which there is room; with flags.
static inline void put_item(nx_table *t, const unsigned char *key, size_t key_n, uint32_t piece,
                            const unsigned char *tag, size_t take, uint32_t flags)
{
    uint32_t size = (uint32_t)((piece == 1 ? 3 : 5) + key_n + take);
    unsigned char *p = nx_put_be16(place(&t->levels[0], size), flags | (size - 3));
    *p++ = (unsigned char)key_n;
    t->last_key = p;
    t->last_key_n = key_n;
    memcpy(p, key, key_n);
    p += key_n;
    if (piece > 1) {
        p = nx_put_be16(p, piece);
    }
    if (take > 0) {
        memcpy(p, tag, take);
    }
}

static nx_status add_pieces(nx_table *t, const unsigned char *key, size_t key_n,
                            const unsigned char *tag, size_t tag_n, uint32_t flags, nx_error *err)
{
    uint32_t piece = 1;
    size_t left = tag_n;
    do {
        uint32_t overhead = (uint32_t)(piece == 1 ? 3 + key_n : 5 + key_n);
        uint32_t room = room_of(&t->levels[0]);
        size_t take = left < t->max_item - overhead ? left : t->max_item - overhead;
        if (overhead + take > room) {
            if (room < overhead + MIN_PIECE) {
                nx_status st = next_leaf(t, key, key_n, piece, err);
                if (st != NX_OK) {
                    return st;
                }
            } else {
                take = room - overhead;
            }
        }
        if (piece > MAX_PIECES) {
            return nx_fail(err, NX_ELIMIT, "%s: a tag of %zu bytes", t->path, tag_n);
        }
        put_item(t, key, key_n, piece, tag + (tag_n - left), take,
                 flags | (piece == 1 ? FLAG_FIRST : 0U) | (take == left ? FLAG_LAST : 0U));
        left -= take;
        piece++;
    } while (left > 0);
    return NX_OK;
}

static inline bool ascends(const nx_table *t, const unsigned char *key, size_t key_n)
{
    size_t both = t->last_key_n < key_n ? t->last_key_n : key_n;
    int c = both > 0 ? memcmp(t->last_key, key, both) : 0;
    return c < 0 || (c == 0 && t->last_key_n < key_n);
}

nx_status nx_table_add(nx_table *t, const unsigned char *key, size_t key_n, const void *tag,
                       size_t tag_n, bool deflated, nx_error *err)
{
    if (t->failed != NX_OK) {
        return nx_fail(err, t->failed, "%s: an earlier write failed", t->path);
    }
    if (key_n == 0 || key_n > NX_GLASS_KEY_MAX) {
        return nx_fail(err, NX_EBUG, "%s: a key of %zu bytes", t->path, key_n);
    }
    if (!ascends(t, key, key_n)) {
        return nx_fail(err, NX_EBUG, "%s: keys out of order", t->path);
    }
    uint32_t flags = deflated ? FLAG_DEFLATED : 0U;
    size_t size = 3 + key_n + tag_n;
    if (size <= t->max_item && size <= room_of(&t->levels[0])) { // nearly always
        put_item(t, key, key_n, 1, tag, tag_n, flags | FLAG_FIRST | FLAG_LAST);
    } else {
        t->failed = add_pieces(t, key, key_n, tag, tag_n, flags, err);
    }
    t->entries++;
    return t->failed;
}

static nx_status finish(nx_table *t, nx_table_root *root, nx_error *err)
{
    if (t->failed != NX_OK) {
        return nx_fail(err, t->failed, "%s: an earlier write failed", t->path);
    }
    unsigned height = 0;
    for (; height + 1 < t->level_count; height++) {
        nx_status st = hand_up(t, height, err);
        if (st != NX_OK) {
            return st;
        }
    }
    nx_status st = emit(t, height, &root->root, err);
    if (st == NX_OK) {
        st = write_out(t, err);
    }
    if (st == NX_OK && fsync(t->fd) != 0) {
        st = nx_fail_errno(err, errno, "%s", t->path);
    }
    int fd = t->fd;
    t->fd = -1;
    if (close(fd) != 0 && st == NX_OK) {
        st = nx_fail_errno(err, errno, "%s", t->path);
    }
    root->present = true;
    root->blocks = t->blocks;
    root->level = height;
    root->entries = t->entries;
    return st;
}

nx_status nx_table_finish(nx_table *t, nx_table_root *root, nx_error *err)
{
    *root = (nx_table_root){.present = false};
    if (t == NULL) {
        return NX_OK;
    }
    nx_status st = finish(t, root, err);
    nx_table_abandon(t);
    return st;
}

void nx_table_abandon(nx_table *t)
{
    if (t == NULL) {
        return;
    }
    if (t->fd >= 0) {
        (void)close(t->fd); // the file is given up: nothing to report
    }
    for (unsigned i = 0; i < t->level_count; i++) {
        free(t->levels[i].block);
    }
    free(t->out);
    free(t->path);
    free(t);
}
