// wrap.hpp: what the sources of the binding share: the wrapped objects, the fence, conversions.
//
// Private to this folder. Each opaque C type is a struct with a Xapian object as a member, so that
// nothing is ever cast; each entry point is one fence() around one lambda.
#ifndef NX_XAPIAN_C_WRAP_HPP
#define NX_XAPIAN_C_WRAP_HPP

#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <xapian.h>

#include "xapian-c/words.hpp"
#include "xapian-c/xapian_c.h"

struct nx_xdb {
    Xapian::Database db;
    std::vector<Xapian::Database> shards{}; // that it is made of, on this machine
    bool elsewhere = false;                 // a shard is on another machine
};

struct nx_xwdb {
    Xapian::WritableDatabase db;
    nx_xdb view; // shares db's internals
    explicit nx_xwdb(const Xapian::WritableDatabase &from) : db(from), view{from, {from}}
    {
    }
};

struct nx_xdoc {
    Xapian::Document doc;
};

struct nx_xquery {
    Xapian::Query query;
    std::shared_ptr<const nx::Shape> shape = nullptr;
};

struct nx_xspy {
    std::shared_ptr<Xapian::ValueCountMatchSpy> spy;
};

struct nx_xenquire {
    Xapian::Enquire enquire;
    Xapian::Database db;
    Xapian::doccount doc_count;
    std::vector<std::shared_ptr<Xapian::ValueCountMatchSpy>> spies; // alive while they are asked
    nx_xquery query;
    Xapian::termcount query_length = 0;
    bool by_inl2 = false; // with c
    bool by_nothing = false;
    double c = 0;
};

struct nx_xmset {
    Xapian::MSet mset;
};

struct nx_xrset {
    Xapian::RSet rset;
};

struct nx_xeset {
    std::vector<std::pair<std::string, double>> terms;
};

// Before the first entry: !started. At the end: at == end.
struct nx_xterms {
    Xapian::TermIterator at, end;
    bool started;
    std::string term;
};

struct nx_xposts {
    Xapian::PostingIterator at, end;
    bool started;
};

struct nx_xvalues {
    Xapian::ValueIterator at, end;
    bool of_document; // the cursor's key is a slot, not a docid
    bool started;
    std::string value;
};

namespace nx
{

// A posting source that enters a shard, by whatever name libxapian tells it to.
class ShardSource : public Xapian::PostingSource
{
#if XAPIAN_AT_LEAST(1, 5, 0)
    void reset(const Xapian::Database &from, Xapian::doccount) final
    {
        enter(from);
    }
#else
    void init(const Xapian::Database &from) final
    {
        enter(from);
    }
#endif
    virtual void enter(const Xapian::Database &from) = 0;
};

// Thrown when a C callback has failed; carries its message through libxapian.
struct callback_failed {
    nx_error error;
};

// What the exception being handled means. Inside a catch block only.
nx_status translate_current(nx_error *err) noexcept;

// Runs body, which returns nothing or an nx_status. Nothing leaves it but a status.
template <class Body> nx_status fence(nx_error *err, Body &&body) noexcept
{
    try {
        if constexpr (std::is_void_v<decltype(body())>) {
            body();
            return NX_OK;
        } else {
            return body();
        }
    } catch (...) {
        return translate_current(err);
    }
}

// As fence, for what makes an object: *out is what body returns (a new object), or NULL.
template <class T, class Body> nx_status make(T **out, nx_error *err, Body &&body) noexcept
{
    *out = nullptr;
    return fence(err, [&] { *out = body(); });
}

// As make, from bytes. libxapian 1.4 takes malformed bytes for a failure of the network they
// usually come from.
template <class T, class Body>
nx_status make_from_bytes(T **out, nx_error *err, Body &&body) noexcept
{
    return make(out, err, [&] {
        try {
            return body();
        } catch (const Xapian::NetworkError &e) {
            throw Xapian::SerialisationError(e.get_msg());
        }
    });
}

// Ends the running search or compaction with a callback's failure.
inline void require(nx_status status, const nx_error &error)
{
    if (status != NX_OK) {
        callback_failed failed{error};
        failed.error.code = status;
        throw failed;
    }
}

inline std::string to_string(nx_str s)
{
    return s.n > 0 ? std::string(s.p, s.n) : std::string();
}

inline nx_str to_str(const std::string &s)
{
    return nx_str_make(s.data(), s.size());
}

inline nx_status append(nx_buf *out, const std::string &s, nx_error *err)
{
    nx_buf_add(out, s.data(), s.size());
    return nx_buf_check(out, "text read from the index", err);
}

inline nx_xterms *new_terms(const Xapian::TermIterator &begin, const Xapian::TermIterator &end)
{
    return new nx_xterms{begin, end, false, std::string()};
}

} // namespace nx

#endif
