// word.c: see word.h. Elements are known by their names without prefix: ECMA-376 part 1 (17) and
// OpenDocument 1.2 (4-6) use none of them for two things that differ here.
#include "corpus/word.h"

#include <stdlib.h>

#include "corpus/xml_scan.h"

typedef enum what {
    PLAIN, // nothing by itself
    PARAGRAPH,
    RUN,
    TEXT,   // what is in it is text
    SKIP,   // what is in it is not read
    NOTE,   // what is in it stands behind the text
    HIDDEN, // says that the run is
    CENTRED_IF,
    CELL,
    ROW,
    TAB,
    BREAK,
    SPACES,
    HYPHEN,
} what;

typedef struct element {
    const char *name;
    what what;
} element;

static int compare(const void *name, const void *row)
{
    return strcmp(name, ((const element *)row)->name);
}

static what what_is(const char *name)
{
    static const element elements[] = {
        {"Fallback", SKIP}, // said again for old programs
        {"annotation", SKIP},
        {"br", BREAK},
        {"cr", BREAK},
        {"del", SKIP},
        {"delText", SKIP},
        {"drawing", SKIP},
        {"frame", SKIP},
        {"h", PARAGRAPH},
        {"instrText", SKIP},
        {"jc", CENTRED_IF},
        {"line-break", BREAK},
        {"moveFrom", SKIP},
        {"noBreakHyphen", HYPHEN},
        {"note-body", NOTE},
        {"note-citation", SKIP},
        {"object", SKIP},
        {"p", PARAGRAPH},
        {"pict", SKIP},
        {"ptab", TAB},
        {"r", RUN},
        {"rt", SKIP},
        {"ruby-text", SKIP},
        {"s", SPACES},
        {"t", TEXT},
        {"tab", TAB},
        {"table-cell", CELL},
        {"table-of-content", SKIP},
        {"table-row", ROW},
        {"tabs", SKIP}, // where tabs stop
        {"tbl", ROW},
        {"tc", CELL},
        {"tr", ROW},
        {"tracked-changes", SKIP},
        {"vanish", HIDDEN},
    };
    const element *row = bsearch(name, elements, NX_COUNT(elements), sizeof elements[0], compare);
    return row != NULL ? row->what : PLAIN;
}

typedef struct reader {
    nx_flow *body, *flow; // flow: where text goes now
    nx_flow *notes;
    unsigned skipped;    // elements open, from the one that is not read
    unsigned paragraphs; // open
    unsigned texts;      // open
    bool odf, hidden;
} reader;

static void widen(nx_flow *f, nx_gap gap)
{
    f->gap = gap > f->gap ? gap : f->gap;
}

static bool is_off(nx_str value)
{
    return nx_str_eq(value, NX_STR("0")) || nx_str_eq(value, NX_STR("false")) ||
           nx_str_eq(value, NX_STR("off"));
}

static void on_start(void *ctx, const char *name, const char **atts)
{
    reader *w = ctx;
    what is = w->skipped > 0 ? SKIP : what_is(name);
    switch (is) {
    case SKIP: w->skipped++; break;
    case PARAGRAPH:
        w->paragraphs++;
        w->flow->centred = false;
        break;
    case RUN: w->hidden = false; break;
    case TEXT: w->texts++; break;
    case NOTE: w->flow = w->notes; break;
    case HIDDEN: w->hidden = !is_off(nx_xml_scan_value(atts, "val")); break;
    case CENTRED_IF:
        w->flow->centred = nx_str_eq(nx_xml_scan_value(atts, "val"), NX_STR("center"));
        break;
    case TAB: widen(w->flow, NX_GAP_TAB); break;
    case BREAK:
        widen(w->flow, nx_str_eq(nx_xml_scan_value(atts, "type"), NX_STR("page")) ? NX_GAP_PARAGRAPH
                                                                                  : NX_GAP_LINE);
        break;
    case SPACES: nx_flow_add(w->flow, NX_STR(" ")); break;
    case HYPHEN: nx_flow_add(w->flow, NX_STR("-")); break;
    case PLAIN:
    case CELL:
    case ROW: break;
    }
}

static void on_end(void *ctx, const char *name)
{
    reader *w = ctx;
    if (w->skipped > 0) {
        w->skipped--;
        return;
    }
    switch (what_is(name)) {
    case PARAGRAPH:
        w->paragraphs--;
        widen(w->flow, NX_GAP_PARAGRAPH);
        break;
    case TEXT: w->texts--; break;
    case NOTE:
        widen(w->flow, NX_GAP_PARAGRAPH);
        w->flow = w->body;
        break;
    case CELL: w->flow->gap = NX_GAP_TAB; break; // whatever ended in it
    case ROW: w->flow->gap = NX_GAP_PARAGRAPH; break;
    default: break;
    }
}

static void on_text(void *ctx, nx_str text)
{
    reader *w = ctx;
    bool counts = w->odf ? w->paragraphs > 0 : w->texts > 0 && !w->hidden;
    if (counts && w->skipped == 0) {
        nx_flow_add(w->flow, text);
    }
}

nx_status nx_word_read(nx_source *part, bool odf, nx_flow *body, nx_flow *notes, nx_error *err)
{
    reader w = {.body = body, .flow = body, .notes = notes, .odf = odf};
    const nx_xml_handler handler = {&w, on_start, on_end, on_text};
    return nx_xml_scan(part, &handler, err);
}

// ---- properties

typedef struct properties {
    nx_manuscript *m;
    nx_buf *now; // what the text is of; NULL: nothing that is kept
} properties;

static void property_start(void *ctx, const char *name, const char **atts)
{
    properties *p = ctx;
    (void)atts;
    p->now = strcmp(name, "title") == 0                                           ? &p->m->title
             : strcmp(name, "creator") == 0                                       ? &p->m->author
             : strcmp(name, "created") == 0 || strcmp(name, "creation-date") == 0 ? &p->m->created
                                                                                  : NULL;
    if (p->now != NULL) {
        nx_buf_clear(p->now);
    }
}

static void property_end(void *ctx, const char *name)
{
    (void)name;
    ((properties *)ctx)->now = NULL;
}

static void property_text(void *ctx, nx_str text)
{
    properties *p = ctx;
    if (p->now != NULL) {
        nx_buf_adds(p->now, text);
    }
}

nx_status nx_word_properties(nx_source *part, nx_manuscript *m, nx_error *err)
{
    properties p = {.m = m};
    const nx_xml_handler handler = {&p, property_start, property_end, property_text};
    return nx_xml_scan(part, &handler, err);
}
