// query.cc: query trees.
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <vector>

#include "xapian-c/wrap.hpp"

using nx::append;
using nx::fence;
using nx::make;
using nx::to_str;
using nx::to_string;

namespace
{

Xapian::Query::op to_op(nx_xop op)
{
    switch (op) {
    case NX_XOP_AND: return Xapian::Query::OP_AND;
    case NX_XOP_OR: return Xapian::Query::OP_OR;
    case NX_XOP_AND_NOT: return Xapian::Query::OP_AND_NOT;
    case NX_XOP_XOR: return Xapian::Query::OP_XOR;
    case NX_XOP_AND_MAYBE: return Xapian::Query::OP_AND_MAYBE;
    case NX_XOP_FILTER: return Xapian::Query::OP_FILTER;
    case NX_XOP_NEAR: return Xapian::Query::OP_NEAR;
    case NX_XOP_PHRASE: return Xapian::Query::OP_PHRASE;
    case NX_XOP_SYNONYM: return Xapian::Query::OP_SYNONYM;
    case NX_XOP_MAX: return Xapian::Query::OP_MAX;
    case NX_XOP_ELITE_SET: return Xapian::Query::OP_ELITE_SET;
    }
    throw Xapian::InvalidArgumentError("unknown query operator");
}

int to_limit(nx_xwild_limit limit)
{
    switch (limit) {
    case NX_XWILD_ERROR: return Xapian::Query::WILDCARD_LIMIT_ERROR;
    case NX_XWILD_FIRST: return Xapian::Query::WILDCARD_LIMIT_FIRST;
    case NX_XWILD_MOST_FREQUENT: return Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT;
    }
    throw Xapian::InvalidArgumentError("unknown wildcard limit");
}

// The matcher clones it for every shard and deletes the clones.
class ValueWeigher : public Xapian::ValuePostingSource
{
  public:
    ValueWeigher(Xapian::valueno value_slot, double max_weight, nx_xweigh *fn, void *ctx)
        : Xapian::ValuePostingSource(value_slot), max_weight_(max_weight), fn_(fn), ctx_(ctx)
    {
    }

    double get_weight() const override
    {
        const std::string value = get_value();
        double weight = 0;
        nx_error error = NX_ERROR_INIT;
        nx::require(fn_(ctx_, to_str(value), &weight, &error), error);
        return weight > 0 ? std::fmin(weight, max_weight_) : 0; // a NaN is not > 0
    }

    ValueWeigher *clone() const override
    {
        return new ValueWeigher(get_slot(), max_weight_, fn_, ctx_);
    }

#if XAPIAN_AT_LEAST(1, 5, 0)
    void reset(const Xapian::Database &from, Xapian::doccount shard) override
    {
        Xapian::ValuePostingSource::reset(from, shard);
        bound();
    }
#else
    void init(const Xapian::Database &from) override
    {
        Xapian::ValuePostingSource::init(from);
        bound();
    }
#endif

  private:
    double max_weight_;
    nx_xweigh *fn_;
    void *ctx_;

    void bound()
    {
        if (get_maxweight() > 0) { // 0: no document has a value
            set_maxweight(max_weight_);
        }
    }
};

// Docids of each shard, ascending, by the shard's UUID: a posting source is told which shard it is
// in by nothing else.
using Shards = std::map<std::string, std::vector<Xapian::docid>>;

class DocumentSet : public nx::ShardSource
{
  public:
    explicit DocumentSet(std::shared_ptr<const Shards> shards) : shards_(std::move(shards))
    {
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return size();
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return size();
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return size();
    }
    bool at_end() const override
    {
        return here_ == nullptr || at_ >= here_->size();
    }
    Xapian::docid get_docid() const override
    {
        return (*here_)[at_];
    }

    void next(double) override
    {
        at_ += started_ ? 1 : 0;
        started_ = true;
    }

    void skip_to(Xapian::docid to, double) override
    {
        started_ = true;
        if (here_ != nullptr && at_ < here_->size()) {
            const auto from = here_->begin() + static_cast<std::ptrdiff_t>(at_);
            at_ = static_cast<size_t>(std::lower_bound(from, here_->end(), to) - here_->begin());
        }
    }

    DocumentSet *clone() const override
    {
        return new DocumentSet(shards_);
    }

