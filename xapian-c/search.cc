// search.cc: weighting, running a query, reading its result, relevance feedback.
#include <cstring>

#include "xapian-c/inl2.hpp"
#include "xapian-c/wrap.hpp"

using nx::append;
using nx::fence;
using nx::make;
using nx::require;
using nx::to_str;
using nx::to_string;

namespace
{

class Decider : public Xapian::MatchDecider
{
  public:
    Decider(nx_xdecider *fn, void *ctx) : fn_(fn), ctx_(ctx)
    {
    }
    bool operator()(const Xapian::Document &doc) const override
    {
        const nx_xdoc wrapped{doc};
        bool accept = false;
        nx_error error = NX_ERROR_INIT;
        require(fn_(ctx_, &wrapped, &accept, &error), error);
        return accept;
    }

  private:
    nx_xdecider *fn_;
    void *ctx_;
};

class TermDecider : public Xapian::ExpandDecider
{
  public:
    TermDecider(nx_xexpand_decider *fn, void *ctx) : fn_(fn), ctx_(ctx)
    {
    }
    bool operator()(const std::string &term) const override
    {
        bool accept = false;
        nx_error error = NX_ERROR_INIT;
        require(fn_(ctx_, to_str(term), &accept, &error), error);
        return accept;
    }

  private:
    nx_xexpand_decider *fn_;
    void *ctx_;
};

// Has the words of a query found and weighed by posting sources, as long as it lives.
class SourcesForWords
{
  public:
    explicit SourcesForWords(const nx_xenquire &e) : e_(e), enquire_(e.enquire)
    {
        enquire_.set_query(nx::with_sources(e.query, e.db, e.by_inl2, e.c), e.query_length);
    }
    ~SourcesForWords()
    {
        enquire_.set_query(e_.query.query, e_.query_length);
    }
    SourcesForWords(const SourcesForWords &) = delete;
    SourcesForWords &operator=(const SourcesForWords &) = delete;

  private:
    const nx_xenquire &e_;
    Xapian::Enquire enquire_; // the same object as e's
};

void set_weight(Xapian::Enquire &e, const nx_xweight &w)
{
    switch (w.kind) {
    case NX_XWEIGHT_BM25:
        e.set_weighting_scheme(Xapian::BM25Weight(w.k1, w.k2, w.k3, w.b, w.min_normlen));
        return;
    case NX_XWEIGHT_BM25_PLUS:
        e.set_weighting_scheme(
            Xapian::BM25PlusWeight(w.k1, w.k2, w.k3, w.b, w.min_normlen, w.delta));
        return;
    case NX_XWEIGHT_PL2: e.set_weighting_scheme(Xapian::PL2Weight(w.c)); return;
    case NX_XWEIGHT_PL2_PLUS: e.set_weighting_scheme(Xapian::PL2PlusWeight(w.c, w.delta)); return;
    case NX_XWEIGHT_INL2: e.set_weighting_scheme(nx::InL2Weight(w.c)); return;
    case NX_XWEIGHT_IFB2: e.set_weighting_scheme(Xapian::IfB2Weight(w.c)); return;
    case NX_XWEIGHT_INEB2: e.set_weighting_scheme(Xapian::IneB2Weight(w.c)); return;
    case NX_XWEIGHT_BB2: e.set_weighting_scheme(Xapian::BB2Weight(w.c)); return;
    case NX_XWEIGHT_DLH: e.set_weighting_scheme(Xapian::DLHWeight()); return;
    case NX_XWEIGHT_DPH: e.set_weighting_scheme(Xapian::DPHWeight()); return;
    case NX_XWEIGHT_TFIDF:
        e.set_weighting_scheme(Xapian::TfIdfWeight(std::string(w.normalizations, 3)));
        return;
    case NX_XWEIGHT_COORD: e.set_weighting_scheme(Xapian::CoordWeight()); return;
    case NX_XWEIGHT_BOOL: e.set_weighting_scheme(Xapian::BoolWeight()); return;
    }
    throw Xapian::InvalidArgumentError("unknown weighting scheme");
}

Xapian::Enquire::docid_order to_order(nx_xdocid_order order)
{
    switch (order) {
    case NX_XDOCIDS_ASCENDING: return Xapian::Enquire::ASCENDING;
    case NX_XDOCIDS_DESCENDING: return Xapian::Enquire::DESCENDING;
    case NX_XDOCIDS_ANY: return Xapian::Enquire::DONT_CARE;
    }
    throw Xapian::InvalidArgumentError("unknown order of docids");
}

Xapian::MSetIterator item_of(const nx_xmset *m, uint32_t item)
{
    if (item >= m->mset.size()) {
        throw Xapian::InvalidArgumentError("no such item in the result");
    }
    return m->mset[item];
}

} // namespace

