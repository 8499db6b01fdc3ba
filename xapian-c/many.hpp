// many.hpp: very many words as one posting source.
//
// libxapian's OR is a tree: each posting of each word climbs it by comparisons. Here a window of
// documents is filled word by word, a sum for each document, and then read in order (as Lucene's
// BooleanScorer does), so that a posting costs its reading and an addition.
// Private to this folder.
#ifndef NX_XAPIAN_C_MANY_HPP
#define NX_XAPIAN_C_MANY_HPP

#include <memory>

#include "xapian-c/scheme.hpp"

namespace nx
{

enum class ManyAs {
    WORDS,   // each has its weight: an OR of them
    ONE,     // they weigh as one word that occurs as often as they do together: libxapian's SYNONYM
    NOTHING, // no weight
};

// Documents that have the scheme's words at_least so many times together (0: at all). Not for
// remote shards.
std::unique_ptr<Xapian::PostingSource> many_words(std::shared_ptr<Scheme> scheme, ManyAs as,
                                                  Xapian::termcount at_least);

} // namespace nx

#endif
