// html_phrases.c: how such lines begin, in the languages news comes in.
#include "corpus/html_phrases.h"

enum { SHORT_LINE = 160, CAPTION_LINE = 400, NOTICE_LINE = 240 };

// The whole line is this, perhaps with a colon.
static const char *const whole_lines[] = {
    "advertisement",
    "advertising",
    "ad",
    "anzeige",
    "werbung",
    "publicidad",
    "publicidade",
    "publicit\u00e9",
    "pubblicit\u00e0",
    "advertentie",
    "reklama",
    "reklam",
    "annonse",
    "annons",
    "\u0440\u0435\u043a\u043b\u0430\u043c\u0430",
    "share",
    "share this",
    "share this article",
    "teilen",
    "partager",
    "compartir",
    "condividi",
    "compartilhar",
    "print",
    "drucken",
    "email",
    "copy link",
    "related",
    "related articles",
    "related stories",
    "related content",
    "related topics",
    "recommended",
    "more on this story",
    "comments",
    "kommentare",
    "loading...",
    "mehr zum thema",
    "lesen sie auch",
    "read more",
    "weiterlesen",
    "topics",
    "tags",
    "themen",
    "watch live",
    "save",
    "follow us",
    "story continues below",
    "advertisement - scroll to continue",
    "embed",
    "close",
    "sign in",
    "log in",
    "subscribe",
    "newsletter",
    "article continues below",
};

// The line begins so, and is short or mostly links.
static const char *const openings[] = {
    "read more",
    "read also",
    "also read",
    "see also",
    "read next",
    "more on this",
    "related:",
    "recommended:",
    "watch:",
    "listen:",
    "don't miss",
    "more:",
    "more from ",
    "sign up ",
    "subscribe to",
    "get our ",
    "download our",
    "follow us",
    "click here",
    "find out more",
    "for more ",
    "view this post",
    "a post shared by",
    "view on ",
    "this content is ",
    "lesen sie auch",
    "lesen sie hier",
    "lesen sie mehr",
    "lesen sie dazu",
    "lies auch",
    "mehr dazu",
    "mehr zum thema",
    "mehr lesen",
    "auch interessant",
    "hier geht es zu",
    "das k\u00f6nnte sie",
    "zum thema:",
    "hintergrund:",
    "interview:",
    "kommentar:",
    "lire aussi",
    "\u00e0 lire aussi",
    "a lire aussi",
    "\u00e0 lire",
    "lire \u00e9galement",
    "\u00e0 voir aussi",
    "voir aussi",
    "sur le m\u00eame sujet",
    "abonnez-vous",
    "inscrivez-vous",
    "lea tambi\u00e9n",
    "lee tambi\u00e9n",
    "leer tambi\u00e9n",
    "leer m\u00e1s",
    "te puede interesar",
    "m\u00e1s informaci\u00f3n",
    "tambi\u00e9n puede leer",
    "ver tambi\u00e9n",
    "suscr\u00edbete",
    "leia tamb\u00e9m",
    "leia mais",
    "veja tamb\u00e9m",
    "saiba mais",
    "assine ",
    "siga o ",
    "leggi anche",
    "leggi tutto",
    "potrebbe interessarti",
    "vedi anche",
    "approfondimento",
    "lees ook",
    "lees meer",
    "bekijk ook",
    "meer lezen",
    "luister ook",
    "lees verder",
    "czytaj tak\u017ce",
    "czytaj te\u017c",
    "czytaj wi\u0119cej",
    "zobacz te\u017c",
    "zobacz tak\u017ce",
    "przeczytaj tak\u017ce",
    "przeczytaj r\u00f3wnie\u017c",
    "polecamy",
    "les ogs\u00e5",
    "l\u00e6s ogs\u00e5",
    "l\u00e4s ocks\u00e5",
    "l\u00e4s mer",
    "les mer",
    "lue my\u00f6s",
    "p\u0159e\u010dt\u011bte si",
    "\u010dtete tak\u00e9",
    "\u010dt\u011bte tak\u00e9",
    "skaitykite",
    "taip pat skaitykite",
    "skaityti daugiau",
    "ayr\u0131ca bak",
    "ilgili haber",
    "baca juga",
    "baca selengkapnya",
    "simak juga",
    "lihat juga",
    "xem th\u00eam",
    "\u0447\u0438\u0442\u0430\u0439\u0442\u0435 \u0442\u0430\u043a\u0436\u0435",
    "\u0447\u0438\u0442\u0430\u0439\u0442\u0435 \u0442\u0430\u043a\u043e\u0436",
    "\u0447\u0438\u0442\u0430\u0439 \u0442\u0430\u043a\u0436\u0435",
    "\u0441\u043c\u043e\u0442\u0440\u0438\u0442\u0435 \u0442\u0430\u043a\u0436\u0435",
    "\u043f\u043e \u0442\u0435\u043c\u0435",
};