nx_xweight nx_xweight_default(nx_xweight_kind kind)
{
    nx_xweight w{};
    w.kind = kind;
    w.k1 = 1;
    w.k3 = 1;
    w.b = 0.5;
    w.min_normlen = 0.5;
    w.delta = kind == NX_XWEIGHT_PL2_PLUS ? 0.8 : 1;
    w.c = 1;
    std::memcpy(w.normalizations, "ntn", sizeof w.normalizations);
    return w;
}

// ---- preparing ----------------------------------------------------------------------------------

nx_status nx_xenquire_new(nx_xenquire **out, const nx_xdb *db, nx_error *err)
{
    return make(out, err, [&] {
        return new nx_xenquire{Xapian::Enquire(db->db), db->db, db->db.get_doccount(), {}, {}};
    });
}

nx_status nx_xenquire_set_query(nx_xenquire *e, const nx_xquery *q, uint32_t query_length,
                                nx_error *err)
{
    return fence(err, [&] {
        e->enquire.set_query(q->query, query_length);
        e->query = *q;
        e->query_length = query_length;
    });
}

nx_status nx_xenquire_set_weight(nx_xenquire *e, const nx_xweight *w, nx_error *err)
{
    return fence(err, [&] {
        set_weight(e->enquire, *w);
        e->by_inl2 = w->kind == NX_XWEIGHT_INL2;
        e->by_nothing = w->kind == NX_XWEIGHT_BOOL;
        e->c = w->c;
    });
}

nx_status nx_xenquire_set_collapse(nx_xenquire *e, uint32_t slot, uint32_t max, nx_error *err)
{
    return fence(err, [&] {
        e->enquire.set_collapse_key(slot == NX_XSLOT_NONE ? Xapian::BAD_VALUENO : slot, max);
    });
}

nx_status nx_xenquire_set_sort(nx_xenquire *e, nx_xsort sort, uint32_t slot, bool descending,
                               nx_error *err)
{
    return fence(err, [&] {
        switch (sort) {
        case NX_XSORT_RELEVANCE: e->enquire.set_sort_by_relevance(); return;
        case NX_XSORT_VALUE: e->enquire.set_sort_by_value(slot, descending); return;
        case NX_XSORT_VALUE_RELEVANCE:
            e->enquire.set_sort_by_value_then_relevance(slot, descending);
            return;
        case NX_XSORT_RELEVANCE_VALUE:
            e->enquire.set_sort_by_relevance_then_value(slot, descending);
            return;
        }
        throw Xapian::InvalidArgumentError("unknown sort order");
    });
}

nx_status nx_xenquire_set_docid_order(nx_xenquire *e, nx_xdocid_order order, nx_error *err)
{
    return fence(err, [&] { e->enquire.set_docid_order(to_order(order)); });
}

nx_status nx_xenquire_set_cutoff(nx_xenquire *e, int percent, double weight, nx_error *err)
{
    return fence(err, [&] { e->enquire.set_cutoff(percent, weight); });
}

