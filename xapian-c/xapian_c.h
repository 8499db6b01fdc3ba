// xapian_c.h: C bindings for libxapian 1.4 and 2.x, the search engine library.
//
// Everything a C program needs to build, search, inspect and maintain a Xapian database, and
// nothing more: each function is one call (or one obvious loop) of the C++ API under a C name.
// There is no policy here: no stemming, no prefixes, no choice of ranking. What a term or a slot
// means is the caller's business, what a scheme computes is Xapian's (words.hpp: sooner).
//
// Names      nx_xdb a database for reading, nx_xwdb one for writing, nx_xdoc a document, nx_xquery
//            a query tree, nx_xenquire a search in preparation, nx_xmset its result, nx_xrset and
//            nx_xeset relevance feedback, nx_xspy a counter of values, nx_xterms, nx_xposts and
//            nx_xvalues cursors.
// Ownership  What comes out of an out parameter is the caller's and is given to the matching _free,
//            _close or _discard (_free and _close of NULL do nothing). A returned nx_str is
//            borrowed and lives until the next call on the same object. Objects keep alive what
//            they were made from: a cursor stays usable after the handle of its database is closed.
//            On failure an out parameter is NULL.
// Strings    nx_str are bytes, zero bytes allowed; Xapian attaches no meaning to them. Results of
//            any length are appended to an nx_buf, whose ceiling applies (NX_ELIMIT).
// Numbers    A docid is 1..2^32-1, a slot 0..2^32-2; wdf, lengths and frequencies are counts.
//            Weights are Xapian's own unit and compare within one mset only. Positions count
//            from 1 by custom.
// Errors     Fallible functions return nx_status and set *err (may be NULL). No C++ exception
//            leaves this library. Every Xapian error class has its status:
//              DatabaseModifiedError          NX_ESTALE    reopen and search again
//              DatabaseLockError              NX_EBUSY
//              DatabaseCorruptError           NX_ECORRUPT
//              DatabaseVersionError           NX_EVERSION
//              FeatureUnavailableError        NX_EVERSION
//              DatabaseNotFoundError          NX_ENOINPUT
//              DatabaseOpeningError           NX_EFORMAT   NX_EIO when the system gave a reason
//              DatabaseError                  NX_ECORRUPT  NX_EIO when the system gave a reason
//              DatabaseCreateError            NX_EIO       NX_ENOSPC, of all these, on a full disk
//              DocNotFoundError               NX_ENOTFOUND
//              NetworkError, -TimeoutError    NX_ENETWORK
//              QueryParserError               NX_EQUERY
//              WildcardError, RangeError      NX_ELIMIT
//              SerialisationError             NX_EFORMAT
//              InvalidArgumentError           NX_EUSAGE
//              InvalidOperationError          NX_EUSAGE
//              UnimplementedError             NX_EUSAGE
//              DatabaseClosedError            NX_EBUG
//              AssertionError, InternalError  NX_EBUG
// Callbacks  return nx_status; anything but NX_OK ends the operation, which returns that status and
//            the callback's message. They must not longjmp.
// Threads    An object, and all that was made from it, belongs to one thread at a time. Two threads
//            open the database twice. Queries are no exception.
//
// Must not know: articles, fields, segments, any file of ours.
#ifndef NX_XAPIAN_C_XAPIAN_C_H
#define NX_XAPIAN_C_XAPIAN_C_H

#include "base/buf.h"
#include "base/doc.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_xdb nx_xdb;
typedef struct nx_xwdb nx_xwdb;
typedef struct nx_xdoc nx_xdoc;
typedef struct nx_xquery nx_xquery;
typedef struct nx_xenquire nx_xenquire;
typedef struct nx_xmset nx_xmset;
typedef struct nx_xrset nx_xrset;
typedef struct nx_xeset nx_xeset;
typedef struct nx_xspy nx_xspy;
typedef struct nx_xterms nx_xterms;
typedef struct nx_xposts nx_xposts;
typedef struct nx_xvalues nx_xvalues;

enum {
    NX_XTERM_MAX = 245,   // bytes of a term; a zero byte counts twice
    NX_XSORTABLE_MAX = 9, // bytes of a number made by nx_xsortable
};
#define NX_XSLOT_NONE UINT32_MAX // no slot

// Version of the libxapian that is linked, such as "1.4.22"; static.
const char *nx_xversion(void);

// ---- opening ------------------------------------------------------------------------------------

enum nx_xopen_flags {
    NX_XOPEN_NO_SYNC = 1,     // commit does not wait for the disk: for what can be made again
    NX_XOPEN_FULL_SYNC = 2,   // where the system has a stronger sync than fsync
    NX_XOPEN_DANGEROUS = 4,   // overwrite blocks in place: no readers, no recovery
    NX_XOPEN_NO_TERMLIST = 8, // new database without term lists: smaller; no delete, no expansion
    NX_XOPEN_WAIT = 16,       // wait for the lock instead of NX_EBUSY
    NX_XOPEN_STUB = 32,       // path is a stub file, whatever it looks like
};

