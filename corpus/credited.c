// credited.c: whose work a republished text is.
//
// The form "people familiar with it told The Washington Post" in the opening paragraphs names the
// paper the text was written for; an outlet that is merely quoted later does not count, and a
// known outlet's own story is credited to nobody else.
#include "corpus/attribute.h"
#include "corpus/opening_parts.h"

enum {
    OPENING_BYTES = 2000,
    OPENING_PARAGRAPHS = 3,
    NAME_MAX_WORDS = 6,
    CREDIT_MAX = 60,
    SUBJECT_BYTES = 200
};

void nx_set_outlet(nx_article *a, nx_str outlet, nx_from from)
{
    if (outlet.p == NULL) {
        return;
    }
    bool another = a->source.s.p != NULL && !nx_str_eq_nocase(a->source.s, outlet);
    nx_article_set(a, another ? &a->credited : &a->source, outlet, from);
}

// "Le Monde avec AFP": the outlet, and the agency whose text it used. SIZE_MAX: neither.
static size_t find_helper(nx_str name, nx_str *agency)
{
    static const char *const words[] = {" avec ", " with ", " mit ", " con ",
                                        " com ",  " met ",  NULL};
    size_t at = nx_str_find_any_nocase(name, words, 0);
    size_t space = at != SIZE_MAX ? nx_str_find(name, NX_STR(" "), at + 1) : SIZE_MAX;
    *agency = space != SIZE_MAX ? nx_agency_by_name(nx_str_skip(name, space + 1)) : NX_STR_NONE;
    return agency->p != NULL ? at : SIZE_MAX;
}

bool nx_set_credit(nx_article *a, nx_str name, nx_from from)
{
    nx_str helper = NX_STR_NONE;
    size_t with = name.n <= CREDIT_MAX ? find_helper(name, &helper) : SIZE_MAX;
    if (with != SIZE_MAX && nx_outlet_by_name(nx_str_make(name.p, with)).p != NULL) {
        nx_article_set(a, &a->agency, helper, from);
        name.n = with;
    }
    nx_str agency = nx_agency_by_name(name), outlet = nx_outlet_by_name(name);
    if (agency.p != NULL) {
        nx_article_set(a, &a->agency, agency, from);
    } else {
        nx_set_outlet(a, outlet, from);
    }
    return agency.p != NULL || outlet.p != NULL;
}

// The longest outlet name at the start of s, which may have "the" before it.
static nx_str outlet_at(nx_str s)
{
    nx_str found = NX_STR_NONE;
    size_t words = 0;
    for (size_t i = 0; i <= s.n && words < NAME_MAX_WORDS; i++) {
        bool end = i == s.n || nx_is_space(s.p[i]) || strchr(",.;:)\"'", s.p[i]) != NULL;
        if (!end) {
            continue;
        }
        nx_str printed = nx_str_make(s.p, i);
        // "told AFP": agencies are quoted by everybody.
        nx_str name =
            nx_agency_by_name(printed).p == NULL ? nx_outlet_by_name(printed) : NX_STR_NONE;
        bool capital = i > 2 && // "told Dr. Doe"
                       (nx_is_upper(s.p[0]) || nx_str_starts(s, NX_STR("the ")));
        if (name.p != NULL && capital) {
            found = name;
        }
        words += i < s.n && nx_is_space(s.p[i]);
        if (i < s.n && s.p[i] == '\n') {
            break;
        }
    }
    return found;
}

// The sentence before "told" speaks of people who are sources, not of somebody named.
static bool are_sources(nx_str before)
{
    static const char *const words[] = {"people familiar",
                                        "officials",
                                        "sources",
                                        "source ",
                                        "person familiar",
                                        "familiar with",
                                        "people briefed",
                                        "people with knowledge",
                                        "person with knowledge",
                                        NULL};
    size_t start = before.n > SUBJECT_BYTES ? before.n - SUBJECT_BYTES : 0;
    for (size_t i = start; i < before.n; i++) {
        bool sentence = before.p[i] == '\n' ||
                        (before.p[i] == '.' && i + 1 < before.n && before.p[i + 1] == ' ');
        start = sentence ? i + 1 : start;
    }
    return nx_str_has_any_nocase(nx_str_skip(before, start), words);
}

void nx_find_credited(nx_article *a, nx_str body, bool republished)
{
    bool own = a->author_count > 0 || a->byline.s.p != NULL || a->agency.s.p != NULL ||
               (a->source.s.p != NULL && nx_outlet_by_name(a->source.s).p != NULL);
    if (own || a->credited.s.p != NULL) {
        return;
    }
    size_t end = 0, paragraphs = 0;
    while (end < body.n && end < OPENING_BYTES && paragraphs < OPENING_PARAGRAPHS) {
        paragraphs += body.p[end] == '\n';
        end++;
    }
    nx_str opening = nx_str_make(body.p, end), found = NX_STR_NONE;
    const nx_str told = NX_STR(" told ");
    for (size_t at = nx_str_find(opening, told, 0); at != SIZE_MAX;
         at = nx_str_find(opening, told, at + 1)) {
        nx_str outlet = outlet_at(nx_str_skip(opening, at + told.n));
        if (outlet.p == NULL || !(republished || are_sources(nx_str_make(opening.p, at)))) {
            continue;
        }
        if (found.p != NULL && !nx_str_eq(found, outlet)) {
            return; // told to several: nobody's own
        }
        found = outlet;
    }
    nx_article_set(a, &a->credited, found, NX_FROM_TEXT);
}
