// docmaker.c: see docmaker.h. What is said of terms is noted in reading order, a note an
// occurrence; at the end of the document the notes are gathered by number: a stamp per vocabulary
// number tells whether the document has the term yet, and the positions are dealt out to their
// terms by counting. No hashing beyond the vocabulary's; and since the notes are there before they
// are needed, what they lead to is fetched ahead (a vocabulary is larger than the cache).
#include "indexer/docmaker.h"

#include <stdlib.h>

#include "indexer/docdata.h"
#include "schema/schema.h"
#include "text/analysis.h"

enum {
    VALUES_MAX = 16,
    DATA_BYTES_MAX = 256 << 20, // what a document may carry along
    AHEAD = 16,                 // notes between fetching and use
};

// One occurrence.
typedef struct note {
    uint32_t term; // vocabulary number; once gathered, the place in terms
    uint32_t wdf;  // added by it
    uint32_t pos;  // 0: none
} note;

// By vocabulary number.
typedef struct seen {
    uint32_t stamp; // number of the document that had the term last
    uint32_t index; // its place in that document's terms
} seen;

struct nx_docmaker {
    nx_vocab *vocab;
    nx_analyzer *analyzer;
    seen *seen;
    size_t seen_cap;
    uint32_t stamp;
    uint32_t *titles; // number of the same term in the title field, plus 1; 0: not made yet
    size_t title_cap;

    nx_doc_term *terms;
    size_t term_count, term_cap;
    note *notes;
    size_t note_count, note_cap;
    uint32_t *positions;
    size_t position_count, position_cap;
    nx_doc_value values[VALUES_MAX];
    size_t value_count;

    nx_buf id, unique, data, term, fold, bytes; // bytes: those of values
    bool failed;
};

// ---- terms

// Makes an array hold count elements at least; new ones are zeros. array: address of the pointer.
static bool room(void *array, size_t *cap, size_t count, size_t size)
{
    if (count <= *cap) {
        return true;
    }
    size_t n = *cap < 1024 ? 1024 : *cap;
    while (n < count) {
        n += n / 2;
    }
    void *old = NULL;
    memcpy(&old, array, sizeof old);
    char *p = realloc(old, n * size);
    if (p == NULL) {
        return false;
    }
    memset(p + *cap * size, 0, (n - *cap) * size);
    memcpy(array, &p, sizeof p);
    *cap = n;
    return true;
}

// Adds an occurrence: wdf to the term, and a position unless pos is 0.
static inline void add_term(nx_docmaker *m, uint32_t term, uint32_t wdf, uint32_t pos)
{
    bool full = m->note_count == m->note_cap;
    if (term == NX_VOCAB_NONE ||
        (full && !room(&m->notes, &m->note_cap, m->note_count + 1, sizeof *m->notes))) {
        m->failed = true;
        return;
    }
    m->notes[m->note_count++] = (note){term, wdf, pos};
}

// Adds the term in m->term.
static void add_made_term(nx_docmaker *m, uint32_t wdf, uint32_t pos)
{
    if (m->term.failed) {
        m->failed = true;
        return;
    }
    add_term(m, nx_vocab_add(m->vocab, nx_buf_str(&m->term), NULL), wdf, pos);
}

// Puts pos into its place among the count ascending ones at p. In reading order it nearly always is
// the greatest; a compound's joined form comes after its parts though it stands at the first.
// Returns the new count: a position that is there already is not added again.
static uint32_t place(uint32_t *p, uint32_t count, uint32_t pos)
{
    uint32_t at = count;
    while (at > 0 && p[at - 1] >= pos) {
        at--;
    }
    if (at < count && p[at] == pos) {
        return count;
    }
    for (uint32_t i = count; i > at; i--) {
        p[i] = p[i - 1];
    }
    p[at] = pos;
    return count + 1;
}

// The place of a term in the document's terms, new or there already. There is room for both.
static uint32_t row_of(nx_docmaker *m, uint32_t term)
{
    seen *s = &m->seen[term];
    if (s->stamp != m->stamp) {
        *s = (seen){m->stamp, (uint32_t)m->term_count};
        m->terms[m->term_count++] = (nx_doc_term){.term = term};
    }
    return s->index;
}

static bool room_to_gather(nx_docmaker *m)
{
    return room(&m->terms, &m->term_cap, m->note_count, sizeof *m->terms) &&
           room(&m->positions, &m->position_cap, m->note_count, sizeof *m->positions) &&
           room(&m->seen, &m->seen_cap, nx_vocab_count(m->vocab), sizeof *m->seen);
}

