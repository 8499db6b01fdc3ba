// alert_text_test.c: lines about alerts read, and hits as text that nothing in an article breaks.
#include "indexer/alert_text.h"
#include "store_fixture.h"

static const char hit[] =
    "{\"format\":1,\"type\":\"alert\",\"alert\":\"fbi\",\"query\":\"q\",\"news\":7,"
    "\"id\":\"http://a.example/1\",\"title\":\"Raid & result\",\"url\":\"http://a.example/1\","
    "\"attribution\":\"The Courier \\u00b7 A. Reed \\u00b7 2019-02-22 09:15 UTC\","
    "\"source\":\"The Courier\",\"authors\":[\"A. Reed\"],\"published\":\"2019-02-22T09:15:00Z\","
    "\"family\":\"00000000000000ab\",\"snippet_runs\":[{\"text\":\"The \"},{\"text\":\"FBI\","
    "\"match\":true},{\"text\":\" came.\"}]}";

static const struct line {
    const char *text;
    int kind; // -1: none
    int number;
} lines[] = {
    {hit, NX_FINDING_HIT, 7},
    {"{\"type\":\"error\",\"alert\":\"x\",\"message\":\"m\"}", NX_FINDING_ERROR, 0},
    {"{\"type\":\"end\",\"through\":12,\"news\":3}", NX_FINDING_END, 12},
    {"{\"type\":\"end\",\"through\":0}", NX_FINDING_END, 0},
    {"", -1, 0},
    {"{}", -1, 0},
    {"[]", -1, 0},
    {"null", -1, 0},
    {"{\"type\":\"query\"}", -1, 0},
    {"{\"type\":\"end\"}", -1, 0},
    {"{\"type\":\"end\",\"through\":-1}", -1, 0},
    {"{\"type\":\"end\",\"through\":\"12\"}", -1, 0},
    {"{\"type\":\"alert\",\"alert\":\"\",\"news\":1}", -1, 0},
    {"{\"type\":\"alert\",\"alert\":\"x\",\"news\":0}", -1, 0},
    {"{\"type\":\"alert\",\"alert\":\"x\",\"news\":1.5}", -1, 0},
    {"{\"type\":\"alert\",\"alert\":[],\"news\":1}", -1, 0},
    {"{\"type\":\"alert\",\"alert\":\"x\"}", -1, 0},
    {"{\"type\":\"error\",\"alert\":\"x\"}", -1, 0},
    {"{\"type\":\"end\",\"through\":1}{}", -1, 0},
    {"{\"type\":\"end\",\"through\":1", -1, 0},
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(lines); i++) {
        nx_error err = NX_ERROR_INIT;
        nx_finding f;
        nx_status st = nx_finding_read(&f, nx_str_of(lines[i].text), &err);
        if ((st == NX_OK) != (lines[i].kind >= 0)) {
            fail_msg("%s: %s", lines[i].text, nx_status_name(st));
        }
        if (st == NX_OK) {
            assert_int_equal(f.kind, lines[i].kind);
            assert_int_equal(f.number, lines[i].number);
            nx_finding_free(&f);
        }
    }
}

static void compose(nx_buf *out, const nx_alert *alert, const char *const *texts, size_t count,
                    bool message)
{
    nx_error err = NX_ERROR_INIT;
    nx_alert_text t = {
        .out = out, .alert = alert, .count = count, .message = message, .now_utc = 1550826900};
    nx_buf_clear(out);
    nx_alert_text_begin(&t);
    for (size_t i = 0; i < count; i++) {
        OK(nx_alert_text_add(&t, 1550826000, nx_str_of(texts[i]), &err));
    }
    nx_alert_text_end(&t);
    assert_false(out->failed);
}

static void test_mail(void **state)
{
    (void)state;
    const nx_alert alert = {
        .name = NX_STR("fbi"), .query = NX_STR("FBI came"), .form = NX_ALERT_MAIL};
    const char *const two[] = {hit, hit};
    nx_buf out;
    nx_buf_init(&out, 1 << 20);
    compose(&out, &alert, two, 1, false);
    assert_string_equal(out.data, "fbi: 1 new article\n\n"
                                  "1. Raid & result\n"
                                  "   The Courier \u00b7 A. Reed \u00b7 2019-02-22 09:15 UTC\n"
                                  "   http://a.example/1\n"
                                  "   The *FBI* came.\n\n"
                                  "Query: FBI came\n");
    compose(&out, &alert, two, 2, true);
    const char head[] = "Subject: fbi: 2 new articles\n"
                        "Date: Fri, 22 Feb 2019 09:15:00 +0000\n"
                        "X-Newsdex-Alert: fbi\n"
                        "Auto-Submitted: auto-generated\n"
                        "MIME-Version: 1.0\n"
                        "Content-Type: text/plain; charset=utf-8\n"
                        "Content-Transfer-Encoding: 8bit\n\n"
                        "1. Raid";
    assert_memory_equal(out.data, head, strlen(head));
    assert_non_null(strstr(out.data, "\n\n2. Raid"));
    nx_buf_release(&out);
}