// How nx_xwdb_open treats what is, or is not, at the path.
typedef enum nx_xopen_action {
    NX_XCREATE_OR_OPEN,
    NX_XCREATE_OR_OVERWRITE,
    NX_XCREATE,    // NX_EIO when there is a database already
    NX_XOPEN_ONLY, // NX_ENOINPUT when there is none
} nx_xopen_action;

// Opens a database directory, a single-file database, a stub file or a directory holding a stub
// file XAPIANDB, for reading: a snapshot of the last commit, unaffected by writers until they have
// committed twice; after that reads may give NX_ESTALE. Of flags only NX_XOPEN_STUB applies.
nx_status nx_xdb_open(nx_xdb **out, const char *path, unsigned flags, nx_error *err) NX_MUST_USE;
// A database of no shards; nx_xdb_add fills it.
nx_status nx_xdb_open_none(nx_xdb **out, nx_error *err) NX_MUST_USE;
// A database served by xapian-tcpsrv. Time-outs in milliseconds, 0 for none.
nx_status nx_xdb_open_remote(nx_xdb **out, const char *host, unsigned port, unsigned timeout_ms,
                             unsigned connect_timeout_ms, nx_error *err) NX_MUST_USE;
// Appends the shards of other to db: searched as one, docids interleaved (document d of shard i of
// n, counted from 0, is (d - 1) * n + i + 1).
nx_status nx_xdb_add(nx_xdb *db, const nx_xdb *other, nx_error *err) NX_MUST_USE;
// Moves to the newest commit. *changed (may be NULL): whether there was one. A stub is not read
// again: to see another set of shards, open anew.
nx_status nx_xdb_reopen(nx_xdb *db, bool *changed, nx_error *err) NX_MUST_USE;
void nx_xdb_close(nx_xdb *db);

// Opens for writing; one writer at a time (NX_EBUSY). block_size is for a new database:
// 2048..65536, a power of two; 0 for 8192.
nx_status nx_xwdb_open(nx_xwdb **out, const char *path, nx_xopen_action action, unsigned flags,
                       unsigned block_size, nx_error *err) NX_MUST_USE;
// A database in memory, gone when closed.
nx_status nx_xwdb_open_memory(nx_xwdb **out, nx_error *err) NX_MUST_USE;
// The same database for the reading functions; sees what is not committed yet. Borrowed.
nx_xdb *nx_xwdb_db(nx_xwdb *db);
// Commits (an open transaction is cancelled instead) and closes. Frees db whatever happens; the
// status tells whether the last changes are on disk.
nx_status nx_xwdb_close(nx_xwdb *db, nx_error *err) NX_MUST_USE;
// Closes without committing what was not committed yet.
void nx_xwdb_discard(nx_xwdb *db);

// ---- facts about a database ---------------------------------------------------------------------

typedef struct nx_xstats {
    uint32_t documents;
    uint32_t last_docid; // highest docid ever used
    uint32_t shards;
    uint32_t length_lower, length_upper; // bounds of document lengths
    uint64_t total_length;               // sum of document lengths
    double average_length;
    bool has_positions;
} nx_xstats;

typedef struct nx_xterm_stats {
    uint32_t documents;   // term frequency: documents that have it; 0 for none
    uint32_t occurrences; // collection frequency: sum of its wdf
    uint32_t wdf_upper;   // upper bound of its wdf in one document
} nx_xterm_stats;

nx_status nx_xdb_stats(const nx_xdb *db, nx_xstats *out, nx_error *err) NX_MUST_USE;
nx_status nx_xdb_term_stats(const nx_xdb *db, nx_str term, nx_xterm_stats *out,
                            nx_error *err) NX_MUST_USE;
nx_status nx_xdb_term_exists(const nx_xdb *db, nx_str term, bool *out, nx_error *err) NX_MUST_USE;
// Number of documents with a value in the slot, and bounds of those values, appended to the
// buffers. Each of the three may be NULL.
nx_status nx_xdb_value_stats(const nx_xdb *db, uint32_t slot, uint32_t *documents, nx_buf *lower,
                             nx_buf *upper, nx_error *err) NX_MUST_USE;
// Length (sum of wdf) and number of distinct terms (may be NULL) of a document.
nx_status nx_xdb_doc_length(const nx_xdb *db, uint32_t docid, uint32_t *length, uint32_t *unique,
                            nx_error *err) NX_MUST_USE;
