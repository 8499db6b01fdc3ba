// attribution_test.c: openings of articles, bylines, datelines, addresses, outlets, language.
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/io.h"
#include "base/time.h"
#include "corpus/attribute.h"
#include "corpus/date_words.h"
#include "corpus/line_words.h"
#include "corpus/places.h"
#include "tests/unit/opening_rows.h"
#include "text/outlets_table.h"

static void add_fact(nx_buf *b, const char *name, const nx_fact *f)
{
    if (f->s.p != NULL) {
        nx_buf_addf(b, "%s=%.*s\n", name, (int)f->s.n, f->s.p);
    }
}

static void add_when(nx_buf *b, const char *name, const nx_when *w)
{
    char text[24];
    if (w->known) {
        nx_buf_addf(b, "%s=%s\n", name,
                    w->day_only ? nx_format_day(text, w->utc) : nx_format_utc(text, w->utc));
    }
}

// The record as the tables write it.
static void describe(const nx_article *a, nx_buf *b)
{
    add_fact(b, "section", &a->section);
    add_fact(b, "title", &a->title);
    add_fact(b, "source", &a->source);
    add_fact(b, "host", &a->source_host);
    add_fact(b, "agency", &a->agency);
    add_fact(b, "credited", &a->credited);
    for (size_t i = 0; i < a->author_count; i++) {
        nx_buf_addz(b, i == 0 ? "authors=" : ",");
        nx_buf_adds(b, a->authors[i].s);
    }
    nx_buf_addz(b, a->author_count > 0 ? "\n" : "");
    add_fact(b, "dateline", &a->dateline);
    add_fact(b, "url", &a->url);
    add_fact(b, "summary", &a->summary);
    add_when(b, "published", &a->published);
    add_when(b, "updated", &a->updated);
    nx_buf_addz(b, "body=");
    for (size_t i = 0; i < a->body.n; i++) {
        nx_buf_addc(b, a->body.p[i] == '\n' ? '/' : a->body.p[i]);
    }
}

static void test_openings(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < NX_COUNT(opening_rows); i++) {
        const opening_row *row = &opening_rows[i];
        nx_error err = NX_ERROR_INIT;
        nx_buf got;
        nx_buf_init(&got, 1 << 20);
        nx_article *a = nx_article_new(1 << 20);
        assert_non_null(a);
        assert_int_equal(nx_attribute_text(a, nx_str_of(row->text), row->title, 0, &err), NX_OK);
        describe(a, &got);
        if (strcmp(got.data, row->want) != 0) {
            print_error("%s:\n%s\n-- not --\n%s\n\n", row->name, got.data, row->want);
            wrong++;
        }
        nx_buf_release(&got);
        nx_article_free(a);
    }
    assert_int_equal(wrong, 0);
}

// A name in capitals grows when its small letters, or what stands for broken bytes, take more room.
static void test_names_that_would_grow(void **state)
{
    (void)state;
    static const char *const letters[] = {"\xff", "\xc8\xba"}; // broken, U+023A
    for (size_t i = 0; i < NX_COUNT(letters); i++) {
        nx_article *a = nx_article_new(1 << 20);
        nx_buf name;
        nx_buf_init(&name, 1 << 10);
        nx_buf_addz(&name, "ROE, JANE");
        while (name.len < 200) {
            nx_buf_addz(&name, letters[i]);
        }
        assert_non_null(a);
        nx_authors_add(a, nx_buf_str(&name), NX_FROM_RECORD);
        assert_int_equal(a->author_count, 1);
        nx_buf_release(&name);
        nx_article_free(a);
    }
}

typedef struct pair {
    const char *in, *want;
} pair;

