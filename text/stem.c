// stem.c: Snowball stemmers (libstemmer) by language.
#include "text/stem.h"

#include <libstemmer.h>
#include <stdlib.h>

#include "text/analysis.h"

static const struct {
    char iso[3];
    const char *snowball;
} languages[] = {
    {"ar", "arabic"},     {"ca", "catalan"},  {"da", "danish"},     {"de", "german"},
    {"el", "greek"},      {"en", "english"},  {"es", "spanish"},    {"eu", "basque"},
    {"fi", "finnish"},    {"fr", "french"},   {"ga", "irish"},      {"hi", "hindi"},
    {"hu", "hungarian"},  {"hy", "armenian"}, {"id", "indonesian"}, {"it", "italian"},
    {"lt", "lithuanian"}, {"ne", "nepali"},   {"nl", "dutch"},      {"no", "norwegian"},
    {"pt", "portuguese"}, {"ro", "romanian"}, {"ru", "russian"},    {"sv", "swedish"},
    {"ta", "tamil"},      {"tr", "turkish"},
};
_Static_assert(NX_COUNT(languages) == NX_STEM_LANGUAGES, "one row a language");

// English words that Snowball 2.2 gives the stem of another, unrelated word that news is full of:
// "added" that of "ad", "authorities" that of "author", "united" that of "unit". Later Snowball
// releases except some of them themselves. Only whole families are here, so that the members still
// find each other. Sorted by bytes.
static const struct exception {
    const char *word, *stem;
} exceptions[] = {
    {"added", "add"},
    {"adding", "add"},
    {"authorisation", "authoriz"},
    {"authorise", "authoriz"},
    {"authorised", "authoriz"},
    {"authorises", "authoriz"},
    {"authorising", "authoriz"},
    {"authoritative", "authorit"},
    {"authorities", "authorit"},
    {"authority", "authorit"},
    {"authorization", "authoriz"},
    {"authorize", "authoriz"},
    {"authorized", "authoriz"},
    {"authorizes", "authoriz"},
    {"authorizing", "authoriz"},
    {"customer", "customer"},
    {"customers", "customer"},
    {"emergencies", "emergenc"},
    {"emergency", "emergenc"},
    {"evening", "evening"},
    {"evenings", "evening"},
    {"executive", "executiv"},
    {"executives", "executiv"},
    {"experience", "experienc"},
    {"experienced", "experienc"},
    {"experiences", "experienc"},
    {"experiencing", "experienc"},
    {"experiment", "experiment"},
    {"experimental", "experiment"},
    {"experimentation", "experiment"},
    {"experimented", "experiment"},
    {"experimenting", "experiment"},
    {"experiments", "experiment"},
    {"importance", "important"},
    {"important", "important"},
    {"importantly", "important"},
    {"internal", "internal"},
    {"internally", "internal"},
    {"international", "internation"},
    {"internationally", "internation"},
    {"internationals", "internation"},
    {"lateral", "lateral"},
    {"laterally", "lateral"},
    {"marine", "marine"},
    {"marines", "marine"},
    {"organic", "organic"},
    {"organically", "organic"},
    {"organisation", "organiz"},
    {"organisational", "organiz"},
    {"organisations", "organiz"},
    {"organise", "organiz"},
    {"organised", "organiz"},
    {"organiser", "organiz"},
    {"organisers", "organiz"},
    {"organises", "organiz"},
    {"organising", "organiz"},
    {"organization", "organiz"},
    {"organizational", "organiz"},
    {"organizations", "organiz"},
    {"organize", "organiz"},
    {"organized", "organiz"},
    {"organizer", "organiz"},
    {"organizers", "organiz"},
    {"organizes", "organiz"},
    {"organizing", "organiz"},
    {"paste", "paste"},
    {"pasted", "paste"},
    {"pastes", "paste"},
    {"pasting", "paste"},
    {"several", "several"},
    {"unite", "unite"},
    {"united", "unite"},
    {"unites", "unite"},
    {"uniting", "unite"},
    {"universities", "universiti"},
    {"university", "universiti"},
};

// Those that take something off the front of a word too: Irish and Indonesian prefixes, Turkish
// words that are nothing but endings.
static const char *const change_first[] = {"ga", "id", "tr"};

struct nx_stemmer {
    bool english, keeps_first;
    struct sb_stemmer *snowball;
};

int nx_stem_language(nx_str iso639_1)
{
    // Bokmal and Nynorsk share the Norwegian stemmer.
    if (nx_str_eq(iso639_1, NX_STR("nb")) || nx_str_eq(iso639_1, NX_STR("nn"))) {
        iso639_1 = NX_STR("no");
    }
    for (int i = 0; i < NX_STEM_LANGUAGES; i++) {
        if (nx_str_eq(nx_str_of(languages[i].iso), iso639_1)) {
            return i;
        }
    }
    return -1;
}

nx_stemmer *nx_stemmer_new(int language)
{
    nx_stemmer *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return NULL;
    }
    s->english = strcmp(languages[language].iso, "en") == 0;
    s->keeps_first = true;
    for (size_t i = 0; i < NX_COUNT(change_first); i++) {
        s->keeps_first = s->keeps_first && strcmp(languages[language].iso, change_first[i]) != 0;
    }
    s->snowball = sb_stemmer_new(languages[language].snowball, NULL);
    if (s->snowball == NULL) {
        free(s);
        return NULL;
    }
    return s;
}

void nx_stemmer_free(nx_stemmer *s)
{
    if (s != NULL) {
        sb_stemmer_delete(s->snowball);
        free(s);
    }
}

bool nx_stemmer_keeps_first(const nx_stemmer *s)
{
    return s->keeps_first;
}

static int compare(const void *key, const void *row)
{
    return nx_str_cmp(*(const nx_str *)key, nx_str_of(((const struct exception *)row)->word));
}

nx_str nx_stem(nx_stemmer *s, nx_str folded)
{
    if (s->english) {
        const struct exception *e =
            bsearch(&folded, exceptions, NX_COUNT(exceptions), sizeof exceptions[0], compare);
        if (e != NULL) {
            return nx_str_of(e->stem);
        }
    }
    const sb_symbol *stem =
        sb_stemmer_stem(s->snowball, (const sb_symbol *)folded.p, (int)folded.n);
    if (stem == NULL) {
        return NX_STR_NONE;
    }
    return nx_str_make((const char *)stem, (size_t)sb_stemmer_length(s->snowball));
}
