// inl2.cc: see inl2.hpp.
#include "xapian-c/inl2.hpp"

#if !XAPIAN_AT_LEAST(1, 5, 0)

nx::InL2Weight::InL2Weight(double c) : c_(c)
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
    return new InL2Weight(c_);
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
    shares_ = std::make_unique<InL2Shares>(c_ * get_average_length());
    constant_ = get_wqf() * inl2_rarity(get_collection_size(), get_termfreq()) * factor;
    bound_ = constant_ * shares_->of(get_wdf_upper_bound(), get_doclength_lower_bound());
}

double nx::InL2Weight::get_sumpart(Xapian::termcount wdf, Xapian::termcount length,
                                   Xapian::termcount) const
{
    return constant_ * shares_->of(wdf, length);
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
