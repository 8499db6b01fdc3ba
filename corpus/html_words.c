// html_words.c: the table of html_words.h, and the splitting of names into words.
#include "corpus/html_words.h"

#include <pthread.h>

enum { WORD_MAX = 32, PREFIX = 256 }; // PREFIX: the word may go on ("recommendations")

static const struct {
    const char *word;
    unsigned meaning;
} words[] = {
    // clang-format off
    // Other stories, and the way to them.
    {"related", NX_WORD_JUNK | PREFIX}, {"relacionad", NX_WORD_JUNK | PREFIX},
    {"recommend", NX_WORD_JUNK | PREFIX}, {"recirc", NX_WORD_JUNK | PREFIX},
    {"recomend", NX_WORD_JUNK | PREFIX}, {"teaser", NX_WORD_JUNK | PREFIX},
    {"readmore", NX_WORD_JUNK}, {"readalso", NX_WORD_JUNK}, {"seealso", NX_WORD_JUNK},
    {"alsoread", NX_WORD_JUNK}, {"trending", NX_WORD_MAYBE}, {"popular", NX_WORD_MAYBE},
    {"mostread", NX_WORD_JUNK}, {"outbrain", NX_WORD_JUNK}, {"taboola", NX_WORD_JUNK | PREFIX},
    {"morenews", NX_WORD_JUNK}, {"upnext", NX_WORD_JUNK}, {"crosslink", NX_WORD_JUNK | PREFIX},
    {"linkbox", NX_WORD_JUNK}, {"linklist", NX_WORD_JUNK}, {"interlink", NX_WORD_JUNK | PREFIX},
    {"similar", NX_WORD_MAYBE}, {"suggest", NX_WORD_JUNK | PREFIX}, {"onward", NX_WORD_MAYBE},
    {"pagination", NX_WORD_JUNK}, {"pager", NX_WORD_MAYBE}, {"ticker", NX_WORD_MAYBE},
    // Ways around the site.
    {"nav", NX_WORD_MAYBE}, {"navbar", NX_WORD_MAYBE}, {"navigation", NX_WORD_MAYBE},
    {"menu", NX_WORD_MAYBE}, {"submenu", NX_WORD_MAYBE}, {"breadcrumb", NX_WORD_JUNK | PREFIX},
    {"sidebar", NX_WORD_MAYBE}, {"footer", NX_WORD_MAYBE}, {"sitemap", NX_WORD_JUNK},
    {"masthead", NX_WORD_MAYBE}, {"toolbar", NX_WORD_MAYBE}, {"tagcloud", NX_WORD_JUNK},
    {"tags", NX_WORD_MAYBE}, {"taglist", NX_WORD_MAYBE}, {"keywords", NX_WORD_MAYBE},
    {"toc", NX_WORD_MAYBE}, {"skip", NX_WORD_MAYBE},
    // What sells and asks.
    {"newsletter", NX_WORD_JUNK | PREFIX}, {"subscri", NX_WORD_JUNK | PREFIX},
    {"signup", NX_WORD_JUNK}, {"paywall", NX_WORD_MAYBE | PREFIX}, {"promo", NX_WORD_MAYBE},
    {"promotion", NX_WORD_MAYBE},
    {"sponsor", NX_WORD_JUNK | PREFIX}, {"advert", NX_WORD_MAYBE | PREFIX},
    {"ad", NX_WORD_MAYBE}, {"ads", NX_WORD_MAYBE},
    {"adslot", NX_WORD_MAYBE}, {"banner", NX_WORD_MAYBE},
    {"werbung", NX_WORD_JUNK}, {"anzeige", NX_WORD_JUNK}, {"publicid", NX_WORD_MAYBE | PREFIX},
    {"cookie", NX_WORD_JUNK | PREFIX}, {"consent", NX_WORD_JUNK}, {"gdpr", NX_WORD_JUNK},
    {"cmp", NX_WORD_MAYBE}, {"login", NX_WORD_MAYBE}, {"donat", NX_WORD_JUNK | PREFIX},
    {"modal", NX_WORD_MAYBE}, {"popup", NX_WORD_MAYBE}, {"overlay", NX_WORD_MAYBE},
    {"affiliate", NX_WORD_MAYBE}, {"shopping", NX_WORD_MAYBE}, {"cta", NX_WORD_MAYBE},
    // What readers do.
    {"comment", NX_WORD_JUNK | PREFIX}, {"disqus", NX_WORD_JUNK}, {"share", NX_WORD_MAYBE},
    {"sharing", NX_WORD_MAYBE}, {"sharebar", NX_WORD_MAYBE}, {"social", NX_WORD_MAYBE},
    {"socials", NX_WORD_MAYBE}, {"addthis", NX_WORD_MAYBE}, {"feedback", NX_WORD_MAYBE},
    {"rating", NX_WORD_MAYBE}, {"poll", NX_WORD_MAYBE}, {"quiz", NX_WORD_MAYBE},
    {"whatsapp", NX_WORD_MAYBE}, {"facebook", NX_WORD_MAYBE}, {"telegram", NX_WORD_MAYBE},
    // About the story, not of it.
    {"disclaimer", NX_WORD_MAYBE}, {"copyright", NX_WORD_MAYBE}, {"authorbio", NX_WORD_JUNK},
    {"bio", NX_WORD_JUNK}, {"biography", NX_WORD_JUNK}, {"metadata", NX_WORD_MAYBE},
    {"widget", NX_WORD_MAYBE}, {"player", NX_WORD_MAYBE}, {"podcast", NX_WORD_MAYBE},
    {"livestream", NX_WORD_MAYBE}, {"audioplayer", NX_WORD_MAYBE},
    {"hidden", NX_WORD_MAYBE}, {"invisible", NX_WORD_MAYBE}, {"noprint", NX_WORD_MAYBE},
    {"screenreader", NX_WORD_MAYBE}, {"visuallyhidden", NX_WORD_MAYBE},
    // Pictures.
    {"caption", NX_WORD_CAPTION | PREFIX}, {"figcaption", NX_WORD_CAPTION},
    {"imagecaption", NX_WORD_CAPTION}, {"bildunterschrift", NX_WORD_CAPTION},
    {"legende", NX_WORD_CAPTION}, {"gallery", NX_WORD_MAYBE}, {"slideshow", NX_WORD_MAYBE},
    {"carousel", NX_WORD_MAYBE}, {"carrousel", NX_WORD_MAYBE}, {"photocredit", NX_WORD_CAPTION},
    {"figure", NX_WORD_MAYBE}, {"credit", NX_WORD_CAPTION}, {"credits", NX_WORD_CAPTION},
    {"slider", NX_WORD_MAYBE},
    // The story.
    {"articlebody", NX_WORD_BODY}, {"articletext", NX_WORD_BODY}, {"articlecontent", NX_WORD_BODY},
    {"storybody", NX_WORD_BODY}, {"storytext", NX_WORD_BODY}, {"storycontent", NX_WORD_BODY},
    {"entrycontent", NX_WORD_BODY}, {"postcontent", NX_WORD_BODY}, {"bodytext", NX_WORD_BODY},
    {"richtext", NX_WORD_BODY}, {"fulltext", NX_WORD_BODY}, {"maintext", NX_WORD_BODY},
    {"body", NX_WORD_BODY}, {"content", NX_WORD_BODY}, {"text", NX_WORD_BODY},
    {"article", NX_WORD_BODY}, {"story", NX_WORD_BODY}, {"entry", NX_WORD_BODY},
    {"artikel", NX_WORD_BODY}, {"articulo", NX_WORD_BODY}, {"cuerpo", NX_WORD_BODY},
    // Its opening.
    {"standfirst", NX_WORD_LEAD | PREFIX}, {"dek", NX_WORD_LEAD}, {"deck", NX_WORD_LEAD},
    {"lead", NX_WORD_LEAD}, {"lede", NX_WORD_LEAD}, {"leadtext", NX_WORD_LEAD},
    {"subtitle", NX_WORD_LEAD}, {"subheadline", NX_WORD_LEAD}, {"subhead", NX_WORD_LEAD},
    {"subheading", NX_WORD_LEAD}, {"summary", NX_WORD_LEAD}, {"intro", NX_WORD_LEAD | PREFIX},
    {"chapo", NX_WORD_LEAD}, {"chapeau", NX_WORD_LEAD}, {"vorspann", NX_WORD_LEAD},
    {"abstract", NX_WORD_LEAD}, {"excerpt", NX_WORD_LEAD}, {"ingress", NX_WORD_LEAD},
    {"kicker", NX_WORD_LEAD}, {"bajada", NX_WORD_LEAD}, {"entradilla", NX_WORD_LEAD},
    {"sottotitolo", NX_WORD_LEAD}, {"occhiello", NX_WORD_LEAD}, {"perex", NX_WORD_LEAD},
    {"synopsis", NX_WORD_LEAD}, {"preamble", NX_WORD_LEAD}, {"epigraph", NX_WORD_LEAD},
    {"description", NX_WORD_LEAD}, {"strapline", NX_WORD_LEAD}, {"strap", NX_WORD_LEAD},
    // Who, when, what.
    {"byline", NX_WORD_BYLINE | PREFIX}, {"author", NX_WORD_BYLINE | PREFIX},
    {"autor", NX_WORD_BYLINE | PREFIX}, {"auteur", NX_WORD_BYLINE | PREFIX},
    {"writer", NX_WORD_BYLINE}, {"username", NX_WORD_BYLINE},
    {"reporter", NX_WORD_BYLINE}, {"contributor", NX_WORD_BYLINE | PREFIX},
    {"signature", NX_WORD_BYLINE}, {"firma", NX_WORD_BYLINE}, {"vcard", NX_WORD_BYLINE},
    {"date", NX_WORD_DATE}, {"datetime", NX_WORD_DATE}, {"dateline", NX_WORD_DATE},
    {"pubdate", NX_WORD_DATE}, {"published", NX_WORD_DATE}, {"publish", NX_WORD_DATE},
    {"timestamp", NX_WORD_DATE}, {"time", NX_WORD_DATE}, {"datum", NX_WORD_DATE},
    {"fecha", NX_WORD_DATE}, {"posted", NX_WORD_DATE},
    {"headline", NX_WORD_TITLE}, {"title", NX_WORD_TITLE}, {"heading", NX_WORD_TITLE},
    {"titre", NX_WORD_TITLE}, {"titulo", NX_WORD_TITLE},
    // clang-format on
};

