// html_decide.c: is a page one article, or a front page, an index, an error page, a wall?
//
// A page that says it is an article needs little prose to be believed; one that says it is
// something else, or says nothing, has to look like an article.
#include "corpus/html_page.h"

enum {
    BRIEF = 60,        // characters of prose that make an item of a page that says it is one
    SHORT_STORY = 140, // of a page that says nothing
    LONG_STORY = 900,  // of a page that says it is a list or a site
    SITE_STORY = 2000, // of what is served at the root of a site
    LINKED_HEADS = 5,  // headings that are links, in the middle of the page
    LINKED_LINES = 15, // lines that are links
};

static bool any_in(nx_str s, const char *const *phrases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (nx_str_find_nocase(s, nx_str_of(phrases[i]), 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static bool says_article(const nx_html_page *p)
{
    if (p->ld.article != NULL) {
        return true;
    }
    nx_str type = nx_html_page_meta(p, "og:type");
    return !p->ld.lists && (nx_str_starts_nocase(type, NX_STR("article")) ||
                            nx_html_page_meta(p, "article:published_time").p != NULL);
}

static bool says_site(const nx_html_page *p)
{
    return p->ld.lists || nx_str_starts_nocase(nx_html_page_meta(p, "og:type"), NX_STR("website"));
}

static bool is_error_title(nx_str title)
{
    static const char *const phrases[] = {
        "404",
        "page not found",
        "not be found",
        "seite nicht gefunden",
        "nicht gefunden",
        "page introuvable",
        "page non trouv\u00e9e",
        "p\u00e1gina no encontrada",
        "p\u00e1gina n\u00e3o encontrada",
        "pagina non trovata",
        "pagina niet gevonden",
        "nie znaleziono strony",
        "access denied",
        "403 forbidden",
        "error 500",
        "just a moment",
        "attention required",
        "are you a robot",
        "\u043d\u0435 \u043d\u0430\u0439\u0434\u0435\u043d\u0430"};
    return title.n < 120 && any_in(title, phrases, NX_COUNT(phrases));
}

static bool is_notice_title(nx_str title)
{
    static const char *const phrases[] = {"datenschutz",
                                          "privacy policy",
                                          "privacy notice",
                                          "privacy statement",
                                          "impressum",
                                          "terms of use",
                                          "terms of service",
                                          "terms and conditions",
                                          "cookie policy",
                                          "nutzungsbedingungen",
                                          "mentions l\u00e9gales",
                                          "politique de confidentialit\u00e9",
                                          "aviso legal",
                                          "pol\u00edtica de privaci",
                                          "termini e condizioni",
                                          "informativa sulla privacy",
                                          "privacybeleid",
                                          "allgemeine gesch\u00e4ftsbedingungen"};
    return title.n < 80 && any_in(title, phrases, NX_COUNT(phrases));
}

// Is most of what was taken for the story about cookies?
static bool is_consent_wall(const nx_html_page *p)
{
    static const char *const words[] = {
        "cookie", "consent",         "einwilligung", "zustimmung",       "gdpr",
        "dsgvo",  "personenbezogen", "consentement", "privacy settings", "consentimiento"};
    uint32_t chars = 0;
    for (size_t i = 0; i < p->blocks.count; i++) {
        const nx_html_block *k = &p->blocks.items[i];
        if (k->keep && any_in(nx_html_block_text(&p->blocks, i), words, NX_COUNT(words))) {
            chars += k->chars;
        }
    }
    return !p->story.told_only && chars * 2 > p->story.chars;
}

// Has it a date or author that its data gives? Dates are shown on lists as well.
static bool is_signed(const nx_article *a)
{
    bool dated = a->published.known && a->published.from != NX_FROM_MARKUP;
    return dated || (a->author_count > 0 && a->authors[0].from != NX_FROM_MARKUP);
}

const char *nx_html_not_article(const nx_html_page *p, const nx_article *a)
{
    const nx_html_story *s = &p->story;
    bool article = says_article(p), undated = !is_signed(a);
    uint32_t prose = s->told_only ? LONG_STORY : s->good;
    nx_str title = a->title.s, url = a->url.s.p != NULL ? a->url.s : p->url;
    if (undated && prose < LONG_STORY && is_error_title(title)) {
        return "an error page";
    }
    if (undated && !article && is_notice_title(title)) {
        return "a legal notice";
    }
    if (undated && is_consent_wall(p)) {
        return "a request for consent";
    }
    bool brief = p->is_chapter || (article && a->published.known);
    if (prose < (brief ? BRIEF : SHORT_STORY)) {
        return "hardly any prose";
    }
    if (article) {
        return NULL;
    }
    if (nx_html_is_site_root(url) && prose < SITE_STORY) {
        return "the front page of a site";
    }
    if ((s->linked_heads >= LINKED_HEADS && s->linked_heads * 2 > s->paragraphs) ||
        (s->linked_lines >= LINKED_LINES && s->linked_lines > s->paragraphs)) {
        return "a list of other pages";
    }
    if (says_site(p) && undated && prose < LONG_STORY) {
        return "a page about a site or section";
    }
    return NULL;
}
