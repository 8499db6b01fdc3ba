#!/usr/bin/env python3
"""options.py: help, man page and the completions of three shells name the same options of each command; the shells and
mandoc accept what was made for them. Usage: options.py BUILDDIR
"""
import os
import re
import shutil
import subprocess
import sys

# Every command and program has these; the man page tells them once.
COMMON = {"help", "version"}


def output(*args):
    return subprocess.run(args, capture_output=True, text=True, check=True).stdout


def compare(what, want, got, complaints):
    if want != got:
        complaints.append(f"{what}: missing {sorted(want - got)}, too many {sorted(got - want)}")


def check_program(build, program, complaints):
    room = "searcher" if program == "newssearch" else "indexer"
    path = f"{build}/{room}/{program}"
    helped = set()
    top = output(path, "--help")
    commands = re.findall(r"^  ([a-z]+) ", top.split("\nCommands:\n")[1], flags=re.M)
    for text in [top] + [output(path, command, "--help") for command in commands]:
        helped |= set(re.findall(r"^  (?:-\w, |    )--([a-z-]+)", text, flags=re.M))
    if len(helped) < 10:
        complaints.append(f"{program}: only {len(helped)} options in the help")
    page = f"{build}/docs/{program}.1"
    if os.path.exists(page):
        with open(page, encoding="utf-8") as f:
            named = set(re.findall(r"^(?:\\fB-\w\\fR, )?\\fB--([a-z-]+)\\fR", f.read().replace("\\-", "-"), flags=re.M))
        compare(f"{program}.1", helped - COMMON, named - COMMON, complaints)
    shells = {"bash": r"--([a-z-]+)=?(?= )", "zsh": r"^    '--([a-z-]+)", "fish": r" -l ([a-z-]+)"}
    for shell, pattern in shells.items():
        script = output(path, f"--completion={shell}")
        named = set(re.findall(pattern, script, flags=re.M)) - {"complete"}
        compare(f"{program} {shell}", helped - COMMON, named - COMMON, complaints)
        if shutil.which(shell):
            done = subprocess.run([shell, "-n", "/dev/stdin"], input=script, text=True, capture_output=True, check=False)
            if done.returncode != 0:
                complaints.append(f"{program}: {shell} -n: {done.stderr}")
        else:
            print(f"{shell} is not installed: its completion was not parsed")


def main():
    build, complaints = sys.argv[1], []
    for program in ("newssearch", "newsindex"):
        check_program(build, program, complaints)
    pages = [f"{build}/docs/{p}" for p in ("newssearch.1", "newsindex.1", "newsdex-query.7", "newsdex-output.5")]
    if shutil.which("mandoc") and os.path.exists(pages[0]):
        for page in pages:
            done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True,
                                  check=False)
            if done.stdout:
                complaints.append(done.stdout)
    else:
        print("mandoc or scdoc is not installed: the man pages were not linted")
    print("\n".join(complaints) or "no differences")
    return 1 if complaints else 0


sys.exit(main())
