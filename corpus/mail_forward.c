// mail_forward.c: see mail_forward.h.
#include "corpus/mail_forward.h"

enum {
    WORDS_MAX = 600, // bytes of what somebody says of what is passed on
    HEADERS_MIN = 3, // of a block
    LABEL_MAX = 24,
};

typedef enum what { NO_HEADER, OTHER, FROM, DATE, SUBJECT } what;

static what header_of(nx_str line, nx_str *value)
{
    static const struct {
        const char *name;
        what what;
    } names[] = {
        // beyond ASCII with the capital they have
        {"from", FROM},        {"von", FROM},        {"de", FROM},       {"da", FROM},
        {"van", FROM},         {"od", FROM},         {"från", FROM},     {"fra", FROM},
        {"От", FROM},          {"От кого", FROM},    {"发件人", FROM},   {"差出人", FROM},
        {"sent", DATE},        {"date", DATE},       {"gesendet", DATE}, {"datum", DATE},
        {"envoyé", DATE},      {"envoyé le", DATE},  {"enviado", DATE},  {"enviado el", DATE},
        {"enviada em", DATE},  {"fecha", DATE},      {"inviato", DATE},  {"data", DATE},
        {"verzonden", DATE},   {"skickat", DATE},    {"wysłano", DATE},  {"Отправлено", DATE},
        {"Дата", DATE},        {"发送时间", DATE},   {"日時", DATE},     {"送信日時", DATE},
        {"subject", SUBJECT},  {"betreff", SUBJECT}, {"objet", SUBJECT}, {"asunto", SUBJECT},
        {"assunto", SUBJECT},  {"oggetto", SUBJECT}, {"Ämne", SUBJECT},  {"onderwerp", SUBJECT},
        {"temat", SUBJECT},    {"Тема", SUBJECT},    {"主题", SUBJECT},  {"件名", SUBJECT},
        {"emne", SUBJECT},     {"to", OTHER},        {"an", OTHER},      {"À", OTHER},
        {"para", OTHER},       {"a", OTHER},         {"aan", OTHER},     {"till", OTHER},
        {"til", OTHER},        {"do", OTHER},        {"Кому", OTHER},    {"cc", OTHER},
        {"kopie", OTHER},      {"reply-to", OTHER},  {"收件人", OTHER},  {"宛先", OTHER},
        {"importance", OTHER}, {"priorité", OTHER},
    };
    line = nx_str_trim(line);
    const char *colon = memchr(line.p, ':', line.n < LABEL_MAX ? line.n : LABEL_MAX);
    nx_str label = colon != NULL ? nx_str_make(line.p, (size_t)(colon - line.p)) : NX_STR_NONE;
    while (label.n > 0 && (label.p[0] == '*' || label.p[0] == '>' || label.p[0] == ' ')) {
        label = nx_str_skip(label, 1); // "*De :*", "> From:"
    }
    label = nx_str_trim(label);
    if (nx_str_ends(label, NX_STR("\u00a0"))) {
        label.n -= 2;
    }
    for (size_t i = 0; i < NX_COUNT(names) && label.n > 0; i++) {
        if (nx_str_eq_nocase(label, nx_str_of(names[i].name))) {
            *value = nx_str_skip(line, (size_t)(colon - line.p) + 1);
            while (value->n > 0 && (value->p[0] == '*' || value->p[0] == ' ')) {
                *value = nx_str_skip(*value, 1);
            }
            return names[i].what;
        }
    }
    return NO_HEADER;
}

bool nx_mail_is_header(nx_str line)
{
    nx_str value;
    return header_of(line, &value) != NO_HEADER;
}

// The block that begins at at; false: less than a block.
static bool read_block(nx_str text, size_t at, nx_mail_forward *out)
{
    *out = (nx_mail_forward){.text = NX_STR_NONE};
    size_t headers = 0;
    for (size_t next = at; at < text.n; at = next, headers++) {
        nx_str value, line = nx_str_line(text, at, &next);
        what is = header_of(line, &value);
        if (is == NO_HEADER) {
            break;
        }
        nx_str *to = is == FROM ? &out->from : is == DATE ? &out->date : &out->subject;
        if (is != OTHER && to->n == 0) {
            *to = value;
        }
    }
    out->text = nx_str_trim(nx_str_skip(text, at));
    return headers >= HEADERS_MIN && out->from.n > 0 && out->text.n > 0;
}

bool nx_mail_find_forward(nx_str text, nx_mail_forward *out)
{
    for (size_t at = 0, next = 0; at < text.n && at < WORDS_MAX; at = next) {
        nx_str value;
        if (header_of(nx_str_line(text, at, &next), &value) == FROM && read_block(text, at, out)) {
            return true;
        }
    }
    return false;
}
