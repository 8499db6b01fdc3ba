// languages_test.c: searching an index of several languages.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "search_kit.h"
#include "searcher/vocabulary.h"

#define ARTICLE(id_, language_, title_, body_)                                                     \
    {                                                                                              \
        .id = id_, .language = language_, .title = title_, .body = body_, .source = "The Courier"  \
    }

// "hospital" has a stem of its own in English and another one in Spanish, where it is rare here.
static const kit_article articles[] = {
    ARTICLE("en-full", "en", "Wards are full", "The hospital was overwhelmed by the flood."),
    ARTICLE("en-two", "en", "A new wing", "The hospital opens a wing."),
    ARTICLE("en-three", "en", "Nurses wanted", "A hospital looks for nurses in the north."),
    ARTICLE("en-four", "en", "Lift stuck", "The lift of a hospital got stuck again."),
    ARTICLE("en-ferry", "en", "Ferry late", "Passengers were overwhelmed by the heat."),
    ARTICLE("en-goats", "en", "Goats loose", "Goats walked along the motorway."),
    ARTICLE("es-one", "es", "Obras", "El hospital cierra; el hospital reabre en mayo."),
    ARTICLE("es-ferry", "es", "Puerto", "El puerto espera la llegada de los barcos."),
    ARTICLE("es-goats", "es", "Cabras", "Las cabras cruzaron la carretera."),
    ARTICLE("de-one", "de", "Brücke", "Die Brücke war gesperrt."),
    ARTICLE("de-two", "de", "Fähre", "Die Fähren fahren wieder."),
    ARTICLE("fr-one", "fr", "Pont", "Les ponts étaient fermés."),
    ARTICLE("it-one", "it", "Ponte", "I ponti erano chiusi."),
    ARTICLE("ru-one", "ru", "Мост", "Выборы прошли у моста."),
    ARTICLE("zh-one", "zh", "港口", "渡轮每天开往海岛，请纳税。"),
};

static kit_index kit;

static int begin(void **state)
{
    (void)state;
    kit_open(&kit, articles, NX_COUNT(articles));
    return 0;
}

static int end(void **state)
{
    (void)state;
    kit_close(&kit);
    return 0;
}

static double weight_of(const char *query, const char *id)
{
    nx_result *r = kit_search(&kit, query, NULL);
    double weight = 0;
    nx_buf scratch;
    nx_buf_init(&scratch, 1 << 16);
    for (uint32_t i = 0; i < nx_result_hit_count(r); i++) {
        nx_hit hit;
        nx_error err = NX_ERROR_INIT;
        assert_int_equal(nx_result_hit(r, i, &hit, &err), NX_OK);
        nx_buf_clear(&scratch);
        if (nx_str_eq(nx_data_get(hit.data, NX_DATA_NATIVE_ID, &scratch), nx_str_of(id))) {
            weight = hit.weight;
        }
    }
    nx_buf_release(&scratch);
    nx_result_free(r);
    return weight;
}

static void check_first(const char *query, const char *id)
{
    nx_result *r = kit_search(&kit, query, NULL);
    nx_buf ids;
    kit_ids(r, &ids);
    if (!nx_str_starts(nx_buf_str(&ids), nx_str_of(id))) {
        fail_msg("{%s} gives %s", query, ids.data);
    }
    nx_buf_release(&ids);
    nx_result_free(r);
}

// The article with both words of the query, not the one that repeats one in a rarer language.
static void test_rare_stem(void **state)
{
    (void)state;
    check_first("hospital overwhelmed", "en-full");
    // As rare as in English, and so only better for saying it twice.
    assert_true(weight_of("hospital", "es-one") < 1.6 * weight_of("hospital", "en-three"));
}

// Function words tell the language of a query: stems of others count less.
static void test_told(void **state)
{
    (void)state;
    double in_english = weight_of("the hospital", "es-one");
    double in_spanish = weight_of("el hospital", "es-one");
    assert_true(in_english > 0);
    assert_true(in_english < 0.8 * in_spanish);
    check_first("el hospital", "es-one");
    check_first("the hospital", "en-");
}

