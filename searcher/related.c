// related.c: background of an article: the others that its best words find.
//
// The whole article is the query, reduced to the words that tell it from the rest: what does best
// where this has been judged (background linking, TREC News). Near duplicates say nothing new: what
// belongs to the same story family or has nearly the same words in the same numbers is left out.
// Must not know: the query language, how hits are shown.
#include <math.h>
#include <stdlib.h>

#include "searcher/engine.h"
#include "text/analysis.h"

#define SAME_COSINE 0.9   // of two articles' words: the same article over again
#define COMMON_SHARE 0.25 // words in more documents than that tell nothing

enum { BEST_WORDS = 60, SHOWN_WORDS = 30, TITLE_TIMES = 3, DATA_MAX = 256 << 20 };

typedef struct seed_word {
    uint32_t stem, word; // vocabulary numbers; word: as first written
    uint32_t count;
    double factor, weight;
} seed_word;

typedef struct seed {
    nx_searcher *searcher;
    nx_result *result;
    const nx_related_wish *wish;
    nx_str title, body, language;
    nx_buf data, scratch;
    bool dated;
    int64_t published;
    nx_buf family;

    nx_vocab *vocab;
    uint32_t *index; // by vocabulary number: place in words, plus 1
    size_t index_cap;
    seed_word *words;
    size_t count, cap;
    uint32_t times; // what an occurrence counts
    uint32_t last_word;
    double norm; // of the vector of counts
    bool nomem;
    nx_error *err;
} seed;

// ---- words of the article

static void *grow(void *p, size_t *cap, size_t want, size_t size)
{
    size_t n = *cap < 256 ? 256 : *cap;
    while (n < want) {
        n *= 2;
    }
    void *q = realloc(p, n * size);
    if (q != NULL) {
        memset((char *)q + *cap * size, 0, (n - *cap) * size);
        *cap = n;
    }
    return q;
}

static seed_word *word_of(seed *s, uint32_t stem)
{
    if (stem >= s->index_cap) {
        uint32_t *index = grow(s->index, &s->index_cap, (size_t)stem + 1, sizeof *index);
        if (index == NULL) {
            s->nomem = true;
            return NULL;
        }
        s->index = index;
    }
    if (s->index[stem] == 0) {
        if (s->count == s->cap) {
            seed_word *words = grow(s->words, &s->cap, s->count + 1, sizeof *words);
            if (words == NULL) {
                s->nomem = true;
                return NULL;
            }
            s->words = words;
        }
        s->words[s->count++] = (seed_word){.stem = stem, .word = s->last_word};
        s->index[stem] = (uint32_t)s->count;
    }
    return &s->words[s->index[stem] - 1];
}

static void each_chunk(void *ctx, const nx_chunk *c)
{
    seed *s = ctx;
    for (size_t i = 0; i < c->form_count && !s->nomem; i++) {
        const nx_form *f = &c->forms[i];
        if (f->kind == NX_FORM_EXACT || f->kind == NX_FORM_ACRONYM) {
            s->last_word = f->term;
        }
        if (f->kind == NX_FORM_STEM || f->kind == NX_FORM_ACRONYM) {
            seed_word *w = word_of(s, f->term);
            if (w != NULL) {
                w->count += s->times;
            }
        }
    }
}

static nx_status read_words(seed *s)
{
    s->vocab = nx_vocab_new();
    nx_analyzer *a = s->vocab != NULL ? nx_analyzer_new(s->vocab) : NULL;
    if (a == NULL) {
        return nx_fail_nomem(s->err);
    }
    nx_analyzer_language(a, s->language);
    s->times = TITLE_TIMES;
    (void)nx_analyze(a, s->title, 1, each_chunk, s);
    s->times = 1;
    (void)nx_analyze(a, s->body, 1, each_chunk, s);
    bool failed = nx_analyzer_failed(a) || s->nomem;
    nx_analyzer_free(a);
    for (size_t i = 0; i < s->count; i++) {
        s->norm += (double)s->words[i].count * s->words[i].count;
    }
    s->norm = sqrt(s->norm);
    return failed ? nx_fail_nomem(s->err) : NX_OK;
}

