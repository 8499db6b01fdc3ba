// queue.h: a bounded queue of pointers between threads, with back pressure and an end.
//
// Thread rule: any number of threads on both sides. Must not know: what the pointers are.
#ifndef NX_BASE_QUEUE_H
#define NX_BASE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct nx_queue nx_queue;

// Room for capacity items; NULL without memory.
nx_queue *nx_queue_new(size_t capacity);
void nx_queue_free(nx_queue *q); // accepts NULL; nobody may be waiting on it
// Waits for room, then appends. false: the queue is closed and the item was not taken.
bool nx_queue_push(nx_queue *q, void *item);
// Waits for an item. NULL: the queue is closed and empty.
void *nx_queue_pop(nx_queue *q);
// No more items will come; wakes everybody. What is in it can still be popped.
void nx_queue_close(nx_queue *q);

#endif
