// glass_support.h: generated documents, and building them with glass/ and with libxapian.
#ifndef NX_TESTS_GLASS_SUPPORT_H
#define NX_TESTS_GLASS_SUPPORT_H

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "glass/glass.h"

struct TestTerm {
    uint32_t wdf = 0;
    std::set<uint32_t> positions;
};

struct TestDoc {
    std::map<std::string, TestTerm> terms;
    std::map<uint32_t, std::string> values;
    std::string data;
    int64_t order = 0;
};

struct Corpus {
    std::vector<TestDoc> docs;
    std::map<std::string, std::string> metadata;
    std::map<std::string, uint32_t> spelling;
    std::set<size_t> dropped; // indexes in docs that are added and dropped again
};

// The same numbers on every machine.
struct Random {
    uint64_t state;
    explicit Random(uint64_t seed) : state(seed * 0x9e3779b97f4a7c15U + 1)
    {
    }
    uint64_t next()
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state * 0x2545f4914f6cdd1dU >> 11;
    }
    uint32_t below(uint32_t n)
    {
        return static_cast<uint32_t>(next() % n);
    }
    std::string bytes(size_t n, unsigned alphabet)
    {
        std::string s;
        for (size_t i = 0; i < n; i++) {
            s.push_back(static_cast<char>(alphabet == 256 ? below(256) : 'a' + below(alphabet)));
        }
        return s;
    }
};

// Documents like news: Zipf-like words with positions, stems without, a few values, text as data.
Corpus news_corpus(uint64_t seed, size_t docs, size_t words);

struct BuildOptions {
    uint32_t block_size = 8192;
    unsigned workers = 1;
    size_t batch_docs = 100;
    uint64_t budget = 64U << 20;
    bool compress = true;
    std::set<uint32_t> late = {}; // slots whose values are given after sealing
};

// Builds at path, which must not exist; fails the running test when that does not work.
nx_glass_summary build_ours(const std::string &path, const Corpus &c, const BuildOptions &o);
void build_theirs(const std::string &path, const Corpus &c, uint32_t block_size = 8192);
Xapian::Document to_xapian(const TestDoc &d);

// All tables and statistics are the same.
void assert_same_database(const std::string &ours, const std::string &theirs);
// xapian-check with all its checks finds nothing.
void assert_checks(const std::string &path);
// A fresh empty directory, removed at exit; a new name in it.
std::string scratch_path(const std::string &name);

#endif