// ---- the best of them

static int heaviest_first(const void *a, const void *b)
{
    const seed_word *x = a, *y = b;
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    return x->stem < y->stem ? -1 : x->stem > y->stem;
}

// Weighs the words and sorts the best to the front; *best is how many are worth asking for.
static nx_status choose_words(seed *s, size_t *best)
{
    nx_status status = NX_OK;
    *best = 0;
    for (size_t i = 0; i < s->count && status == NX_OK; i++) {
        seed_word *w = &s->words[i];
        nx_xterm_stats stats;
        double documents = s->result->stats.documents;
        status =
            nx_xdb_term_stats(s->searcher->db, nx_vocab_get(s->vocab, w->stem), &stats, s->err);
        bool useful = status == NX_OK && stats.documents > 0 &&
                      (stats.documents <= COMMON_SHARE * documents || documents < 20) &&
                      !nx_is_stop_word(nx_vocab_get(s->vocab, w->word), s->language);
        if (useful) {
            w->factor = ((double)stats.occurrences + 1) / stats.documents;
            w->weight =
                w->count / (w->count + 1.0) * log2((documents + 1) / (stats.documents + 0.5));
            *best += w->weight > 0;
        }
    }
    if (s->count > 1) {
        qsort(s->words, s->count, sizeof *s->words, heaviest_first);
    }
    *best = *best < BEST_WORDS ? *best : BEST_WORDS;
    return status;
}

// The chosen words as a query: for notes, highlighting and explanations.
static nx_status plan_words(seed *s, size_t best)
{
    nx_buf text;
    nx_parse_options parse = {.now = s->result->options.now};
    nx_plan_options options = {.since = NX_DATE_OPEN_FROM,
                               .until = NX_DATE_OPEN_TO,
                               .languages = nx_buf_str(&s->searcher->languages)};
    nx_buf_init(&text, NX_QUERY_MAX_BYTES);
    for (size_t i = 0; i < best && i < SHOWN_WORDS; i++) {
        nx_str word = nx_vocab_get(s->vocab, s->words[i].word);
        nx_qnode leaf = {.kind = NX_Q_WORD, .text = word}; // prints itself with what needs escaping
        nx_buf_addz(&text, i > 0 ? " " : "");
        nx_query_print(&leaf, &text);
    }
    nx_status status = nx_buf_check(&text, "the words of the article", s->err);
    if (status == NX_OK) {
        status = nx_query_parse(nx_buf_str(&text), &parse, &s->result->query, s->err);
    }
    if (status == NX_OK) {
        status =
            nx_plan_make(&s->result->plan, s->result->query, s->searcher->db, &options, s->err);
    }
    if (status == NX_OK && s->wish->older_only && !s->dated) {
        nx_query_note(s->result->query, NX_NOTE_HINT, 0, 0,
                      "the article has no date: nothing is left out as newer");
    }
    nx_buf_release(&text);
    return status;
}

// ---- asking

static void exclude_term(nx_xq *x, nx_xlist *l, nx_str term)
{
    nx_xlist_add(x, l, nx_xq_term(x, term));
}

// The article itself and its family.
static nx_xquery *known_already(seed *s, nx_xq *x)
{
    nx_xlist l = {0};
    nx_buf term;
    nx_buf_init(&term, 1 << 20);
    if (s->wish->id.n > 0) {
        nx_unique_term(s->wish->id, &term);
        exclude_term(x, &l, nx_buf_str(&term));
    }
    if (s->family.len > 0) {
        nx_str family = nx_buf_str(&s->family);
        nx_xlist_add(x, &l, nx_xq_range(x, NX_SLOT_FAMILY, family, family));
    }
    if (term.failed) {
        x->status = nx_fail_nomem(s->err);
    }
    nx_buf_release(&term);
    return l.count > 0 ? nx_xq_combine(x, NX_XOP_OR, &l, 0) : NULL;
}

