// out_csv.c: results as comma-separated values (RFC 4180), a line a hit; for spreadsheets, so a
// text that one of them would take for a formula gets an apostrophe in front.
//
// Must not know: how results are found.
#include "base/tty.h"
#include "searcher/output.h"

static const char columns[] =
    "format,topic,query,total,rank,score,title,source,agency,credited,authors,place,published,"
    "published_from,section,language,url,file,id,also,also_publishers,first_seen,first_source,"
    "matched,snippet\r\n";
enum { COLUMNS_AFTER_TOTAL = 21 };

static void add_text(nx_buf *out, nx_str s)
{
    bool formula = s.n > 0 && memchr("=+-@\t\r", s.p[0], 6) != NULL;
    nx_buf_addz(out, formula ? "\"'" : "\"");
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') {
            nx_buf_addc(out, '"');
        }
        nx_buf_addc(out, s.p[i]);
    }
    nx_buf_addc(out, '"');
}

// A field; text is only quoted where it must be.
static void add_field(nx_buf *out, nx_str value)
{
    nx_buf safe;
    nx_buf_init(&safe, 1 << 26);
    nx_tty_add_safe(&safe, value, false);
    nx_str s = nx_buf_str(&safe);
    bool quote = false;
    for (size_t i = 0; i < s.n && !quote; i++) {
        quote = strchr("\",\r\n", s.p[i]) != NULL;
    }
    nx_buf_addc(out, ',');
    if (quote || (s.n > 0 && strchr("=+-@\t\r ", s.p[0]) != NULL)) {
        add_text(out, s);
    } else {
        nx_buf_adds(out, s);
    }
    out->failed = out->failed || safe.failed;
    nx_buf_release(&safe);
}

static void add_list(nx_buf *out, const nx_str *items, size_t count)
{
    nx_buf text;
    nx_buf_init(&text, 1 << 22);
    for (size_t i = 0; i < count; i++) {
        nx_buf_addz(&text, i > 0 ? "; " : "");
        nx_buf_adds(&text, items[i]);
    }
    add_field(out, nx_buf_str(&text));
    out->failed = out->failed || text.failed;
    nx_buf_release(&text);
}

static void add_copies(nx_buf *out, const nx_card *c)
{
    size_t publishers;
    size_t others = nx_card_copies(c, &publishers);
    nx_buf_addf(out, ",%zu,%zu", others, publishers);
    add_field(out, c->members.count > 1 ? c->members.items[0].published : NX_STR_NONE);
    add_field(out, c->members.count > 1 ? c->members.items[0].source : NX_STR_NONE);
}

typedef void adder(const nx_card *c, nx_buf *out);

static void add_made(nx_buf *out, const nx_card *c, adder *add)
{
    nx_buf text;
    nx_buf_init(&text, 1 << 26);
    add(c, &text);
    add_field(out, nx_buf_str(&text));
    out->failed = out->failed || text.failed;
    nx_buf_release(&text);
}

static void passage(const nx_card *c, nx_buf *out)
{
    nx_add_plain(out, &c->snippet);
}

static void begin_row(nx_output *o, const nx_answer *a)
{
    const nx_counts *n = &a->counts;
    nx_buf_addf(&o->buf, "%d", (int)NX_OUTPUT_VERSION);
    add_field(&o->buf, a->topic);
    add_field(&o->buf, a->query);
    nx_buf_addf(&o->buf, ",%llu",
                (unsigned long long)(n->lower == n->upper ? n->lower : n->estimated));
}

static void csv_open(nx_output *o)
{
    nx_buf_addz(&o->buf, columns);
}

// A query without hits has a row too, so that every name of a list is accounted for.
static void csv_begin(nx_output *o, const nx_answer *a)
{
    if (a->shown == 0 && (o->batch || o->count_only)) {
        begin_row(o, a);
        for (int i = 0; i < COLUMNS_AFTER_TOTAL; i++) {
            nx_buf_addc(&o->buf, ',');
        }
        nx_buf_addz(&o->buf, "\r\n");
    }
}

static void csv_hit(nx_output *o, const nx_answer *a, const nx_card *c)
{
    nx_buf *out = &o->buf;
    begin_row(o, a);
    nx_buf_addf(out, ",%u,%.4f", c->rank, c->weight);
    add_field(out, c->title);
    add_field(out, nx_card_publisher(c));
    add_field(out, nx_card_agency(c));
    add_field(out, c->credited);
    add_made(out, c, nx_card_add_authors);
    add_field(out, c->place);
    add_field(out, c->published);
    add_field(out, c->published_from);
    add_field(out, c->section);
    add_field(out, c->language);
    add_field(out, c->url);
    add_made(out, c, nx_card_add_file);
    add_field(out, c->id);
    add_copies(out, c);
    add_list(out, c->matched, c->matched_count);
    add_made(out, c, passage);
    nx_buf_addz(out, "\r\n");
}

const nx_format nx_as_csv = {
    .name = "csv", .batch = true, .open = csv_open, .begin = csv_begin, .hit = csv_hit};
