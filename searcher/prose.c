// prose.c: see prose.h.
#include "searcher/prose.h"

#include "text/analysis.h"

bool nx_prose_ends(nx_str s)
{
    return nx_sentence_ends(s) || nx_str_ends(s, NX_STR(":")) || nx_str_ends(s, NX_STR(";"));
}

bool nx_prose_is_boilerplate(nx_str s)
{
    // clang-format off
    static const char *const marks[] = {
        "copyright", "\u00a9", "(c) ", "photo:", "photos:", "photo credit", "photograph:", "file photo",
        "image:", "image caption", "image copyright", "image source", "picture:", "media caption",
        "hide caption", "media playback", "video:", "watch:", "listen:", "source:", "read more",
        "read also", "see also", "related:", "click here", "sign up", "subscribe", "follow us",
        "share this", "advertisement", "story highlights", "must watch", "just watched", "foto:", "fotos:",
        "bild:", "lesen sie auch", "lesen sie mehr", "photo :", "lire aussi", "\u00e0 lire aussi",
        "\u00c0 lire aussi", "lee tambi\u00e9n", "lea tambi\u00e9n", "leia tamb\u00e9m", "leggi anche",
        "lees ook", NULL,
    };
    // They begin many a good sentence too; a label is short and has no full stop.
    static const char *const labels[] = {"by ", "anzeige", "publicit\u00e9", "publicidad", "mehr dazu", NULL};
    // clang-format on
    return nx_str_starts_any_nocase(s, marks) > 0 ||
           (s.n < 80 && !nx_prose_ends(s) && nx_str_starts_any_nocase(s, labels) > 0) ||
           nx_str_find_nocase(s, NX_STR("all rights reserved"), 0) != SIZE_MAX;
}

static bool has_word(nx_str s, nx_str word)
{
    for (size_t at = 0; (at = nx_str_find_nocase(s, word, at)) != SIZE_MAX; at += word.n) {
        bool left = at == 0 || !nx_is_alpha(s.p[at - 1]);
        bool right = at + word.n >= s.n || !nx_is_alpha(s.p[at + word.n]);
        if (left && right) {
            return true;
        }
    }
    return false;
}

static bool is_word_byte(char c)
{
    return nx_is_alpha(c) || nx_is_digit(c) || (unsigned char)c >= 0x80;
}

// Are nearly all words of a in b?
static bool is_said_by(nx_str a, nx_str b)
{
    size_t words = 0, known = 0;
    for (size_t i = 0, end; i < a.n; i = end) {
        end = i;
        while (end < a.n && is_word_byte(a.p[end])) {
            end++;
        }
        if (end == i) {
            end++;
            continue;
        }
        words++;
        known += has_word(b, nx_str_make(a.p + i, end - i));
    }
    return known * 5 >= words * 4;
}

bool nx_prose_repeats(nx_str s, nx_str title)
{
    return s.n < title.n * 3 / 2 && title.n < s.n * 3 / 2 && is_said_by(s, title) &&
           is_said_by(title, s);
}

bool nx_prose_names_speaker(nx_str s)
{
    static const char *const verbs[] = {"said",
                                        "says",
                                        "told",
                                        "added",
                                        "asked",
                                        "wrote",
                                        "tweeted",
                                        "according",
                                        "announced",
                                        "sagte",
                                        "erkl\u00e4rte",
                                        "dit",
                                        "d\u00e9clar\u00e9",
                                        "dijo",
                                        "afirm\u00f3",
                                        "disse",
                                        "zei",
                                        "declared",
                                        "stated",
                                        "argued",
                                        "warned",
                                        "replied"};
    for (size_t i = 0; i < NX_COUNT(verbs); i++) {
        if (has_word(s, nx_str_of(verbs[i]))) {
            return true;
        }
    }
    return false;
}
