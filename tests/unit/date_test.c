// date_test.c: dates as news prints and software writes them, and what must not pass for one.
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/time.h"
#include "corpus/attribute.h"

// want: "2019-03-26" (a day), "2019-03-26T23:31:00Z" (an instant; '~' after it: zone assumed),
// or NULL (refused).
typedef struct row {
    const char *in, *want;
} row;

static const row rows[] = {
    // software
    {"2019-03-26", "2019-03-26"},
    {"2019-03-26T19:31:05Z", "2019-03-26T19:31:05Z"},
    {"2019-03-26T19:31:05.123Z", "2019-03-26T19:31:05Z"},
    {"2019-03-26T19:31:05+02:00", "2019-03-26T17:31:05Z"},
    {"2019-03-26T19:31:05+0530", "2019-03-26T14:01:05Z"},
    {"2019-03-26T19:31+05:30", "2019-03-26T14:01:00Z"},
    {"2019-03-26 19:31:05", "2019-03-26T19:31:05Z~"},
    {"2019-03-26 19:31", "2019-03-26T19:31:00Z~"},
    {"2019-03-26 19:31:05 +0000", "2019-03-26T19:31:05Z"},
    {"2019-03-26 19:31:05 UTC", "2019-03-26T19:31:05Z"},
    {"2019-03-26T00:00:00", "2019-03-26"},
    {"2019-03-26 00:00:00", "2019-03-26"},
    {"2019-03-26T00:00:00Z", "2019-03-26T00:00:00Z"},
    {"2019-03-26T23:59:60Z", "2019-03-26T23:59:59Z"},
    {"20190326", "2019-03-26"},
    {"20190326T193105Z", "2019-03-26T19:31:05Z"},
    {"20190326T193105+0100", "2019-03-26T18:31:05Z"},
    {"20190326T193105", "2019-03-26T19:31:05Z~"},
    {"201903261931", "2019-03-26T19:31:00Z~"},
    {"20190326193105", "2019-03-26T19:31:05Z~"},
    {"2019/03/26", "2019-03-26"},
    {"2019/3/6 9:05", "2019-03-06T09:05:00Z~"},
    {"2019.03.26", "2019-03-26"},
    {"1553628665", "2019-03-26T19:31:05Z"},
    {"1553628665.0", "2019-03-26T19:31:05Z"},
    {"1553628665123", "2019-03-26T19:31:05Z"},
    {"1553628665123456", "2019-03-26T19:31:05Z"},
    {"1553628665123456789", "2019-03-26T19:31:05Z"},
    {"-864000000", "1942-08-16T00:00:00Z"},
    {"Tue, 26 Mar 2019 19:31:05 GMT", "2019-03-26T19:31:05Z"},
    {"Tue, 26 Mar 2019 19:31:05 +0100", "2019-03-26T18:31:05Z"},
    {"Tue, 26 Mar 2019 19:31:05 -0500 (EST)", "2019-03-27T00:31:05Z"},
    {"26 Mar 2019 19:31 EDT", "2019-03-26T23:31:00Z"},
    {"Tue, 26 Mar 19 19:31:05 GMT", "2019-03-26T19:31:05Z"},
    {"26 Mar 87 15:01 GMT", "1987-03-26T15:01:00Z"},
    {"Tue Mar 26 19:31:05 2019", "2019-03-26T19:31:05Z~"},
    {"Tue Mar 26 19:31:05 +0000 2019", "2019-03-26T19:31:05Z"},
    {"Tue Mar 26 19:31:05 EDT 2019", "2019-03-26T23:31:05Z"},
    {"26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01Z~"},
    {" 1-MAR-1987 05:07:50.42", "1987-03-01T05:07:50Z~"},
    {"26-FEB-87", "1987-02-26"},
    {"2000-02-29", "2000-02-29"},
    {"1601-01-01", "1601-01-01"},
    // English
    {"March 26, 2019", "2019-03-26"},
    {"Mar. 26, 2019", "2019-03-26"},
    {"MARCH 26, 2019", "2019-03-26"},
    {"March 26th, 2019", "2019-03-26"},
    {"26 March 2019", "2019-03-26"},
    {"26th of March, 2019", "2019-03-26"},
    {"Tuesday, March 26, 2019", "2019-03-26"},
    {"Tuesday 26 March 2019", "2019-03-26"},
    {"Sept. 3, 2018", "2018-09-03"},
    {"2019 March 26", "2019-03-26"},
    {"March 26, 2019 7:31 PM ET", "2019-03-26T23:31:00Z"},
    {"January 26, 2019 7:31 PM ET", "2019-01-27T00:31:00Z"},
    {"Updated 7:31 PM ET, Tue March 26, 2019", "2019-03-26T23:31:00Z"},
    {"7:31 p.m. EDT March 26, 2019", "2019-03-26T23:31:00Z"},
    {"March 26, 2019 at 7:31 p.m. EST", "2019-03-27T00:31:00Z"},
    {"March 26, 2019 | 7:31pm PDT", "2019-03-27T02:31:00Z"},
    {"March 26, 2019 at 12:05 a.m.", "2019-03-26T00:05:00Z~"},
    {"March 26, 2019 12:05 PM", "2019-03-26T12:05:00Z~"},
    {"March 26, 2019, 7 pm", "2019-03-26T19:00:00Z~"},
    {"Published: 26 March 2019 19:31 GMT", "2019-03-26T19:31:00Z"},
    {"Published 19:31 BST, 26 July 2019", "2019-07-26T18:31:00Z"},
    {"Last updated on March 26, 2019", "2019-03-26"},
    {"Posted on Mar 26, 2019", "2019-03-26"},
    {"Date: 26 March 2019", "2019-03-26"},
    {"26 March 2019 19.31", NULL}, // a time with a dot needs a word beside it
    {"26 March 2019 19.31 GMT", "2019-03-26T19:31:00Z"},
    {"26 March 2019 7.31pm", "2019-03-26T19:31:00Z~"},
    {"Mar 26, 2019 19:31 IST", "2019-03-26T14:01:00Z"},
    {"Mar 26, 2019 19:31 GMT+1", "2019-03-26T18:31:00Z"},
    {"Mar 26, 2019 19:31 GMT-99717574", NULL},
    {"Mar 26, 2019 19:31 UTC+05:30", "2019-03-26T14:01:00Z"},
    {"mardi 26 mars 2019 - 19:31 UTC +01:00", "2019-03-26T18:31:00Z"},
    {"26 March 2019 19:31 GMT -", "2019-03-26T19:31:00Z"},
    {"Mar 26, 2019 19:31 GMT-0500", "2019-03-27T00:31:00Z"},
    {"March 26, 2019 08:00 ET", "2019-03-26T12:00:00Z"},
    {"November 3, 2019 08:00 ET", "2019-11-03T13:00:00Z"},
    {"November 2, 2019 08:00 ET", "2019-11-02T12:00:00Z"},
    {"April 10, 1990 08:00 ET", "1990-04-10T12:00:00Z"},
    {"March 20, 1990 08:00 CT", "1990-03-20T14:00:00Z"},
    {"26/03/2019", "2019-03-26"},
    {"3/26/2019", "2019-03-26"},
    {"03/26/2019 7:31 PM", "2019-03-26T19:31:00Z~"},
    {"26-03-2019", "2019-03-26"},
    {"05/05/2019", "2019-05-05"},
    // German
    {"26. März 2019", "2019-03-26"},
    {"26. März 2019, 19:31 Uhr", "2019-03-26T19:31:00Z~"},
    {"Dienstag, 26. März 2019, 19.31 Uhr", "2019-03-26T19:31:00Z~"},
    {"26.03.2019", "2019-03-26"},
    {"26.3.2019 19:31", "2019-03-26T19:31:00Z~"},
    {"26. 3. 2019", "2019-03-26"},
    {"Veröffentlicht am 26.03.2019", "2019-03-26"},
    {"Stand: 26.03.2019 19:31 Uhr", "2019-03-26T19:31:00Z~"},
    {"Aktualisiert am 26. März 2019 um 19:31 Uhr", "2019-03-26T19:31:00Z~"},
    {"1. Jänner 2019", "2019-01-01"},
    {"26. MÄRZ 2019", "2019-03-26"},
    {"3. Dez. 2019 19:31 MEZ", "2019-12-03T18:31:00Z"},
    {"3. Juli 2019 19:31 MESZ", "2019-07-03T17:31:00Z"},
    // French
    {"26 mars 2019", "2019-03-26"},
    {"1er août 2019", "2019-08-01"},
    {"le 26 février 2019 à 19h31", "2019-02-26T19:31:00Z~"},
    {"Publié le 26 mars 2019 à 19:31", "2019-03-26T19:31:00Z~"},
    {"Mis à jour le 26/03/2019 à 19h31", "2019-03-26T19:31:00Z~"},
    {"mardi 26 déc. 2019", "2019-12-26"},
    {"26 AOÛT 2019", "2019-08-26"},
    // Spanish
    {"26 de marzo de 2019", "2019-03-26"},
    {"martes, 26 de marzo de 2019", "2019-03-26"},
    {"26 mar 2019", "2019-03-26"},
    {"mar 26 mar 2019", "2019-03-26"},
    {"26 de enero del 2019 19:31 h", "2019-01-26T19:31:00Z~"},
    {"Actualizado el 26/03/2019 a las 19:31", "2019-03-26T19:31:00Z~"},
    {"12 ago 2019", "2019-08-12"},
    // Portuguese
    {"26 de março de 2019", "2019-03-26"},
    {"26/03/2019 às 19h31", "2019-03-26T19:31:00Z~"},
    {"Publicado em 26 de fevereiro de 2019", "2019-02-26"},
    {"1º de maio de 2019", "2019-05-01"},
    {"26 out 2019 19h31", "2019-10-26T19:31:00Z~"},
    // Italian
    {"26 marzo 2019", "2019-03-26"},
    {"martedì 26 marzo 2019", "2019-03-26"},
    {"26 gennaio 2019 alle ore 19:31", "2019-01-26T19:31:00Z~"},
    {"Pubblicato il 26 luglio 2019", "2019-07-26"},
    {"3 ott 2019", "2019-10-03"},
    // Dutch
    {"26 maart 2019", "2019-03-26"},
    {"dinsdag 26 maart 2019 om 19:31", "2019-03-26T19:31:00Z~"},
    {"Gepubliceerd op 26 mei 2019", "2019-05-26"},
    {"3 mrt 2019, 19:31 uur", "2019-03-03T19:31:00Z~"},
    // Russian
    {"26 марта 2019", "2019-03-26"},
    {"26 марта 2019 г.", "2019-03-26"},
    {"26 МАРТА 2019", "2019-03-26"},
    {"19:31, 26 марта 2019", "2019-03-26T19:31:00Z~"},
    {"Опубликовано 26 мая 2019 в 19:31 МСК", "2019-05-26T16:31:00Z"},
    {"26.03.2019 19:31 MSK", "2019-03-26T16:31:00Z"},
    // others: one each
    {"26 Mart 2019 Salı, saat 19:31", "2019-03-26T19:31:00Z~"},
    {"26 AĞUSTOS 2019", "2019-08-26"},
    {"3 Kasım 2020", "2020-11-03"},
    {"wtorek, 26 marca 2019", "2019-03-26"},
    {"Opublikowano: 3 września 2020, godz. 7:05", "2020-09-03T07:05:00Z~"},
    {"3 listopada 2020", NULL}, // November in Polish, October in Croatian
    {"26. března 2019", "2019-03-26"},
    {"3. listopadu 2020", "2020-11-03"},
    {"3. októbra 2020", "2020-10-03"},
    {"Publicerad 26 maj 2019 kl 19:31", "2019-05-26T19:31:00Z~"},
    {"26. marts 2019", "2019-03-26"},
    {"3. desember 2020", "2020-12-03"},
    {"Julkaistu 3. maaliskuuta 2020 klo 19.31", "2020-03-03T19:31:00Z~"},
    {"26. marts 2019 kl. 8.15", "2019-03-26T08:15:00Z~"},
    {"2019. március 26., 8:15", "2019-03-26T08:15:00Z~"},
    {"2019 m. kovo 26 d. 19:31", "2019-03-26T19:31:00Z~"},
    {"2019. gada 26. marts", "2019-03-26"},
    {"26. märts 2019", "2019-03-26"},
    {"torek, 26. marec 2019 ob 19:31", "2019-03-26T19:31:00Z~"},
    {"26 de març de 2019", "2019-03-26"},
    {"Thứ ba, 26/3/2019, 19:31 (GMT+7)", "2019-03-26T12:31:00Z"},
    {"ngày 5 tháng 3 năm 2019", "2019-03-05"},
    {"2019-03-26 of 5 May", NULL},
    {"2019 at 5 May", NULL}, // no year ahead of a month
    // the day first, where a word before it is of such a language
    {"Publicado em 03/04/2019 às 19h31", "2019-04-03T19:31:00Z~"},
    {"Mardi 03/04/2019", "2019-04-03"},
    {"Published 03/04/2019", NULL},
    // other digits, other calendars
    {"٢٦ مارس ٢٠١٩", "2019-03-26"},
    {"الثلاثاء ٣/٤/٢٠١٩", "2019-04-03"},
    {"२६ मार्च २०१९", "2019-03-26"},
    {"２０１９年３月２６日", "2019-03-26"},
    {"26 มีนาคม 2562", "2019-03-26"},
    {"26 มี.ค. 2562 19:31 น.", "2019-03-26T19:31:00Z~"},
    {"26 มีนาคม 2019", "2019-03-26"},
    {"۶ فروردین ۱۳۹۸ - ۱۹:۳۱", "2019-03-26T19:31:00Z~"},
    {"۱۳۹۸/۰۱/۰۶", "2019-03-26"},
    {"31 فروردین 1398", "2019-04-20"},
    {"31 مهر 1398", NULL}, // a month of 30 days
    {"30 اسفند 1399", "2021-03-20"},
    {"26 March 1398", NULL},
    {"3. maaliskuuta 2020", "2020-03-03"},
    {"3 septembrie 2020", "2020-09-03"},
    {"3. siječnja 2020", "2020-01-03"},
    {"3 Agustus 2020", "2020-08-03"},
    {"26 Μαρτίου 2019", "2019-03-26"},
    {"26 березня 2019 року", "2019-03-26"},
    {"3 декември 2020", "2020-12-03"},
    {"26 مارس 2019", "2019-03-26"},
    {"26 במרץ 2019", "2019-03-26"},
    {"26 मार्च 2019", "2019-03-26"},
    {"2019년 3월 26일", "2019-03-26"},
    // Chinese, Japanese
    {"2019年3月26日", "2019-03-26"},
    {"2019年03月26日 19:31", "2019-03-26T19:31:00Z~"},
    {"2019年3月26日（火）19時31分", "2019-03-26T19:31:00Z~"},
    {"2019年3月26日 午後7時31分05秒", "2019-03-26T19:31:05Z~"},
    {"更新2019年3月26日 下午3:31", "2019-03-26T15:31:00Z~"},
    {"令和元年5月1日", NULL},
    {"平成31年3月26日", "2019-03-26"},
    {"入力 2019.03.26. 오후 7:31", NULL},
    {"입력 2019.03.26. 오후 7:31", "2019-03-26T19:31:00Z~"},
    {"2019.03.26. 오전 12:05", "2019-03-26T00:05:00Z~"},
    {"2019년 3월 26일 화요일 오후 7시 31분", "2019-03-26T19:31:00Z~"},
    {"2019年3月26日 99分", NULL},
    // refused: relative, ambiguous, short, impossible, not a date
    {"", NULL},
    {"2 hours ago", NULL},
    {"il y a 2 heures", NULL},
    {"hace 3 días", NULL},
    {"vor 2 Stunden", NULL},
    {"yesterday", NULL},
    {"Tuesday", NULL},
    {"March 2019", NULL},
    {"2019", NULL},
    {"03/04/2019", NULL},
    {"03-04-2019", NULL},
    {"26.03.19", NULL},
    {"03/26/19", NULL},
    {"26 March 19", NULL},
    {"2019-02-30", NULL},
    {"2019-13-01", NULL},
    {"February 29, 2019", NULL},
    {"31 April 2019", NULL},
    {"2019-03-26T25:00:00Z", NULL},
    {"March 26, 2019 13:31 PM", NULL},
    {"March 26, 2019 7:61 PM", NULL},
    {"1599-12-31", NULL},
    {"0000-00-00", NULL},
    {"0001-01-01T00:00:00", NULL},
    {"March 26, 2019 and more", NULL},
    {"March 26 - March 28, 2019", NULL},
    {"Copyright 2019", NULL},
    {"12345", NULL},
    {"155362866512345", NULL},
    {"7:31 PM", NULL},
    {"A26 March 2019", NULL},
    {"null", NULL},
};

