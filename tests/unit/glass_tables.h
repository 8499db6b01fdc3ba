// glass_tables.h: a reader of glass tables for tests, written against the format and not against
// the writer: every key with its whole, uncompressed tag, by walking the tree from the root.
#ifndef NX_TESTS_GLASS_TABLES_H
#define NX_TESTS_GLASS_TABLES_H

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

struct GlassTable {
    bool present = false;
    uint32_t root = 0;
    unsigned level = 0;
    bool sequential = false;
    uint64_t entries = 0;
    uint32_t block_size = 0;
    std::vector<std::pair<std::string, std::string>> items; // key, uncompressed tag
};

struct GlassDatabase {
    std::vector<GlassTable> tables; // postlist docdata termlist position spelling synonym
    std::vector<uint64_t> statistics;
};

extern const char *const glass_table_names[6];

// Throws std::runtime_error when something cannot be understood.
GlassDatabase read_glass(const std::string &path);
std::string read_whole_file(const std::string &path);

#endif
