#!/usr/bin/env python3
"""manual.py: every example of the manual is run, and what it prints is compared with the page.

An example is a literal block of docs/*.scd or docs/tutorial.md whose first line is "$ COMMAND"; the lines up to the next
"$ COMMAND" are what it prints, with "..." for any lines and "[..]" for any text. The index holds corpus/samples; SAMPLES
names that directory.
Usage: manual.py BUILDDIR SOURCEDIR
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import run


def main():
    build, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    failed = count = 0
    with tempfile.TemporaryDirectory(prefix="nx-manual-") as scratch:
        env = dict(os.environ, PATH=f"{build}/indexer:{build}/searcher:/usr/bin:/bin", HOME=scratch, LC_ALL="C.UTF-8",
                   NO_COLOR="1", COLUMNS="80", NEWSDEX_INDEX=f"{scratch}/index",
                   SAMPLES=f"{source}/corpus/samples")
        subprocess.run(["newsindex", "add", "--quiet", source / "corpus" / "samples"], env=env, check=True)
        for page in [*sorted((source / "docs").glob("*.scd")), source / "docs" / "tutorial.md"]:
            text = page.read_text(encoding="utf-8")
            for block in re.findall(r"^```(?:console)?\n(\$ .*?)^```$", text, flags=re.M | re.S):
                for command, want in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, flags=re.M):
                    done = subprocess.run(["sh", "-c", command], env=env, cwd=scratch, capture_output=True, check=False)
                    got = done.stdout.decode("utf-8").replace("\r\n", "\n")
                    count += 1
                    if not run.matches(want.rstrip("\n"), got.rstrip("\n")):
                        failed += 1
                        print(f"--- {page.name}: $ {command}\nexpected\n{want}got\n{got}{done.stderr.decode()}")
    print(f"{count} examples, {failed} failed")
    return 1 if failed or count == 0 else 0


sys.exit(main())
