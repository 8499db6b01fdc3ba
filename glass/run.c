// run.c: see run.h. A binary heap of runs; keys compare by their first 8 bytes in one step.
#include "glass/run.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

// Two key lengths, the key, batch and payload length.
enum { ENTRY_HEAD_MAX = 2 * NX_GLASS_U_MAX + NX_GLASS_KEY_MAX + 2 * NX_GLASS_U_MAX };

typedef struct source {
    const unsigned char *p, *end; // what is at hand
    int fd;                       // -1: all is at hand
    uint64_t offset, left;        // of the file, not yet at hand
    unsigned char *buffer;
    size_t buffer_cap;
    uint64_t prefix; // first 8 bytes of the key, big endian
    unsigned char key[NX_GLASS_KEY_MAX];
    nx_run_entry entry;
} source;

struct nx_merge {
    source *sources;
    source **heap;
    size_t count, live;
    bool started;
};

void nx_run_put(nx_buf *out, nx_run_key *last, const unsigned char *key, size_t key_n,
                uint32_t batch, const void *payload, size_t payload_n)
{
    size_t same = 0;
    while (same < key_n && same < last->n && key[same] == last->bytes[same]) {
        same++;
    }
    unsigned char *to = payload_n < SIZE_MAX / 2
                            ? (unsigned char *)nx_buf_reserve(out, ENTRY_HEAD_MAX + payload_n)
                            : NULL;
    if (to == NULL) {
        return;
    }
    unsigned char *p = nx_put_u(to, same);
    p = nx_put_u(p, key_n - same);
    memcpy(p, key + same, key_n - same);
    p = nx_put_u(p + (key_n - same), batch);
    p = nx_put_u(p, payload_n);
    memcpy(p, payload, payload_n);
    out->len += (size_t)(p - to) + payload_n;
    memcpy(last->bytes, key, key_n);
    last->n = key_n;
}

nx_merge *nx_merge_new(size_t max_runs)
{
    nx_merge *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return NULL;
    }
    m->sources = calloc(max_runs + 1, sizeof *m->sources);
    m->heap = calloc(max_runs + 1, sizeof(source *));
    if (m->sources == NULL || m->heap == NULL) {
        nx_merge_free(m);
        return NULL;
    }
    return m;
}

void nx_merge_free(nx_merge *m)
{
    if (m == NULL) {
        return;
    }
    for (size_t i = 0; i < m->count; i++) {
        free(m->sources[i].buffer);
    }
    free(m->sources);
    free(m->heap);
    free(m);
}

void nx_merge_add_memory(nx_merge *m, const unsigned char *bytes, size_t n)
{
    m->sources[m->count++] = (source){.p = bytes, .end = bytes + n, .fd = -1};
}

void nx_merge_add_file(nx_merge *m, int fd, uint64_t offset, uint64_t n, size_t buffer)
{
    m->sources[m->count++] = (source){.fd = fd, .offset = offset, .left = n, .buffer_cap = buffer};
}

nx_status nx_read_at(int fd, uint64_t offset, void *to, size_t n, nx_error *err)
{
    unsigned char *p = to;
    while (n > 0) {
        ssize_t got = pread(fd, p, n, (off_t)offset);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return nx_fail_errno(err, errno, "reading a temporary run");
        }
        if (got == 0) {
            return nx_fail(err, NX_EIO, "a temporary run is cut short");
        }
        p += got;
        offset += (uint64_t)got;
        n -= (size_t)got;
    }
    return NX_OK;
}