// Inflections are found in every language, also in those of few articles.
static void test_stems(void **state)
{
    static const struct {
        const char *query, *id;
    } rows[] = {
        {"goat", "en-goats"},  {"cabra", "es-goats"},
        {"fähre", "de-two"},   {"fahre", "de-two"},
        {"pont", "fr-one"},    {"chiusa", "it-one"},
        {"выборов", "ru-one"}, {"渡轮", "zh-one"},
        {"barco", "es-ferry"}, {"bridge OR brücken", "de-one"},
    };
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        check_first(rows[i].query, rows[i].id);
    }
}

// German words that are English ones too are no reason to take a query for German; and German ones
// are found in both spellings.
static const kit_article mixed[] = {
    ARTICLE("en-war", "en", "War in Ukraine", "The war in Ukraine goes on in the east."),
    ARTICLE("en-trade", "en", "Trade war", "A trade war in steel may come."),
    ARTICLE("en-goats", "en", "Goats loose", "Goats walked along the motorway."),
    ARTICLE("en-ferry", "en", "Ferry late", "The ferry was late in the east."),
    ARTICLE("en-die", "en", "Old habits", "Old habits die hard in the north."),
    ARTICLE("de-war", "de", "Tagung", "Der Minister war in Wien, die Presse auch."),
    ARTICLE("de-krieg", "de", "Krieg", "Der Krieg in der Ukraine dauert an."),
    ARTICLE("de-new", "de", "Ankunft", "Flüchtlinge kommen an der Grenze an. Müller hilft."),
    ARTICLE("de-old", "de", "Grenze", "Fluechtlinge warten, sagt Mueller."),
};

static void check_note(kit_index *k, const char *query, const char *note)
{
    nx_result *r = kit_search(k, query, NULL);
    const nx_note *n = nx_result_query(r)->notes;
    const char *said = n != NULL ? n->text : "nothing";
    if (strcmp(said, note) != 0) {
        fail_msg("{%s} says {%s}, not {%s}", query, said, note);
    }
    nx_result_free(r);
}

static void check_ids(kit_index *k, const char *query, const char *want)
{
    nx_search_options o = nx_search_defaults();
    nx_buf ids;
    o.sort = NX_SORT_OLDEST; // all undated: in the order of the table
    nx_result *r = kit_search(k, query, &o);
    kit_ids(r, &ids);
    if (strcmp(ids.data, want) != 0) {
        fail_msg("{%s} gives {%s}, not {%s}", query, ids.data, want);
    }
    nx_buf_release(&ids);
    nx_result_free(r);
}

typedef struct common_row {
    const char *query, *common; // NULL: no word is
} common_row;

static void check_common(const kit_article *index, size_t articles_count, const common_row *rows,
                         size_t count)
{
    static const char dropped[] = "common words do not count here: ";
    kit_index k;
    kit_open(&k, index, articles_count);
    for (size_t i = 0; i < count; i++) {
        char note[160] = "nothing";
        if (rows[i].common != NULL) {
            (void)snprintf(note, sizeof note, "%s%s (+word or \"word\" makes them count)", dropped,
                           rows[i].common);
        }
        check_note(&k, rows[i].query, note);
    }
    kit_close(&k);
}

static void test_words_of_two_languages(void **state)
{
    static const common_row rows[] = {
        {"war in ukraine", "in"}, {"der krieg in der ukraine", "der, in"},
        {"trade war", NULL},      {"habits die hard", NULL},
        {"die presse", "die"},    {"the war", "the"},
        {"der minister", "der"},
    };
    (void)state;
    check_common(mixed, NX_COUNT(mixed), rows, NX_COUNT(rows));
}

// "I am looking for articles that" is not what the question is about; the same words are where
// they are its subject.
static void test_words_of_asking(void **state)
{
    static const kit_article english[] = {
        ARTICLE("harbour", "en", "The harbour", "The price of fish at the harbour fell again."),
        ARTICLE("papers", "en", "Information",
                "Documents and information: retrieval of papers and "
                "articles that scientists need to find."),
    };
    static const common_row rows[] = {
        {"I am looking for articles that discuss fish",
         "I, am, looking, for, articles, that, discuss"},
        {"fish. I want information on harbour price", "I, want, information, on"},
        {"To be relevant, a document must mention fish",
         "To, be, relevant, a, document, must, mention"},
        {"fish; documents describing it are relevant", "documents, describing, it, are, relevant"},
        {"papers dealing with information retrieval", "papers, dealing, with"},
        {"I need document retrieval", "I, need"},
        {"information of scientists", "of"},
        {"fish that scientists find", "that"},
        {"=articles that discuss fish", "that"},
        {"find papers", NULL}, // nothing else is asked for
    };
    (void)state;
    check_common(english, NX_COUNT(english), rows, NX_COUNT(rows));
}

