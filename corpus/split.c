// split.c: a stream cut into records: whole files, lines, mailboxes. One line per format.
//
// Bounded memory: nothing holds more than one record and the look-ahead. Must not know: what a
// record means.
#include "corpus/archives.h"
#include "corpus/reading.h"

static size_t record_max(const nx_stream *t)
{
    return t->reading->options->limits.record_bytes;
}

nx_status nx_split_whole(nx_stream *t, nx_format format, nx_error *err)
{
    uint64_t start = t->source->pos;
    nx_status st = nx_source_fill(t->source, record_max(t) + 1, err);
    if (st != NX_OK) {
        return st;
    }
    nx_str view = nx_source_view(t->source);
    if (view.n > record_max(t)) {
        t->source->reason = "record too large";
        return nx_fail(err, NX_ELIMIT, "the record is larger than %zu bytes", record_max(t));
    }
    nx_record_facts facts = {.format = format, .offset = start};
    st = nx_stream_emit(t, view, &facts, err);
    nx_source_take(t->source, view.n);
    return st;
}

// JSON Lines: a record a line. A file read from its middle (the rest of one that grew) has no line
// numbers, so its records carry byte offsets.
static nx_status split_lines(nx_stream *t, nx_format format, nx_error *err)
{
    (void)format;
    bool numbered = t->source->pos == 0;
    nx_status st = nx_source_fill(t->source, 3, err);
    if (st == NX_OK && nx_str_starts(nx_source_view(t->source), NX_STR("\xef\xbb\xbf"))) {
        nx_source_take(t->source, 3);
    }
    for (uint64_t number = 1; st == NX_OK; number++) {
        uint64_t place = numbered ? number : t->source->pos;
        nx_str line;
        size_t used;
        st = nx_stream_line(t, record_max(t), &line, &used, err);
        if (st == NX_ELIMIT && t->source->reason == NULL) {
            char text[sizeof err->msg];
            memcpy(text, err->msg, sizeof text);
            st = nx_stream_skip(t, place, numbered, NX_ELIMIT, "record too large", text, err);
            continue;
        }
        if (st != NX_OK || used == 0) {
            break;
        }
        if (nx_str_trim(line).n > 0) {
            nx_record_facts facts = {
                .format = NX_FORMAT_JSON, .offset = place, .offset_is_line = numbered};
            st = nx_stream_emit(t, line, &facts, err);
        }
        nx_source_take(t->source, used);
    }
    return st;
}

// How records are told apart that follow one another line by line.
typedef struct seam {
    nx_format format; // of the records
    bool (*begins)(nx_str line, bool after_blank);
    bool (*ends)(nx_str line); // NULL: nothing does but the next beginning
    bool is_envelope;          // a line that begins a record is none of its own
} seam;

static nx_status end_record(nx_stream *t, nx_buf *record, const nx_record_facts *facts,
                            nx_error *err)
{
    nx_status st = NX_OK;
    if (record->over_max) {
        st = nx_stream_skip(t, facts->offset, false, NX_ELIMIT, "record too large",
                            "one of the records is too large", err);
    } else if (record->failed) {
        st = t->reading->stop = nx_buf_check(record, "record", err);
    } else if (nx_str_trim(nx_buf_str(record)).n > 0) {
        st = nx_stream_emit(t, nx_buf_str(record), facts, err);
    }
    nx_buf_clear(record);
    return st;
}

// ">From here": a line of a message that would otherwise begin the next one (mboxrd).
static bool is_escaped(nx_str line)
{
    size_t i = 0;
    while (i < line.n && line.p[i] == '>') {
        i++;
    }
    return i > 0 && nx_str_starts(nx_str_skip(line, i), NX_STR("From "));
}

static nx_status split_at(nx_stream *t, const seam *at, nx_error *err)
{
    nx_buf record;
    nx_buf_init(&record, record_max(t));
    nx_record_facts facts = {.format = at->format};
    bool after_blank = true, ended = false;
    nx_status st = NX_OK;
    for (;;) {
        uint64_t here = t->source->pos;
        nx_str line;
        size_t used;
        st = nx_stream_line(t, record_max(t), &line, &used, err);
        bool begins = st == NX_OK && used > 0 && at->begins(line, after_blank);
        if (st == NX_OK && (begins || ended || used == 0)) {
            st = end_record(t, &record, &facts, err);
            facts.offset = begins && at->is_envelope ? here + used : here;
        }
        if (st != NX_OK || used == 0) {
            break;
        }
        if (!begins || !at->is_envelope) {
            size_t escape = at->is_envelope && is_escaped(line);
            nx_buf_add(&record, nx_source_view(t->source).p + escape, used - escape);
        }
        ended = at->ends != NULL && at->ends(line);
        after_blank = line.n == 0;
        nx_source_take(t->source, used);
    }
    nx_buf_release(&record);
    return st;
}

// mbox: messages begin at "From " lines (RFC 4155) after an empty line or at the start.
static bool begins_message(nx_str line, bool after_blank)
{
    return after_blank && nx_is_mbox_line(line);
}

static nx_status split_mbox(nx_stream *t, nx_format format, nx_error *err)
{
    static const seam messages = {NX_FORMAT_MAIL, begins_message, NULL, true};
    (void)format;
    return split_at(t, &messages, err);
}

// Nexis: documents begin at "3 of 98 DOCUMENTS", in newer exports they end at "End of Document".
static bool begins_document(nx_str line, bool after_blank)
{
    (void)after_blank;
    return nx_is_nexis_line(line);
}

static bool ends_document(nx_str line)
{
    return nx_str_eq(nx_str_trim(line), NX_STR("End of Document"));
}

static nx_status split_nexis(nx_stream *t, nx_format format, nx_error *err)
{
    const seam documents = {format, begins_document, ends_document, false};
    return split_at(t, &documents, err);
}

// Factiva: documents end with their accession number; ProQuest: they begin with their number.
static bool begins_nothing(nx_str line, bool after_blank)
{
    (void)line;
    (void)after_blank;
    return false;
}

static bool begins_numbered(nx_str line, bool after_blank)
{
    (void)after_blank;
    return nx_is_proquest_line(line);
}

static nx_status split_archive(nx_stream *t, nx_format format, nx_error *err)
{
    const seam factiva = {format, begins_nothing, nx_is_factiva_end, false};
    const seam proquest = {format, begins_numbered, NULL, false};
    return split_at(t, format == NX_FORMAT_FACTIVA ? &factiva : &proquest, err);
}

nx_status nx_split(nx_stream *t, nx_format format, nx_error *err)
{
    static const struct {
        nx_format format;
        nx_split_fn *split;
    } splitters[] = {
        {NX_FORMAT_JSONL, split_lines},      {NX_FORMAT_JSON, nx_split_json},
        {NX_FORMAT_REUTERS, nx_split_sgml},  {NX_FORMAT_TREC, nx_split_sgml},
        {NX_FORMAT_CSV, nx_split_table},     {NX_FORMAT_MBOX, split_mbox},
        {NX_FORMAT_NEXIS, split_nexis},      {NX_FORMAT_FACTIVA, split_archive},
        {NX_FORMAT_PROQUEST, split_archive}, {NX_FORMAT_WARC, nx_split_warc},
        {NX_FORMAT_ARC, nx_split_arc},       {NX_FORMAT_FEED, nx_split_items},
        {NX_FORMAT_WXR, nx_split_items},
    };
    for (size_t i = 0; i < NX_COUNT(splitters); i++) {
        if (splitters[i].format == format) {
            return splitters[i].split(t, format, err);
        }
    }
    return nx_split_whole(t, format, err);
}
