// inl2.hpp: the InL2 weighting scheme, with the bound that its weights have.
//
// libxapian 1.4 multiplies the bound by the factor of a scaled query once too often. Where the
// factor is below 1, the matcher then leaves out documents that belong among the best; where it is
// above, it weighs nearly all of them for nothing. The weights are libxapian's to the last bit, so
// that shards on other machines may use theirs; but a logarithm is taken once for a length of
// document, not for a posting.
// Private to this folder.
#ifndef NX_XAPIAN_C_INL2_HPP
#define NX_XAPIAN_C_INL2_HPP

#include <array>
#include <memory>
#include <string>

#include <xapian.h>

namespace nx
{

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
    // By length of document, as far as it was asked for; shared by the terms of a query.
    struct Logarithms {
        double product;
        std::array<double, 2048> known;
    };

    double c_;
    double constant_ = 0; // of a term: everything that is the same in all documents
    double bound_ = 0;
    std::shared_ptr<Logarithms> logarithms_;

    void init(double factor) override;
    double logarithm(Xapian::termcount length) const;
};
#endif

} // namespace nx

#endif
