// alert_list.c: see alert_list.h.
#include "indexer/alert_list.h"

#include "base/num.h"
#include "base/time.h"
#include "base/tty.h"

static const char *const form_names[] = {
    [NX_ALERT_MAIL] = "mail", [NX_ALERT_JSONL] = "jsonl", [NX_ALERT_RSS] = "rss"};
static const char *const way_names[] = {[NX_ALERT_PRINT] = "print",
                                        [NX_ALERT_EXEC] = "exec",
                                        [NX_ALERT_DIR] = "dir",
                                        [NX_ALERT_FILE] = "file"};

// What a newer program may have written has a number that no name here goes with.
static const char *name_in(const char *const *names, size_t count, int i)
{
    return i >= 0 && (size_t)i < count ? names[i] : "unknown";
}

void nx_alert_list_json(const nx_alert *a, nx_jsonw *w)
{
    char last[24], failed[24], created[24];
    nx_jsonw_object(w);
    nx_jsonw_kstr(w, "name", a->name);
    nx_jsonw_kstr(w, "query", a->query);
    nx_jsonw_kbool(w, "paused", a->paused);
    nx_jsonw_kstr(w, "form", nx_str_of(name_in(form_names, 3, (int)a->form)));
    nx_jsonw_kstr(w, "to", nx_str_of(name_in(way_names, 4, (int)a->way)));
    nx_jsonw_kstr(w, "target", a->target.n > 0 ? a->target : NX_STR_NONE);
    nx_jsonw_kstr(w, "created", nx_str_of(nx_format_utc(created, a->created_utc)));
    nx_jsonw_kint(w, "hits", (int64_t)a->hits);
    nx_jsonw_kstr(w, "last_hit",
                  a->last_utc != 0 ? nx_str_of(nx_format_utc(last, a->last_utc)) : NX_STR_NONE);
    nx_jsonw_kint(w, "pending", (int64_t)a->pending);
    nx_jsonw_kint(w, "failures", a->failures);
    if (a->failures > 0) {
        nx_jsonw_kstr(w, "failed", nx_str_of(nx_format_utc(failed, a->failed_utc)));
        nx_jsonw_kstr(w, "reason", a->reason);
    }
    nx_jsonw_end(w);
}

void nx_alert_list_text(const nx_alert *a, nx_buf *out)
{
    char number[28], when[24];
    nx_buf_addf(out, "%-16.*s %s  ", (int)a->name.n, a->name.p, a->paused ? "paused" : "active");
    nx_tty_add_safe(out, a->query, false);
    nx_buf_addf(out, "\n    %s, %s", name_in(form_names, 3, (int)a->form),
                name_in(way_names, 4, (int)a->way));
    if (a->target.n > 0) {
        nx_buf_addc(out, ' ');
        nx_tty_add_safe(out, a->target, false);
    }
    nx_buf_addf(out, "\n    %s found", nx_format_count(number, a->hits));
    if (a->last_utc != 0) {
        nx_buf_addf(out, ", the last %s", nx_format_utc(when, a->last_utc));
    }
    if (a->pending > 0) {
        nx_buf_addf(out, "; %s not delivered", nx_format_count(number, a->pending));
    }
    nx_buf_addc(out, '\n');
    if (a->failures > 0) {
        nx_buf_addf(out, "    failed %u time%s, last %s: ", a->failures,
                    a->failures == 1 ? "" : "s", nx_format_utc(when, a->failed_utc));
        nx_tty_add_safe(out, a->reason, false);
        nx_buf_addc(out, '\n');
    }
}
