// opt_gen.c: what else the option rows give: man page lists and shell completion; see opt.h.
#include "base/opt.h"

void nx_opt_scdoc(const nx_opt *rows, nx_buf *out)
{
    for (; rows->kind != NX_OPT_END; rows++) {
        if (rows->kind == NX_OPT_GROUP) {
            nx_buf_addf(out, "## %s\n\n", rows->help);
        }
        if (rows->name == NULL) {
            continue;
        }
        if (rows->letter != 0) {
            nx_buf_addf(out, "*-%c*, ", rows->letter);
        }
        nx_buf_addf(out, "*--%s*", rows->name);
        if (rows->arg != NULL) {
            nx_buf_addf(out, rows->optional_arg ? "[=_%s_]" : "=_%s_", rows->arg);
        }
        nx_buf_addz(out, "\n\t");
        for (const char *p = rows->help; *p != '\0'; p++) { // scdoc's own marks must not act
            if (*p == '_' || *p == '*' || *p == '\\') {
                nx_buf_addc(out, '\\');
            }
            nx_buf_addc(out, *p);
            if (*p == '\n') {
                nx_buf_addc(out, '\t');
            }
        }
        nx_buf_addz(out, ".");
        if (rows->choices != NULL) {
            nx_buf_addz(out, " One of:");
            for (int i = 0; rows->choices[i] != NULL; i++) {
                nx_buf_addf(out, "%s *%s*", i > 0 ? "," : "", rows->choices[i]);
            }
            nx_buf_addz(out, ".");
        }
        nx_buf_addz(out, "\n\n");
    }
}

static void bash_words(const nx_opt *rows, nx_buf *out)
{
    for (; rows->kind != NX_OPT_END; rows++) {
        if (rows->name != NULL) {
            nx_buf_addf(out, "--%s%s ", rows->name,
                        rows->kind == NX_OPT_FLAG || rows->optional_arg ? "" : "=");
        }
    }
}

// case arms that complete the values of options
static void bash_values(const char *program, const nx_opt *rows, nx_buf *out)
{
    for (; rows->kind != NX_OPT_END; rows++) {
        if (rows->name == NULL || (rows->choices == NULL && rows->completes == NULL)) {
            continue;
        }
        nx_buf_addf(out, "    --%s", rows->name);
        if (rows->letter != 0) {
            nx_buf_addf(out, "|-%c", rows->letter);
        }
        nx_buf_addz(out, ") ");
        if (rows->choices != NULL) {
            nx_buf_addz(out, "COMPREPLY=($(compgen -W \"");
            for (int i = 0; rows->choices[i] != NULL; i++) {
                nx_buf_addf(out, "%s ", rows->choices[i]);
            }
            nx_buf_addz(out, "\" -- \"$cur\"));");
        } else if (strcmp(rows->completes, "file") == 0) {
            nx_buf_addz(out, "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\"));");
        } else if (strcmp(rows->completes, "dir") == 0) {
            nx_buf_addz(out, "compopt -o filenames; COMPREPLY=($(compgen -d -- \"$cur\"));");
        } else {
            nx_buf_addf(out, "mapfile -t COMPREPLY < <(%s --complete=%s \"$cur\" 2>/dev/null);",
                        program, rows->completes);
        }
        nx_buf_addz(out, " return ;;\n");
    }
}

// What the operands are, or NULL.
static const char *operands(const nx_opt *rows)
{
    for (; rows->kind != NX_OPT_END; rows++) {
        if (rows->kind == NX_OPT_OPERANDS) {
            return rows->completes;
        }
    }
    return NULL;
}

static bool has_queries(const nx_opt *rows)
{
    const char *kind = operands(rows);
    return kind != NULL && strcmp(kind, "query") == 0;
}