nx_status nx_xenquire_set_time_limit(nx_xenquire *e, double seconds, nx_error *err)
{
    return fence(err, [&] { e->enquire.set_time_limit(seconds); });
}

nx_status nx_xenquire_set_expansion(nx_xenquire *e, nx_xexpansion scheme, double k, nx_error *err)
{
#if XAPIAN_AT_LEAST(1, 5, 0)
    const char *probabilistic = "prob";
#else
    const char *probabilistic = "trad";
#endif
    return fence(err, [&] {
        e->enquire.set_expansion_scheme(scheme == NX_XEXPANSION_BO1 ? "bo1" : probabilistic, k);
    });
}

void nx_xenquire_free(nx_xenquire *e)
{
    delete e;
}

nx_status nx_xspy_new(nx_xspy **out, uint32_t slot, nx_error *err)
{
    return make(out, err,
                [&] { return new nx_xspy{std::make_shared<Xapian::ValueCountMatchSpy>(slot)}; });
}

nx_status nx_xenquire_add_spy(nx_xenquire *e, nx_xspy *s, nx_error *err)
{
    return fence(err, [&] {
        e->spies.push_back(s->spy);
        e->enquire.add_matchspy(s->spy.get());
    });
}

uint32_t nx_xspy_total(const nx_xspy *s)
{
    return static_cast<uint32_t>(s->spy->get_total());
}

nx_status nx_xspy_values(nx_xterms **out, const nx_xspy *s, nx_error *err)
{
    return make(out, err,
                [&] { return nx::new_terms(s->spy->values_begin(), s->spy->values_end()); });
}

nx_status nx_xspy_top(nx_xterms **out, const nx_xspy *s, uint32_t max, nx_error *err)
{
    return make(out, err, [&] {
        return nx::new_terms(s->spy->top_values_begin(max), s->spy->top_values_end(max));
    });
}

void nx_xspy_free(nx_xspy *s)
{
    delete s;
}

// ---- running ------------------------------------------------------------------------------------

nx_status nx_xenquire_run(nx_xmset **out, const nx_xenquire *e, const nx_xrun *how, nx_error *err)
{
    return make(out, err, [&] {
        const Decider decider(how->decider, how->decider_ctx);
        const Xapian::doccount check =
            how->check_at_least < e->doc_count ? how->check_at_least : e->doc_count;
        const auto run = [&] {
            return new nx_xmset{e->enquire.get_mset(
                how->first, how->max, check, how->rset != nullptr ? &how->rset->rset : nullptr,
                how->decider != nullptr ? &decider : nullptr)};
        };
        const nx::Shape *shape = e->query.shape.get();
        if (shape == nullptr || !(e->by_inl2 || (e->by_nothing && shape->many))) {
            return run();
        }
        try {
            const SourcesForWords quick(*e);
            return run();
        } catch (const Xapian::UnimplementedError &) { // a shard is on another machine
            return run();
        }
    });
}

nx_status nx_xenquire_matching_terms(nx_xterms **out, const nx_xenquire *e, uint32_t docid,
                                     nx_error *err)
{
    return make(out, err, [&] {
        return nx::new_terms(e->enquire.get_matching_terms_begin(docid),
                             e->enquire.get_matching_terms_end(docid));
    });
}

// ---- the result ---------------------------------------------------------------------------------

uint32_t nx_xmset_count(const nx_xmset *m)
{
    return m->mset.size();
}

nx_status nx_xmset_matches(const nx_xmset *m, nx_xmatches *out, nx_error *err)
{
    *out = nx_xmatches{};
    return fence(err, [&] {
        const Xapian::MSet &s = m->mset;
        nx_xmatches r{};
        r.first = s.get_firstitem();
        r.count = s.size();
        r.lower = s.get_matches_lower_bound();
        r.estimated = s.get_matches_estimated();
        r.upper = s.get_matches_upper_bound();
        r.uncollapsed_lower = s.get_uncollapsed_matches_lower_bound();
        r.uncollapsed_upper = s.get_uncollapsed_matches_upper_bound();
        r.max_possible = s.get_max_possible();
        r.max_attained = s.get_max_attained();
        *out = r;
    });
}

