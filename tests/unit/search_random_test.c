// search_random_test.c: random queries over random small corpora find exactly the documents that a
// slow evaluator finds by reading every document, and single words order them by the formula.
//
// The evaluator works on the query as it was made here, not on the parser's tree.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "search_kit.h"

enum { WORDS = 9, DOCS = 24, BODY_MAX = 24, TITLE_MAX = 4, ROUNDS = 12, QUERIES = 60, NODES = 64 };

// Words whose stems are themselves, and that no stop list has.
static const char *const words[WORDS] = {"delta", "lima", "tango", "kilo",  "sierra",
                                         "oscar", "papa", "romeo", "victor"};
static const char *const sources[] = {"Gazette", "Herald"};

typedef struct document {
    int title[TITLE_MAX], body[BODY_MAX], sentence[BODY_MAX];
    int title_count, body_count, source, day;
    char id[16], title_text[128], body_text[512], day_text[24];
} document;

typedef enum node_kind {
    WORD,
    PHRASE,
    AND,
    OR,
    NOT,
    NEAR,
    PRE,
    SAME,
    HEAD,
    ATLEAST,
    TITLE,
    SOURCE,
    DATE
} node_kind;

typedef struct node {
    node_kind kind;
    int a, b; // words, or children
    int n;
} node;

static uint64_t seed = 1;
static document docs[DOCS];
static node nodes[NODES];
static int node_count;

static int roll(int below)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (int)((seed >> 33) % (uint64_t)below);
}

// ---- documents

static void make_document(document *d, int number)
{
    size_t used = 0;
    *d = (document){.source = roll(2), .day = roll(5)};
    snprintf(d->id, sizeof d->id, "d%d", number);
    d->title_count = 1 + roll(TITLE_MAX - 1);
    for (int i = 0; i < d->title_count; i++) {
        d->title[i] = roll(WORDS);
        used += (size_t)snprintf(d->title_text + used, sizeof d->title_text - used, "%s ",
                                 words[d->title[i]]);
    }
    used = 0;
    int sentence = 0;
    bool starts = true;
    d->body_count = 3 + roll(BODY_MAX - 3);
    for (int i = 0; i < d->body_count; i++) {
        d->body[i] = roll(WORDS);
        d->sentence[i] = sentence;
        bool ends = i + 1 == d->body_count || roll(5) == 0;
        const char *w = words[d->body[i]];
        used += (size_t)snprintf(d->body_text + used, sizeof d->body_text - used, "%c%s%s",
                                 starts ? w[0] - 'a' + 'A' : w[0], w + 1, ends ? ". " : " ");
        sentence += ends;
        starts = ends;
    }
    if (d->day > 0) {
        snprintf(d->day_text, sizeof d->day_text, "2019-03-0%d", d->day);
    }
}

// ---- queries

static int add_node(node n)
{
    nodes[node_count] = n;
    return node_count++;
}

static int make_query(int depth)
{
    int kind = depth > 0 && node_count < NODES - 8 ? roll(13) : roll(2);
    node n = {.kind = (node_kind)kind, .a = roll(WORDS), .b = roll(WORDS), .n = 1 + roll(4)};
    if (n.kind == AND || n.kind == OR) {
        n.a = make_query(depth - 1);
        n.b = make_query(depth - 1);
    } else if (n.kind == NOT || n.kind == HEAD) {
        n.a = make_query(depth - 1);
        n.n = 1 + roll(12);
    } else if (n.kind == DATE) {
        n.a = 1 + roll(4);
    }
    while ((n.kind == NEAR || n.kind == PRE || n.kind == SAME) && n.a == n.b) {
        n.b = roll(WORDS);
    }
    return add_node(n);
}

