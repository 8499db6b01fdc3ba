// outlets.c: outlets by host and by name, wire agencies by the ways they are credited.
//
// Names, hosts and aliases are general knowledge; a name that is not in the tables is simply not
// recognised. Must not know: where in an article the name stood.
#include "corpus/attribute.h"

#include "base/utf8.h"
#include "corpus/letters.h"
#include "corpus/outlets_table.h"

enum { KEY_MAX = 80 };

static nx_str look_up(const nx_outlet_row *rows, size_t count, nx_str key)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = nx_str_cmp(key, nx_str_of(rows[mid].key));
        if (c == 0) {
            return nx_str_of(rows[mid].name);
        }
        if (c < 0) {
            high = mid;
        } else {
            low = mid + 1;
        }
    }
    return NX_STR_NONE;
}

nx_str nx_outlet_by_host(nx_str host)
{
    char lower[256];
    if (host.n >= sizeof lower) {
        return NX_STR_NONE;
    }
    for (size_t i = 0; i < host.n; i++) {
        lower[i] = nx_lower(host.p[i]);
    }
    nx_str rest = nx_str_make(lower, host.n);
    while (nx_str_find(rest, NX_STR("."), 0) != SIZE_MAX) {
        nx_str name = look_up(nx_outlet_hosts, nx_outlet_host_count, rest);
        if (name.p != NULL) {
            return name;
        }
        size_t dot = nx_str_find(rest, NX_STR("."), 0);
        rest = nx_str_make(rest.p + dot + 1, rest.n - dot - 1);
    }
    return NX_STR_NONE;
}

// The key of a name; see outlets_table.h. Empty when it is too long for any outlet's.
static nx_str fold_name(nx_str name, char key[KEY_MAX])
{
    size_t n = 0;
    bool space = false;
    for (size_t i = 0, next = 0; i < name.n; i = next) {
        uint32_t c = nx_utf8_decode(name, i, &next, NULL);
        if (c == '.') {
            continue;
        }
        if (c == ' ' || c == '-' || c == '_' || c == '/' || c == 0xa0) {
            space = n > 0;
            continue;
        }
        if (n + 5 > KEY_MAX) {
            return NX_STR("");
        }
        if (space) {
            key[n++] = ' ';
            space = false;
        }
        n += nx_utf8_encode(c == 0x2019 ? '\'' : nx_letter_lower(c), key + n);
    }
    nx_str folded = nx_str_make(key, n);
    if (nx_str_starts(folded, NX_STR("the ")) && n > 4) {
        folded = nx_str_make(key + 4, n - 4);
    }
    return folded;
}

nx_str nx_outlet_by_name(nx_str name)
{
    char key[KEY_MAX];
    nx_str folded = fold_name(nx_str_trim(name), key);
    return folded.n > 0 ? look_up(nx_outlet_names, nx_outlet_name_count, folded) : NX_STR_NONE;
}

typedef struct agency_row {
    const char *name;
    const char *codes;   // as printed, case and all; '|' between
    const char *aliases; // folded as outlet names are; '|' between
} agency_row;

