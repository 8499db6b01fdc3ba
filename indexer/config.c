// config.c: see config.h.
#include "indexer/config.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "base/time.h"
#include "base/xdg.h"

static const char system_path[] = "/etc/newsdex/newsdex.conf";

nx_status nx_config_load(nx_conf **out, const char *path, nx_error *err)
{
    nx_buf text;
    nx_status st = NX_OK;
    char *own = path == NULL ? nx_xdg_path(NX_XDG_CONFIG, "newsdex.conf") : NULL;
    *out = NULL;
    nx_buf_init(&text, NX_CONF_BYTES);
    if (path == NULL) {
        path = own != NULL && access(own, F_OK) == 0 ? own : system_path;
    }
    st = nx_read_file(path, &text, err);
    if (st == NX_ENOINPUT) {
        st = nx_fail(err, NX_ECONFIG, "%s: there is no configuration; 'newsindex init' writes one",
                     own != NULL ? own : path);
    } else if (st == NX_EFORMAT || st == NX_ELIMIT) {
        st = nx_fail(err, NX_ECONFIG, "%s: not a file of at most 1 MB", path);
    }
    if (st == NX_OK) {
        st = nx_conf_parse(out, nx_buf_str(&text), path, getenv("HOME"), nx_now_utc(), err);
    }
    nx_buf_release(&text);
    free(own);
    return st;
}

bool nx_config_is_there(void)
{
    char *own = nx_xdg_path(NX_XDG_CONFIG, "newsdex.conf");
    bool there = (own != NULL && access(own, F_OK) == 0) || access(system_path, F_OK) == 0;
    free(own);
    return there;
}

nx_status nx_config_choose(const nx_conf *c, char **names, size_t count, bool chosen[NX_CONF_ITEMS],
                           nx_error *err)
{
    for (size_t i = 0; i < NX_CONF_ITEMS; i++) {
        chosen[i] = count == 0 && i < c->index_count;
    }
    for (size_t i = 0; i < count; i++) {
        size_t found = nx_conf_find_index(c, nx_str_of(names[i]));
        if (found == SIZE_MAX) {
            return nx_fail(err, NX_EUSAGE, "the configuration has no index '%.60s'", names[i]);
        }
        chosen[found] = true;
    }
    return NX_OK;
}
