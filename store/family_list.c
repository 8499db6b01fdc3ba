// family_list.c: reading which articles of a segment are in a story family.
//
// What family an article has is said by its value (NX_SLOT_FAMILY); to find the others of a family
// without looking at every article, each segment lists, in its metadata, those of its articles that
// have come into it. Articles that left it, or the index, stay listed: whoever reads a list looks
// at the articles' values too.
// Apart from families.c, so that a program which only searches is linked with nothing that writes.
#include "base/vocab.h"
#include "store/parts.h"

nx_status nx_family_key(nx_buf *key, nx_str family, nx_error *err)
{
    nx_buf_addz(key, NX_META_FAMILY);
    nx_buf_adds(key, family);
    return nx_buf_check(key, "the name of a family", err);
}

nx_status nx_db_family(const nx_xdb *db, nx_str family, nx_vocab *members, nx_error *err)
{
    nx_buf key, list;
    nx_buf_init(&key, NX_XTERM_MAX);
    nx_buf_init(&list, SIZE_MAX / 2);
    nx_status st = nx_family_key(&key, family, err);
    if (st == NX_OK) {
        st = nx_xdb_metadata(db, nx_buf_str(&key), &list, err);
    }
    if (st == NX_OK) {
        st = nx_terms_read(members, nx_buf_str(&list), err);
    }
    nx_buf_release(&list);
    nx_buf_release(&key);
    return st;
}
