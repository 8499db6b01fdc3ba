// analysis.h: text -> tokens -> terms; the one implementation that index, query and snippet use.
//
// Rules: NFKC, case folded; exact (folded, unstemmed) terms carry positions, stems (prefix Z,
// Snowball, never porter) carry none; accent-folded form beside the exact one; possessive 's
// stripped; hyphen and slash compounds give parts and joined form; numbers without thousands
// separators; AT&T, C++ kept. Terms over 245 bytes are hashed. Scripts without spaces (Han, Kana,
// Hangul, Thai, Lao, Khmer, Burmese): overlapping bigrams (a single character when alone).
//
// Acronyms. Dotted ones lose their dots: F.B.I. -> fbi. Those that would then be another word (us,
// it, who, is, am) become a term with dots instead, "u.s.", and so do the same letters in capitals
// (US) unless their surroundings are all in capitals, where capitals say nothing. So `US` finds
// U.S. and the other way round, and `us` finds the pronoun. AIDS is not stemmed to aid.
//
// Speed: a chunk (run of non-space text) is analysed once and its expansion cached by its bytes, so
// that steady-state cost is one hash look-up per word.
// Must not know: fields, prefixes other than Z, Xapian. Thread rule: an analyser belongs to one
// thread; two analysers share nothing.
#ifndef NX_TEXT_ANALYSIS_H
#define NX_TEXT_ANALYSIS_H

#include "base/vocab.h"

#ifdef __cplusplus
extern "C" {
#endif

// The rules have another name whenever the same text would give other terms: an index says by which
// its words were found (nx_writer_options.analysis).
#define NX_ANALYSIS "newsdex-1"

enum { NX_TERM_MAX = 245 }; // bytes

// Each position has exactly one EXACT or ACRONYM form, which comes before its others.
typedef enum nx_form_kind {
    NX_FORM_EXACT,   // the word as written, folded; carries the position
    NX_FORM_FOLDED,  // the same without accents, when that differs; same position
    NX_FORM_JOINED,  // the compound as one term, at the position of its first part: "cooperate"
                     // for co-operate, "9/11", "node.js", "dont"; "$5" for $5, "#metoo" for #MeToo
    NX_FORM_ACRONYM, // "u.s.": in place of EXACT where the letters alone are another word
    NX_FORM_STEM,    // Z + stem, accent-folded; no position. start..end tell whose: a part's, or
                     // the joined form's
} nx_form_kind;

// One term that a chunk gives.
typedef struct nx_form {
    uint32_t term;       // number in the analyser's vocabulary
    uint8_t kind;        // nx_form_kind
    uint8_t dpos;        // position relative to the chunk's first
    uint16_t start, end; // byte range in the chunk (what to highlight)
} nx_form;

// A run of text analysed as a whole. One of several positions is a phrase to the query: fox-it,
// 9/11, a run of Han characters. A run too long for one chunk goes on in the
// next, which then starts with the last character of this one.
typedef struct nx_chunk {
    size_t start, end; // byte range in the text given
    uint32_t pos;      // position of its first word
    const nx_form *forms;
    uint16_t form_count;
    uint8_t positions; // how many positions it takes
} nx_chunk;

typedef struct nx_analyzer nx_analyzer;

// vocab receives the terms; must outlive the analyser. No stems are made until a language is set.
// NULL without memory.
nx_analyzer *nx_analyzer_new(nx_vocab *vocab);
void nx_analyzer_free(nx_analyzer *a); // accepts NULL
// Forgets every cached term number, and a failure; to be called when the vocabulary was cleared.
void nx_analyzer_reset(nx_analyzer *a);
// The stemmer for the texts that follow. A code without a Snowball stemmer means none.
void nx_analyzer_language(nx_analyzer *a, nx_str iso639_1);
// Bit i: terms that begin with the i-th letter of the alphabet, or whose stems do, are wanted; all
// are until this is called. For who looks for few words: chunks that are one word in small letters
// and give no such term may be counted only, not reported.
void nx_analyzer_letters(nx_analyzer *a, uint32_t letters);

// The chunk and its forms are borrowed for the call.
typedef void nx_chunk_fn(void *ctx, const nx_chunk *chunk);

// Cuts text (valid UTF-8 or not; ill-formed bytes separate) into chunks, in order; positions start
// at first_pos. Returns the position after the last one. Linear in the length of the text. Lack of
// memory ends it early and is sticky: see nx_analyzer_failed.
uint32_t nx_analyze(nx_analyzer *a, nx_str text, uint32_t first_pos, nx_chunk_fn *each, void *ctx);
bool nx_analyzer_failed(const nx_analyzer *a);
size_t nx_analyzer_bytes(const nx_analyzer *a); // memory held beyond the vocabulary's

// Is it a single letter of a script without spaces? Texts have it in pairs, and hardly ever alone.
bool nx_is_lone_ideograph(nx_str word);

// Is the folded word a stop word of the language?
bool nx_is_stop_word(nx_str folded, nx_str iso639_1);

// NFC, case fold and (fold_accents) accent removal of a short string, as terms are made; for
// boolean fields (source, author, section). Appends to out.
void nx_fold(nx_str s, bool fold_accents, nx_buf *out);

// Shortens what b holds from start on to at most NX_TERM_MAX bytes, when it is longer: its first
// bytes and 32 hexadecimal digits of the SHA-256 of all of it.
void nx_term_fit(nx_buf *b, size_t start);

// ---- sentences (sentence.c)
// Cuts a text into sentences (abbreviation-aware; a line break always ends one). Ranges exclude
// surrounding white space. Returns how many were reported.
typedef void nx_sentence_fn(void *ctx, size_t start, size_t end);
size_t nx_sentences(nx_str text, nx_str language, nx_sentence_fn *each, void *ctx);
// Does text end as a sentence does? Quotation marks and brackets may stand behind the mark.
bool nx_sentence_ends(nx_str text);

// ---- digests (digest.c)
typedef struct nx_sha256 {
    unsigned char bytes[32];
} nx_sha256;
// SHA-256 of the concatenation of the parts, each preceded by its length. Never fails.
nx_sha256 nx_sha256_of(const nx_str *parts, size_t count);
// First n*2 hex digits into out (n <= 32), NUL-terminated.
void nx_hex(char *out, const unsigned char *bytes, size_t n);
uint64_t nx_xxh3(nx_str s); // XXH3-64, for shingles and tables
// XXH3-128 of the sequence of parts into out: tells changed content from unchanged, many times as
// fast as SHA-256; not for what a stranger could gain by two contents with one digest.
void nx_digest128(const nx_str *parts, size_t count, unsigned char out[16]);

#ifdef __cplusplus
}
#endif
#endif
