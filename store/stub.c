// stub.c: INDEX/XAPIANDB, the list of what is in the index. See store/parts.h.
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/num.h"
#include "store/parts.h"

static const char stub_name[] = "XAPIANDB";
static const char segment_prefix[] = "seg-";

char *nx_segment_name(char out[NX_SEGMENT_NAME], uint32_t number)
{
    (void)snprintf(out, NX_SEGMENT_NAME, "%s%06" PRIu32, segment_prefix, number);
    return out;
}

bool nx_segment_number(nx_str name, uint32_t *number)
{
    const size_t prefix = sizeof segment_prefix - 1;
    uint64_t value = 0;
    if (!nx_str_starts(name, nx_str_of(segment_prefix)) || name.n < prefix + 6 ||
        !nx_parse_u64(nx_str_skip(name, prefix), &value) || value > UINT32_MAX) {
        return false;
    }
    *number = (uint32_t)value;
    char canonical[NX_SEGMENT_NAME];
    return nx_str_eq(name, nx_str_of(nx_segment_name(canonical, *number)));
}

void nx_stub_release(nx_stub *s)
{
    for (size_t i = 0; i < s->count; i++) {
        free(s->lines[i].host);
        free(s->lines[i].text);
    }
    free(s->lines);
    *s = (nx_stub){0};
}

bool nx_stub_has(const nx_stub *s, uint32_t number)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->lines[i].kind == NX_STUB_SEGMENT && s->lines[i].number == number) {
            return true;
        }
    }
    return false;
}

static char *copy_text(nx_str s)
{
    char *copy = malloc(s.n + 1);
    if (copy != NULL) {
        memcpy(copy, s.p, s.n);
        copy[s.n] = '\0';
    }
    return copy;
}

// Takes over what line points to, also on failure.
static nx_status add_line(nx_stub *s, nx_stub_line line, nx_error *err)
{
    if (line.text != NULL && s->count == s->room) {
        size_t room = s->room > 0 ? s->room * 2 : 8;
        nx_stub_line *grown = realloc(s->lines, room * sizeof *grown);
        if (grown != NULL) {
            s->lines = grown;
            s->room = room;
        }
    }
    if (line.text == NULL || s->count == s->room) {
        free(line.host);
        free(line.text);
        return nx_fail_nomem(err);
    }
    s->lines[s->count++] = line;
    return NX_OK;
}

nx_status nx_stub_add_segment(nx_stub *s, uint32_t number, nx_error *err)
{
    char text[32], name[NX_SEGMENT_NAME];
    int n = snprintf(text, sizeof text, "auto %s", nx_segment_name(name, number));
    nx_stub_line line = {.kind = NX_STUB_SEGMENT, .number = number};
    line.text = copy_text(nx_str_make(text, (size_t)n));
    return add_line(s, line, err);
}

nx_status nx_stub_keep_others(nx_stub *s, const nx_stub *from, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < from->count; i++) {
        const nx_stub_line *other = &from->lines[i];
        if (other->kind == NX_STUB_SEGMENT) {
            continue;
        }
        nx_stub_line line = {.kind = other->kind, .port = other->port};
        line.text = copy_text(nx_str_of(other->text));
        if (other->host != NULL) {
            line.host = copy_text(nx_str_of(other->host));
            if (line.host == NULL) {
                free(line.text);
                return nx_fail_nomem(err);
            }
        }
        st = add_line(s, line, err);
    }
    return st;
}

// ---- parsing ------------------------------------------------------------------------------------

// "host:port" with a port in range.
static bool parse_remote(nx_str where, nx_stub_line *line)
{
    size_t colon = where.n;
    while (colon > 0 && where.p[colon - 1] != ':') {
        colon--;
    }
    uint64_t port = 0;
    if (colon < 2 || !nx_parse_u64(nx_str_skip(where, colon), &port) || port < 1 || port > 65535) {
        return false;
    }
    line->kind = NX_STUB_REMOTE;
    line->port = (unsigned)port;
    line->host = copy_text(nx_str_make(where.p, colon - 1));
    return true;
}

