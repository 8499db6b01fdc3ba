// oom_snippet.c: choosing and marking a passage with each allocation failing once. The sentences
// end without full stops: whether one ends an abbreviation is guessed, not reported, without
// memory.
#include "searcher/card.h"
#include "tests/oom.h"

bool nx_oom_scenario(void)
{
    static const nx_str terms[] = {{"fbi", 3}, {"contacted", 9}};
    static const nx_place places[] = {{terms, 1}, {terms + 1, 1}};
    static const nx_mark marks[] = {
        {.part = 0, .places = places, .place_count = 1, .weight = 1},
        {.part = 1, .places = places, .place_count = 2, .window = 6, .weight = 2}};
    nx_error err = NX_ERROR_INIT;
    nx_card card;
    nx_buf line;
    nx_str data =
        NX_STR("id=a\ntitle=Guards and the FBI\nauthor=Ann \\\\ Other\nfrom=published:url\n"
               "published=2019-03-22\n\nNothing yet!\nA guard contacted the FBI at dawn!");
    nx_hit hit = {.rank = 1, .data = data};
    nx_snippet_maker *m = nx_snippet_maker_new(marks, 2);
    nx_arena *arena = nx_arena_new(1 << 20);
    bool ok = m != NULL && arena != NULL;
    nx_buf_init(&line, 1 << 16);
    if (ok) {
        ok = nx_card_of_hit(&card, arena, m, &hit, &err) == NX_OK;
    }
    if (ok) {
        nx_card_add_attribution(&card, " - ", &line);
        ok = !line.failed && card.snippet.matched &&
             nx_str_eq(nx_buf_str(&line),
                       NX_STR("unknown source - Ann \\ Other - 2019-03-22 (date from the URL)"));
    }
    nx_buf_release(&line);
    nx_arena_free(arena);
    nx_snippet_maker_free(m);
    return ok;
}
