#!/usr/bin/env python3
"""run.py: named snapshot cases of the two programs.

A case is a folder: cmd (shell, run with newsindex and newssearch on PATH in a scratch directory
that holds a copy of the folder's in/), and what it must give: stdout, stderr, status; absent means
empty and 0. A line "..." in an expected file stands for any lines; "[..]" inside a line for any
text. Timings are replaced. Usage: run.py BUILDDIR CASES [NAME...] [--update]
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def expected(case, name):
    path = case / name
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def line_matches(pattern, line):
    parts = pattern.split("[..]")
    if len(parts) == 1:
        return pattern == line
    return re.fullmatch(".*".join(re.escape(p) for p in parts), line) is not None


def matches(want, got):
    """Lines of want against lines of got, '...' skipping any number."""
    want, got = want.split("\n"), got.split("\n")
    reach = {0}
    for pattern in want:
        if pattern == "...":
            reach = set(range(min(reach), len(got) + 1)) if reach else set()
        else:
            reach = {i + 1 for i in reach if i < len(got) and line_matches(pattern, got[i])}
    return len(got) in reach


def normalise(text, scratch, samples):
    text = text.replace(scratch, "$TMP").replace(os.path.basename(scratch), "$DIR").replace(samples, "$SAMPLES")
    text = re.sub(r"\d+(\.\d+)? s\b", "N s", text)
    return re.sub(r"\d+(\.\d+)? MB/s", "N MB/s", text)


def run_case(case, build, update):
    with tempfile.TemporaryDirectory(prefix="nx-cli-") as scratch:
        scratch = os.path.realpath(scratch)
        if (case / "in").is_dir():
            shutil.copytree(case / "in", scratch, dirs_exist_ok=True)
        samples = str(case.parents[3] / "corpus" / "samples")
        env = {"PATH": f"{build}/indexer:{build}/searcher:/usr/local/bin:/usr/bin:/bin", "HOME": scratch, "TZ": "UTC", "LC_ALL": "C.UTF-8",
               "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "80", "CASE": str(case),
               "SAMPLES": samples,
               "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "detect_leaks=1")}
        done = subprocess.run(["sh", "-c", (case / "cmd").read_text(encoding="utf-8")], cwd=scratch, env=env,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False)
        got = {"stdout": normalise(done.stdout.decode("utf-8", "backslashreplace"), scratch, samples),
               "stderr": normalise(done.stderr.decode("utf-8", "backslashreplace"), scratch, samples),
               "status": f"{done.returncode}\n"}
    bad = []
    for name, text in got.items():
        want = expected(case, name)
        if name == "status" and want == "":
            want = "0\n"
        if matches(want, text):
            continue
        if update:
            keep = text != "" and not (name == "status" and text == "0\n")
            if keep:
                (case / name).write_bytes(text.encode("utf-8"))
            elif (case / name).exists():
                (case / name).unlink()
        else:
            bad.append(f"--- {case.name}: {name} expected\n{want}--- got\n{text}")
    return bad


def main():
    args = [a for a in sys.argv[1:] if a != "--update"]
    build, cases, names = os.path.abspath(args[0]), pathlib.Path(args[1]).resolve(), args[2:]
    failed = passed = 0
    for case in sorted(p for p in cases.iterdir() if (p / "cmd").exists()):
        if names and case.name not in names:
            continue
        bad = run_case(case, build, "--update" in sys.argv)
        failed += bool(bad)
        passed += not bad
        print("\n".join(bad), end="" if not bad else "\n")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
