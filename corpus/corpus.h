// corpus.h: bytes -> records -> articles. The front door of the room.
//
// Two stages, so that the expensive one can run in many threads:
//   nx_corpus_read    walks paths, opens containers, sniffs formats and splits streams into RECORDS
//                     (one saved page, one JSON line, one SGML story, one WARC response, one feed);
//                     runs in one thread, streams, bounded memory.
//   nx_record_parse   turns one record into articles; pure, no files, safe in any thread.
// Nothing is fetched, executed or expanded; archive members are never written anywhere.
// Must not know: terms, the index, any program.
#ifndef NX_CORPUS_CORPUS_H
#define NX_CORPUS_CORPUS_H

#include "corpus/article.h"

#ifdef __cplusplus
extern "C" {
#endif

// Every format a record can have; the name is what --format takes and `inspect` shows.
#define NX_FORMAT_LIST(X)                                                                          \
    X(NX_FORMAT_AUTO, "auto")                                                                      \
    X(NX_FORMAT_TEXT, "text")                                                                      \
    X(NX_FORMAT_JSON, "json")   /* one object, an array, or an export with articles: [...] */      \
    X(NX_FORMAT_JSONL, "jsonl") /* split into JSON records */                                      \
    X(NX_FORMAT_CSV, "csv")     /* split into rows */                                              \
    X(NX_FORMAT_HTML, "html")                                                                      \
    X(NX_FORMAT_FEED, "feed") /* RSS, Atom; JSON Feed is recognised by the JSON reader */          \
    X(NX_FORMAT_WXR, "wxr")                                                                        \
    X(NX_FORMAT_REUTERS, "reuters") /* Reuters-21578 SGML */                                       \
    X(NX_FORMAT_TREC, "trec")       /* <DOC><DOCNO> SGML */                                        \
    X(NX_FORMAT_NEWSML2, "newsml-g2")                                                              \
    X(NX_FORMAT_NEWSML1, "newsml-1")                                                               \
    X(NX_FORMAT_NITF, "nitf")                                                                      \
    X(NX_FORMAT_XML, "xml")           /* of no standard: records with a title and a text */        \
    X(NX_FORMAT_WIRE, "wire")         /* ANPA 1312, IPTC 7901 */                                   \
    X(NX_FORMAT_MAIL, "mail")         /* RFC 5322 message */                                       \
    X(NX_FORMAT_MARKDOWN, "markdown") /* with facts in front, as site generators have it */        \
    X(NX_FORMAT_MHTML, "mhtml")       /* a saved page with its parts, as MIME */                   \
    X(NX_FORMAT_NEXIS, "nexis")       /* text exports of LexisNexis; split into documents */       \
    X(NX_FORMAT_FACTIVA, "factiva")   /* text exports of Factiva, */                               \
    X(NX_FORMAT_PROQUEST, "proquest") /* of ProQuest */                                            \
    X(NX_FORMAT_OFFICE, "office")     /* DOCX, ODT, XLSX, ODS */                                   \
    X(NX_FORMAT_EPUB, "epub")                                                                      \
    X(NX_FORMAT_RTF, "rtf")                                                                        \
    X(NX_FORMAT_MBOX, "mbox") /* split into mail */                                                \
    X(NX_FORMAT_WARC, "warc") /* split into HTML records */                                        \
    X(NX_FORMAT_ARC, "arc")

typedef enum nx_format {
#define X(code, name) code,
    NX_FORMAT_LIST(X)
#undef X
} nx_format;
const char *nx_format_name(nx_format f);
bool nx_format_parse(nx_str name, nx_format *out);

// Ceilings (bytes). A record, member or archive over one is skipped with the reason.
typedef struct nx_limits {
    size_t record_bytes;      // one record after decompression; default 64 MiB
    uint64_t inflated_bytes;  // everything one top-level file may inflate to; default 64 GiB
    uint32_t inflation_ratio; // inflated may be at most this times the compressed; default 2000
    uint32_t depth;           // containers in containers; default 4
    uint64_t members;         // of one archive; default 1,000,000
} nx_limits;
#define NX_LIMITS_DEFAULT                                                                          \
    {                                                                                              \
        64U << 20, (uint64_t)64 << 30, 2000, 4, 1000000                                            \
    }

// "--field title=headline": our field name <- their name (dots descend: "source.name").
typedef struct nx_field_map {
    nx_str ours, theirs;
} nx_field_map;

typedef struct nx_corpus_options {
    nx_format format; // AUTO: sniffed
    nx_limits limits;
    const nx_field_map *fields; // may be NULL
    size_t field_count;
    // Defaults of the source, used when the input does not say; absent: none.
    nx_str source, source_host, language, section;
    int zone_min;                // for dates without a zone
    int64_t now_utc;             // dates more than a day after it are refused; 0: no check
    bool keep_undated_file_time; // take the file's time as published (origin "file") when nothing
                                 // else
} nx_corpus_options;
#define NX_CORPUS_OPTIONS_INIT                                                                     \
    {                                                                                              \
        .format = NX_FORMAT_AUTO, .limits = NX_LIMITS_DEFAULT                                      \
    }

// What a book says of a chapter of it. Absent: nothing.
typedef struct nx_setting {
    nx_str title, source;             // before what the chapter says itself
    nx_str section, author, language; // where it says nothing
    nx_when published;
} nx_setting;

// One record, ready for nx_record_parse. Owned by whoever has it; free with nx_record_free. The
// record and its strings are one block of memory.
typedef struct nx_record {
    nx_format format; // never AUTO, JSONL, MBOX, WARC or ARC
    nx_str bytes;     // owned
    nx_str file,
        member; // owned; member absent at top level ("a.zip!b.html" is file a.zip, member b.html)
    uint64_t offset; // where the record starts: byte offset, or line number (from 1)
    bool offset_is_line;
    nx_str url;                // of a WARC record or a sidecar; owned, may be absent
    nx_str charset;            // declared by a transport header; owned, may be absent
    nx_when fetched;           // crawl time of a WARC record; not a publication date
    int64_t file_mtime;        // seconds; 0 unknown
    nx_str columns;            // CSV: the header row's names, tab-separated; owned, may be absent
    char delimiter, quote;     // CSV
    size_t source_bytes;       // compressed bytes it stands for, for progress
    const nx_setting *setting; // borrowed; NULL: it stands alone
} nx_record;
void nx_record_free(nx_record *r); // accepts NULL

// Why something was not indexed; counted by reason in the summary. text is one line.
typedef struct nx_skip {
    nx_str file, member;
    uint64_t offset;
    bool offset_is_line;
    nx_status code; // NX_EFORMAT bad, NX_ELIMIT too large, NX_EIO unreadable, NX_OK: not an article
    const char *reason; // short and countable: "empty", "not an article", "invalid JSON"
    const char *text;   // the details, with place; borrowed for the call
} nx_skip;

// Called by nx_corpus_read. A status other than NX_OK stops the reading and is returned.
typedef struct nx_reader_sink {
    void *ctx;
    nx_status (*record)(void *ctx, nx_record *r, nx_error *err); // takes r over
    nx_status (*skip)(void *ctx, const nx_skip *s, nx_error *err);
    // A top-level file begins; false leaves it out ("unchanged"). May be NULL. Not called for
    // standard input and nx_corpus_read_fd, whose caller knows what it gave.
    bool (*want_file)(void *ctx, const char *path, uint64_t bytes, int64_t mtime_ns);
    // A top-level file was read to its end (not called when it was left out). May be NULL.
    nx_status (*file_done)(void *ctx, const char *path, nx_error *err);
} nx_reader_sink;

// Reads path: a file, a directory (walked in byte order of names; hidden names are left out;
// symbolic links to directories are not followed inside a walk), or "-" for standard input.
// Only a path that cannot be opened at all is an error; everything else is a skip, a pipe or
// device too: it might never end, and "-" reads it if that is wanted.
// The index directory itself (one that has XAPIANDB) is never walked into.
nx_status nx_corpus_read(const char *path, const nx_corpus_options *options,
                         const nx_reader_sink *sink, nx_error *err) NX_MUST_USE;
// As above from an open descriptor, from where it stands (append-only files; the records of JSON
// Lines then carry byte offsets instead of line numbers). name is for messages. fd is not closed.
nx_status nx_corpus_read_fd(int fd, const char *name, const nx_corpus_options *options,
                            const nx_reader_sink *sink, nx_error *err) NX_MUST_USE;

typedef struct nx_article_sink {
    void *ctx;
    nx_status (*article)(void *ctx, nx_article *a, nx_error *err); // takes a over
    nx_status (*skip)(void *ctx, const nx_skip *s, nx_error *err);
} nx_article_sink;

// Parses one record. Thread-safe for different records.
nx_status nx_record_parse(const nx_record *r, const nx_corpus_options *options,
                          const nx_article_sink *sink, nx_error *err) NX_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
