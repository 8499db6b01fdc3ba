// feed.c: RSS 0.90 to 2.0 and Atom 0.3 and 1.0, one article per item.
//
// The dialects differ in names more than in meaning, so one table maps (namespace, name) to what
// it says about an item, with a rank where several say the same.
// Sources: rssboard.org/rss-specification, RFC 4287, the modules content, dc, media and itunes.
// Must not know: how a publisher is told from a host name (finish.c).
#include "corpus/feed.h"

#include "base/utf8.h"
#include "corpus/attribute.h"
#include "corpus/feed_text.h"
#include "corpus/url_join.h"
#include "corpus/xml_record.h"

enum { URL_MAX = 8192, BASES_MAX = 8, SHOWN_MAX = 80 };

typedef enum slot {
    TITLE,
    BODY,
    SUMMARY,
    LINK,
    ID,
    AUTHOR,
    PUBLISHED,
    UPDATED,
    CATEGORY,
    KEYWORDS,
    SOURCE,
    LANGUAGE,
    SLOTS
} slot;

// NX_XMLNS_NONE stands for what RSS and Atom themselves define, in whichever namespace.
static const struct {
    nx_xmlns ns;
    const char *name;
    slot slot;
    int rank; // 1 is best
} elements[] = {
    {NX_XMLNS_NONE, "title", TITLE, 1},
    {NX_XMLNS_DC, "title", TITLE, 2},
    {NX_XMLNS_MEDIA, "title", TITLE, 3},
    {NX_XMLNS_CONTENT, "encoded", BODY, 1},
    {NX_XMLNS_NONE, "content", BODY, 2},
    {NX_XMLNS_XHTML, "body", BODY, 3},
    {NX_XMLNS_NONE, "fulltext", BODY, 4},
    {NX_XMLNS_NONE, "body", BODY, 5},
    {NX_XMLNS_NONE, "fullitem", BODY, 6},
    {NX_XMLNS_NONE, "description", SUMMARY, 1},
    {NX_XMLNS_NONE, "summary", SUMMARY, 2},
    {NX_XMLNS_DC, "description", SUMMARY, 3},
    {NX_XMLNS_MEDIA, "description", SUMMARY, 4},
    {NX_XMLNS_ITUNES, "summary", SUMMARY, 5},
    {NX_XMLNS_FEEDBURNER, "origLink", LINK, 1},
    {NX_XMLNS_NONE, "guid", ID, 1},
    {NX_XMLNS_NONE, "id", ID, 2},
    {NX_XMLNS_DC, "identifier", ID, 3},
    {NX_XMLNS_DC, "creator", AUTHOR, 1},
    {NX_XMLNS_NONE, "author", AUTHOR, 2},
    {NX_XMLNS_ITUNES, "author", AUTHOR, 3},
    {NX_XMLNS_NONE, "pubDate", PUBLISHED, 1},
    {NX_XMLNS_NONE, "published", PUBLISHED, 2},
    {NX_XMLNS_NONE, "issued", PUBLISHED, 3},
    {NX_XMLNS_DC, "date", PUBLISHED, 4},
    {NX_XMLNS_DCTERMS, "issued", PUBLISHED, 5},
    {NX_XMLNS_DCTERMS, "created", PUBLISHED, 6},
    {NX_XMLNS_NONE, "created", PUBLISHED, 7},
    {NX_XMLNS_NONE, "updated", UPDATED, 1},
    {NX_XMLNS_NONE, "modified", UPDATED, 2},
    {NX_XMLNS_DCTERMS, "modified", UPDATED, 3},
    {NX_XMLNS_NONE, "category", CATEGORY, 1},
    {NX_XMLNS_DC, "subject", CATEGORY, 2},
    {NX_XMLNS_MEDIA, "keywords", KEYWORDS, 1},
    {NX_XMLNS_ITUNES, "keywords", KEYWORDS, 2},
    {NX_XMLNS_NONE, "source", SOURCE, 1},
    {NX_XMLNS_DC, "publisher", SOURCE, 2},
    {NX_XMLNS_DC, "language", LANGUAGE, 1},
    {NX_XMLNS_NONE, "language", LANGUAGE, 2},
};

