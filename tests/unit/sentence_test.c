// sentence_test.c: where sentences of news prose end, by a table; '|' marks the ends.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/analysis.h"

typedef struct found {
    nx_str text;
    nx_buf out;
    size_t count, last_end;
} found;

static void note(void *ctx, size_t start, size_t end)
{
    found *f = ctx;
    assert_true(start < end && end <= f->text.n && start >= f->last_end);
    f->last_end = end;
    f->count++;
    if (f->out.len > 0) {
        nx_buf_addc(&f->out, '|');
    }
    nx_buf_add(&f->out, f->text.p + start, end - start);
}

static const struct {
    const char *language, *sentences; // joined by '|' for a space, or "|/" for a line break
} rows[] = {
    {"en", "He left.|She stayed."},
    {"en", "Who left?|She did!|Really?|Yes."},
    {"en", "What?!|No."},
    {"en", "Mr. Smith met Mrs. Jones.|They talked."},
    {"en", "Dr. Lee and Prof. Kim spoke to Sen. Warren.|Rep. Cole did not."},
    {"en", "Gen. Mark Milley, Lt. Col. Roe and Sgt. Doe testified."},
    {"en", "St. Louis and Ft. Worth grew.|Mt. Everest did not."},
    {"en", "George W. Bush spoke.|John F. Kennedy did not."},
    {"en", "J. K. Rowling wrote it.|J.K. Rowling denied it."},
    {"en", "He moved to the U.S. in May."},
    {"en", "The U.S. Senate voted."},
    {"en", "He lives in the U.S.|The family does not."},
    {"en", "He lives in the U.S.|But he votes elsewhere."},
    {"en", "U.S. President Joe Biden spoke."},
    {"en", "It opens at 9 a.m. Monday."},
    {"en", "It opens at 9 a.m.|The doors close at 5 p.m."},
    {"en", "Apple Inc. said so.|Microsoft Corp. Chairman Bill Gates agreed."},
    {"en", "It was bought by Acme Inc.|The price was not given."},
    {"en", "It protects less (see Roe et al. Lancet 2010) and costs more."},
    {"en", "It protects less (Roe et al. 2010).|So said Roe et al.|The others did not."},
    {"en", "Acme Co. Ltd. rose."},
    {"en", "On Jan. 5 he left.|On Feb. 6 he returned."},
    {"en", "It began in Sept. 2019."},
    {"en", "Martin Luther King Jr. led it.|He won."},
    {"en", "Smith v. Jones was heard.|Roe vs. Wade was not."},
    {"en", "See No. 5 and Nos. 6 and 7."},
    {"en", "He said no.|Then he left."},
    {"en", "Growth was 3.5 pct.|It had been 4.1 pct."},
    {"en", "It rose 1.2.|The rest fell."},
    {"en", "It cost $1.5 million.|It was 20.5 miles away."},
    {"en", "In 1987.|The year after."},
    {"en", "1. First point.|2. Second point."},
    {"en", "\"I left.\"|\"I stayed.\""},
    {"en", "\"I left,\" he said.|\"You stayed.\""},
    {"en", "\"Why?\" he asked.|\"Because.\""},
    {"en", "“It is over.”|The crowd left."},
    {"en", "“Is it over?” she asked.|“Yes.”"},
    {"en", "(It was late.)|He left."},
    {"en", "He waited ... and left."},
    {"en", "He waited...|Then he left."},
    {"en", "He waited…|Then he left."},
    {"en", "Visit example.com today.|Or mail a.b@example.com."},
    {"en", "Yahoo! shares rose.|Others fell."},
    {"en", "He wrote node.js code.|It ran."},
    {"en", "e.g. apples, i.e. fruit."},
    {"en", "Cars, trucks, etc. were sold.|The rest was not."},
    {"en", "He got a B.A. in Art.|He left."},
    {"en", "Vitamin C helps.|Plan B. failed"},
    {"en", "THE U.S . FIRST PROPOSED IT .|THE ALLIES AGREED ."},
    {"en", "It was I.|The others left."},
    {"en", "Los Angeles, Calif. police said so."},
    {"en", "A headline without a stop|/Text begins here.|It goes on."},
    {"en", "No stop at the end"},
    {"en", "One.|/Two"},
    {"en", "He said: \"Go.|Go now.\"|They went."},
    {"en", "The end.[1]|/More."},
    {"en", "Reuters' story ended.|'Quoted' began."},
    {"de", "Am 26. März kam er.|Er blieb."},
    {"de", "Der 3. Platz ging an Dr. Müller.|Das war z.B. neu."},
    {"de", "Er zahlte 3 Mio. Euro.|Das war viel."},
    {"de", "„Es reicht.“|Er ging."},
    {"de", "Das gilt u.a. für Nr. 5 und mehr.|Mehr nicht."},
    {"fr", "M. Macron est parti.|Mme Le Pen est restée."},
    {"fr", "« C’est fini. »|Il est parti."},
    {"fr", "Vraiment ?|Oui !|Non."},
    {"es", "El Sr. Pérez llegó.|¿Quién?|¡Él!"},
    {"es", "Viajó a EE.UU. ayer.|Volvió hoy."},
    {"it", "Il dott. Rossi parla.|Poi tace."},
    {"pt", "O Sr. Silva chegou.|Ele saiu."},
    {"nl", "Dhr. Jansen kwam.|Hij bleef."},
    {"ru", "В 2019 г. он уехал.|Она осталась."},
    {"ru", "Это стоит 5 млн. рублей.|Дорого."},
    {"ru", "А. С. Пушкин писал.|Он жил."},
    {"ar", "غادر الرجل.|هل بقي؟|نعم."},
    {"hi", "वह गया।|वह रुका।"},
    {"ur", "وہ گیا۔|وہ رکا۔"},
    {"en", "What‼|Who⁇|Me⁈|Well…|He left."},
};

