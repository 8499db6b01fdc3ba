// glass_tables.cc: see glass_tables.h.
#include "tests/unit/glass_tables.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <zlib.h>

const char *const glass_table_names[6] = {"postlist", "docdata",  "termlist",
                                          "position", "spelling", "synonym"};

std::string read_whole_file(const std::string &path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        throw std::runtime_error("cannot read " + path);
    }
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

namespace
{

unsigned byte_at(const std::string &s, size_t i)
{
    return static_cast<unsigned char>(s.at(i));
}

uint32_t be(const std::string &s, size_t at, unsigned n)
{
    uint32_t v = 0;
    for (unsigned i = 0; i < n; i++) {
        v = v << 8 | byte_at(s, at + i);
    }
    return v;
}

uint64_t get_u(const std::string &s, size_t &at)
{
    uint64_t v = 0;
    for (unsigned shift = 0;; shift += 7) {
        unsigned c = byte_at(s, at++);
        v |= static_cast<uint64_t>(c & 127) << shift;
        if (c < 128) {
            return v;
        }
    }
}

std::string inflate_all(const std::string &in)
{
    z_stream z = {};
    if (inflateInit2(&z, -15) != Z_OK) {
        throw std::runtime_error("zlib");
    }
    std::string out;
    char buffer[8192];
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(in.data()));
    z.avail_in = static_cast<uInt>(in.size());
    int got = Z_OK;
    while (got == Z_OK) {
        z.next_out = reinterpret_cast<Bytef *>(buffer);
        z.avail_out = sizeof buffer;
        got = inflate(&z, Z_NO_FLUSH);
        out.append(buffer, sizeof buffer - z.avail_out);
    }
    bool ok = got == Z_STREAM_END && z.avail_in == 0;
    inflateEnd(&z);
    if (!ok) {
        throw std::runtime_error("a tag does not inflate");
    }
    return out;
}

struct Walk {
    const std::string &file;
    GlassTable &table;
    std::string pending; // pieces of the tag being put together
    bool pending_deflated = false;

    void leaf_item(const std::string &block, size_t at)
    {
        uint32_t head = be(block, at, 2);
        size_t size = (head & 0x1fff) + 3, key_n = byte_at(block, at + 2);
        std::string key = block.substr(at + 3, key_n);
        size_t tag_at = at + 3 + key_n;
        if ((head & 0x2000) != 0) {
            pending.clear();
            pending_deflated = (head & 0x8000) != 0;
        } else {
            tag_at += 2;
        }
        pending.append(block, tag_at, at + size - tag_at);
        if ((head & 0x4000) != 0 && key_n > 0) {
            table.items.emplace_back(key, pending_deflated ? inflate_all(pending) : pending);
        }
    }

    void block(uint32_t number, unsigned level)
    {
        std::string b =
            file.substr(static_cast<size_t>(number) * table.block_size, table.block_size);
        if (byte_at(b, 4) != level) {
            throw std::runtime_error("a block has the wrong level");
        }
        uint32_t dir_end = be(b, 9, 2);
        for (uint32_t d = 11; d < dir_end; d += 2) {
            size_t at = be(b, d, 2);
            if (level == 0) {
                leaf_item(b, at);
            } else {
                block(be(b, at, 4), level - 1);
            }
        }
    }
};

} // namespace

GlassDatabase read_glass(const std::string &path)
{
    GlassDatabase db;
    std::string version = read_whole_file(path + "/iamglass");
    size_t at = 32;
    get_u(version, at); // revision
    for (const char *name : glass_table_names) {
        GlassTable t;
        t.root = static_cast<uint32_t>(get_u(version, at));
        uint64_t flags = get_u(version, at);
        t.level = static_cast<unsigned>(flags >> 2);
        t.sequential = (flags & 2) != 0;
        t.present = (flags & 1) == 0;
        t.entries = get_u(version, at);
        t.block_size = static_cast<uint32_t>(get_u(version, at)) * 2048;
        get_u(version, at); // compress_min
        size_t freelist_n = get_u(version, at);
        at += freelist_n;
        if (t.present) {
            std::string file = read_whole_file(path + "/" + name + ".glass");
            Walk walk{file, t, "", false};
            walk.block(t.root, t.level);
        }
        db.tables.push_back(t);
    }
    while (at < version.size()) {
        db.statistics.push_back(get_u(version, at));
    }
    return db;
}
