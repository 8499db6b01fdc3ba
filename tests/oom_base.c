// oom_base.c: base/ with each allocation failing once.
#include <stdint.h>

#include "base/arena.h"
#include "base/jsonw.h"
#include "base/vocab.h"
#include "tests/oom.h"

bool nx_oom_scenario(void)
{
    bool ok = false;
    nx_buf b;
    nx_buf_init(&b, 1 << 20);
    nx_arena *a = nx_arena_new(1 << 20);
    nx_vocab *v = nx_vocab_new();
    if (a == NULL || v == NULL) {
        goto done;
    }
    for (int i = 0; i < 3000; i++) {
        char word[4] = {(char)('a' + i % 26), (char)('a' + i / 26 % 26), (char)('a' + i / 676), 0};
        if (nx_vocab_add(v, nx_str_make(word, 3), NULL) == NX_VOCAB_NONE) {
            goto done;
        }
        nx_buf_add(&b, word, 3);
        (void)nx_arena_copy(a, nx_str_make(word, 3));
    }
    nx_jsonw w;
    nx_jsonw_init(&w, &b, true);
    nx_jsonw_str(&w, NX_STR("text"));
    ok = !b.failed && !nx_arena_failed(a);
done:
    nx_vocab_free(v);
    nx_arena_free(a);
    nx_buf_release(&b);
    return ok;
}
