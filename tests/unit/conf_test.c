// conf_test.c: newsdex.conf: what is understood, and where a mistake is said to be.
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "indexer/conf.h"

static nx_conf *parse(const char *text)
{
    nx_conf *conf = NULL;
    nx_error err = NX_ERROR_INIT;
    if (nx_conf_parse(&conf, nx_str_of(text), "conf", "/home/me", 1000, &err) != NX_OK) {
        fail_msg("%s", err.msg);
    }
    return conf;
}

static void test_everything_a_source_can_say(void **state)
{
    (void)state;
    nx_conf *c = parse("\xef\xbb\xbf# first comment\n; second\n\n"
                       "[source wire]\r\n"
                       "  index = main\n"
                       "path = /srv/wire/*.jsonl\n"
                       "path=\"~/more news\"\n"
                       "include = *.jsonl\n"
                       "exclude = */drafts/*\n"
                       "exclude = x*\n"
                       "vanished = remove\n"
                       "settle = 2m\n"
                       "format = jsonl\n"
                       "field = title=headline\n"
                       "field = source = outlet.name\n"
                       "publisher = \"The \\\"Wire\\\" \\\\ Co \"\n"
                       "language = de\n"
                       "section = World\n"
                       "zone = -05:30\n"
                       "file-time = yes\n"
                       "max-record = 2M\n"
                       "[index main]\n"
                       "dir = ~/index\n");
    assert_int_equal(c->index_count, 1);
    assert_string_equal(c->indexes[0].name.p, "main");
    assert_string_equal(c->indexes[0].dir.p, "/home/me/index");
    assert_int_equal(c->source_count, 1);
    const nx_conf_source *s = &c->sources[0];
    assert_int_equal(s->index, 0);
    assert_int_equal(s->paths.count, 2);
    assert_string_equal(s->paths.items[1].p, "/home/me/more news");
    assert_int_equal(s->include.count, 1);
    assert_int_equal(s->exclude.count, 2);
    assert_true(s->remove_vanished);
    assert_int_equal(s->settle_s, 120);
    assert_int_equal(s->corpus.format, NX_FORMAT_JSONL);
    assert_int_equal(s->corpus.field_count, 2);
    assert_string_equal(s->corpus.fields[0].theirs.p, "headline");
    assert_true(nx_str_eq(s->corpus.fields[1].ours, NX_STR("source")));
    assert_string_equal(s->corpus.fields[1].theirs.p, "outlet.name");
    assert_string_equal(s->corpus.source.p, "The \"Wire\" \\ Co ");
    assert_string_equal(s->corpus.language.p, "de");
    assert_string_equal(s->corpus.section.p, "World");
    assert_int_equal(s->corpus.zone_min, -330);
    assert_true(s->corpus.keep_undated_file_time);
    assert_int_equal(s->corpus.limits.record_bytes, 2 << 20);
    assert_int_equal(s->corpus.now_utc, 1000);
    nx_conf_free(c);
}

static void test_what_is_not_said(void **state)
{
    (void)state;
    nx_conf *c = parse("[index a]\ndir = /a\n[source s]\npath = /s\n");
    assert_int_equal(c->sources[0].index, 0); // the only one
    assert_false(c->sources[0].remove_vanished);
    assert_int_equal(c->sources[0].settle_s, 0);
    assert_int_equal(c->sources[0].corpus.format, NX_FORMAT_AUTO);
    assert_null(c->sources[0].corpus.source.p);
    assert_int_equal(nx_conf_find_index(c, NX_STR("b")), SIZE_MAX);
    nx_conf_free(c);
}

#define INDEX "[index a]\ndir = /a\n"

