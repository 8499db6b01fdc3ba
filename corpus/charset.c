// charset.c: the decision and the conversion of charset.h; the only user of iconv and uchardet.
#include "corpus/charset.h"

#include <errno.h>
#include <iconv.h>
#include <uchardet/uchardet.h>

#include "base/utf8.h"

enum { PRESCAN_BYTES = 4096, DETECT_BYTES = 64 << 10, LABEL_MAX = 32 };

// Labels of the Encoding Standard (encoding.spec.whatwg.org, 4.2) that news was ever sent in, with
// the iconv name of the encoding they mean. Nothing outside this table reaches iconv.
static const struct {
    const char *label, *iconv_name;
} labels[] = {
    // clang-format off
    {"utf-8", "UTF-8"}, {"utf8", "UTF-8"}, {"unicode-1-1-utf-8", "UTF-8"},
    {"utf-16", "UTF-16LE"}, {"utf-16le", "UTF-16LE"}, {"utf-16be", "UTF-16BE"},
    {"unicode", "UTF-16LE"}, {"utf-32le", "UTF-32LE"}, {"utf-32be", "UTF-32BE"},
    {"iso-8859-1", "CP1252"}, {"iso8859-1", "CP1252"}, {"iso_8859-1", "CP1252"},
    {"latin1", "CP1252"}, {"latin-1", "CP1252"}, {"l1", "CP1252"}, {"ascii", "CP1252"},
    {"us-ascii", "CP1252"}, {"ansi_x3.4-1968", "CP1252"}, {"windows-1252", "CP1252"},
    {"cp1252", "CP1252"}, {"x-cp1252", "CP1252"}, {"iso-8859-15", "ISO-8859-15"},
    {"iso8859-15", "ISO-8859-15"}, {"latin9", "ISO-8859-15"}, {"iso-8859-2", "ISO-8859-2"},
    {"iso8859-2", "ISO-8859-2"}, {"latin2", "ISO-8859-2"}, {"iso-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4"}, {"iso-8859-5", "ISO-8859-5"}, {"iso-8859-6", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7"}, {"iso-8859-8", "ISO-8859-8"}, {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-9", "CP1254"}, {"iso8859-9", "CP1254"}, {"latin5", "CP1254"},
    {"windows-1254", "CP1254"}, {"cp1254", "CP1254"}, {"iso-8859-10", "ISO-8859-10"},
    {"iso-8859-13", "ISO-8859-13"}, {"iso-8859-14", "ISO-8859-14"}, {"iso-8859-16", "ISO-8859-16"},
    {"windows-1250", "CP1250"}, {"cp1250", "CP1250"}, {"x-cp1250", "CP1250"},
    {"windows-1251", "CP1251"}, {"cp1251", "CP1251"}, {"x-cp1251", "CP1251"},
    {"windows-1253", "CP1253"}, {"cp1253", "CP1253"}, {"windows-1255", "CP1255"},
    {"windows-1256", "CP1256"}, {"cp1256", "CP1256"}, {"windows-1257", "CP1257"},
    {"windows-1258", "CP1258"}, {"windows-874", "CP874"}, {"tis-620", "CP874"},
    {"iso-8859-11", "CP874"}, {"koi8-r", "KOI8-R"}, {"koi8", "KOI8-R"}, {"koi8-u", "KOI8-U"},
    {"macintosh", "MACINTOSH"}, {"x-mac-cyrillic", "MAC-CYRILLIC"}, {"ibm866", "CP866"},
    {"cp866", "CP866"}, {"gb2312", "GB18030"}, {"gbk", "GB18030"}, {"gb18030", "GB18030"},
    {"x-gbk", "GB18030"}, {"gb_2312-80", "GB18030"}, {"hz-gb-2312", "HZ-GB-2312"},
    {"big5", "BIG5-HKSCS"}, {"big5-hkscs", "BIG5-HKSCS"}, {"x-x-big5", "BIG5-HKSCS"},
    {"shift_jis", "CP932"}, {"shift-jis", "CP932"}, {"sjis", "CP932"}, {"x-sjis", "CP932"},
    {"windows-31j", "CP932"}, {"euc-jp", "EUC-JP-MS"}, {"x-euc-jp", "EUC-JP-MS"},
    {"iso-2022-jp", "ISO-2022-JP"}, {"euc-kr", "CP949"}, {"ks_c_5601-1987", "CP949"},
    {"ksc5601", "CP949"}, {"windows-949", "CP949"}, {"uhc", "CP949"},
    {"iso-2022-kr", "ISO-2022-KR"},
    {"euc-tw", "EUC-TW"}, {"viscii", "VISCII"}, {"tcvn", "TCVN"}, {"georgian-ps", "GEORGIAN-PS"},
    // clang-format on
};