// Every line is short, begins as a line of ours does, and has no control character.
static void assert_safe_mail(const nx_buf *out)
{
    for (const char *line = out->data; *line != '\0';) {
        size_t n = strcspn(line, "\n");
        assert_true(n <= 990);
        bool ours = n == 0 || nx_is_digit(line[0]) || strncmp(line, "   ", 3) == 0 ||
                    strncmp(line, "fbi: ", 5) == 0 || strncmp(line, "Query: ", 7) == 0;
        if (!ours) {
            fail_msg("%.*s", (int)n, line);
        }
        for (size_t i = 0; i < n; i++) {
            assert_true((unsigned char)line[i] >= ' ' && line[i] != 0x7f);
        }
        line += n + (line[n] == '\n');
    }
}

static void test_nothing_breaks_out(void **state)
{
    (void)state;
    nx_alert alert = {.name = NX_STR("fbi"), .query = NX_STR("a<b & \"c\""), .form = NX_ALERT_MAIL};
    nx_buf out, text;
    nx_buf_init(&out, 1 << 20);
    nx_buf_init(&text, 1 << 20);
    nx_buf_addz(&text, "{\"type\":\"alert\",\"alert\":\"fbi\",\"news\":1,\"title\":\"x\\r\\n\\r\\n"
                       "Bcc: y\\u0000\\u001b[2J\\u202e]]></title><b>\",\"attribution\":\"\\n.\\n"
                       "From \",\"url\":\"javascript:1\",\"published\":\"never\",\"authors\":5,"
                       "\"snippet_runs\":[{\"text\":\"");
    for (int i = 0; i < 5000; i++) { // a word longer than any line may be
        nx_buf_addz(&text, "\u00e9");
    }
    nx_buf_addz(&text, "\"},{\"text\":\"]]></description><script>\",\"match\":true},7]}");
    const char *const one[] = {text.data};
    compose(&out, &alert, one, 1, false);
    assert_safe_mail(&out);
    assert_non_null(strstr(out.data, "1. x Bcc: y"));
    alert.form = NX_ALERT_RSS;
    compose(&out, &alert, one, 1, true);
    assert_null(strstr(out.data, "<script"));
    assert_null(strstr(out.data, "<b>"));
    assert_null(strstr(out.data, "]]>"));
    assert_null(strstr(out.data, "<link>javascript"));
    assert_null(strchr(out.data, '\033'));
    assert_non_null(strstr(out.data, "<description>New articles for: a&lt;b &amp; &quot;c&quot;"));
    assert_non_null(strstr(out.data, "<pubDate>Fri, 22 Feb 2019 09:00:00 +0000</pubDate>"));
    nx_buf_release(&text);
    nx_buf_release(&out);
}

static void test_feed_and_lines(void **state)
{
    (void)state;
    nx_alert alert = {.name = NX_STR("fbi"), .query = NX_STR("q"), .form = NX_ALERT_RSS};
    const char *const two[] = {hit, hit};
    nx_buf out;
    nx_buf_init(&out, 1 << 20);
    compose(&out, &alert, two, 2, true);
    assert_non_null(strstr(out.data, "<title>Raid &amp; result</title>\n"
                                     "<link>http://a.example/1</link>\n"
                                     "<guid isPermaLink=\"false\">http://a.example/1</guid>\n"
                                     "<pubDate>Fri, 22 Feb 2019 09:15:00 +0000</pubDate>\n"
                                     "<dc:creator>A. Reed</dc:creator>\n"
                                     "<dc:publisher>The Courier</dc:publisher>\n"
                                     "<description>&lt;p&gt;The &lt;b&gt;FBI&lt;/b&gt; came."));
    compose(&out, &alert, two, 0, true); // an empty feed is a feed
    assert_non_null(strstr(out.data, "</channel>\n</rss>\n"));
    alert.form = NX_ALERT_JSONL;
    compose(&out, &alert, two, 2, true);
    assert_int_equal(out.len, 2 * strlen(hit) + 2);
    assert_memory_equal(out.data, hit, strlen(hit));
    nx_error err = NX_ERROR_INIT;
    nx_alert_text t = {.out = &out, .alert = &alert};
    WANT(nx_alert_text_add(&t, 0, NX_STR("{"), &err), NX_EFORMAT);
    nx_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_mail),
        cmocka_unit_test(test_nothing_breaks_out),
        cmocka_unit_test(test_feed_and_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
