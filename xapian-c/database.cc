// database.cc: opening, closing, facts about a database, writing.
#include "xapian-c/wrap.hpp"

using nx::append;
using nx::fence;
using nx::make;
using nx::to_string;

namespace
{

int open_flags(unsigned flags)
{
    static const struct {
        unsigned ours;
        int xapian;
    } rows[] = {
        {NX_XOPEN_NO_SYNC, Xapian::DB_NO_SYNC},     {NX_XOPEN_FULL_SYNC, Xapian::DB_FULL_SYNC},
        {NX_XOPEN_DANGEROUS, Xapian::DB_DANGEROUS}, {NX_XOPEN_NO_TERMLIST, Xapian::DB_NO_TERMLIST},
        {NX_XOPEN_WAIT, Xapian::DB_RETRY_LOCK},     {NX_XOPEN_STUB, Xapian::DB_BACKEND_STUB},
    };
    int result = 0;
    for (const auto &row : rows) {
        if ((flags & row.ours) != 0) {
            result |= row.xapian;
        }
    }
    return result;
}

int open_action(nx_xopen_action action)
{
    switch (action) {
    case NX_XCREATE_OR_OPEN: return Xapian::DB_CREATE_OR_OPEN;
    case NX_XCREATE_OR_OVERWRITE: return Xapian::DB_CREATE_OR_OVERWRITE;
    case NX_XCREATE: return Xapian::DB_CREATE;
    case NX_XOPEN_ONLY: return Xapian::DB_OPEN;
    }
    throw Xapian::InvalidArgumentError("unknown way to open a database");
}

void set(uint32_t *docid, Xapian::docid value)
{
    if (docid != nullptr) {
        *docid = value;
    }
}

} // namespace

const char *nx_xversion(void)
{
    return Xapian::version_string();
}

// ---- opening ------------------------------------------------------------------------------------

nx_status nx_xdb_open(nx_xdb **out, const char *path, unsigned flags, nx_error *err)
{
    return make(out, err, [&] {
        const Xapian::Database db(path, open_flags(flags & NX_XOPEN_STUB));
        return new nx_xdb{db, {db}};
    });
}

nx_status nx_xdb_open_none(nx_xdb **out, nx_error *err)
{
    return make(out, err, [&] { return new nx_xdb{Xapian::Database()}; });
}

nx_status nx_xdb_open_remote(nx_xdb **out, const char *host, unsigned port, unsigned timeout_ms,
                             unsigned connect_timeout_ms, nx_error *err)
{
    return make(out, err, [&] {
        return new nx_xdb{
            Xapian::Remote::open(host, port, timeout_ms, connect_timeout_ms), {}, true};
    });
}

nx_status nx_xdb_add(nx_xdb *db, const nx_xdb *other, nx_error *err)
{
    return fence(err, [&] {
        db->db.add_database(other->db);
        db->shards.insert(db->shards.end(), other->shards.begin(), other->shards.end());
        db->elsewhere = db->elsewhere || other->elsewhere;
    });
}

nx_status nx_xdb_reopen(nx_xdb *db, bool *changed, nx_error *err)
{
    return fence(err, [&] {
        bool moved = db->db.reopen();
        if (changed != nullptr) {
            *changed = moved;
        }
    });
}

void nx_xdb_close(nx_xdb *db)
{
    delete db;
}

nx_status nx_xwdb_open(nx_xwdb **out, const char *path, nx_xopen_action action, unsigned flags,
                       unsigned block_size, nx_error *err)
{
    return make(out, err, [&] {
        return new nx_xwdb(Xapian::WritableDatabase(path, open_action(action) | open_flags(flags),
                                                    static_cast<int>(block_size)));
    });
}

nx_status nx_xwdb_open_memory(nx_xwdb **out, nx_error *err)
{
    return make(out, err, [&] {
        return new nx_xwdb(Xapian::WritableDatabase(std::string(), Xapian::DB_BACKEND_INMEMORY));
    });
}