// Appends the UUIDs of the shards, joined by ':'; nothing for a database in memory.
nx_status nx_xdb_uuid(const nx_xdb *db, nx_buf *out, nx_error *err) NX_MUST_USE;
// Number of the commit that is open; single-shard databases on disk only (NX_EUSAGE).
nx_status nx_xdb_revision(const nx_xdb *db, uint64_t *out, nx_error *err) NX_MUST_USE;
// Whether some process has it open for writing.
nx_status nx_xdb_locked(const nx_xdb *db, bool *out, nx_error *err) NX_MUST_USE;
// Appends the metadata of a key; nothing when there is none. Of several shards: the first one's.
nx_status nx_xdb_metadata(const nx_xdb *db, nx_str key, nx_buf *out, nx_error *err) NX_MUST_USE;

// ---- cursors ------------------------------------------------------------------------------------
// A new cursor stands before the first entry; _next moves and tells whether there is one. _skip_to
// moves forward, never back, to the first entry at or after the target.

// Terms of the database that start with prefix ("" for all), in byte order.
nx_status nx_xdb_terms(nx_xterms **out, const nx_xdb *db, nx_str prefix, nx_error *err) NX_MUST_USE;
// Terms of a document in byte order.
nx_status nx_xdb_doc_terms(nx_xterms **out, const nx_xdb *db, uint32_t docid,
                           nx_error *err) NX_MUST_USE;
// A term, borrowed for the call. A failure ends the reading, which returns it.
typedef nx_status nx_xterm_fn(void *ctx, nx_str term, uint32_t wdf);
// The terms of a document that begin with one of those bytes, in byte order; cheaper than a cursor.
nx_status nx_xdb_read_doc_terms(const nx_xdb *db, uint32_t docid, const bool begins[256],
                                nx_xterm_fn *each, void *ctx, nx_error *err) NX_MUST_USE;
nx_status nx_xdb_spellings(nx_xterms **out, const nx_xdb *db, nx_error *err) NX_MUST_USE;
nx_status nx_xdb_synonyms(nx_xterms **out, const nx_xdb *db, nx_str term,
                          nx_error *err) NX_MUST_USE;
nx_status nx_xdb_synonym_keys(nx_xterms **out, const nx_xdb *db, nx_str prefix,
                              nx_error *err) NX_MUST_USE;
nx_status nx_xdb_metadata_keys(nx_xterms **out, const nx_xdb *db, nx_str prefix,
                               nx_error *err) NX_MUST_USE;
nx_status nx_xterms_next(nx_xterms *t, bool *more, nx_error *err) NX_MUST_USE;
nx_status nx_xterms_skip_to(nx_xterms *t, nx_str target, bool *more, nx_error *err) NX_MUST_USE;
// Where it stands; absent before the first and at the end.
nx_str nx_xterms_term(const nx_xterms *t);
// Documents with the term (of a spelling: its count; of a value counter: its count). NX_EUSAGE or
// NX_EBUG where Xapian does not know.
nx_status nx_xterms_documents(const nx_xterms *t, uint32_t *out, nx_error *err) NX_MUST_USE;
// wdf of the term in the document: cursors of nx_xdb_doc_terms and nx_xdoc_terms only.
nx_status nx_xterms_wdf(const nx_xterms *t, uint32_t *out, nx_error *err) NX_MUST_USE;
// Positions of the term in the document, in the manner of nx_xdb_positions; same cursors.
nx_status nx_xterms_positions(const nx_xterms *t, uint32_t *out, size_t room, size_t *count,
                              nx_error *err) NX_MUST_USE;
void nx_xterms_free(nx_xterms *t);

// Documents of a term in docid order; of term "", all documents.
nx_status nx_xdb_postings(nx_xposts **out, const nx_xdb *db, nx_str term,
                          nx_error *err) NX_MUST_USE;
nx_status nx_xposts_next(nx_xposts *p, bool *more, nx_error *err) NX_MUST_USE;
nx_status nx_xposts_skip_to(nx_xposts *p, uint32_t docid, bool *more, nx_error *err) NX_MUST_USE;
uint32_t nx_xposts_docid(const nx_xposts *p); // 0 before the first and at the end
nx_status nx_xposts_wdf(const nx_xposts *p, uint32_t *out, nx_error *err) NX_MUST_USE;
nx_status nx_xposts_doc_length(const nx_xposts *p, uint32_t *out, nx_error *err) NX_MUST_USE;
void nx_xposts_free(nx_xposts *p);

// Positions of a term in a document, ascending: the first room of them into out, how many there are
// into *count (call with room 0 to ask). None is no error.
nx_status nx_xdb_positions(const nx_xdb *db, uint32_t docid, nx_str term, uint32_t *out,
                           size_t room, size_t *count, nx_error *err) NX_MUST_USE;

// Values of a slot in docid order, documents without one left out: the cheap way to read one slot
// of many documents.
nx_status nx_xdb_values(nx_xvalues **out, const nx_xdb *db, uint32_t slot,
                        nx_error *err) NX_MUST_USE;
