// url.c: one address for one article, whatever newsletter, phone page or archive it was found
// through. Syntax after RFC 3986; tracking parameters as the analytics vendors document theirs.
//
// Must not know: which outlet owns a host (text/outlets.h).
#include "corpus/attribute.h"

#include "base/num.h"

enum { URL_MAX = 4096, SEGMENTS_MAX = 128 };

typedef struct url_parts {
    bool https;
    nx_str host, port, path, query; // path without its first '/'
} url_parts;

static size_t find_any(nx_str s, const char *set)
{
    size_t i = 0;
    while (i < s.n && strchr(set, s.p[i]) == NULL) {
        i++;
    }
    return i;
}

// "[2001:db8::1]"
static bool is_ipv6(nx_str host)
{
    for (size_t i = 1; i + 1 < host.n; i++) {
        if (nx_hex_digit(host.p[i]) < 0 && host.p[i] != ':' && host.p[i] != '.') {
            return false;
        }
    }
    return host.n > 2 && host.p[host.n - 1] == ']';
}

static bool host_is_plain(nx_str host)
{
    if (host.n > 0 && host.p[0] == '[') {
        return is_ipv6(host);
    }
    for (size_t i = 0; i < host.n; i++) {
        unsigned char c = (unsigned char)host.p[i];
        if (c <= ' ' || c == 0x7f || strchr("\"'<>%\\^`{|}()[]@,;:", c) != NULL) {
            return false;
        }
    }
    return host.n > 0 && host.p[0] != '.' && nx_str_find(host, NX_STR(".."), 0) == SIZE_MAX;
}

// Everything after "http://".
static bool split_rest(nx_str url, bool https, url_parts *u)
{
    *u = (url_parts){.https = https};
    size_t end = find_any(url, "/?#");
    nx_str authority = nx_str_make(url.p, end);
    url = nx_str_skip(url, end);
    size_t at = authority.n;
    while (at > 0 && authority.p[at - 1] != '@') {
        at--;
    }
    authority = nx_str_skip(authority, at);
    size_t colon = authority.n;
    while (colon > 0 && nx_is_digit(authority.p[colon - 1])) {
        colon--;
    }
    u->host = authority;
    if (colon > 0 && authority.p[colon - 1] == ':') {
        u->host = nx_str_make(authority.p, colon - 1);
        u->port = nx_str_skip(authority, colon);
    }
    while (u->host.n > 0 && u->host.p[u->host.n - 1] == '.') {
        u->host.n--;
    }
    url = nx_str_make(url.p, find_any(url, "#"));
    size_t mark = find_any(url, "?");
    u->path = mark > 0 && url.p[0] == '/' ? nx_str_make(url.p + 1, mark - 1) : NX_STR("");
    u->query = mark < url.n ? nx_str_skip(url, mark + 1) : NX_STR("");
    return host_is_plain(u->host);
}

bool nx_url_is_web(nx_str s)
{
    return nx_str_starts_nocase(s, NX_STR("http://")) ||
           nx_str_starts_nocase(s, NX_STR("https://"));
}

bool nx_url_has_host(nx_str s)
{
    return nx_url_is_web(s) || nx_str_starts(s, NX_STR("//"));
}

static bool split(nx_str url, url_parts *u)
{
    if (nx_str_starts_nocase(url, NX_STR("https://"))) {
        return split_rest(nx_str_skip(url, 8), true, u);
    }
    return nx_str_starts_nocase(url, NX_STR("http://")) &&
           split_rest(nx_str_skip(url, 7), false, u);
}

