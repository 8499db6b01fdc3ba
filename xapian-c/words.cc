// words.cc: see words.hpp.
#include "xapian-c/words.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "xapian-c/many.hpp"
#include "xapian-c/wrap.hpp"

namespace
{

using Xapian::docid;

constexpr docid END = std::numeric_limits<docid>::max();
// Lists are looked at one after the other; for more many.hpp is better.
constexpr size_t WORDS_MAX = 128;
// Of a weight: how far a sum of bounds may be off by rounding.
constexpr double SLACK = 1e-10;

// ---- the source ---------------------------------------------------------------------------------

// The postings of a word in a shard.
struct List {
    const nx::Word *word;
    Xapian::PostingIterator at;
    docid here; // END after the last
    double bound;
    Xapian::termcount wdf; // in the document that is looked at; 0: it is not there
};

class Words : public nx::ShardSource
{
  public:
    explicit Words(std::shared_ptr<nx::Scheme> scheme) : scheme_(std::move(scheme))
    {
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return *std::max_element(frequencies_.begin(), frequencies_.end());
    }

    Xapian::doccount get_termfreq_est() const override
    {
        return nx::any_of(frequencies_, db_.get_doccount());
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

    // Stands at the first document from there on even where it is not promising: what says false is
    // taken to be at the next one by libxapian's OR, which asks for its weight. What it weighs then
    // does not matter: the document is left out, whatever is added.
    bool check(docid did, double min_weight) override
    {
        if (did > here_) {
            demand(min_weight);
            here_ = move_to(did);
            if (here_ != END && !promising(here_)) {
                weight_ = 0;
            }
        }
        return true;
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
    std::shared_ptr<nx::Scheme> scheme_;
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

namespace
{

using nx::Shape;

bool is_one_word(const Shape *s)
{
    return s != nullptr && s->words.size() == 1 && !s->as_one;
}

// Is it a list of words that can be put together with others?
bool is_words(const Shape *s)
{
    return s != nullptr && !s->words.empty() && !s->as_one;
}

std::shared_ptr<const Shape> shape_as_one(const std::vector<const nx_xquery *> &subs)
{
    auto shape = std::make_shared<Shape>();
    for (const auto *sub : subs) {
        if (!is_one_word(sub->shape.get())) {
            return nullptr;
        }
        shape->words.push_back(sub->shape->words.front());
    }
    shape->as_one = shape->many = true;
    return subs.size() > 1 ? shape : nullptr;
}

// Of these only the first weighs, or decides alone which documents are looked at.
bool weighs_first_only(Xapian::Query::op op)
{
    return op == Xapian::Query::OP_FILTER || op == Xapian::Query::OP_AND_NOT;
}

std::shared_ptr<nx::Scheme> scheme_of(const Shape &s, const Xapian::Database &db, double c)
{
    const auto documents = db.get_doccount();
    auto scheme = std::make_shared<nx::Scheme>(c * db.get_avlength());
    std::vector<Xapian::doccount> frequencies;
    for (const auto &w : s.words) {
        frequencies.push_back(db.get_termfreq(w.term));
        scheme->words.push_back(
            {w.term, nx::inl2_rarity(documents, frequencies.back()) * w.factor});
    }
    scheme->constant = s.factor * nx::inl2_rarity(documents, nx::any_of(frequencies, documents));
    return scheme;
}

Xapian::Query to_query(std::unique_ptr<Xapian::PostingSource> source)
{
    return Xapian::Query(source.release()->release());
}

} // namespace

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
    if (sub.shape == nullptr || factor == 1) {
        return sub.shape;
    }
    auto shape = std::make_shared<Shape>(*sub.shape);
    shape->factor *= factor;
    for (auto &w : shape->words) {
        w.factor *= shape->as_one ? 1 : factor;
    }
    for (auto &part : shape->parts) {
        part = {Xapian::Query(factor, part.query), shape_of_scaled(part, factor)};
    }
    return shape;
}

std::shared_ptr<const nx::Shape> nx::shape_of_combined(Xapian::Query::op op,
                                                       const std::vector<const nx_xquery *> &subs)
{
    const bool any = op == Xapian::Query::OP_OR;
    auto shape = std::make_shared<Shape>();
    bool gains = false;
    if (op == Xapian::Query::OP_SYNONYM) {
        return shape_as_one(subs);
    }
    if (!any && !weighs_first_only(op) && op != Xapian::Query::OP_AND &&
        op != Xapian::Query::OP_AND_MAYBE) {
        return nullptr;
    }
    shape->op = op;
    std::vector<Xapian::Query> plain; // the words as libxapian finds them
    for (size_t i = 0; i < subs.size(); i++) {
        const auto &sub = *subs[i];
        const bool weighs = i == 0 || !weighs_first_only(op);
        const bool used = sub.shape != nullptr && (weighs || sub.shape->many);
        if (any && used && is_words(sub.shape.get())) {
            const auto &words = sub.shape->words;
            shape->words.insert(shape->words.end(), words.begin(), words.end());
            plain.push_back(sub.query);
        } else {
            shape->parts.push_back({sub.query, used ? sub.shape : nullptr});
        }
        gains = gains || used;
        shape->many = shape->many || (used && sub.shape->many);
    }
    if (!gains) {
        return nullptr;
    }
    shape->many = shape->many || shape->words.size() > WORDS_MAX;
    if (!shape->words.empty() && !shape->parts.empty()) {
        auto words = std::make_shared<Shape>();
        words->words.swap(shape->words);
        words->many = words->words.size() > WORDS_MAX;
        shape->parts.push_back(
            {Xapian::Query(Xapian::Query::OP_OR, plain.begin(), plain.end()), words});
    }
    return shape;
}

std::shared_ptr<const nx::Shape> nx::shape_of_frequent(const std::vector<std::string> &terms,
                                                       Xapian::termcount at_least)
{
    auto shape = std::make_shared<Shape>();
    for (const auto &term : terms) {
        shape->words.push_back({term, 1});
    }
    shape->as_one = shape->many = true;
    shape->factor = 0;
    shape->at_least = at_least;
    return shape;
}

Xapian::Query nx::source_of_term(const std::string &term)
{
    auto scheme = std::make_shared<nx::Scheme>(0);
    scheme->words.push_back({term, 0});
    return to_query(std::make_unique<Words>(std::move(scheme)));
}

Xapian::Query nx::with_sources(const nx_xquery &q, const Xapian::Database &db, bool weighs,
                               double c)
{
    if (q.shape == nullptr || (!weighs && !q.shape->many)) {
        return q.query;
    }
    const Shape &s = *q.shape;
    if (s.words.empty()) {
        std::vector<Xapian::Query> parts;
        for (const auto &part : s.parts) {
            parts.push_back(with_sources(part, db, weighs, c));
        }
        return Xapian::Query(s.op, parts.begin(), parts.end());
    }
    auto scheme = scheme_of(s, db, c);
    if (!s.many) {
        return to_query(std::make_unique<Words>(std::move(scheme)));
    }
    const ManyAs as = !weighs || s.factor == 0 ? ManyAs::NOTHING
                      : s.as_one               ? ManyAs::ONE
                                               : ManyAs::WORDS;
    return to_query(many_words(std::move(scheme), as, s.at_least));
}