nx_status nx_xvalues_next(nx_xvalues *v, bool *more, nx_error *err) NX_MUST_USE;
// To a docid; a cursor of nx_xdoc_values: to a slot.
nx_status nx_xvalues_skip_to(nx_xvalues *v, uint32_t target, bool *more, nx_error *err) NX_MUST_USE;
uint32_t nx_xvalues_docid(const nx_xvalues *v); // 0 before the first, at the end, of nx_xdoc_values
uint32_t nx_xvalues_slot(const nx_xvalues *v);  // NX_XSLOT_NONE before the first and at the end
nx_str nx_xvalues_value(const nx_xvalues *v);   // absent before the first and at the end
void nx_xvalues_free(nx_xvalues *v);

// ---- documents ----------------------------------------------------------------------------------

nx_status nx_xdoc_new(nx_xdoc **out, nx_error *err) NX_MUST_USE;
// A document of the database; its parts are read when asked for. NX_ENOTFOUND when there is none.
nx_status nx_xdb_doc(nx_xdoc **out, const nx_xdb *db, uint32_t docid, nx_error *err) NX_MUST_USE;
// The same for a docid that the same snapshot has given out: whether it is there is not looked up.
nx_status nx_xdb_given_doc(nx_xdoc **out, const nx_xdb *db, uint32_t docid,
                           nx_error *err) NX_MUST_USE;
// 0 for a new one. Of several shards, that in its shard.
uint32_t nx_xdoc_docid(const nx_xdoc *d);
nx_status nx_xdoc_data(const nx_xdoc *d, nx_buf *out, nx_error *err) NX_MUST_USE;
nx_status nx_xdoc_set_data(nx_xdoc *d, nx_str data, nx_error *err) NX_MUST_USE;
// Appends the value; nothing when the slot is empty.
nx_status nx_xdoc_value(const nx_xdoc *d, uint32_t slot, nx_buf *out, nx_error *err) NX_MUST_USE;
// An empty value empties the slot.
nx_status nx_xdoc_set_value(nx_xdoc *d, uint32_t slot, nx_str value, nx_error *err) NX_MUST_USE;
// Adds wdf to the term's, making it present; a boolean term has wdf 0.
nx_status nx_xdoc_add_term(nx_xdoc *d, nx_str term, uint32_t wdf, nx_error *err) NX_MUST_USE;
// The same, at a position.
nx_status nx_xdoc_add_posting(nx_xdoc *d, nx_str term, uint32_t position, uint32_t wdf,
                              nx_error *err) NX_MUST_USE;
// NX_EUSAGE when it does not have the term.
nx_status nx_xdoc_remove_term(nx_xdoc *d, nx_str term, nx_error *err) NX_MUST_USE;
nx_status nx_xdoc_clear_terms(nx_xdoc *d, nx_error *err) NX_MUST_USE;
nx_status nx_xdoc_terms(nx_xterms **out, const nx_xdoc *d, nx_error *err) NX_MUST_USE;
nx_status nx_xdoc_values(nx_xvalues **out, const nx_xdoc *d, nx_error *err) NX_MUST_USE;
nx_status nx_xdoc_serialise(const nx_xdoc *d, nx_buf *out, nx_error *err) NX_MUST_USE;
nx_status nx_xdoc_unserialise(nx_xdoc **out, nx_str bytes, nx_error *err) NX_MUST_USE;
// Adds all terms, positions and values, and sets the data, of a DOC (base/doc.h).
nx_status nx_xdoc_fill(nx_xdoc *d, const nx_doc *from, nx_error *err) NX_MUST_USE;
void nx_xdoc_free(nx_xdoc *d);

// ---- writing ------------------------------------------------------------------------------------
// Changes become visible to readers with commit, which also happens by itself every 10,000 changes
// (environment XAPIAN_FLUSH_THRESHOLD) unless a transaction is open.

// *docid (may be NULL): where it went.
nx_status nx_xwdb_add(nx_xwdb *db, const nx_xdoc *d, uint32_t *docid, nx_error *err) NX_MUST_USE;
nx_status nx_xwdb_replace(nx_xwdb *db, uint32_t docid, const nx_xdoc *d, nx_error *err) NX_MUST_USE;
// Replaces every document that has the term by d; adds d when there is none. d should have the
// term.
nx_status nx_xwdb_replace_by_term(nx_xwdb *db, nx_str unique_term, const nx_xdoc *d,
                                  uint32_t *docid, nx_error *err) NX_MUST_USE;
// One call for a DOC: adds it when unique_term is absent, else replaces by term.
nx_status nx_xwdb_put(nx_xwdb *db, nx_str unique_term, const nx_doc *doc, uint32_t *docid,
                      nx_error *err) NX_MUST_USE;