static const char *encoding_of(nx_str label)
{
    label = nx_str_trim(label);
    for (size_t i = 0; i < NX_COUNT(labels); i++) {
        if (nx_str_eq_nocase(label, nx_str_of(labels[i].label))) {
            return labels[i].iconv_name;
        }
    }
    return NULL;
}

static bool is_utf8(const char *encoding)
{
    return encoding != NULL && strcmp(encoding, "UTF-8") == 0;
}

static bool is_wide(const char *encoding)
{
    return encoding != NULL && strncmp(encoding, "UTF-", 4) == 0 && !is_utf8(encoding);
}

static const char *bom_encoding(nx_str bytes, size_t *bom)
{
    static const struct {
        nx_str mark;
        const char *encoding;
    } marks[] = {
        {{"\xef\xbb\xbf", 3}, "UTF-8"},    {{"\xff\xfe\0\0", 4}, "UTF-32LE"},
        {{"\0\0\xfe\xff", 4}, "UTF-32BE"}, {{"\xff\xfe", 2}, "UTF-16LE"},
        {{"\xfe\xff", 2}, "UTF-16BE"},
    };
    for (size_t i = 0; i < NX_COUNT(marks); i++) {
        if (nx_str_starts(bytes, marks[i].mark)) {
            *bom = marks[i].mark.n;
            return marks[i].encoding;
        }
    }
    return NULL;
}

// Well-formed multi-byte characters and ill-formed places of the first part of s.
static void count_utf8(nx_str s, size_t *good, size_t *bad)
{
    s.n = s.n < DETECT_BYTES ? s.n : nx_utf8_cut(s, DETECT_BYTES);
    for (size_t i = 0; i < s.n;) {
        if ((unsigned char)s.p[i] < 0x80) {
            i++;
            continue;
        }
        bool ill = false;
        size_t next;
        (void)nx_utf8_decode(s, i, &next, &ill);
        *(ill ? bad : good) += 1;
        i = next;
    }
}

static const char *detected(nx_str bytes)
{
    uchardet_t d = uchardet_new();
    if (d == NULL) {
        return NULL;
    }
    // Detection looks at the bytes that tell: it starts a little before the first beyond ASCII.
    size_t from = 0;
    while (from < bytes.n && (unsigned char)bytes.p[from] < 0x80) {
        from++;
    }
    from = from > 1024 ? from - 1024 : 0;
    size_t n = bytes.n - from < DETECT_BYTES ? bytes.n - from : DETECT_BYTES;
    const char *encoding = NULL;
    if (uchardet_handle_data(d, bytes.p + from, n) == 0) {
        uchardet_data_end(d);
        encoding = encoding_of(nx_str_of(uchardet_get_charset(d)));
    }
    uchardet_delete(d);
    return encoding;
}

// UTF-16 without a mark: every other byte of the first letters is NUL; the encoding, or NULL.
static const char *unmarked_wide(nx_str bytes)
{
    enum { LOOKED_AT = 8 };
    bool low = bytes.n >= LOOKED_AT, high = low;
    for (size_t i = 0; i < LOOKED_AT && i < bytes.n; i++) {
        bool nul = bytes.p[i] == '\0';
        low = low && nul == (i % 2 == 1);
        high = high && nul == (i % 2 == 0);
    }
    return low ? "UTF-16LE" : high ? "UTF-16BE" : NULL;
}

