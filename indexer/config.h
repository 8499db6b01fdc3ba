// config.h: finding and reading newsdex.conf for the commands that use it.
//
// Must not know: what the configuration says.
#ifndef NX_INDEXER_CONFIG_H
#define NX_INDEXER_CONFIG_H

#include "indexer/conf.h"

// The configuration at path (NULL: newsdex/newsdex.conf of the XDG configuration directory, else
// /etc/newsdex/newsdex.conf). NX_ECONFIG: there is none, or it is wrong.
nx_status nx_config_load(nx_conf **out, const char *path, nx_error *err) NX_MUST_USE;
// Whether there is one where it is looked for.
bool nx_config_is_there(void);
// Which indexes the operands mean (none: all): *chosen[i] for each index of c. NX_EUSAGE for an
// unknown name.
nx_status nx_config_choose(const nx_conf *c, char **names, size_t count, bool chosen[NX_CONF_ITEMS],
                           nx_error *err) NX_MUST_USE;

#define NX_ROW_CONFIG(target)                                                                      \
    {                                                                                              \
        .kind = NX_OPT_STRING, .letter = 'c', .name = "config", .arg = "FILE",                     \
        .help = "Configuration; default ~/.config/newsdex/newsdex.conf, else "                     \
                "/etc/newsdex/newsdex.conf",                                                       \
        .to = (target), .completes = "file"                                                        \
    }

#endif
