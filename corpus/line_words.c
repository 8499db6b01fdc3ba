// line_words.c: see line_words.h.
#include "corpus/line_words.h"

#include "text/rows.h"

enum {
    SECTION = NX_WORD_SECTION,
    LABEL = NX_WORD_LABEL,
    AGO = NX_WORD_AGO,
    ROLE = NX_WORD_ROLE,
    NO_NAME = NX_WORD_NO_NAME,
    PARTICLE = NX_WORD_PARTICLE,
    GIVEN = NX_WORD_GIVEN,
};

// clang-format off
const nx_line_word_row nx_line_words[] = {
    {"'t", PARTICLE}, {"a", LABEL | AGO | NO_NAME}, {"abbonati", LABEL}, {"abo", LABEL},
    {"abonnieren", LABEL}, {"abonné", LABEL}, {"abonnés", LABEL}, {"about", AGO | NO_NAME},
    {"abu", PARTICLE}, {"accueil", SECTION}, {"actualités", SECTION}, {"ad", LABEL},
    {"admin", ROLE}, {"administrator", ROLE}, {"advertisement", LABEL}, {"af", PARTICLE},
    {"africa", SECTION}, {"after", NO_NAME}, {"agencias", ROLE}, {"agencies", ROLE},
    {"agency", ROLE | NO_NAME}, {"agenturen", ROLE}, {"ago", AGO}, {"al", PARTICLE},
    {"all", NO_NAME}, {"aloud", LABEL}, {"america", SECTION}, {"americas", SECTION},
    {"an", AGO | NO_NAME}, {"analysis", SECTION}, {"analyst", ROLE}, {"anchor", ROLE},
    {"and", SECTION | NO_NAME}, {"anonymous", ROLE}, {"anzeige", LABEL}, {"anzeige:", LABEL},
    {"are", NO_NAME}, {"article", LABEL}, {"arts", SECTION}, {"as", NO_NAME}, {"asia", SECTION},
    {"assinantes", LABEL}, {"assistant", ROLE}, {"associate", ROLE}, {"association", NO_NAME},
    {"at", NO_NAME}, {"ausland", SECTION}, {"author", ROLE}, {"author:", LABEL}, {"authors", ROLE},
    {"av", PARTICLE}, {"before", NO_NAME}, {"ben", PARTICLE}, {"bin", PARTICLE},
    {"binnenland", SECTION}, {"blogger", ROLE}, {"bookmark", LABEL}, {"books", SECTION},
    {"brasil", SECTION}, {"breaking", SECTION}, {"buitenland", SECTION}, {"bureau", ROLE | NO_NAME},
    {"business", SECTION}, {"but", NO_NAME}, {"by", LABEL | NO_NAME}, {"by:", LABEL},
    {"börse", SECTION}, {"caption", LABEL}, {"center", NO_NAME}, {"centre", NO_NAME},
    {"check", SECTION}, {"chief", ROLE}, {"china", SECTION}, {"ciencia", SECTION}, {"click", LABEL},
    {"climate", SECTION}, {"close", LABEL}, {"columnist", ROLE}, {"comment", SECTION | LABEL},
    {"commentary", SECTION}, {"comments", LABEL | NO_NAME}, {"companies", SECTION},
    {"company", NO_NAME}, {"compartir", LABEL}, {"condividi", LABEL}, {"contact", NO_NAME},
    {"contributor", ROLE}, {"contributors", ROLE}, {"copy", LABEL}, {"corp.", NO_NAME},
    {"correspondant", ROLE}, {"correspondent", ROLE | NO_NAME}, {"correspondents", ROLE},
    {"corresponsal", ROLE}, {"cotidiano", SECTION}, {"crime", SECTION}, {"cronaca", SECTION},
    {"cultura", SECTION}, {"culture", SECTION}, {"cultuur", SECTION}, {"d", AGO}, {"d'", PARTICLE},
    {"da", PARTICLE}, {"dal", PARTICLE}, {"das", PARTICLE}, {"day", AGO}, {"days", AGO},
    {"de", PARTICLE}, {"december", NO_NAME}, {"del", PARTICLE}, {"delen", LABEL},
    {"della", PARTICLE}, {"den", PARTICLE}, {"department", NO_NAME}, {"deportes", SECTION},
    {"der", PARTICLE}, {"des", PARTICLE}, {"desk", ROLE | NO_NAME}, {"deutschland", SECTION},
    {"di", PARTICLE}, {"director", ROLE}, {"do", PARTICLE}, {"dos", PARTICLE}, {"drucken", LABEL},
    {"du", PARTICLE}, {"e", PARTICLE}, {"e-mail", LABEL}, {"east", SECTION}, {"economia", SECTION},
    {"economie", SECTION}, {"economy", SECTION}, {"economía", SECTION}, {"editor", ROLE | NO_NAME},
    {"editorial", SECTION | ROLE}, {"editorialist", ROLE}, {"editors", ROLE},
    {"education", SECTION}, {"el", PARTICLE}, {"election", SECTION}, {"elections", SECTION},
    {"email", LABEL | NO_NAME}, {"entertainment", SECTION}, {"environment", SECTION},
    {"españa", SECTION}, {"esporte", SECTION}, {"esportes", SECTION}, {"esteri", SECTION},
    {"europe", SECTION}, {"exclusivo", LABEL}, {"explainer", SECTION}, {"facebook", LABEL},
    {"fact", SECTION}, {"features", SECTION}, {"february", NO_NAME}, {"fellow", ROLE},
    {"film", SECTION}, {"finance", SECTION}, {"flipboard", LABEL}, {"follow", LABEL | NO_NAME},
    {"font", LABEL}, {"food", SECTION}, {"football", SECTION}, {"for", LABEL | NO_NAME},
    {"foundation", NO_NAME}, {"free", LABEL}, {"freelance", ROLE}, {"friday", NO_NAME},
    {"friend", LABEL}, {"from", NO_NAME}, {"front", SECTION}, {"gallery", LABEL},
    {"gente", SECTION}, {"gesellschaft", SECTION}, {"getty", LABEL}, {"google+", LABEL},
    {"government", NO_NAME}, {"guest", ROLE}, {"h", AGO}, {"headlines", SECTION},
    {"health", SECTION}, {"her", NO_NAME}, {"herald", NO_NAME}, {"hide", LABEL}, {"his", NO_NAME},
    {"home", SECTION}, {"host", ROLE}, {"hour", AGO}, {"hours", AGO}, {"how", NO_NAME}, {"hr", AGO},
    {"hrs", AGO}, {"ibn", PARTICLE}, {"idées", SECTION}, {"image", LABEL}, {"images", LABEL},
    {"imprimer", LABEL}, {"imprimir", LABEL}, {"in", LABEL | NO_NAME}, {"inc.", NO_NAME},
    {"india", SECTION}, {"inicio", SECTION}, {"inland", SECTION}, {"instagram", LABEL},
    {"institute", NO_NAME}, {"intern", ROLE}, {"internacional", SECTION},
    {"international", SECTION}, {"investigations", SECTION}, {"início", SECTION}, {"is", NO_NAME},
    {"italia", SECTION}, {"its", NO_NAME}, {"january", NO_NAME}, {"journalist", ROLE},
    {"july", NO_NAME}, {"justice", SECTION}, {"kommentare", LABEL}, {"korrespondent", ROLE},
    {"korrespondentin", ROLE}, {"kultur", SECTION}, {"la", PARTICLE}, {"last", AGO},
    {"latest", SECTION}, {"law", SECTION}, {"le", PARTICLE}, {"letters", SECTION},
    {"lifestyle", SECTION}, {"link", LABEL}, {"linkedin", LABEL}, {"listen", LABEL},
    {"llc", NO_NAME}, {"local", SECTION}, {"login", LABEL}, {"ltd", NO_NAME}, {"m", AGO},
    {"magazine", NO_NAME}, {"mail", LABEL}, {"markets", SECTION}, {"media", SECTION | NO_NAME},
    {"meinung", SECTION}, {"menu", LABEL}, {"mercado", SECTION}, {"mercados", SECTION},
    {"merken", LABEL}, {"messenger", LABEL}, {"middle", SECTION}, {"min", AGO},
    {"ministry", NO_NAME}, {"mins", AGO}, {"minute", AGO}, {"minutes", AGO},
    {"modified", LABEL | AGO}, {"monday", NO_NAME}, {"monde", SECTION}, {"mondo", SECTION},
    {"money", SECTION}, {"month", AGO}, {"months", AGO}, {"more", LABEL | AGO | NO_NAME},
    {"most", NO_NAME}, {"movies", SECTION}, {"mundo", SECTION}, {"music", SECTION},
    {"méxico", SECTION}, {"n/a", ROLE}, {"nachrichten", SECTION}, {"nacional", SECTION},
    {"nation", SECTION}, {"national", SECTION}, {"network", NO_NAME}, {"netzwelt", SECTION},
    {"new", NO_NAME}, {"news", SECTION | ROLE | NO_NAME}, {"newsroom", ROLE}, {"nieuws", SECTION},
    {"none", ROLE}, {"not", NO_NAME}, {"noticias", SECTION}, {"notizie", SECTION},
    {"notícias", SECTION}, {"november", NO_NAME}, {"now", LABEL}, {"null", ROLE},
    {"obituaries", SECTION}, {"october", NO_NAME}, {"of", NO_NAME}, {"on", LABEL | NO_NAME},
    {"online", ROLE | NO_NAME}, {"open", LABEL}, {"opinion", SECTION | ROLE}, {"opinión", SECTION},
    {"options", LABEL}, {"or", NO_NAME}, {"over", AGO}, {"page", SECTION}, {"panorama", SECTION},
    {"partager", LABEL}, {"perspective", SECTION}, {"photo", LABEL | NO_NAME},
    {"photographer", ROLE}, {"photos", LABEL}, {"pinterest", LABEL}, {"planeta", SECTION},
    {"planète", SECTION}, {"play", LABEL}, {"plus", LABEL}, {"policy", SECTION},
    {"politica", SECTION}, {"political", SECTION}, {"politics", SECTION}, {"politiek", SECTION},
    {"politik", SECTION}, {"politique", SECTION}, {"política", SECTION},
    {"posted", LABEL | AGO | ROLE | NO_NAME}, {"posted:", LABEL}, {"premium", LABEL},
    {"press", NO_NAME}, {"print", LABEL | NO_NAME}, {"producer", ROLE}, {"professor", ROLE},
    {"publish", LABEL}, {"published", LABEL | AGO | ROLE | NO_NAME}, {"published:", LABEL},
    {"read", LABEL | AGO | NO_NAME}, {"reading", AGO}, {"reageer", LABEL}, {"redacción", ROLE},
    {"redactie", ROLE}, {"redactor", ROLE}, {"redactora", ROLE}, {"redaksi", ROLE},
    {"redakteur", ROLE}, {"redakteurin", ROLE}, {"redaktion", ROLE}, {"redazione", ROLE},
    {"reddit", LABEL}, {"regional", SECTION}, {"reise", SECTION}, {"related", LABEL},
    {"religion", SECTION}, {"report", NO_NAME}, {"reporter", ROLE | NO_NAME}, {"reporters", ROLE},
    {"reports", ROLE}, {"russia", SECTION}, {"rédaction", ROLE}, {"salud", SECTION},
    {"salute", SECTION}, {"santé", SECTION}, {"saturday", NO_NAME}, {"save", LABEL},
    {"saúde", SECTION}, {"science", SECTION}, {"sciences", SECTION}, {"search", LABEL},
    {"send", LABEL}, {"senior", ROLE | NO_NAME}, {"september", NO_NAME}, {"service", ROLE},
    {"services", ROLE}, {"share", LABEL | NO_NAME}, {"share:", LABEL}, {"shared", LABEL},
    {"sign", LABEL}, {"size", LABEL}, {"skip", LABEL}, {"soccer", SECTION}, {"sociedad", SECTION},
    {"society", SECTION | NO_NAME}, {"société", SECTION}, {"source:", LABEL},
    {"special", ROLE | NO_NAME}, {"sport", SECTION}, {"sports", SECTION}, {"st.", PARTICLE},
    {"staff", ROLE | NO_NAME}, {"stampa", LABEL}, {"startseite", SECTION}, {"stories", SECTION},
    {"story", LABEL | NO_NAME | GIVEN}, {"style", SECTION}, {"subscribe", LABEL},
    {"subscribers", LABEL}, {"sucesos", SECTION}, {"sunday", NO_NAME}, {"suscríbete", LABEL},
    {"tags:", LABEL}, {"team", ROLE | NO_NAME}, {"tech", SECTION}, {"technik", SECTION},
    {"technology", SECTION}, {"tecnologia", SECTION}, {"tecnología", SECTION}, {"teilen", LABEL},
    {"telegram", LABEL}, {"ten", PARTICLE}, {"ter", PARTICLE}, {"text", LABEL}, {"than", AGO},
    {"that", NO_NAME}, {"the", NO_NAME}, {"their", NO_NAME}, {"this", LABEL | NO_NAME},
    {"thursday", NO_NAME}, {"time", AGO}, {"times", NO_NAME}, {"to", LABEL | AGO | NO_NAME},
    {"toggle", LABEL}, {"top", SECTION}, {"topics", LABEL}, {"travel", SECTION},
    {"tuesday", NO_NAME}, {"tweet", LABEL}, {"tweeted", LABEL}, {"twitter", LABEL},
    {"u.k.", SECTION}, {"u.s.", SECTION}, {"uk", SECTION}, {"university", NO_NAME},
    {"unknown", ROLE}, {"unternehmen", SECTION}, {"up", LABEL},
    {"updated", LABEL | AGO | ROLE | NO_NAME}, {"updated:", LABEL | AGO}, {"us", SECTION | LABEL},
    {"van", PARTICLE}, {"via", LABEL}, {"video", SECTION | LABEL | NO_NAME}, {"view", NO_NAME},
    {"von", PARTICLE}, {"was", NO_NAME}, {"washington", SECTION}, {"watch", LABEL},
    {"weather", SECTION}, {"web", ROLE}, {"webmaster", ROLE}, {"wednesday", NO_NAME}, {"week", AGO},
    {"weeks", AGO}, {"welt", SECTION}, {"werbung", LABEL}, {"were", NO_NAME},
    {"wetenschap", SECTION}, {"what", NO_NAME}, {"whatsapp", LABEL}, {"when", NO_NAME},
    {"where", NO_NAME}, {"who", NO_NAME}, {"why", NO_NAME}, {"wire", ROLE}, {"wires", ROLE},
    {"wirtschaft", SECTION}, {"wissen", SECTION}, {"wissenschaft", SECTION}, {"with", NO_NAME},
    {"world", SECTION}, {"writer", ROLE | NO_NAME}, {"writers", ROLE}, {"x", LABEL},
    {"y", PARTICLE}, {"year", AGO}, {"years", AGO}, {"yesterday", LABEL}, {"zu", PARTICLE},
    {"zum", PARTICLE}, {"zur", PARTICLE}, {"économie", SECTION}, {"главная", SECTION},
    {"культура", SECTION}, {"мир", SECTION}, {"наука", SECTION},
    {"новости", SECTION}, {"общество", SECTION}, {"поделиться", LABEL},
    {"политика", SECTION}, {"россия", SECTION}, {"спорт", SECTION},
    {"экономика", SECTION},
};
// clang-format on
const size_t nx_line_word_count = NX_COUNT(nx_line_words);

unsigned nx_line_word(nx_str word)
{
    char lower[NX_LINE_WORD_MAX + 1] = "";
    if (word.n == 0 || word.n > NX_LINE_WORD_MAX || word.p[word.n - 1] == '\0') {
        return 0; // a NUL at the end would be taken for padding
    }
    for (size_t i = 0; i < word.n; i++) {
        lower[i] = nx_lower(word.p[i]);
    }
    const uint64_t wanted = nx_word64_ordered(lower);
    const nx_line_word_row *end = nx_line_words + nx_line_word_count;
    const nx_line_word_row *row =
        nx_line_words + nx_rows_from(nx_line_words, sizeof *row, nx_line_word_count, wanted);
    for (; row < end && nx_word64_ordered(row->word) == wanted; row++) {
        if (memcmp(row->word, lower, sizeof lower) == 0) {
            return row->kinds;
        }
    }
    return 0;
}
