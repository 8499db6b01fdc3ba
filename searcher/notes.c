// notes.c: see notes.h.
#include "searcher/notes.h"

#include "base/num.h"
#include "base/tty.h"

static void begin(const nx_answer *a, nx_buf *out)
{
    nx_buf_addz(out, "newssearch: ");
    if (a->topic.n > 0) {
        nx_tty_add_safe(out, a->topic, false);
        nx_buf_addz(out, ": ");
    }
}

static void undated(const nx_answer *a, nx_buf *out)
{
    char text[28];
    if (!a->counts.undated_known || a->counts.undated == 0) {
        return;
    }
    begin(a, out);
    nx_buf_addf(out, "%s undated article%s left out by the date filter\n",
                nx_format_count(text, a->counts.undated), a->counts.undated == 1 ? "" : "s");
}

static void suggestion(const nx_answer *a, nx_buf *out)
{
    char text[28];
    if (a->suggestion.n == 0) {
        return;
    }
    begin(a, out);
    nx_buf_addz(out, "did you mean: ");
    nx_tty_add_safe(out, a->suggestion, false);
    nx_buf_addf(out, " (%s article%s)\n", nx_format_count(text, a->suggestion_hits),
                a->suggestion_hits == 1 ? "" : "s");
}

void nx_notes_add(const nx_answer *a, nx_buf *out)
{
    for (const nx_note *n = a->parsed != NULL ? a->parsed->notes : NULL; n != NULL; n = n->next) {
        begin(a, out);
        nx_tty_add_safe(out, nx_str_of(n->text), false);
        nx_buf_addc(out, '\n');
    }
    if (a->parsed != NULL && a->parsed->note_count > a->parsed->notes_kept) {
        begin(a, out);
        nx_buf_addf(out, "more notes of this kind: %zu\n",
                    a->parsed->note_count - a->parsed->notes_kept);
    }
    undated(a, out);
    suggestion(a, out);
}
