// attribute.h: who wrote it, where, when, for whom: the grammar of bylines, datelines, credit
// lines, outlet names, dates and URLs as news writes them. Pure functions over strings.
//
// A rule that is unsure leaves the field absent. Must not know: input formats.
#ifndef NX_CORPUS_ATTRIBUTE_H
#define NX_CORPUS_ATTRIBUTE_H

#include "corpus/article.h"
#include "text/outlets.h"

// ---- dates (date.c)
// Parses a date in the forms news uses (RFC 3339, RFC 5322, "22-FEB-1987 15:01:01.79", "March 26,
// 2019 7:31 PM ET", "26. März 2019, 19:31 Uhr", 20190326193105, seconds since 1970 or thousandths,
// millionths, billionths of them...), month names in the languages of date_words.c, also in the
// digits of other scripts, by Japanese eras, and in the Thai and Persian calendars. The whole of s
// must be a date, perhaps with a label ("Published:", "Updated"). zone_min: assumed zone. Ambiguous
// numeric forms (03/04/2019) are refused unless one reading is impossible or a word before them is
// of a language that writes the day first. Out of 1600..9999: refused.
bool nx_date_parse(nx_str s, int zone_min, nx_when *out);
// First date inside a line of prose (a byline row); same forms.
bool nx_date_find(nx_str s, int zone_min, nx_when *out);
// false: nothing in s can be the year that every date has (four digits together, two beside a
// colon or a dash, or some before 年); a glance that spares prose the search.
bool nx_date_has_year(nx_str s);
// /2019/03/26/, 2019-03-26, 20190326 in a path.
bool nx_date_from_url(nx_str url, nx_when *out);
// Sets *when to the date that s is, found in from; a known one stays.
void nx_when_set(nx_when *when, nx_str s, int zone_min, nx_from from);
// Refuses (sets !known) dates more than a day after now_utc (0: no check) and before 1600.
void nx_when_check(nx_when *when, int64_t now_utc);

// ---- URLs (url.c)
// Does s begin as the address of a page does: http:// or https://, in any case?
bool nx_url_is_web(nx_str s);
// The same, or as one that leaves the scheme to the page it is on: //host/path?
bool nx_url_has_host(nx_str s);
// Canonical form: lower-case scheme and host, default port, fragment, tracking parameters, AMP and
// mobile hosts and paths, web.archive.org prefix, trailing slash, index.html removed. false: not an
// http(s) URL, or one of more than 4,096 bytes in either form.
bool nx_url_canonical(nx_str url, nx_buf *out);
// The host without www., m., amp., edition. and the like; empty when none.
nx_str nx_url_host(nx_str url, char *scratch, size_t scratch_size);

// ---- lines (byline.c, dateline.c)
// A byline ("By Jane Doe and John Roe, Staff Writer | Reuters") -> persons and perhaps an agency
// or outlet, set in the article. false: the line is not a byline.
bool nx_byline_parse(nx_article *a, nx_str line, nx_from from);
// Splits a list of author names as metadata gives it (no "By" needed), cleans, drops outlets,
// e-mail addresses, roles, URLs.
void nx_authors_add(nx_article *a, nx_str names, nx_from from);
// "MADRID (Reuters) - Spain..." : length of the dateline prefix to cut (0: none); place, agency
// and outlet (absent when not there) point into line.
size_t nx_dateline_parse(nx_str line, nx_str *place, nx_str *agency, nx_str *outlet);

// ---- a whole text that carries its own attribution (openings.c)
// Takes heading lines, section, byline, dateline, credit, copyright and source lines out of text
// and sets the facts they give (first setter wins); the rest becomes a->body. expect_title: the
// text starts with its own headline (plain files do; record bodies do not).
nx_status nx_attribute_text(nx_article *a, nx_str text, bool expect_title, int zone_min,
                            nx_error *err);

// ---- language (language.c)
// ISO 639-1 code of a declared language ("en-US", "eng", "English", "de_DE"), or absent.
nx_str nx_language_code(nx_str declared);
// ISO 639-1 code when reliable, else absent. Static string.
nx_str nx_language_detect(nx_str text);

#endif
