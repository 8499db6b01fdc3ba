// snippet_test.c: which passage of an article is shown for a query, and what of it is marked.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "searcher/snippet.h"

// "fbi|Zfbi contact|Zcontact": one mark a word, alternatives of a word by '|'. "\"a b\"": the words
// of a phrase, one mark. Words get equal weights but for those with '!' (rare).
typedef struct marks {
    nx_mark list[8];
    size_t count;
    nx_place places[16];
    nx_str terms[32];
    size_t place_count, term_count;
    char text[400];
} marks;

static void parse_marks(marks *m, const char *spec)
{
    memset(m, 0, sizeof *m);
    (void)snprintf(m->text, sizeof m->text, "%s", spec);
    bool phrase = false;
    for (char *p = m->text; *p != '\0';) {
        if (*p == ' ') {
            p++;
            continue;
        }
        bool opens = *p == '"' && !phrase;
        if (opens) {
            phrase = true;
            p++;
        }
        size_t n = strcspn(p, " \"");
        if (opens || !phrase) {
            m->list[m->count] = (nx_mark){.part = (uint32_t)m->count,
                                          .places = &m->places[m->place_count],
                                          .ordered = true,
                                          .weight = 1};
            m->count++;
        }
        nx_mark *mark = &m->list[m->count - 1];
        nx_place *place = &m->places[m->place_count++];
        place->terms = &m->terms[m->term_count];
        mark->place_count++;
        mark->window = (uint32_t)mark->place_count;
        for (size_t i = 0; i < n;) {
            size_t end = i;
            while (end < n && p[end] != '|') {
                end++;
            }
            if (p[i] == '!') {
                mark->weight = 5;
                i++;
            }
            m->terms[m->term_count++] = nx_str_make(p + i, end - i);
            place->term_count++;
            i = end + 1;
        }
        p += n;
        if (*p == '"') {
            phrase = false;
            p++;
        }
    }
}

static char *render(const nx_snippet *s)
{
    nx_buf b;
    nx_buf_init(&b, 1 << 20);
    for (size_t i = 0; i < s->count; i++) {
        nx_buf_addz(&b, s->runs[i].marked ? "[" : "");
        nx_buf_adds(&b, s->runs[i].text);
        nx_buf_addz(&b, s->runs[i].marked ? "]" : "");
    }
    char *text = strdup(b.data);
    nx_buf_release(&b);
    return text;
}

static void check(const char *spec, const char *title, const char *body, const char *want)
{
    marks m;
    nx_snippet s;
    nx_error err = NX_ERROR_INIT;
    parse_marks(&m, spec);
    nx_snippet_maker *maker = nx_snippet_maker_new(m.list, m.count);
    assert_non_null(maker);
    assert_int_equal(
        nx_snippet_make(maker, nx_str_of(title), nx_str_of(body), NX_STR("en"), &s, &err), NX_OK);
    char *got = render(&s);
    if (strcmp(got, want) != 0) {
        fail_msg("for %s\n  wanted: %s\n  got:    %s", spec, want, got);
    }
    free(got);
    nx_snippet_maker_free(maker);
}

static void check_headline(const nx_field *mark_field, const char *want)
{
    marks m;
    nx_snippet s;
    nx_error err = NX_ERROR_INIT;
    parse_marks(&m, "fbi");
    m.list[0].field = mark_field;
    nx_snippet_maker *maker = nx_snippet_maker_new(m.list, m.count);
    assert_non_null(maker);
    assert_int_equal(nx_snippet_mark(maker, NX_STR("FBI at the door"), NX_STR("en"),
                                     nx_field_by_id(NX_FIELD_TITLE), &s, &err),
                     NX_OK);
    char *got = render(&s);
    assert_string_equal(got, want);
    free(got);
    nx_snippet_maker_free(maker);
}

static void headlines_show_marks_of_all_text_and_their_own(void **state)
{
    (void)state;
    check_headline(NULL, "[FBI] at the door");
    check_headline(nx_field_by_id(NX_FIELD_TITLE), "[FBI] at the door");
    check_headline(nx_field_by_id(NX_FIELD_SECTION), "FBI at the door");
}