// NX_ENOTFOUND when there is none.
nx_status nx_xwdb_delete(nx_xwdb *db, uint32_t docid, nx_error *err) NX_MUST_USE;
// Deletes every document with the term; none is no error.
nx_status nx_xwdb_delete_by_term(nx_xwdb *db, nx_str unique_term, nx_error *err) NX_MUST_USE;
nx_status nx_xwdb_commit(nx_xwdb *db, nx_error *err) NX_MUST_USE;
// Transactions do not nest (NX_EUSAGE). flushed: what was pending is committed first, and the
// transaction's own commit reaches the disk; otherwise its changes become part of a later commit.
nx_status nx_xwdb_begin(nx_xwdb *db, bool flushed, nx_error *err) NX_MUST_USE;
nx_status nx_xwdb_commit_transaction(nx_xwdb *db, nx_error *err) NX_MUST_USE;
nx_status nx_xwdb_cancel_transaction(nx_xwdb *db, nx_error *err) NX_MUST_USE;
// An empty value removes the key. An empty key is NX_EUSAGE.
nx_status nx_xwdb_set_metadata(nx_xwdb *db, nx_str key, nx_str value, nx_error *err) NX_MUST_USE;
nx_status nx_xwdb_add_spelling(nx_xwdb *db, nx_str word, uint32_t count, nx_error *err) NX_MUST_USE;
nx_status nx_xwdb_remove_spelling(nx_xwdb *db, nx_str word, uint32_t count,
                                  nx_error *err) NX_MUST_USE;
nx_status nx_xwdb_add_synonym(nx_xwdb *db, nx_str term, nx_str synonym, nx_error *err) NX_MUST_USE;
nx_status nx_xwdb_remove_synonym(nx_xwdb *db, nx_str term, nx_str synonym,
                                 nx_error *err) NX_MUST_USE;
nx_status nx_xwdb_clear_synonyms(nx_xwdb *db, nx_str term, nx_error *err) NX_MUST_USE;

// Appends the best known spelling within max_edits of word; nothing when word itself is the best or
// no known word is near.
nx_status nx_xdb_suggest(const nx_xdb *db, nx_str word, unsigned max_edits, nx_buf *out,
                         nx_error *err) NX_MUST_USE;

// ---- queries ------------------------------------------------------------------------------------
// Trees of immutable, reference-counted nodes: a constructor copies nothing large and leaves its
// arguments to the caller, who frees each of them.

typedef enum nx_xop {
    NX_XOP_AND,
    NX_XOP_OR,
    NX_XOP_AND_NOT, // the first without the others
    NX_XOP_XOR,
    NX_XOP_AND_MAYBE, // the first; the others add weight
    NX_XOP_FILTER,    // as AND, weight of the first only
    NX_XOP_NEAR,      // within parameter positions, any order; of terms, or ORs of terms
    NX_XOP_PHRASE,    // within parameter positions, in order; of terms, or ORs of terms
    NX_XOP_SYNONYM,   // as OR, weighted as if one term
    NX_XOP_MAX,       // as OR, weight of the best
    NX_XOP_ELITE_SET, // OR of the parameter subqueries with the highest weights (0: 10)
} nx_xop;

typedef enum nx_xwild_limit {
    NX_XWILD_ERROR,         // more terms than the limit: NX_ELIMIT when run
    NX_XWILD_FIRST,         // the first in byte order
    NX_XWILD_MOST_FREQUENT, // the most frequent
} nx_xwild_limit;

// wqf: how often the term counts in the query, 1 by custom. position: its order in the query, for
// nx_xquery_terms and nx_xenquire_matching_terms. An empty term is match-all.
nx_status nx_xquery_term(nx_xquery **out, nx_str term, uint32_t wqf, uint32_t position,
                         nx_error *err) NX_MUST_USE;
// A term for searching db as it is now. libxapian 1.4 takes a database for damaged where it looks
// for a plain term, without its weight, that all documents have; this one is found, with the
// weight. It may be no term to libxapian, and so no part of NEAR and PHRASE.
nx_status nx_xquery_term_of(nx_xquery **out, const nx_xdb *db, nx_str term,
                            nx_error *err) NX_MUST_USE;
nx_status nx_xquery_all(nx_xquery **out, nx_error *err) NX_MUST_USE;
nx_status nx_xquery_nothing(nx_xquery **out, nx_error *err) NX_MUST_USE;
// parameter: window of NEAR and PHRASE (0: the number of subqueries), size of ELITE_SET; else
// unused. No subqueries: matches nothing.
nx_status nx_xquery_combine(nx_xquery **out, nx_xop op, const nx_xquery *const *subs, size_t count,
                            uint32_t parameter, nx_error *err) NX_MUST_USE;
// Weight times factor >= 0; 0 makes it a filter.
nx_status nx_xquery_scale(nx_xquery **out, const nx_xquery *sub, double factor,
                          nx_error *err) NX_MUST_USE;