nx_status nx_xmset_hit(const nx_xmset *m, uint32_t item, nx_xhit *out, nx_error *err)
{
    *out = nx_xhit{};
    return fence(err, [&] {
        const Xapian::MSetIterator i = item_of(m, item);
        nx_xhit r{};
        r.docid = *i;
        r.rank = i.get_rank();
        r.collapse_count = i.get_collapse_count();
        r.percent = i.get_percent();
        r.weight = i.get_weight();
        *out = r;
    });
}

nx_status nx_xmset_doc(nx_xdoc **out, const nx_xmset *m, uint32_t item, nx_error *err)
{
    return make(out, err, [&] { return new nx_xdoc{item_of(m, item).get_document()}; });
}

nx_status nx_xmset_collapse_key(const nx_xmset *m, uint32_t item, nx_buf *out, nx_error *err)
{
    return fence(err, [&] { return append(out, item_of(m, item).get_collapse_key(), err); });
}

nx_status nx_xmset_fetch(const nx_xmset *m, nx_error *err)
{
    return fence(err, [&] { m->mset.fetch(); });
}

nx_status nx_xmset_term(const nx_xmset *m, nx_str term, uint32_t *documents, double *weight,
                        nx_error *err)
{
    return fence(err, [&] {
        const std::string name = to_string(term);
        if (documents != nullptr) {
            *documents = m->mset.get_termfreq(name);
        }
        if (weight != nullptr) {
            *weight = m->mset.get_termweight(name);
        }
    });
}

void nx_xmset_free(nx_xmset *m)
{
    delete m;
}

// ---- relevance feedback -------------------------------------------------------------------------

nx_status nx_xrset_new(nx_xrset **out, nx_error *err)
{
    return make(out, err, [&] { return new nx_xrset{Xapian::RSet()}; });
}

nx_status nx_xrset_add(nx_xrset *r, uint32_t docid, nx_error *err)
{
    return fence(err, [&] { r->rset.add_document(docid); });
}

nx_status nx_xrset_remove(nx_xrset *r, uint32_t docid, nx_error *err)
{
    return fence(err, [&] { r->rset.remove_document(docid); });
}

uint32_t nx_xrset_count(const nx_xrset *r)
{
    return r->rset.size();
}

void nx_xrset_free(nx_xrset *r)
{
    delete r;
}

nx_status nx_xenquire_expand(nx_xeset **out, const nx_xenquire *e, const nx_xexpand *how,
                             nx_error *err)
{
    return make(out, err, [&] {
        const TermDecider decider(how->decider, how->decider_ctx);
        int flags = how->include_query_terms ? Xapian::Enquire::INCLUDE_QUERY_TERMS : 0;
        flags |= how->exact_termfreq ? Xapian::Enquire::USE_EXACT_TERMFREQ : 0;
        const Xapian::ESet found =
            e->enquire.get_eset(how->max, how->rset->rset, flags,
                                how->decider != nullptr ? &decider : nullptr, how->min_weight);
        auto result = std::make_unique<nx_xeset>();
        for (Xapian::ESetIterator i = found.begin(); i != found.end(); ++i) {
            result->terms.emplace_back(*i, i.get_weight());
        }
        return result.release();
    });
}

uint32_t nx_xeset_count(const nx_xeset *s)
{
    return static_cast<uint32_t>(s->terms.size());
}

nx_str nx_xeset_term(const nx_xeset *s, uint32_t item, double *weight)
{
    if (item >= s->terms.size()) {
        return nx_str{};
    }
    if (weight != nullptr) {
        *weight = s->terms[item].second;
    }
    return to_str(s->terms[item].first);
}

void nx_xeset_free(nx_xeset *s)
{
    delete s;
}
