// identity.c: see identity.h.
#include "indexer/identity.h"

#include <errno.h>
#include <sys/stat.h>

#include "text/analysis.h"

enum {
    STRONG_DIGITS_MIN = 10, // a longer number is a serial number of a whole publisher
    STRONG_CHARS_MIN = 6,   // "LA010189-0018", a UUID
};

static const nx_str place_mark = {"file:", 5};

static bool is_strong(nx_str id)
{
    bool digits = true;
    for (size_t i = 0; i < id.n; i++) {
        digits = digits && nx_is_digit(id.p[i]);
    }
    return id.n >= (digits ? STRONG_DIGITS_MIN : STRONG_CHARS_MIN);
}

// "news/1987/reut2-000.sgm" -> "1987/reut2-000.sgm".
static nx_str last_two_parts(nx_str path)
{
    size_t from = path.n;
    for (int slashes = 0; from > 0; from--) {
        slashes += path.p[from - 1] == '/';
        if (slashes == 2) {
            break;
        }
    }
    return nx_str_skip(path, from);
}

static bool is_stdin(const nx_article *a)
{
    return nx_str_eq(a->file, NX_STR("-"));
}

// Is it a record of a file that has more of them? The first line may be the whole of an object's
// file; those of lines are called otherwise.
static bool is_one_of_several(const nx_article *a)
{
    const nx_str name = a->member.n > 0 ? a->member : a->file;
    const bool alone = a->offset_is_line && a->offset == 1 && nx_str_ends(name, NX_STR(".json"));
    return a->offset > 0 && !alone;
}

// Does its id tell it from all other articles?
static bool has_id(const nx_article *a)
{
    return a->id.s.n > 0 &&
           (!is_stdin(a) || is_strong(a->id.s) || a->source_host.s.n > 0 || a->source.s.n > 0);
}

static void add_id(const nx_article *a, nx_buf *out)
{
    if (a->source_host.s.n > 0) {
        nx_buf_adds(out, a->source_host.s);
        nx_buf_addc(out, ':');
    } else if (!is_strong(a->id.s) && !is_stdin(a)) {
        nx_buf_adds(out, last_two_parts(a->file));
        if (a->member.n > 0) {
            nx_buf_addc(out, '!');
            nx_buf_adds(out, a->member);
        }
        nx_buf_addc(out, ':');
    } else if (a->source.s.n > 0) {
        nx_fold(a->source.s, true, out);
        nx_buf_addc(out, ':');
    }
    nx_buf_adds(out, a->id.s);
}

// What a date says, as bytes to be digested.
static nx_str when_bytes(const nx_when *w, unsigned char bytes[12])
{
    if (!w->known) {
        return NX_STR_NONE;
    }
    bytes[0] = (unsigned char)(1 | w->day_only << 1 | w->has_zone << 2);
    bytes[1] = (unsigned char)((uint16_t)w->zone_min & 0xff);
    bytes[2] = (unsigned char)((uint16_t)w->zone_min >> 8);
    bytes[3] = w->from;
    for (int i = 0; i < 8; i++) {
        bytes[4 + i] = (unsigned char)((uint64_t)w->utc >> (8 * i));
    }
    return nx_str_make((const char *)bytes, 12);
}

static void add_text_digest(const nx_article *a, nx_buf *out)
{
    unsigned char digest[NX_DIGEST_BYTES], published[12];
    const bool stated = a->published.from != NX_FROM_FILE; // which changes when the file grows
    const nx_str parts[] = {
        a->title.s,  a->summary.s,     a->body,
        a->source.s, a->source_host.s, stated ? when_bytes(&a->published, published) : NX_STR_NONE};
    nx_digest128(parts, NX_COUNT(parts), digest);
    nx_buf_addz(out, "text:");
    for (size_t i = 0; i < sizeof digest; i++) {
        nx_buf_addf(out, "%02x", digest[i]);
    }
}

void nx_article_identity(const nx_article *a, nx_buf *out)
{
    if (a->url.s.n > 0) {
        nx_buf_adds(out, a->url.s);
        return;
    }
    if (has_id(a)) {
        add_id(a, out);
        return;
    }
    if (is_stdin(a) || is_one_of_several(a)) {
        add_text_digest(a, out);
        return;
    }
    nx_buf_adds(out, place_mark);
    nx_buf_adds(out, a->file);
    if (a->member.n > 0) {
        nx_buf_addc(out, '!');
        nx_buf_adds(out, a->member);
    }
}

bool nx_term_is_place(nx_str unique_term)
{
    return unique_term.n > 0 && unique_term.n < NX_TERM_MAX &&
           nx_str_starts(nx_str_skip(unique_term, 1), place_mark);
}

bool nx_place_is_gone(nx_str unique_term)
{
    // Names may have the marks in them: nothing that the path can mean is there.
    char path[NX_TERM_MAX];
    struct stat st;
    nx_str s = nx_str_skip(unique_term, 1 + place_mark.n);
    memcpy(path, s.p, s.n);
    for (size_t n = s.n; n > 0; n--) {
        const char next = n < s.n ? s.p[n] : '#';
        path[n] = '\0';
        if ((next == '!' || next == '#') &&
            (lstat(path, &st) == 0 || (errno != ENOENT && errno != ENOTDIR))) {
            return false;
        }
    }
    return true;
}

void nx_article_digest(const nx_article *a, unsigned char out[NX_DIGEST_BYTES])
{
    // Order and number of parts are fixed, so that no two articles give the same sequence.
    enum { FIXED = 16 };
    unsigned char published[12], updated[12], counts[2];
    nx_str parts[FIXED + NX_AUTHORS_MAX + NX_KEYWORDS_MAX];
    const nx_str fixed[FIXED] = {
        a->id.s,
        a->url.s,
        a->title.s,
        a->body,
        a->summary.s,
        a->source.s,
        a->source_host.s,
        a->agency.s,
        a->credited.s,
        a->byline.s,
        a->dateline.s,
        a->section.s,
        a->language.s,
        when_bytes(&a->published, published),
        when_bytes(&a->updated, updated),
        nx_str_make((const char *)counts, sizeof counts),
    };
    counts[0] = (unsigned char)a->author_count;
    counts[1] = (unsigned char)a->keyword_count;
    size_t n = 0;
    for (; n < FIXED; n++) {
        parts[n] = fixed[n];
    }
    for (size_t i = 0; i < a->author_count; i++) {
        parts[n++] = a->authors[i].s;
    }
    for (size_t i = 0; i < a->keyword_count; i++) {
        parts[n++] = a->keywords[i].s;
    }
    nx_digest128(parts, n, out);
}

void nx_text_digest(nx_str title, nx_str summary, nx_str body, unsigned char out[NX_DIGEST_BYTES])
{
    const nx_str parts[] = {title, summary, body};
    nx_digest128(parts, NX_COUNT(parts), out);
}