static void the_sentence_with_most_of_the_query_is_shown(void **state)
{
    (void)state;
    const char *body = "The mayor spoke for an hour on Monday evening.\n"
                       "The FBI said nothing about it. A guard contacted police at dawn.\n"
                       "Later the FBI was contacted by two of the guards, a court heard.\n"
                       "Contact with the bureau ended there.";
    check("fbi contact|Zcontact", "T", body,
          "Later the [FBI] was [contacted] by two of the guards, a court heard.");
    check("mayor|Zmayor", "T", body, "The [mayor] spoke for an hour on Monday evening.");
    check("police dawn", "T", body, "A guard contacted [police] at [dawn].");
}

static void ties_go_to_the_top_of_the_story(void **state)
{
    (void)state;
    check("harbour", "T",
          "The harbour was closed on Friday by a storm.\nThe harbour was opened again on Sunday.",
          "The [harbour] was closed on Friday by a storm.");
}

static void the_rarer_word_counts_for_more(void **state)
{
    (void)state;
    check("city !zeppelin", "T",
          "The city council met again in the city hall.\nIt rained.\nA zeppelin was seen over the "
          "river.",
          "A [zeppelin] was seen over the river.");
}

static void two_sentences_are_shown_when_they_say_more_than_one(void **state)
{
    (void)state;
    check("judge madrid", "T",
          "A judge lifted the secrecy order. It was a case in Madrid.\nNothing else happened.",
          "A [judge] lifted the secrecy order. It was a case in [Madrid].");
}

static void a_phrase_is_marked_as_a_whole_and_only_where_it_stands(void **state)
{
    (void)state;
    check("\"prime minister\"", "T",
          "A minister of prime importance left. Then the Prime Minister spoke to reporters.",
          "Then the [Prime Minister] spoke to reporters.");
}

static void the_same_word_in_another_sense_is_not_marked(void **state)
{
    (void)state;
    // What the query did not match is not marked: the exact form alone was asked for.
    check("contact", "T", "They contacted the office. Contact was lost soon after that.",
          "[Contact] was lost soon after that.");
}

static void headings_bylines_and_boilerplate_are_never_shown(void **state)
{
    (void)state;
    check("embassy", "Raid on embassy",
          "Embassy raid: what we know\nBy Jane Embassy\nCopyright 2024 Embassy Press.\n"
          "Police searched the embassy for six hours on Tuesday.",
          "Police searched the [embassy] for six hours on Tuesday.");
    check("embassy", "Raid on embassy",
          "RAID ON EMBASSY\nNobody was hurt in the raid, police said.",
          "Nobody was hurt in the raid, police said.");
    check(
        "embassy", "T",
        "Hide Caption 14 of 98 Photos: The embassy in Madrid.\nThe raid was over when police came "
        "to the embassy.",
        "The raid was over when police came to the [embassy].");
}

static void labels_and_the_headline_again_give_way_to_prose(void **state)
{
    (void)state;
    check("ferry talks", "Third ferry to sail before talks with E.U.",
          "3rd Ferry To Sail Before Talks With E.U.\n"
          "The company has until Friday to run a ferry.",
          "The company has until Friday to run a [ferry].");
    check("ferry delay", "T",
          "Its ferry sails on Tuesday from the old port. City delays ferry delay",
          "Its [ferry] sails on Tuesday from the old port.");
    check("embassy", "T",
          "Lesen Sie auch: Die Embassy von Madrid.\nAnzeige Embassy\n"
          "Anzeige gegen die Embassy wurde am Montag erstattet.",
          "Anzeige gegen die [Embassy] wurde am Montag erstattet.");
}

static void a_quotation_of_nobody_gives_way_to_a_sentence_that_says_as_much(void **state)
{
    (void)state;
    check("weapons", "T",
          "\u201cNo weapons were used by anybody.\u201d\nPolice found no weapons in the house.",
          "Police found no [weapons] in the house.");
    // Nor is it put beside a sentence that would seem to say whose it is.
    check("weapons", "T",
          "The mayor said a word of thanks.\n\u201cNo weapons were used by anybody.\u201d",
          "\u201cNo [weapons] were used by anybody.\u201d");
}