static void test_authors(void **state)
{
    static const pair rows[] = {
        {"Jane Doe", "Jane Doe"},
        {"By Jane Doe and John Roe, Staff Writer", "Jane Doe;John Roe"},
        {"Jane Doe, John Roe & Ann Poe", "Jane Doe;John Roe;Ann Poe"},
        {"Jane Doe; John Roe", "Jane Doe;John Roe"},
        {"Jan M\xc3\xbcller und Eva Klein", "Jan M\xc3\xbcller;Eva Klein"},
        {"Jean Dupont et Marie Curie", "Jean Dupont;Marie Curie"},
        {"Jos\xc3\xa9 Garc\xc3\xad"
         "a y Ana P\xc3\xa9rez",
         "Jos\xc3\xa9 Garc\xc3\xad"
         "a;Ana P\xc3\xa9rez"},
        {"Story Hinckley and Ann Roe", "Story Hinckley;Ann Roe"},
        {"Cover Story", ""},
        {"Analysis Jane Doe", "Jane Doe"},
        {"Review: Jane Doe", "Jane Doe"},
        {"Opinion", ""},
        {"Guest column by Jane Doe", "Jane Doe"},
        {"Photographs by Jane Doe", ""},
        {"By Jane Doe; Compiled by Ann Roe", "Jane Doe"},
        {"Jane Doe; Editing by Ann Roe", "Jane Doe"},
        {"Jane Doe, Illustrations by Ann Roe", "Jane Doe"},
        {"Van der Berg, Jan", "Jan Van der Berg"},
        {"de la Cruz, Mar\xc3\xad"
         "a",
         "Mar\xc3\xad"
         "a de la Cruz"},
        {"JANE DOE", "Jane Doe"},
        {"JANE O'DOE-ROE", "Jane O'Doe-Roe"},
        {"ANN MCROE", "Ann McRoe"},
        {"AJ Roe", "AJ Roe"},
        {"Jane Doe, Reuters", "Jane Doe [agency Reuters]"},
        {"Jane Doe (AP)", "Jane Doe [agency AP]"},
        {"Associated Press", "[agency AP]"},
        {"Jane Doe, CNN", "Jane Doe [source CNN]"},
        {"Jane Doe for The Guardian", "Jane Doe"},
        {"Andy Roe For Mailonline", "Andy Roe"},
        {"Jane Doe in Washington", "Jane Doe"},
        {"Jane Doe, M.D., and John Roe, Jr.", "Jane Doe;John Roe Jr."},
        {"John Roe Jr.", "John Roe Jr."},
        {"Doe, Jane", "Jane Doe"},
        {"Roe, A., Doe-Smith, J. M.", "A. Roe;J. M. Doe-Smith"},
        {"جدة, عبدالله الغامدي", "عبدالله الغامدي"},
        {"jane.doe@example.org (Jane Doe)", "Jane Doe"},
        {"Jane Doe jane@example.org @jane", "Jane Doe"},
        {"https://www.facebook.com/example", ""},
        {"admin", ""},
        {"Staff", ""},
        {"Jane Doe, with reporting by John Roe", "Jane Doe"},
        {"Jane Doe, In July Of", "Jane Doe"},
        {"Jane Doe, Jane Doe", "Jane Doe"},
        {"jane doe", "Jane Doe"},
        {"Ludwig van der Roe", "Ludwig van der Roe"},
        {"Иван Петров, Анна Иванова", "Иван Петров;Анна Иванова"},
        {"记者 王小明", "王小明"},
        {"作者：王小明", "王小明"},
        {"كتب: أحمد علي", "أحمد علي"},
        {"بقلم أحمد علي", "أحمد علي"},
        {"מאת: דנה כהן", "דנה כהן"},
        {"Jane Doe | March 26, 2019", "Jane Doe"},
        {"Reuters Staff", "[agency Reuters]"},
        {"", ""},
        {",;|&", ""},
    };
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_article *a = nx_article_new(1 << 20);
        nx_buf got;
        nx_buf_init(&got, 1 << 16);
        assert_non_null(a);
        nx_authors_add(a, nx_str_of(rows[i].in), NX_FROM_RECORD);
        for (size_t k = 0; k < a->author_count; k++) {
            nx_buf_addz(&got, k > 0 ? ";" : "");
            nx_buf_adds(&got, a->authors[k].s);
        }
        const char *gap = got.len > 0 ? " " : "";
        if (a->agency.s.p != NULL) {
            nx_buf_addf(&got, "%s[agency %.*s]", gap, (int)a->agency.s.n, a->agency.s.p);
        }
        if (a->source.s.p != NULL) {
            nx_buf_addf(&got, "%s[source %.*s]", gap, (int)a->source.s.n, a->source.s.p);
        }
        if (strcmp(got.data, rows[i].want) != 0) {
            print_error("\"%s\": \"%s\", not \"%s\"\n", rows[i].in, got.data, rows[i].want);
            wrong++;
        }
        nx_buf_release(&got);
        nx_article_free(a);
    }
    assert_int_equal(wrong, 0);
}