static const agency_row agencies[] = {
    {"AP", "AP|A.P.", "associated press|ap writer|ap news"},
    {"Reuters", "RTRS", "reuters|thomson reuters|reuters health|reuters news agency|reuter|рейтер"},
    {"AFP", "AFP|Afp", "agence france presse|agence france presse (afp)|afp factcheck"},
    {"dpa", "dpa|DPA|dpa-AFX|dpa/lno", "deutsche presse agentur|dpa international"},
    {"EFE", "EFE|Efe", "agencia efe"},
    {"ANSA", "ANSA", "agenzia ansa"},
    {"TASS", "TASS|ITAR-TASS|ТАСС|ИТАР-ТАСС", "tass|itar tass"},
    {"Interfax", "", "interfax|interfaxru|интерфакс|interfax ukraine|интерфакс украина"},
    {"RIA Novosti", "РИА", "ria novosti|риа новости|ria"},
    {"Xinhua", "", "xinhua|xinhua news agency|新华社|新华网"},
    {"Kyodo News", "", "kyodo|kyodo news"},
    {"Jiji Press", "", "jiji|jiji press"},
    {"Yonhap News Agency", "", "yonhap|yonhap news agency|yonhap news"},
    {"KCNA", "KCNA", "korean central news agency"},
    {"PTI", "PTI", "press trust of india"},
    {"ANI", "ANI", "asian news international"},
    {"IANS", "IANS", "indo asian news service"},
    {"UNI", "UNI", "united news of india"},
    {"APP", "APP", "associated press of pakistan"},
    {"UPI", "UPI", "united press international"},
    {"Bloomberg", "", "bloomberg|bloomberg news"},
    {"Dow Jones", "", "dow jones|dow jones newswires"},
    {"The Canadian Press", "CP", "canadian press|la presse canadienne|presse canadienne"},
    {"AAP", "AAP", "australian associated press"},
    {"PA", "PA|P.A.", "press association|pa media|pa news"},
    {"APA", "APA", "austria presse agentur"},
    {"SID", "SID|sid", "sport informations dienst"},
    {"KNA", "KNA", "katholische nachrichten agentur"},
    {"epd", "epd", "evangelischer pressedienst"},
    {"AFX", "AFX", ""},
    {"Keystone-SDA", "sda|SDA|ats|ATS|Keystone-SDA|Keystone-ATS", "schweizerische depeschenagentur"},
    {"Belga", "BELGA", "belga|agence belga"},
    {"ANP", "ANP", "algemeen nederlands persbureau"},
    {"Lusa", "LUSA", "lusa|agência lusa"},
    {"Europa Press", "EUROPA PRESS", "europa press"},
    {"Notimex", "", "notimex"},
    {"Agência Brasil", "", "agência brasil|agencia brasil"},
    {"Estadão Conteúdo", "", "estadão conteúdo"},
    {"Folhapress", "", "folhapress"},
    {"Adnkronos", "ADNKRONOS", "adnkronos"},
    {"AGI", "AGI", "agenzia giornalistica italia"},
    {"TT", "TT", "tt nyhetsbyrån"},
    {"NTB", "NTB|ntb", "norsk telegrambyrå"},
    {"Ritzau", "", "ritzau"},
    {"STT", "STT", "suomen tietotoimisto"},
    {"PAP", "PAP", "polska agencja prasowa"},
    {"ČTK", "ČTK|CTK", ""},
    {"TASR", "TASR", ""},
    {"MTI", "MTI", "magyar távirati iroda"},
    {"Agerpres", "AGERPRES", "agerpres"},
    {"BTA", "BTA", "bulgarian news agency"},
    {"Tanjug", "", "tanjug"},
    {"Hina", "HINA", "hina"},
    {"BNS", "BNS", "baltic news service"},
    {"Ukrinform", "", "ukrinform|укринформ"},
    {"UNIAN", "УНИАН", "unian"},
    {"Anadolu", "AA", "anadolu|anadolu agency|anadolu ajansı"},
    {"MENA", "MENA", "middle east news agency"},
    {"SPA", "SPA|واس", "saudi press agency"},
    {"WAM", "WAM", "emirates news agency"},
    {"KUNA", "KUNA", "kuwait news agency"},
    {"QNA", "QNA", "qatar news agency"},
    {"BNA", "BNA", "bahrain news agency"},
    {"Petra", "", "petra|petra news agency"},
    {"SANA", "SANA", "syrian arab news agency"},
    {"IRNA", "IRNA", "islamic republic news agency"},
    {"ISNA", "ISNA", "iranian students news agency"},
    {"NAN", "NAN", "news agency of nigeria"},
    {"GNA", "GNA", "ghana news agency"},
    {"PANA", "PANA", "panapress|panafrican news agency"},
    {"BERNAMA", "", "bernama|malaysian national news agency"},
    {"Antara", "ANTARA", "antara|antara news agency"},
    {"VNA", "VNA", "vietnam news agency"},
    {"CNA", "", "central news agency"},
    {"Tribune News Service", "TNS|MCT", "tribune news service|mcclatchy tribune"},
    {"RNS", "RNS", "religion news service"},
    {"IPS", "IPS", "inter press service"},
    {"PR Newswire", "", "pr newswire|prnewswire|prnewswire usnewswire|us newswire"},
    {"Business Wire", "", "business wire|businesswire"},
    {"GlobeNewswire", "", "globenewswire|globe newswire"},
    {"HealthDay", "", "healthday|healthday news"},
    {"Newswise", "", "newswise"},
};

// Is s one of the '|'-separated items?
static bool in_items(const char *items, nx_str s)
{
    while (*items != '\0' && s.n > 0) {
        const char *bar = strchr(items, '|');
        size_t n = bar != NULL ? (size_t)(bar - items) : strlen(items);
        if (n == s.n && memcmp(items, s.p, n) == 0) {
            return true;
        }
        items += n + (bar != NULL);
    }
    return false;
}

enum { AGENCY_BYTES = 80 }; // more than any name in the table has

nx_str nx_agency_by_name(nx_str name)
{
    name = nx_str_trim(name);
    while (name.n >= 2 && (name.p[0] == '(' || name.p[0] == '[') &&
           (name.p[name.n - 1] == ')' || name.p[name.n - 1] == ']')) {
        name = nx_str_trim(nx_str_make(name.p + 1, name.n - 2));
    }
    if (name.n > AGENCY_BYTES) {
        return NX_STR_NONE; // prose, which is asked about often
    }
    char key[KEY_MAX];
    nx_str folded = fold_name(name, key);
    for (size_t i = 0; i < sizeof agencies / sizeof agencies[0]; i++) {
        if (in_items(agencies[i].codes, name) || in_items(agencies[i].aliases, folded)) {
            return nx_str_of(agencies[i].name);
        }
    }
    return NX_STR_NONE;
}