static void without_a_match_the_lede_is_shown(void **state)
{
    (void)state;
    check("zebra", "T",
          "Breaking news\nTwo ferries collided in fog off the coast early on Thursday, "
          "the coast guard said in a statement.\nMore follows.",
          "Two ferries collided in fog off the coast early on Thursday, the coast guard said in a "
          "statement.");
    check("zebra", "T",
          "The main points:\n.\nTwo ferries collided in fog off the coast early on Thursday.",
          "Two ferries collided in fog off the coast early on Thursday.");
    check("", "T", "One short sentence.", "One short sentence.");
    check("x", "T", "", "");
}

static void a_quotation_keeps_its_speaker(void **state)
{
    (void)state;
    check("weapons", "T",
          "The group wrote a letter. \"No weapons were used by anybody that night.\" The judge "
          "said so on "
          "Monday.\nIt rained.",
          "\"No [weapons] were used by anybody that night.\" The judge said so on Monday.");
    check(
        "weapons", "T",
        "They came at night.\n\u201cIt was quiet,\u201d said Ann Roe, who lives there. \u201cNo "
        "weapons were used by anybody that I saw.\u201d\nIt rained.",
        "\u201cIt was quiet,\u201d said Ann Roe, who lives there. \u201cNo [weapons] were used by "
        "anybody that I saw.\u201d");
    check("weapons", "T",
          "\u201cIt was quiet all night. No weapons were used by anybody I know. Then it "
          "rained,\u201d "
          "she said.",
          "No [weapons] were used by anybody I know. Then it rained,\u201d she said.");
    check("weapons", "T",
          "The mayor said a word of thanks.\n\u201cNo weapons were used by anybody.\u201d\nIt "
          "rained all day.",
          "\u201cNo [weapons] were used by anybody.\u201d");
    check("weapons", "T",
          "The mayor said \u201cthank you\u201d. No weapons were used by anybody in town.",
          "No [weapons] were used by anybody in town.");
}

static void a_sentence_that_is_too_long_is_cut_between_words(void **state)
{
    (void)state;
    char body[1200] = "It began";
    for (int i = 0; i < 80; i++) {
        (void)snprintf(body + strlen(body), sizeof body - strlen(body), " %s",
                       i == 60 ? "zeppelin" : "and on it");
    }
    marks m;
    nx_snippet s;
    nx_error err = NX_ERROR_INIT;
    parse_marks(&m, "zeppelin");
    nx_snippet_maker *maker = nx_snippet_maker_new(m.list, m.count);
    assert_int_equal(nx_snippet_make(maker, NX_STR("T"), nx_str_of(body), NX_STR("en"), &s, &err),
                     NX_OK);
    char *got = render(&s);
    assert_non_null(strstr(got, "[zeppelin]"));
    assert_true(strlen(got) < 330);
    assert_memory_equal(got, "\u2026 ", 4);
    assert_true(s.matched);
    free(got);
    nx_snippet_maker_free(maker);
}

static char *cut(const char *query, const char *body)
{
    marks m;
    nx_snippet s;
    nx_error err = NX_ERROR_INIT;
    parse_marks(&m, query);
    nx_snippet_maker *maker = nx_snippet_maker_new(m.list, m.count);
    assert_int_equal(nx_snippet_make(maker, NX_STR("T"), nx_str_of(body), NX_STR("ru"), &s, &err),
                     NX_OK);
    char *got = render(&s);
    nx_snippet_maker_free(maker);
    return got;
}

