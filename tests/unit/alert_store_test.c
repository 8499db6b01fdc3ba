// alert_store_test.c: alerts in the manifest: news is looked at once, a hit entered once, what is
// not delivered stays.
#include "store/alerts.h"
#include "store_fixture.h"

static nx_manifest *manifest;
static nx_alerts *alerts;
static nx_buf out;

static int begin(void **state)
{
    nx_error err = NX_ERROR_INIT;
    if (scratch_new(state) != 0) {
        return -1;
    }
    OK(nx_make_dirs(index_dir, &err));
    OK(nx_manifest_open(&manifest, index_dir, NX_MANIFEST_WRITE, &err));
    OK(nx_alerts_open(&alerts, manifest, true, &err));
    nx_buf_init(&out, 1 << 16);
    return 0;
}

static int end(void **state)
{
    nx_buf_release(&out);
    nx_alerts_close(alerts);
    nx_manifest_close(manifest);
    return scratch_gone(state);
}

static void add(const char *name)
{
    nx_error err = NX_ERROR_INIT;
    const nx_alert alert = {
        .name = nx_str_of(name), .query = NX_STR("fbi 'n\" x"), .created_utc = 9};
    OK(nx_alerts_add(alerts, &alert, &err));
}

static nx_alert get(const char *name)
{
    nx_error err = NX_ERROR_INIT;
    nx_alert alert;
    bool found = false;
    OK(nx_alerts_get(alerts, nx_str_of(name), &alert, &found, &err));
    assert_true(found);
    return alert;
}

static nx_status list_alert(void *ctx, const nx_alert *a, nx_error *err)
{
    (void)ctx;
    (void)err;
    nx_buf_addf(&out, "%.*s=%.*s>%d%s ", (int)a->name.n, a->name.p, (int)a->query.n, a->query.p,
                (int)a->since, a->paused ? " paused" : "");
    return NX_OK;
}

static void test_alerts_come_and_go(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    bool found = true, active = true;
    nx_alert alert;
    OK(nx_alerts_active(alerts, &active, &err));
    assert_false(active);
    add("spies");
    add("a");
    WANT(nx_alerts_add(alerts, &(nx_alert){.name = NX_STR("a"), .query = NX_STR("y")}, &err),
         NX_EUSAGE);
    assert_non_null(strstr(err.msg, "named a"));
    OK(nx_alerts_pause(alerts, NX_STR("a"), true, &found, &err));
    assert_true(found);
    OK(nx_alerts_pause(alerts, NX_STR("none"), true, &found, &err));
    assert_false(found);
    OK(nx_alerts_each(alerts, list_alert, NULL, &err));
    assert_string_equal(out.data, "a=fbi 'n\" x>0 paused spies=fbi 'n\" x>0 ");
    OK(nx_alerts_remove(alerts, NX_STR("spies"), &found, &err));
    assert_true(found);
    OK(nx_alerts_remove(alerts, NX_STR("spies"), &found, &err));
    assert_false(found);
    OK(nx_alerts_get(alerts, NX_STR("spies"), &alert, &found, &err));
    assert_false(found);
    OK(nx_alerts_active(alerts, &active, &err));
    assert_false(active); // the one that is left is paused
}

static void test_tables_are_made_only_when_wanted(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = NULL;
    nx_alerts *a = NULL;
    char *other = nx_path_join(scratch, "other");
    OK(nx_make_dirs(other, &err));
    OK(nx_manifest_open(&m, other, NX_MANIFEST_WRITE, &err));
    OK(nx_alerts_open(&a, m, false, &err));
    assert_null(a);
    nx_manifest_close(m);
    free(other);
    OK(nx_manifest_open(&m, index_dir, NX_MANIFEST_READ, &err));
    OK(nx_alerts_open(&a, m, false, &err));
    assert_non_null(a);
    nx_alerts_close(a);
    nx_manifest_close(m);
}

// ---- news

static void note(const char *term)
{
    nx_error err = NX_ERROR_INIT;
    OK(nx_alerts_note_news(alerts, nx_str_of(term), &err));
}

