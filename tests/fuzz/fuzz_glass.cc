// fuzz_glass.cc: any bytes as a stream of documents, good and bad, into the bulk builder; what it
// publishes must satisfy xapian-check and give back what was put in.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <unistd.h>

#include <xapian.h>

#include "base/io.h"
#include "glass/glass.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#ifdef NX_UNDER_SANITIZER
// libxapian 1.4.22 deletes an object of Database::check through its base class; that is its own.
extern "C" const char *__asan_default_options();
extern "C" const char *__asan_default_options()
{
    return "new_delete_type_mismatch=0";
}
#endif

namespace
{

struct Input {
    const uint8_t *p, *end;
    uint32_t byte()
    {
        return p < end ? *p++ : 0;
    }
    // Mostly small, sometimes anything.
    uint32_t number()
    {
        uint32_t n = byte();
        if (n < 224) {
            return n;
        }
        uint32_t v = 0;
        for (int i = 0; i < 4; i++) {
            v = v << 8 | byte();
        }
        return v;
    }
    std::string bytes(size_t n)
    {
        std::string s;
        while (s.size() < n && p < end) {
            s.push_back(static_cast<char>(*p++));
        }
        return s;
    }
};

// A document; what is stored of it is remembered to be compared.
struct Doc {
    std::vector<nx_doc_term> terms;
    std::vector<uint32_t> positions;
    std::vector<std::string> value_bytes;
    std::vector<nx_doc_value> values;
    std::string data;

    void read(Input &in, nx_vocab *vocab)
    {
        uint32_t count = in.byte() % 24;
        for (uint32_t i = 0; i < count; i++) {
            std::string word = in.bytes(1 + in.byte() % (i % 5 == 4 ? 255 : 6));
            nx_doc_term t = {};
            t.term = nx_vocab_add(vocab, nx_str_make(word.data(), word.size()), nullptr);
            t.wdf = in.number();
            t.pos_start = static_cast<uint32_t>(positions.size());
            t.pos_count = in.byte() % 9;
            if (t.pos_count > 0 && t.wdf == 0) {
                t.wdf = 1; // xapian-check takes positions in a document of length 0 for an error
            }
            uint32_t pos = 0;
            for (uint32_t k = 0; k < t.pos_count; k++) {
                pos += in.number();
                positions.push_back(pos);
            }
            terms.push_back(t);
        }
        uint32_t slots = in.byte() % 6, slot = 0;
        for (uint32_t i = 0; i < slots; i++) {
            slot += in.number();
            value_bytes.push_back(in.bytes(in.byte()));
            values.push_back({slot, nx_str_make(nullptr, 0)});
        }
        for (uint32_t i = 0; i < slots; i++) {
            values[i].bytes = nx_str_make(value_bytes[i].data(), value_bytes[i].size());
        }
        std::string piece = in.bytes(in.byte() % 40);
        for (uint32_t repeat = in.number() % 3000; repeat > 0 && data.size() < 30000; repeat--) {
            data += piece;
        }
    }
};

void expect(bool ok)
{
    if (!ok) {
        abort();
    }
}

struct Kept {
    bool dropped;
    std::string data;
};

// false: the builder refused the stream as a whole.
bool fill(Input &in, nx_glass_builder *b, std::vector<Kept> &kept)
{
    nx_error err = NX_ERROR_INIT;
    nx_glass_worker *w = nullptr;
    nx_vocab *vocab = nx_vocab_new();
    expect(vocab != nullptr && nx_glass_worker_new(&w, b, &err) == NX_OK);
    nx_status st = NX_OK;
    for (uint32_t batch = 0; st == NX_OK && in.p < in.end && batch < 50; batch++) {
        uint32_t docs = in.byte() % 12;
        for (uint32_t i = 0; i < docs && st == NX_OK; i++) {
            Doc d;
            uint32_t kind = in.byte(), ordinal = 0;
            d.read(in, vocab);
            nx_doc doc = {};
            doc.vocab = vocab;
            doc.terms = d.terms.data();
            doc.term_count = d.terms.size();
            doc.positions = d.positions.data();
            doc.position_count = d.positions.size();
            doc.values = d.values.data();
            doc.value_count = d.values.size();
            doc.data = nx_str_make(d.data.data(), d.data.size());
            st = nx_glass_worker_add(w, &doc, 0, &ordinal, &err);
            if (st == NX_OK) {
                bool drop = kind % 8 == 7;
                expect(!drop || nx_glass_drop(b, batch, ordinal, &err) == NX_OK);
                kept.push_back({drop, d.data});
            } else if (st == NX_ELIMIT) {
                st = NX_OK; // this document only
            }
        }
        if (st == NX_OK) {
            st = nx_glass_worker_seal(w, batch, &err);
        }
        nx_vocab_clear(vocab);
    }
    nx_glass_worker_free(w);
    nx_vocab_free(vocab);
    expect(st == NX_OK || st == NX_EBUG);
    return st == NX_OK;
}

void verify(const std::string &path, const std::vector<Kept> &kept)
{
    expect(Xapian::Database::check(path, 0, nullptr) == 0);
    Xapian::Database db(path);
    Xapian::docid id = 0;
    for (const Kept &k : kept) {
        if (!k.dropped) {
            expect(db.get_document(++id).get_data() == k.data);
        }
    }
    expect(db.get_doccount() == id && db.get_lastdocid() == id);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input in{data, data + size};
    char dir[] = "/tmp/nx-fuzz-glass-XXXXXX";
    expect(mkdtemp(dir) != nullptr);
    std::string path = std::string(dir) + "/db";
    nx_glass_options options = NX_GLASS_OPTIONS_INIT;
    uint32_t flags = in.byte();
    options.block_size = 2048U << flags % 6;
    options.compress = flags / 8 % 2 != 0;
    options.memory_budget = 1 << 20;
    options.threads = 1;
    nx_error err = NX_ERROR_INIT;
    nx_glass_builder *b = nullptr;
    expect(nx_glass_builder_new(&b, path.c_str(), &options, &err) == NX_OK);
    std::vector<Kept> kept;
    bool good = fill(in, b, kept);
    nx_status st = nx_glass_finish(b, nullptr, &err);
    expect(st == NX_OK ? good : access(path.c_str(), F_OK) != 0);
    if (st == NX_OK) {
        verify(path, kept);
    }
    expect(nx_remove_tree(dir, &err) == NX_OK);
    return 0;
}
