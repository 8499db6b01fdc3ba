// inl2.cc: see inl2.hpp.
#include "xapian-c/inl2.hpp"

#include <cmath>

#if !XAPIAN_AT_LEAST(1, 5, 0)

namespace
{

double saturated(double x)
{
    return x / (x + 1.0);
}

} // namespace

nx::InL2Weight::InL2Weight(double c) : c_(c), logarithms_(std::make_shared<Logarithms>())
{
    need_stat(AVERAGE_LENGTH);
    need_stat(DOC_LENGTH);
    need_stat(DOC_LENGTH_MIN);
    need_stat(COLLECTION_SIZE);
    need_stat(WDF);
    need_stat(WDF_MAX);
    need_stat(WQF);
    need_stat(TERMFREQ);
}

nx::InL2Weight *nx::InL2Weight::clone() const
{
    auto copy = std::make_unique<InL2Weight>(c_);
    copy->logarithms_ = logarithms_;
    return copy.release();
}

// Another machine makes libxapian's own of it.
std::string nx::InL2Weight::name() const
{
    return Xapian::InL2Weight(c_).name();
}

std::string nx::InL2Weight::serialise() const
{
    return Xapian::InL2Weight(c_).serialise();
}

void nx::InL2Weight::init(double factor)
{
    const double product = c_ * get_average_length();
    if (logarithms_->product != product) {
        logarithms_ = std::make_shared<Logarithms>();
        logarithms_->product = product;
    }
    const Xapian::termcount wdf = get_wdf_upper_bound();
    if (wdf == 0) {
        bound_ = 0;
        return;
    }
    const double rarity = std::log2((get_collection_size() + 1.0) / (get_termfreq() + 0.5));
    constant_ = get_wqf() * rarity * factor;
    bound_ = constant_ * saturated(wdf * logarithm(get_doclength_lower_bound()));
}

double nx::InL2Weight::logarithm(Xapian::termcount length) const
{
    if (length >= logarithms_->known.size()) {
        return std::log2(1 + logarithms_->product / length);
    }
    double &known = logarithms_->known[length];
    if (known == 0) {
        known = std::log2(1 + logarithms_->product / length);
    }
    return known;
}

double nx::InL2Weight::get_sumpart(Xapian::termcount wdf, Xapian::termcount length,
                                   Xapian::termcount) const
{
    return wdf == 0 ? 0 : constant_ * saturated(wdf * logarithm(length));
}

double nx::InL2Weight::get_maxpart() const
{
    return bound_;
}

double nx::InL2Weight::get_sumextra(Xapian::termcount, Xapian::termcount) const
{
    return 0;
}

double nx::InL2Weight::get_maxextra() const
{
    return 0;
}

#endif
