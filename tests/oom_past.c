// oom_past.c: the versions of an article, read and compared, with one allocation failing.
#include <stdlib.h>

#include "searcher/past.h"
#include "store/versions.h"
#include "tests/oom.h"

static nx_status keep(const char *dir, nx_error *err)
{
    nx_manifest *m = NULL;
    nx_versions *v = NULL;
    const nx_version version = {.data = NX_STR("id=a\ntitle=Raid\n\nthree men died in the raid")};
    nx_status st = nx_manifest_open(&m, dir, NX_MANIFEST_WRITE, err);
    st = st == NX_OK ? nx_versions_open(&v, m, NX_MANIFEST_WRITE, err) : st;
    st = st == NX_OK ? nx_versions_keep(v, NX_STR("Qa"), &version, err) : st;
    nx_versions_close(v);
    nx_manifest_close(m);
    return st;
}

bool nx_oom_scenario(void)
{
    char dir[] = "/tmp/nx-oom-past-XXXXXX";
    nx_error err = NX_ERROR_INIT;
    nx_past past = {.count = 0};
    if (mkdtemp(dir) == NULL) {
        return false;
    }
    nx_status st = keep(dir, &err);
    if (st == NX_OK) {
        st = nx_past_read(&past, dir, NX_STR("a"),
                          NX_STR("id=a\ntitle=Raid\n\nfive men have died in the raid"), &err);
    }
    if (st == NX_OK && (past.count != 2 || past.items[1].body.count <= 3)) {
        st = nx_fail(&err, NX_EBUG, "not what was kept");
    }
    nx_past_release(&past);
    return nx_oom_ended(st, &err, dir);
}