nx_xdb *nx_xwdb_db(nx_xwdb *db)
{
    return &db->view;
}

nx_status nx_xwdb_close(nx_xwdb *db, nx_error *err)
{
    if (db == nullptr) {
        return NX_OK;
    }
    nx_status st = fence(err, [&] { db->db.close(); });
    delete db;
    return st;
}

// Closing inside a transaction drops everything that is not committed, also what was pending before
// an unflushed transaction began. When one is open already, beginning another fails, harmlessly.
void nx_xwdb_discard(nx_xwdb *db)
{
    if (db == nullptr) {
        return;
    }
    (void)fence(nullptr, [&] { db->db.begin_transaction(false); });
    (void)fence(nullptr, [&] { db->db.close(); });
    delete db;
}

// ---- facts --------------------------------------------------------------------------------------

nx_status nx_xdb_stats(const nx_xdb *db, nx_xstats *out, nx_error *err)
{
    *out = nx_xstats{};
    return fence(err, [&] {
        nx_xstats s{};
        s.documents = db->db.get_doccount();
        s.last_docid = db->db.get_lastdocid();
        s.shards = static_cast<uint32_t>(db->db.size());
        s.length_lower = db->db.get_doclength_lower_bound();
        s.length_upper = db->db.get_doclength_upper_bound();
        s.total_length = db->db.get_total_length();
        s.average_length = db->db.get_average_length();
        s.has_positions = db->db.has_positions();
        *out = s;
    });
}

nx_status nx_xdb_term_stats(const nx_xdb *db, nx_str term, nx_xterm_stats *out, nx_error *err)
{
    *out = nx_xterm_stats{};
    return fence(err, [&] {
        const std::string name = to_string(term);
        nx_xterm_stats s{};
        s.documents = db->db.get_termfreq(name);
        s.occurrences = db->db.get_collection_freq(name);
        s.wdf_upper = db->db.get_wdf_upper_bound(name);
        *out = s;
    });
}

nx_status nx_xdb_term_exists(const nx_xdb *db, nx_str term, bool *out, nx_error *err)
{
    *out = false;
    return fence(err, [&] { *out = db->db.term_exists(to_string(term)); });
}

nx_status nx_xdb_value_stats(const nx_xdb *db, uint32_t slot, uint32_t *documents, nx_buf *lower,
                             nx_buf *upper, nx_error *err)
{
    return fence(err, [&] {
        if (documents != nullptr) {
            *documents = db->db.get_value_freq(slot);
        }
        nx_status st = NX_OK;
        if (lower != nullptr) {
            st = append(lower, db->db.get_value_lower_bound(slot), err);
        }
        if (st == NX_OK && upper != nullptr) {
            st = append(upper, db->db.get_value_upper_bound(slot), err);
        }
        return st;
    });
}

nx_status nx_xdb_doc_length(const nx_xdb *db, uint32_t docid, uint32_t *length, uint32_t *unique,
                            nx_error *err)
{
    *length = 0;
    return fence(err, [&] {
        *length = db->db.get_doclength(docid);
        if (unique != nullptr) {
            *unique = db->db.get_unique_terms(docid);
        }
    });
}

nx_status nx_xdb_uuid(const nx_xdb *db, nx_buf *out, nx_error *err)
{
    return fence(err, [&] { return append(out, db->db.get_uuid(), err); });
}

nx_status nx_xdb_revision(const nx_xdb *db, uint64_t *out, nx_error *err)
{
    *out = 0;
    return fence(err, [&] { *out = db->db.get_revision(); });
}

nx_status nx_xdb_locked(const nx_xdb *db, bool *out, nx_error *err)
{
    *out = false;
    return fence(err, [&] { *out = db->db.locked(); });
}

nx_status nx_xdb_metadata(const nx_xdb *db, nx_str key, nx_buf *out, nx_error *err)
{
    return fence(err, [&] { return append(out, db->db.get_metadata(to_string(key)), err); });
}

