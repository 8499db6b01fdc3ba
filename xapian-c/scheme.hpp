// scheme.hpp: InL2's weights of words, for posting sources: what is the same in all shards.
// Private to this folder.
#ifndef NX_XAPIAN_C_SCHEME_HPP
#define NX_XAPIAN_C_SCHEME_HPP

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <string>
#include <vector>

#include <xapian.h>

#include "xapian-c/inl2.hpp"

namespace nx
{

// How many documents have one of several words of these frequencies, as libxapian's OR reckons: the
// rarest are put together first, taken for independent.
inline Xapian::doccount any_of(const std::vector<Xapian::doccount> &frequencies,
                               Xapian::doccount documents)
{
    const double all = std::max<Xapian::doccount>(1, documents);
    std::priority_queue<double, std::vector<double>, std::greater<>> queue(frequencies.begin(),
                                                                           frequencies.end());
    while (queue.size() > 1) {
        const double a = queue.top();
        queue.pop();
        const double b = queue.top();
        queue.pop();
        queue.push(std::floor(a + b - a * b / all + 0.5));
    }
    return static_cast<Xapian::doccount>(queue.top());
}

struct Word {
    std::string term;
    double constant; // of its weight: everything that is the same in all documents
};

struct Scheme {
    std::vector<Word> words;
    double constant = 0; // of all of them as one word
    InL2Shares shares;

    explicit Scheme(double product) : shares(product)
    {
    }
};

} // namespace nx

#endif
