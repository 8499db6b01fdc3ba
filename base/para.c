// para.c: see para.h.
#include "base/para.h"

#include "base/tty.h"
#include "base/utf8.h"

enum { TEXT_MAX = 1 << 26 };

static const char *const starts[] = {
    [NX_FACE_PLAIN] = "",           [NX_FACE_BOLD] = "\033[1m",       [NX_FACE_DIM] = "\033[2m",
    [NX_FACE_TITLE] = "\033[1;34m", [NX_FACE_REMOVED] = "\033[9;31m", [NX_FACE_ADDED] = "\033[32m"};

void nx_face_add(nx_buf *out, nx_str text, nx_face face, bool color)
{
    bool styled = color && face != NX_FACE_PLAIN;
    nx_buf_addz(out, styled ? starts[face] : "");
    nx_tty_add_safe(out, text, false);
    nx_buf_addz(out, styled ? "\033[0m" : "");
}

void nx_para_begin(nx_para *p, nx_buf *out, int columns, int at, int indent, bool color)
{
    *p = (nx_para){.out = out, .columns = columns, .indent = indent, .color = color, .at = at};
    nx_buf_init(&p->word, TEXT_MAX);
    nx_buf_init(&p->safe, TEXT_MAX);
}

// Puts the word in the making on this line or the next.
static void place_word(nx_para *p)
{
    if (p->word.len == 0) {
        return;
    }
    int width = p->word_width + (p->gap ? 1 : 0);
    if (p->at > p->indent && p->at + width > p->columns) {
        nx_buf_addf(p->out, "\n%*s", p->indent, "");
        p->at = p->indent;
    } else if (p->gap && p->at > p->indent) {
        nx_buf_addc(p->out, ' ');
        p->at++;
    }
    nx_buf_adds(p->out, nx_buf_str(&p->word));
    p->at += p->word_width;
    p->word_width = 0;
    p->gap = false;
    nx_buf_clear(&p->word);
}

void nx_para_add(nx_para *p, nx_str text, nx_face face)
{
    bool styled = p->color && face != NX_FACE_PLAIN, open = false;
    nx_buf_clear(&p->safe);
    nx_tty_add_safe(&p->safe, text, false);
    nx_str safe = nx_buf_str(&p->safe);
    for (size_t i = 0; i < safe.n;) {
        size_t start = i;
        uint32_t c = nx_utf8_decode(safe, i, &i, NULL);
        int width = nx_utf8_width(c);
        bool space = c == ' ';
        // Scripts written in wide characters break between any two of them.
        if (open && (space || width == 2)) {
            nx_buf_addz(&p->word, "\033[0m");
            open = false;
        }
        if (space || width == 2) {
            place_word(p);
        }
        if (space) {
            p->gap = true;
            continue;
        }
        if (styled && !open) {
            nx_buf_addz(&p->word, starts[face]);
            open = true;
        }
        nx_buf_add(&p->word, safe.p + start, i - start);
        p->word_width += width;
    }
    if (open) {
        nx_buf_addz(&p->word, "\033[0m");
    }
}

void nx_para_end(nx_para *p)
{
    bool failed = p->word.failed || p->safe.failed;
    place_word(p);
    nx_buf_addc(p->out, '\n');
    nx_buf_release(&p->word);
    nx_buf_release(&p->safe);
    p->out->failed = p->out->failed || failed;
}

bool nx_para_begun(const nx_para *p)
{
    return p->at > p->indent || p->word.len > 0;
}