nx_status nx_xdb_suggest(const nx_xdb *db, nx_str word, unsigned max_edits, nx_buf *out,
                         nx_error *err)
{
    return fence(err, [&] {
        return append(out, db->db.get_spelling_suggestion(to_string(word), max_edits), err);
    });
}

// ---- writing ------------------------------------------------------------------------------------

nx_status nx_xwdb_add(nx_xwdb *db, const nx_xdoc *d, uint32_t *docid, nx_error *err)
{
    set(docid, 0);
    return fence(err, [&] { set(docid, db->db.add_document(d->doc)); });
}

nx_status nx_xwdb_replace(nx_xwdb *db, uint32_t docid, const nx_xdoc *d, nx_error *err)
{
    return fence(err, [&] { db->db.replace_document(docid, d->doc); });
}

nx_status nx_xwdb_replace_by_term(nx_xwdb *db, nx_str unique_term, const nx_xdoc *d,
                                  uint32_t *docid, nx_error *err)
{
    set(docid, 0);
    return fence(err, [&] { set(docid, db->db.replace_document(to_string(unique_term), d->doc)); });
}

nx_status nx_xwdb_put(nx_xwdb *db, nx_str unique_term, const nx_doc *doc, uint32_t *docid,
                      nx_error *err)
{
    set(docid, 0);
    nx_xdoc d;
    nx_status st = nx_xdoc_fill(&d, doc, err);
    if (st != NX_OK) {
        return st;
    }
    return unique_term.p == nullptr ? nx_xwdb_add(db, &d, docid, err)
                                    : nx_xwdb_replace_by_term(db, unique_term, &d, docid, err);
}

nx_status nx_xwdb_delete(nx_xwdb *db, uint32_t docid, nx_error *err)
{
    return fence(err, [&] { db->db.delete_document(docid); });
}

nx_status nx_xwdb_delete_by_term(nx_xwdb *db, nx_str unique_term, nx_error *err)
{
    return fence(err, [&] { db->db.delete_document(to_string(unique_term)); });
}

nx_status nx_xwdb_commit(nx_xwdb *db, nx_error *err)
{
    return fence(err, [&] { db->db.commit(); });
}

nx_status nx_xwdb_begin(nx_xwdb *db, bool flushed, nx_error *err)
{
    return fence(err, [&] { db->db.begin_transaction(flushed); });
}

nx_status nx_xwdb_commit_transaction(nx_xwdb *db, nx_error *err)
{
    return fence(err, [&] { db->db.commit_transaction(); });
}

nx_status nx_xwdb_cancel_transaction(nx_xwdb *db, nx_error *err)
{
    return fence(err, [&] { db->db.cancel_transaction(); });
}

nx_status nx_xwdb_set_metadata(nx_xwdb *db, nx_str key, nx_str value, nx_error *err)
{
    return fence(err, [&] { db->db.set_metadata(to_string(key), to_string(value)); });
}

nx_status nx_xwdb_add_spelling(nx_xwdb *db, nx_str word, uint32_t count, nx_error *err)
{
    return fence(err, [&] { db->db.add_spelling(to_string(word), count); });
}

nx_status nx_xwdb_remove_spelling(nx_xwdb *db, nx_str word, uint32_t count, nx_error *err)
{
    return fence(err, [&] { db->db.remove_spelling(to_string(word), count); });
}

nx_status nx_xwdb_add_synonym(nx_xwdb *db, nx_str term, nx_str synonym, nx_error *err)
{
    return fence(err, [&] { db->db.add_synonym(to_string(term), to_string(synonym)); });
}

nx_status nx_xwdb_remove_synonym(nx_xwdb *db, nx_str term, nx_str synonym, nx_error *err)
{
    return fence(err, [&] { db->db.remove_synonym(to_string(term), to_string(synonym)); });
}

nx_status nx_xwdb_clear_synonyms(nx_xwdb *db, nx_str term, nx_error *err)
{
    return fence(err, [&] { db->db.clear_synonyms(to_string(term)); });
}
