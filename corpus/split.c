// split.c: a stream cut into records: whole files, lines, mailboxes. One line per format.
//
// Bounded memory: nothing holds more than one record and the look-ahead. Must not know: what a
// record means.
#include "corpus/reading.h"

nx_status nx_split(nx_stream *t, nx_format format, nx_error *err)
{
    static const struct {
        nx_format format;
        nx_split_fn *split;
    } splitters[] = {
        {NX_FORMAT_JSONL, nx_split_lines},  {NX_FORMAT_JSON, nx_split_json},
        {NX_FORMAT_REUTERS, nx_split_sgml}, {NX_FORMAT_TREC, nx_split_sgml},
        {NX_FORMAT_CSV, nx_split_table},    {NX_FORMAT_MBOX, nx_split_mbox},
        {NX_FORMAT_WARC, nx_split_warc},    {NX_FORMAT_ARC, nx_split_arc},
    };
    for (size_t i = 0; i < sizeof splitters / sizeof splitters[0]; i++) {
        if (splitters[i].format == format) {
            return splitters[i].split(t, format, err);
        }
    }
    return nx_split_whole(t, format, err);
}

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
nx_status nx_split_lines(nx_stream *t, nx_format format, nx_error *err)
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

// mbox: messages begin at "From " lines (RFC 4155) after an empty line or at the start.
nx_status nx_split_mbox(nx_stream *t, nx_format format, nx_error *err)
{
    (void)format;
    nx_buf message;
    nx_buf_init(&message, record_max(t));
    nx_record_facts facts = {.format = NX_FORMAT_MAIL};
    bool after_blank = true;
    nx_status st = NX_OK;
    for (;;) {
        uint64_t here = t->source->pos;
        nx_str line;
        size_t used;
        st = nx_stream_line(t, record_max(t), &line, &used, err);
        bool begins = st == NX_OK && used > 0 && after_blank && nx_is_mbox_line(line);
        if (st == NX_OK && (begins || used == 0)) {
            if (message.over_max) {
                st = nx_stream_skip(t, facts.offset, false, NX_ELIMIT, "record too large",
                                    "a message is too large", err);
            } else if (message.failed) {
                st = t->reading->stop = nx_buf_check(&message, "message", err);
            } else if (message.len > 0) {
                st = nx_stream_emit(t, nx_buf_str(&message), &facts, err);
            }
            nx_buf_clear(&message);
            facts.offset = here;
        }
        if (st != NX_OK || used == 0) {
            break;
        }
        if (!begins) {
            nx_buf_add(&message, nx_source_view(t->source).p, used);
        }
        after_blank = line.n == 0;
        nx_source_take(t->source, used);
    }
    nx_buf_release(&message);
    return st;
}
