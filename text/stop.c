// stop.c: function words of eight languages, for the bag-of-words part of queries only: they are
// indexed like all words.
#include <stdlib.h>

#include "text/analysis.h"

// Each list is sorted by bytes: it is searched by halves.
// The list of the Snowball project, and also, can, may, us, will.
static const char *const en[] = {
    "a",         "about",    "above",    "after",      "again",      "against", "all",
    "also",      "am",       "an",       "and",        "any",        "are",     "aren't",
    "as",        "at",       "be",       "because",    "been",       "before",  "being",
    "below",     "between",  "both",     "but",        "by",         "can",     "can't",
    "cannot",    "could",    "couldn't", "did",        "didn't",     "do",      "does",
    "doesn't",   "doing",    "don't",    "down",       "during",     "each",    "few",
    "for",       "from",     "further",  "had",        "hadn't",     "has",     "hasn't",
    "have",      "haven't",  "having",   "he",         "he'd",       "he'll",   "he's",
    "her",       "here",     "here's",   "hers",       "herself",    "him",     "himself",
    "his",       "how",      "how's",    "i",          "i'd",        "i'll",    "i'm",
    "i've",      "if",       "in",       "into",       "is",         "isn't",   "it",
    "it's",      "its",      "itself",   "let's",      "may",        "me",      "more",
    "most",      "mustn't",  "my",       "myself",     "no",         "nor",     "not",
    "of",        "off",      "on",       "once",       "only",       "or",      "other",
    "ought",     "our",      "ours",     "ourselves",  "out",        "over",    "own",
    "same",      "shan't",   "she",      "she'd",      "she'll",     "she's",   "should",
    "shouldn't", "so",       "some",     "such",       "than",       "that",    "that's",
    "the",       "their",    "theirs",   "them",       "themselves", "then",    "there",
    "there's",   "these",    "they",     "they'd",     "they'll",    "they're", "they've",
    "this",      "those",    "through",  "to",         "too",        "under",   "until",
    "up",        "us",       "very",     "was",        "wasn't",     "we",      "we'd",
    "we'll",     "we're",    "we've",    "were",       "weren't",    "what",    "what's",
    "when",      "when's",   "where",    "where's",    "which",      "while",   "who",
    "who's",     "whom",     "why",      "why's",      "will",       "with",    "won't",
    "would",     "wouldn't", "you",      "you'd",      "you'll",     "you're",  "you've",
    "your",      "yours",    "yourself", "yourselves",
};
static const char *const de[] = {
    "aber",   "als",  "am",    "an",    "auch", "auf",   "aus",  "bei",  "bis",   "das",   "dass",
    "dem",    "den",  "der",   "des",   "die",  "durch", "ein",  "eine", "einem", "einen", "einer",
    "eines",  "er",   "es",    "fur",   "für",  "hat",   "ich",  "ihr",  "im",    "in",    "ist",
    "mit",    "nach", "nicht", "noch",  "nur",  "oder",  "sein", "sich", "sie",   "sind",  "so",
    "um",     "und",  "uns",   "unter", "vom",  "von",   "vor",  "war",  "was",   "wegen", "wenn",
    "werden", "wie",  "wir",   "wird",  "wo",   "zu",    "zum",  "zur",  "über",
};
static const char *const fr[] = {
    "a",    "au",   "aux",  "avec", "ce",   "ces", "cette", "comme", "dans", "de",   "des",
    "du",   "elle", "en",   "est",  "et",   "il",  "ils",   "je",    "la",   "le",   "les",
    "leur", "lui",  "mais", "ne",   "nous", "on",  "ont",   "ou",    "où",   "par",  "pas",
    "plus", "pour", "qu",   "que",  "qui",  "sa",  "se",    "ses",   "son",  "sont", "sur",
    "un",   "une",  "vous", "y",    "à",    "été", "être",
};
static const char *const es[] = {
    "a",   "al",   "como",  "con",  "de", "del",  "desde",   "el",  "ella", "en",  "entre", "era",
    "es",  "esta", "este",  "está", "ha", "han",  "la",      "las", "le",   "les", "lo",    "los",
    "muy", "más",  "ni",    "no",   "o",  "para", "pero",    "por", "que",  "qué", "se",    "ser",
    "si",  "sin",  "sobre", "son",  "su", "sus",  "también", "un",  "una",  "y",   "ya",
};
static const char *const pt[] = {
    "a",   "ao",  "aos", "as",   "com",    "como",  "da",  "das",  "de",   "do",
    "dos", "e",   "ela", "ele",  "em",     "entre", "era", "essa", "este", "eu",
    "foi", "há",  "já",  "mais", "mas",    "na",    "nas", "no",   "nos",  "não",
    "o",   "os",  "ou",  "para", "pela",   "pelo",  "por", "que",  "se",   "sem",
    "ser", "seu", "sua", "são",  "também", "um",    "uma", "à",    "é",
};
static const char *const it[] = {
    "a",   "ad",    "al",    "alla",  "anche", "che",   "chi", "ci",  "come", "con",  "da",
    "dal", "dalla", "dei",   "del",   "della", "delle", "di",  "e",   "ed",   "era",  "gli",
    "ha",  "hanno", "i",     "il",    "in",    "io",    "la",  "le",  "lo",   "loro", "ma",
    "ne",  "nei",   "nel",   "nella", "non",   "o",     "per", "più", "se",   "si",   "sono",
    "su",  "sul",   "sulla", "tra",   "un",    "una",   "uno", "è",
};
static const char *const nl[] = {
    "aan",  "al",   "als",  "bij",   "dan", "dat",   "de",   "der",  "deze", "die", "dit",
    "door", "een",  "en",   "er",    "had", "heeft", "het",  "hij",  "hoe",  "ik",  "in",
    "is",   "je",   "maar", "men",   "met", "na",    "naar", "niet", "nog",  "nu",  "of",
    "om",   "ook",  "op",   "over",  "te",  "tot",   "uit",  "van",  "voor", "was", "wat",
    "we",   "werd", "wij",  "wordt", "ze",  "zich",  "zij",  "zijn",
};
static const char *const ru[] = {
    "а",  "без", "бы",  "был", "была", "были", "было",  "быть",    "в",    "во",
    "вы", "да",  "для", "до",  "его",  "ее",   "если",  "еще",     "же",   "за",
    "и",  "из",  "или", "их",  "к",    "как",  "ко",    "который", "мы",   "на",
    "не", "но",  "о",   "об",  "он",   "она",  "они",   "от",      "по",   "при",
    "с",  "со",  "так", "то",  "у",    "что",  "чтобы", "это",     "этот", "я",
};

#define LIST(code)                                                                                 \
    {                                                                                              \
#code, code, NX_COUNT(code)                                                                \
    }
static const struct {
    const char *language;
    const char *const *words;
    size_t count;
} lists[] = {LIST(en), LIST(de), LIST(fr), LIST(es), LIST(pt), LIST(it), LIST(nl), LIST(ru)};

static int compare(const void *key, const void *row)
{
    return nx_str_cmp(*(const nx_str *)key, nx_str_of(*(const char *const *)row));
}

bool nx_is_stop_word(nx_str folded, nx_str iso639_1)
{
    for (size_t i = 0; i < NX_COUNT(lists); i++) {
        if (nx_str_eq(nx_str_of(lists[i].language), iso639_1)) {
            return bsearch(&folded, lists[i].words, lists[i].count, sizeof lists[i].words[0],
                           compare) != NULL;
        }
    }
    return false;
}