// Escapes take three bytes for one: what would be too long the second time is so the first time.
static void test_urls_that_grow(void **state)
{
    (void)state;
    for (size_t n = 1300; n < 1500; n++) {
        nx_buf url, got, again;
        nx_buf_init(&url, 1 << 13);
        nx_buf_init(&got, 1 << 14);
        nx_buf_init(&again, 1 << 14);
        nx_buf_addz(&url, "http://example.com/");
        while (url.len < n) {
            nx_buf_addc(&url, '\xff');
        }
        bool ok = nx_url_canonical(nx_buf_str(&url), &got);
        assert_int_equal(ok, got.len > 0 && got.len <= 4096);
        assert_int_equal(ok, ok && nx_url_canonical(nx_buf_str(&got), &again));
        nx_buf_release(&url);
        nx_buf_release(&got);
        nx_buf_release(&again);
    }
}

static void test_urls(void **state)
{
    static const pair rows[] = {
        {"https://www.example.com/a/b", "https://www.example.com/a/b"},
        {"HTTPS://WWW.Example.COM:443/a/", "https://www.example.com/a"},
        {"http://example.com:80", "http://example.com/"},
        {"http://example.com:8080/", "http://example.com:8080/"},
        {"http://example.com./x#top", "http://example.com/x"},
        {"http://example.com/x/..amp", "http://example.com/x"},
        {"http://example.com/a_amp.html.amp", "http://example.com/a.html"},
        {"http://m.m.example/x", "http://www.m.example/x"},
        {"http://user:pw@example.com/x", "http://example.com/x"},
        {"http://example.com/x?utm_source=a&utm_medium=b", "http://example.com/x"},
        {"http://example.com/x?id=123&utm_source=a&fbclid=z", "http://example.com/x?id=123"},
        {"http://example.com/x?ns_mchannel=rss&ns_campaign=y", "http://example.com/x"},
        {"http://example.com/x?gclid=1&page=2&ref=rss", "http://example.com/x?page=2"},
        {"http://example.com/x?ref=chapter2", "http://example.com/x?ref=chapter2"},
        {"http://example.com/x?a=1&amp;b=2", "http://example.com/x?a=1&b=2"},
        {"http://example.com/x?", "http://example.com/x"},
        {"http://m.example.com/x", "http://www.example.com/x"},
        {"http://mobile.example.co.uk/x", "http://www.example.co.uk/x"},
        {"http://en.m.example.org/x", "http://en.example.org/x"},
        {"http://amp.example.com/x", "http://www.example.com/x"},
        {"http://example.com/x/amp/", "http://example.com/x"},
        {"http://example.com/news/amp/world-12", "http://example.com/news/world-12"},
        {"http://example.com/x.amp.html", "http://example.com/x.html"},
        {"http://example.com/x?amp=1&outputType=amp", "http://example.com/x"},
        {"https://www-example-com.cdn.ampproject.org/c/s/www.example.com/x/amp",
         "https://www.example.com/x"},
        {"https://www.google.com/amp/s/www.example.com/x", "https://www.example.com/x"},
        {"https://web.archive.org/web/20150102030405/http://www.example.com/x?utm_source=a",
         "http://www.example.com/x"},
        {"https://web.archive.org/web/2015id_/http://www.example.com/x",
         "http://www.example.com/x"},
        {"http://example.com/a/./b/../c", "http://example.com/a/c"},
        {"http://example.com/../..", "http://example.com/"},
        {"http://example.com/index.html", "http://example.com/"},
        {"http://example.com/a/index.html?id=1", "http://example.com/a?id=1"},
        {"http://example.com/%7euser/%e4b c", "http://example.com/~user/%E4b%20c"},
        {"http://example.com/caf\xc3\xa9", "http://example.com/caf%C3%A9"},
        {"http://example.com/100%", "http://example.com/100%25"},
        {"http://example.com/x;jsessionid=0A1B", "http://example.com/x"},
        {"http://amp.dev/x", "http://amp.dev/x"},
        {"  http://example.com/x  ", "http://example.com/x"},
        {"ftp://example.com/x", NULL},
        {"mailto:jane@example.com", NULL},
        {"example.com/x", NULL},
        {"http://example.com/a/amp_amp.html", "http://example.com/a"},
        {"http://example.com/a/index_amp.html;jsessionid=1", "http://example.com/a"},
        {"http://", NULL},
        {"http://m..example.com/x", NULL},
        {"http:///x", NULL},
        {"http://exa mple.com/", NULL},
        {"http://example.com:99999/", NULL},
        {"", NULL},
    };
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_buf got;
        nx_buf_init(&got, 1 << 16);
        bool ok = nx_url_canonical(nx_str_of(rows[i].in), &got);
        if (ok != (rows[i].want != NULL) || strcmp(got.data, ok ? rows[i].want : "") != 0) {
            print_error("\"%s\": \"%s\", not \"%s\"\n", rows[i].in, got.data, rows[i].want);
            wrong++;
        }
        // What is canonical stays as it is.
        nx_buf again;
        nx_buf_init(&again, 1 << 16);
        if (ok &&
            (!nx_url_canonical(nx_buf_str(&got), &again) || strcmp(again.data, got.data) != 0)) {
            print_error("\"%s\" is not stable: \"%s\"\n", got.data, again.data);
            wrong++;
        }
        nx_buf_release(&again);
        nx_buf_release(&got);
    }
    assert_int_equal(wrong, 0);
}