// CJK sentences have no space between them, others lost it; the table's form cannot say that.
static void sentences_end_where_no_space_is(void **state)
{
    (void)state;
    static const struct {
        const char *text, *sentences;
    } joined[] = {
        {"They beat the odds.The police came.", "They beat the odds.|The police came."},
        {"She dialled 112.Police rushed in.", "She dialled 112.|Police rushed in."},
        {"“It is over.”The crowd left.", "“It is over.”|The crowd left."},
        {"Who did it?Nobody knows.", "Who did it?|Nobody knows."},
        {"He wrote Node.Js and Booking.Com apps.", "He wrote Node.Js and Booking.Com apps."},
        {"The U.S.Senate and St.Louis, in Version 2.0.",
         "The U.S.Senate and St.Louis, in Version 2.0."},
        {"See www.Example.com or a.Name.", "See www.Example.com or a.Name."},
        {"他走了。她留下了！真的吗？是。", "他走了。|她留下了！|真的吗？|是。"},
        {"「終わった。」彼は去った。", "「終わった。」|彼は去った。"},
    };
    for (size_t i = 0; i < NX_COUNT(joined); i++) {
        found f = {.text = nx_str_of(joined[i].text)};
        nx_buf_init(&f.out, 10000);
        nx_sentences(f.text, NX_STR("en"), note, &f);
        assert_string_equal(f.out.data, joined[i].sentences);
        nx_buf_release(&f.out);
    }
}

static void sentences_end_where_readers_end_them(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_buf text, want;
        nx_buf_init(&text, 10000);
        nx_buf_init(&want, 10000);
        for (const char *p = rows[i].sentences; *p != '\0'; p++) {
            if (p[0] == '|' && p[1] == '/') {
                nx_buf_addc(&text, '\n');
                nx_buf_addc(&want, '|');
                p++;
            } else if (*p == '|') {
                nx_buf_addc(&text, ' ');
                nx_buf_addc(&want, '|');
            } else {
                nx_buf_addc(&text, *p);
                nx_buf_addc(&want, *p);
            }
        }
        found f = {.text = nx_buf_str(&text)};
        nx_buf_init(&f.out, 10000);
        size_t count = nx_sentences(f.text, nx_str_of(rows[i].language), note, &f);
        assert_int_equal(count, f.count);
        if (strcmp(f.out.data, want.data) != 0) {
            print_error("%s: got  %s\n    want %s\n", rows[i].language, f.out.data, want.data);
            wrong++;
        }
        nx_buf_release(&f.out);
        nx_buf_release(&text);
        nx_buf_release(&want);
    }
    assert_int_equal(wrong, 0);
}

static void every_word_is_in_a_sentence(void **state)
{
    (void)state;
    static const char *const hostile[] = {
        "",           " ",      "\n\n\n",          ".",      "...", ". . . .", "?!?!?!", "\"\"\"\"",
        "a.b.c.d.e.", "。。。", "\xff\xfe.\xff A", "A.\xc3", "Mr.", "Mr. ",    "U.S.",   "1.",
        "\xe2\x80",   ".A",     "\r\n.\r\n",
    };
    for (size_t i = 0; i < NX_COUNT(hostile); i++) {
        found f = {.text = nx_str_of(hostile[i])};
        nx_buf_init(&f.out, 10000);
        nx_sentences(f.text, NX_STR("en"), note, &f);
        size_t bytes = 0, kept = 0;
        for (size_t k = 0; k < f.text.n; k++) {
            bytes += !nx_is_space(f.text.p[k]);
        }
        for (size_t k = 0; k < f.out.len; k++) {
            kept += !nx_is_space(f.out.data[k]) && f.out.data[k] != '|';
        }
        assert_int_equal(kept, bytes);
        nx_buf_release(&f.out);
    }
}

static void the_end_of_a_text_is_that_of_a_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ends;
    } cases[] = {
        {"It rained.", true},
        {"He said: \"Go!\"", true},
        {"(It rained.)", true},
        {"\u00bbGeh!\u00ab", true},
        {"\u5929\u6c14\u597d\u3002", true},
        {"And then\u2026", true},
        {"It rained", false},
        {"He calls it \u201crain\u201d", false},
        {"It reads:", false},
        {"\"", false},
        {"", false},
        {"\x80\x80", false},
        {".", true},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        assert_int_equal(nx_sentence_ends(nx_str_of(cases[i].text)), cases[i].ends);
    }
}

static void long_texts_take_linear_time(void **state)
{
    (void)state;
    static const char *const units[] = {"a",  ".",  ". ",  "A. ", "Mr. ",
                                        "\"", "1.", "a.b", " .",  "é."};
    for (size_t i = 0; i < NX_COUNT(units); i++) {
        nx_buf b;
        nx_buf_init(&b, 1 << 24);
        for (size_t k = 0; k < 300000; k++) {
            nx_buf_addz(&b, units[i]);
        }
        found f = {.text = nx_buf_str(&b)};
        nx_buf_init(&f.out, 1 << 24);
        assert_in_range(nx_sentences(f.text, NX_STR("en"), note, &f), 1, 300000);
        nx_buf_release(&f.out);
        nx_buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_end_where_readers_end_them),
        cmocka_unit_test(sentences_end_where_no_space_is),
        cmocka_unit_test(every_word_is_in_a_sentence),
        cmocka_unit_test(the_end_of_a_text_is_that_of_a_sentence),
        cmocka_unit_test(long_texts_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
