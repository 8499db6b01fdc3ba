// xdg.c: see xdg.h.
#define _GNU_SOURCE
#include "base/xdg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *nx_xdg_path(nx_xdg kind, const char *name)
{
    static const struct {
        const char *variable, *below_home;
    } rows[] = {[NX_XDG_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
                [NX_XDG_DATA] = {"XDG_DATA_HOME", ".local/share"}};
    const char *dir = getenv(rows[kind].variable), *home = getenv("HOME");
    char *path = NULL;
    if (dir != NULL && dir[0] == '/') {
        return asprintf(&path, "%s/newsdex/%s", dir, name) < 0 ? NULL : path;
    }
    if (home == NULL || home[0] != '/') {
        return NULL;
    }
    return asprintf(&path, "%s/%s/newsdex/%s", home, rows[kind].below_home, name) < 0 ? NULL : path;
}

char *nx_index_path(const char *given)
{
    if (given != NULL && *given == '\0') { // --index=$UNSET never means the index of the user
        return NULL;
    }
    if (given == NULL) {
        given = getenv("NEWSDEX_INDEX");
    }
    if (given != NULL && *given != '\0') {
        return strdup(given);
    }
    return nx_xdg_path(NX_XDG_DATA, "index");
}