static void test_hosts(void **state)
{
    static const pair rows[] = {
        {"https://edition.cnn.com/x", "cnn.com"},
        {"http://www.bbc.co.uk/news", "bbc.co.uk"},
        {"m.example.com", "example.com"},
        {"https://uk.reuters.com/x", "reuters.com"},
        {"https://blogs.example.com", "blogs.example.com"},
        {"https://www3.nhk.or.jp/x", "nhk.or.jp"},
        {"http://www.com", "www.com"},
        {"no host", ""},
        {"localhost", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        char scratch[64];
        nx_str host = nx_url_host(nx_str_of(rows[i].in), scratch, sizeof scratch);
        assert_true(nx_str_eq(host, nx_str_of(rows[i].want)));
    }
    char tiny[4];
    assert_int_equal(nx_url_host(NX_STR("http://example.com"), tiny, sizeof tiny).n, 0);
}

static bool means(nx_str got, const char *want)
{
    return want == NULL ? got.p == NULL : got.p != NULL && nx_str_eq(got, nx_str_of(want));
}

static void test_outlets(void **state)
{
    (void)state;
    assert_true(means(nx_outlet_by_host(NX_STR("edition.cnn.com")), "CNN"));
    assert_true(means(nx_outlet_by_host(NX_STR("news.BBC.co.uk")), "BBC News"));
    assert_true(means(nx_outlet_by_host(NX_STR("africa.chinadaily.com.cn")), "China Daily"));
    assert_true(means(nx_outlet_by_host(NX_STR("mycnn.com")), NULL));
    assert_true(means(nx_outlet_by_host(NX_STR("com")), NULL));
    assert_true(means(nx_outlet_by_host(NX_STR("")), NULL));
    assert_true(means(nx_outlet_by_name(NX_STR("WaPo")), "The Washington Post"));
    assert_true(means(nx_outlet_by_name(NX_STR("the Washington Post")), "The Washington Post"));
    assert_true(means(nx_outlet_by_name(NX_STR("EL PA\xc3\x8dS")), "El Pa\xc3\xads"));
    assert_true(means(nx_outlet_by_name(NX_STR("Cable News Network")), "CNN"));
    assert_true(means(nx_outlet_by_name(NX_STR("Some Paper")), NULL));
    assert_true(means(nx_outlet_by_name(NX_STR("")), NULL));
    assert_true(means(nx_outlet_by_name(NX_STR(".- The  New-York Times")), "The New York Times"));
    assert_true(means(nx_outlet_by_name(NX_STR("The New York Times reported")), NULL));
    assert_true(means(nx_outlet_by_name(NX_STR("The")), NULL));
    assert_true(means(nx_agency_by_name(NX_STR("(AP)")), "AP"));
    assert_true(means(nx_agency_by_name(NX_STR("The Associated Press")), "AP"));
    assert_true(means(nx_agency_by_name(NX_STR("Thomson Reuters")), "Reuters"));
    assert_true(means(nx_agency_by_name(NX_STR("Agence France-Presse")), "AFP"));
    assert_true(means(nx_agency_by_name(NX_STR("ap")), NULL)); // a code is printed in capitals
    assert_true(means(nx_agency_by_name(NX_STR("()")), NULL));
}

static void test_tables_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < nx_outlet_host_count; i++) {
        assert_true(strcmp(nx_outlet_hosts[i - 1].key, nx_outlet_hosts[i].key) < 0);
    }
    for (size_t i = 1; i < nx_outlet_name_count; i++) {
        assert_true(strcmp(nx_outlet_names[i - 1].key, nx_outlet_names[i].key) < 0);
    }
    for (size_t i = 1; i < nx_agency_code_count; i++) {
        assert_true(strcmp(nx_agency_codes[i - 1].key, nx_agency_codes[i].key) < 0);
    }
    for (size_t i = 1; i < nx_agency_name_count; i++) {
        assert_true(strcmp(nx_agency_names[i - 1].key, nx_agency_names[i].key) < 0);
    }
    // Every name that a host gives is also known as a name.
    for (size_t i = 0; i < nx_outlet_host_count; i++) {
        assert_true(
            means(nx_outlet_by_host(nx_str_of(nx_outlet_hosts[i].key)), nx_outlet_hosts[i].name));
        assert_true(
            means(nx_outlet_by_name(nx_str_of(nx_outlet_hosts[i].name)), nx_outlet_hosts[i].name));
    }
}