static void a_cut_keeps_as_many_letters_in_every_script_and_most_of_the_query(void **state)
{
    (void)state;
    char body[3000] = "Порт";
    for (int i = 0; i < 200; i++) {
        const char *word = i == 5 ? "порт" : i == 150 ? "паром" : i == 152 ? "порт" : "волна";
        (void)snprintf(body + strlen(body), sizeof body - strlen(body), " %s", word);
    }
    char *got = cut("порт паром", body);
    assert_non_null(strstr(got, "[паром] волна [порт]"));
    assert_true(strlen(got) > 500); // 300 letters of two bytes
    free(got);
    char han[3000] = "";
    for (int i = 0; i < 500; i++) {
        (void)snprintf(han + strlen(han), sizeof han - strlen(han), "%s", i == 400 ? "北京" : "水");
    }
    got = cut("北京", han);
    assert_non_null(strstr(got, "[北京]"));
    free(got);
}

static void a_cut_does_not_lose_the_match_at_its_end(void **state)
{
    (void)state;
    for (int before = 240; before < 330; before++) {
        char body[1200] = "It";
        while (strlen(body) < (size_t)before) {
            (void)snprintf(body + strlen(body), sizeof body - strlen(body), " %s",
                           (size_t)before - strlen(body) > 20 ? "was so" : "on");
        }
        (void)snprintf(body + strlen(body), sizeof body - strlen(body), "%s",
                       before % 2 == 0 ? " zeppelin," : " zeppelin");
        for (int i = 0; i < 60; i++) {
            (void)snprintf(body + strlen(body), sizeof body - strlen(body), " and on");
        }
        char *got = cut("zeppelin", body);
        assert_non_null(strstr(got, "[zeppelin]"));
        free(got);
    }
}

static void stems_and_accents_match_as_the_index_matches(void **state)
{
    (void)state;
    check("jose", "T", "Judge Jos\u00e9 de la Mata lifted the order on Monday.",
          "Judge [Jos\u00e9] de la Mata lifted the order on Monday.");
    check("trump|Ztrump", "T", "Trump\u2019s aides said both sides left on good terms.",
          "[Trump]\u2019s aides said both sides left on good terms.");
    check("cooperate", "T", "They co-operate with the court in this case.",
          "They [co-operate] with the court in this case.");
}

static void every_match_of_a_whole_text_is_marked_for_show(void **state)
{
    (void)state;
    marks m;
    nx_snippet s;
    nx_error err = NX_ERROR_INIT;
    parse_marks(&m, "fbi");
    nx_snippet_maker *maker = nx_snippet_maker_new(m.list, m.count);
    assert_int_equal(
        nx_snippet_mark(maker, NX_STR("The FBI.\nFBI again."), NX_STR("en"), NULL, &s, &err),
        NX_OK);
    char *got = render(&s);
    assert_string_equal(got, "The [FBI].\n[FBI] again.");
    free(got);
    nx_snippet_maker_free(maker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headlines_show_marks_of_all_text_and_their_own),
        cmocka_unit_test(the_sentence_with_most_of_the_query_is_shown),
        cmocka_unit_test(ties_go_to_the_top_of_the_story),
        cmocka_unit_test(the_rarer_word_counts_for_more),
        cmocka_unit_test(two_sentences_are_shown_when_they_say_more_than_one),
        cmocka_unit_test(a_phrase_is_marked_as_a_whole_and_only_where_it_stands),
        cmocka_unit_test(the_same_word_in_another_sense_is_not_marked),
        cmocka_unit_test(headings_bylines_and_boilerplate_are_never_shown),
        cmocka_unit_test(labels_and_the_headline_again_give_way_to_prose),
        cmocka_unit_test(without_a_match_the_lede_is_shown),
        cmocka_unit_test(a_quotation_keeps_its_speaker),
        cmocka_unit_test(a_quotation_of_nobody_gives_way_to_a_sentence_that_says_as_much),
        cmocka_unit_test(a_sentence_that_is_too_long_is_cut_between_words),
        cmocka_unit_test(a_cut_keeps_as_many_letters_in_every_script_and_most_of_the_query),
        cmocka_unit_test(a_cut_does_not_lose_the_match_at_its_end),
        cmocka_unit_test(stems_and_accents_match_as_the_index_matches),
        cmocka_unit_test(every_match_of_a_whole_text_is_marked_for_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