static void print_query(int i, nx_buf *out)
{
    const node *n = &nodes[i];
    switch (n->kind) {
    case WORD: nx_buf_addz(out, words[n->a]); return;
    case PHRASE: nx_buf_addf(out, "\"%s %s\"~%d", words[n->a], words[n->b], n->n - 1); return;
    case NEAR:
    case PRE:
        nx_buf_addf(out, "(%s %s/%d %s)", words[n->a], n->kind == NEAR ? "NEAR" : "PRE", n->n,
                    words[n->b]);
        return;
    case SAME: nx_buf_addf(out, "(%s w/s %s)", words[n->a], words[n->b]); return;
    case ATLEAST: nx_buf_addf(out, "atleast%d(%s)", n->n, words[n->a]); return;
    case TITLE: nx_buf_addf(out, "title:%s", words[n->a]); return;
    case SOURCE: nx_buf_addf(out, "source:%s", sources[n->a % 2]); return;
    case DATE: nx_buf_addf(out, "date:2019-03-0%d..", n->a); return;
    case NOT: nx_buf_addz(out, "(NOT "); break;
    case HEAD: nx_buf_addf(out, "head%d(", n->n); break;
    case AND:
    case OR: nx_buf_addc(out, '('); break;
    }
    print_query(n->a, out);
    if (n->kind == AND || n->kind == OR) {
        nx_buf_addz(out, n->kind == AND ? " AND " : " OR ");
        print_query(n->b, out);
    }
    nx_buf_addc(out, ')');
}

// ---- the slow evaluator

typedef struct text {
    const int *words, *sentence;
    int count;
} text;

static int count_word(text t, int w)
{
    int n = 0;
    for (int i = 0; i < t.count; i++) {
        n += t.words[i] == w;
    }
    return n;
}

static bool pair_in(text t, const node *n)
{
    for (int i = 0; i < t.count; i++) {
        for (int k = 0; k < t.count; k++) {
            if (i == k || t.words[i] != n->a || t.words[k] != n->b) {
                continue;
            }
            int d = k - i;
            bool hit = n->kind == PHRASE    ? d > 0 && d <= n->n
                       : n->kind == PRE     ? d > 0 && d <= n->n
                       : n->kind == NEAR    ? abs(d) <= n->n
                       : t.sentence != NULL ? t.sentence[i] == t.sentence[k]
                                            : true;
            if (hit) {
                return true;
            }
        }
    }
    return false;
}

// head > 0: only the first words of the body count.
static bool holds(const document *d, int i, int head)
{
    const node *n = &nodes[i];
    text body = {d->body, d->sentence, d->body_count};
    text title = {d->title, NULL, head > 0 ? 0 : d->title_count};
    if (head > 0 && body.count > head) {
        body.count = head;
    }
    switch (n->kind) {
    case WORD: return count_word(body, n->a) + count_word(title, n->a) > 0;
    case PHRASE:
    case NEAR:
    case PRE:
    case SAME: return pair_in(body, n) || pair_in(title, n);
    case ATLEAST: return count_word(body, n->a) + count_word(title, n->a) >= n->n;
    case TITLE: return count_word((text){d->title, NULL, d->title_count}, n->a) > 0;
    case SOURCE: return d->source == n->a % 2;
    case DATE: return d->day >= n->a;
    case NOT: return !holds(d, n->a, head);
    case HEAD: return holds(d, n->a, head > 0 && head < n->n ? head : n->n);
    case AND: return holds(d, n->a, head) && holds(d, n->b, head);
    case OR: return holds(d, n->a, head) || holds(d, n->b, head);
    }
    return false;
}

// A field inside head(...) is out of its reach: the head is the body's.
static bool has_title_in_head(int i, bool in_head)
{
    const node *n = &nodes[i];
    if (n->kind == TITLE) {
        return in_head;
    }
    if (n->kind == AND || n->kind == OR) {
        return has_title_in_head(n->a, in_head) || has_title_in_head(n->b, in_head);
    }
    return (n->kind == NOT || n->kind == HEAD) &&
           has_title_in_head(n->a, in_head || n->kind == HEAD);
}