static void fold(const char *from, char to[64])
{
    size_t n = strlen(from);
    assert_true(n < 64);
    for (size_t i = 0; i <= n; i++) {
        to[i] = nx_lower(from[i]);
    }
}

static void check_names(const char *const *names, size_t count, bool (*is_name)(nx_str))
{
    for (size_t i = 0; i < count; i++) {
        char before[64] = "", folded[64];
        fold(names[i], folded);
        if (i > 0) {
            fold(names[i - 1], before);
        }
        assert_true(strcmp(before, folded) < 0);
        assert_true(is_name(nx_str_of(folded)));
        assert_true(is_name(nx_str_of(names[i])));
        assert_false(is_name(nx_str_make(folded, strlen(folded) + 1))); // with its NUL
    }
    assert_false(is_name(NX_STR("")));
    assert_false(is_name(NX_STR("Zzz")));
}

static void test_places(void **state)
{
    (void)state;
    check_names(nx_cities, nx_city_count, nx_is_place);
    check_names(nx_regions, nx_region_count, nx_is_region);
    assert_true(nx_is_place(NX_STR("NEW YORK")));
    assert_false(nx_is_place(NX_STR("New Yor")));
    assert_false(nx_is_place(NX_STR("New Yorker")));
}

static void test_line_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < nx_line_word_count; i++) {
        const nx_line_word_row *row = &nx_line_words[i];
        assert_true(i == 0 || strcmp(nx_line_words[i - 1].word, row->word) < 0);
        assert_int_equal(nx_line_word(nx_str_of(row->word)), row->kinds);
        assert_int_not_equal(row->kinds, 0);
    }
    assert_int_equal(nx_line_word(NX_STR("REPORTER")), NX_WORD_ROLE | NX_WORD_NO_NAME);
    assert_int_equal(nx_line_word(NX_STR("Repor")), 0);
    assert_int_equal(nx_line_word(NX_STR("reporters' club in the town")), 0);
    assert_int_equal(nx_line_word(NX_STR("staff\0")), 0); // with its NUL
    assert_int_equal(nx_line_word(NX_STR("")), 0);
}

