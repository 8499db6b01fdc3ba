#!/usr/bin/env python3
"""search_while_writing.py: answers stay right while newsindex adds, changes, removes and compacts without a pause.

  search_while_writing.py BINDIR [ROUNDS]

Two searchers run one search after the other for as long as the writer works. Whatever state a search meets:
articles that stay are all found, an article that is changed all the time is there, in one of the texts that it had
around then, articles never written are not, hits have their sentence, and no search fails or says anything.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

STAYING = 40


def article(name, text):
    return {"url": f"https://paper.example/{name}", "title": f"About {name}", "source": "The Paper", "language": "en",
            "published": "2019-02-22", "text": text}


class Test:
    def __init__(self, bindir, rounds, root):
        self.newsindex, self.newssearch = f"{bindir}/indexer/newsindex", f"{bindir}/searcher/newssearch"
        self.rounds, self.root, self.index = rounds, root, root / "index"
        self.faults, self.searches = [], 0
        self.started = self.ended = 0  # rounds of the changing article
        self.working = True

    def write(self, *args, articles=None):
        args = [self.newsindex, *args[:1], "--quiet", "--index", str(self.index), *args[1:]]
        if articles is not None:
            path = self.root / "in.jsonl"
            path.write_text("".join(json.dumps(a) + "\n" for a in articles))
            args.append(str(path))
        done = subprocess.run(args, capture_output=True, text=True, check=False)
        if done.returncode != 0 or done.stderr:
            raise SystemExit(f"{args}: {done.returncode} {done.stderr}")

    def ask(self, *args):
        done = subprocess.run([self.newssearch, "--index", str(self.index), "--families", "expand", "--quiet", "--jsonl",
                               *args],
                              capture_output=True, text=True, check=False)
        self.searches += 1
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode not in (0, 1) or done.stderr or not lines:
            self.faults.append(f"{args}: {done.returncode} {done.stderr}")
        return lines[:1], lines[1:]

    def look(self):
        _, hits = self.ask("-n", "0", "granite")
        found = {h["id"] for h in hits}
        wanted = {f"https://paper.example/stay{i}" for i in range(STAYING)}
        if found != wanted or any("granite" not in h["snippet"] for h in hits):
            self.faults.append(f"articles that stay: {len(found)} of {STAYING}")
        before = self.ended
        _, hits = self.ask("-n", "0", "host:paper.example title:changing")
        after = self.started
        texts = {h["snippet"] for h in hits}
        possible = {text_of(n) for n in range(max(before, 1), after + 1)}
        if not texts or not texts <= possible:
            self.faults.append(f"the changing article between rounds {before} and {after}: {texts}")
        _, hits = self.ask("-n", "0", "never")
        if hits:
            self.faults.append("an article that was never written")

    def search(self):
        while self.working and not self.faults:
            self.look()

    def round(self, n):
        self.started = n
        writer = ("bulk", "xapian")[n % 2]
        self.write("add", "--writer", writer,
                   articles=[article("changing", text_of(n)), article(f"coming{n}", f"It came in round {n}.")])
        self.ended = n
        if n > 2:
            self.write("remove", f"https://paper.example/coming{n - 2}")
        if n % 3 == 0:
            self.write("compact")

    def run(self):
        self.write("add", articles=[article(f"stay{i}", f"Stone number {i} is of granite.") for i in range(STAYING)])
        self.round(1)
        threads = [threading.Thread(target=self.search) for _ in range(2)]
        for t in threads:
            t.start()
        try:
            for n in range(2, self.rounds + 1):
                self.round(n)
        finally:
            self.working = False
            for t in threads:
                t.join()
        self.look()
        self.write("check")


def text_of(n):
    return f"This is what it said in round {n}."


def main():
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    with tempfile.TemporaryDirectory(prefix="nx-while-") as scratch:
        os.environ["HOME"] = scratch
        test = Test(pathlib.Path(sys.argv[1]).resolve(), rounds, pathlib.Path(scratch))
        test.run()
        print(f"{rounds} rounds, {test.searches} searches")
        if test.faults:
            raise SystemExit("\n".join(test.faults[:10]))


main()
