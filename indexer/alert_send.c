// alert_send.c: see alert_send.h.
#include "indexer/alert_send.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "base/time.h"
#include "indexer/alert_text.h"
#include "indexer/child.h"

enum { TEXT_MAX = 1 << 28, NAME_BYTES = 160 };

typedef struct batch {
    nx_alert_text text;
    nx_buf out;
    nx_buf *lines; // gathered before they are written, so that their number is known
    int64_t *found;
    size_t count;
    int64_t last_id; // the largest
    int64_t last_utc;
} batch;

static nx_status gather(void *ctx, int64_t id, int64_t found_utc, nx_str line, nx_error *err)
{
    batch *b = ctx;
    nx_buf *to = &b->lines[b->count];
    nx_buf_init(to, NX_ALERT_LINE_MAX + 1);
    nx_buf_adds(to, line);
    b->found[b->count++] = found_utc;
    if (id > b->last_id) {
        b->last_id = id;
        b->last_utc = found_utc;
    }
    return nx_buf_check(to, "a hit", err);
}

static nx_status batch_begin(batch *b, const nx_alert *alert, int64_t now_utc, nx_error *err)
{
    *b = (batch){
        .text = {.alert = alert, .message = alert->way != NX_ALERT_PRINT, .now_utc = now_utc}};
    nx_buf_init(&b->out, TEXT_MAX);
    b->lines = calloc(NX_ALERT_BATCH, sizeof *b->lines);
    b->found = calloc(NX_ALERT_BATCH, sizeof *b->found);
    return b->lines != NULL && b->found != NULL ? NX_OK : nx_fail_nomem(err);
}

static void batch_forget(batch *b)
{
    for (size_t i = 0; i < b->count; i++) {
        nx_buf_release(&b->lines[i]);
    }
    b->count = 0;
    b->last_id = b->last_utc = 0;
    nx_buf_clear(&b->out);
}

static void batch_end(batch *b)
{
    if (b->lines != NULL) {
        batch_forget(b);
    }
    free(b->lines);
    free(b->found);
    nx_buf_release(&b->out);
}

static nx_status batch_write(batch *b, nx_error *err)
{
    nx_status st = NX_OK;
    b->text.out = &b->out;
    b->text.count = b->count;
    nx_alert_text_begin(&b->text);
    for (size_t i = 0; st == NX_OK && i < b->count; i++) {
        st = nx_alert_text_add(&b->text, b->found[i], nx_buf_str(&b->lines[i]), err);
    }
    nx_alert_text_end(&b->text);
    return st == NX_OK ? nx_buf_check(&b->out, "the text of an alert", err) : st;
}

// ---- ways ---------------------------------------------------------------------------------------

// The command reads a file that holds all of it: one that reads nothing, or ends early, disturbs
// nobody; its exit status alone counts.
static nx_status to_command(const nx_alert *alert, nx_str text, nx_error *err)
{
    nx_args args;
    int status = 0;
    nx_status st = nx_args_split(&args, alert->target, err);
    FILE *input = st == NX_OK ? tmpfile() : NULL;
    if (st == NX_OK && input == NULL) {
        st = nx_fail_errno(err, errno, "a temporary file");
    }
    if (st == NX_OK) {
        st = nx_write_all(fileno(input), text.p, text.n, "a temporary file", err);
    }
    if (st == NX_OK && lseek(fileno(input), 0, SEEK_SET) != 0) {
        st = nx_fail_errno(err, errno, "a temporary file");
    }
    if (st == NX_OK) {
        const nx_child child = {.argv = args.argv,
                                .in_fd = fileno(input),
                                .out_fd = -1,
                                .seconds = NX_ALERT_COMMAND_SECONDS};
        st = nx_child_run(&child, &status, err);
    }
    if (st == NX_OK && status != 0) {
        st = nx_fail(err, NX_EIO, "%s: exit status %d", args.argv[0], status);
    }
    if (input != NULL) {
        (void)fclose(input);
    }
    nx_args_release(&args);
    return st;
}

// "fbi-20190222T091500Z-17.eml": the same for the same hits, should it have to be written again.
static nx_status to_directory(const batch *b, nx_error *err)
{
    const nx_alert *alert = b->text.alert;
    nx_buf path;
    nx_civil c = nx_civil_from_utc(b->last_utc);
    nx_buf_init(&path, alert->target.n + NAME_BYTES);
    nx_buf_adds(&path, alert->target);
    nx_buf_addf(&path, "/%.*s-%04d%02d%02dT%02d%02d%02dZ-%lld.%s", (int)alert->name.n,
                alert->name.p, (int)c.year, c.month, c.day, c.hour, c.minute, c.second,
                (long long)b->last_id, alert->form == NX_ALERT_MAIL ? "eml" : "jsonl");
    nx_status st = nx_buf_check(&path, "a path", err);
    st = st == NX_OK ? nx_write_file_atomic(path.data, nx_buf_str(&b->out), err) : st;
    nx_buf_release(&path);
    return st;
}

