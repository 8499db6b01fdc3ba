// cursor.cc: terms, postings, positions and values, one after the other.
#include "xapian-c/wrap.hpp"

using nx::fence;
using nx::make;
using nx::new_terms;
using nx::to_str;
using nx::to_string;

namespace
{

// Steps a cursor; afterwards it is started, and *more tells whether it stands on an entry.
template <class Cursor> void step(Cursor *c)
{
    if (!c->started) {
        c->started = true;
    } else if (c->at != c->end) {
        ++c->at;
    }
}

template <class Cursor, class Key> void skip(Cursor *c, const Key &target)
{
    c->started = true;
    if (c->at != c->end) {
        c->at.skip_to(target);
    }
}

template <class Cursor> bool on_entry(const Cursor *c)
{
    return c->started && c->at != c->end;
}

void need_entry(bool is_on_entry)
{
    if (!is_on_entry) {
        throw Xapian::InvalidOperationError("the cursor stands on no entry");
    }
}

void copy_positions(Xapian::PositionIterator at, const Xapian::PositionIterator &end, uint32_t *out,
                    size_t room, size_t *count)
{
    size_t n = 0;
    for (; at != end; ++at) {
        if (n < room) {
            out[n] = *at;
        }
        n++;
    }
    *count = n;
}

bool settle(nx_xterms *t)
{
    const bool more = on_entry(t);
    t->term = more ? *t->at : std::string();
    return more;
}

bool settle(nx_xvalues *v)
{
    const bool more = on_entry(v);
    v->value = more ? *v->at : std::string();
    return more;
}

} // namespace

// ---- terms --------------------------------------------------------------------------------------

nx_status nx_xdb_terms(nx_xterms **out, const nx_xdb *db, nx_str prefix, nx_error *err)
{
    return make(out, err, [&] {
        const std::string start = to_string(prefix);
        return new_terms(db->db.allterms_begin(start), db->db.allterms_end(start));
    });
}

nx_status nx_xdb_doc_terms(nx_xterms **out, const nx_xdb *db, uint32_t docid, nx_error *err)
{
    return make(out, err, [&] {
        return new_terms(db->db.termlist_begin(docid), db->db.termlist_end(docid));
    });
}

nx_status nx_xdb_read_doc_terms(const nx_xdb *db, uint32_t docid, const bool begins[256],
                                nx_xterm_fn *each, void *ctx, nx_error *err)
{
    return fence(err, [&] {
        nx_status status = NX_OK;
        Xapian::TermIterator at = db->db.termlist_begin(docid);
        const Xapian::TermIterator end = db->db.termlist_end(docid);
        while (status == NX_OK && at != end) {
            const std::string term = *at;
            unsigned next = term.empty() ? 0 : static_cast<unsigned char>(term[0]);
            if (begins[next]) {
                status = each(ctx, to_str(term), at.get_wdf());
                ++at;
                continue;
            }
            while (next < 256 && !begins[next]) {
                next++;
            }
            if (next == 256) {
                break;
            }
            at.skip_to(std::string(1, static_cast<char>(next)));
        }
        return status;
    });
}

nx_status nx_xdb_spellings(nx_xterms **out, const nx_xdb *db, nx_error *err)
{
    return make(out, err,
                [&] { return new_terms(db->db.spellings_begin(), db->db.spellings_end()); });
}

nx_status nx_xdb_synonyms(nx_xterms **out, const nx_xdb *db, nx_str term, nx_error *err)
{
    return make(out, err, [&] {
        const std::string name = to_string(term);
        return new_terms(db->db.synonyms_begin(name), db->db.synonyms_end(name));
    });
}

nx_status nx_xdb_synonym_keys(nx_xterms **out, const nx_xdb *db, nx_str prefix, nx_error *err)
{
    return make(out, err, [&] {
        const std::string start = to_string(prefix);
        return new_terms(db->db.synonym_keys_begin(start), db->db.synonym_keys_end(start));
    });
}

nx_status nx_xdb_metadata_keys(nx_xterms **out, const nx_xdb *db, nx_str prefix, nx_error *err)
{
    return make(out, err, [&] {
        const std::string start = to_string(prefix);
        return new_terms(db->db.metadata_keys_begin(start), db->db.metadata_keys_end(start));
    });
}

nx_status nx_xterms_next(nx_xterms *t, bool *more, nx_error *err)
{
    *more = false;
    return fence(err, [&] {
        step(t);
        *more = settle(t);
    });
}

nx_status nx_xterms_skip_to(nx_xterms *t, nx_str target, bool *more, nx_error *err)
{
    *more = false;
    return fence(err, [&] {
        skip(t, to_string(target));
        *more = settle(t);
    });
}

