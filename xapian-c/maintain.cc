// maintain.cc: compaction and checking.
#include <sstream>

#include "xapian-c/wrap.hpp"

using nx::append;
using nx::fence;
using nx::require;
using nx::to_str;

namespace
{

class Watcher : public Xapian::Compactor
{
  public:
    explicit Watcher(const nx_xcompact_options &how) : how_(how)
    {
    }

    void set_status(const std::string &table, const std::string &status) override
    {
        if (how_.progress != nullptr) {
            nx_error error = NX_ERROR_INIT;
            require(how_.progress(how_.ctx, table.c_str(), status.c_str(), &error), error);
        }
    }

    std::string resolve_duplicate_metadata(const std::string &key, size_t count,
                                           const std::string values[]) override
    {
        if (how_.merge_metadata == nullptr) {
            return values[0];
        }
        std::vector<nx_str> borrowed(values == nullptr ? 0 : count);
        for (size_t i = 0; i < borrowed.size(); i++) {
            borrowed[i] = to_str(values[i]);
        }
        nx_buf merged;
        nx_buf_init(&merged, SIZE_MAX / 2);
        nx_error error = NX_ERROR_INIT;
        // libxapian 1.4 tells the key as it is in the table: behind the two bytes of all metadata.
        static const std::string in_table("\0\xc0", 2);
        const std::string name = key.compare(0, 2, in_table) == 0 ? key.substr(2) : key;
        nx_status st =
            how_.merge_metadata(how_.ctx, to_str(name), borrowed.data(), count, &merged, &error);
        if (st == NX_OK) {
            st = nx_buf_check(&merged, "merged metadata", &error);
        }
        std::unique_ptr<nx_buf, void (*)(nx_buf *)> guard(&merged, nx_buf_release);
        require(st, error);
        return std::string(merged.data, merged.len);
    }

  private:
    const nx_xcompact_options &how_;
};

unsigned level_flag(nx_xcompact_level level)
{
    switch (level) {
    case NX_XCOMPACT_STANDARD: return Xapian::Compactor::STANDARD;
    case NX_XCOMPACT_FULL: return Xapian::Compactor::FULL;
    case NX_XCOMPACT_FULLER: return Xapian::Compactor::FULLER;
    }
    throw Xapian::InvalidArgumentError("unknown level of compaction");
}

} // namespace

nx_status nx_xdb_compact(nx_xdb *db, const char *path, const nx_xcompact_options *how,
                         nx_error *err)
{
    static const nx_xcompact_options defaults{};
    return fence(err, [&] {
        const nx_xcompact_options &options = how != nullptr ? *how : defaults;
        unsigned flags = level_flag(options.level);
        flags |= options.keep_docids ? Xapian::DBCOMPACT_NO_RENUMBER : 0;
        flags |= options.multipass ? Xapian::DBCOMPACT_MULTIPASS : 0;
        flags |= options.single_file ? Xapian::DBCOMPACT_SINGLE_FILE : 0;
        Watcher watcher(options);
        db->db.compact(path, flags, static_cast<int>(options.block_size), watcher);
    });
}

nx_status nx_xcheck(const char *path, unsigned flags, size_t *faults, nx_buf *report, nx_error *err)
{
    *faults = 0;
    return fence(err, [&] {
        int options = (flags & NX_XCHECK_TREES) != 0 ? Xapian::DBCHECK_FULL_TREE : 0;
        options |= (flags & NX_XCHECK_STATS) != 0 ? Xapian::DBCHECK_SHOW_STATS : 0;
        std::ostringstream text;
        *faults = Xapian::Database::check(path, options, report != nullptr ? &text : nullptr);
        return report != nullptr ? append(report, text.str(), err) : NX_OK;
    });
}
