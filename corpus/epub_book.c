// epub_book.c: see epub_book.h.
#include "corpus/epub_book.h"

#include <stdlib.h>

#include "base/num.h"
#include "corpus/attribute.h"
#include "corpus/person.h"
#include "corpus/url_join.h"
#include "corpus/xml.h"

enum { CHAPTERS_MAX = 65536, PATH_BYTES_MAX = 4096, NAME_BYTES_MAX = 2048 };

// ---- paths

static void decode_percents(nx_buf *b, size_t from)
{
    nx_str s = nx_buf_str(b);
    size_t n = from;
    for (size_t i = from; i < s.n; i++) {
        int high = s.p[i] == '%' && i + 2 < s.n ? nx_hex_digit(s.p[i + 1]) : -1;
        int low = high >= 0 ? nx_hex_digit(s.p[i + 2]) : -1;
        b->data[n++] = low >= 0 ? (char)(high * 16 + low) : s.p[i];
        i += low >= 0 ? 2 : 0;
    }
    if (n < s.n) {
        nx_buf_truncate(b, n);
    }
}

// The file in the zip file that href names in the file called path; absent when there is none.
static nx_str resolve(nx_book *b, nx_str path, nx_str href)
{
    const nx_str root = NX_STR("zip://zip/"); // paths are addresses below it
    nx_buf base, joined;
    nx_buf_init(&base, PATH_BYTES_MAX);
    nx_buf_init(&joined, PATH_BYTES_MAX);
    nx_buf_adds(&base, root);
    nx_buf_adds(&base, path);
    const char *fragment = href.n > 0 ? memchr(href.p, '#', href.n) : NULL;
    href.n = fragment != NULL ? (size_t)(fragment - href.p) : href.n;
    nx_url_join(nx_buf_str(&base), href, &joined);
    nx_str out = NX_STR_NONE;
    if (!joined.failed && !base.failed && href.n > 0 && nx_str_starts(nx_buf_str(&joined), root)) {
        decode_percents(&joined, root.n);
        out = nx_arena_copy(b->arena, nx_str_skip(nx_buf_str(&joined), root.n));
    }
    b->no_memory =
        b->no_memory || (base.failed && !base.over_max) || (joined.failed && !joined.over_max);
    nx_buf_release(&base);
    nx_buf_release(&joined);
    return out;
}

static nx_status check(const nx_book *b, nx_error *err)
{
    nx_status st = nx_arena_check(b->arena, "the contents of a book", err);
    return st == NX_OK && b->no_memory ? nx_fail_nomem(err) : st;
}

// What cannot be read is an empty document.
static nx_status open_part(nx_xml_doc *doc, nx_str bytes, nx_error *err)
{
    nx_status st = nx_xml_parse(doc, bytes, NX_STR_NONE, err);
    return st == NX_ENOMEM ? st : NX_OK;
}

// The name that node holds. It is read for each entry below it, and pages have copies of it: what
// is too long is none.
static nx_str copy_name(nx_book *b, const nx_xml_node *node)
{
    char name[NAME_BYTES_MAX];
    size_t n = 0, nodes = 0;
    for (const nx_xml_node *i = node; i != NULL; i = nx_xml_walk(node, i, false)) {
        if (++nodes > NX_XML_NEAR || i->text.n > sizeof name - n) {
            return NX_STR_NONE;
        }
        if (i->text.n > 0) {
            memcpy(name + n, i->text.p, i->text.n);
        }
        n += i->text.n;
    }
    nx_str s = nx_str_trim(nx_str_make(name, n));
    return s.n > 0 ? nx_arena_copy(b->arena, s) : NX_STR_NONE;
}

// ---- the package

static nx_str trim_marks(nx_str s)
{
    const nx_str marks = NX_STR("[](){},:|- \t");
    while (s.n > 0 && memchr(marks.p, s.p[0], marks.n) != NULL) {
        s = nx_str_skip(s, 1);
    }
    for (bool more = true; more && s.n > 0;) {
        bool dash = nx_str_ends(s, NX_STR("\u2013")) || nx_str_ends(s, NX_STR("\u2014"));
        more = dash || memchr(marks.p, s.p[s.n - 1], marks.n) != NULL;
        s.n -= dash ? 3 : more;
    }
    return s;
}

// "The Valley Herald [Sun, 22 Nov 2026]", "Le Courrier - 22 novembre 2026": what downloaders call
// the issue of a day.
static void split_title(nx_book *b)
{
    enum { TITLE_MAX = 300 }; // a date is looked for at each word
    for (size_t i = 1; i < b->title.n && b->title.n <= TITLE_MAX; i++) {
        bool starts = nx_is_space(b->title.p[i - 1]) || b->title.p[i - 1] == '[';
        nx_when when;
        if (starts && nx_date_parse(trim_marks(nx_str_skip(b->title, i)), 0, &when)) {
            nx_str name = trim_marks(nx_str_make(b->title.p, i));
            if (name.n > 0) {
                b->title = name;
                b->date = when;
                b->is_issue = true;
            }
            return;
        }
    }
}