// The program completes the query: all of it in an open quotation mark, else a word, which bash
// breaks at colons.
static void bash_query(const char *program, nx_buf *out)
{
    nx_buf_addf(out,
                "  local text=\"$cur\" before=\"\" quote=\"\" value\n"
                "  if [[ ${#COMPREPLY[@]} -eq 0 && $cur != -* ]]; then\n"
                "    case $cur in\n"
                "      [\\'\\\"]*) quote=${cur:0:1} text=${cur:1} ;;\n"
                "      :) before=$prev: text=$before ;;\n"
                "      *) [[ $prev == : ]] && before=${COMP_WORDS[COMP_CWORD-2]}:\n"
                "        text=$before${cur//\\\\/} ;;\n"
                "    esac\n"
                "    while IFS= read -r value; do\n"
                "      value=${value#\"$before\"}\n"
                "      case $quote in\n"
                "        '') value=$(printf %%q \"$value\") ;;\n"
                "        '\"') value=${value//\\\"/\\\\\\\"} ;;\n"
                "      esac\n"
                "      COMPREPLY+=(\"$value\")\n"
                "    done < <(%s --complete=query \"${COMP_WORDS[@]:1:COMP_CWORD-1}\" \"$text\" "
                "2>/dev/null)\n"
                "    [[ -n $quote || ${COMPREPLY[0]} == *: ]] && compopt -o nospace\n"
                "  fi\n",
                program);
}

static void identifier(nx_buf *out, const char *program)
{
    for (; *program != '\0'; program++) {
        nx_buf_addc(out, *program == '-' ? '_' : *program);
    }
}

void nx_opt_bash(const char *program, const nx_command *commands, const nx_opt *rows, nx_buf *out)
{
    nx_buf_addf(out, "# bash completion for %s; made by '%s --completion=bash'\n_", program,
                program);
    identifier(out, program);
    nx_buf_addz(out, "()\n{\n  local cur=\"${COMP_WORDS[COMP_CWORD]}\" "
                     "prev=\"${COMP_WORDS[COMP_CWORD-1]}\" words=\"\" command=\"\" kind=\"\" w\n"
                     "  if [[ $cur == '=' ]]; then cur=\"\"; "
                     "elif [[ $prev == '=' ]]; then prev=\"${COMP_WORDS[COMP_CWORD-2]}\"; fi\n");
    if (commands != NULL) {
        nx_buf_addz(out, "  for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case $w in -*) "
                         ";; *) command=$w; break ;; esac\n  done\n");
    }
    nx_buf_addz(out, "  case $prev in\n");
    bash_values(program, rows, out);
    nx_buf_addz(out, "  esac\n");
    nx_buf_addz(out, "  words=\"");
    bash_words(rows, out);
    nx_buf_addz(out, "\"\n");
    if (commands != NULL) {
        nx_buf_addz(out, "  case $command in\n    '') words+=\"");
        for (const nx_command *c = commands; c->name != NULL; c++) {
            nx_buf_addf(out, "%s ", c->name);
        }
        nx_buf_addz(out, "\" ;;\n");
        for (const nx_command *c = commands; c->name != NULL; c++) {
            nx_buf_addf(out, "    %s)\n  case $prev in\n", c->name);
            bash_values(program, c->options, out);
            nx_buf_addz(out, "  esac\n  words=\"");
            bash_words(c->options, out);
            nx_buf_addf(out, "\" kind=\"%s\" ;;\n",
                        operands(c->options) != NULL ? operands(c->options) : "");
        }
        nx_buf_addf(out,
                    "  esac\n"
                    "  if [[ -n $command && $cur != -* ]]; then\n    words=\"\"\n"
                    "    [[ -n $kind && $prev == \"$command\" ]] && "
                    "words=$(%s --complete=\"$kind\" \"$cur\" 2>/dev/null)\n  fi\n",
                    program);
    }
    nx_buf_addz(out, "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
                     "  [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n");
    if (has_queries(rows)) {
        bash_query(program, out);
    }
    nx_buf_addf(out, "  if [[ ${#COMPREPLY[@]} -eq 0 && $cur != -*%s ]]; then\n",
                has_queries(rows) ? " && $text != *:*" : "");
    nx_buf_addz(out, "    compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\"))\n  fi\n"
                     "}\ncomplete -F _");
    identifier(out, program);
    nx_buf_addf(out, " %s\n", program);
}