// The notes become terms, each once, with their positions.
static bool gather(nx_docmaker *m)
{
    if (m->failed || !room_to_gather(m)) {
        return false;
    }
    for (size_t i = 0; i < m->note_count; i++) {
        if (i + AHEAD < m->note_count) {
            __builtin_prefetch(&m->seen[m->notes[i + AHEAD].term], 1);
        }
        note *n = &m->notes[i];
        n->term = row_of(m, n->term);
        m->terms[n->term].wdf += n->wdf;
        m->terms[n->term].pos_count += n->pos != 0;
    }
    uint32_t start = 0;
    for (size_t i = 0; i < m->term_count; i++) {
        m->terms[i].pos_start = start;
        start += m->terms[i].pos_count;
        m->terms[i].pos_count = 0;
    }
    for (size_t i = 0; i < m->note_count; i++) {
        if (m->notes[i].pos != 0) {
            nx_doc_term *t = &m->terms[m->notes[i].term];
            t->pos_count = place(m->positions + t->pos_start, t->pos_count, m->notes[i].pos);
        }
    }
    m->position_count = start;
    return true;
}

// ---- text

static void each_body_chunk(void *ctx, const nx_chunk *c)
{
    nx_docmaker *m = ctx;
    for (size_t i = 0; i < c->form_count; i++) {
        const nx_form *f = &c->forms[i];
        add_term(m, f->term, 1, f->kind == NX_FORM_STEM ? 0 : c->pos + f->dpos);
    }
}

// The number of a term of the analysis in the title field; NX_VOCAB_NONE without memory.
static uint32_t title_term(nx_docmaker *m, uint32_t term)
{
    if (term == NX_VOCAB_NONE ||
        !room(&m->titles, &m->title_cap, (size_t)term + 1, sizeof *m->titles)) {
        return NX_VOCAB_NONE;
    }
    if (m->titles[term] == 0) {
        nx_buf_clear(&m->term);
        nx_field_term(nx_field_by_id(NX_FIELD_TITLE), nx_vocab_get(m->vocab, term), &m->term);
        uint32_t made =
            m->term.failed ? NX_VOCAB_NONE : nx_vocab_add(m->vocab, nx_buf_str(&m->term), NULL);
        m->titles[term] = made + 1; // NONE becomes 0 again
    }
    return m->titles[term] - 1;
}

static void each_title_chunk(void *ctx, const nx_chunk *c)
{
    nx_docmaker *m = ctx;
    for (size_t i = 0; i < c->form_count; i++) {
        const nx_form *f = &c->forms[i];
        add_term(m, f->term, NX_TITLE_WDF, 0);
        add_term(m, title_term(m, f->term), 1, f->kind == NX_FORM_STEM ? 0 : c->pos + f->dpos);
    }
}

// Whose stems an article's words have. One too brief to tell its language has those of English, as
// queries have in an index that knows of no language: with none a headline that has no text would
// be found by its very words only. In another language hardly a word is lost by it.
static nx_str stem_language(const nx_article *a)
{
    bool brief = a->title.s.n + a->body.n <= NX_BRIEF_BYTES;
    return a->language.s.n == 0 && brief ? NX_STR("en") : a->language.s;
}

static void add_text(nx_docmaker *m, const nx_article *a)
{
    nx_analyzer_language(m->analyzer, stem_language(a));
    (void)nx_analyze(m->analyzer, a->title.s, 1, each_title_chunk, m);
    uint32_t pos = nx_analyze(m->analyzer, a->body, NX_BODY_POS, each_body_chunk, m);
    // The standfirst comes last, so that the body's positions are the same with and without it.
    (void)nx_analyze(m->analyzer, a->summary.s, pos + NX_NAME_GAP, each_body_chunk, m);
}

// ---- names and facts

typedef struct name_words {
    nx_docmaker *maker;
    const nx_field *field;
} name_words;

static void each_name_chunk(void *ctx, const nx_chunk *c)
{
    name_words *w = ctx;
    nx_docmaker *m = w->maker;
    for (size_t i = 0; i < c->form_count; i++) {
        const nx_form *f = &c->forms[i];
        nx_buf_clear(&m->term);
        nx_field_term(w->field, nx_vocab_get(m->vocab, f->term), &m->term);
        add_made_term(m, 0, c->pos + f->dpos);
    }
}

static void add_whole(nx_docmaker *m, nx_field_id id, nx_str value)
{
    if (value.n > 0) {
        nx_buf_clear(&m->term);
        nx_field_value_term(nx_field_by_id(id), value, &m->term);
        add_made_term(m, 0, 0);
    }
}