static void test_mistakes_have_a_place(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"", "conf:1:1: no [index NAME] in it"},
        {"dir = /a\n", "conf:1:1: before the first [section]"},
        {"[index a\n", "conf:1:9: the section is not closed with ']'"},
        {"  [indx a]\n", "conf:1:4: unknown section 'indx'; did you mean 'index'?"},
        {"[index]\n", "conf:1:1: the index has no name: [index NAME]"},
        {"[]\n", "conf:1:2: unknown section ''"},
        {"[index a]\n\n[index b]\ndir = /b\n", "conf:1:1: index 'a' has no dir"},
        {INDEX "dir = /b\n", "conf:3:1: 'dir' is there twice"},
        {INDEX "[source s]\npath = /s\nzone = Z\npath = /t\n zone = Z\n",
         "conf:7:2: 'zone' is there twice"},
        {INDEX "[index a]\n", "conf:3:8: index 'a' is there twice"},
        {"[index a]\ndir = a\n", "conf:2:7: 'a' is not an absolute path"},
        {"[index a]\ndir =\n", "conf:2:6: the value is missing"},
        {"[index a]\ndri = /a\n", "conf:2:1: unknown key of an index 'dri'; did you mean 'dir'?"},
        {"[index a]\ndir = \"/a\n", "conf:2:7: the quote is not closed"},
        {"[index a]\ndir = \"/a\" b\n", "conf:2:11: text after the closing quote"},
        {INDEX "[source s]\n", "conf:3:1: source 's' has no path"},
        {INDEX "[source s]\nwhat\n", "conf:4:1: neither a [section] nor KEY = VALUE"},
        {INDEX "[source s]\n pth = /s\n",
         "conf:4:2: unknown key of a source 'pth'; did you mean 'path'?"},
        {INDEX "[source s]\nformat = jsonll\n",
         "conf:4:10: unknown format 'jsonll'; did you mean 'jsonl'?"},
        {INDEX "[source s]\nvanished = maybe\n", "conf:4:12: 'maybe' is neither keep nor remove"},
        {INDEX "[source s]\nsettle = soon\n", "conf:4:10: 'soon' is not a time span such as 30s"},
        {INDEX "[source s]\nfield = title\n", "conf:4:9: 'title' is not OURS=THEIRS"},
        {INDEX "[source s]\nfield = bogus=x\n", "conf:4:9: there is no field 'bogus'"},
        {INDEX "[source s]\nlanguage = klingon\n",
         "conf:4:12: 'klingon' is no language known here, such as en"},
        {INDEX "[source s]\nzone = CET\n", "conf:4:8: 'CET' is not a time zone such as +01:00"},
        {INDEX "[source s]\nfile-time = 1\n", "conf:4:13: '1' is neither yes nor no"},
        {INDEX "[source s]\nmax-record = 3\n", "conf:4:14: '3' is not a size from 1k to 1G"},
        {INDEX "[source s]\npath = /s\n[source s]\n", "conf:5:9: source 's' is there twice"},
        {INDEX "[source s]\npath = /s\nindex = b\n", "conf:5:9: there is no index b"},
        {INDEX "[index b]\ndir = /b\n[source s]\npath = /s\n",
         "conf:5:1: which index? give the source a line index = NAME"},
    };
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_conf *c = NULL;
        nx_error err = NX_ERROR_INIT;
        nx_status st = nx_conf_parse(&c, nx_str_of(rows[i].text), "conf", "/home/me", 0, &err);
        assert_int_equal(st, NX_ECONFIG);
        assert_null(c);
        assert_string_equal(err.msg, rows[i].message);
    }
}

static void test_home_is_needed_only_for_tildes(void **state)
{
    (void)state;
    nx_conf *c = NULL;
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_conf_parse(&c, NX_STR("[index a]\ndir = ~/a\n"), "conf", NULL, 0, &err),
                     NX_ECONFIG);
    assert_int_equal(nx_conf_parse(&c, NX_STR(INDEX), "conf", NULL, 0, &err), NX_OK);
    nx_conf_free(c);
}

static void test_limits(void **state)
{
    (void)state;
    nx_buf text;
    nx_error err = NX_ERROR_INIT;
    nx_conf *c = NULL;
    nx_buf_init(&text, 4 << 20);
    nx_buf_addz(&text, INDEX "[source s]\n");
    for (int i = 0; i < NX_CONF_ITEMS; i++) {
        nx_buf_addf(&text, "path = /s%d\n", i);
    }
    assert_int_equal(nx_conf_parse(&c, nx_buf_str(&text), "conf", NULL, 0, &err), NX_OK);
    assert_int_equal(c->sources[0].paths.count, NX_CONF_ITEMS);
    nx_conf_free(c);
    nx_buf_addz(&text, "path = /one-more\n");
    assert_int_equal(nx_conf_parse(&c, nx_buf_str(&text), "conf", NULL, 0, &err), NX_ECONFIG);
    assert_string_equal(err.msg, "conf:260:8: more than 256 values");
    nx_buf_clear(&text);
    while (text.len <= NX_CONF_BYTES) {
        nx_buf_addz(&text, "# a comment\n");
    }
    assert_int_equal(nx_conf_parse(&c, nx_buf_str(&text), "conf", NULL, 0, &err), NX_ECONFIG);
    nx_buf_release(&text);
}

static void test_example_is_understood(void **state)
{
    (void)state;
    nx_buf text;
    nx_buf_init(&text, NX_CONF_BYTES);
    nx_conf_example(&text, "/var/lib/my \"news\"");
    nx_conf *c = parse(text.data);
    assert_string_equal(c->indexes[0].dir.p, "/var/lib/my \"news\"");
    assert_int_equal(c->source_count, 0);
    nx_conf_free(c);
    nx_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_a_source_can_say),
        cmocka_unit_test(test_what_is_not_said),
        cmocka_unit_test(test_mistakes_have_a_place),
        cmocka_unit_test(test_home_is_needed_only_for_tildes),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_example_is_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