static void quote_single(nx_buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            nx_buf_addz(out, "'\\''");
        } else if (*text == '[' || *text == ']' || *text == ':') {
            nx_buf_addc(out, '\\');
            nx_buf_addc(out, *text);
        } else {
            nx_buf_addc(out, *text == '\n' ? ' ' : *text);
        }
    }
}

static void zsh_rows(const char *program, const nx_opt *rows, nx_buf *out)
{
    for (; rows->kind != NX_OPT_END; rows++) {
        if (rows->name == NULL) {
            continue;
        }
        nx_buf_addf(out, "    '--%s%s[", rows->name,
                    rows->arg == NULL    ? ""
                    : rows->optional_arg ? "=-"
                                         : "=");
        quote_single(out, rows->help);
        nx_buf_addz(out, "]");
        if (rows->arg != NULL) {
            nx_buf_addf(out, "%s:%s:", rows->optional_arg ? ":" : "", rows->arg);
            if (rows->choices != NULL) {
                nx_buf_addz(out, "(");
                for (int i = 0; rows->choices[i] != NULL; i++) {
                    nx_buf_addf(out, "%s%s", i > 0 ? " " : "", rows->choices[i]);
                }
                nx_buf_addz(out, ")");
            } else if (rows->completes != NULL && strcmp(rows->completes, "file") == 0) {
                nx_buf_addz(out, "_files");
            } else if (rows->completes != NULL && strcmp(rows->completes, "dir") == 0) {
                nx_buf_addz(out, "_files -/");
            } else if (rows->completes != NULL) {
                nx_buf_addz(out, " _"); // the blank: with no other arguments
                identifier(out, program);
                nx_buf_addf(out, "_words %s", rows->completes);
            }
        }
        nx_buf_addz(out, "' \\\n");
    }
}

// What the program makes of the word in the making, or of all that is in an open quotation mark.
static void zsh_words(const char *program, nx_buf *out)
{
    nx_buf_addz(out, "_");
    identifier(out, program);
    nx_buf_addf(
        out,
        "_words() {\n"
        "  local -a found\n  local text=$PREFIX\n"
        "  [[ ${#QIPREFIX} -gt 1 ]] && return 1\n"
        "  [[ -z $compstate[quote] ]] && text=${(Q)PREFIX}\n"
        "  found=(${(f)\"$(%s --complete=$1 ${words[2,CURRENT-1]} \"$text\" 2>/dev/null)\"})\n"
        "  compadd -U -i \"$IPREFIX\" -S '' -- $found\n}\n",
        program);
}

void nx_opt_zsh(const char *program, const nx_command *commands, const nx_opt *rows, nx_buf *out)
{
    nx_buf_addf(out, "#compdef %s\n# made by '%s --completion=zsh'\n", program, program);
    zsh_words(program, out);
    nx_buf_addc(out, '_');
    identifier(out, program);
    nx_buf_addz(out, "() {\n");
    if (commands != NULL) {
        nx_buf_addz(out, "  local -a commands\n  commands=(\n");
        for (const nx_command *c = commands; c->name != NULL; c++) {
            nx_buf_addf(out, "    '%s:", c->name);
            quote_single(out, c->summary);
            nx_buf_addz(out, "'\n");
        }
        nx_buf_addz(out, "  )\n  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
                         "    _describe command commands && return\n  fi\n  case $words[2] in\n");
        for (const nx_command *c = commands; c->name != NULL; c++) {
            nx_buf_addf(out, "  %s) _arguments \\\n", c->name);
            zsh_rows(program, c->options, out);
            if (operands(c->options) != NULL) { // the first is the command
                nx_buf_addz(out, "    '2: : _");
                identifier(out, program);
                nx_buf_addf(out, "_words %s' \\\n", operands(c->options));
            }
            nx_buf_addz(out, "    '*:file:_files'\n    return ;;\n");
        }
        nx_buf_addz(out, "  esac\n");
    }
    nx_buf_addz(out, "  _arguments \\\n");
    zsh_rows(program, rows, out);
    if (has_queries(rows)) {
        nx_buf_addz(out, "    '*: : _");
        identifier(out, program);
        nx_buf_addz(out, "_words query'\n}\n_");
    } else {
        nx_buf_addz(out, "    '*: :_files'\n}\n_");
    }
    identifier(out, program);
    nx_buf_addz(out, " \"$@\"\n");
}