static nx_status list_news(void *ctx, int64_t number, nx_str term, nx_error *err)
{
    (void)ctx;
    (void)err;
    nx_buf_addf(&out, "%d%.*s ", (int)number, (int)term.n, term.p);
    return NX_OK;
}

static void assert_news(bool ready, const char *expected)
{
    nx_error err = NX_ERROR_INIT;
    nx_buf_clear(&out);
    nx_buf_addz(&out, "");
    OK(nx_alerts_each_news(alerts, ready, 3, list_news, NULL, &err));
    assert_string_equal(out.len > 0 ? out.data : "", expected);
}

static void test_news_is_looked_at_when_it_is_there(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_str term;
    int64_t number = 7;
    note("Qa");
    note("Qb");
    assert_news(true, "");
    assert_news(false, "1Qa 2Qb ");
    OK(nx_alerts_news_term(alerts, 1, &term, &err));
    assert_null(term.p); // not ready
    OK(nx_alerts_ready(alerts, &err));
    note("Qc");
    assert_news(true, "1Qa 2Qb ");
    OK(nx_alerts_news_number(alerts, NX_STR("Qc"), &number, &err));
    assert_int_equal(number, 3);
    OK(nx_alerts_news_number(alerts, NX_STR("Qx"), &number, &err));
    assert_int_equal(number, 0);
    OK(nx_alerts_news_term(alerts, 2, &term, &err));
    assert_true(nx_str_eq(term, NX_STR("Qb")));
    // A run that died had noted Qb, and the next one brings it: it is looked at then.
    note("Qb");
    assert_news(true, "1Qa ");
    OK(nx_alerts_strike_news(alerts, 3, &err));
    assert_news(true, "");
    assert_news(false, "3Qc 4Qb "); // not ready: nobody has looked
    OK(nx_alerts_drop_news(alerts, NX_STR("Qc"), &err));
    OK(nx_alerts_ready(alerts, &err));
    assert_news(true, "4Qb ");
    note("Qd");
    note("Qe");
    OK(nx_alerts_ready(alerts, &err));
    note("Qf");
    OK(nx_alerts_ready(alerts, &err));
    assert_news(true, "4Qb 5Qd 6Qe "); // no more than asked for
}

static void test_an_alert_looks_at_what_comes_after_it(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    bool found = false;
    note("Qa");
    add("x");
    assert_int_equal(get("x").since, 1);
    OK(nx_alerts_ready(alerts, &err));
    OK(nx_alerts_strike_news(alerts, 1, &err));
    note("Qb");
    OK(nx_alerts_pause(alerts, NX_STR("x"), false, &found, &err)); // was not paused
    assert_int_equal(get("x").since, 1);
    OK(nx_alerts_pause(alerts, NX_STR("x"), true, &found, &err));
    assert_int_equal(get("x").since, 1);
    OK(nx_alerts_pause(alerts, NX_STR("x"), false, &found, &err));
    assert_int_equal(get("x").since, 2);
    OK(nx_alerts_ready(alerts, &err));
    OK(nx_alerts_strike_news(alerts, 2, &err));
    add("y"); // no news is left, but numbers are not given twice
    assert_int_equal(get("y").since, 2);
}

// ---- hits

static bool enter(const char *alert, const char *key, const char *other, const char *text, int when)
{
    nx_error err = NX_ERROR_INIT;
    const nx_str keys[] = {nx_str_of(key), nx_str_of(other)};
    bool entered = false;
    OK(nx_alerts_enter(alerts, nx_str_of(alert), keys, 2, nx_str_of(text), when, &entered, &err));
    return entered;
}

static nx_status list_hit(void *ctx, int64_t id, int64_t found_utc, nx_str text, nx_error *err)
{
    (void)ctx;
    (void)err;
    nx_buf_addf(&out, "%d%.*s@%d ", (int)id, (int)text.n, text.p, (int)found_utc);
    return NX_OK;
}

