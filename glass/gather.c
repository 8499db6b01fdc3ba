// gather.c: see gather.h.
#include "glass/gather.h"

#include <stdlib.h>

#include "base/queue.h"
#include "glass/entry.h"

enum { SHEAVES = 3 };

// Sheaves go round between the thread that fills them and the one that takes them.
typedef struct relay {
    nx_sheaf_sink take;
    void *context;
    nx_sheaf sheaves[SHEAVES];
    bool beside;            // on two threads: else one sheaf is enough, and there are no queues
    nx_queue *full, *empty; // have room for all
    pthread_t thread;       // that takes
    nx_status st;           // of that thread
    nx_error err;
} relay;

typedef struct gatherer {
    const nx_glass_builder *b;
    nx_merge *merge;
    relay *relay;
    nx_sheaf *sheaf; // being filled; NULL: what was handed over could not be taken
    const nx_batch *batch;
    unsigned char key[NX_GLASS_KEY_MAX]; // of the part
    size_t key_n, window;
    bool in_part;
} gatherer;

static void *take_all(void *arg)
{
    relay *r = arg;
    for (nx_sheaf *s = NULL; (s = nx_queue_pop(r->full)) != NULL;) {
        r->st = r->take(r->context, s, &r->err);
        if (r->st != NX_OK) {
            break;
        }
        nx_sheaf_clear(s);
        (void)nx_queue_push(r->empty, s); // there is room, and only this side closes it
    }
    nx_queue_close(r->empty);
    return NULL;
}

static nx_status open_relay(relay *r, unsigned threads, nx_error *err)
{
    for (size_t i = 0; i < SHEAVES; i++) {
        nx_sheaf_init(&r->sheaves[i]);
    }
    if (threads < 2) {
        return NX_OK;
    }
    r->full = nx_queue_new(SHEAVES);
    r->empty = nx_queue_new(SHEAVES);
    if (r->full == NULL || r->empty == NULL) {
        return nx_fail_nomem(err);
    }
    for (size_t i = 1; i < SHEAVES; i++) {
        (void)nx_queue_push(r->empty, &r->sheaves[i]);
    }
    r->beside = pthread_create(&r->thread, NULL, take_all, r) == 0; // else it is done here
    return NX_OK;
}

// Waits until all that was handed over is taken.
static nx_status close_relay(relay *r, nx_error *err)
{
    if (r->beside) {
        nx_queue_close(r->full);
        (void)pthread_join(r->thread, NULL);
        if (r->st != NX_OK) {
            *err = r->err;
        }
    }
    for (size_t i = 0; i < SHEAVES; i++) {
        nx_sheaf_release(&r->sheaves[i]);
    }
    nx_queue_free(r->full);
    nx_queue_free(r->empty);
    return r->st;
}

static nx_status hand_over(gatherer *g, nx_error *err)
{
    relay *r = g->relay;
    if (r->beside) {
        (void)nx_queue_push(r->full, g->sheaf);
        g->sheaf = nx_queue_pop(r->empty);
        return NX_OK;
    }
    nx_status st = r->take(r->context, g->sheaf, err);
    nx_sheaf_clear(g->sheaf);
    return st;
}

static nx_status end_part(gatherer *g, nx_error *err)
{
    g->in_part = false;
    nx_status st = nx_sheaf_end(g->sheaf, err);
    return st == NX_OK && nx_sheaf_is_full(g->sheaf) ? hand_over(g, err) : st;
}

// Ends the part before, unless the entry goes on with it.
static nx_status enter_part(gatherer *g, const nx_run_entry *e, nx_error *err)
{
    if (g->in_part && g->window == g->batch->window && e->key_n == g->key_n &&
        memcmp(e->key, g->key, e->key_n) == 0) {
        return NX_OK;
    }
    nx_status st = g->in_part ? end_part(g, err) : NX_OK;
    if (st != NX_OK || g->sheaf == NULL) {
        return st;
    }
    memcpy(g->key, e->key, e->key_n);
    g->key_n = e->key_n;
    g->window = g->batch->window;
    g->in_part = true;
    return nx_sheaf_begin(g->sheaf, e->key, e->key_n, err);
}

static nx_status take_entry(gatherer *g, const nx_run_entry *e, nx_error *err)
{
    g->batch = nx_entry_batch(g->b, e, g->batch);
    if (g->batch == NULL) {
        return nx_entry_damaged(err);
    }
    nx_status st = enter_part(g, e, err);
    if (st != NX_OK || g->sheaf == NULL) {
        return st;
    }
    const unsigned char *copy = NULL;
    st = nx_sheaf_open(g->sheaf, e->payload, e->payload_n, &copy, err);
    if (st != NX_OK) {
        return st;
    }
    nx_entry_reader r = nx_entry_open(e, copy, g->batch);
    for (nx_entry_item it; nx_entry_next(&r, &it);) {
        uint32_t docid = g->batch->docids[it.ordinal];
        if (docid != 0) {
            nx_sheaf_add(g->sheaf, docid, it.wdf, it.bytes, it.n);
        }
    }
    return nx_entry_end(&r, err);
}

static nx_status gather(gatherer *g, nx_error *err)
{
    const nx_run_entry *e = NULL;
    nx_status st = nx_merge_next(g->merge, &e, err);
    while (st == NX_OK && e != NULL && g->sheaf != NULL) {
        st = take_entry(g, e, err);
        if (st == NX_OK) {
            st = nx_merge_next(g->merge, &e, err);
        }
    }
    if (st == NX_OK && g->in_part) {
        st = end_part(g, err);
    }
    return st == NX_OK && g->sheaf != NULL ? hand_over(g, err) : st;
}

nx_status nx_glass_gather(const nx_glass_builder *b, nx_sheaf_sink take, void *context,
                          nx_error *err)
{
    relay r = {.take = take, .context = context};
    gatherer g = {.b = b, .relay = &r, .sheaf = &r.sheaves[0]};
    nx_status st = nx_glass_open_merge(b, &g.merge, err);
    nx_status opened = open_relay(&r, b->options.threads, err);
    st = st == NX_OK ? opened : st;
    if (st == NX_OK) {
        st = gather(&g, err);
    }
    nx_status taken = close_relay(&r, err);
    nx_merge_free(g.merge);
    return taken != NX_OK ? taken : st;
}
