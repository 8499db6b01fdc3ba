// words.hpp: an OR of weighted terms as one posting source, with InL2's weights.
//
// libxapian looks up the length of a document for each term of each match before it knows a weight.
// Here what a term can weigh at most, as often as it occurs, is known first, and most matches need
// no length; of terms that cannot lift a document into the result by themselves, only those of
// documents found by others are looked at (MaxScore, Turtle & Flood 1995). The same documents and
// weights come of it.
// Private to this folder.
#ifndef NX_XAPIAN_C_WORDS_HPP
#define NX_XAPIAN_C_WORDS_HPP

#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

struct nx_xquery;

namespace nx
{

struct WeightedTerm {
    std::string term;
    double factor;
};

// How a query is made of words: an OR of them, or an operation on queries. Immutable.
struct Shape {
    std::vector<WeightedTerm> words; // none: what follows at `op`
    bool as_one = false;             // they weigh as one word with the occurrences of all: SYNONYM
    double factor = 1;               // of that word
    Xapian::termcount at_least = 0;  // occurrences of it
    bool many = false;               // it or a part is found by many.hpp, whether it weighs or not
    Xapian::Query::op op = Xapian::Query::OP_OR;
    std::vector<nx_xquery> parts;
};

// Those of queries in the making; NULL where a posting source has nothing to give.
std::shared_ptr<const Shape> shape_of_term(const std::string &term, Xapian::termcount wqf);
std::shared_ptr<const Shape> shape_of_scaled(const nx_xquery &sub, double factor);
std::shared_ptr<const Shape> shape_of_combined(Xapian::Query::op op,
                                               const std::vector<const nx_xquery *> &subs);
std::shared_ptr<const Shape> shape_of_frequent(const std::vector<std::string> &terms,
                                               Xapian::termcount at_least);

// The documents that have a term, without weight.
Xapian::Query source_of_term(const std::string &term);

// The query with posting sources in the place of words, for searching db, as it is now and without
// remote shards, by InL2 with c, or without weights.
Xapian::Query with_sources(const nx_xquery &q, const Xapian::Database &db, bool weighs, double c);

} // namespace nx

#endif
