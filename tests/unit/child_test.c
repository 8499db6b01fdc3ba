// child_test.c: command lines into words, and other programs run to their end.
#include <fcntl.h>

#include "indexer/child.h"
#include "store_fixture.h"

static const struct row {
    const char *line;
    const char *words; // joined by '|'; NULL: refused
} rows[] = {
    {"mail desk", "mail|desk"},
    {"  mail\t desk  ", "mail|desk"},
    {"mail 'a b' \"c d\"", "mail|a b|c d"},
    {"mail a' 'b\"\"c", "mail|a bc"},
    {"mail ''", "mail|"},
    {"mail \\'x \\ y", "mail|'x| y"},
    {"mail \"a\\\"b\\\\c\\d\"", "mail|a\"b\\c\\d"},
    {"mail 'a\\'", "mail|a\\"},
    {"sh -c 'cat | mail $x > y; z'", "sh|-c|cat | mail $x > y; z"},
    {"mail \\$x", "mail|$x"},
    {"m\xc3\xa4il", "m\xc3\xa4il"},
    {"mail end\\", "mail|end\\"}, // nothing is left to take as it is
    {"", NULL},
    {"   ", NULL},
    {"''", NULL},
    {"mail 'open", NULL},
    {"mail \"open", NULL},
    {"mail | tee", NULL},
    {"mail >x", NULL},
    {"mail; rm", NULL},
    {"mail $HOME", NULL},
    {"mail `date`", NULL},
    {"mail &", NULL},
};

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_error err = NX_ERROR_INIT;
        nx_args args;
        nx_buf out;
        nx_buf_init(&out, 1000);
        nx_status st = nx_args_split(&args, nx_str_of(rows[i].line), &err);
        if (st != (rows[i].words != NULL ? NX_OK : NX_EUSAGE)) {
            fail_msg("%s: %s %s", rows[i].line, nx_status_name(st), err.msg);
        }
        for (size_t k = 0; st == NX_OK && k < args.count; k++) {
            nx_buf_addf(&out, "%s%s", k > 0 ? "|" : "", args.argv[k]);
        }
        if (st == NX_OK) {
            assert_null(args.argv[args.count]);
            assert_string_equal(out.data, rows[i].words);
        }
        nx_args_release(&args);
        nx_buf_release(&out);
    }
}

static void test_too_many_words(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_args args;
    nx_buf line;
    nx_buf_init(&line, 1000);
    for (int i = 0; i < NX_ARGS_MAX; i++) {
        nx_buf_addz(&line, "x ");
    }
    OK(nx_args_split(&args, nx_buf_str(&line), &err));
    assert_int_equal(args.count, NX_ARGS_MAX);
    nx_args_release(&args);
    nx_buf_addz(&line, "x");
    WANT(nx_args_split(&args, nx_buf_str(&line), &err), NX_EUSAGE);
    nx_args_release(&args);
    nx_buf_release(&line);
}

static nx_status run(char *script, int in_fd, int out_fd, unsigned seconds, int *status,
                     nx_error *err)
{
    char *const argv[] = {"/bin/sh", "-c", script, NULL};
    const nx_child child = {.argv = argv, .in_fd = in_fd, .out_fd = out_fd, .seconds = seconds};
    return nx_child_run(&child, status, err);
}

static void test_what_becomes_of_it(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    int status = -1;
    OK(run("exit 0", -1, -1, 60, &status, &err));
    assert_int_equal(status, 0);
    OK(run("exit 7", -1, -1, 60, &status, &err));
    assert_int_equal(status, 7);
    WANT(run("kill -9 $$", -1, -1, 60, &status, &err), NX_EIO);
    assert_non_null(strstr(err.msg, "killed by signal 9"));
    OK(run("read x && exit 1 || exit 5", -1, -1, 60, &status, &err)); // nothing to read
    assert_int_equal(status, 5);
    // One that will not end is ended, with what it has started.
    WANT(run("trap '' TERM; sleep 1000 & sleep 1000", -1, -1, 0, &status, &err), NX_EIO);
    assert_non_null(strstr(err.msg, "took longer than 0 s"));
    char *const missing[] = {"/no/such/command", NULL};
    const nx_child child = {.argv = missing, .in_fd = -1, .out_fd = -1, .seconds = 60};
    WANT(nx_child_run(&child, &status, &err), NX_EIO);
    assert_non_null(strstr(err.msg, "/no/such/command: No such file"));
}

static void test_input_and_output(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    int status = -1;
    char text[32] = "";
    FILE *in = tmpfile(), *out = tmpfile();
    assert_non_null(in);
    assert_non_null(out);
    assert_true(fputs("one\ntwo\n", in) >= 0 && fflush(in) == 0);
    assert_int_equal(lseek(fileno(in), 0, SEEK_SET), 0);
    OK(run("read x; echo got $x", fileno(in), fileno(out), 60, &status, &err));
    assert_int_equal(status, 0);
    rewind(out);
    assert_non_null(fgets(text, sizeof text, out));
    assert_string_equal(text, "got one\n");
    (void)fclose(in);
    (void)fclose(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_too_many_words),
        cmocka_unit_test(test_what_becomes_of_it),
        cmocka_unit_test(test_input_and_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