// What is true of the feed as a whole.
typedef struct feed {
    nx_xml_reading x;
    const nx_xml_node *head; // <channel> or <feed>
    // Of its children, which are as many as there are items: looked for once.
    const nx_xml_node *title, *language, *authors[NX_AUTHORS_MAX];
    size_t author_count;
    nx_buf base; // for relative links without xml:base
    nx_buf scratch, url;
    const nx_feed_dialect *dialect; // or NULL
    bool failed;                    // no memory for an address
    bool has_sources;               // items name their publishers: the feed's title is not one
} feed;

// The best element for each slot.
typedef struct item {
    const nx_xml_node *node;
    const nx_xml_node *slots[SLOTS];
    int ranks[SLOTS];
} item;

static nx_xmlns plain_ns(nx_xmlns ns)
{
    switch (ns) {
    case NX_XMLNS_ATOM:
    case NX_XMLNS_ATOM03:
    case NX_XMLNS_RSS1:
    case NX_XMLNS_RSS09:
    case NX_XMLNS_RSS2: return NX_XMLNS_NONE;
    case NX_XMLNS_MEDIA2: return NX_XMLNS_MEDIA;
    default: return ns;
    }
}

static bool is_item(const nx_xml_node *n)
{
    return plain_ns(n->ns) == NX_XMLNS_NONE && (nx_xml_is(n, "item") || nx_xml_is(n, "entry"));
}

static void note_element(item *it, const nx_xml_node *n)
{
    nx_xmlns ns = plain_ns(n->ns);
    for (size_t i = 0; i < NX_COUNT(elements); i++) {
        if (elements[i].ns == ns && nx_xml_is(n, elements[i].name)) {
            slot s = elements[i].slot;
            if ((it->ranks[s] == 0 || elements[i].rank < it->ranks[s]) && n->child != NULL) {
                it->ranks[s] = elements[i].rank;
                it->slots[s] = n;
            }
            return;
        }
    }
}

// Media RSS puts its titles and descriptions into <media:group> and <media:content>.
static void note_children(item *it, const nx_xml_node *parent, int depth)
{
    for (const nx_xml_node *n = parent->child; n != NULL; n = n->next) {
        if (plain_ns(n->ns) == NX_XMLNS_MEDIA && depth < 2 &&
            (nx_xml_is(n, "group") || nx_xml_is(n, "content"))) {
            note_children(it, n, depth + 1);
        } else if (n->name.p != NULL) {
            note_element(it, n);
        }
    }
}

// ---- links

// ref as an absolute URL in f->url, seen from node: xml:base where given, else the feed's own.
static nx_str absolute_url(feed *f, const nx_xml_node *node, nx_str ref)
{
    const nx_str feed_base = nx_buf_str(&f->base);
    nx_str bases[BASES_MAX];
    size_t count = 0;
    for (; node != NULL && count < BASES_MAX; node = node->parent) {
        nx_str own = NX_STR_NONE;
        for (size_t i = 0; i < node->attr_count; i++) {
            if (node->attrs[i].ns == NX_XMLNS_XML &&
                nx_str_eq(node->attrs[i].name, NX_STR("base"))) {
                own = node->attrs[i].value;
            }
        }
        if (own.p != NULL) {
            bases[count++] = own;
        }
    }
    nx_buf_clear(&f->url);
    nx_buf_adds(&f->url, feed_base);
    while (count-- > 0) {
        nx_url_join(nx_buf_str(&f->url), bases[count], &f->scratch);
        nx_buf_clear(&f->url);
        nx_buf_adds(&f->url, nx_buf_str(&f->scratch));
        f->failed = f->failed || f->scratch.failed;
    }
    nx_url_join(nx_buf_str(&f->url), ref, &f->scratch);
    f->failed = f->failed || f->url.failed || f->scratch.failed;
    return nx_buf_str(&f->scratch);
}

// How well a <link> serves as the address of the article: 0 not at all.
static int link_quality(const nx_xml_node *n)
{
    nx_str rel = nx_xml_attr_get(n, "rel"), type = nx_xml_attr_get(n, "type");
    if (!nx_xml_is(n, "link") || plain_ns(n->ns) != NX_XMLNS_NONE) {
        return 0;
    }
    if (rel.n > 0 && !nx_str_eq_nocase(rel, NX_STR("alternate"))) {
        return 0;
    }
    if (nx_xml_attr_get(n, "href").n == 0) {
        return n->child != NULL ? 4 : 0; // RSS
    }
    bool html = type.n == 0 || nx_str_find_nocase(type, NX_STR("html"), 0) != SIZE_MAX;
    return html ? 3 : 1;
}

