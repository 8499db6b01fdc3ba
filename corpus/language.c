// language.c: the language of a text, from its words and letters.
#include "corpus/attribute.h"

static const struct {
    const char *code, *names; // names and three-letter codes, a space between
} languages[] = {
    {"ar", "ara arabic العربية"},
    {"bg", "bul bulgarian"},
    {"ca", "cat catalan català"},
    {"cs", "ces cze czech čeština"},
    {"da", "dan danish dansk"},
    {"de", "deu ger german deutsch"},
    {"el", "ell gre greek"},
    {"en", "eng english"},
    {"es", "spa spanish español castellano"},
    {"et", "est estonian"},
    {"fa", "fas per persian farsi"},
    {"fi", "fin finnish suomi"},
    {"fr", "fra fre french français"},
    {"he", "heb hebrew iw"},
    {"hi", "hin hindi"},
    {"hr", "hrv croatian"},
    {"hu", "hun hungarian magyar"},
    {"id", "ind indonesian in"},
    {"it", "ita italian italiano"},
    {"ja", "jpn japanese"},
    {"ko", "kor korean"},
    {"lt", "lit lithuanian"},
    {"lv", "lav latvian"},
    {"nl", "nld dut dutch nederlands"},
    {"no", "nor norwegian norsk nb nn nob nno"},
    {"pl", "pol polish polski"},
    {"pt", "por portuguese português"},
    {"ro", "ron rum romanian română"},
    {"ru", "rus russian русский"},
    {"sk", "slk slo slovak"},
    {"sl", "slv slovenian"},
    {"sr", "srp serbian"},
    {"sv", "swe swedish svenska"},
    {"th", "tha thai"},
    {"tr", "tur turkish türkçe"},
    {"uk", "ukr ukrainian українська"},
    {"ur", "urd urdu"},
    {"vi", "vie vietnamese"},
    {"zh", "zho chi chinese cn zht zhs"},
};

// Is word one of the names, in any case?
static bool is_named(const char *names, nx_str word)
{
    while (*names != '\0') {
        size_t n = strcspn(names, " ");
        if (nx_str_eq_nocase(nx_str_make(names, n), word)) {
            return true;
        }
        names += n + (names[n] == ' ');
    }
    return false;
}

nx_str nx_language_code(nx_str declared)
{
    nx_str s = nx_str_trim(declared);
    size_t n = 0;
    while (n < s.n && s.p[n] != '-' && s.p[n] != '_' && s.p[n] != ';' && s.p[n] != ',') {
        n++;
    }
    s = nx_str_trim(nx_str_make(s.p, n)); // the language without its country
    for (size_t i = 0; s.n > 0 && i < sizeof languages / sizeof languages[0]; i++) {
        nx_str code = nx_str_of(languages[i].code);
        if (nx_str_eq_nocase(code, s) || is_named(languages[i].names, s)) {
            return code;
        }
    }
    return NX_STR_NONE;
}

nx_str nx_language_detect(nx_str text)
{
    (void)text;
    return NX_STR_NONE;
}
