// sniff_magic.c: kinds of files that are told by fixed bytes; see sniff.h.
#include "corpus/sniff.h"

static const char unpack[] = "unpack it first";

typedef struct magic {
    const char *bytes;
    size_t n, at;
    nx_shape shape;
    const char *reason, *advice;
} magic;

#define PACKED(bytes, at, shape)                                                                   \
    {                                                                                              \
        bytes, sizeof(bytes) - 1, at, shape, NULL, NULL                                            \
    }
#define OTHER(bytes, at, reason, advice)                                                           \
    {                                                                                              \
        bytes, sizeof(bytes) - 1, at, NX_SHAPE_OTHER, reason, advice                               \
    }

static const magic magics[] = {
    PACKED("\x1f\x8b", 0, NX_SHAPE_GZIP),
    PACKED("BZh", 0, NX_SHAPE_BZIP2),
    PACKED("\xfd"
           "7zXZ\0",
           0, NX_SHAPE_XZ),
    PACKED("\x28\xb5\x2f\xfd", 0, NX_SHAPE_ZSTD),
    PACKED("PK\3\4", 0, NX_SHAPE_ZIP),
    PACKED("PK\5\6", 0, NX_SHAPE_ZIP),
    PACKED("ustar", 257, NX_SHAPE_TAR),
    OTHER("7z\xbc\xaf\x27\x1c", 0, "7-Zip archive", unpack),
    OTHER("Rar!\x1a\7", 0, "RAR archive", unpack),
    OTHER("LZIP", 0, "lzip file", unpack),
    OTHER("\x04\x22\x4d\x18", 0, "lz4 file", unpack),
    OTHER("\x1f\x9d", 0, "compress file", unpack),
    OTHER("%PDF-", 0, "PDF document", "convert it to text, with pdftotext for example"),
    OTHER("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "old office document or Outlook message",
          "save it as DOCX, XLSX or text, a message as .eml"),
    OTHER("AT&TFORM", 0, "DjVu document", "convert it to text, with djvutxt for example"),
    OTHER("!BDN", 0, "Outlook mailbox", "export it as mbox"),
    OTHER("bplist00", 0, "property list", "save a page as HTML, not as a web archive"),
    OTHER("SQLite format 3", 0, "SQLite database", "export it as CSV"),
    OTHER("PAR1", 0, "Parquet file", "export it as CSV or JSON Lines"),
    OTHER("ARROW1\0", 0, "Arrow file", "export it as CSV or JSON Lines"),
    OTHER("\x89PNG", 0, "image", NULL),
    OTHER("\xff\xd8\xff", 0, "image", NULL),
    OTHER("GIF8", 0, "image", NULL),
    OTHER("II*\0", 0, "image", NULL),
    OTHER("MM\0*", 0, "image", NULL),
    OTHER("\0\0\0\x18"
          "ftyp",
          0, "film or sound", NULL),
    OTHER("\0\0\0\x1c"
          "ftyp",
          0, "film or sound", NULL),
    OTHER("\0\0\0\x20"
          "ftyp",
          0, "film or sound", NULL),
    OTHER("ID3\3", 0, "film or sound", NULL),
    OTHER("ID3\4", 0, "film or sound", NULL),
    OTHER("OggS\0", 0, "film or sound", NULL),
    OTHER("\x1a\x45\xdf\xa3", 0, "film or sound", NULL),
    OTHER("\x7f"
          "ELF",
          0, "binary", NULL),
};

// Zip files that are one document of some program, not a bundle of articles, by the name of their
// first member, which stands plainly in front of it.
static void sniff_document(nx_str head, nx_sniffed *out)
{
    enum { NAME_AT = 30 };
    static const char *const documents[] = {"[Content_Types].xml",
                                            "_rels/.rels",
                                            "docProps/",
                                            "customXml/",
                                            "word/",
                                            "xl/",
                                            "ppt/",
                                            "mimetypeapplication/vnd.oasis.opendocument.",
                                            NULL};
    nx_str name = head.n > NAME_AT ? nx_str_skip(head, NAME_AT) : NX_STR_NONE;
    if (nx_str_starts(name, NX_STR("mimetypeapplication/epub"))) {
        *out = (nx_sniffed){.shape = NX_SHAPE_RECORDS, .format = NX_FORMAT_EPUB};
    } else if (nx_str_starts_any_nocase(name, documents) > 0) {
        *out = (nx_sniffed){.shape = NX_SHAPE_RECORDS, .format = NX_FORMAT_OFFICE};
    }
}

// tar before POSIX has no magic, but a checksum: six octal digits, the sum of the header's bytes
// with the checksum's own taken as spaces.
static bool is_old_tar(nx_str head)
{
    enum { HEADER = 512, SUM_AT = 148, SUM_BYTES = 8 };
    if (head.n < HEADER || head.p[0] == '\0') {
        return false;
    }
    unsigned long sum = 0, told = 0;
    size_t digits = 0;
    for (size_t i = 0; i < HEADER; i++) {
        bool own = i >= SUM_AT && i < SUM_AT + SUM_BYTES;
        sum += own ? ' ' : (unsigned char)head.p[i];
        if (own && head.p[i] >= '0' && head.p[i] <= '7') {
            told = told * 8 + (unsigned long)(head.p[i] - '0');
            digits++;
        }
    }
    return digits >= 4 && sum == told;
}

bool nx_sniff_magic(nx_str head, nx_sniffed *out)
{
    if (is_old_tar(head)) {
        *out = (nx_sniffed){.shape = NX_SHAPE_TAR};
        return true;
    }
    for (size_t i = 0; i < NX_COUNT(magics); i++) {
        const magic *m = &magics[i];
        if (head.n >= m->at + m->n && memcmp(head.p + m->at, m->bytes, m->n) == 0) {
            *out = (nx_sniffed){.shape = m->shape, .reason = m->reason, .advice = m->advice};
            if (m->shape == NX_SHAPE_ZIP) {
                sniff_document(head, out);
            }
            return true;
        }
    }
    return false;
}
