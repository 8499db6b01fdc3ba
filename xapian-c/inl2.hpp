// inl2.hpp: the InL2 weighting scheme, with the bound that its weights have.
//
// libxapian 1.4 multiplies the bound by the factor of a scaled query once too often. Where the
// factor is below 1, the matcher then leaves out documents that belong among the best; where it is
// above, it weighs nearly all of them for nothing. The weights are libxapian's to the last bit, so
// that shards on other machines may use theirs.
// Private to this folder.
#ifndef NX_XAPIAN_C_INL2_HPP
#define NX_XAPIAN_C_INL2_HPP

#include <array>
#include <cmath>
#include <memory>
#include <string>

#include <xapian.h>

namespace nx
{

// What of the weights depends on the document, with c times the average length as product. A
// logarithm is taken once for a length of document, not for a posting.
class InL2Shares
{
  public:
    explicit InL2Shares(double product) : product_(product)
    {
    }

    // In [0, 1): of what is the same in all documents.
    double of(Xapian::termcount wdf, Xapian::termcount length)
    {
        if (wdf == 0) {
            return 0;
        }
        const double x = wdf * logarithm(length);
        return x / (x + 1.0);
    }

  private:
    double product_;
    std::array<double, 2048> known_{}; // logarithms by length, as far as they were asked for

    double logarithm(Xapian::termcount length)
    {
        if (length >= known_.size()) {
            return std::log2(1 + product_ / length);
        }
        double &known = known_[length];
        if (known == 0) {
            known = std::log2(1 + product_ / length);
        }
        return known;
    }
};

// What is the same in all documents, but for factors: how rare a term is.
inline double inl2_rarity(Xapian::doccount documents, Xapian::doccount with_term)
{
    return std::log2((documents + 1.0) / (with_term + 0.5));
}

#if XAPIAN_AT_LEAST(1, 5, 0)
using InL2Weight = Xapian::InL2Weight; // mended there
#else
class InL2Weight : public Xapian::Weight
{
  public:
    explicit InL2Weight(double c);

    InL2Weight *clone() const override;
    std::string name() const override;
    std::string serialise() const override;
    double get_sumpart(Xapian::termcount wdf, Xapian::termcount length,
                       Xapian::termcount) const override;
    double get_maxpart() const override;
    double get_sumextra(Xapian::termcount, Xapian::termcount) const override;
    double get_maxextra() const override;

  private:
    double c_;
    double constant_ = 0; // of a term: everything that is the same in all documents
    double bound_ = 0;
    std::unique_ptr<InL2Shares> shares_; // since init

    void init(double factor) override;
};
#endif

} // namespace nx

#endif
