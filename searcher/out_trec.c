// out_trec.c: results as a TREC run: "topic Q0 docno rank score run".
//
// Must not know: how results are found.
#include "searcher/output.h"

// Columns are separated by white space, so names must not have any.
static void add_name(nx_buf *out, nx_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        nx_buf_addc(out, (unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f ? '_' : s.p[i]);
    }
}

nx_str nx_trec_docno(const nx_card *c)
{
    return c->native_id.n > 0 ? c->native_id : c->id;
}

static void trec_hit(nx_output *o, const nx_answer *a, const nx_card *c)
{
    // Evaluators sort by score: those of a list by date fall too.
    double score = c->weight > 0 ? c->weight : 1.0 / c->rank;
    add_name(&o->buf, a->topic.n > 0 ? a->topic : NX_STR("1"));
    nx_buf_addz(&o->buf, " Q0 ");
    add_name(&o->buf, nx_trec_docno(c));
    nx_buf_addf(&o->buf, " %u %.6f newsdex\n", c->rank, score);
}

const nx_format nx_as_trec = {.name = "trec", .batch = true, .facts_only = true, .hit = trec_hit};
