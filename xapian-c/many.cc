// many.cc: see many.hpp.
#include "xapian-c/many.hpp"

#include <algorithm>
#include <limits>

#include "xapian-c/wrap.hpp"

namespace
{

using nx::ManyAs;
using Xapian::docid;

constexpr docid END = std::numeric_limits<docid>::max();
// Documents of a window: few after a jump, since what comes next may be a jump too.
constexpr docid WINDOW_MIN = 16;
constexpr docid WINDOW_MAX = 4096;
// Of a weight: how far a sum may be off by rounding.
constexpr double SLACK = 1e-10;

// The postings of a word in a shard.
struct List {
    const nx::Word *word;
    Xapian::PostingIterator at;
    docid here; // 0 before the first, END after the last
};

class Many : public nx::ShardSource
{
  public:
    Many(std::shared_ptr<nx::Scheme> scheme, ManyAs as, Xapian::termcount at_least)
        : scheme_(std::move(scheme)), as_(as), at_least_(at_least)
    {
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return at_least_ > 1 ? 0 : *std::max_element(frequencies_.begin(), frequencies_.end());
    }

    Xapian::doccount get_termfreq_est() const override
    {
        return std::min(nx::any_of(frequencies_, db_.get_doccount()), get_termfreq_max());
    }

    Xapian::doccount get_termfreq_max() const override
    {
        uint64_t sum = 0;
        for (const auto n : frequencies_) {
            sum += n;
        }
        if (at_least_ > 1) { // each of them takes so many
            sum = std::min(sum, occurrences_ / at_least_);
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

    double get_weight() const override
    {
        return weight_of(here_ - start_);
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

    Many *clone() const override
    {
        return new Many(scheme_, as_, at_least_);
    }

    std::string get_description() const override
    {
        return std::to_string(scheme_->words.size()) + " words";
    }

  private:
    std::shared_ptr<nx::Scheme> scheme_;
    ManyAs as_;
    Xapian::termcount at_least_;
    Xapian::Database db_; // the shard
    std::vector<Xapian::doccount> frequencies_;
    uint64_t occurrences_ = 0;
    std::vector<List> lists_; // that have not ended
    docid here_ = 0;
    docid start_ = 1; // the window: documents from there on
    docid size_ = 0;
    std::array<bool, WINDOW_MAX> has_{};                  // one of the words
    std::array<Xapian::termcount, WINDOW_MAX> counts_{};  // of their occurrences
    std::array<double, WINDOW_MAX> weights_{};            // sums, where each word weighs
    std::array<Xapian::termcount, WINDOW_MAX> lengths_{}; // where each word weighs
    Xapian::PostingIterator documents_;                   // for the lengths
    Xapian::termcount shortest_ = 1;

    void enter(const Xapian::Database &from) override
    {
        db_ = from;
        const auto shortest = std::max<Xapian::termcount>(1, db_.get_doclength_lower_bound());
        uint64_t wdf_bound = 0;
        double most = 0;
        frequencies_.clear();
        lists_.clear();
        occurrences_ = 0;
        for (const auto &w : scheme_->words) {
            const auto wdf = db_.get_wdf_upper_bound(w.term);
            frequencies_.push_back(db_.get_termfreq(w.term));
            if (frequencies_.back() > 0) {
                lists_.push_back({&w, db_.postlist_begin(w.term), 0});
            }
            wdf_bound += wdf;
            occurrences_ += db_.get_collection_freq(w.term);
            most += w.constant * scheme_->shares.of(wdf, shortest);
        }
        if (as_ == ManyAs::ONE) {
            const uint64_t longest = db_.get_doclength_upper_bound();
            const auto wdf = static_cast<Xapian::termcount>(std::min(wdf_bound, longest));
            most = scheme_->constant * scheme_->shares.of(wdf, shortest);
        }
        set_maxweight(as_ == ManyAs::NOTHING ? 0 : most);
        documents_ = as_ == ManyAs::WORDS ? db_.postlist_begin("") : Xapian::PostingIterator();
        shortest_ = shortest;
        here_ = 0;
        start_ = 1;
        size_ = 0;
    }

    // Those of the window's documents that there are.
    void read_lengths()
    {
        const Xapian::PostingIterator end;
        if (documents_ != end) {
            documents_.skip_to(start_);
        }
        for (; documents_ != end && *documents_ - start_ < size_; ++documents_) {
            lengths_[*documents_ - start_] = documents_.get_doclength();
        }
    }

    void add(const List &l, docid at)
    {
        const auto wdf = l.at.get_wdf();
        has_[at] = true;
        counts_[at] += wdf;
        if (as_ == ManyAs::WORDS) {
            weights_[at] += l.word->constant * scheme_->shares.of(wdf, lengths_[at]);
        }
    }

    // Takes the postings of a word in the window; the list stands behind it then.
    void take(List &l)
    {
        const Xapian::PostingIterator end;
        if (l.here < start_) {
            l.at.skip_to(start_);
            l.here = l.at == end ? END : *l.at;
        }
        while (l.here - start_ < size_) {
            add(l, l.here - start_);
            ++l.at;
            l.here = l.at == end ? END : *l.at;
        }
    }

    // The window becomes the documents from `from` on. A gap between what the lists have is no
    // part of it.
    void fill(docid from)
    {
        const bool sequel = from == start_ + size_;
        size_ = sequel ? std::min(std::max(size_ * 2, WINDOW_MIN), WINDOW_MAX) : WINDOW_MIN;
        start_ = from;
        std::fill_n(has_.begin(), size_, false);
        std::fill_n(counts_.begin(), size_, 0);
        std::fill_n(weights_.begin(), size_, 0);
        if (as_ == ManyAs::WORDS) {
            read_lengths();
        }
        for (auto &l : lists_) {
            take(l);
        }
        lists_.erase(std::remove_if(lists_.begin(), lists_.end(),
                                    [](const List &l) { return l.here == END; }),
                     lists_.end());
    }

    double weight_of(docid at) const
    {
        switch (as_) {
        case ManyAs::WORDS: return weights_[at];
        case ManyAs::ONE: {
            const auto length = db_.get_doclength(start_ + at);
            return scheme_->constant * scheme_->shares.of(std::min(counts_[at], length), length);
        }
        case ManyAs::NOTHING: break;
        }
        return 0;
    }

    // What the document can weigh, whatever its length.
    double most_of(docid at) const
    {
        return as_ == ManyAs::ONE ? scheme_->constant * scheme_->shares.of(counts_[at], shortest_)
                                  : weight_of(at);
    }

    void find(docid from, double min_weight)
    {
        const double wanted = min_weight * (1 - SLACK);
        for (;; from++) {
            if (from - start_ >= size_) {
                const docid next = next_of_lists(from);
                if (next == END) {
                    here_ = END;
                    return;
                }
                fill(next);
                from = next;
            }
            const docid at = from - start_;
            if (has_[at] && counts_[at] >= at_least_ &&
                (wanted <= 0 || (most_of(at) >= wanted && weight_of(at) >= wanted))) {
                here_ = from;
                return;
            }
        }
    }

    // Where a window that is to have `from` may begin: lists that are behind it are not moved.
    docid next_of_lists(docid from) const
    {
        docid next = END;
        for (const auto &l : lists_) {
            next = std::min(next, std::max(l.here, from));
        }
        return next;
    }
};

} // namespace

std::unique_ptr<Xapian::PostingSource> nx::many_words(std::shared_ptr<Scheme> scheme, ManyAs as,
                                                      Xapian::termcount at_least)
{
    return std::make_unique<Many>(std::move(scheme), as, at_least);
}