static nx_str best_link(feed *f, const nx_xml_node *parent)
{
    const nx_xml_node *best = NULL;
    int quality = 0;
    for (const nx_xml_node *n = parent != NULL ? parent->child : NULL; n != NULL; n = n->next) {
        int q = link_quality(n);
        if (q > quality) {
            quality = q;
            best = n;
        }
    }
    nx_str href = nx_xml_attr_get(best, "href");
    href = href.n > 0 ? href : nx_xml_text(&f->x.doc, best);
    return href.n > 0 ? absolute_url(f, best, href) : NX_STR_NONE;
}

static void set_url(feed *f, nx_article *a, const item *it)
{
    nx_xml_set(&f->x, a, &a->url, it->slots[LINK], NX_FROM_FEED);
    nx_article_set(a, &a->url, best_link(f, it->node), NX_FROM_FEED);
    nx_str permalink = nx_xml_attr_get(it->slots[ID], "isPermaLink");
    nx_str id = nx_xml_text(&f->x.doc, it->slots[ID]);
    if (nx_url_is_web(id) && !nx_str_eq_nocase(permalink, NX_STR("false"))) {
        nx_article_set(a, &a->url, id, NX_FROM_FEED);
    }
    nx_str about = nx_xml_attr_get(it->node, "about");
    nx_article_set(a, &a->id, id, NX_FROM_FEED);
    nx_article_set(a, &a->id, about, NX_FROM_FEED);
    if (nx_url_is_web(about)) {
        nx_article_set(a, &a->url, about, NX_FROM_FEED);
    }
    nx_str href = nx_xml_attr_get(it->node, "href"); // CDF
    if (a->url.s.p == NULL && href.n > 0) {
        nx_article_set(a, &a->url, absolute_url(f, it->node, href), NX_FROM_FEED);
    }
}

// ---- people and publishers

// RSS: "jane@example.org (Jane Doe)"; Atom: <name>.
static void add_author(feed *f, nx_article *a, const nx_xml_node *n)
{
    const nx_xml_node *named = nx_xml_child(n, "name");
    nx_str s = nx_xml_text(&f->x.doc, named != NULL ? named : n);
    size_t open = nx_str_find(s, NX_STR("("), 0);
    if (open != SIZE_MAX && nx_str_find(s, NX_STR("@"), 0) < open) {
        s = nx_str_skip(s, open + 1);
        size_t close = nx_str_find(s, NX_STR(")"), 0);
        s.n = close != SIZE_MAX ? close : s.n;
    }
    if (f->dialect != NULL && f->dialect->person != NULL) {
        s = f->dialect->person(&f->x.doc, f->head, s);
    }
    nx_authors_add(a, s, NX_FROM_FEED);
}

static void set_authors(feed *f, nx_article *a, const item *it)
{
    const nx_xml_node *best = it->slots[AUTHOR];
    if (best == NULL) { // Atom: the authors of the feed
        for (size_t i = 0; i < f->author_count; i++) {
            add_author(f, a, f->authors[i]);
        }
        return;
    }
    for (const nx_xml_node *n = best; n != NULL; n = n->next) {
        if (n->ns == best->ns && n->name.p != NULL && nx_str_eq_nocase(n->name, best->name)) {
            add_author(f, a, n);
        }
    }
}

// <source url="...">Name</source> in RSS, <source><title/><link/></source> in Atom.
static void set_item_source(feed *f, nx_article *a, const nx_xml_node *source)
{
    const nx_xml_node *title = nx_xml_child(source, "title");
    nx_str url = nx_xml_attr_get(source, "url");
    if (title != NULL && url.n == 0) {
        url = best_link(f, source);
    }
    nx_str name = nx_xml_text(&f->x.doc, title != NULL ? title : source);
    char host_bytes[256];
    nx_str host = nx_url_host(url, host_bytes, sizeof host_bytes);
    if (name.n > 0 && !nx_url_is_web(name) && nx_str_find(name, NX_STR("@"), 0) == SIZE_MAX) {
        nx_article_set(a, &a->source, name, NX_FROM_FEED);
    }
    nx_article_set(a, &a->source_host, host, NX_FROM_FEED);
}

static nx_status set_source(feed *f, nx_article *a, const item *it, nx_error *err)
{
    char host_bytes[256];
    nx_status st = NX_OK;
    if (it->slots[SOURCE] != NULL) {
        set_item_source(f, a, it->slots[SOURCE]);
    } else if (!f->has_sources && f->head != it->node) {
        nx_str host = nx_url_host(a->url.s, host_bytes, sizeof host_bytes);
        st = nx_feed_text(&f->x.doc, f->title, &f->scratch, err);
        nx_feed_set_publisher(a, nx_buf_str(&f->scratch), host);
    }
    return st;
}

