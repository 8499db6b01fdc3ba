// jsonv_tree.h: what a JSON tree is made of. For jsonv.c and jsonv_parse.c alone.
#ifndef NX_CORPUS_JSONV_TREE_H
#define NX_CORPUS_JSONV_TREE_H

#include "base/arena.h"
#include "corpus/jsonv.h"

struct nx_json {
    nx_str key;           // of a member of an object
    nx_str text;          // of a string, number or truth
    const nx_json *items; // of an array or object, side by side
    size_t count;
    nx_json_kind kind;
};

typedef struct nx_json_tree {
    nx_json root;    // first: the tree is found by it
    nx_arena *arena; // holds all of it
} nx_json_tree;

#endif
