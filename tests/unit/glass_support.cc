// glass_support.cc: see glass_support.h.
#include "tests/unit/glass_support.h"

#include <atomic>
#include <cstdlib>
#include <sstream>
#include <thread>

extern "C" {
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
}

#include "base/io.h"
#include "tests/unit/glass_tables.h"

#ifdef NX_UNDER_SANITIZER
// libxapian 1.4.22 deletes an object of Database::check through its base class; that is its own.
extern "C" const char *__asan_default_options();
extern "C" const char *__asan_default_options()
{
    return "new_delete_type_mismatch=0";
}
#endif

std::string scratch_path(const std::string &name)
{
    struct Directory {
        std::string path;
        Directory()
        {
            const char *tmp = getenv("TMPDIR");
            path = std::string(tmp != nullptr ? tmp : "/tmp") + "/nx-glass-XXXXXX";
            if (mkdtemp(&path[0]) == nullptr) {
                fail_msg("no scratch directory");
            }
        }
        ~Directory()
        {
            nx_error err = NX_ERROR_INIT;
            (void)!nx_remove_tree(path.c_str(), &err);
        }
    };
    static Directory directory;
    static int count = 0;
    return directory.path + "/" + std::to_string(count++) + "-" + name;
}

Corpus news_corpus(uint64_t seed, size_t docs, size_t words)
{
    Random r(seed);
    Corpus c;
    for (size_t i = 0; i < docs; i++) {
        TestDoc d;
        uint32_t n = r.below(static_cast<uint32_t>(2 * words + 1));
        for (uint32_t pos = 1; pos <= n; pos++) {
            uint32_t rank = r.below(1U << r.below(14));
            std::string word = "w" + std::to_string(rank * 7919 % 10007);
            TestTerm &t = d.terms[word];
            t.wdf++;
            t.positions.insert(pos);
            d.terms["Z" + word.substr(0, 3)].wdf++;
            d.data += word + " ";
        }
        d.terms["Q" + std::to_string(i)].wdf = 0;
        char date[16];
        snprintf(date, sizeof date, "2019%02u%02u", r.below(12) + 1, r.below(28) + 1);
        d.terms[std::string("D") + date].wdf = 0;
        d.values[0] = date;
        if (r.below(3) == 0) {
            d.values[2] = r.bytes(1 + r.below(20), 26);
        }
        d.order = static_cast<int64_t>(i);
        c.docs.push_back(d);
    }
    return c;
}

namespace
{

#define OK(call)                                                                                   \
    do {                                                                                           \
        nx_error err = NX_ERROR_INIT;                                                              \
        if ((call) != NX_OK) {                                                                     \
            fail_msg("%s: %s", #call, err.msg);                                                    \
        }                                                                                          \
    } while (0)

// One document as a DOC in a vocabulary; valid until the next.
struct DocView {
    std::vector<nx_doc_term> terms;
    std::vector<uint32_t> positions;
    std::vector<nx_doc_value> values;
    nx_doc doc = {};

    const nx_doc *set(const TestDoc &d, nx_vocab *vocab)
    {
        terms.clear();
        positions.clear();
        values.clear();
        for (const auto &t : d.terms) {
            nx_doc_term out = {};
            out.term = nx_vocab_add(vocab, nx_str_make(t.first.data(), t.first.size()), nullptr);
            out.wdf = t.second.wdf;
            out.pos_start = static_cast<uint32_t>(positions.size());
            out.pos_count = static_cast<uint32_t>(t.second.positions.size());
            positions.insert(positions.end(), t.second.positions.begin(), t.second.positions.end());
            terms.push_back(out);
        }
        for (const auto &v : d.values) {
            values.push_back({v.first, nx_str_make(v.second.data(), v.second.size())});
        }
        doc.vocab = vocab;
        doc.terms = terms.data();
        doc.term_count = terms.size();
        doc.positions = positions.data();
        doc.position_count = positions.size();
        doc.values = values.data();
        doc.value_count = values.size();
        doc.data = nx_str_make(d.data.data(), d.data.size());
        return &doc;
    }
};

// Takes batches from a common counter until there are none. Later batches are often sealed before
// earlier ones.
void work(nx_glass_builder *b, const Corpus &c, const BuildOptions &o, std::atomic<size_t> &next,
          std::atomic<int> &failures)
{
    nx_error err = NX_ERROR_INIT;
    nx_glass_worker *w = nullptr;
    nx_vocab *vocab = nx_vocab_new();
    DocView view;
    const size_t batch_docs = o.batch_docs;
    bool ok = vocab != nullptr && nx_glass_worker_new(&w, b, &err) == NX_OK;
    while (ok) {
        size_t batch = next++, from = batch * batch_docs;
        if (from >= c.docs.size()) {
            break;
        }
        for (size_t i = from; ok && i < from + batch_docs && i < c.docs.size(); i++) {
            uint32_t ordinal = 0;
            TestDoc d = c.docs[i];
            for (uint32_t slot : o.late) {
                d.values.erase(slot);
            }
            ok = nx_glass_worker_add(w, view.set(d, vocab), d.order, &ordinal, &err) == NX_OK &&
                 ordinal == i - from;
            if (ok && c.dropped.count(i) != 0) {
                ok = nx_glass_drop(b, static_cast<uint32_t>(batch), ordinal, &err) == NX_OK;
            }
        }
        ok = ok && nx_glass_worker_seal(w, static_cast<uint32_t>(batch), &err) == NX_OK;
        nx_vocab_clear(vocab);
    }
    failures += ok ? 0 : 1;
    if (!ok) {
        fprintf(stderr, "worker: %s\n", err.msg);
    }
    nx_glass_worker_free(w);
    nx_vocab_free(vocab);
}

} // namespace

nx_glass_summary build_ours(const std::string &path, const Corpus &c, const BuildOptions &o)
{
    nx_glass_options options = NX_GLASS_OPTIONS_INIT;
    options.block_size = o.block_size;
    options.compress = o.compress;
    options.memory_budget = o.budget;
    options.threads = o.workers > 1 ? 2 : 1;
    nx_glass_builder *b = nullptr;
    OK(nx_glass_builder_new(&b, path.c_str(), &options, &err));
    for (const auto &m : c.metadata) {
        OK(nx_glass_set_metadata(b, nx_str_make(m.first.data(), m.first.size()),
                                 nx_str_make(m.second.data(), m.second.size()), &err));
    }
    for (const auto &s : c.spelling) {
        OK(nx_glass_add_spelling(b, nx_str_make(s.first.data(), s.first.size()), s.second, &err));
    }
    std::atomic<size_t> next{0};
    std::atomic<int> failures{0};
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < o.workers; i++) {
        threads.emplace_back([&] { work(b, c, o, next, failures); });
    }
    for (std::thread &t : threads) {
        t.join();
    }
    assert_int_equal(failures.load(), 0);
    for (size_t i = c.docs.size(); i-- > 0;) {
        for (uint32_t slot : o.late) {
            auto v = c.docs[i].values.find(slot);
            if (v != c.docs[i].values.end()) {
                OK(nx_glass_late_value(b, static_cast<uint32_t>(i / o.batch_docs),
                                       static_cast<uint32_t>(i % o.batch_docs), slot,
                                       nx_str_make(v->second.data(), v->second.size()), &err));
            }
        }
    }
    nx_glass_summary summary = {};
    OK(nx_glass_finish(b, &summary, &err));
    return summary;
}

