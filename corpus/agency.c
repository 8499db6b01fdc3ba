// agency.c: see agency.h.
#include "corpus/agency.h"

#include "corpus/attribute.h"

void nx_agency_set_credit(nx_article *a, nx_str name)
{
    nx_article_set(a, &a->agency, nx_agency_by_name(nx_str_trim(name)), NX_FROM_RECORD);
}

// Agencies are named by "reuters.com", "Reuters" and "Thomson Reuters" alike.
void nx_agency_set_party(nx_article *a, nx_str name)
{
    name = nx_str_trim(name);
    if (name.n == 0) {
        return;
    }
    bool is_host = nx_str_find(name, NX_STR("."), 0) != SIZE_MAX &&
                   nx_str_find(name, NX_STR(" "), 0) == SIZE_MAX;
    nx_str outlet = is_host ? nx_outlet_by_host(name) : NX_STR_NONE;
    outlet = outlet.p != NULL ? outlet : nx_outlet_by_name(name);
    nx_agency_set_credit(a, name);
    nx_agency_set_credit(a, outlet);
    nx_article_set(a, &a->source, outlet.p != NULL ? outlet : name, NX_FROM_RECORD);
}

void nx_agency_set_byline(nx_article *a, nx_str line)
{
    line = nx_str_trim(line);
    if (line.n > 0 && !nx_byline_parse(a, line, NX_FROM_RECORD)) {
        nx_authors_add(a, line, NX_FROM_RECORD);
    }
}

void nx_agency_set_dateline(nx_article *a, nx_str line)
{
    nx_str place = NX_STR_NONE, agency = NX_STR_NONE, outlet = NX_STR_NONE;
    line = nx_str_trim(line);
    if (line.n == 0) {
        return;
    }
    if (nx_dateline_parse(line, &place, &agency, &outlet) > 0) {
        nx_article_set(a, &a->dateline, place, NX_FROM_RECORD);
        nx_agency_set_credit(a, agency);
        return;
    }
    // "BEIJING, July 23": the place is what stands before the date.
    size_t comma = nx_str_find(line, NX_STR(","), 0);
    nx_str head = nx_str_trim(nx_str_make(line.p, comma != SIZE_MAX ? comma : line.n));
    bool place_like = head.n > 1 && head.n < 40;
    for (size_t i = 0; i < head.n; i++) {
        place_like = place_like && !nx_is_digit(head.p[i]);
    }
    if (place_like) {
        nx_article_set(a, &a->dateline, head, NX_FROM_RECORD);
    }
}

void nx_agency_set_status(nx_article *a, nx_str status)
{
    static const char *const canceled[] = {"cancel", "kill", "withdrawn", NULL};
    static const char *const withheld[] = {"withheld", "embargo", NULL};
    for (size_t i = 0; canceled[i] != NULL; i++) {
        if (nx_str_find_nocase(status, nx_str_of(canceled[i]), 0) != SIZE_MAX) {
            a->state = NX_ARTICLE_CANCELED;
            return;
        }
    }
    for (size_t i = 0; withheld[i] != NULL && a->state == NX_ARTICLE_USABLE; i++) {
        if (nx_str_find_nocase(status, nx_str_of(withheld[i]), 0) != SIZE_MAX) {
            a->state = NX_ARTICLE_WITHHELD;
        }
    }
}

void nx_agency_set_embargo(nx_xml_reading *x, nx_article *a, nx_str date)
{
    nx_xml_set_date(x, &a->not_before, date, NX_FROM_RECORD);
    bool over = x->options->now_utc != 0 && a->not_before.utc <= x->options->now_utc;
    if (a->not_before.known && a->state != NX_ARTICLE_CANCELED) {
        a->state = over ? NX_ARTICLE_USABLE : NX_ARTICLE_WITHHELD;
    }
}

static void drop_title(nx_article *a)
{
    size_t end = nx_str_find(a->body, NX_STR("\n"), 0);
    if (end != SIZE_MAX && a->title.s.n > 0 &&
        nx_str_eq_nocase(nx_str_make(a->body.p, end), a->title.s)) {
        a->body = nx_str_skip(a->body, end + 1);
    }
}

nx_status nx_agency_finish(nx_xml_reading *x, nx_article *a, nx_error *err)
{
    drop_title(a);
    nx_status st = nx_arena_check(x->doc.arena, "the document", err);
    if (st != NX_OK) {
        nx_article_free(a);
        return st;
    }
    return nx_article_finish(a, x->record, x->options, x->sink, err);
}
