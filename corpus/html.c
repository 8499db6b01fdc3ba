// html.c: the reader of saved web pages: one page, one article or a reason why not.
#include "corpus/charset.h"
#include "corpus/html_embedded.h"
#include "corpus/html_export.h"
#include "corpus/html_page.h"
#include "corpus/html_phrases.h"
#include "corpus/reader.h"

// Characters of prose below which a page's scripts are searched for the story.
enum { SHOWN_MIN = 300 };

// The entries of a live blog, the newest first as they are given.
static void add_updates(const nx_jsonld *ld, nx_buf *out)
{
    enum { UPDATES_MAX = 1000 };
    const nx_json *list = nx_jsonld_get(ld, ld->article, "liveBlogUpdate");
    for (size_t i = 0; i < nx_json_count(list) && i < UPDATES_MAX; i++) {
        const nx_json *update = nx_json_at(list, i);
        static const char *const parts[] = {"headline", "articleBody"};
        for (size_t k = 0; k < NX_COUNT(parts); k++) {
            nx_buf_adds(out, nx_jsonld_text(ld, nx_json_get(update, parts[k])));
            nx_buf_addc(out, '\n');
        }
    }
}

// The text the page's data says the story has, as plain paragraphs.
static nx_status told_text(nx_html_page *p, nx_buf *out, nx_error *err)
{
    if (p->ld.article == NULL) {
        return NX_OK;
    }
    nx_str told = nx_jsonld_text(&p->ld, nx_json_get(p->ld.article, "articleBody"));
    if (told.n == 0) {
        told = nx_jsonld_text(&p->ld, nx_json_get(p->ld.article, "text"));
    }
    nx_buf_adds(out, told);
    if (told.n == 0) {
        add_updates(&p->ld, out);
    }
    for (int layers = 0; layers < 2 && nx_looks_like_html(nx_buf_str(out)); layers++) {
        nx_buf plain;
        nx_buf_init(&plain, out->max);
        nx_status s = nx_html_fragment_text(nx_buf_str(out), &plain, err);
        nx_buf_release(out);
        *out = plain;
        if (s != NX_OK) {
            return s;
        }
    }
    return nx_buf_check(out, "articleBody", err);
}

// Where software puts an advertisement: "$$AD$$".
static bool is_placeholder(nx_str line)
{
    return nx_str_starts(line, NX_STR("$$")) && nx_str_ends(line, NX_STR("$$"));
}

// The told text, without the lines that are left out of a page, too.
static void add_told(nx_str told, nx_buf *body)
{
    for (size_t i = 0; i < told.n;) {
        nx_str line = nx_str_trim(nx_str_line(told, i, &i));
        if (!is_placeholder(line) && !nx_html_is_signpost(line, 0) && !nx_html_is_caption(line)) {
            nx_buf_adds(body, line);
            nx_buf_addc(body, '\n');
        }
    }
}

static void add_kept(const nx_html_page *p, nx_buf *body)
{
    for (size_t i = 0; i < p->blocks.count; i++) {
        if (p->blocks.items[i].keep) {
            nx_buf_adds(body, nx_html_block_text(&p->blocks, i));
            nx_buf_addc(body, '\n');
        }
    }
}

// Where a page was that a browser or its extension saved: they say it in a comment at its
// beginning.
static nx_str saved_from(nx_str html)
{
    enum { HEAD_BYTES = 2048, APART_MAX = 48 };
    static const char *const marks[] = {"<!-- saved from url=(", "Page saved with SingleFile",
                                        NULL};
    nx_str head = nx_str_make(html.p, html.n < HEAD_BYTES ? html.n : HEAD_BYTES);
    size_t mark = nx_str_find_any_nocase(head, marks, 0);
    size_t at = mark < head.n ? nx_str_find(head, NX_STR("http"), mark) : SIZE_MAX;
    if (at == SIZE_MAX || at - mark > APART_MAX) {
        return NX_STR_NONE;
    }
    nx_str line = nx_str_skip(head, at);
    size_t n = 0;
    while (n < line.n && !nx_is_space(line.p[n])) {
        n++;
    }
    return nx_str_make(line.p, n);
}

