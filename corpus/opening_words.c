// opening_words.c: see opening_words.h.
#include "corpus/opening_words.h"

enum {
    LABEL_LINE_MAX = 60,
    SECTION_LINE_MAX = 40,
    COPYRIGHT_LINE_MAX = 400,
    NOTICE_LINE_MAX = 160
};

// Words between spaces; compared without case.
static const char section_words[] =
    " news political politics world national international nation us u.s. uk u.k. europe asia "
    "africa "
    "americas america middle east business economy markets money finance companies technology tech "
    "science health environment climate education sport sports football soccer entertainment arts "
    "culture books music film movies lifestyle travel food style opinion commentary analysis "
    "comment "
    "editorial local regional headlines top breaking latest stories home front page crime law "
    "justice "
    "media video weather religion and society features investigations explainer fact check "
    "perspective "
    "letters obituaries china russia india washington elections election "
    "nachrichten politik wirtschaft welt ausland inland kultur sport gesellschaft wissen "
    "wissenschaft "
    "meinung panorama netzwelt technik reise international deutschland "
    "actualités politique économie monde société santé culture sciences planète idées "
    "noticias política mundo economía deportes cultura sociedad internacional nacional ciencia "
    "tecnología opinión salud sucesos españa méxico "
    "política economia mundo esportes esporte brasil saúde notícias cultura tecnologia "
    "politica economia esteri mondo cronaca cultura sport salute notizie italia "
    "nieuws politiek buitenland binnenland economie cultuur sport wetenschap "
    "политика экономика общество мир спорт культура новости наука россия ";

static const char label_words[] =
    " posted updated published publish modified by share shared this story article on via print "
    "email "
    "e-mail mail tweet tweeted facebook twitter whatsapp linkedin pinterest reddit flipboard "
    "telegram "
    "google+ messenger instagram save bookmark comment comments listen watch play now "
    "advertisement photo photos image images video gallery copy link link text size font close "
    "toggle "
    "menu search login subscribe sign in up for free read aloud follow us more options open "
    "caption "
    "hide send to a friend x getty published: updated: posted: share: by: author: source: tags: "
    "teilen drucken merken kommentare anzeige werbung partager imprimer compartir imprimir "
    "condividi "
    "stampa delen reageer поделиться ";

static bool in_words(const char *words, nx_str word)
{
    nx_str all = nx_str_of(words);
    for (size_t at = nx_str_find_nocase(all, word, 0); at != SIZE_MAX;
         at = nx_str_find_nocase(all, word, at + 1)) {
        if (at > 0 && all.p[at - 1] == ' ' && all.p[at + word.n] == ' ') {
            return true;
        }
    }
    return false;
}

// Every word of the line is in words; marks between them do not count.
static bool all_in(const char *words, nx_str line, size_t *count)
{
    *count = 0;
    while (line.n > 0) {
        size_t end = 0;
        while (end < line.n && !nx_is_space(line.p[end])) {
            end++;
        }
        nx_str word = nx_str_make(line.p, end);
        line = nx_str_trim(nx_str_make(line.p + end, line.n - end));
        bool mark = true;
        for (size_t i = 0; i < word.n; i++) {
            mark = mark && strchr("/|>&-,:+()", word.p[i]) != NULL;
        }
        if (mark) {
            continue;
        }
        if (!in_words(words, word)) {
            return false;
        }
        ++*count;
    }
    return *count > 0;
}

bool nx_is_section_line(nx_str line)
{
    size_t words = 0;
    return line.n <= SECTION_LINE_MAX && all_in(section_words, line, &words) && words <= 5;
}

bool nx_is_label_line(nx_str line)
{
    size_t words = 0;
    return line.n <= LABEL_LINE_MAX && all_in(label_words, line, &words);
}

bool nx_is_relative_time(nx_str line)
{
    static const char words[] =
        " updated published posted last modified ago read reading time min mins minute minutes "
        "hour "
        "hours hr hrs day days week weeks month months year years a an to about more than over ";
    char rest[LABEL_LINE_MAX];
    size_t n = 0, count = 0;
    bool digit = false;
    if (line.n >= sizeof rest) {
        return false;
    }
    for (size_t i = 0; i < line.n; i++) {
        digit = digit || nx_is_digit(line.p[i]);
        rest[n++] = nx_is_digit(line.p[i]) ? ' ' : line.p[i];
    }
    nx_str s = nx_str_trim(nx_str_make(rest, n));
    bool said = nx_str_ends(s, NX_STR("ago")) || nx_str_ends(s, NX_STR("read"));
    return digit && said && all_in(words, s, &count) && count >= 2;
}

bool nx_is_copyright_line(nx_str line)
{
    static const nx_str starts[] = {{"copyright", 9}, {"\xc2\xa9", 2}, {"(c) 1", 5}, {"(c) 2", 5}};
    if (line.n > COPYRIGHT_LINE_MAX) {
        return false;
    }
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (!nx_str_starts_nocase(line, starts[i])) {
            continue;
        }
        // "Copyright law is..." is prose: a year, a sign or "by" must follow.
        nx_str rest = nx_str_trim(nx_str_make(line.p + starts[i].n, line.n - starts[i].n));
        return i > 0 || rest.n == 0 || nx_is_digit(rest.p[0]) || rest.p[0] == ':' ||
               nx_str_starts_nocase(rest, NX_STR("by ")) ||
               nx_str_starts(rest, NX_STR("\xc2\xa9")) || nx_str_starts_nocase(rest, NX_STR("(c)"));
    }
    return nx_str_find_nocase(line, NX_STR("all rights reserved"), 0) != SIZE_MAX ||
           nx_str_find_nocase(line, NX_STR("may not be published, broadcast"), 0) != SIZE_MAX;
}

bool nx_is_notice_line(nx_str line)
{
    static const char *const starts[] = {
        "read more",        "read the full",    "read the original",
        "read original",    "continue reading", "click here",
        "related links",    "related:",         "related stories",
        "related articles", "see also:",        "sign up for",
        "subscribe to our", "follow us on",     "like us on",
        "share this",       "our standards:",   "advertisement",
        "email the author", "weiterlesen",      "mehr zum thema",
        "lire aussi",       "lire la suite",    "leer más",
        "leggi anche",      "lees ook",         "leia também",
        "leia mais",        "читайте также",    NULL};
    if (line.n > NOTICE_LINE_MAX) {
        return false;
    }
    for (const char *const *p = starts; *p != NULL; p++) {
        if (nx_str_starts_nocase(line, nx_str_of(*p))) {
            return true;
        }
    }
    // What feeds of one common system append.
    return nx_str_starts(line, NX_STR("The post ")) &&
           nx_str_find(line, NX_STR("appeared first on"), 0) != SIZE_MAX;
}

size_t nx_find_update_word(nx_str s)
{
    static const char *const words[] = {"updated",    "modified",   "aktualisiert", "mis à jour",
                                        "modifié",    "actualizad", "atualizad",    "aggiornat",
                                        "bijgewerkt", "обновлено",  "Обновлено",    NULL};
    size_t first = SIZE_MAX;
    for (const char *const *w = words; *w != NULL; w++) {
        size_t at = nx_str_find_nocase(s, nx_str_of(*w), 0);
        first = at < first ? at : first;
    }
    return first;
}
