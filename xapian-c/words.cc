// words.cc: see words.hpp.
#include "xapian-c/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>

#include "xapian-c/inl2.hpp"
#include "xapian-c/wrap.hpp"

namespace
{

using Xapian::docid;

constexpr docid END = std::numeric_limits<docid>::max();
// Lists are looked at one after the other; a tree of libxapian's is better for very many.
constexpr size_t WORDS_MAX = 128;
// Of a weight: how far a sum of bounds may be off by rounding.
constexpr double SLACK = 1e-10;

// ---- what is the same in all shards -------------------------------------------------------------

struct Word {
    std::string term;
    double constant; // of its weight: everything that is the same in all documents
};

struct Scheme {
    std::vector<Word> words;
    nx::InL2Shares shares;

    Scheme(const std::vector<nx::WeightedTerm> &terms, const Xapian::Database &db, double c)
        : shares(c * db.get_avlength())
    {
        const auto documents = db.get_doccount();
        for (const auto &t : terms) {
            const double rarity = nx::inl2_rarity(documents, db.get_termfreq(t.term));
            words.push_back({t.term, rarity * t.factor});
        }
    }
};

// ---- the source ---------------------------------------------------------------------------------

// The postings of a word in a shard.
struct List {
    const Word *word;
    Xapian::PostingIterator at;
    docid here; // END after the last
    double bound;
    Xapian::termcount wdf; // in the document that is looked at; 0: it is not there
};

class Words : public nx::ShardSource
{
  public:
    explicit Words(std::shared_ptr<Scheme> scheme) : scheme_(std::move(scheme))
    {
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return *std::max_element(frequencies_.begin(), frequencies_.end());
    }

    // As libxapian's OR: the rarest are put together first, taken for independent.
    Xapian::doccount get_termfreq_est() const override
    {
        const double documents = std::max<Xapian::doccount>(1, db_.get_doccount());
        std::priority_queue<double, std::vector<double>, std::greater<>> queue(frequencies_.begin(),
                                                                               frequencies_.end());
        while (queue.size() > 1) {
            const double a = queue.top();
            queue.pop();
            const double b = queue.top();
            queue.pop();
            queue.push(std::floor(a + b - a * b / documents + 0.5));
        }
        return static_cast<Xapian::doccount>(queue.top());
    }

    Xapian::doccount get_termfreq_max() const override
    {
        uint64_t sum = 0;
        for (const auto n : frequencies_) {
            sum += n;
        }
        return static_cast<Xapian::doccount>(std::min<uint64_t>(sum, db_.get_doccount()));
    }

    bool at_end() const override
    {
        return here_ == END;
    }

    docid get_docid() const override
    {
        return here_;
    }

    // Not known yet where no weight was wanted: no list is optional then.
    double get_weight() const override
    {
        return weight_ >= 0 ? weight_ : weigh(here_, [](const List &l) { return l.at.get_wdf(); });
    }

    void next(double min_weight) override
    {
        find(here_ + 1, min_weight);
    }

    void skip_to(docid to, double min_weight) override
    {
        if (to > here_) {
            find(to, min_weight);
        }
    }

    bool check(docid did, double min_weight) override
    {
        if (did <= here_) {
            return true;
        }
        demand(min_weight);
        const docid found = move_to(did);
        if (found == END || (found == did && promising(did))) {
            here_ = found;
            return true;
        }
        return false;
    }

    Words *clone() const override
    {
        return new Words(scheme_);
    }

    std::string get_description() const override
    {
        std::string all;
        for (const auto &w : scheme_->words) {
            all += (all.empty() ? "" : " OR ") + w.term;
        }
        return all;
    }

  private:
    std::shared_ptr<Scheme> scheme_;
    Xapian::Database db_; // the shard
    std::vector<Xapian::doccount> frequencies_;
    std::vector<List> lists_;     // as the words: sums come out the same in all shards
    std::vector<List *> order_;   // the least bound first
    std::vector<double> below_;   // sums of the bounds of the first
    std::array<double, 16> caps_; // by wdf: the greatest share of a constant
    double min_ = 0;              // weight that is wanted of a document
    size_t optional_ = 0;         // first lists, which do not reach that together
    docid here_ = 0;
    double weight_ = -1; // of the document here; negative: not known

    void enter(const Xapian::Database &from) override
    {
        db_ = from;
        const auto shortest = std::max<Xapian::termcount>(1, db_.get_doclength_lower_bound());
        caps_.fill(1);
        for (size_t wdf = 0; wdf + 1 < caps_.size(); wdf++) {
            caps_[wdf] = scheme_->shares.of(static_cast<Xapian::termcount>(wdf), shortest);
        }
        frequencies_.clear();
        lists_.clear();
        order_.clear();
        for (const auto &w : scheme_->words) {
            const double most = scheme_->shares.of(db_.get_wdf_upper_bound(w.term), shortest);
            frequencies_.push_back(db_.get_termfreq(w.term));
            lists_.push_back({&w, {}, 0, w.constant * most, 0});
        }
        for (auto &l : lists_) {
            order_.push_back(&l);
        }
        std::sort(order_.begin(), order_.end(),
                  [](const List *a, const List *b) { return a->bound < b->bound; });
        here_ = 0;
        min_ = 0;
        optional_ = 0;
        add_bounds();
    }

    void add_bounds()
    {
        below_.assign(1, 0);
        for (const auto *l : order_) {
            below_.push_back(below_.back() + l->bound);
        }
        set_maxweight(below_.back());
    }

