// opening_words.c: see opening_words.h.
#include "corpus/opening_words.h"

#include "corpus/line_words.h"

enum {
    LABEL_LINE_MAX = 60,
    SECTION_LINE_MAX = 40,
    COPYRIGHT_LINE_MAX = 400,
    NOTICE_LINE_MAX = 160
};

// Every word of the line is of the kind; marks between them do not count.
static bool all_are(unsigned kind, nx_str line, size_t *count)
{
    *count = 0;
    while (line.n > 0) {
        size_t end = 0;
        bool mark = true;
        for (; end < line.n && !nx_is_space(line.p[end]); end++) {
            mark = mark && strchr("/|>&-,:+()", line.p[end]) != NULL;
        }
        if (!mark && (nx_line_word(nx_str_make(line.p, end)) & kind) == 0) {
            return false;
        }
        *count += !mark;
        line = nx_str_trim(nx_str_skip(line, end));
    }
    return *count > 0;
}

bool nx_is_section_line(nx_str line)
{
    size_t words = 0;
    return line.n <= SECTION_LINE_MAX && all_are(NX_WORD_SECTION, line, &words) && words <= 5;
}

bool nx_is_label_line(nx_str line)
{
    size_t words = 0;
    return line.n <= LABEL_LINE_MAX && all_are(NX_WORD_LABEL, line, &words);
}

bool nx_is_relative_time(nx_str line)
{
    char rest[LABEL_LINE_MAX];
    size_t n = 0, count = 0;
    if (line.n >= sizeof rest || !nx_str_has_digit(line)) {
        return false;
    }
    for (size_t i = 0; i < line.n; i++) {
        rest[n++] = nx_is_digit(line.p[i]) ? ' ' : line.p[i];
    }
    nx_str s = nx_str_trim(nx_str_make(rest, n));
    bool said = nx_str_ends(s, NX_STR("ago")) || nx_str_ends(s, NX_STR("read"));
    return said && all_are(NX_WORD_AGO, s, &count) && count >= 2;
}

bool nx_is_copyright_line(nx_str line)
{
    static const nx_str starts[] = {{"copyright", 9}, {"\xc2\xa9", 2}, {"(c) 1", 5}, {"(c) 2", 5}};
    if (line.n > COPYRIGHT_LINE_MAX) {
        return false;
    }
    for (size_t i = 0; i < NX_COUNT(starts); i++) {
        if (!nx_str_starts_nocase(line, starts[i])) {
            continue;
        }
        // "Copyright law is..." is prose: a year, a sign or "by" must follow.
        nx_str rest = nx_str_trim(nx_str_skip(line, starts[i].n));
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
        "read more",   "read the full",  "read the original", "read original",   "continue reading",
        "click here",  "related links",  "related:",          "related stories", "related articles",
        "see also:",   "sign up for",    "subscribe to our",  "follow us on",    "like us on",
        "share this",  "our standards:", "advertisement",     "article content", "email the author",
        "weiterlesen", "mehr zum thema", "lire aussi",        "lire la suite",   "leer más",
        "leggi anche", "lees ook",       "leia também",       "leia mais",       "читайте также",
        NULL};
    if (nx_str_starts_nocase(line, NX_STR("a version of this article appear"))) {
        return line.n <= COPYRIGHT_LINE_MAX;
    }
    if (line.n > NOTICE_LINE_MAX) {
        return false;
    }
    // At last what feeds of one common system append.
    return nx_str_starts_any_nocase(line, starts) > 0 ||
           (nx_str_starts(line, NX_STR("The post ")) &&
            nx_str_find(line, NX_STR("appeared first on"), 0) != SIZE_MAX);
}

bool nx_is_archive_line(nx_str line)
{
    static const char *const starts[] = {"archive.today",       "archive.is",
                                         "archive.ph",          "webpage capture",
                                         "saved from",          "internet archive",
                                         "all snapshots from ", "the wayback machine",
                                         "archived from",       NULL};
    return line.n <= NOTICE_LINE_MAX && nx_str_starts_any_nocase(line, starts) > 0;
}

bool nx_is_frame_line(nx_str line)
{
    static const char *const starts[] = {"skip to content",
                                         "skip to main",
                                         "skip to navigation",
                                         "jump to content",
                                         "skip links",
                                         "zum inhalt",
                                         "aller au contenu",
                                         "saltar al contenido",
                                         "ir al contenido",
                                         "vai al contenuto",
                                         "pular para o conte",
                                         "naar de inhoud",
                                         NULL};
    return line.n <= LABEL_LINE_MAX && nx_str_starts_any_nocase(line, starts) > 0;
}

bool nx_is_seller_line(nx_str line)
{
    static const char *const said[] = {"may earn a commission", "earn an affiliate commission",
                                       "may receive a commission", "may earn a small commission",
                                       NULL};
    return line.n <= COPYRIGHT_LINE_MAX &&
           nx_str_find_nocase(line, NX_STR("commission"), 0) != SIZE_MAX && // hardly a line has it
           nx_str_has_any_nocase(line, said);
}

size_t nx_find_update_word(nx_str s)
{
    static const char *const words[] = {
        "updated",       "modified",       "aktualisiert",     "mis à jour",
        "modifié",       "actualizad",     "atualizad",        "aggiornat",
        "bijgewerkt",    "обновлено",      "Обновлено",        "last updated",
        "last modified", "zuletzt aktual", "última actualiza", NULL};
    return nx_str_find_any_nocase(s, words, 0);
}