// Has text that calls itself Western words that no Western language has, of nothing but bytes
// beyond ASCII? Programs call everything Latin-1.
static bool is_not_western(nx_str bytes)
{
    enum { WORD_MIN = 4, WORDS_MIN = 8 };
    size_t words = 0, run = 0;
    for (size_t i = 0; i < bytes.n && words < WORDS_MIN; i++) {
        run = (unsigned char)bytes.p[i] > 0xa0 ? run + 1 : 0;
        words += run == WORD_MIN;
    }
    return words == WORDS_MIN;
}

// ISO-8859-2 is taken for windows-1250 by detection. What is a letter in the one only stands beside
// letters; the other has letters and quotation marks where it has nothing.
static bool is_latin2(nx_str bytes)
{
    const nx_str letters = NX_STR("\xa1\xa6\xac\xb1\xb6\xbc");
    bool found = false;
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c >= 0x80 && c < 0xa0) {
            return false;
        }
        found = found || (i > 0 && nx_is_alpha(bytes.p[i - 1]) &&
                          memchr(letters.p, bytes.p[i], letters.n) != NULL);
    }
    return found;
}

static const char *choose(nx_str bytes, nx_str header, nx_str inside)
{
    const char *said = unmarked_wide(bytes);
    said = said != NULL ? said : encoding_of(header);
    // A page that says in ASCII that it is UTF-16 is not.
    if (said == NULL) {
        said = encoding_of(inside);
        said = is_wide(said) ? "UTF-8" : said;
    }
    if (is_wide(said)) {
        return said;
    }
    size_t good = 0, bad = 0;
    count_utf8(bytes, &good, &bad);
    if (said == NULL && nx_str_find(bytes, NX_STR("\x1b$B"), 0) != SIZE_MAX) {
        said = "ISO-2022-JP"; // all of its bytes are ASCII
    }
    bool stateful = said != NULL && strncmp(said, "ISO-2022", 8) == 0;
    if (bad == 0 && !stateful) {
        return good > 0 || said == NULL ? "UTF-8" : said;
    }
    bool wrong = said != NULL && strcmp(said, "CP1252") == 0 && is_not_western(bytes);
    if (said != NULL && !is_utf8(said) && !wrong) {
        return said;
    }
    if (good > 4 * bad) {
        return "UTF-8";
    }
    const char *guess = detected(bytes);
    if (guess != NULL && strcmp(guess, "CP1250") == 0 && is_latin2(bytes)) {
        return "ISO-8859-2";
    }
    return guess != NULL && !is_utf8(guess) && !is_wide(guess) ? guess : "CP1252";
}

// What is left out where it cannot be decoded: less of a wide character would lose all that follow.
static size_t bytes_of_unit(const char *encoding)
{
    return !is_wide(encoding) ? 1 : strncmp(encoding, "UTF-32", 6) == 0 ? 4 : 2;
}

static nx_status convert(nx_str bytes, const char *encoding, nx_buf *out, nx_error *err)
{
    iconv_t cd = iconv_open("UTF-8", encoding);
    if (cd == (iconv_t)-1) { // a system without this converter
        (void)nx_utf8_add_repaired(out, bytes);
        return nx_buf_check(out, "text", err);
    }
    const size_t unit = bytes_of_unit(encoding);
    char *in = (char *)(uintptr_t)bytes.p;
    size_t left = bytes.n;
    for (bool last = false; !last;) {
        last = left == 0; // a letter is held back while a mark on it may follow
        size_t room = left + left / 2 + 16;
        char *to = nx_buf_reserve(out, room);
        if (to == NULL) {
            break;
        }
        char *at = to;
        size_t rc = iconv(cd, last ? NULL : &in, &left, &at, &room);
        out->len += (size_t)(at - to);
        out->data[out->len] = '\0';
        if (rc == (size_t)-1 && (errno == EILSEQ || errno == EINVAL)) {
            const size_t bad = left < unit ? left : unit;
            nx_utf8_add(out, NX_REPLACEMENT);
            in += bad;
            left -= bad;
        }
    }
    iconv_close(cd);
    return nx_buf_check(out, "text", err);
}