// ---- the rest of an item

// A category that says by its scheme that it is a tag is no section.
static bool is_tag(const nx_xml_node *category)
{
    nx_str domain = nx_xml_attr_get(category, "domain");
    domain = domain.n > 0 ? domain : nx_xml_attr_get(category, "scheme");
    return nx_str_find_nocase(domain, NX_STR("keyword"), 0) != SIZE_MAX ||
           nx_str_find_nocase(domain, NX_STR("tag"), 0) != SIZE_MAX;
}

static void set_categories(feed *f, nx_article *a, const item *it)
{
    for (const nx_xml_node *n = it->node->child; n != NULL; n = n->next) {
        nx_xmlns ns = plain_ns(n->ns);
        bool category = ns == NX_XMLNS_NONE && nx_xml_is(n, "category");
        if (!category && !(ns == NX_XMLNS_DC && nx_xml_is(n, "subject"))) {
            continue;
        }
        nx_str word = nx_xml_attr_get(n, "label");
        word = word.n > 0 ? word : nx_xml_attr_get(n, "term");
        word = word.n > 0 ? word : nx_xml_text(&f->x.doc, n);
        nx_article_add_keyword(a, word, NX_FROM_FEED);
        if (category && !is_tag(n)) {
            nx_article_set(a, &a->section, word, NX_FROM_FEED);
        }
    }
    nx_feed_add_keywords(a, nx_xml_text(&f->x.doc, it->slots[KEYWORDS]));
}

static void set_language(feed *f, nx_article *a, const item *it)
{
    nx_str language = nx_xml_text(&f->x.doc, it->slots[LANGUAGE]);
    language = language.n > 0 ? language : nx_xml_inherited(it->slots[BODY], "lang");
    language = language.n > 0 ? language : nx_xml_inherited(it->node, "lang");
    language = language.n > 0 ? language : nx_xml_text(&f->x.doc, f->language);
    nx_article_set(a, &a->language, language, NX_FROM_FEED);
}

// The content of an item into f->scratch.
static nx_status content_text(feed *f, const item *it, nx_error *err)
{
    if (f->dialect == NULL || f->dialect->content == NULL) {
        return nx_feed_text(&f->x.doc, it->slots[BODY], &f->scratch, err);
    }
    nx_buf html;
    nx_buf_init(&html, f->scratch.max);
    f->dialect->content(nx_xml_text(&f->x.doc, it->slots[BODY]), &html);
    nx_buf_clear(&f->scratch);
    nx_status st = nx_buf_check(&html, "the content of an item", err);
    if (st == NX_OK) {
        st = nx_html_fragment_text(nx_buf_str(&html), &f->scratch, err);
    }
    nx_buf_release(&html);
    return st;
}

static nx_status set_text(feed *f, nx_article *a, const item *it, nx_error *err)
{
    nx_status st = nx_feed_text(&f->x.doc, it->slots[TITLE], &f->scratch, err);
    if (st != NX_OK) {
        return st;
    }
    nx_article_set(a, &a->title, nx_buf_str(&f->scratch), NX_FROM_FEED);
    st = content_text(f, it, err);
    if (st != NX_OK) {
        return st;
    }
    nx_article_set_body(a, nx_feed_without_footer(nx_buf_str(&f->scratch)));
    st = nx_feed_text(&f->x.doc, it->slots[SUMMARY], &f->scratch, err);
    if (st != NX_OK) {
        return st;
    }
    nx_str summary = nx_feed_without_footer(nx_buf_str(&f->scratch));
    if (a->body.n < summary.n) { // the longer of the two is the text
        if (a->body.n > 0) {
            nx_article_set(a, &a->summary, a->body, NX_FROM_FEED);
        }
        nx_article_set_body(a, summary);
    } else {
        nx_article_set(a, &a->summary, summary, NX_FROM_FEED);
    }
    return NX_OK;
}

// Atom demands a date of update and no other: it is when the entry appeared, as far as is known.
static void set_dates(feed *f, nx_article *a, const item *it)
{
    nx_str published = nx_xml_text(&f->x.doc, it->slots[PUBLISHED]);
    nx_str updated = nx_xml_text(&f->x.doc, it->slots[UPDATED]);
    nx_xml_set_date(&f->x, &a->published, published, NX_FROM_FEED);
    nx_xml_set_date(&f->x, a->published.known ? &a->updated : &a->published, updated, NX_FROM_FEED);
}