  private:
    std::shared_ptr<const Shards> shards_;
    const std::vector<Xapian::docid> *here_ = nullptr;
    size_t at_ = 0;
    bool started_ = false;

    Xapian::doccount size() const
    {
        return here_ == nullptr ? 0 : static_cast<Xapian::doccount>(here_->size());
    }

    void enter(const Xapian::Database &from) override
    {
        const auto found = shards_->find(from.get_uuid());
        here_ = found == shards_->end() ? nullptr : &found->second;
        at_ = 0;
        started_ = false;
    }
};

// Xapian deals documents out to n shards in turn: the whole's docid d is (d - 1) / n + 1 of shard
// (d - 1) % n.
std::shared_ptr<const Shards> by_shard(const Xapian::Database &db, const uint32_t *docids,
                                       size_t count)
{
    std::vector<std::string> names(1);
    for (const char c : db.get_uuid()) {
        if (c == ':') {
            names.emplace_back();
        } else {
            names.back() += c;
        }
    }
    std::vector<std::vector<Xapian::docid>> dealt(names.size());
    for (size_t i = 0; i < count; i++) {
        const size_t at = docids[i] - 1;
        dealt[at % names.size()].push_back(static_cast<Xapian::docid>(at / names.size() + 1));
    }
    auto shards = std::make_shared<Shards>();
    for (size_t i = 0; i < names.size(); i++) {
        auto &ids = dealt[i];
        if (!std::is_sorted(ids.begin(), ids.end())) {
            std::sort(ids.begin(), ids.end());
        }
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        (*shards)[names[i]].swap(ids);
    }
    return shards;
}

// Where neither positions nor weights are wanted of a term that a shard has in all documents,
// libxapian 1.4 reads the shard's list of documents instead, but goes on to that list's next block
// by the term's name: where docids have gaps, it then takes the shard for damaged.
bool is_misread(const nx_xdb &db, const std::string &term)
{
    const auto misread = [&term](const Xapian::Database &shard) {
        const auto documents = shard.get_doccount();
        return documents != shard.get_lastdocid() && documents > 0 &&
               documents == shard.get_termfreq(term);
    };
    return !db.elsewhere && std::any_of(db.shards.begin(), db.shards.end(), misread);
}

} // namespace

nx_status nx_xquery_term(nx_xquery **out, nx_str term, uint32_t wqf, uint32_t position,
                         nx_error *err)
{
    return make(out, err, [&] {
        const std::string name = to_string(term);
        return new nx_xquery{Xapian::Query(name, wqf, position), nx::shape_of_term(name, wqf)};
    });
}

nx_status nx_xquery_term_of(nx_xquery **out, const nx_xdb *db, nx_str term, nx_error *err)
{
    return make(out, err, [&] {
        const std::string name = to_string(term);
        Xapian::Query query(name);
        if (is_misread(*db, name)) {
            query = Xapian::Query(Xapian::Query::OP_AND_MAYBE, nx::source_of_term(name), query);
        }
        return new nx_xquery{query, nx::shape_of_term(name, 1)};
    });
}

// Not Xapian::Query::MatchAll: a global object whose reference count is not atomic.
nx_status nx_xquery_all(nx_xquery **out, nx_error *err)
{
    return make(out, err, [&] { return new nx_xquery{Xapian::Query(std::string())}; });
}

nx_status nx_xquery_nothing(nx_xquery **out, nx_error *err)
{
    return make(out, err, [&] { return new nx_xquery{Xapian::Query()}; });
}

nx_status nx_xquery_combine(nx_xquery **out, nx_xop op, const nx_xquery *const *subs, size_t count,
                            uint32_t parameter, nx_error *err)
{
    return make(out, err, [&] {
        std::vector<Xapian::Query> queries;
        queries.reserve(count);
        for (size_t i = 0; i < count; i++) {
            queries.push_back(subs[i]->query);
        }
        return new nx_xquery{Xapian::Query(to_op(op), queries.begin(), queries.end(), parameter),
                             nx::shape_of_combined(to_op(op), {subs, subs + count})};
    });
}

nx_status nx_xquery_scale(nx_xquery **out, const nx_xquery *sub, double factor, nx_error *err)
{
    return make(out, err, [&] {
        return new nx_xquery{Xapian::Query(factor, sub->query), nx::shape_of_scaled(*sub, factor)};
    });
}