static nx_xquery *in_time(seed *s, nx_xq *x)
{
    const nx_search_options *o = &s->result->options;
    char from[16] = "0", to[16] = "99999999999999";
    int64_t until = o->until;
    if (s->wish->older_only && s->dated && s->published < until) {
        until = s->published;
    }
    if (o->since == NX_DATE_OPEN_FROM && until == NX_DATE_OPEN_TO) {
        return NULL;
    }
    if (o->since != NX_DATE_OPEN_FROM) {
        nx_time_value(o->since, from);
    }
    if (until != NX_DATE_OPEN_TO) {
        nx_time_value(until, to);
    }
    return nx_xq_range(x, NX_SLOT_PUBLISHED, nx_str_of(from), nx_str_of(to));
}

static nx_xquery *ask(seed *s, nx_xq *x, size_t best)
{
    nx_xlist words = {0};
    for (size_t i = 0; i < best; i++) {
        const seed_word *w = &s->words[i];
        double share = w->count / (w->count + 1.0);
        nx_xlist_add(
            x, &words,
            nx_xq_scale(x, nx_xq_term(x, nx_vocab_get(s->vocab, w->stem)), share * w->factor));
    }
    nx_xquery *q = words.count > 0 ? nx_xq_combine(x, NX_XOP_OR, &words, 0) : nx_xq_nothing(x);
    nx_xquery *not_these = known_already(s, x), *when = in_time(s, x);
    if (not_these != NULL) {
        q = nx_xq_pair(x, NX_XOP_AND_NOT, q, not_these);
    }
    return when != NULL ? nx_xq_pair(x, NX_XOP_FILTER, q, when) : q;
}

// ---- near duplicates

// Cosine of the counts of stems in the article and a document.
static nx_status cosine(seed *s, uint32_t docid, double *out)
{
    nx_xterms *terms = NULL;
    bool more = false;
    double dot = 0, norm = 0;
    nx_status status = nx_xdb_doc_terms(&terms, s->searcher->db, docid, s->err);
    while (status == NX_OK) {
        uint32_t wdf;
        status = nx_xterms_next(terms, &more, s->err);
        if (status != NX_OK || !more) {
            break;
        }
        nx_str term = nx_xterms_term(terms);
        if (term.n < 2 || term.p[0] != 'Z' || nx_is_upper(term.p[1])) {
            continue;
        }
        status = nx_xterms_wdf(terms, &wdf, s->err);
        uint32_t id = nx_vocab_find(s->vocab, term);
        norm += (double)wdf * wdf;
        if (id != NX_VOCAB_NONE && id < s->index_cap && s->index[id] != 0) {
            dot += (double)wdf * s->words[s->index[id] - 1].count;
        }
    }
    nx_xterms_free(terms);
    *out = norm > 0 && s->norm > 0 ? dot / (sqrt(norm) * s->norm) : 0;
    return status;
}

// Sorting has moved the words.
static void index_words(seed *s)
{
    for (size_t i = 0; i < s->count; i++) {
        s->index[s->words[i].stem] = (uint32_t)i + 1;
    }
}

static nx_status drop_duplicates(seed *s, uint32_t offset, uint32_t limit)
{
    nx_result *r = s->result;
    size_t kept = 0, seen = 0;
    nx_status status = NX_OK;
    index_words(s);
    for (size_t i = 0; i < r->hit_count && kept < limit && status == NX_OK; i++) {
        double same = 0;
        status = cosine(s, r->hits[i].docid, &same);
        if (status == NX_OK && same < SAME_COSINE && seen++ >= offset) {
            r->hits[kept++] = r->hits[i];
        }
    }
    r->hit_count = kept;
    return status;
}

// ---- the article