// A name, whole and in words; the words' positions start at pos. A name of one word has none, since
// a phrase has two. Returns where the next name's positions start.
static uint32_t add_name(nx_docmaker *m, nx_field_id id, nx_str name, uint32_t pos)
{
    if (name.n == 0) {
        return pos;
    }
    add_whole(m, id, name);
    name_words w = {m, nx_field_by_id(id)};
    size_t first = m->note_count;
    uint32_t end = nx_analyze(m->analyzer, name, pos, each_name_chunk, &w);
    for (size_t i = first; end <= pos + 1 && i < m->note_count; i++) {
        m->notes[i].pos = 0;
    }
    return end + NX_NAME_GAP;
}

static void add_names(nx_docmaker *m, const nx_article *a)
{
    nx_analyzer_language(m->analyzer, NX_STR("")); // names are not stemmed
    uint32_t pos = 1;
    for (size_t i = 0; i < a->author_count; i++) {
        pos = add_name(m, NX_FIELD_AUTHOR, a->authors[i].s, pos);
    }
    pos = 1;
    for (size_t i = 0; i < a->keyword_count; i++) {
        pos = add_name(m, NX_FIELD_KEYWORD, a->keywords[i].s, pos);
    }
    (void)add_name(m, NX_FIELD_SOURCE, a->source.s, 1);
    (void)add_name(m, NX_FIELD_AGENCY, a->agency.s, 1);
    (void)add_name(m, NX_FIELD_CREDITED, a->credited.s, 1);
    (void)add_name(m, NX_FIELD_SECTION, a->section.s, 1);
    (void)add_name(m, NX_FIELD_PLACE, a->dateline.s, 1);
}

// The host and the domains above it that have a dot: news.bbc.co.uk is found by bbc.co.uk.
static void add_hosts(nx_docmaker *m, nx_str host)
{
    while (host.n > 0 && memchr(host.p, '.', host.n) != NULL) {
        add_whole(m, NX_FIELD_HOST, host);
        const char *dot = memchr(host.p, '.', host.n);
        host = nx_str_make(dot + 1, host.n - (size_t)(dot + 1 - host.p));
    }
}

static void add_date_terms(nx_docmaker *m, const nx_when *when)
{
    static const char kinds[] = {'D', 'M', 'Y'};
    for (size_t i = 0; when->known && i < sizeof kinds; i++) {
        char term[16];
        nx_buf_clear(&m->term);
        nx_buf_addz(&m->term, nx_date_term(kinds[i], when->utc, term));
        add_made_term(m, 0, 0);
    }
}

static void add_facts(nx_docmaker *m, const nx_article *a)
{
    nx_buf_clear(&m->term);
    nx_buf_adds(&m->term, nx_buf_str(&m->unique));
    add_made_term(m, 0, 0);
    add_whole(m, NX_FIELD_URL, a->url.s);
    add_hosts(m, a->source_host.s);
    add_whole(m, NX_FIELD_LANG, a->language.s);
    add_date_terms(m, &a->published);
}

// ---- values

// Values are gathered in ascending order of their slots; their bytes in m->bytes, addressed when
// all are there, for the buffer may move.
static void add_value(nx_docmaker *m, enum nx_slot slot, nx_str bytes)
{
    if (bytes.n > 0) {
        m->values[m->value_count++] = (nx_doc_value){slot, nx_str_make(NULL, bytes.n)};
        nx_buf_adds(&m->bytes, bytes);
    }
}

static void add_time_value(nx_docmaker *m, enum nx_slot slot, bool known, int64_t utc)
{
    char value[16];
    if (known) {
        add_value(m, slot, nx_str_of(nx_time_value(utc, value)));
    }
}

static void add_values(nx_docmaker *m, const nx_article *a, const nx_docmaker_options *options,
                       const unsigned char *digest)
{
    add_time_value(m, NX_SLOT_PUBLISHED, a->published.known, a->published.utc);
    bool seen_later =
        options->changed.known && (!a->updated.known || options->changed.utc > a->updated.utc);
    const nx_when *updated = seen_later ? &options->changed : &a->updated;
    add_time_value(m, NX_SLOT_UPDATED, updated->known, updated->utc);
    add_value(m, NX_SLOT_SOURCE, a->source.s);
    add_value(m, NX_SLOT_AGENCY, a->agency.s);
    add_value(m, NX_SLOT_SECTION, a->section.s);
    add_value(m, NX_SLOT_LANGUAGE, a->language.s);
    nx_buf_clear(&m->fold);
    for (size_t i = 0; i < a->author_count; i++) {
        if (i > 0) {
            nx_buf_addc(&m->fold, '\x1f');
        }
        nx_buf_adds(&m->fold, a->authors[i].s);
    }
    add_value(m, NX_SLOT_AUTHOR, nx_buf_str(&m->fold));
    add_value(m, NX_SLOT_FAMILY, options->family);
    add_value(m, NX_SLOT_CONTENT, nx_str_make((const char *)digest, NX_DIGEST_BYTES));
    add_time_value(m, NX_SLOT_INDEXED, options->indexed_utc != 0, options->indexed_utc);
    add_value(m, NX_SLOT_HOST, a->source_host.s);
    size_t at = 0;
    for (size_t i = 0; !m->bytes.failed && i < m->value_count; i++) {
        m->values[i].bytes.p = m->bytes.data + at;
        at += m->values[i].bytes.n;
    }
}