// ---- comparing

static void open_random(kit_index *k)
{
    kit_article articles[DOCS];
    for (int i = 0; i < DOCS; i++) {
        make_document(&docs[i], i);
        articles[i] = (kit_article){.id = docs[i].id,
                                    .title = docs[i].title_text,
                                    .body = docs[i].body_text,
                                    .source = sources[docs[i].source],
                                    .day = docs[i].day > 0 ? docs[i].day_text : NULL};
    }
    kit_open(k, articles, DOCS);
}

static void check_set(kit_index *k, int root)
{
    nx_buf query, ids;
    bool found[DOCS] = {false};
    nx_buf_init(&query, 1 << 16);
    print_query(root, &query);
    nx_result *r = kit_search(k, query.data, NULL);
    kit_ids(r, &ids);
    for (const char *p = ids.data; *p != '\0'; p += strcspn(p, " "), p += *p == ' ') {
        found[atoi(p + 1)] = true;
    }
    for (int i = 0; i < DOCS; i++) {
        if (found[i] != holds(&docs[i], root, 0)) {
            fail_msg("{%s} %s d%d: %s | %s", query.data, found[i] ? "finds" : "misses", i,
                     docs[i].title_text, docs[i].body_text);
        }
    }
    nx_buf_release(&query);
    nx_buf_release(&ids);
    nx_result_free(r);
}

static void test_sets(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        kit_index k;
        seed = (uint64_t)round + 1;
        open_random(&k);
        for (int q = 0; q < QUERIES; q++) {
            node_count = 0;
            int root = make_query(3);
            if (!has_title_in_head(root, false)) {
                check_set(&k, root);
            }
        }
        kit_close(&k);
    }
}

// What the engine says of weights (plan.h, rank.h), for one word: InL2 of the stem and a share of
// that of the very form, times mean occurrences. One word is near nothing and like nothing.
static double weight_of(int w, const document *d)
{
    double n = 0, occurrences = 0, total = 0, length = 2.0 * d->body_count + 8.0 * d->title_count;
    for (int i = 0; i < DOCS; i++) {
        text body = {docs[i].body, NULL, docs[i].body_count};
        text title = {docs[i].title, NULL, docs[i].title_count};
        int wdf = count_word(body, w) + 3 * count_word(title, w);
        n += wdf > 0;
        occurrences += wdf;
        total += 2.0 * docs[i].body_count + 8.0 * docs[i].title_count;
    }
    text body = {d->body, NULL, d->body_count}, title = {d->title, NULL, d->title_count};
    double wdf = count_word(body, w) + 3 * count_word(title, w);
    double tfn = wdf * log2(1 + total / DOCS / length);
    double idf = (occurrences + 1) / n * log2((DOCS + 1) / (n + 0.5));
    return idf * 1.15 * tfn / (tfn + 1);
}

static void test_weights(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        kit_index k;
        seed = (uint64_t)round + 100;
        open_random(&k);
        for (int w = 0; w < WORDS; w++) {
            nx_result *r = kit_search(&k, words[w], NULL);
            double last = HUGE_VAL;
            for (uint32_t i = 0; i < nx_result_hit_count(r); i++) {
                nx_hit hit;
                nx_buf scratch;
                nx_buf_init(&scratch, 1 << 10);
                assert_int_equal(nx_result_hit(r, i, &hit, NULL), NX_OK);
                nx_str id = nx_data_get(hit.data, NX_DATA_NATIVE_ID, &scratch);
                double want = weight_of(w, &docs[atoi(id.p + 1)]);
                if (fabs(hit.weight - want) > 1e-6 || hit.weight > last) {
                    fail_msg("%s in %.*s: %.8f, not %.8f", words[w], (int)id.n, id.p, hit.weight,
                             want);
                }
                last = hit.weight;
                nx_buf_release(&scratch);
            }
            nx_result_free(r);
        }
        kit_close(&k);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
