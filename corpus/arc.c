// arc.c: ARC files into pages. Format: the Internet Archive's ARC 1.0 and 2.0 (1996).
//
// A record is a line "URL IP date type [...] length" and length bytes. URLs may hold spaces, so the
// line is read from its date. A damaged line costs the bytes up to the next one that is whole.
#include "corpus/crawl.h"

#include "base/num.h"
#include "base/time.h"

enum { LINE_MAX_BYTES = 64 << 10 };

typedef struct arc_line {
    nx_str url, type;
    nx_when fetched;
    uint64_t length;
} arc_line;

static nx_str take_last_word(nx_str *line)
{
    nx_str word = nx_str_last_word(*line);
    *line = nx_str_trim(nx_str_make(line->p, line->n - word.n));
    return word;
}

// "20140216050221" (longer ones have fractions) -> seconds.
static bool parse_date(nx_str s, nx_when *out)
{
    int64_t from, to;
    uint64_t digits;
    if (s.n < 12 || s.n > 18 || !nx_parse_u64(s, &digits)) {
        return false;
    }
    char iso[] = "0000-00-00T00:00:00Z";
    static const size_t places[] = {0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18};
    for (size_t i = 0; i < NX_COUNT(places) && i < s.n; i++) {
        iso[places[i]] = s.p[i];
    }
    *out = (nx_when){0};
    if (nx_parse_iso(nx_str_of(iso), 0, &from, &to, NULL, NULL)) {
        *out = (nx_when){.known = true, .has_zone = true, .from = NX_FROM_HEADER, .utc = from};
    }
    return true;
}

static bool has_scheme(nx_str s)
{
    size_t i = 0;
    while (i < s.n && i < 12 && nx_is_alpha(s.p[i])) {
        i++;
    }
    return i >= 2 && i < s.n && s.p[i] == ':';
}

// Does line begin a record? *whole: and can its block be told?
static bool parse_line(nx_str line, arc_line *out, bool *whole)
{
    *out = (arc_line){.length = 0};
    *whole = false;
    if (!has_scheme(line)) {
        return false;
    }
    *whole = nx_parse_u64(take_last_word(&line), &out->length);
    for (unsigned words = 0; words < 8 && line.n > 0; words++) {
        nx_str word = take_last_word(&line);
        if (parse_date(word, &out->fetched)) {
            (void)take_last_word(&line); // the address
            out->url = line;
            return line.n > 0;
        }
        out->type = word;
    }
    return false;
}

static nx_status read_block(nx_stream *t, const arc_line *line, uint64_t offset, nx_error *err)
{
    nx_crawl_record c = {.content_type = line->type,
                         .bytes = line->length,
                         .facts = {.offset = offset, .url = line->url, .fetched = line->fetched}};
    if (!nx_str_starts(line->url, NX_STR("filedesc:"))) {
        return nx_crawl_block(t, &c, err);
    }
    uint64_t left;
    nx_status st = nx_stream_skip(t, offset, false, NX_OK, "ARC file description",
                                  "a record that holds no page", err);
    return st == NX_OK ? nx_source_discard(t->source, line->length, &left, err) : st;
}

// One line that should begin a record. *lost: inside damage that has been reported.
static nx_status next_record(nx_stream *t, nx_buf *copy, bool *more, bool *lost, nx_error *err)
{
    uint64_t offset = t->source->pos;
    nx_str line;
    size_t used = 0;
    nx_status st = nx_stream_line(t, LINE_MAX_BYTES, &line, &used, err);
    if (st != NX_OK && !(st == NX_ELIMIT && t->source->reason == NULL)) {
        return st;
    }
    *more = st != NX_OK || used > 0;
    if (st == NX_OK && nx_str_trim(line).n == 0) {
        nx_source_take(t->source, used);
        return NX_OK;
    }
    arc_line parsed;
    bool whole = false, begins = false;
    if (st == NX_OK) {
        nx_buf_clear(copy); // the line goes when the block is read
        nx_buf_adds(copy, line);
        nx_source_take(t->source, used);
        if (nx_buf_check(copy, "ARC line", err) != NX_OK) {
            t->reading->stop = err->code;
            return err->code;
        }
        begins = parse_line(nx_buf_str(copy), &parsed, &whole);
    }
    if (begins && whole) {
        *lost = false;
        return read_block(t, &parsed, offset, err);
    }
    if (*lost && !begins) {
        return NX_OK;
    }
    *lost = true;
    const char *text = begins ? "a record without a length" : "no record begins where one should";
    return nx_stream_skip(t, offset, false, NX_EFORMAT, "damaged ARC", text, err);
}

nx_status nx_split_arc(nx_stream *t, nx_format format, nx_error *err)
{
    (void)format;
    nx_buf copy;
    nx_buf_init(&copy, LINE_MAX_BYTES);
    nx_status st = NX_OK;
    bool lost = false;
    for (bool more = true; st == NX_OK && more;) {
        st = nx_crawl_recover(t, next_record(t, &copy, &more, &lost, err), err);
        more = more && (!t->source->ended || nx_source_view(t->source).n > 0);
    }
    nx_buf_release(&copy);
    return st;
}
