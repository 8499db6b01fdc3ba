// oom_alerts.c: an alert from its news to its text, with each allocation of ours failing once.
#include <stdio.h>
#include <stdlib.h>

#include "indexer/alert_text.h"
#include "indexer/child.h"
#include "tests/oom.h"

static const char hit[] =
    "{\"type\":\"alert\",\"alert\":\"fbi\",\"news\":1,\"title\":\"Raid\",\"url\":\"http://a/1\","
    "\"attribution\":\"The Courier\",\"authors\":[\"A. Reed\"],"
    "\"snippet_runs\":[{\"text\":\"The \"},{\"text\":\"FBI\",\"match\":true}]}";

static nx_status compose(const nx_alert *alert, nx_error *err)
{
    nx_buf out;
    nx_buf_init(&out, 1 << 20);
    nx_alert_text text = {.out = &out, .alert = alert, .count = 1, .message = true};
    nx_alert_text_begin(&text);
    nx_status st = nx_alert_text_add(&text, 0, nx_str_of(hit), err);
    nx_alert_text_end(&text);
    st = st == NX_OK ? nx_buf_check(&out, "the text", err) : st;
    nx_buf_release(&out);
    return st;
}

static nx_status compose_all(nx_error *err)
{
    nx_alert alert = {.name = NX_STR("fbi"), .query = NX_STR("FBI")};
    nx_status st = NX_OK;
    for (int form = NX_ALERT_MAIL; st == NX_OK && form <= NX_ALERT_RSS; form++) {
        alert.form = (nx_alert_form)form;
        st = compose(&alert, err);
    }
    return st;
}

static nx_status keep(nx_alerts *a, nx_error *err)
{
    const nx_alert alert = {.name = NX_STR("fbi"), .query = NX_STR("FBI")};
    const nx_str key = NX_STR("Qa");
    bool entered = false;
    nx_status st = nx_alerts_add(a, &alert, err);
    st = st == NX_OK ? nx_alerts_note_news(a, key, err) : st;
    st = st == NX_OK ? nx_alerts_ready(a, err) : st;
    st = st == NX_OK ? nx_alerts_enter(a, alert.name, &key, 1, nx_str_of(hit), 9, &entered, err)
                     : st;
    return st == NX_OK ? nx_alerts_delivered(a, alert.name, 1, 0, err) : st;
}

static nx_status keep_in(const char *dir, nx_error *err)
{
    nx_manifest *m = NULL;
    nx_alerts *a = NULL;
    nx_status st = nx_manifest_open(&m, dir, NX_MANIFEST_WRITE, err);
    st = st == NX_OK ? nx_alerts_open(&a, m, true, err) : st;
    st = st == NX_OK ? nx_alerts_take_turn(a, dir, 0, err) : st;
    st = st == NX_OK ? keep(a, err) : st;
    nx_alerts_close(a);
    nx_manifest_close(m);
    return st;
}

bool nx_oom_scenario(void)
{
    nx_error err = NX_ERROR_INIT;
    nx_args args;
    char dir[64];
    (void)snprintf(dir, sizeof dir, "/tmp/nx-oom-alerts-XXXXXX");
    if (mkdtemp(dir) == NULL) {
        return false;
    }
    nx_status st = nx_args_split(&args, NX_STR("mail 'the desk'"), &err);
    nx_args_release(&args);
    st = st == NX_OK ? compose_all(&err) : st;
    st = st == NX_OK ? keep_in(dir, &err) : st;
    return nx_oom_ended(st, &err, dir);
}