static nx_status parse_line(nx_stub *s, nx_str text, size_t number, const char *path, nx_error *err)
{
    nx_stub_line line = {.kind = NX_STUB_COMMENT};
    const nx_str local = NX_STR("auto "), remote = NX_STR("remote ");
    if (text.n == 0 || text.p[0] == '#') {
        line.kind = NX_STUB_COMMENT;
    } else if (nx_str_starts(text, local) &&
               nx_segment_number(nx_str_skip(text, local.n), &line.number)) {
        line.kind = NX_STUB_SEGMENT;
        if (nx_stub_has(s, line.number)) {
            return nx_fail(err, NX_ECORRUPT, "%s:%zu: segment named twice", path, number);
        }
    } else if (!nx_str_starts(text, remote) || !parse_remote(nx_str_skip(text, remote.n), &line)) {
        return nx_fail(err, NX_ECORRUPT,
                       "%s:%zu: neither \"auto seg-NNNNNN\" nor \"remote HOST:PORT\": %.80s", path,
                       number, text.p);
    }
    if (line.kind == NX_STUB_REMOTE && line.host == NULL) {
        return nx_fail_nomem(err);
    }
    line.text = copy_text(text);
    return add_line(s, line, err);
}

nx_status nx_stub_parse(nx_stub *s, nx_str bytes, const char *path, nx_error *err)
{
    nx_status st = NX_OK;
    size_t number = 0;
    for (size_t at = 0; st == NX_OK && at < bytes.n;) {
        nx_str line = nx_str_trim(nx_str_line(bytes, at, &at));
        char *text = copy_text(line); // terminated, for messages
        st = text != NULL ? parse_line(s, nx_str_make(text, line.n), ++number, path, err)
                          : nx_fail_nomem(err);
        free(text);
    }
    if (st != NX_OK) {
        nx_stub_release(s);
    }
    return st;
}

// ---- the file -----------------------------------------------------------------------------------

static bool exists(const char *dir, const char *name)
{
    struct stat info;
    char *path = nx_path_join(dir, name);
    bool there = path != NULL && stat(path, &info) == 0;
    free(path);
    return there;
}

// Why dir has no stub.
static nx_status explain(const char *dir, nx_error *err)
{
    struct stat info;
    if (stat(dir, &info) != 0) {
        return errno == ENOENT ? nx_fail(err, NX_ENOINPUT, "%s: there is no index", dir)
                               : nx_fail_errno(err, errno, "%s", dir);
    }
    if (!S_ISDIR(info.st_mode)) {
        return nx_fail(err, NX_EFORMAT, "%s: not an index: not a directory", dir);
    }
    if (exists(dir, "iamglass") || exists(dir, "iamchert")) {
        return nx_fail(err, NX_EFORMAT, "%s: a Xapian database, but not a newsdex index", dir);
    }
    return nx_fail(err, NX_EFORMAT, "%s: not an index: it has no file %s", dir, stub_name);
}

nx_status nx_stub_read(nx_stub *s, const char *dir, nx_buf *bytes, nx_error *err)
{
    char *path = nx_path_join(dir, stub_name);
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf own;
    nx_buf_init(&own, NX_STUB_MAX_BYTES);
    nx_buf *text = bytes != NULL ? bytes : &own;
    nx_status st = nx_read_file(path, text, err);
    if (st == NX_ENOINPUT) {
        st = explain(dir, err);
    } else if (st == NX_OK) {
        st = nx_stub_parse(s, nx_buf_str(text), path, err);
    }
    nx_buf_release(&own);
    free(path);
    return st;
}

nx_status nx_stub_publish(const nx_stub *s, const char *dir, nx_error *err)
{
    char *path = nx_path_join(dir, stub_name);
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf text;
    nx_buf_init(&text, NX_STUB_MAX_BYTES);
    for (size_t i = 0; i < s->count; i++) {
        nx_buf_addz(&text, s->lines[i].text);
        nx_buf_addc(&text, '\n');
    }
    nx_status st = nx_buf_check(&text, "the list of segments", err);
    if (st == NX_OK) {
        st = nx_write_file_atomic(path, nx_buf_str(&text), err);
    }
    nx_buf_release(&text);
    free(path);
    return st;
}