nx_status nx_xquery_range(nx_xquery **out, uint32_t slot, nx_str from, nx_str to, nx_error *err)
{
    return make(out, err, [&] {
        if (to.p == nullptr) {
            return new nx_xquery{Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, to_string(from))};
        }
        if (from.p == nullptr) {
            return new nx_xquery{Xapian::Query(Xapian::Query::OP_VALUE_LE, slot, to_string(to))};
        }
        return new nx_xquery{
            Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, to_string(from), to_string(to))};
    });
}

nx_status nx_xquery_wildcard(nx_xquery **out, nx_str prefix, uint32_t max_terms,
                             nx_xwild_limit limit, nx_xop combiner, nx_error *err)
{
    return make(out, err, [&] {
        return new nx_xquery{Xapian::Query(Xapian::Query::OP_WILDCARD, to_string(prefix), max_terms,
                                           to_limit(limit), to_op(combiner))};
    });
}

nx_status nx_xquery_value_weight(nx_xquery **out, uint32_t slot, nx_error *err)
{
    return make(out, err, [&] {
        auto source = std::make_unique<Xapian::ValueWeightPostingSource>(slot);
        return new nx_xquery{Xapian::Query(source.release()->release())};
    });
}

nx_status nx_xquery_weigh_values(nx_xquery **out, uint32_t slot, double max_weight, nx_xweigh *fn,
                                 void *ctx, nx_error *err)
{
    return make(out, err, [&] {
        if (!(max_weight >= 0)) {
            throw Xapian::InvalidArgumentError("a maximum weight is not negative");
        }
        auto source = std::make_unique<ValueWeigher>(slot, max_weight, fn, ctx);
        return new nx_xquery{Xapian::Query(source.release()->release())};
    });
}

nx_status nx_xquery_documents(nx_xquery **out, const nx_xdb *db, const uint32_t *docids,
                              size_t count, nx_error *err)
{
    return make(out, err, [&] {
        auto source = std::make_unique<DocumentSet>(by_shard(db->db, docids, count));
        return new nx_xquery{Xapian::Query(source.release()->release())};
    });
}

nx_status nx_xquery_frequent(nx_xquery **out, const nx_str *terms, size_t count, uint32_t at_least,
                             nx_error *err)
{
    return make(out, err, [&] {
        std::vector<std::string> names;
        for (size_t i = 0; i < count; i++) {
            names.push_back(to_string(terms[i]));
        }
        const Xapian::Query any(Xapian::Query::OP_OR, names.begin(), names.end());
        return new nx_xquery{Xapian::Query(0, any), nx::shape_of_frequent(names, at_least)};
    });
}

nx_status nx_xquery_terms(nx_xterms **out, const nx_xquery *q, nx_error *err)
{
    return make(out, err, [&] {
        return nx::new_terms(q->query.get_terms_begin(), q->query.get_terms_end());
    });
}

uint32_t nx_xquery_length(const nx_xquery *q)
{
    return q->query.get_length();
}

bool nx_xquery_is_nothing(const nx_xquery *q)
{
    return q->query.empty();
}

nx_status nx_xquery_describe(const nx_xquery *q, nx_buf *out, nx_error *err)
{
    return fence(err, [&] { return append(out, q->query.get_description(), err); });
}

nx_status nx_xquery_serialise(const nx_xquery *q, nx_buf *out, nx_error *err)
{
    return fence(err, [&] { return append(out, q->query.serialise(), err); });
}

nx_status nx_xquery_unserialise(nx_xquery **out, nx_str bytes, nx_error *err)
{
    return nx::make_from_bytes(
        out, err, [&] { return new nx_xquery{Xapian::Query::unserialise(to_string(bytes))}; });
}

void nx_xquery_free(nx_xquery *q)
{
    delete q;
}

size_t nx_xsortable(double number, char out[NX_XSORTABLE_MAX])
{
    size_t n = 0;
    (void)fence(nullptr,
                [&] { n = Xapian::sortable_serialise(number).copy(out, NX_XSORTABLE_MAX); });
    return n;
}

double nx_xsortable_number(nx_str bytes)
{
    double number = 0;
    (void)fence(nullptr, [&] { number = Xapian::sortable_unserialise(to_string(bytes)); });
    return number;
}