// Documents with a value of the slot in [from, to] in byte order; an absent bound is open. No
// weight.
nx_status nx_xquery_range(nx_xquery **out, uint32_t slot, nx_str from, nx_str to,
                          nx_error *err) NX_MUST_USE;
// Terms that start with prefix, at most max_terms of them (0: no limit), put together by combiner:
// NX_XOP_SYNONYM, NX_XOP_OR or NX_XOP_MAX, others are NX_EUSAGE.
nx_status nx_xquery_wildcard(nx_xquery **out, nx_str prefix, uint32_t max_terms,
                             nx_xwild_limit limit, nx_xop combiner, nx_error *err) NX_MUST_USE;
// Documents with a value in the slot, weighted by that value as a number (nx_xsortable).
nx_status nx_xquery_value_weight(nx_xquery **out, uint32_t slot, nx_error *err) NX_MUST_USE;

// Weight of a document from its value; called for many documents of a search, so it should be
// quick. *weight is taken as 0 when negative or not a number, as max_weight when above it.
typedef nx_status nx_xweigh(void *ctx, nx_str value, double *weight, nx_error *err);
// Documents with a value in the slot, weighted by a function between 0 and max_weight. Usual place:
// right of AND_MAYBE, as a prior. ctx must outlive every query and enquire made from it. Not for
// remote shards (NX_EUSAGE), not for serialising.
nx_status nx_xquery_weigh_values(nx_xquery **out, uint32_t slot, double max_weight, nx_xweigh *fn,
                                 void *ctx, nx_error *err) NX_MUST_USE;

// Documents that db has, by their docids in any order, without weight: for searching db as it is
// and nothing else. Not for remote shards (NX_EUSAGE), not for serialising. Shards are told apart
// by their UUIDs.
nx_status nx_xquery_documents(nx_xquery **out, const nx_xdb *db, const uint32_t *docids,
                              size_t count, nx_error *err) NX_MUST_USE;

// Documents in which the terms, one at least, occur at_least times together, going by wdf; without
// weight. Where a shard is remote, those that have any of them.
nx_status nx_xquery_frequent(nx_xquery **out, const nx_str *terms, size_t count, uint32_t at_least,
                             nx_error *err) NX_MUST_USE;

// Terms of the query in the order of their positions; wildcards are not expanded.
nx_status nx_xquery_terms(nx_xterms **out, const nx_xquery *q, nx_error *err) NX_MUST_USE;
uint32_t nx_xquery_length(const nx_xquery *q); // sum of wqf
bool nx_xquery_is_nothing(const nx_xquery *q);
// For people: "Query((fbi AND contact))".
nx_status nx_xquery_describe(const nx_xquery *q, nx_buf *out, nx_error *err) NX_MUST_USE;
nx_status nx_xquery_serialise(const nx_xquery *q, nx_buf *out, nx_error *err) NX_MUST_USE;
nx_status nx_xquery_unserialise(nx_xquery **out, nx_str bytes, nx_error *err) NX_MUST_USE;
void nx_xquery_free(nx_xquery *q);

// A number as bytes that sort like it, for values; returns how many were put into out.
size_t nx_xsortable(double number, char out[NX_XSORTABLE_MAX]);
double nx_xsortable_number(nx_str bytes);

// ---- weighting ----------------------------------------------------------------------------------

typedef enum nx_xweight_kind {
    NX_XWEIGHT_BM25,      // k1 k2 k3 b min_normlen
    NX_XWEIGHT_BM25_PLUS, // k1 k2 k3 b min_normlen delta
    NX_XWEIGHT_PL2,       // c
    NX_XWEIGHT_PL2_PLUS,  // c delta
    NX_XWEIGHT_INL2,      // c. An OR of terms counts as one of the query's parts in percentages
    NX_XWEIGHT_IFB2,      // c
    NX_XWEIGHT_INEB2,     // c
    NX_XWEIGHT_BB2,       // c
    NX_XWEIGHT_DLH,
    NX_XWEIGHT_DPH,
    NX_XWEIGHT_TFIDF, // normalizations
    NX_XWEIGHT_COORD, // number of matching terms
    NX_XWEIGHT_BOOL,  // all weights 0
} nx_xweight_kind;

// Only the members named beside the kind are used. The language models and Trad of 1.4 are left
// out: 2.x does not have them under these names.
typedef struct nx_xweight {
    nx_xweight_kind kind;
    double k1, k2, k3, b, min_normlen, delta, c;
    char normalizations[4]; // of TFIDF, such as "ntn"
} nx_xweight;

// Xapian's default parameters of a kind.
nx_xweight nx_xweight_default(nx_xweight_kind kind);

// ---- searching ----------------------------------------------------------------------------------