// The address that a web archive's or an AMP cache's address stands for, which is its path.
// *https: the scheme it has when it is written without; NULL path: the address is its own.
static nx_str wrapped(nx_str url, const url_parts *u, bool *bare, bool *https)
{
    if (u->path.n == 0) {
        return NX_STR_NONE;
    }
    nx_str rest = nx_str_make(u->path.p, url.n - (size_t)(u->path.p - url.p));
    *bare = false;
    if (nx_str_eq_nocase(u->host, NX_STR("web.archive.org")) &&
        nx_str_starts(rest, NX_STR("web/"))) {
        size_t slash = nx_str_find(rest, NX_STR("/"), 4);
        return slash != SIZE_MAX ? nx_str_skip(rest, slash + 1) : NX_STR_NONE;
    }
    // A cache: /c/s/host/path, where c is the kind of content and s says https.
    static const char *const caches[] = {"cdn.ampproject.org", NULL};
    bool cache = nx_str_ends_any_nocase(u->host, caches) > 0 && rest.n > 2 && rest.p[1] == '/';
    bool viewer = nx_str_starts(rest, NX_STR("amp/")) &&
                  nx_str_find_nocase(u->host, NX_STR("google."), 0) != SIZE_MAX;
    if (!cache && !viewer) {
        return NX_STR_NONE;
    }
    rest = nx_str_skip(rest, viewer ? 4 : 2);
    *bare = true;
    *https = nx_str_starts(rest, NX_STR("s/"));
    return *https ? nx_str_skip(rest, 2) : rest;
}

// Would a second look find another address in this one? Then it was put together to deceive.
static bool is_wrapper(nx_str url)
{
    url_parts u;
    bool bare = false, https = false;
    return split(url, &u) && wrapped(url, &u, &bare, &https).n > 0;
}

// Splits the address of the page itself.
static bool split_unwrapped(nx_str url, url_parts *u)
{
    bool ok = url.n <= 3 * URL_MAX && split(url, u);
    while (ok) { // each turn is shorter
        bool bare = false, https = false;
        nx_str inner = wrapped(url, u, &bare, &https);
        if (inner.n == 0) {
            break;
        }
        url = inner;
        ok = bare ? split_rest(url, https, u) : split(url, u);
    }
    return ok;
}

// ---- hosts

static nx_str cut_label(nx_str host)
{
    size_t dot = nx_str_find(host, NX_STR("."), 0);
    return dot != SIZE_MAX ? nx_str_skip(host, dot + 1) : NX_STR_NONE;
}

// Is host no more than a registrable domain ("cnn.com", "bbc.co.uk")? By the shape of country
// suffixes, not by the public suffix list: it is only used to stop cutting labels.
static bool is_registrable(nx_str host)
{
    static const char *const second_level[] = {"co",  "com", "org", "net", "gov", "ac",   "edu",
                                               "or",  "ne",  "go",  "gob", "me",  "info", "web",
                                               "ltd", "plc", "nom", "gen", NULL};
    nx_str tail = cut_label(host);
    nx_str last = cut_label(tail);
    if (tail.p == NULL || last.p == NULL) {
        return true;
    }
    nx_str middle = nx_str_make(tail.p, tail.n - last.n - 1);
    return cut_label(last).p == NULL && last.n == 2 && nx_str_in_nocase(middle, second_level);
}

static const char *const mobile_labels[] = {"m", "mobile", "mobil", "amp", "wap", "touch", NULL};

// Writes the host in lower case with its phone and AMP labels undone: m.x.org is the phone face
// of www.x.org, en.m.x.org that of en.x.org.
static void add_host(nx_str host, nx_buf *out)
{
    size_t start = out->len, end = 0;
    bool cut = false;
    while (!is_registrable(host)) {
        end = nx_str_find(host, NX_STR("."), 0);
        if (!nx_str_in_nocase(nx_str_make(host.p, end), mobile_labels)) {
            break;
        }
        host = nx_str_skip(host, end + 1);
        cut = true;
    }
    if (cut && is_registrable(host)) {
        nx_buf_addz(out, "www.");
    }
    while (host.n > 0) {
        end = nx_str_find(host, NX_STR("."), 0);
        end = end != SIZE_MAX ? end : host.n;
        nx_buf_add(out, host.p, end);
        host = nx_str_skip(host, end);
        while (nx_str_starts_nocase(host, NX_STR(".m.")) && !is_registrable(nx_str_skip(host, 1))) {
            host = nx_str_skip(host, 2);
        }
        if (host.n > 0) {
            nx_buf_addc(out, '.');
            host = nx_str_skip(host, 1);
        }
    }
    for (size_t i = start; i < out->len; i++) {
        out->data[i] = nx_lower(out->data[i]);
    }
}

