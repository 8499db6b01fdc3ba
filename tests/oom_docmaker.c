// oom_docmaker.c: making a document with each allocation failing once.
#include "indexer/docmaker.h"
#include "tests/oom.h"

bool nx_oom_scenario(void)
{
    nx_docmaker *m = nx_docmaker_new();
    if (m == NULL) {
        return false;
    }
    nx_article a = {.title = {NX_STR("Senate votes"), NX_FROM_META},
                    .body = NX_STR("The U.S. Senate voted on José's co-operation for $5m."),
                    .url = {NX_STR("https://a.example/1"), NX_FROM_META},
                    .source = {NX_STR("El País"), NX_FROM_META},
                    .source_host = {NX_STR("a.example"), NX_FROM_URL},
                    .authors = {{NX_STR("Jane Doe"), NX_FROM_META}},
                    .author_count = 1,
                    .language = {NX_STR("en"), NX_FROM_DETECTED},
                    .published = {.known = true, .utc = 1553246100},
                    .file = NX_STR("a.html")};
    const nx_docmaker_options options = {.indexed_utc = 1553300000};
    nx_made made;
    nx_error err = NX_ERROR_INIT;
    bool ok = nx_docmaker_make(m, &a, &options, &made, &err) == NX_OK && made.doc.term_count > 20;
    nx_docmaker_free(m);
    return ok;
}