static nx_status to_file(const nx_alert *alert, nx_str text, nx_error *err)
{
    char *path = strndup(alert->target.p, alert->target.n);
    nx_status st = path != NULL ? nx_write_file_atomic(path, text, err) : nx_fail_nomem(err);
    free(path);
    return st;
}

static nx_status deliver(const batch *b, nx_error *err)
{
    const nx_alert *alert = b->text.alert;
    nx_str text = nx_buf_str(&b->out);
    switch (alert->way) {
    case NX_ALERT_PRINT: return nx_write_all(STDOUT_FILENO, text.p, text.n, "standard output", err);
    case NX_ALERT_EXEC: return to_command(alert, text, err);
    case NX_ALERT_DIR: return to_directory(b, err);
    case NX_ALERT_FILE: return to_file(alert, text, err);
    }
    return nx_fail(err, NX_EVERSION, "delivered in a way that a newer newsdex knows");
}

// ---- sending ------------------------------------------------------------------------------------

// A feed shows the last hits, whether they are in it already or not.
static nx_status send_feed(nx_alerts *alerts, batch *b, uint64_t *sent, nx_error *err)
{
    const nx_alert *alert = b->text.alert;
    nx_status st = nx_alerts_each_last(alerts, alert->name, NX_ALERT_FEED_ITEMS, gather, b, err);
    st = st == NX_OK ? batch_write(b, err) : st;
    st = st == NX_OK ? deliver(b, err) : st;
    if (st == NX_OK && b->count > 0) {
        st = nx_alerts_delivered(alerts, alert->name, b->last_id, NX_ALERT_FEED_ITEMS, err);
        *sent += alert->pending;
    }
    return st;
}

static nx_status send_batch(nx_alerts *alerts, batch *b, uint64_t *sent, nx_error *err)
{
    nx_str name = b->text.alert->name;
    batch_forget(b);
    nx_status st = nx_alerts_each_pending(alerts, name, NX_ALERT_BATCH, gather, b, err);
    if (st != NX_OK || b->count == 0) {
        return st;
    }
    st = batch_write(b, err);
    st = st == NX_OK ? deliver(b, err) : st;
    st = st == NX_OK ? nx_alerts_delivered(alerts, name, b->last_id, 0, err) : st;
    *sent += st == NX_OK ? b->count : 0;
    return st;
}

nx_status nx_alert_send(nx_alerts *alerts, const nx_alert *alert, int64_t now_utc, uint64_t *sent,
                        nx_error *err)
{
    batch b;
    nx_status st = batch_begin(&b, alert, now_utc, err);
    *sent = 0;
    if (st == NX_OK && alert->form == NX_ALERT_RSS) {
        st = send_feed(alerts, &b, sent, err);
    } else if (st == NX_OK) {
        do {
            st = send_batch(alerts, &b, sent, err);
        } while (st == NX_OK && b.count == NX_ALERT_BATCH);
    }
    batch_end(&b);
    return st;
}

nx_status nx_alert_prepare(nx_alerts *alerts, const nx_alert *alert, int64_t now_utc, nx_error *err)
{
    nx_args args;
    uint64_t sent = 0;
    nx_status st = NX_OK;
    char *path = NULL;
    switch (alert->way) {
    case NX_ALERT_PRINT: return NX_OK;
    case NX_ALERT_EXEC:
        st = nx_args_split(&args, alert->target, err);
        if (st == NX_OK && args.argv[0][0] != '/' && strchr(args.argv[0], '/') != NULL) {
            st = nx_fail(err, NX_EUSAGE, "%s: give the whole path, since runs start elsewhere",
                         args.argv[0]);
        }
        nx_args_release(&args);
        return st == NX_EUSAGE ? nx_wrap(err, "--exec: ") : st;
    case NX_ALERT_DIR:
        path = strndup(alert->target.p, alert->target.n);
        st = path != NULL ? nx_make_dirs(path, err) : nx_fail_nomem(err);
        free(path);
        return st;
    case NX_ALERT_FILE: return nx_alert_send(alerts, alert, now_utc, &sent, err);
    }
    return NX_OK;
}
