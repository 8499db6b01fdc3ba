// document.cc: documents, and a DOC (base/doc.h) made into one.
#include "xapian-c/wrap.hpp"

using nx::append;
using nx::fence;
using nx::make;
using nx::to_string;

nx_status nx_xdoc_new(nx_xdoc **out, nx_error *err)
{
    return make(out, err, [&] { return new nx_xdoc{Xapian::Document()}; });
}

nx_status nx_xdb_doc(nx_xdoc **out, const nx_xdb *db, uint32_t docid, nx_error *err)
{
    return make(out, err, [&] { return new nx_xdoc{db->db.get_document(docid)}; });
}

nx_status nx_xdb_given_doc(nx_xdoc **out, const nx_xdb *db, uint32_t docid, nx_error *err)
{
    return make(out, err,
                [&] { return new nx_xdoc{db->db.get_document(docid, Xapian::DOC_ASSUME_VALID)}; });
}

uint32_t nx_xdoc_docid(const nx_xdoc *d)
{
    uint32_t docid = 0;
    (void)fence(nullptr, [&] { docid = d->doc.get_docid(); });
    return docid;
}

nx_status nx_xdoc_data(const nx_xdoc *d, nx_buf *out, nx_error *err)
{
    return fence(err, [&] { return append(out, d->doc.get_data(), err); });
}

nx_status nx_xdoc_set_data(nx_xdoc *d, nx_str data, nx_error *err)
{
    return fence(err, [&] { d->doc.set_data(to_string(data)); });
}

nx_status nx_xdoc_value(const nx_xdoc *d, uint32_t slot, nx_buf *out, nx_error *err)
{
    return fence(err, [&] { return append(out, d->doc.get_value(slot), err); });
}

nx_status nx_xdoc_set_value(nx_xdoc *d, uint32_t slot, nx_str value, nx_error *err)
{
    return fence(err, [&] { d->doc.add_value(slot, to_string(value)); });
}

nx_status nx_xdoc_add_term(nx_xdoc *d, nx_str term, uint32_t wdf, nx_error *err)
{
    return fence(err, [&] { d->doc.add_term(to_string(term), wdf); });
}

nx_status nx_xdoc_add_posting(nx_xdoc *d, nx_str term, uint32_t position, uint32_t wdf,
                              nx_error *err)
{
    return fence(err, [&] { d->doc.add_posting(to_string(term), position, wdf); });
}

nx_status nx_xdoc_remove_term(nx_xdoc *d, nx_str term, nx_error *err)
{
    return fence(err, [&] { d->doc.remove_term(to_string(term)); });
}

nx_status nx_xdoc_clear_terms(nx_xdoc *d, nx_error *err)
{
    return fence(err, [&] { d->doc.clear_terms(); });
}

nx_status nx_xdoc_terms(nx_xterms **out, const nx_xdoc *d, nx_error *err)
{
    return make(out, err,
                [&] { return nx::new_terms(d->doc.termlist_begin(), d->doc.termlist_end()); });
}

nx_status nx_xdoc_values(nx_xvalues **out, const nx_xdoc *d, nx_error *err)
{
    return make(out, err, [&] {
        return new nx_xvalues{d->doc.values_begin(), d->doc.values_end(), true, false, {}};
    });
}

nx_status nx_xdoc_serialise(const nx_xdoc *d, nx_buf *out, nx_error *err)
{
    return fence(err, [&] { return append(out, d->doc.serialise(), err); });
}

nx_status nx_xdoc_unserialise(nx_xdoc **out, nx_str bytes, nx_error *err)
{
    return nx::make_from_bytes(
        out, err, [&] { return new nx_xdoc{Xapian::Document::unserialise(to_string(bytes))}; });
}

nx_status nx_xdoc_fill(nx_xdoc *d, const nx_doc *from, nx_error *err)
{
    return fence(err, [&] {
        std::string bytes; // reused, to allocate rarely
        for (size_t i = 0; i < from->term_count; i++) {
            const nx_doc_term &t = from->terms[i];
            const nx_str name = nx_vocab_get(from->vocab, t.term);
            bytes.assign(name.p, name.n);
            d->doc.add_term(bytes, t.wdf);
            const uint32_t *position = from->positions + t.pos_start;
            for (uint32_t k = 0; k < t.pos_count; k++) {
                d->doc.add_posting(bytes, position[k], 0);
            }
        }
        for (size_t i = 0; i < from->value_count; i++) {
            d->doc.add_value(from->values[i].slot, to_string(from->values[i].bytes));
        }
        d->doc.set_data(to_string(from->data));
    });
}

void nx_xdoc_free(nx_xdoc *d)
{
    delete d;
}
