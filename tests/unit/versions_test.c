// versions_test.c: what is kept of articles that changed, and for how long.
#include "store/pack.h"
#include "store/versions.h"
#include "store_fixture.h"

static nx_manifest *manifest;
static nx_versions *versions;

static void open_versions(nx_manifest_mode mode)
{
    nx_error err = NX_ERROR_INIT;
    OK(nx_manifest_open(&manifest, index_dir, mode, &err));
    OK(nx_versions_open(&versions, manifest, mode, &err));
}

static void close_versions(void)
{
    nx_versions_close(versions);
    nx_manifest_close(manifest);
}

static int begin(void **state)
{
    nx_error err = NX_ERROR_INIT;
    if (scratch_new(state) != 0 || nx_make_dirs(index_dir, &err) != NX_OK) {
        return -1;
    }
    open_versions(NX_MANIFEST_WRITE);
    return 0;
}

static int end(void **state)
{
    close_versions();
    return scratch_gone(state);
}

static void keep(const char *term, int64_t ended, bool withdrawn, nx_str data)
{
    nx_error err = NX_ERROR_INIT;
    const nx_version version = {.withdrawn = withdrawn, .ended_utc = ended, .data = data};
    OK(nx_versions_keep(versions, nx_str_of(term), &version, &err));
}

static nx_status list(void *ctx, const nx_version *v, nx_error *err)
{
    (void)err;
    nx_buf_addf(ctx, "%u@%d%s:", (unsigned)v->number, (int)v->ended_utc,
                v->withdrawn ? " withdrawn" : "");
    nx_buf_adds(ctx, v->data);
    nx_buf_addc(ctx, '\n');
    return NX_OK;
}

static void expect(const char *term, const char *lines)
{
    nx_error err = NX_ERROR_INIT;
    nx_buf out;
    nx_buf_init(&out, 1 << 20);
    OK(nx_versions_each(versions, nx_str_of(term), list, &out, &err));
    assert_string_equal(out.len > 0 ? out.data : "", lines);
    nx_buf_release(&out);
}

static void test_each_article_has_its_own(void **state)
{
    (void)state;
    keep("Qa", 10, false, NX_STR("one"));
    keep("Qb", 11, true, NX_STR(""));
    keep("Qa", 12, false, NX_STR("two"));
    expect("Qa", "1@10:one\n2@12:two\n");
    expect("Qb", "1@11 withdrawn:\n");
    expect("Q", "");
}

// A run that died after it kept a version keeps it again.
static void test_the_last_version_is_not_kept_twice(void **state)
{
    (void)state;
    keep("Qa", 10, false, NX_STR("one"));
    keep("Qa", 20, false, NX_STR("two"));
    keep("Qa", 30, true, NX_STR("two"));
    expect("Qa", "1@10:one\n2@30 withdrawn:two\n");
    keep("Qa", 40, false, NX_STR("one")); // it came back, and went again
    expect("Qa", "1@10:one\n2@30 withdrawn:two\n3@40:one\n");
}

static void test_the_first_and_the_newest_stay(void **state)
{
    (void)state;
    char text[40], last[40];
    nx_buf want;
    nx_buf_init(&want, 1 << 16);
    nx_buf_addz(&want, "1@1:version 1\n");
    for (int i = 1; i <= NX_VERSIONS_MAX + 5; i++) {
        int n = snprintf(text, sizeof text, "version %d", i);
        keep("Qa", i, false, nx_str_make(text, (size_t)n));
        if (i > 6) {
            (void)snprintf(last, sizeof last, "%d@%d:version %d\n", i, i, i);
            nx_buf_addz(&want, last);
        }
    }
    expect("Qa", want.data);
    nx_buf_release(&want);
}

static void test_forgotten(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    keep("Qa", 10, false, NX_STR("one"));
    keep("Qab", 10, false, NX_STR("other"));
    OK(nx_versions_forget(versions, NX_STR("Qa"), &err));
    expect("Qa", "");
    expect("Qab", "1@10:other\n");
    keep("Qa", 30, false, NX_STR("two"));
    expect("Qa", "1@30:two\n");
}

static void test_read_only(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    keep("Qa", 10, false, NX_STR("one"));
    close_versions();
    open_versions(NX_MANIFEST_READ);
    expect("Qa", "1@10:one\n");
    close_versions();
    // A manifest that never kept any has no table.
    OK(nx_manifest_open(&manifest, index_dir, NX_MANIFEST_WRITE, &err));
    OK(nx_sql_exec(nx_manifest_sql(manifest), "DROP TABLE versions", &err));
    nx_manifest_close(manifest);
    open_versions(NX_MANIFEST_READ);
    expect("Qa", "");
}

static void test_damaged(void **state)
{
    static const char *const damages[] = {"data = x'00'", "data = substr(data, 1, 8)",
                                          "bytes = 2",    "bytes = 4",
                                          "bytes = -1",   "bytes = 1 << 40"};
    (void)state;
    for (size_t i = 0; i < NX_COUNT(damages); i++) {
        nx_error err = NX_ERROR_INIT;
        char update[80];
        nx_buf out;
        nx_buf_init(&out, 1000);
        OK(nx_versions_forget(versions, NX_STR("Qa"), &err));
        keep("Qa", 10, false, NX_STR("one"));
        (void)snprintf(update, sizeof update, "UPDATE versions SET %s", damages[i]);
        OK(nx_sql_exec(nx_manifest_sql(manifest), update, &err));
        assert_int_equal(nx_versions_each(versions, NX_STR("Qa"), list, &out, &err), NX_ECORRUPT);
        assert_int_equal(out.len, 0);
        nx_buf_release(&out);
    }
}

static void test_packing(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_buf text, packed, back;
    nx_buf_init(&text, 1 << 20);
    nx_buf_init(&packed, 1 << 20);
    nx_buf_init(&back, 1 << 20);
    for (unsigned i = 0; i < 5000; i++) {
        nx_buf_addf(&text, "%u sheep, ", i % 97);
    }
    nx_buf_addz(&back, "before ");
    OK(nx_pack(nx_buf_str(&text), &packed, &err));
    assert_true(packed.len < text.len / 10);
    OK(nx_unpack(nx_buf_str(&packed), text.len, &back, &err));
    assert_int_equal(back.len, text.len + 7);
    assert_memory_equal(back.data + 7, text.data, text.len);
    packed.data[packed.len - 1] ^= 1; // the checksum
    assert_int_equal(nx_unpack(nx_buf_str(&packed), text.len, &back, &err), NX_ECORRUPT);
    nx_buf_release(&text);
    nx_buf_release(&packed);
    nx_buf_release(&back);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_each_article_has_its_own),
        TEST(test_the_last_version_is_not_kept_twice),
        TEST(test_the_first_and_the_newest_stay),
        TEST(test_forgotten),
        TEST(test_read_only),
        TEST(test_damaged),
        TEST(test_packing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
