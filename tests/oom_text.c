// oom_text.c: the analysis with each allocation failing once.
#include "tests/oom.h"
#include "text/analysis.h"

static void each(void *ctx, const nx_chunk *c)
{
    *(unsigned *)ctx += c->positions;
}

bool nx_oom_scenario(void)
{
    nx_vocab *vocab = nx_vocab_new();
    nx_analyzer *a = vocab == NULL ? NULL : nx_analyzer_new(vocab);
    bool ok = false;
    if (a != NULL) {
        unsigned positions = 0;
        nx_str text = NX_STR("The U.S. and US: José's co-operation, l'été, $5m, 1,000.50; 東京都 "
                             "andaveryveryverylongcompound-ofmanymanymanyletters");
        nx_analyzer_language(a, NX_STR("en"));
        (void)nx_analyze(a, text, 1, each, &positions);
        nx_analyzer_language(a, NX_STR("fr"));
        (void)nx_analyze(a, text, 1, each, &positions);
        ok = !nx_analyzer_failed(a) && positions > 20;
    }
    nx_analyzer_free(a);
    nx_vocab_free(vocab);
    return ok;
}
