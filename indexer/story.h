// story.h: keeps the story families of an index: in its articles' values, in its segments' lists
// of members (nx_store_family) and in INDEX/families.
//
// nx_story_begin before a run changes the index; nx_story_put and _drop for what it brings and
// takes; then nx_story_settle finds the families, nx_story_apply corrects articles that were there
// before, and, once all of it is committed, nx_story_end says that the log and the index agree. A
// run that died in between, a lost log and articles removed by others are noticed by the next
// nx_story_begin, which looks at the articles again.
// Must not know: readers, threads. Thread rule: one thread at a time.
#ifndef NX_INDEXER_STORY_H
#define NX_INDEXER_STORY_H

#include "indexer/sketch.h"
#include "store/store.h"

typedef struct nx_story nx_story;

nx_story *nx_story_new(void);             // NULL without memory
void nx_story_free(nx_story *s);          // accepts NULL
size_t nx_story_bytes(const nx_story *s); // memory held, for budgets

// Does nothing when a run has begun already. w must have nothing uncommitted.
nx_status nx_story_begin(nx_story *s, nx_writer *w, const char *index, nx_error *err) NX_MUST_USE;
// An article is written, as this document of a bulk build (without one they mean nothing).
nx_status nx_story_put(nx_story *s, nx_str unique_term, const nx_sketch *sketch, uint32_t batch,
                       uint32_t ordinal, nx_error *err) NX_MUST_USE;
nx_status nx_story_drop(nx_story *s, nx_str unique_term, nx_error *err) NX_MUST_USE;
// Visits the articles that are known only by a file that is gone, and whose text and day an article
// of the run has that is known only by another file: to is from, moved. Before nx_story_settle;
// from may be dropped.
typedef nx_status nx_story_moved(void *ctx, nx_str from, nx_str to, nx_error *err);
nx_status nx_story_each_moved(nx_story *s, nx_story_moved *each, void *ctx,
                              nx_error *err) NX_MUST_USE;
// Gives the documents of the bulk build (NULL: there is none) their families, and notes what is to
// be corrected. Nothing happens when no run has begun; so with the next two.
nx_status nx_story_settle(nx_story *s, nx_glass_builder *bulk, nx_error *err) NX_MUST_USE;
// After the bulk segment is published, before the commit.
nx_status nx_story_apply(nx_story *s, nx_writer *w, nx_error *err) NX_MUST_USE;
nx_status nx_story_end(nx_story *s, nx_error *err) NX_MUST_USE;

#endif