static nx_status read_item(feed *f, const nx_xml_node *node, nx_error *err)
{
    item it = {.node = node};
    const char *why = f->dialect != NULL && f->dialect->unwanted != NULL
                          ? f->dialect->unwanted(&f->x.doc, node)
                          : NULL;
    if (why != NULL) {
        nx_str title = nx_xml_text(&f->x.doc, nx_xml_child(node, "title"));
        return nx_record_skip(f->x.record, f->x.sink, NX_OK, why, err, "the item \"%.*s\"",
                              (int)nx_utf8_cut(title, SHOWN_MAX), title.p != NULL ? title.p : "");
    }
    note_children(&it, node, 0);
    nx_article *a = nx_article_for(f->x.record);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = set_text(f, a, &it, err);
    if (st != NX_OK) {
        nx_article_free(a);
        return st;
    }
    set_url(f, a, &it);
    set_authors(f, a, &it);
    st = set_source(f, a, &it, err);
    if (st != NX_OK) {
        nx_article_free(a);
        return st;
    }
    set_categories(f, a, &it);
    set_language(f, a, &it);
    set_dates(f, a, &it);
    st = f->failed ? nx_fail_nomem(err) : nx_arena_check(f->x.doc.arena, "a feed", err);
    if (st != NX_OK) {
        nx_article_free(a);
        return st;
    }
    return nx_article_finish(a, f->x.record, f->x.options, f->x.sink, err);
}

// The next item after n, or the first (n NULL); items inside an item are its own business. An entry
// may be a document of its own.
static const nx_xml_node *next_item(const feed *f, const nx_xml_node *n)
{
    const nx_xml_node *root = f->x.doc.root;
    if (n == NULL && is_item(root)) {
        return root;
    }
    n = n != NULL ? n : root;
    do {
        n = nx_xml_walk(root, n, is_item(n));
    } while (n != NULL && (n->name.p == NULL || !is_item(n)));
    return n;
}

static void survey(feed *f)
{
    const nx_xml_node *root = f->x.doc.root;
    const nx_xml_node *channel = nx_xml_child(root, "channel");
    f->head = channel != NULL ? channel : root;
    f->title = nx_xml_child(f->head, "title");
    f->language = nx_xml_child(f->head, "language");
    for (const nx_xml_node *n = f->head->child; n != NULL; n = n->next) {
        if (f->author_count < NX_AUTHORS_MAX && nx_xml_is(n, "author") &&
            nx_xml_child(n, "name") != NULL) {
            f->authors[f->author_count++] = n;
        }
    }
    for (const nx_xml_node *n = next_item(f, NULL); n != NULL; n = next_item(f, n)) {
        const nx_xml_node *source = nx_xml_child(n, "source");
        f->has_sources = f->has_sources || (source != NULL && source->child != NULL);
    }
    nx_str base = best_link(f, f->head);
    if (base.n == 0) {
        base = f->x.record->url;
    }
    nx_buf_adds(&f->base, base);
    f->failed = f->failed || f->base.failed;
}

nx_status nx_feed_read(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, const nx_feed_dialect *dialect, nx_error *err)
{
    feed f = {.dialect = dialect};
    nx_buf_init(&f.base, r->bytes.n + URL_MAX);
    nx_buf_init(&f.url, r->bytes.n + URL_MAX);
    nx_buf_init(&f.scratch, r->bytes.n * 4 + URL_MAX);
    nx_status st = nx_xml_reading_open(&f.x, r, options, sink, err);
    if (st == NX_OK && f.x.doc.root != NULL) {
        survey(&f);
        if (next_item(&f, NULL) == NULL) {
            st = nx_record_skip(r, sink, NX_OK, "no items", err, "a feed without items");
        }
        for (const nx_xml_node *n = next_item(&f, NULL); n != NULL && st == NX_OK;
             n = next_item(&f, n)) {
            st = read_item(&f, n, err);
        }
    }
    nx_xml_reading_close(&f.x);
    nx_buf_release(&f.base);
    nx_buf_release(&f.url);
    nx_buf_release(&f.scratch);
    return st;
}

nx_status nx_read_feed(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    return nx_feed_read(r, options, sink, NULL, err);
}