static void assert_pending(const char *alert, const char *expected)
{
    nx_error err = NX_ERROR_INIT;
    nx_buf_clear(&out);
    nx_buf_addz(&out, "");
    OK(nx_alerts_each_pending(alerts, nx_str_of(alert), 3, list_hit, NULL, &err));
    assert_string_equal(out.len > 0 ? out.data : "", expected);
}

static void test_a_hit_is_entered_once(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    bool found = false;
    add("x");
    add("y");
    assert_true(enter("x", "Qa", "family", "one", 10));
    assert_false(enter("x", "Qa", "", "one again", 11));
    assert_false(enter("x", "Qb", "family", "a copy", 12));
    assert_false(enter("x", "Qb", "other", "the copy, moved to another family", 13));
    assert_false(enter("x", "Qc", "other", "a copy of that", 13));
    assert_true(enter("x", "Qd", NULL, "two", 14));
    assert_true(enter("x", "Qe", "", "three", 15)); // absent and empty are no keys
    assert_true(enter("y", "Qa", "family", "its own", 16));
    assert_pending("x", "1one@10 2two@14 3three@15 ");
    assert_pending("y", "4its own@16 ");
    nx_alert x = get("x");
    assert_int_equal(x.hits, 3);
    assert_int_equal(x.pending, 3);
    assert_int_equal(x.last_utc, 15);
    OK(nx_alerts_remove(alerts, NX_STR("x"), &found, &err));
    add("x"); // it is another one
    assert_int_equal(get("x").pending, 0);
    assert_true(enter("x", "Qa", "family", "anew", 17));
    assert_pending("y", "4its own@16 ");
}

static void test_what_is_not_delivered_stays(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    static const char *const names[] = {"Qa", "Qb", "Qc", "Qd", "Qe"};
    add("x");
    for (int i = 0; i < 4; i++) {
        assert_true(enter("x", names[i], NULL, names[i], i));
    }
    OK(nx_alerts_failed(alerts, NX_STR("x"), 20, NX_STR("exit status 1"), &err));
    OK(nx_alerts_failed(alerts, NX_STR("x"), 21, NX_STR("killed"), &err));
    nx_alert x = get("x");
    assert_int_equal(x.failures, 2);
    assert_int_equal(x.failed_utc, 21);
    assert_true(nx_str_eq(x.reason, NX_STR("killed")));
    assert_pending("x", "1Qa@0 2Qb@1 3Qc@2 "); // three at a time
    OK(nx_alerts_delivered(alerts, NX_STR("x"), 3, 2, &err));
    assert_pending("x", "4Qd@3 ");
    x = get("x");
    assert_int_equal(x.failures, 0);
    assert_int_equal(x.pending, 1);
    assert_int_equal(x.hits, 4);
    nx_buf_clear(&out);
    OK(nx_alerts_each_last(alerts, NX_STR("x"), 9, list_hit, NULL, &err));
    assert_string_equal(out.data, "4Qd@3 3Qc@2 2Qb@1 "); // the last two and what is pending
    OK(nx_alerts_delivered(alerts, NX_STR("x"), 4, 0, &err));
    assert_true(enter("x", names[4], NULL, names[4], 5));
    assert_pending("x", "5Qe@5 ");
}

static void test_one_takes_the_turn(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_alerts *other = NULL;
    OK(nx_alerts_open(&other, manifest, false, &err));
    OK(nx_alerts_take_turn(alerts, index_dir, 0, &err));
    WANT(nx_alerts_take_turn(other, index_dir, 0, &err), NX_EBUSY);
    nx_alerts_close(other);
    OK(nx_alerts_open(&other, manifest, false, &err));
    nx_alerts_close(alerts);
    alerts = other;
    OK(nx_alerts_take_turn(alerts, index_dir, 0, &err));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        T(test_alerts_come_and_go),
        T(test_tables_are_made_only_when_wanted),
        T(test_news_is_looked_at_when_it_is_there),
        T(test_an_alert_looks_at_what_comes_after_it),
        T(test_a_hit_is_entered_once),
        T(test_what_is_not_delivered_stays),
        T(test_one_takes_the_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