static void test_date_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < nx_date_row_count; i++) {
        const nx_date_row *row = &nx_date_rows[i];
        assert_true(i == 0 || strcmp(nx_date_rows[i - 1].word, row->word) < 0);
        assert_ptr_equal(nx_date_word_find(nx_str_of(row->word)), &row->meaning);
    }
    assert_null(nx_date_word_find(NX_STR("")));
    assert_null(nx_date_word_find(NX_STR("januar y")));
}

static void test_language(void **state)
{
    static const pair rows[] = {
        {"en",
         "The council said on Monday that it would not close the bridge before the end of the "
         "year, because the money for a new one had not been found."},
        {"de", "Der Rat der Stadt hat am Montag mitgeteilt, dass die Brücke nicht vor dem Ende des "
               "Jahres geschlossen wird, weil das Geld für eine neue nicht da ist."},
        {"fr",
         "Le conseil de la ville a annoncé lundi que le pont ne sera pas fermé avant la fin de "
         "l'année, parce que les fonds pour un nouveau n'ont pas été trouvés."},
        {"es", "El ayuntamiento dijo el lunes que no cerrará el puente antes del fin de año porque "
               "no se ha encontrado el dinero para construir uno nuevo en la ciudad."},
        {"pt", "A câmara disse na segunda-feira que não vai fechar a ponte antes do fim do ano "
               "porque não foi encontrado o dinheiro para uma nova e os moradores não querem."},
        {"it",
         "Il consiglio ha detto lunedì che il ponte non sarà chiuso prima della fine "
         "dell'anno, perché i soldi per uno nuovo non sono stati trovati e la città è divisa."},
        {"nl",
         "De gemeente heeft maandag gezegd dat de brug niet voor het einde van het jaar wordt "
         "gesloten, omdat het geld voor een nieuwe brug er nog niet is."},
        {"sv", "Kommunen sade på måndagen att bron inte ska stängas före årets slut, eftersom det "
               "inte har funnits pengar till en ny och att man ska vänta."},
        {"ru", "Городской совет сообщил в понедельник, что мост не закроют до конца года, потому "
               "что деньги на новый ещё не найдены, а старый был построен давно."},
        {"uk", "Міська рада повідомила в понеділок, що міст не закриють до кінця року, бо грошей "
               "на новий ще не знайшли, і жителі із цим згодні."},
        {"ar", "قال المجلس يوم الاثنين إنه لن يغلق الجسر قبل نهاية العام لأن المال لم يتوفر بعد."},
        {"zh", "市议会星期一表示年底之前不会关闭这座桥因为新桥的资金还没有着落。"},
        {"ja", "市議会は月曜日に、新しい橋の資金がまだ見つかっていないため年末まで橋を閉鎖しないと"
               "述べた。"},
        {"en", "The harbour of the town was closed."},
        {"en", "On the stability of plates under load and in flow"},
        {"de", "Der Hafen ist nach dem Sturm wieder offen."},
        {"fr", "La fermeture du port est une erreur, selon le maire"},
        {NULL, "EU to probe state aid"},
        {NULL, "Harbour"},
        {NULL, ""},
        {NULL, "1234 5678 9012 3456 7890"},
        {NULL, "Jane Doe John Roe Ann Poe Madrid Oslo Lima Quito Rabat"},
    };
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_str got = nx_language_detect(nx_str_of(rows[i].want));
        if (!means(got, rows[i].in)) {
            print_error("%s: %.*s\n", rows[i].in, (int)got.n, got.n > 0 ? got.p : "");
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    assert_true(means(nx_language_code(NX_STR("en-US")), "en"));
    assert_true(means(nx_language_code(NX_STR("de_AT")), "de"));
    assert_true(means(nx_language_code(NX_STR("English")), "en"));
    assert_true(means(nx_language_code(NX_STR("nob")), "no"));
    assert_true(means(nx_language_code(NX_STR("xx")), NULL));
    assert_true(means(nx_language_code(NX_STR("")), NULL));
}

// A report that goes on as a table is in the language it began in.
static void test_language_of_table(void **state)
{
    (void)state;
    nx_buf text;
    nx_buf_init(&text, 1 << 16);
    for (int i = 0; i < 4; i++) {
        nx_buf_addz(&text, "The ministry said on Friday that prices at the ports were as they had "
                           "been for the week, and that it would not be able to change them.\n");
    }
    for (int i = 0; i < 300; i++) {
        nx_buf_addz(&text, "Gdynia Rotterdam Callao 12.5 13.1\n");
    }
    assert_true(means(nx_language_detect(nx_buf_str(&text)), "en"));
    nx_buf_release(&text);
}

static nx_article *from_file(const char *path)
{
    nx_error err = NX_ERROR_INIT;
    nx_buf text;
    nx_buf_init(&text, 1 << 20);
    assert_int_equal(nx_read_file(path, &text, &err), NX_OK);
    nx_article *a = nx_article_new(1 << 22);
    assert_non_null(a);
    assert_int_equal(nx_attribute_text(a, nx_buf_str(&text), true, 0, &err), NX_OK);
    nx_buf_release(&text);
    return a;
}

// Two real articles, when they are there.
static void test_outside_articles(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_buf probe;
    nx_buf_init(&probe, 1 << 20);
    bool there =
        nx_read_file(NX_SHARED_DIR "/seeds/000_a8404ee99ceb6dfa.txt", &probe, &err) == NX_OK;
    nx_buf_release(&probe);
    if (!there) {
        print_message("no articles in " NX_SHARED_DIR "/seeds: skipped\n");
        skip();
    }
    nx_article *a = from_file(NX_SHARED_DIR "/seeds/000_a8404ee99ceb6dfa.txt");
    assert_true(means(a->section.s, "Political News"));
    assert_true(means(a->title.s, "Shadowy North Korean dissident group says it raided embassy, "
                                  "contacted FBI"));
    assert_true(means(a->source.s, "CNN"));
    assert_int_equal(a->author_count, 1);
    assert_true(means(a->authors[0].s, "Zachary Cohen"));
    assert_false(a->published.known || a->updated.known);
    assert_null(a->credited.s.p);
    assert_true(nx_str_starts(a->body, NX_STR("A shadowy North Korean dissident group claimed")));
    assert_int_equal(nx_str_find(a->body, NX_STR("A shadowy North"), 1), SIZE_MAX);
    assert_int_equal(nx_str_find(a->body, NX_STR("Posted"), 0), SIZE_MAX);
    assert_int_equal(nx_str_find(a->body, NX_STR("Copyright"), 0), SIZE_MAX);
    assert_true(nx_str_ends(a->body, NX_STR("Diplomacy.")));
    nx_article_free(a);

    a = from_file(NX_SHARED_DIR "/seeds/001_22b2c1d17b6a4572.txt");
    assert_true(means(a->title.s, "A Shadowy Group Trying to Overthrow Kim Jong"));
    assert_true(means(a->source.s, "eraoflight.com"));
    assert_true(means(a->credited.s, "The Washington Post"));
    assert_true(nx_str_starts(a->body, NX_STR("Days before President Trump")));
    assert_int_equal(nx_str_find(a->body, NX_STR("Source"), 0), SIZE_MAX);
    nx_article_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_openings),
        cmocka_unit_test(test_names_that_would_grow),
        cmocka_unit_test(test_authors),
        cmocka_unit_test(test_urls_that_grow),
        cmocka_unit_test(test_urls),
        cmocka_unit_test(test_hosts),
        cmocka_unit_test(test_outlets),
        cmocka_unit_test(test_tables_sorted),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_line_words),
        cmocka_unit_test(test_date_words),
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_language_of_table),
        cmocka_unit_test(test_outside_articles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