nx_str nx_xterms_term(const nx_xterms *t)
{
    return on_entry(t) ? to_str(t->term) : nx_str{};
}

nx_status nx_xterms_documents(const nx_xterms *t, uint32_t *out, nx_error *err)
{
    *out = 0;
    return fence(err, [&] {
        need_entry(on_entry(t));
        *out = t->at.get_termfreq();
    });
}

nx_status nx_xterms_wdf(const nx_xterms *t, uint32_t *out, nx_error *err)
{
    *out = 0;
    return fence(err, [&] {
        need_entry(on_entry(t));
        *out = t->at.get_wdf();
    });
}

nx_status nx_xterms_positions(const nx_xterms *t, uint32_t *out, size_t room, size_t *count,
                              nx_error *err)
{
    *count = 0;
    return fence(err, [&] {
        need_entry(on_entry(t));
        copy_positions(t->at.positionlist_begin(), t->at.positionlist_end(), out, room, count);
    });
}

void nx_xterms_free(nx_xterms *t)
{
    delete t;
}

// ---- postings -----------------------------------------------------------------------------------

nx_status nx_xdb_postings(nx_xposts **out, const nx_xdb *db, nx_str term, nx_error *err)
{
    return make(out, err, [&] {
        const std::string name = to_string(term);
        return new nx_xposts{db->db.postlist_begin(name), db->db.postlist_end(name), false};
    });
}

nx_status nx_xposts_next(nx_xposts *p, bool *more, nx_error *err)
{
    *more = false;
    return fence(err, [&] {
        step(p);
        *more = on_entry(p);
    });
}

nx_status nx_xposts_skip_to(nx_xposts *p, uint32_t docid, bool *more, nx_error *err)
{
    *more = false;
    return fence(err, [&] {
        skip(p, docid);
        *more = on_entry(p);
    });
}

uint32_t nx_xposts_docid(const nx_xposts *p)
{
    uint32_t docid = 0;
    (void)fence(nullptr, [&] { docid = on_entry(p) ? *p->at : 0; });
    return docid;
}

nx_status nx_xposts_wdf(const nx_xposts *p, uint32_t *out, nx_error *err)
{
    *out = 0;
    return fence(err, [&] {
        need_entry(on_entry(p));
        *out = p->at.get_wdf();
    });
}

nx_status nx_xposts_doc_length(const nx_xposts *p, uint32_t *out, nx_error *err)
{
    *out = 0;
    return fence(err, [&] {
        need_entry(on_entry(p));
        *out = p->at.get_doclength();
    });
}

void nx_xposts_free(nx_xposts *p)
{
    delete p;
}

nx_status nx_xdb_positions(const nx_xdb *db, uint32_t docid, nx_str term, uint32_t *out,
                           size_t room, size_t *count, nx_error *err)
{
    *count = 0;
    return fence(err, [&] {
        const std::string name = to_string(term);
        copy_positions(db->db.positionlist_begin(docid, name), db->db.positionlist_end(docid, name),
                       out, room, count);
    });
}

// ---- values -------------------------------------------------------------------------------------

nx_status nx_xdb_values(nx_xvalues **out, const nx_xdb *db, uint32_t slot, nx_error *err)
{
    return make(out, err, [&] {
        return new nx_xvalues{
            db->db.valuestream_begin(slot), db->db.valuestream_end(slot), false, false, {}};
    });
}

nx_status nx_xvalues_next(nx_xvalues *v, bool *more, nx_error *err)
{
    *more = false;
    return fence(err, [&] {
        step(v);
        *more = settle(v);
    });
}

nx_status nx_xvalues_skip_to(nx_xvalues *v, uint32_t target, bool *more, nx_error *err)
{
    *more = false;
    return fence(err, [&] {
        skip(v, target);
        *more = settle(v);
    });
}

uint32_t nx_xvalues_docid(const nx_xvalues *v)
{
    uint32_t docid = 0;
    (void)fence(nullptr, [&] { docid = on_entry(v) && !v->of_document ? v->at.get_docid() : 0; });
    return docid;
}

uint32_t nx_xvalues_slot(const nx_xvalues *v)
{
    uint32_t slot = NX_XSLOT_NONE;
    (void)fence(nullptr, [&] { slot = on_entry(v) ? v->at.get_valueno() : NX_XSLOT_NONE; });
    return slot;
}

nx_str nx_xvalues_value(const nx_xvalues *v)
{
    return on_entry(v) ? to_str(v->value) : nx_str{};
}

void nx_xvalues_free(nx_xvalues *v)
{
    delete v;
}
