#!/usr/bin/env python3
"""rules.py: what the compiler cannot check of the tree's shape.

Who may include whom (ARCHITECTURE.md), one source file of a room for each third-party header, banned functions,
C++ only where it may be, file and function lengths, marks and words that must not be left behind.
"""
import collections
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
ROOMS = {
    "base": {"base"},
    "text": {"base", "text"},
    "schema": {"base", "text", "schema"},
    "corpus": {"base", "text", "corpus"},
    "xapian-c": {"base", "xapian-c"},
    "glass": {"base", "glass"},
    "store": {"base", "schema", "xapian-c", "glass", "store"},
    "indexer": {"base", "text", "schema", "corpus", "xapian-c", "glass", "store", "indexer"},
    "searcher": {"base", "text", "schema", "xapian-c", "store", "searcher"},
}
# Headers of other projects that a whole folder may include; all others: one source file a room.
FOLDER_WIDE = {"xapian.h": "xapian-c"}
LIBC = set("""assert ctype dirent dlfcn errno fcntl fts float getopt glob inttypes iconv langinfo limits locale
malloc math fnmatch poll pthread pwd sched semaphore signal spawn stdalign stdarg stdatomic stdbool stddef stdint stdio
stdlib stdnoreturn string strings termios threads time unistd wchar endian byteswap sysexits wordexp""".split())
BANNED = re.compile(
    r"(?<![\w.>])(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|strtok|strtok_r|gets|atoi|atol|atof|atoll|"
    r"strtol|strtoul|strtoll|strtoull|sscanf|fscanf|localtime|localtime_r|gmtime|gmtime_r|ctime|asctime|"
    r"mktemp|tmpnam|system|popen|strerror|rand|alloca|setjmp|longjmp)\s*\(")
MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# A table of names (*_table.c) is data: it may be as long as its rows.
HARD_LINES, HARD_FUNCTION = 800, 120


def files():
    out = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"],
                         capture_output=True, text=True, check=False)
    names = out.stdout.split("\n") if out.returncode == 0 else [
        str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file() and "build" not in p.parts]
    return [n for n in names if n and (ROOT / n).is_file()]


def strip_comments(text):
    text = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', text)
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group(0).count("\n"), text, flags=re.S)


def main():
    complaints = []
    third_party = collections.defaultdict(set)
    for name in sorted(files()):
        path = pathlib.PurePath(name)
        room = path.parts[0]
        if path.suffix not in {".c", ".h", ".cc"}:
            continue
        text = (ROOT / name).read_text(encoding="utf-8")
        if path.suffix == ".cc" and room not in {"xapian-c", "tests"}:
            complaints.append(f"{name}: C++ outside xapian-c/")
        lines = text.split("\n")
        if len(lines) > HARD_LINES + 1 and not name.endswith("_table.c"):
            complaints.append(f"{name}: {len(lines) - 1} lines, at most {HARD_LINES}")
        code = strip_comments(text)
        for number, line in enumerate(code.split("\n"), 1):
            found = BANNED.search(line)
            if found and room != "tests":
                complaints.append(f"{name}:{number}: {found.group(1)}() is banned")
        table = False  # hand-aligned tables (clang-format off) may be wider
        for number, line in enumerate(lines, 1):
            table = "clang-format off" in line or (table and "clang-format on" not in line)
            if MARKS.search(line):
                complaints.append(f"{name}:{number}: a mark left in the code")
            if len(line) > 100 and not table and "http" not in line and room not in {"tests"}:
                complaints.append(f"{name}:{number}: {len(line)} columns")
        if room == "searcher" and re.search(r"\bnx_(writer|xwdb|bulk)_", code):
            complaints.append(f"{name}: the searcher opens no index for writing")
        start = None
        for number, line in enumerate(lines, 1):
            if line == "{":
                start = number
            elif line == "}" and start is not None:
                if number - start > HARD_FUNCTION and room != "tests":
                    complaints.append(f"{name}:{start}: function of {number - start} lines")
                start = None
        for kind, header in re.findall(r'^#include\s+([<"])([^>"]+)[>"]', text, flags=re.M):
            if kind == '"':
                to = pathlib.PurePath(header).parts[0]
                if room in ROOMS and to in ROOMS and to not in ROOMS[room]:
                    complaints.append(f"{name}: {room}/ may not include {header}")
                if room in ROOMS and to not in ROOMS:
                    complaints.append(f"{name}: includes {header} without its room")
            elif room in ROOMS:
                stem = header[:-2] if header.endswith(".h") else header
                if stem in LIBC or header.startswith("sys/") or header.startswith("linux/"):
                    continue
                if path.suffix == ".cc" and not header.endswith(".h"):
                    continue
                if header in FOLDER_WIDE:
                    if room != FOLDER_WIDE[header]:
                        complaints.append(f"{name}: {header} belongs to {FOLDER_WIDE[header]}/")
                    continue
                third_party[(header, room)].add(name)
    for (header, _), users in sorted(third_party.items()):
        if len(users) > 1:
            complaints.append(f"<{header}> is included by {len(users)} files: {', '.join(sorted(users))}")
    for complaint in complaints:
        print(complaint)
    print(f"{len(complaints)} complaints")
    return 1 if complaints else 0


sys.exit(main())
