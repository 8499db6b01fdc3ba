// reader.h: what a format reader is, inside the room. One file per format implements one of these.
//
// Must not know: files, containers, threads: a reader gets the bytes of one record.
#ifndef NX_CORPUS_READER_H
#define NX_CORPUS_READER_H

#include "corpus/corpus.h"

// Parses one record of the reader's format into zero or more articles. Sets what the format says;
// the shared finishing pass (nx_article_finish) then cleans, derives and checks.
typedef nx_status nx_reader_fn(const nx_record *r, const nx_corpus_options *options,
                               const nx_article_sink *sink, nx_error *err);

nx_reader_fn nx_read_text;     // plain.c
nx_reader_fn nx_read_json;     // json.c: also ninjs, JSON Feed, API exports
nx_reader_fn nx_read_csv;      // csv.c
nx_reader_fn nx_read_html;     // html.c
nx_reader_fn nx_read_feed;     // feed.c: RSS and Atom
nx_reader_fn nx_read_wxr;      // wxr.c
nx_reader_fn nx_read_sgml;     // sgml.c: Reuters-21578 and TREC
nx_reader_fn nx_read_newsml2;  // newsml2.c
nx_reader_fn nx_read_newsml1;  // newsml1.c
nx_reader_fn nx_read_nitf;     // nitf.c
nx_reader_fn nx_read_xml;      // xml_news.c
nx_reader_fn nx_read_wire;     // wire.c
nx_reader_fn nx_read_mail;     // mail.c
nx_reader_fn nx_read_nexis;    // nexis.c
nx_reader_fn nx_read_factiva;  // archives.c
nx_reader_fn nx_read_proquest; // archives.c
nx_reader_fn nx_read_mhtml;    // mhtml.c
nx_reader_fn nx_read_markdown; // markdown.c
nx_reader_fn nx_read_office;   // office.c
nx_reader_fn nx_read_epub;     // epub.c
nx_reader_fn nx_read_rtf;      // rtf.c

// A new article with the place of the record (file, member, offset); NULL without memory.
nx_article *nx_article_for(const nx_record *r);

// A text that is one article and begins with its headline, into a: character references and lines
// broken at a screen's width are undone, then as nx_attribute_text. In plain.c.
nx_status nx_plain_text(nx_article *a, nx_str text, int zone_min, nx_error *err);

// The finishing pass every reader calls last; hands the article to the sink (or frees it):
// attribution out of the text where the input had none (dateline, agency, credit; attribute.h),
// publisher from host table, canonical URL, authors split, dates checked, language detected,
// empty articles turned into skips. Takes a over.
nx_status nx_article_finish(nx_article *a, const nx_record *r, const nx_corpus_options *options,
                            const nx_article_sink *sink, nx_error *err);

// Reports s to a sink's skip function, with "FILE!MEMBER:LINE: what" as its text ("@OFFSET" for
// bytes, nothing at the beginning): one line without control characters. In skip.c.
nx_status nx_skip_say(nx_skip s, const char *what, void *ctx,
                      nx_status (*skip)(void *ctx, const nx_skip *s, nx_error *err), nx_error *err);
// Reports a skip at the record's place.
nx_status nx_record_skip(const nx_record *r, const nx_article_sink *sink, nx_status code,
                         const char *reason, nx_error *err, const char *fmt, ...) NX_PRINTF(6, 7);

// An HTML fragment (feed content, JSON body with markup, mail part) as paragraphs of plain text,
// without the article/boilerplate decision; appended to out. In html_fragment.c.
nx_status nx_html_fragment_text(nx_str html, nx_buf *out, nx_error *err);
// Text that is no markup and has character references all the same ("&#163;1.8m"), as exports of
// old sites do. Only those that end in a semicolon count.
bool nx_has_references(nx_str s);
void nx_decode_references(nx_str s, nx_buf *out); // appends s without them
// Does s look like markup rather than prose (tags or entities)?
bool nx_looks_like_html(nx_str s);

#endif
