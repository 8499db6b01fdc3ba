// queue.c: see queue.h.
#include "base/queue.h"

#include <pthread.h>
#include <stdlib.h>

struct nx_queue {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t capacity, count, first;
    bool closed;
    void *items[];
};

nx_queue *nx_queue_new(size_t capacity)
{
    nx_queue *q = calloc(1, sizeof *q + capacity * sizeof q->items[0]);
    if (q != NULL) {
        q->capacity = capacity;
        (void)pthread_mutex_init(&q->lock, NULL);
        (void)pthread_cond_init(&q->changed, NULL);
    }
    return q;
}

void nx_queue_free(nx_queue *q)
{
    if (q != NULL) {
        (void)pthread_cond_destroy(&q->changed);
        (void)pthread_mutex_destroy(&q->lock);
        free(q);
    }
}

bool nx_queue_push(nx_queue *q, void *item)
{
    (void)pthread_mutex_lock(&q->lock);
    while (q->count == q->capacity && !q->closed) {
        (void)pthread_cond_wait(&q->changed, &q->lock);
    }
    bool taken = !q->closed;
    if (taken) {
        q->items[(q->first + q->count++) % q->capacity] = item;
        (void)pthread_cond_broadcast(&q->changed);
    }
    (void)pthread_mutex_unlock(&q->lock);
    return taken;
}

void *nx_queue_pop(nx_queue *q)
{
    (void)pthread_mutex_lock(&q->lock);
    while (q->count == 0 && !q->closed) {
        (void)pthread_cond_wait(&q->changed, &q->lock);
    }
    void *item = NULL;
    if (q->count > 0) {
        item = q->items[q->first];
        q->first = (q->first + 1) % q->capacity;
        q->count--;
        (void)pthread_cond_broadcast(&q->changed);
    }
    (void)pthread_mutex_unlock(&q->lock);
    return item;
}

void nx_queue_close(nx_queue *q)
{
    (void)pthread_mutex_lock(&q->lock);
    q->closed = true;
    (void)pthread_cond_broadcast(&q->changed);
    (void)pthread_mutex_unlock(&q->lock);
}
