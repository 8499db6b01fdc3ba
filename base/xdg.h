// xdg.h: where a user's files are, after the XDG Base Directory specification.
//
// Must not know: what is in the files, or whether they exist. Thread rule: none needed.
#ifndef NX_BASE_XDG_H
#define NX_BASE_XDG_H

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nx_xdg {
    NX_XDG_CONFIG, // $XDG_CONFIG_HOME, ~/.config
    NX_XDG_DATA,   // $XDG_DATA_HOME, ~/.local/share
} nx_xdg;

// DIR/newsdex/name, malloc'ed. Relative values of the variables are ignored, as the specification
// wants. NULL without memory or home directory.
char *nx_xdg_path(nx_xdg kind, const char *name);

// The index a program works on: given (--index), else $NEWSDEX_INDEX, else the data directory's
// "index". malloc'ed; NULL when what is given is empty, without memory or home directory.
char *nx_index_path(const char *given);
// The option row (base/opt.h) that gives it.
#define NX_ROW_INDEX(target)                                                                       \
    {                                                                                              \
        .kind = NX_OPT_STRING, .letter = 'i', .name = "index", .arg = "DIR",                       \
        .help = "The index; default $NEWSDEX_INDEX, else ~/.local/share/newsdex/index",            \
        .to = (target), .completes = "dir"                                                         \
    }

#ifdef __cplusplus
}
#endif
#endif