static void format(char out[40], const nx_when *w)
{
    char text[24];
    if (w->day_only) {
        (void)snprintf(out, 40, "%s", nx_format_day(text, w->utc));
    } else {
        (void)snprintf(out, 40, "%s%s", nx_format_utc(text, w->utc), w->has_zone ? "" : "~");
    }
}

static void test_forms(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_when w = {0};
        char got[40] = "refused";
        if (nx_date_parse(nx_str_of(rows[i].in), 0, &w)) {
            format(got, &w);
        }
        if (strcmp(got, rows[i].want != NULL ? rows[i].want : "refused") != 0) {
            print_error("\"%s\": %s, not %s\n", rows[i].in, got, rows[i].want);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void test_assumed_zone(void **state)
{
    (void)state;
    nx_when w = {0};
    assert_true(nx_date_parse(NX_STR("26.03.2019, 19:31 Uhr"), 60, &w));
    assert_int_equal(w.utc, 1553625060); // 18:31 UTC
    assert_false(w.has_zone);
    assert_int_equal(w.zone_min, 60);
    // A day stays the day that was printed, wherever that was.
    assert_true(nx_date_parse(NX_STR("26.03.2019"), 600, &w));
    assert_int_equal(w.utc, 1553558400);
    assert_true(w.day_only);
}

static void test_find(void **state)
{
    static const row lines[] = {
        {"Xinhua | Updated: 2017-09-15 17:52", "2017-09-15T17:52:00Z~"},
        {"By Jane Doe, March 26, 2019", "2019-03-26"},
        {"Jane Doe | 26.03.2019, 19:31 Uhr | 12 Kommentare", "2019-03-26T19:31:00Z~"},
        {"Room 12, March 26, 2019", "2019-03-26"},
        {"in Madrid on 26 March 2019 the court said", "2019-03-26"},
        {"version 1.26.2019 of it", NULL},
        {"Call 555-03-2019 now", NULL},
        {"the 1/26/2019th part", NULL},
        {"Copyright 2019 by the paper", NULL},
        {"May 2019 was warm", NULL},
        {"no digits here", NULL},
    };
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < NX_COUNT(lines); i++) {
        nx_when w = {0};
        char got[40] = "refused";
        if (nx_date_find(nx_str_of(lines[i].in), 0, &w)) {
            format(got, &w);
        }
        if (strcmp(got, lines[i].want != NULL ? lines[i].want : "refused") != 0) {
            print_error("\"%s\": %s, not %s\n", lines[i].in, got, lines[i].want);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    assert_true(nx_date_has_year(NX_STR("6-FEB-87")));
    assert_true(nx_date_has_year(NX_STR("x 2019")));
    assert_false(nx_date_has_year(NX_STR("12 of 340 people, 5.93 on average")));
    assert_false(nx_date_has_year(NX_STR("well-known: no digits")));
}

static void test_url(void **state)
{
    static const row urls[] = {
        {"https://www.example.com/2019/03/26/story", "2019-03-26"},
        {"https://www.example.com/2019/mar/26/story", "2019-03-26"},
        {"https://www.example.com/news/2019-03-26-story.html", "2019-03-26"},
        {"https://www.example.com/news/story-20190326.html", "2019-03-26"},
        {"https://www.example.com/world/2017-09/15/content_32041310.htm", "2017-09-15"},
        {"http://web.archive.org/web/20150102030405/http://example.com/2019/03/26/x", "2019-03-26"},
        {"https://www.example.com/2019/03/story", NULL},
        {"https://www.example.com/story-123456789012", NULL},
        {"https://www.example.com/story-32041310.html", NULL},
        {"https://www.example.com/2019/02/30/story", NULL},
        {"https://www.example.com/story?d=2019/03/26", NULL},
        {"http://web.archive.org/web/20150102/http://example.com/x", NULL},
    };
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < NX_COUNT(urls); i++) {
        nx_when w = {0};
        char got[40] = "refused";
        if (nx_date_from_url(nx_str_of(urls[i].in), &w)) {
            format(got, &w);
        }
        if (strcmp(got, urls[i].want != NULL ? urls[i].want : "refused") != 0) {
            print_error("\"%s\": %s, not %s\n", urls[i].in, got, urls[i].want);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void test_check(void **state)
{
    (void)state;
    const int64_t now = 1553628665;
    nx_when w = {.known = true, .utc = now + 86400};
    nx_when_check(&w, now);
    assert_true(w.known);
    w.utc = now + 86401;
    nx_when_check(&w, now);
    assert_false(w.known);
    w = (nx_when){.known = true, .utc = now + 864000};
    nx_when_check(&w, 0); // no clock, no check
    assert_true(w.known);
    w = (nx_when){.known = true, .utc = INT64_MIN};
    nx_when_check(&w, now);
    assert_false(w.known);
    w = (nx_when){.known = true, .utc = INT64_MAX};
    nx_when_check(&w, now);
    assert_false(w.known);
}

static void test_long_lines_take_linear_time(void **state)
{
    static const char *const units[] = {"Mon ",      "Mon am ", "26 ",
                                        "26 March ", "2020 ",   "12:00 Uhr "};
    (void)state;
    for (size_t i = 0; i < NX_COUNT(units); i++) {
        nx_buf b;
        nx_when when;
        nx_buf_init(&b, 1 << 20);
        nx_buf_addz(&b, "2020; ");
        while (b.len < 64 << 10) {
            nx_buf_addz(&b, units[i]);
        }
        assert_false(nx_date_find(nx_buf_str(&b), 0, &when));
        assert_false(nx_date_parse(nx_buf_str(&b), 0, &when));
        nx_buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms), cmocka_unit_test(test_assumed_zone),
        cmocka_unit_test(test_find),  cmocka_unit_test(test_url),
        cmocka_unit_test(test_check), cmocka_unit_test(test_long_lines_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