typedef enum nx_xsort {
    NX_XSORT_RELEVANCE,
    NX_XSORT_VALUE,
    NX_XSORT_VALUE_RELEVANCE, // relevance decides between equal values
    NX_XSORT_RELEVANCE_VALUE, // value decides between equal weights
} nx_xsort;

typedef enum nx_xdocid_order {
    NX_XDOCIDS_ASCENDING, // between equals; the default
    NX_XDOCIDS_DESCENDING,
    NX_XDOCIDS_ANY, // fastest
} nx_xdocid_order;

nx_status nx_xenquire_new(nx_xenquire **out, const nx_xdb *db, nx_error *err) NX_MUST_USE;
// query_length 0: the sum of wqf.
nx_status nx_xenquire_set_query(nx_xenquire *e, const nx_xquery *q, uint32_t query_length,
                                nx_error *err) NX_MUST_USE;
// Without it: BM25 with default parameters.
nx_status nx_xenquire_set_weight(nx_xenquire *e, const nx_xweight *w, nx_error *err) NX_MUST_USE;
// At most max documents with the same value of the slot; NX_XSLOT_NONE for no collapsing. Documents
// without a value are never collapsed.
nx_status nx_xenquire_set_collapse(nx_xenquire *e, uint32_t slot, uint32_t max,
                                   nx_error *err) NX_MUST_USE;
// slot is unused by NX_XSORT_RELEVANCE. descending: highest value first.
nx_status nx_xenquire_set_sort(nx_xenquire *e, nx_xsort sort, uint32_t slot, bool descending,
                               nx_error *err) NX_MUST_USE;
nx_status nx_xenquire_set_docid_order(nx_xenquire *e, nx_xdocid_order order,
                                      nx_error *err) NX_MUST_USE;
// Leaves out what is below a percentage of the best possible, or below a weight; 0 for none.
nx_status nx_xenquire_set_cutoff(nx_xenquire *e, int percent, double weight,
                                 nx_error *err) NX_MUST_USE;
// Seconds after which check_at_least is no longer honoured; 0 for none.
nx_status nx_xenquire_set_time_limit(nx_xenquire *e, double seconds, nx_error *err) NX_MUST_USE;

typedef enum nx_xexpansion {
    NX_XEXPANSION_PROBABILISTIC, // with k; the default with k 1
    NX_XEXPANSION_BO1,
} nx_xexpansion;
// How nx_xenquire_expand weighs terms.
nx_status nx_xenquire_set_expansion(nx_xenquire *e, nx_xexpansion scheme, double k,
                                    nx_error *err) NX_MUST_USE;
void nx_xenquire_free(nx_xenquire *e);

// Counts how often each value of a slot occurs among the matching documents that were looked at:
// all of them when check_at_least asks for it. One spy serves one search.
nx_status nx_xspy_new(nx_xspy **out, uint32_t slot, nx_error *err) NX_MUST_USE;
// s is read after the search and freed by the caller; before or after e, as it likes.
nx_status nx_xenquire_add_spy(nx_xenquire *e, nx_xspy *s, nx_error *err) NX_MUST_USE;
uint32_t nx_xspy_total(const nx_xspy *s); // documents looked at
// Values in byte order; nx_xterms_documents gives the counts.
nx_status nx_xspy_values(nx_xterms **out, const nx_xspy *s, nx_error *err) NX_MUST_USE;
// The max most frequent, most frequent first.
nx_status nx_xspy_top(nx_xterms **out, const nx_xspy *s, uint32_t max, nx_error *err) NX_MUST_USE;
void nx_xspy_free(nx_xspy *s);

// Whether a document may be a hit. doc is borrowed for the call; its docid is that in its shard.
// Not for remote shards (NX_EUSAGE).
typedef nx_status nx_xdecider(void *ctx, const nx_xdoc *doc, bool *accept, nx_error *err);

typedef struct nx_xrun {
    uint32_t first;          // hits to leave out at the front
    uint32_t max;            // hits wanted
    uint32_t check_at_least; // matches to look at, for exact counts and spies; UINT32_MAX: all
    const nx_xrset *rset;    // relevance feedback, or NULL
    nx_xdecider *decider;    // or NULL
    void *decider_ctx;
} nx_xrun;

nx_status nx_xenquire_run(nx_xmset **out, const nx_xenquire *e, const nx_xrun *how,
                          nx_error *err) NX_MUST_USE;

typedef struct nx_xmatches {
    uint32_t first;                   // rank of item 0
    uint32_t count;                   // items
    uint32_t lower, estimated, upper; // number of matches; exact when the bounds are equal
    uint32_t uncollapsed_lower, uncollapsed_upper;
    double max_possible, max_attained; // weights
} nx_xmatches;

typedef struct nx_xhit {
    uint32_t docid;
    uint32_t rank;           // from 0
    uint32_t collapse_count; // lower bound of the documents collapsed into it
    int percent;
    double weight;
} nx_xhit;