nx_str nx_url_host(nx_str url, char *scratch, size_t scratch_size)
{
    static const char *const faces[] = {
        "m",        "mobile",  "mobil", "amp",    "wap", "touch",  "rss",     "feeds", "feed",
        "rssfeeds", "edition", "beta",  "secure", "web", "origin", "preview", NULL};
    url_parts u;
    url = nx_str_trim(url);
    nx_str host = split_unwrapped(url, &u) ? u.host : nx_str_make(url.p, find_any(url, "/?#:"));
    if (host.n == 0 || host.n >= scratch_size || !host_is_plain(host) ||
        nx_str_find(host, NX_STR("."), 0) == SIZE_MAX) {
        return nx_str_make(scratch, 0);
    }
    while (!is_registrable(host)) {
        nx_str rest = cut_label(host);
        nx_str label = nx_str_make(host.p, host.n - rest.n - 1);
        bool www = nx_str_starts_nocase(label, NX_STR("www")) && label.n <= 5;
        bool country = label.n == 2 && nx_is_alpha(label.p[0]) && nx_is_alpha(label.p[1]);
        if (!www && !country && !nx_str_in_nocase(label, faces)) {
            break;
        }
        host = rest;
    }
    for (size_t i = 0; i < host.n; i++) {
        scratch[i] = nx_lower(host.p[i]);
    }
    return nx_str_make(scratch, host.n);
}

// ---- percent encoding

static bool is_unreserved(unsigned char c)
{
    return nx_is_alpha((char)c) || nx_is_digit((char)c) || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

static size_t put_escaped(char *out, unsigned char c)
{
    static const char hex[] = "0123456789ABCDEF";
    out[0] = '%';
    out[1] = hex[c >> 4];
    out[2] = hex[c & 15];
    return 3;
}

// Escapes that need not be are undone, bytes that must be escaped are, with capital digits. out
// has room for 3 * s.n bytes.
static size_t normalise(nx_str s, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        int high = c == '%' && i + 2 < s.n ? nx_hex_digit(s.p[i + 1]) : -1;
        int low = high >= 0 ? nx_hex_digit(s.p[i + 2]) : -1;
        bool escape = c <= ' ' || c >= 0x7f || strchr("\"<>%\\^`{|}", c) != NULL;
        if (low >= 0) {
            c = (unsigned char)(high * 16 + low);
            escape = !is_unreserved(c);
            i += 2;
        }
        if (escape) {
            n += put_escaped(out + n, c);
        } else {
            out[n++] = (char)c;
        }
    }
    return n;
}

// ---- paths

static bool is_index_page(nx_str name)
{
    static const char *const names[] = {"index.html", "index.htm",  "index.shtml",  "index.php",
                                        "index.asp",  "index.aspx", "default.aspx", NULL};
    return nx_str_in_nocase(name, names);
}

// Without AMP's endings: "story.amp", and "story_amp" where ".html" follows.
static nx_str without_amp(nx_str s, bool page)
{
    while (s.n > 4 &&
           (nx_str_ends(s, NX_STR(".amp")) || (page && nx_str_ends(s, NX_STR("_amp"))))) {
        s.n -= 4;
    }
    return s;
}

// "story.amp", "story.amp.html", "story_amp.html" -> how the page's own name is written: the result
// and *ending.
static nx_str own_name(nx_str s, nx_str *ending)
{
    size_t session = nx_str_find_nocase(s, NX_STR(";jsessionid="), 0);
    s.n = session != SIZE_MAX ? session : s.n;
    *ending = NX_STR("");
    s = without_amp(s, false);
    if (nx_str_ends(s, NX_STR(".html")) || nx_str_ends(s, NX_STR(".htm"))) {
        size_t n = nx_str_ends(s, NX_STR(".htm")) ? 4 : 5;
        *ending = nx_str_skip(s, s.n - n);
        s = without_amp(nx_str_make(s.p, s.n - n), true);
    }
    return s;
}

