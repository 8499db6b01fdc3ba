// epub.c: e-books, and issues of newspapers that a program made e-books of: a page is an article,
// with what the book says of it. nx_read_epub.
//
// Must not know: the elements of the package and of the list of contents (epub_book.c), of a page
// (html.c).
#include "corpus/attribute.h"
#include "corpus/document.h"
#include "corpus/epub_book.h"

enum { CONTENTS_MAX = 8 << 20 }; // bytes of the package, of the list of contents

typedef struct reading {
    const nx_record *r;
    const nx_corpus_options *options;
    const nx_article_sink *sink;
    nx_source *zip;
    nx_book book;
    nx_buf part, member;
    bool has_package, has_contents;
    uint64_t pages;
    nx_status stop; // the sink wants no more
} reading;

static nx_status load(reading *g, nx_source *part, size_t max, nx_error *err)
{
    nx_buf_clear(&g->part);
    nx_status st = NX_OK;
    while (st == NX_OK && !part->ended) {
        st = nx_source_fill(part, 1, err);
        nx_str view = nx_source_view(part);
        if (st == NX_OK && view.n > max - g->part.len) {
            return nx_fail(err, NX_ELIMIT, "a part of the book is larger than %zu bytes", max);
        }
        nx_buf_adds(&g->part, view);
        nx_source_take(part, view.n);
    }
    return st == NX_OK ? nx_buf_check(&g->part, "a part of the book", err) : st;
}

static nx_status take_contents(void *ctx, nx_str name, nx_source *part, nx_error *err)
{
    static const char *const package[] = {".opf", NULL}, *const list[] = {".ncx", NULL};
    reading *g = ctx;
    bool is_package = !g->has_package && nx_str_ends_any_nocase(name, package) > 0;
    bool is_list = !g->has_contents &&
                   (nx_str_ends_any_nocase(name, list) > 0 || nx_str_eq(name, g->book.contents));
    if (!is_package && !is_list) {
        return NX_OK;
    }
    *(is_package ? &g->has_package : &g->has_contents) = true;
    nx_status st = load(g, part, CONTENTS_MAX, err);
    if (st != NX_OK) {
        return st;
    }
    return is_package ? nx_book_package(&g->book, name, nx_buf_str(&g->part), err)
                      : nx_book_contents(&g->book, name, nx_buf_str(&g->part), err);
}

// ---- pages

// Programs that make an issue say below an article where it was: a link behind their words.
static nx_str address_in(nx_str page)
{
    size_t said = nx_str_find(page, NX_STR("downloaded by"), 0);
    size_t href = said != SIZE_MAX ? nx_str_find(page, NX_STR("href=\""), said) : SIZE_MAX;
    size_t end = href != SIZE_MAX ? nx_str_find(page, NX_STR("\""), href + 6) : SIZE_MAX;
    nx_str url = end != SIZE_MAX ? nx_str_make(page.p + href + 6, end - href - 6) : NX_STR_NONE;
    return nx_url_is_web(url) ? url : NX_STR_NONE;
}

// Does the page name the file, which stands in a folder with it or further down?
static bool links_to(nx_str page, nx_str path, nx_str file)
{
    size_t same = 0;
    for (size_t i = 0; i < path.n && i < file.n && path.p[i] == file.p[i]; i++) {
        same = path.p[i] == '/' ? i + 1 : same;
    }
    return nx_str_find(page, nx_str_skip(file, same), 0) != SIZE_MAX;
}

// A page of the list of contents that lists the pages below it.
static bool is_list(const nx_chapter *c, nx_str page)
{
    return c != NULL && c->part.n > 0 && links_to(page, c->path, c->part) &&
           (c->last_part.n == 0 || links_to(page, c->path, c->last_part));
}

static nx_setting setting_of(const nx_book *b, const nx_chapter *c)
{
    nx_setting s = {.author = b->author, .published = b->date};
    if (b->is_issue) {
        s.language = b->language; // other collections are of several
    }
    if (!b->is_issue && b->count < 2) {
        s.title = b->title; // the book is the article
        return s;
    }
    s.source = b->title;
    s.title = c != NULL ? c->title : NX_STR_NONE;
    s.section = c != NULL ? c->section : NX_STR_NONE;
    return s;
}

static nx_status read_page(reading *g, nx_str name, nx_error *err)
{
    nx_status st = nx_document_member(g->r, name, &g->member, err);
    if (st != NX_OK) {
        return st;
    }
    const nx_chapter *c = nx_book_chapter(&g->book, name);
    nx_record page = *g->r;
    nx_setting setting = setting_of(&g->book, c);
    page.format = NX_FORMAT_HTML;
    page.bytes = nx_buf_str(&g->part);
    page.member = nx_buf_str(&g->member);
    page.url = address_in(page.bytes);
    page.setting = &setting;
    page.source_bytes = g->pages++ == 0 ? g->r->source_bytes : 0;
    return g->stop = is_list(c, page.bytes)
                         ? nx_record_skip(&page, g->sink, NX_OK, "not an article", err,
                                          "a list of other pages")
                         : nx_read_html(&page, g->options, g->sink, err);
}

static nx_status take_page(void *ctx, nx_str name, nx_source *part, nx_error *err)
{
    static const char *const pages[] = {".xhtml", ".html", ".htm", NULL};
    reading *g = ctx;
    if (nx_str_ends_any_nocase(name, pages) == 0 || nx_str_eq(name, g->book.contents)) {
        return NX_OK;
    }
    nx_status st = load(g, part, g->options->limits.record_bytes, err);
    return st == NX_OK ? read_page(g, name, err) : st;
}

// ---- all together

static nx_status pass(reading *g, nx_part_fn *take, nx_error *err)
{
    nx_status st = nx_source_seek(g->zip, 0, err);
    return st == NX_OK ? nx_archive_parts(g->zip, g->options->limits.members, take, g, err) : st;
}

static nx_status read_book(reading *g, nx_error *err)
{
    nx_status st = pass(g, take_contents, err);
    if (st == NX_OK && !g->has_contents && g->book.contents.n > 0) {
        st = pass(g, take_contents, err); // it stood in front of the package that names it
    }
    if (st == NX_OK) {
        st = pass(g, take_page, err);
    }
    if (st == NX_OK && g->pages == 0) {
        return nx_record_skip(g->r, g->sink, NX_OK, "empty", err, "there is no page in the book");
    }
    return g->stop != NX_OK ? g->stop : nx_document_lost(g->r, g->zip, st, g->sink, err);
}

nx_status nx_read_epub(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    nx_budget budget;
    reading g = {.r = r, .options = options, .sink = sink};
    g.zip = nx_document_open(r, options, &budget);
    g.book.arena = nx_arena_new(options->limits.record_bytes);
    nx_buf_init(&g.part, options->limits.record_bytes);
    nx_buf_init(&g.member, 64 << 10);
    nx_status st = g.zip != NULL && g.book.arena != NULL ? read_book(&g, err) : nx_fail_nomem(err);
    nx_buf_release(&g.part);
    nx_buf_release(&g.member);
    nx_arena_free(g.book.arena);
    nx_source_close(g.zip);
    return st;
}
