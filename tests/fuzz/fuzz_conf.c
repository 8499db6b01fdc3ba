// fuzz_conf.c: any bytes as newsdex.conf: refused with a place, or understood.
#include <stdlib.h>

#include "indexer/conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_conf *conf = NULL;
    nx_error err = NX_ERROR_INIT;
    nx_status st =
        nx_conf_parse(&conf, nx_str_make((const char *)data, size), "conf", "/home/me", 0, &err);
    if (st == NX_OK) {
        for (size_t i = 0; i < conf->source_count; i++) {
            const nx_conf_source *s = &conf->sources[i];
            if (s->index >= conf->index_count || s->paths.count == 0 ||
                conf->indexes[s->index].dir.p[0] != '/') {
                abort();
            }
        }
    } else if (st != NX_ECONFIG || strncmp(err.msg, "conf:", 5) != 0) {
        abort();
    }
    nx_conf_free(conf);
    return 0;
}
