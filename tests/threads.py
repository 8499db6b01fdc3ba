#!/usr/bin/env python3
"""threads.py: a bulk build gives the same tables whatever the number of threads.

Usage: threads.py BUILD. Generates several batches of articles, with repeated ids among them, builds
with one and with four threads and compares the tables byte for byte (but for postlist.glass, which
holds the time of indexing). Under the thread sanitizer this also watches the whole pipeline.
"""
import filecmp
import json
import pathlib
import random
import subprocess
import sys
import tempfile


def main():
    newsindex = (pathlib.Path(sys.argv[1]) / "indexer" / "newsindex").resolve()
    rng = random.Random(7)
    words = ["".join(rng.choices("abcdefghiklmnoprstuvw", k=rng.randint(2, 9))) for _ in range(4000)]
    with tempfile.TemporaryDirectory(prefix="nx-threads-") as scratch:
        work = pathlib.Path(scratch)
        with open(work / "in.jsonl", "w", encoding="utf-8") as out:
            for n in range(14000):
                text = " ".join(rng.choices(words, k=150))
                out.write(json.dumps({"id": f"article-{n % 13000:06}", "title": " ".join(rng.choices(words, k=6)),
                                      "text": text + ".", "language": "en", "source": "The Example",
                                      "date": f"2020-{n % 12 + 1:02}-{n % 28 + 1:02}"}) + "\n")
        for threads in (1, 4):
            done = subprocess.run([newsindex, "add", "--writer=bulk", f"--threads={threads}", "-i", f"t{threads}", "in.jsonl"],
                                  cwd=work, capture_output=True, text=True, timeout=900, check=False)
            print(done.stderr.strip())
            if done.returncode != 0 or "indexed 13,000" not in done.stderr:
                return 1
        one, four = (next((work / name).glob("seg-*/position.glass")).parent for name in ("t1", "t4"))
        different = [name for name in ("position.glass", "termlist.glass", "docdata.glass")
                     if not filecmp.cmp(one / name, four / name, shallow=False)]
        print("different tables:", ", ".join(different) or "none")
        return 1 if different else 0


sys.exit(main())