static nx_status set_body(nx_html_page *p, nx_str told, nx_article *a, nx_error *err)
{
    nx_buf body;
    nx_buf_init(&body, SIZE_MAX);
    if (p->story.told_only) {
        add_told(told, &body);
    } else {
        add_kept(p, &body);
    }
    nx_article_set_body(a, nx_buf_str(&body));
    nx_status s = nx_buf_check(&body, "the story", err);
    nx_buf_release(&body);
    return s != NX_OK ? s : nx_arena_check(a->arena, "the story", err);
}

static nx_status read_page(nx_html_page *p, nx_article *a, const nx_corpus_options *options,
                           nx_error *err)
{
    nx_buf told;
    nx_buf_init(&told, options->limits.record_bytes);
    nx_status s = nx_html_page_scan(p, err);
    if (s == NX_OK) {
        s = nx_html_blocks_make(&p->blocks, &p->tree, err);
    }
    if (s == NX_OK) {
        nx_html_page_find_headline(p);
        s = told_text(p, &told, err);
    }
    if (s == NX_OK) {
        nx_html_hints hints = nx_html_page_hints(p);
        hints.told = nx_buf_str(&told);
        s = nx_html_body_choose(&p->tree, &p->blocks, &hints, &p->story, err);
    }
    if (s == NX_OK && p->story.good < SHOWN_MIN && !p->story.told_only) {
        nx_buf_clear(&told);
        s = nx_html_embedded_text(&p->tree, &told, err);
        p->story.told_only = told.len > SHOWN_MIN;
    }
    if (s == NX_OK) {
        s = nx_html_page_facts(p, a, options->zone_min, err);
    }
    if (s == NX_OK) {
        s = set_body(p, nx_buf_str(&told), a, err);
    }
    nx_buf_release(&told);
    return s;
}

nx_status nx_read_html(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    nx_buf scratch;
    nx_buf_init(&scratch, options->limits.record_bytes);
    nx_str text;
    nx_html_page page = {.url = r->url,
                         .is_chapter = r->setting != NULL && r->setting->title.n > 0};
    nx_buf_init(&page.blocks.text, 0);
    nx_buf_init(&page.line, SIZE_MAX);
    nx_article *a = nx_article_for(r);
    nx_status s = a == NULL ? nx_fail_nomem(err)
                            : nx_charset_decode(r->bytes, r->charset, nx_charset_in_html(r->bytes),
                                                &scratch, &text, NULL, err);
    nx_record at = *r;
    if (s == NX_OK) {
        at.url = r->url.p != NULL ? r->url : saved_from(text);
        page.url = at.url;
        s = nx_html_parse(&page.tree, text, err);
    }
    nx_html_export export = s == NX_OK ? nx_html_export_of(text, &page.tree) : NX_HTML_PAGE;
    if (export != NX_HTML_PAGE) {
        s = nx_html_export_read(export, &page.tree, r, options, sink, err);
    } else if (s == NX_OK) {
        s = read_page(&page, a, options, err);
    }
    const char *reason =
        s == NX_OK && export == NX_HTML_PAGE ? nx_html_not_article(&page, a) : NULL;
    nx_buf_release(&page.line);
    nx_html_blocks_release(&page.blocks);
    nx_jsonld_release(&page.ld);
    nx_html_release(&page.tree);
    nx_buf_release(&scratch);
    if (s == NX_OK && reason == NULL && export == NX_HTML_PAGE) {
        return nx_article_finish(a, &at, options, sink, err);
    }
    nx_article_free(a);
    if (export != NX_HTML_PAGE) {
        return s;
    }
    if (s == NX_OK) {
        return nx_record_skip(r, sink, NX_OK, "not an article", err, "%s", reason);
    }
    return s == NX_ELIMIT ? nx_record_skip(r, sink, s, "too large", err, "%s", err->msg) : s;
}
