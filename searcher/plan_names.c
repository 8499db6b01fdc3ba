// plan_names.c: outlets and agencies asked for under another name than the index has: NYT, the
// Associated Press, cnn.com.
//
// Such a name becomes a choice of itself and the known one in the tree, so that whatever reads the
// tree (plan, check, explanation) understands the same. So does a web address: it is the article
// that is there, and those that name it. Must not know: terms.
#include "base/markup.h"
#include "base/utf8.h"
#include "searcher/planner.h"
#include "text/analysis.h"
#include "text/outlets.h"

enum { NAME_MAX = 200 }; // bytes; no outlet's is longer

// Codes count in capitals only: "afp" is asked for as AFP.
static nx_str agency_named(nx_str text)
{
    char upper[NAME_MAX];
    nx_str name = nx_agency_by_name(text);
    if (name.p != NULL || text.n > sizeof upper) {
        return name;
    }
    for (size_t i = 0; i < text.n; i++) {
        upper[i] = nx_upper(text.p[i]);
    }
    return nx_agency_by_name(nx_str_make(upper, text.n));
}

static nx_str outlet_named(nx_str text)
{
    nx_str name = nx_outlet_by_name(text);
    return name.p != NULL ? name : nx_outlet_by_host(text);
}

// The known name of what the text means as a value of the field; absent for none.
static nx_str known_name(const nx_field *field, nx_str text)
{
    if (text.n > NAME_MAX) {
        return NX_STR_NONE;
    }
    if (field == nx_field_by_id(NX_FIELD_AGENCY)) {
        return agency_named(text);
    }
    bool outlet = field == nx_field_by_id(NX_FIELD_SOURCE);
    if (!outlet && field != nx_field_by_id(NX_FIELD_CREDITED)) {
        return NX_STR_NONE;
    }
    nx_str name = outlet_named(text);
    return name.p != NULL || outlet ? name : agency_named(text);
}

// Does "bbc" stand in "bbc news" as a word, so that it finds that already?
static bool has_words(nx_str name, nx_str words)
{
    for (size_t at = 0; (at = nx_str_find(name, words, at)) != SIZE_MAX; at++) {
        size_t end = at + words.n;
        if ((at == 0 || name.p[at - 1] == ' ') && (end == name.n || name.p[end] == ' ')) {
            return true;
        }
    }
    return false;
}

// Is it another name than the text, and one that the index has?
static bool is_of_use(nx_planner *p, const nx_field *field, nx_str text, nx_str name)
{
    nx_buf folded, known, term;
    nx_buf_init(&folded, 1 << 12);
    nx_buf_init(&known, 1 << 12);
    nx_buf_init(&term, 1 << 12);
    nx_fold(text, true, &folded);
    nx_fold(name, true, &known);
    nx_field_value_term(field, name, &term);
    if (folded.failed || known.failed || term.failed) {
        p->x.status = nx_fail_nomem(p->x.err);
    }
    bool of_use = p->x.status == NX_OK && !has_words(nx_buf_str(&known), nx_buf_str(&folded)) &&
                  nx_xq_stats(&p->x, nx_buf_str(&term)).documents > 0;
    nx_buf_release(&folded);
    nx_buf_release(&known);
    nx_buf_release(&term);
    return of_use;
}

// Leaves are numbered in the order of the text: makes room behind one.
static void move_leaves(nx_qnode *n, uint32_t behind)
{
    for (; n != NULL; n = n->next) {
        n->leaf += n->leaf > behind;
        move_leaves(n->child, behind);
    }
}

// Makes n a choice of itself and the leaf `other`, of that field unless it is NULL.
static void add_choice(nx_planner *p, nx_qnode *n, nx_qnode other, nx_qnode *field)
{
    nx_qnode *own = nx_arena_alloc(p->q->arena, sizeof *own);
    nx_qnode *known = nx_arena_alloc(p->q->arena, sizeof *known);
    if (own == NULL || known == NULL) {
        return; // as nx_words_of will find
    }
    move_leaves(p->q->root, n->leaf);
    p->q->words++;
    *own = *n;
    own->explained = true;
    *known = other;
    known->at = n->at;
    known->end = n->end;
    known->leaf = own->leaf + 1;
    if (field != NULL) {
        field->child = known;
    }
    own->next = field != NULL ? field : known;
    *n = (nx_qnode){.kind = NX_Q_OR, .child = own, .at = n->at, .end = n->end, .next = n->next};
}

static void add_name(nx_planner *p, nx_qnode *n, nx_str name)
{
    nx_query_note(p->q, NX_NOTE_EXPANDED, n->at, n->end, "%.*s stands for %.*s",
                  (int)nx_utf8_cut(n->text, 60), n->text.p, (int)name.n, name.p);
    add_choice(p, n, (nx_qnode){.kind = NX_Q_PHRASE, .text = name}, NULL);
}

// ---- addresses

// Does an article of the index stand at the address?
static bool is_place(nx_planner *p, nx_str url)
{
    nx_buf term;
    nx_buf_init(&term, NX_QUERY_MAX_BYTES + 1);
    nx_field_value_term(nx_field_by_id(NX_FIELD_URL), url, &term);
    bool is = !term.failed && nx_xq_stats(&p->x, nx_buf_str(&term)).documents > 0;
    p->x.status = term.failed ? nx_fail_nomem(p->x.err) : p->x.status;
    nx_buf_release(&term);
    return is;
}

static void add_place(nx_planner *p, nx_qnode *n)
{
    nx_qnode *field = nx_arena_calloc(p->q->arena, 1, sizeof *field);
    if (field == NULL) {
        return; // as nx_words_of will find
    }
    *field = (nx_qnode){
        .kind = NX_Q_FIELD, .field = nx_field_by_id(NX_FIELD_URL), .at = n->at, .end = n->end};
    add_choice(p, n, (nx_qnode){.kind = NX_Q_WORD, .text = n->text}, field);
}

static void add_names(nx_planner *p, const nx_field *field, nx_qnode *n)
{
    for (; n != NULL && p->x.status == NX_OK; n = n->next) {
        bool text = n->kind == NX_Q_PHRASE || (n->kind == NX_Q_WORD && n->match == NX_MATCH_WORD);
        nx_str name =
            field != NULL && text && !n->explained ? known_name(field, n->text) : NX_STR_NONE;
        bool address = field == NULL && text && !n->explained && nx_markup_is_link(n->text);
        if (name.p != NULL && is_of_use(p, field, n->text, name)) {
            add_name(p, n, name);
        } else if (address && is_place(p, n->text)) {
            add_place(p, n);
        } else {
            add_names(p, n->kind == NX_Q_FIELD ? n->field : field, n->child);
        }
    }
}

void nx_plan_names(nx_planner *p)
{
    add_names(p, NULL, p->q->root);
}
