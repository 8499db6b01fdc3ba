// mail_text.c: see mail_text.h.
#include "corpus/mail_text.h"

#include "corpus/mail_forward.h"

enum {
    WRAPPED_MIN = 45,     // bytes of a line that may have been wrapped
    FOOTER_LINES = 12,    // the last paragraphs of a text, in which a footer is looked for
    GREETING_LINES = 3,   // the first ones
    FRAME_LINE_MAX = 500, // bytes of a paragraph that says nothing of its own
};

static nx_str unquote(nx_str s)
{
    s = nx_str_trim(s);
    while (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0]) {
        s = nx_str_trim(nx_str_make(s.p + 1, s.n - 2));
    }
    return s;
}

nx_mail_address nx_mail_parse_address(nx_str decoded)
{
    nx_mail_address found = {NX_STR_NONE, NX_STR_NONE, NX_STR_NONE};
    size_t open = nx_str_find(decoded, NX_STR("<"), 0);
    nx_str address = decoded;
    if (open != SIZE_MAX) {
        size_t close = nx_str_find(decoded, NX_STR(">"), open);
        close = close != SIZE_MAX ? close : decoded.n;
        address = nx_str_make(decoded.p + open + 1, close - open - 1);
        found.name = unquote(nx_str_make(decoded.p, open));
    } else {
        size_t comment = nx_str_find(decoded, NX_STR("("), 0); // jane@example.org (Jane Doe)
        size_t end = comment != SIZE_MAX ? nx_str_find(decoded, NX_STR(")"), comment) : SIZE_MAX;
        if (end != SIZE_MAX) {
            found.name = unquote(nx_str_make(decoded.p + comment + 1, end - comment - 1));
            address.n = comment;
        }
    }
    address = nx_str_trim(address);
    size_t at = nx_str_find(address, NX_STR("@"), 0);
    if (at != SIZE_MAX) {
        found.box = nx_str_make(address.p, at);
        found.host = nx_str_skip(address, at + 1);
        size_t end = 0;
        while (end < found.host.n &&
               (nx_is_alpha(found.host.p[end]) || nx_is_digit(found.host.p[end]) ||
                found.host.p[end] == '.' || found.host.p[end] == '-')) {
            end++;
        }
        found.host.n = end;
        if (nx_str_find(found.name, NX_STR("@"), 0) != SIZE_MAX) {
            found.name = NX_STR_NONE; // the address once more
        }
    }
    return found;
}

// ---- plain text

// A line that begins something of its own: an item of a list, a rule, a link, indented text.
static bool begins_paragraph(nx_str line)
{
    if (line.n == 0 || nx_is_space(line.p[0])) {
        return true;
    }
    return memchr("*-=_+#>|", line.p[0], 8) != NULL || nx_is_digit(line.p[0]) ||
           nx_str_starts_nocase(line, NX_STR("http")) || nx_mail_is_header(line);
}

// Lines drawn with "-----", "=====", "*****".
static bool is_rule(nx_str line)
{
    line = nx_str_trim(line);
    for (size_t i = 0; i < line.n; i++) {
        if (memchr("-=_*+~#.<>| ", line.p[i], 12) == NULL) {
            return false;
        }
    }
    return line.n > 0;
}

void nx_mail_add_plain(nx_str text, bool flowed, nx_buf *out)
{
    size_t next = 0;
    bool joins = false; // the line before goes on in this one
    for (size_t i = 0; i < text.n; i = next) {
        nx_str line = nx_str_line(text, i, &next);
        if (nx_str_eq(line, NX_STR("-- "))) {
            break;
        }
        if (is_rule(line) || nx_str_trim(line).n == 0) {
            joins = false;
            continue;
        }
        bool soft = line.p[line.n - 1] == ' ';
        joins = joins && (flowed || !begins_paragraph(line));
        if (out->len > 0) {
            nx_buf_addc(out, joins ? ' ' : '\n');
        }
        nx_buf_adds(out, nx_str_trim(line));
        joins = flowed ? soft : line.n >= WRAPPED_MIN;
    }
    if (out->len > 0) {
        nx_buf_addc(out, '\n');
    }
}

// ---- footers

static const char *const farewells[] = {
    "unsubscribe",
    "manage your preferences",
    "manage your subscription",
    "you are receiving this",
    "you received this",
    "you're receiving this",
    "to be removed",
    "abbestellen",
    "abmelden",
    "désabonner",
    "désinscrire",
    "cancelar la suscripci",
    "darse de baja",
    "cancelar inscri",
    "annulla iscrizione",
    "disiscri",
    "uitschrijven",
    "отписаться",
    " is a reader-supported publication",
    "you're currently a free subscriber",
    "you\u2019re currently a free subscriber",
    "you are reading a plain text version",
    NULL,
};
static const char *const greetings[] = {
    "in your browser", "in a browser",    "not displaying",
    "trouble viewing", "view this email", "view online version",
    "view this post",  "open in app",     "read online",
    "view image: (",   "im browser",      "dans votre navigateur",
    "en su navegador", "nel browser",     NULL,
};

static nx_str without_greeting(nx_str text)
{
    for (int lines = 0; lines < GREETING_LINES; lines++) {
        size_t end = nx_str_find(text, NX_STR("\n"), 0);
        if (end == SIZE_MAX || end > FRAME_LINE_MAX ||
            !nx_str_has_any_nocase(nx_str_make(text.p, end), greetings)) {
            break;
        }
        text = nx_str_skip(text, end + 1);
    }
    return text;
}

nx_str nx_mail_without_frame(nx_str text)
{
    text = without_greeting(nx_str_trim(text));
    size_t cut = text.n, end = text.n;
    for (int lines = 0; lines < FOOTER_LINES && end > 0; lines++) {
        size_t start = end;
        while (start > 0 && text.p[start - 1] != '\n') {
            start--;
        }
        nx_str line = nx_str_make(text.p + start, end - start);
        if (line.n > FRAME_LINE_MAX) {
            break;
        }
        if (nx_str_has_any_nocase(line, farewells)) {
            cut = start;
        }
        end = start > 0 ? start - 1 : 0;
    }
    // A text that is nothing but a footer is left as it is.
    return cut > 0 ? nx_str_trim(nx_str_make(text.p, cut)) : text;
}

bool nx_mail_is_person(nx_str name)
{
    size_t words = 0;
    for (size_t i = 0; i < name.n;) {
        size_t capitals = 0, start = i;
        for (; i < name.n && name.p[i] != ' '; i++) {
            if (nx_is_digit(name.p[i]) || name.p[i] == ':' || name.p[i] == '/') {
                return false;
            }
            capitals += nx_is_upper(name.p[i]) && (i == start || name.p[i - 1] != '-');
        }
        // "McDonald" and "J.R." have two; "CNET" and "ZDNet" are no names of persons.
        bool initials = i > start && name.p[i - 1] == '.';
        if (capitals > 2 || (capitals == 2 && i - start < 4 && !initials)) {
            return false;
        }
        words += i > start;
        i += i < name.n;
    }
    return words == 2 || words == 3;
}
