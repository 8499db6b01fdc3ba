// parse_date.c: the date or range of dates behind date:, before:, after:, since:, until:, as a
// node.
#include "base/time.h"
#include "base/utf8.h"
#include "searcher/parser.h"

enum { SHOWN_BYTES = 40 }; // of what is no date

// Years 1 to 9999, as every other date.
static int64_t clamp_time(int64_t t)
{
    nx_civil c = nx_civil_from_utc(t);
    return nx_civil_to_utc(&c);
}

nx_qnode *nx_parser_date(nx_parser *p, const nx_token *t)
{
    int64_t from, to;
    bool exchanged = false;
    if (!nx_when_parse(t->text, p->now, &from, &to, &exchanged)) {
        p->status = nx_query_error(p->q, t->at, p->err,
                                   "\"%.*s\" is no date or range of dates; for example 2019-02-22, "
                                   "2019-02.., 2019..2020, 7d, \"last week\"",
                                   (int)nx_utf8_cut(t->text, SHOWN_BYTES), t->text.p);
        return NULL;
    }
    bool no_end = (p->edge == NX_EDGE_BEFORE && from == NX_DATE_OPEN_FROM) ||
                  (p->edge == NX_EDGE_AFTER && to == NX_DATE_OPEN_TO);
    if (no_end) {
        p->status = nx_query_error(p->q, t->at, p->err, "\"%.*s\" has no end to be %s",
                                   (int)nx_utf8_cut(t->text, SHOWN_BYTES), t->text.p,
                                   p->edge == NX_EDGE_BEFORE ? "before" : "after");
        return NULL;
    }
    switch (p->edge) {
    case NX_EDGE_IN: break;
    case NX_EDGE_BEFORE:
        to = from - 1;
        from = NX_DATE_OPEN_FROM;
        break;
    case NX_EDGE_AFTER:
        from = to + 1;
        to = NX_DATE_OPEN_TO;
        break;
    case NX_EDGE_SINCE: to = NX_DATE_OPEN_TO; break;
    case NX_EDGE_UNTIL: from = NX_DATE_OPEN_FROM; break;
    }
    if (from == NX_DATE_OPEN_FROM && to == NX_DATE_OPEN_TO) {
        nx_query_note(p->q, NX_NOTE_HINT, t->at, t->end, "the range of dates is open at both ends");
        return nx_parser_make(p, NX_Q_ALL, t->at, t->end);
    }
    if (exchanged) {
        nx_query_note(p->q, NX_NOTE_CORRECTED, t->at, t->end,
                      "the range of dates ends before it begins: its ends are exchanged");
    }
    nx_qnode *n = nx_parser_make(p, NX_Q_DATE, t->at, t->end);
    if (n != NULL) {
        n->field = p->date_field;
        n->from = from == NX_DATE_OPEN_FROM ? from : clamp_time(from);
        n->to = to == NX_DATE_OPEN_TO ? to : clamp_time(to);
    }
    return n;
}