// ---- the maker

nx_docmaker *nx_docmaker_new(void)
{
    nx_docmaker *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return NULL;
    }
    nx_buf_init(&m->id, DATA_BYTES_MAX);
    nx_buf_init(&m->unique, DATA_BYTES_MAX);
    nx_buf_init(&m->data, DATA_BYTES_MAX);
    nx_buf_init(&m->term, DATA_BYTES_MAX);
    nx_buf_init(&m->fold, DATA_BYTES_MAX);
    nx_buf_init(&m->bytes, DATA_BYTES_MAX);
    m->vocab = nx_vocab_new();
    m->analyzer = m->vocab == NULL ? NULL : nx_analyzer_new(m->vocab);
    if (m->analyzer == NULL) {
        nx_docmaker_free(m);
        return NULL;
    }
    return m;
}

void nx_docmaker_free(nx_docmaker *m)
{
    if (m == NULL) {
        return;
    }
    nx_analyzer_free(m->analyzer);
    nx_vocab_free(m->vocab);
    free(m->seen);
    free(m->titles);
    free(m->terms);
    free(m->notes);
    free(m->positions);
    nx_buf_release(&m->id);
    nx_buf_release(&m->unique);
    nx_buf_release(&m->data);
    nx_buf_release(&m->term);
    nx_buf_release(&m->fold);
    nx_buf_release(&m->bytes);
    free(m);
}

// Forgets the last document.
static void start_document(nx_docmaker *m)
{
    m->term_count = m->note_count = m->value_count = 0;
    m->failed = false;
    nx_buf_clear(&m->id);
    nx_buf_clear(&m->unique);
    nx_buf_clear(&m->data);
    nx_buf_clear(&m->bytes);
    if (++m->stamp == 0) { // after 2^32 documents: old stamps would be taken for new ones
        memset(m->seen, 0, m->seen_cap * sizeof *m->seen);
        m->stamp = 1;
    }
}

nx_status nx_docmaker_begin(nx_docmaker *m, const nx_article *a, nx_made *out, nx_error *err)
{
    *out = (nx_made){0};
    start_document(m);
    nx_article_identity(a, &m->id);
    nx_unique_term(nx_buf_str(&m->id), &m->unique);
    nx_article_digest(a, out->digest);
    out->id = nx_buf_str(&m->id);
    out->unique_term = nx_buf_str(&m->unique);
    return m->id.failed || m->unique.failed ? nx_fail_nomem(err) : NX_OK;
}

nx_status nx_docmaker_finish(nx_docmaker *m, const nx_article *a,
                             const nx_docmaker_options *options, nx_made *out, nx_error *err)
{
    add_text(m, a);
    add_names(m, a);
    add_facts(m, a);
    add_values(m, a, options, out->digest);
    nx_article_data(a, nx_buf_str(&m->id), &m->data);
    nx_status st = nx_buf_check(&m->data, "the article's data", err);
    if (st != NX_OK) {
        return st;
    }
    if (nx_analyzer_failed(m->analyzer) || m->fold.failed || m->bytes.failed || !gather(m)) {
        return nx_fail_nomem(err);
    }
    out->doc = (nx_doc){.vocab = m->vocab,
                        .terms = m->terms,
                        .term_count = m->term_count,
                        .positions = m->positions,
                        .position_count = m->position_count,
                        .values = m->values,
                        .value_count = m->value_count,
                        .data = nx_buf_str(&m->data)};
    return NX_OK;
}

nx_status nx_docmaker_make(nx_docmaker *m, const nx_article *a, const nx_docmaker_options *options,
                           nx_made *out, nx_error *err)
{
    nx_status st = nx_docmaker_begin(m, a, out, err);
    return st == NX_OK ? nx_docmaker_finish(m, a, options, out, err) : st;
}

void nx_docmaker_trim(nx_docmaker *m, size_t max_bytes)
{
    if (nx_analyzer_failed(m->analyzer) || nx_vocab_bytes(m->vocab) > max_bytes) {
        nx_vocab_clear(m->vocab);
        nx_analyzer_reset(m->analyzer);
        if (m->seen_cap > 0) {
            memset(m->seen, 0, m->seen_cap * sizeof *m->seen);
        }
        if (m->title_cap > 0) {
            memset(m->titles, 0, m->title_cap * sizeof *m->titles);
        }
    }
}