    void demand(double min_weight)
    {
        const double wanted = min_weight * (1 - SLACK);
        if (wanted == min_) {
            return;
        }
        min_ = wanted;
        optional_ = 0;
        while (optional_ < order_.size() && below_[optional_ + 1] < min_) {
            optional_++;
        }
    }

    // The first posting from `to` on.
    void move(List &l, docid to)
    {
        if (l.here == 0) {
            l.at = db_.postlist_begin(l.word->term);
        }
        const Xapian::PostingIterator end;
        if (l.at != end && l.here + 1 == to && l.here != 0) {
            ++l.at;
        } else if (l.at != end && *l.at < to) {
            l.at.skip_to(to);
        }
        l.here = l.at == end ? END : *l.at;
        if (l.here == END) {
            l.bound = 0;
            add_bounds();
        }
    }

    // The first document from `to` on that a list has which is not optional.
    docid move_to(docid to)
    {
        docid found = END;
        for (size_t i = optional_; i < order_.size(); i++) {
            List &l = *order_[i];
            if (l.here < to) {
                move(l, to);
            }
            found = std::min(found, l.here);
        }
        return found;
    }

    // What a list gives to the weight of a document at most; it may have to be moved there.
    double most_of(List &l, docid did)
    {
        if (l.here < did) {
            move(l, did);
        }
        if (l.here != did) {
            return 0;
        }
        l.wdf = l.at.get_wdf();
        return l.word->constant * caps_[std::min<size_t>(l.wdf, caps_.size() - 1)];
    }

    // Has it the weight that is wanted? No list that is not optional is before it.
    bool promising(docid did)
    {
        weight_ = -1;
        if (min_ <= 0) {
            return true;
        }
        double most = below_[optional_];
        for (size_t i = optional_; i < order_.size(); i++) {
            most += most_of(*order_[i], did);
        }
        for (size_t i = optional_; i-- > 0 && most >= min_;) {
            const double bound = order_[i]->bound; // 0 once the list has ended
            most += most_of(*order_[i], did) - bound;
        }
        if (most >= min_) {
            weight_ = weigh(did, [](const List &l) { return l.wdf; });
        }
        return weight_ >= min_;
    }

    template <class Wdf> double weigh(docid did, Wdf wdf) const
    {
        const Xapian::termcount length = db_.get_doclength(did);
        double sum = 0;
        for (const auto &l : lists_) {
            if (l.here == did) {
                sum += l.word->constant * scheme_->shares.of(wdf(l), length);
            }
        }
        return sum;
    }

    void find(docid from, double min_weight)
    {
        demand(min_weight);
        for (;; from++) {
            from = move_to(from);
            if (from == END || promising(from)) {
                here_ = from;
                return;
            }
        }
    }
};

} // namespace

// ---- shapes -------------------------------------------------------------------------------------

std::shared_ptr<const nx::Shape> nx::shape_of_term(const std::string &term, Xapian::termcount wqf)
{
    if (term.empty()) { // that is all documents
        return nullptr;
    }
    auto shape = std::make_shared<Shape>();
    shape->words.push_back({term, static_cast<double>(wqf)});
    return shape;
}

// A posting source learns of the least weight that is wanted, but not of factors around it.
std::shared_ptr<const nx::Shape> nx::shape_of_scaled(const nx_xquery &sub, double factor)
{
    if (factor == 1) {
        return sub.shape;
    }
    if (sub.shape == nullptr || sub.shape->words.empty()) {
        return nullptr;
    }
    auto shape = std::make_shared<Shape>(*sub.shape);
    for (auto &w : shape->words) {
        w.factor *= factor;
    }
    return shape;
}

std::shared_ptr<const nx::Shape> nx::shape_of_combined(Xapian::Query::op op,
                                                       const std::vector<const nx_xquery *> &subs)
{
    const bool first_only = op == Xapian::Query::OP_FILTER || op == Xapian::Query::OP_AND_NOT;
    const bool any = op == Xapian::Query::OP_OR;
    auto shape = std::make_shared<Shape>();
    bool gains = false;
    if (!any && !first_only && op != Xapian::Query::OP_AND && op != Xapian::Query::OP_AND_MAYBE) {
        return nullptr;
    }
    shape->op = op;
    for (const auto *sub : subs) {
        const bool used = sub->shape != nullptr && (!first_only || shape->parts.empty());
        if (any && used && !sub->shape->words.empty()) {
            const auto &words = sub->shape->words;
            shape->words.insert(shape->words.end(), words.begin(), words.end());
        } else {
            shape->parts.push_back({sub->query, used ? sub->shape : nullptr});
        }
        gains = gains || used;
    }
    if (!gains || shape->words.size() > WORDS_MAX) {
        return nullptr;
    }
    if (!shape->words.empty() && !shape->parts.empty()) {
        auto words = std::make_shared<Shape>();
        words->words.swap(shape->words);
        shape->parts.push_back({Xapian::Query(), words});
    }
    return shape;
}

Xapian::Query nx::with_sources(const nx_xquery &q, const Xapian::Database &db, double c)
{
    if (q.shape == nullptr) {
        return q.query;
    }
    if (!q.shape->words.empty()) {
        auto scheme = std::make_shared<Scheme>(q.shape->words, db, c);
        auto source = std::make_unique<Words>(std::move(scheme));
        return Xapian::Query(source.release()->release());
    }
    std::vector<Xapian::Query> parts;
    for (const auto &part : q.shape->parts) {
        parts.push_back(with_sources(part, db, c));
    }
    return Xapian::Query(q.shape->op, parts.begin(), parts.end());
}