static void test_words_are_shown_as_they_are_written(void **state)
{
    nx_known words[] = {{.term = NX_STR("muller"), .documents = 5},
                        {.term = NX_STR("müller"), .documents = 4},
                        {.term = NX_STR("mullér"), .documents = 1},
                        {.term = NX_STR("mueller"), .documents = 5}};
    nx_known_list l = {.items = words, .count = NX_COUNT(words)};
    (void)state;
    assert_true(nx_str_eq(nx_known_written(&l, &words[0]), words[1].term));
    assert_true(nx_str_eq(nx_known_written(&l, &words[3]), words[3].term));
    words[1].documents = 2; // of five: written without as a rule
    assert_true(nx_str_eq(nx_known_written(&l, &words[0]), words[0].term));
}

static void test_umlauts_in_both_spellings(void **state)
{
    static const struct {
        const char *query, *ids;
    } rows[] = {
        {"Fluechtlinge", "de-new de-old"},
        {"Flüchtlinge", "de-new de-old"},
        {"Flüchtling", "de-new"}, // its form with an ending has no other spelling of its own
        {"Mueller", "de-new de-old"},
        {"=Mueller", "de-old"},
        {"\"Fluechtlinge kommen\"", "de-new"},
        {"\"Flüchtlinge warten\"", "de-old"},
        {"Fluechtlinge NEAR/4 Grenze", "de-new"},
        {"head5(Fluechtlinge)", "de-new de-old"},
        {"title:Mueller", ""},
    };
    kit_index k;
    (void)state;
    kit_open(&k, mixed, NX_COUNT(mixed));
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        check_ids(&k, rows[i].query, rows[i].ids);
    }
    kit_close(&k);
}

// What one language makes of a word must not make another word of it.
static void test_words_stay_apart(void **state)
{
    static const kit_article few[] = {
        ARTICLE("tea", "fr", "Le commerce", "Le thé est arrivé au port de Marseille."),
        ARTICLE("fox", "en", "The fox", "The fox ran along the river and it slept."),
        ARTICLE("firm", "en", "Hackers", "Fox-It looked into the break-in for the ministry."),
    };
    kit_index k;
    (void)state;
    kit_open(&k, few, NX_COUNT(few));
    check_ids(&k, "thé", "tea");
    check_ids(&k, "\"the\"", "tea fox firm");
    check_ids(&k, "arrive", "tea");
    check_ids(&k, "fox-it", "firm"); // foxit is an inflection of fox in French
    check_ids(&k, "fox", "fox firm");
    kit_close(&k);
}

// A single character stands for the words that it begins, in the field asked for.
static void test_lone_ideograph(void **state)
{
    static const struct {
        const char *query, *ids;
    } rows[] = {
        {"海", "zh-one"}, {"渡", "zh-one"},       {"纳 AND 海", "zh-one"}, {"head(渡)", "zh-one"},
        {"title:渡", ""}, {"title:港", "zh-one"}, {"\"海岛\"", "zh-one"},  {"海 NOT 渡轮", ""},
    };
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_result *r = kit_search(&kit, rows[i].query, NULL);
        nx_buf ids;
        kit_ids(r, &ids);
        if (!nx_str_eq(nx_buf_str(&ids), nx_str_of(rows[i].ids))) {
            fail_msg("{%s} gives %s", rows[i].query, ids.data);
        }
        nx_buf_release(&ids);
        nx_result_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rare_stem),
        cmocka_unit_test(test_told),
        cmocka_unit_test(test_stems),
        cmocka_unit_test(test_words_of_two_languages),
        cmocka_unit_test(test_words_of_asking),
        cmocka_unit_test(test_words_are_shown_as_they_are_written),
        cmocka_unit_test(test_umlauts_in_both_spellings),
        cmocka_unit_test(test_words_stay_apart),
        cmocka_unit_test(test_lone_ideograph),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
