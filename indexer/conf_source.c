// conf_source.c: the keys of a [source] section; see conf.h.
#include "base/num.h"
#include "base/time.h"
#include "corpus/attribute.h"
#include "corpus/fields.h"
#include "indexer/conf_parser.h"
#include "indexer/input.h"

static nx_status append(nx_conf_parser *p, nx_conf_list *list, nx_str value, const char *at)
{
    if (list->items == NULL) {
        list->items = nx_arena_calloc(p->conf->arena, NX_CONF_ITEMS, sizeof *list->items);
    }
    if (list->items == NULL) {
        return nx_arena_check(p->conf->arena, "the configuration", p->err);
    }
    if (list->count == NX_CONF_ITEMS) {
        return nx_conf_fail(p, at, "more than %d values", NX_CONF_ITEMS);
    }
    list->items[list->count++] = value;
    return NX_OK;
}

static nx_status set_path(nx_conf_parser *p, nx_str value, const char *at)
{
    nx_str path;
    nx_status st = nx_conf_absolute(p, value, at, &path);
    return st == NX_OK ? append(p, &p->source->paths, path, at) : st;
}

static nx_status set_include(nx_conf_parser *p, nx_str value, const char *at)
{
    return append(p, &p->source->include, value, at);
}

static nx_status set_exclude(nx_conf_parser *p, nx_str value, const char *at)
{
    return append(p, &p->source->exclude, value, at);
}

static nx_status set_index(nx_conf_parser *p, nx_str value, const char *at)
{
    *p->wanted = (nx_conf_wanted){
        .index = value, .number = p->number, .column = (size_t)(at - p->line.p) + 1};
    return NX_OK;
}

static nx_status set_vanished(nx_conf_parser *p, nx_str value, const char *at)
{
    p->source->remove_vanished = nx_str_eq(value, NX_STR("remove"));
    return p->source->remove_vanished || nx_str_eq(value, NX_STR("keep"))
               ? NX_OK
               : nx_conf_fail(p, at, "'%s' is neither keep nor remove", value.p);
}

static nx_status set_settle(nx_conf_parser *p, nx_str value, const char *at)
{
    return nx_parse_duration(value, &p->source->settle_s)
               ? NX_OK
               : nx_conf_fail(p, at, "'%s' is not a time span such as 30s", value.p);
}

static nx_status set_format(nx_conf_parser *p, nx_str value, const char *at)
{
    if (nx_format_parse(value, &p->source->corpus.format)) {
        return NX_OK;
    }
    const char *names[NX_FORMAT_ARC + 2] = {NULL};
    for (int f = 0; f <= NX_FORMAT_ARC; f++) {
        names[f] = nx_format_name((nx_format)f);
    }
    (void)nx_conf_unknown(p, nx_str_make(at, value.n), "format", names);
    return NX_ECONFIG;
}

static nx_status set_field(nx_conf_parser *p, nx_str value, const char *at)
{
    nx_corpus_options *c = &p->source->corpus;
    size_t eq = nx_str_find(value, NX_STR("="), 0);
    if (eq == SIZE_MAX || eq == 0 || eq + 1 == value.n) {
        return nx_conf_fail(p, at, "'%s' is not OURS=THEIRS", value.p);
    }
    if (nx_role_by_name(nx_str_trim(nx_str_make(value.p, eq))) == NX_ROLE_NONE) {
        return nx_conf_fail(p, at, "there is no field '%.*s'", (int)(eq < 80 ? eq : 80), value.p);
    }
    if (c->field_count == NX_CONF_ITEMS) {
        return nx_conf_fail(p, at, "more than %d values", NX_CONF_ITEMS);
    }
    nx_field_map *map =
        nx_arena_calloc(p->conf->arena, c->field_count + 1, sizeof *map); // few: copied each time
    if (map == NULL) {
        return nx_arena_check(p->conf->arena, "the configuration", p->err);
    }
    if (c->field_count > 0) {
        memcpy(map, c->fields, c->field_count * sizeof *map);
    }
    map[c->field_count++] = (nx_field_map){nx_str_trim(nx_str_make(value.p, eq)),
                                           nx_str_trim(nx_str_skip(value, eq + 1))};
    c->fields = map;
    return NX_OK;
}

static nx_status set_publisher(nx_conf_parser *p, nx_str value, const char *at)
{
    (void)at;
    p->source->corpus.source = value;
    return NX_OK;
}

static nx_status set_language(nx_conf_parser *p, nx_str value, const char *at)
{
    if (nx_language_code(value).n == 0) {
        return nx_conf_fail(p, at, "'%s' is no language known here, such as en", value.p);
    }
    p->source->corpus.language = value;
    return NX_OK;
}

static nx_status set_section(nx_conf_parser *p, nx_str value, const char *at)
{
    (void)at;
    p->source->corpus.section = value;
    return NX_OK;
}

static nx_status set_zone(nx_conf_parser *p, nx_str value, const char *at)
{
    return nx_zone_parse(value, &p->source->corpus.zone_min)
               ? NX_OK
               : nx_conf_fail(p, at, "'%s' is not a time zone such as +01:00", value.p);
}

static nx_status set_file_time(nx_conf_parser *p, nx_str value, const char *at)
{
    p->source->corpus.keep_undated_file_time = nx_str_eq(value, NX_STR("yes"));
    return p->source->corpus.keep_undated_file_time || nx_str_eq(value, NX_STR("no"))
               ? NX_OK
               : nx_conf_fail(p, at, "'%s' is neither yes nor no", value.p);
}

static nx_status set_max_record(nx_conf_parser *p, nx_str value, const char *at)
{
    uint64_t bytes = 0;
    if (!nx_parse_bytes(value, &bytes) || bytes < 1024 || bytes > (uint64_t)1 << 30) {
        return nx_conf_fail(p, at, "'%s' is not a size from 1k to 1G", value.p);
    }
    p->source->corpus.limits.record_bytes = (size_t)bytes;
    return NX_OK;
}

static const struct {
    const char *name;
    nx_status (*set)(nx_conf_parser *p, nx_str value, const char *at);
    bool repeats;
} keys[] = {
    {"index", set_index, false},         {"path", set_path, true},
    {"include", set_include, true},      {"exclude", set_exclude, true},
    {"vanished", set_vanished, false},   {"settle", set_settle, false},
    {"format", set_format, false},       {"field", set_field, true},
    {"publisher", set_publisher, false}, {"language", set_language, false},
    {"section", set_section, false},     {"zone", set_zone, false},
    {"file-time", set_file_time, false}, {"max-record", set_max_record, false},
};
enum { KEYS = NX_COUNT(keys) };

nx_status nx_conf_source_key(nx_conf_parser *p, nx_str key, nx_str value, const char *at)
{
    const char *names[KEYS + 1] = {NULL};
    for (size_t i = 0; i < KEYS; i++) {
        names[i] = keys[i].name;
        if (!nx_str_eq(key, nx_str_of(keys[i].name))) {
            continue;
        }
        const unsigned bit = 1U << i;
        if ((p->given & bit) != 0 && !keys[i].repeats) {
            return nx_conf_fail(p, key.p, "'%s' is there twice", keys[i].name);
        }
        p->given |= bit;
        return keys[i].set(p, value, at);
    }
    return nx_conf_unknown(p, key, "key of a source", names);
}