enum { SLOTS = 1024, COUNT = NX_COUNT(words) };
static uint16_t slots[SLOTS]; // row + 1; 0: free
static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

static const uint32_t seed = 2166136261U;

static uint32_t mixed(uint32_t h, char c)
{
    return (h ^ (uint8_t)c) * 16777619U;
}

static uint32_t slot_of(uint32_t h)
{
    return (h ^ h >> 13) % SLOTS;
}

static void build_slots(void)
{
    for (size_t i = 0; i < COUNT; i++) {
        uint32_t h = seed;
        for (const char *p = words[i].word; *p != '\0'; p++) {
            h = mixed(h, *p);
        }
        uint32_t at = slot_of(h);
        while (slots[at] != 0) {
            at = (at + 1) % SLOTS;
        }
        slots[at] = (uint16_t)(i + 1);
    }
}

static unsigned meaning(const char *word, size_t n, uint32_t h, bool whole)
{
    for (uint32_t at = slot_of(h); slots[at] != 0; at = (at + 1) % SLOTS) {
        size_t row = slots[at] - 1U;
        if (strncmp(words[row].word, word, n) == 0 && words[row].word[n] == '\0') {
            return whole || (words[row].meaning & PREFIX) != 0 ? words[row].meaning : 0;
        }
    }
    return 0;
}

unsigned nx_html_words(nx_str value)
{
    (void)pthread_once(&slots_once, build_slots);
    unsigned all = 0;
    char word[WORD_MAX];
    for (size_t i = 0; i < value.n;) {
        if (!nx_is_alpha(value.p[i])) {
            i++;
            continue;
        }
        size_t n = 0;
        uint32_t h = seed;
        unsigned prefix = 0;
        bool small = false;
        while (i < value.n && nx_is_alpha(value.p[i]) && !(small && nx_is_upper(value.p[i]))) {
            small = !nx_is_upper(value.p[i]);
            if (n < WORD_MAX - 1) {
                word[n++] = nx_lower(value.p[i]);
                h = mixed(h, word[n - 1]);
                prefix |= n >= 4 ? meaning(word, n, h, false) : 0;
            }
            i++;
        }
        all |= prefix | meaning(word, n, h, true);
    }
    return all & ~(unsigned)PREFIX;
}