nx_status nx_book_package(nx_book *b, nx_str path, nx_str bytes, nx_error *err)
{
    nx_xml_doc doc;
    nx_status st = open_part(&doc, bytes, err);
    if (st != NX_OK || doc.root == NULL) {
        return st;
    }
    const nx_xml_node *facts = nx_xml_find(doc.root, "metadata");
    b->title = copy_name(b, nx_xml_find(facts, "title"));
    b->language = copy_name(b, nx_xml_find(facts, "language"));
    nx_str author = copy_name(b, nx_xml_find(facts, "creator"));
    split_title(b);
    b->author = !b->is_issue && nx_is_person(author) ? author : NX_STR_NONE;
    if (!b->date.known) {
        (void)nx_date_parse(copy_name(b, nx_xml_find(facts, "date")), 0, &b->date);
    }
    b->date.from = NX_FROM_META;
    const nx_xml_node *items = nx_xml_find(doc.root, "manifest");
    for (const nx_xml_node *n = nx_xml_child(items, "item"); n != NULL;
         n = nx_xml_sibling(n, "item")) {
        if (nx_str_find(nx_xml_attr_get(n, "properties"), NX_STR("nav"), 0) != SIZE_MAX) {
            b->contents = resolve(b, path, nx_xml_attr_get(n, "href"));
        }
    }
    st = check(b, err);
    nx_xml_release(&doc);
    return st;
}

// ---- the list of contents

// Does the node hold an entry and those below it?
static bool is_holder(const nx_xml_node *n)
{
    return nx_xml_is(n, "navPoint") || nx_xml_is(n, "li");
}

static const nx_xml_node *holder_above(const nx_xml_node *n)
{
    do {
        n = n->parent;
    } while (n != NULL && !is_holder(n));
    return n;
}

static const nx_xml_node *label_of(const nx_xml_node *holder)
{
    const nx_xml_node *link = nx_xml_near_child(holder, "a");
    return nx_xml_is(holder, "navPoint") ? nx_xml_near_child(holder, "navLabel")
           : link != NULL                ? link
                                         : nx_xml_near_child(holder, "span");
}

static nx_str href_of(const nx_xml_node *holder)
{
    return nx_xml_is(holder, "navPoint")
               ? nx_xml_attr_get(nx_xml_near_child(holder, "content"), "src")
               : nx_xml_attr_get(nx_xml_near_child(holder, "a"), "href");
}

// list: the path of the list.
static void add_entry(nx_book *b, nx_str list, const nx_xml_node *holder)
{
    nx_chapter c = {.path = resolve(b, list, href_of(holder)), .number = b->count};
    if (c.path.n == 0 || b->count == CHAPTERS_MAX) {
        return;
    }
    const nx_xml_node *above = holder_above(holder);
    c.title = copy_name(b, label_of(holder));
    if (above != NULL) {
        c.section = copy_name(b, label_of(above));
        c.above = resolve(b, list, href_of(above));
    }
    b->chapters[b->count++] = c;
}

static int by_path(const void *a, const void *b)
{
    const nx_chapter *x = a, *y = b;
    int order = nx_str_cmp(x->path, y->path);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

// The first one of a path; NULL: there is none.
static nx_chapter *find(const nx_book *b, nx_str path)
{
    size_t low = 0, high = b->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (nx_str_cmp(b->chapters[middle].path, path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < b->count && nx_str_eq(b->chapters[low].path, path);
    return found ? &b->chapters[low] : NULL;
}

// Tells the files of entries what stands below them, in other files.
static void set_parts(nx_book *b)
{
    for (size_t i = 0; i < b->count; i++) {
        nx_chapter *c = &b->chapters[i], *above = find(b, c->above);
        if (above != NULL && !nx_str_eq(above->path, c->path)) {
            *(above->part.n == 0 ? &above->part : &above->last_part) = c->path;
        }
    }
}

nx_status nx_book_contents(nx_book *b, nx_str path, nx_str bytes, nx_error *err)
{
    nx_xml_doc doc;
    nx_status st = open_part(&doc, bytes, err);
    if (st != NX_OK || doc.root == NULL) {
        return st;
    }
    const nx_xml_node *top = nx_xml_find(doc.root, "nav");
    top = top != NULL ? top : doc.root;
    size_t holders = 0;
    for (const nx_xml_node *n = top; n != NULL; n = nx_xml_walk(top, n, false)) {
        holders += is_holder(n);
    }
    b->count = 0;
    b->chapters = nx_arena_calloc(b->arena, holders + 1, sizeof *b->chapters);
    for (const nx_xml_node *n = top; n != NULL && b->chapters != NULL;
         n = nx_xml_walk(top, n, false)) {
        if (is_holder(n)) {
            add_entry(b, path, n);
        }
    }
    if (b->count > 1) {
        qsort(b->chapters, b->count, sizeof *b->chapters, by_path);
    }
    set_parts(b);
    st = check(b, err);
    nx_xml_release(&doc);
    return st;
}

const nx_chapter *nx_book_chapter(const nx_book *b, nx_str path)
{
    return find(b, path);
}