// A short line with this anywhere in it.
static const char *const notices[] = {
    "all rights reserved",
    "alle rechte vorbehalten",
    "tous droits r\u00e9serv\u00e9s",
    "todos los derechos reservados",
    "todos os direitos reservados",
    "tutti i diritti riservati",
    "wszelkie prawa zastrze\u017cone",
    "\u7121\u65ad\u8ee2\u8f09",
    "\ubb34\ub2e8 \uc804\uc7ac",
    "\ubb34\ub2e8\uc804\uc7ac",
    "\u7248\u6743\u6240\u6709",
    "sign up for our",
    "subscribe to our",
    "our free newsletter",
    "newsletter abonnieren",
    "newsletter an und",
    "\u30cb\u30e5\u30fc\u30b9\u30ec\u30bf\u30fc\u3092\u767b\u9332",
    "\u6709\u6599\u4f1a\u54e1\u306b\u306a\u308b\u3068",
    "\u7d9a\u304d\u3092\u8aad\u3080",
    "\u76f8\u5173\u9605\u8bfb",
    "you are reading a free article",
    "this article was originally published",
    "get in touch with our news team",
    "check our news page",
    "whatsapp-kanal",
    "join our whatsapp",
};

// Credits of pictures, which tell a caption from a paragraph.
static const char *const credits[] = {
    "(picture:",    "(image:",        "(photo:",   "(photo by",      "(pic:",
    "(credit:",     "(foto:",         "(bild:",    " bild: ",        " foto: ",
    " fotos: ",     " photo: ",       " photos: ", " picture: ",     " image: ",
    "photograph: ", " image credit",  " \u00a9 ",  "/getty images",  "via getty images",
    "/ap photo",    "(ap photo",      "/afp via",  " getty images)", "\u0444\u043e\u0442\u043e: ",
    " fot. ",       "zdj\u0119cie: ", " kuva: ",   " foto/",         "(getty)",
};

bool nx_html_is_caption(nx_str line)
{
    for (size_t i = 0; i < sizeof credits / sizeof credits[0] && line.n <= CAPTION_LINE; i++) {
        nx_str c = nx_str_of(credits[i]);
        if (nx_str_find_nocase(line, c, 0) != SIZE_MAX ||
            (c.p[0] == ' ' && nx_str_starts_nocase(line, nx_str_make(c.p + 1, c.n - 1)))) {
            return true;
        }
    }
    return false;
}

bool nx_html_is_signpost(nx_str line, unsigned linked)
{
    nx_str bare = line;
    while (bare.n > 0 && (bare.p[bare.n - 1] == ':' || bare.p[bare.n - 1] == ' ')) {
        bare.n--;
    }
    for (size_t i = 0; i < sizeof whole_lines / sizeof whole_lines[0]; i++) {
        if (nx_str_eq_nocase(bare, nx_str_of(whole_lines[i]))) {
            return true;
        }
    }
    while (line.n > 0 && !nx_is_alpha(line.p[0]) && (unsigned char)line.p[0] < 0x80) {
        line = nx_str_make(line.p + 1, line.n - 1); // "> Read more", "[Read more]"
    }
    for (size_t i = 0; i < sizeof notices / sizeof notices[0] && line.n <= NOTICE_LINE; i++) {
        if (nx_str_find_nocase(line, nx_str_of(notices[i]), 0) != SIZE_MAX) {
            return true;
        }
    }
    if (line.n > SHORT_LINE || (linked == 0 && line.n > SHORT_LINE / 2)) {
        return false;
    }
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        if (nx_str_starts_nocase(line, nx_str_of(openings[i]))) {
            return true;
        }
    }
    return false;
}