uint32_t nx_xmset_count(const nx_xmset *m);
nx_status nx_xmset_matches(const nx_xmset *m, nx_xmatches *out, nx_error *err) NX_MUST_USE;
// item: 0..count-1, else NX_EUSAGE; so for the following ones.
nx_status nx_xmset_hit(const nx_xmset *m, uint32_t item, nx_xhit *out, nx_error *err) NX_MUST_USE;
nx_status nx_xmset_doc(nx_xdoc **out, const nx_xmset *m, uint32_t item, nx_error *err) NX_MUST_USE;
nx_status nx_xmset_collapse_key(const nx_xmset *m, uint32_t item, nx_buf *out,
                                nx_error *err) NX_MUST_USE;
// Asks for all documents at once: one round trip per remote shard instead of one per document.
nx_status nx_xmset_fetch(const nx_xmset *m, nx_error *err) NX_MUST_USE;
// Term frequency and maximum weight of a term in this search. Either may be NULL. A term that is
// not in the query has weight 0.
nx_status nx_xmset_term(const nx_xmset *m, nx_str term, uint32_t *documents, double *weight,
                        nx_error *err) NX_MUST_USE;
void nx_xmset_free(nx_xmset *m);

// Terms of the query that a document has, in the order of their positions in the query.
nx_status nx_xenquire_matching_terms(nx_xterms **out, const nx_xenquire *e, uint32_t docid,
                                     nx_error *err) NX_MUST_USE;

// ---- relevance feedback -------------------------------------------------------------------------

nx_status nx_xrset_new(nx_xrset **out, nx_error *err) NX_MUST_USE;
nx_status nx_xrset_add(nx_xrset *r, uint32_t docid, nx_error *err) NX_MUST_USE;
nx_status nx_xrset_remove(nx_xrset *r, uint32_t docid, nx_error *err) NX_MUST_USE;
uint32_t nx_xrset_count(const nx_xrset *r);
void nx_xrset_free(nx_xrset *r);

// Whether a term may be suggested.
typedef nx_status nx_xexpand_decider(void *ctx, nx_str term, bool *accept, nx_error *err);

typedef struct nx_xexpand {
    uint32_t max;         // terms wanted
    const nx_xrset *rset; // the documents to learn from
    bool include_query_terms;
    bool exact_termfreq; // of all shards, instead of an estimate
    double min_weight;
    nx_xexpand_decider *decider; // or NULL
    void *decider_ctx;
} nx_xexpand;

// The terms that tell the documents of rset from the rest, best first.
nx_status nx_xenquire_expand(nx_xeset **out, const nx_xenquire *e, const nx_xexpand *how,
                             nx_error *err) NX_MUST_USE;
uint32_t nx_xeset_count(const nx_xeset *s);
// Borrowed until s is freed; absent when item is out of range. *weight may be NULL.
nx_str nx_xeset_term(const nx_xeset *s, uint32_t item, double *weight);
void nx_xeset_free(nx_xeset *s);

// ---- maintenance --------------------------------------------------------------------------------

typedef enum nx_xcompact_level {
    NX_XCOMPACT_STANDARD,
    NX_XCOMPACT_FULL,
    NX_XCOMPACT_FULLER, // not for a database that will be written to
} nx_xcompact_level;

typedef struct nx_xcompact_options {
    nx_xcompact_level level;
    unsigned block_size; // 0: 8192
    bool keep_docids;    // the sources must have disjoint ranges of docids (NX_EUSAGE)
    bool multipass;      // for many sources: less memory, more I/O
    bool single_file;
    // Told what is being done (status may be empty); may be NULL.
    nx_status (*progress)(void *ctx, const char *table, const char *status, nx_error *err);
    // Appends the value of a metadata key that several sources have; NULL: the first one's is kept.
    nx_status (*merge_metadata)(void *ctx, nx_str key, const nx_str *values, size_t count,
                                nx_buf *out, nx_error *err);
    void *ctx;
} nx_xcompact_options;

// Writes the shards of db, in order, as one new compact database at path, which must not be one of
// them. Changes not committed are NX_EUSAGE. how may be NULL. On failure what is at path is
// unusable and the caller's to remove.
nx_status nx_xdb_compact(nx_xdb *db, const char *path, const nx_xcompact_options *how,
                         nx_error *err) NX_MUST_USE;

enum nx_xcheck_flags {
    NX_XCHECK_TREES = 1, // print the block trees into the report: very long
    NX_XCHECK_STATS = 2, // sizes of the tables into the report
};
// Reads everything of a database (a directory, file or stub) that nobody is writing to. *faults is
// the number of things found wrong; text about them is appended to report (may be NULL). What is
// too broken to be read at all is NX_ECORRUPT or what opening it gives.
nx_status nx_xcheck(const char *path, unsigned flags, size_t *faults, nx_buf *report,
                    nx_error *err) NX_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