Xapian::Document to_xapian(const TestDoc &d)
{
    Xapian::Document out;
    for (const auto &t : d.terms) {
        out.add_term(t.first, t.second.wdf);
        for (uint32_t pos : t.second.positions) {
            out.add_posting(t.first, pos, 0);
        }
    }
    for (const auto &v : d.values) {
        out.add_value(v.first, v.second);
    }
    out.set_data(d.data);
    return out;
}

void build_theirs(const std::string &path, const Corpus &c, uint32_t block_size)
{
    setenv("XAPIAN_FLUSH_THRESHOLD", "1000000", 1);
    Xapian::WritableDatabase db(path, Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS,
                                static_cast<int>(block_size));
    for (size_t i = 0; i < c.docs.size(); i++) {
        if (c.dropped.count(i) == 0) {
            db.add_document(to_xapian(c.docs[i]));
        }
    }
    for (const auto &m : c.metadata) {
        db.set_metadata(m.first, m.second);
    }
    for (const auto &s : c.spelling) {
        db.add_spelling(s.first, s.second);
    }
    db.commit();
}

static std::string hex(const std::string &s)
{
    std::string out;
    for (unsigned char c : s.substr(0, 60)) {
        char two[3];
        snprintf(two, sizeof two, "%02x", c);
        out += two;
    }
    return out;
}

void assert_same_database(const std::string &ours, const std::string &theirs)
{
    GlassDatabase a = read_glass(ours), b = read_glass(theirs);
    for (size_t t = 0; t < 6; t++) {
        const char *name = glass_table_names[t];
        const GlassTable &x = a.tables[t], &y = b.tables[t];
        size_t n = std::min(x.items.size(), y.items.size());
        for (size_t i = 0; i < n; i++) {
            if (x.items[i] != y.items[i]) {
                fail_msg("%s item %zu: key %s tag %s (%zu), libxapian has key %s tag %s (%zu)",
                         name, i, hex(x.items[i].first).c_str(), hex(x.items[i].second).c_str(),
                         x.items[i].second.size(), hex(y.items[i].first).c_str(),
                         hex(y.items[i].second).c_str(), y.items[i].second.size());
            }
        }
        if (x.items.size() != y.items.size()) {
            fail_msg("%s: %zu items, libxapian has %zu", name, x.items.size(), y.items.size());
        }
        assert_int_equal(x.entries, x.items.size());
        assert_int_equal(x.entries, y.entries);
    }
    assert_true(a.statistics == b.statistics);
}

void assert_checks(const std::string &path)
{
    std::ostringstream out;
    size_t errors = 0;
    try {
        errors = Xapian::Database::check(path, Xapian::DBCHECK_SHOW_STATS, &out);
    } catch (const Xapian::Error &e) {
        fail_msg("%s", e.get_description().c_str());
    }
    if (errors != 0) {
        fail_msg("%s", out.str().c_str());
    }
}