// Gets n bytes at hand, or all there are.
static nx_status fill(source *s, size_t n, nx_error *err)
{
    size_t have = (size_t)(s->end - s->p);
    if (have >= n || s->left == 0) {
        return NX_OK;
    }
    if (s->buffer == NULL || n > s->buffer_cap) {
        size_t cap = n > s->buffer_cap ? n : s->buffer_cap;
        unsigned char *grown = malloc(cap);
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        if (have > 0) {
            memcpy(grown, s->p, have);
        }
        free(s->buffer);
        s->buffer = grown;
        s->buffer_cap = cap;
    } else if (have > 0) {
        memmove(s->buffer, s->p, have);
    }
    size_t want = s->buffer_cap - have;
    if (want > s->left) {
        want = (size_t)s->left;
    }
    nx_status st = nx_read_at(s->fd, s->offset, s->buffer + have, want, err);
    s->offset += want;
    s->left -= want;
    s->p = s->buffer;
    s->end = s->buffer + have + want;
    return st;
}

// Reads the next entry of one run; *more is false at its end.
static nx_status step(source *s, bool *more, nx_error *err)
{
    nx_status st = fill(s, ENTRY_HEAD_MAX, err);
    *more = st == NX_OK && s->p < s->end;
    if (!*more) {
        return st;
    }
    uint64_t same = nx_get_u(&s->p, s->end), rest = nx_get_u(&s->p, s->end);
    if (same > s->entry.key_n || rest > NX_GLASS_KEY_MAX - same || rest > (size_t)(s->end - s->p)) {
        return nx_fail(err, NX_EIO, "a temporary run is damaged");
    }
    memcpy(s->key + same, s->p, rest);
    s->p += rest;
    s->entry.key = s->key;
    s->entry.key_n = (size_t)(same + rest);
    s->entry.batch = (uint32_t)nx_get_u(&s->p, s->end);
    uint64_t payload = nx_get_u(&s->p, s->end);
    if (payload > s->left + (uint64_t)(s->end - s->p)) {
        return nx_fail(err, NX_EIO, "a temporary run is damaged");
    }
    st = fill(s, (size_t)payload, err);
    s->entry.payload = s->p;
    s->entry.payload_n = (size_t)payload;
    s->p += payload;
    s->prefix = 0;
    for (size_t i = 0; i < 8; i++) {
        s->prefix = s->prefix << 8 | (i < s->entry.key_n ? s->key[i] : 0);
    }
    return st;
}

static bool before(const source *a, const source *b)
{
    if (a->prefix != b->prefix) {
        return a->prefix < b->prefix;
    }
    int c = nx_str_cmp(nx_str_make((const char *)a->key, a->entry.key_n),
                       nx_str_make((const char *)b->key, b->entry.key_n));
    return c != 0 ? c < 0 : a->entry.batch < b->entry.batch;
}

static void sift_down(nx_merge *m, size_t i)
{
    source *moving = m->heap[i];
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= m->live) {
            break;
        }
        if (child + 1 < m->live && before(m->heap[child + 1], m->heap[child])) {
            child++;
        }
        if (!before(m->heap[child], moving)) {
            break;
        }
        m->heap[i] = m->heap[child];
        i = child;
    }
    m->heap[i] = moving;
}

static nx_status start(nx_merge *m, nx_error *err)
{
    m->started = true;
    for (size_t i = 0; i < m->count; i++) {
        bool more = false;
        nx_status st = step(&m->sources[i], &more, err);
        if (st != NX_OK) {
            return st;
        }
        if (more) {
            m->heap[m->live++] = &m->sources[i];
        }
    }
    for (size_t i = m->live / 2; i-- > 0;) {
        sift_down(m, i);
    }
    return NX_OK;
}

nx_status nx_merge_next(nx_merge *m, const nx_run_entry **entry, nx_error *err)
{
    *entry = NULL;
    nx_status st = NX_OK;
    if (!m->started) {
        st = start(m, err);
    } else if (m->live > 0) {
        bool more = false;
        st = step(m->heap[0], &more, err);
        if (!more) {
            m->heap[0] = m->heap[--m->live];
        }
        if (m->live > 0) {
            sift_down(m, 0);
        }
    }
    if (st == NX_OK && m->live > 0) {
        *entry = &m->heap[0]->entry;
    }
    return st;
}