nx_status nx_charset_decode(nx_str bytes, nx_str header, nx_str inside, nx_buf *scratch,
                            nx_str *utf8, const char **name, nx_error *err)
{
    size_t bom = 0;
    const char *encoding = bom_encoding(bytes, &bom);
    bytes = nx_str_skip(bytes, bom);
    if (encoding == NULL) {
        encoding = choose(bytes, header, inside);
    }
    if (name != NULL) {
        *name = encoding;
    }
    if (is_utf8(encoding) && nx_utf8_valid(bytes) == bytes.n) {
        *utf8 = bytes;
        return NX_OK;
    }
    nx_buf_clear(scratch);
    nx_status s;
    if (is_utf8(encoding)) {
        (void)nx_utf8_add_repaired(scratch, bytes);
        s = nx_buf_check(scratch, "text", err);
    } else {
        s = convert(bytes, encoding, scratch, err);
    }
    *utf8 = nx_buf_str(scratch);
    return s;
}

nx_str nx_charset_in_content_type(nx_str value)
{
    size_t at = nx_str_find_nocase(value, NX_STR("charset"), 0);
    if (at == SIZE_MAX) {
        return NX_STR_NONE;
    }
    at = nx_str_skip_space(value, at + 7);
    if (at >= value.n || value.p[at] != '=') {
        return NX_STR_NONE;
    }
    at++;
    while (at < value.n &&
           (nx_is_space(value.p[at]) || value.p[at] == '"' || value.p[at] == '\'')) {
        at++;
    }
    size_t end = at;
    while (end < value.n && end - at < LABEL_MAX && value.p[end] != '"' && value.p[end] != '\'' &&
           value.p[end] != ';' && value.p[end] != '>' && value.p[end] != '/' &&
           !nx_is_space(value.p[end])) {
        end++;
    }
    return end > at ? nx_str_make(value.p + at, end - at) : NX_STR_NONE;
}

nx_str nx_charset_in_html(nx_str bytes)
{
    nx_str head = {bytes.p, bytes.n < PRESCAN_BYTES ? bytes.n : PRESCAN_BYTES};
    for (size_t at = 0; (at = nx_str_find(head, NX_STR("<"), at)) != SIZE_MAX; at++) {
        nx_str rest = nx_str_skip(head, at);
        if (nx_str_starts(rest, NX_STR("<!--"))) {
            size_t end = nx_str_find(head, NX_STR("-->"), at);
            if (end == SIZE_MAX) {
                break;
            }
            at = end;
        } else if (nx_str_starts_nocase(rest, NX_STR("<meta"))) {
            size_t end = nx_str_find(rest, NX_STR(">"), 0);
            rest.n = end != SIZE_MAX ? end : rest.n;
            nx_str label = nx_charset_in_content_type(rest);
            if (label.p != NULL) {
                return label;
            }
        } else if (at == 0 && nx_str_starts(rest, NX_STR("<?xml"))) {
            size_t enc = nx_str_find(rest, NX_STR("encoding=\""), 0);
            size_t end = nx_str_find(rest, NX_STR("?>"), 0);
            if (enc != SIZE_MAX && end != SIZE_MAX && enc < end) {
                enc += 10;
                size_t quote = nx_str_find(rest, NX_STR("\""), enc);
                return nx_str_make(rest.p + enc, (quote < end ? quote : end) - enc);
            }
        }
    }
    return NX_STR_NONE;
}