// Is a last segment, by its own name, an index page, dots, or AMP's marker beside others?
static bool says_nothing(nx_str s, bool alone)
{
    char bytes[32];
    nx_str ending, name = own_name(s, &ending);
    if (name.n + ending.n >= sizeof bytes) {
        return false;
    }
    memcpy(bytes, name.p, name.n);
    memcpy(bytes + name.n, ending.p, ending.n);
    name = nx_str_make(bytes, name.n + ending.n);
    bool amp = nx_str_eq(name, NX_STR("amp")) || nx_str_eq(name, NX_STR("amp.html"));
    bool dots = nx_str_eq(name, NX_STR(".")) || nx_str_eq(name, NX_STR(".."));
    return name.n == 0 || dots || is_index_page(name) || (amp && !alone);
}

// The segments of a path that matter: dots resolved, AMP markers, index pages and the trailing
// slash left out.
static size_t path_segments(nx_str path, nx_str *segments)
{
    size_t count = 0;
    while (path.n > 0 && count < SEGMENTS_MAX) {
        size_t end = find_any(path, "/");
        nx_str s = nx_str_make(path.p, end);
        path = end < path.n ? nx_str_skip(path, end + 1) : NX_STR_NONE;
        if (nx_str_eq(s, NX_STR(".."))) {
            count -= count > 0;
        } else if (!nx_str_eq(s, NX_STR("."))) {
            segments[count++] = s;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool amp =
            nx_str_eq(segments[i], NX_STR("amp")) || nx_str_eq(segments[i], NX_STR("amp.html"));
        if (amp && count > 1) {
            bool platform = kept > 0 && nx_str_eq(segments[kept - 1], NX_STR("platform"));
            kept -= platform;
            continue;
        }
        segments[kept++] = segments[i];
    }
    while (kept > 0 && says_nothing(segments[kept - 1], kept == 1)) {
        kept--;
    }
    return kept;
}

static void add_path(nx_str path, nx_buf *out)
{
    nx_str segments[SEGMENTS_MAX];
    size_t count = path_segments(path, segments);
    if (count == 0) {
        nx_buf_addc(out, '/');
    }
    for (size_t i = 0; i < count; i++) {
        nx_buf_addc(out, '/');
        if (i + 1 < count) {
            nx_buf_adds(out, segments[i]);
        } else {
            nx_str ending, name = own_name(segments[i], &ending);
            nx_buf_adds(out, name);
            nx_buf_adds(out, ending);
        }
    }
}

// ---- queries

// Parameters that say how the reader came, never what is shown.
static bool is_tracking(nx_str key, nx_str value)
{
    static const char *const prefixes[] = {
        "utm_", "hsa_", "mc_",     "pk_",  "mtm_", "matomo_", "ns_",  "at_",  "fb_",
        "itm_", "trk_", "vero_",   "oly_", "wt.",  "wt_mc",   "soc_", "guce", "amp_",
        "_hs",  "ga_",  "s_kwcid", "stm_", "iref", "__",      "mkt_", NULL};
    static const char *const always[] = {"fbclid",     "gclid",
                                         "gclsrc",     "dclid",
                                         "gbraid",     "wbraid",
                                         "msclkid",    "yclid",
                                         "twclid",     "ttclid",
                                         "igshid",     "igsh",
                                         "_ga",        "_gl",
                                         "ncid",       "cmpid",
                                         "cmp",        "ocid",
                                         "smid",       "smtyp",
                                         "smprod",     "emc",
                                         "rss",        "rssfeed",
                                         "feedtype",   "feedname",
                                         "ftag",       "ito",
                                         "icid",       "intcmp",
                                         "intcid",     "_r",
                                         "pgtype",     "clicksource",
                                         "guccounter", "tsrc",
                                         ".tsrc",      "fsrc",
                                         "srnd",       "sref",
                                         "leadsource", "ex_cid",
                                         "mbid",       "wpisrc",
                                         "wpmm",       "dicbo",
                                         "ref_src",    "ref_url",
                                         "referrer",   "referer",
                                         "xtor",       "xtref",
                                         "amp",        "campaign_id",
                                         "phpsessid",  "jsessionid",
                                         "echobox",    "taid",
                                         "cvid",       "ei",
                                         "usqp",       "traffic_source",
                                         "outputtype", "kw_launcher_in_iframe",
                                         NULL};
    // These carry content on some sites: dropped only when the value names a way of arriving.
    static const char *const sometimes[] = {"ref",     "source", "src", "from",    "via",
                                            "partner", "mod",    "cid", "medium",  "share",
                                            "origin",  "output", "s",   "channel", NULL};
    static const char *const ways[] = {
        "rss",     "feed",     "feeds",      "atom",     "twitter", "facebook",   "fb",
        "tw",      "linkedin", "whatsapp",   "telegram", "reddit",  "social",     "share",
        "email",   "mail",     "newsletter", "nl",       "google",  "googlenews", "homepage",
        "hp",      "push",     "amp",        "app",      "mobile",  "desktop",    "copylink",
        "rssfeed", "rss_feed", "applenews",  NULL};
    return nx_str_starts_any_nocase(key, prefixes) > 0 || nx_str_in_nocase(key, always) ||
           (nx_str_in_nocase(key, sometimes) && nx_str_in_nocase(value, ways));
}

static void add_query(nx_str query, nx_buf *out)
{
    char before = '?';
    while (query.n > 0) {
        size_t end = find_any(query, "&");
        nx_str pair = nx_str_make(query.p, end);
        query = end < query.n ? nx_str_skip(query, end + 1) : NX_STR_NONE;
        while (nx_str_starts(pair, NX_STR("amp;"))) {
            pair = nx_str_skip(pair, 4); // "&amp;" that was never decoded
        }
        size_t equals = find_any(pair, "=");
        nx_str value = equals < pair.n ? nx_str_skip(pair, equals + 1) : NX_STR("");
        if (pair.n > 0 && !is_tracking(nx_str_make(pair.p, equals), value)) {
            nx_buf_addc(out, before);
            nx_buf_adds(out, pair);
            before = '&';
        }
    }
}

static bool add_port(const url_parts *u, nx_buf *out)
{
    uint64_t port = 0;
    if (u->port.n == 0) {
        return true;
    }
    if (!nx_parse_u64(u->port, &port) || port == 0 || port > 65535) {
        return false;
    }
    if (port != (u->https ? 443 : 80)) {
        nx_buf_addf(out, ":%u", (unsigned)port);
    }
    return true;
}

// Where path, query and fragment begin.
static size_t after_authority(nx_str url)
{
    size_t at = nx_str_find(url, NX_STR("://"), 0);
    at = at != SIZE_MAX ? at + 3 : 0;
    return at + find_any(nx_str_skip(url, at), "/?#");
}

bool nx_url_canonical(nx_str url, nx_buf *out)
{
    url_parts u;
    char plain[3 * URL_MAX];
    url = nx_str_trim(url);
    if (url.n == 0 || url.n > URL_MAX) {
        return false;
    }
    size_t n = after_authority(url);
    memcpy(plain, url.p, n);
    n += normalise(nx_str_skip(url, n), plain + n);
    if (!split_unwrapped(nx_str_make(plain, n), &u)) {
        return false;
    }
    size_t start = out->len;
    nx_buf_addz(out, u.https ? "https://" : "http://");
    add_host(u.host, out);
    bool ok = add_port(&u, out);
    add_path(u.path, out);
    add_query(u.query, out);
    ok = ok && out->len >= start && out->len - start <= URL_MAX && // escapes take more room
         !is_wrapper(nx_str_skip(nx_buf_str(out), start));
    if (!ok && !out->failed) {
        nx_buf_truncate(out, start);
    }
    return ok;
}