static nx_status read_article(seed *s)
{
    uint32_t docid;
    nx_xdoc *doc = NULL;
    nx_buf value;
    nx_buf_init(&value, 256);
    nx_status status = nx_searcher_find(s->searcher, s->wish->id, &docid, s->err);
    if (status == NX_OK) {
        status = nx_xdb_doc(&doc, s->searcher->db, docid, s->err);
    }
    if (status == NX_OK) {
        status = nx_xdoc_data(doc, &s->data, s->err);
    }
    if (status == NX_OK) {
        status = nx_xdoc_value(doc, NX_SLOT_PUBLISHED, &value, s->err);
    }
    if (status == NX_OK) {
        status = nx_xdoc_value(doc, NX_SLOT_FAMILY, &s->family, s->err);
    }
    if (status == NX_OK) {
        nx_str data = nx_buf_str(&s->data);
        s->dated = nx_time_value_parse(nx_buf_str(&value), &s->published);
        s->body = nx_data_get_body(data);
        s->title = nx_data_get(data, NX_DATA_TITLE, &s->scratch);
        s->language = nx_data_get(data, NX_DATA_LANGUAGE, &s->scratch);
    }
    nx_xdoc_free(doc);
    nx_buf_release(&value);
    return status;
}

static nx_str first_language(const nx_searcher *s)
{
    nx_str all = nx_searcher_languages(s);
    const char *space = memchr(all.p, ' ', all.n);
    return space != NULL ? nx_str_make(all.p, (size_t)(space - all.p)) : all;
}

static nx_status find_related(seed *s)
{
    nx_result *r = s->result;
    nx_xq x = {.db = s->searcher->db, .err = s->err};
    uint32_t offset = r->options.offset, limit = r->options.limit;
    uint64_t depth = 2 * ((uint64_t)offset + limit) + 20;
    size_t best;
    nx_status status = s->wish->id.n > 0 ? read_article(s) : NX_OK;
    if (s->language.n == 0) {
        s->language = first_language(s->searcher);
    }
    if (status == NX_OK) {
        status = nx_xdb_stats(s->searcher->db, &r->stats, s->err);
    }
    if (status == NX_OK) {
        status = read_words(s);
    }
    if (status == NX_OK) {
        status = choose_words(s, &best);
    }
    if (status == NX_OK) {
        status = plan_words(s, best);
    }
    if (status != NX_OK) {
        return status;
    }
    nx_xquery *q = ask(s, &x, best);
    status = x.status;
    if (status == NX_OK) {
        r->options.offset = 0;
        r->options.limit = limit == 0 ? 0 : depth < NX_LIMIT_NONE ? (uint32_t)depth : NX_LIMIT_NONE;
        status = nx_result_fetch(r, q, NULL, NULL, s->err);
        r->options.offset = offset;
        r->options.limit = limit;
    }
    nx_xquery_free(q);
    return status == NX_OK ? drop_duplicates(s, offset, limit) : status;
}

typedef struct related_work {
    nx_searcher *searcher;
    const nx_related_wish *wish;
    const nx_search_options *options;
    nx_result *result;
} related_work;

static nx_status run_related(void *ctx, nx_error *err)
{
    related_work *w = ctx;
    seed s = {.searcher = w->searcher, .wish = w->wish, .err = err};
    nx_result_free(w->result);
    w->result = s.result = nx_result_new(w->searcher, w->options);
    if (w->result == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf_init(&s.data, DATA_MAX);
    nx_buf_init(&s.scratch, DATA_MAX);
    nx_buf_init(&s.family, 1 << 16);
    s.title = w->wish->title;
    s.body = w->wish->body;
    s.language = w->wish->language;
    nx_status status = find_related(&s);
    nx_buf_release(&s.data);
    nx_buf_release(&s.scratch);
    nx_buf_release(&s.family);
    nx_vocab_free(s.vocab);
    free(s.index);
    free(s.words);
    return status;
}

nx_status nx_search_related(nx_searcher *s, const nx_related_wish *wish,
                            const nx_search_options *options, nx_result **out, nx_error *err)
{
    related_work work = {.searcher = s, .wish = wish, .options = options};
    nx_status status = nx_searcher_retry(s, run_related, &work, err);
    *out = NULL;
    if (status != NX_OK) {
        nx_result_free(work.result);
        return status;
    }
    *out = work.result;
    return NX_OK;
}