// The words before, and the one in the making without an open quotation mark.
static void fish_words(const char *program, const char *kind, nx_buf *out)
{
    nx_buf_addf(
        out,
        " -f -a '(%s --complete=%s (commandline -opc)[2..-1] "
        "(commandline -ct | string replace -r \"^(--[a-z]+=)?[\\'\\\"]?\" \"\") 2>/dev/null)'",
        program, kind);
}

// when: the condition under which they are offered; "" for always.
static void fish_rows(const char *program, const char *when, const nx_opt *rows, nx_buf *out)
{
    for (; rows->kind != NX_OPT_END; rows++) {
        if (rows->name == NULL) {
            continue;
        }
        nx_buf_addf(out, "complete -c %s%s", program, when);
        if (rows->letter != 0) {
            nx_buf_addf(out, " -s %c", rows->letter);
        }
        nx_buf_addf(out, " -l %s", rows->name);
        if (rows->arg != NULL && !rows->optional_arg) {
            nx_buf_addz(out, " -r");
        }
        if (rows->choices != NULL) {
            nx_buf_addz(out, " -f -a '");
            for (int i = 0; rows->choices[i] != NULL; i++) {
                nx_buf_addf(out, "%s%s", i > 0 ? " " : "", rows->choices[i]);
            }
            nx_buf_addz(out, "'");
        } else if (rows->completes != NULL && strcmp(rows->completes, "file") != 0 &&
                   strcmp(rows->completes, "dir") != 0) {
            fish_words(program, rows->completes, out);
        }
        nx_buf_addz(out, " -d '");
        for (const char *p = rows->help; *p != '\0'; p++) {
            if (*p == '\'') {
                nx_buf_addc(out, '\\');
            }
            nx_buf_addc(out, *p == '\n' ? ' ' : *p);
        }
        nx_buf_addz(out, "'\n");
    }
}

void nx_opt_fish(const char *program, const nx_command *commands, const nx_opt *rows, nx_buf *out)
{
    nx_buf_addf(out, "# fish completion for %s; made by '%s --completion=fish'\n", program,
                program);
    nx_buf when;
    nx_buf_init(&when, 1 << 12);
    for (const nx_command *c = commands; c != NULL && c->name != NULL; c++) {
        nx_buf_addf(out, "complete -c %s -n __fish_use_subcommand -f -a %s -d '%s'\n", program,
                    c->name, c->summary);
        nx_buf_clear(&when);
        nx_buf_addf(&when, " -n '__fish_seen_subcommand_from %s'", c->name);
        fish_rows(program, when.data, c->options, out);
        if (operands(c->options) != NULL) {
            nx_buf_addf(out, "complete -c %s%s", program, when.data);
            fish_words(program, operands(c->options), out);
            nx_buf_addc(out, '\n');
        }
    }
    nx_buf_clear(&when);
    if (commands != NULL) {
        nx_buf_addz(&when, " -n 'not __fish_seen_subcommand_from");
        for (const nx_command *c = commands; c->name != NULL; c++) {
            nx_buf_addf(&when, " %s", c->name);
        }
        nx_buf_addz(&when, "'");
    }
    fish_rows(program, when.data, rows, out);
    if (has_queries(rows)) {
        nx_buf_addf(out, "complete -c %s%s", program, when.data);
        fish_words(program, "query", out);
        nx_buf_addc(out, '\n');
    }
    out->failed = out->failed || when.failed;
    nx_buf_release(&when);
}
