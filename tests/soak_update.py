#!/usr/bin/env python3
"""soak_update.py: an index that is kept current while files arrive, change, grow and vanish, while it is searched,
and while runs are killed, ends as the index built at once from the final files.

  soak_update.py BINDIR update [RUNS] [SEED]   loop of `newsindex update`, about every third run killed
  soak_update.py BINDIR add [KILLS] [SEED]     `newsindex add` killed at random moments, both writers
  soak_update.py BINDIR versions [KILLS] [SEED]  the same while every text changes: each state is kept, once

Prints what it did; exits 1 with the first difference.
"""
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib

WORDS = ("embassy budget contact minister flood harbour strike election court river police market border council "
         "engine harvest treaty hospital railway concert vaccine senate storm festival bridge refinery").split()


class World:
    """Files of three sources, and what is done to them."""

    def __init__(self, root, rng):
        self.root, self.rng, self.serial = root, rng, 0
        for name in ("pages", "spool"):
            (root / name).mkdir()
        self.conf = root / "newsdex.conf"
        self.index = root / "index"
        self.write_conf(self.conf, self.index)

    def write_conf(self, path, index):
        path.write_text(f"[index main]\ndir = {index}\n"
                        f"[source pages]\npath = {self.root}/pages\nvanished = remove\n"
                        f"[source spool]\npath = {self.root}/spool/*.jsonl\nvanished = remove\n")

    def text(self):
        return " ".join(self.rng.choice(WORDS) for _ in range(self.rng.randint(20, 120))).capitalize() + "."

    def article(self):
        self.serial += 1
        n = self.serial
        return {"url": f"http://news.example/{n}", "title": f"Story {n} {self.rng.choice(WORDS)}", "text": self.text(),
                "date": f"2019-0{n % 9 + 1}-{n % 28 + 1:02}"}

    def replace(self, path, text):
        """As careful feeds do: written beside, then renamed."""
        beside = path.with_name("." + path.name)
        beside.write_text(text)
        beside.rename(path)

    def step(self):
        rng = self.rng
        pages = sorted((self.root / "pages").iterdir())
        spools = sorted((self.root / "spool").iterdir())
        kind = rng.random()
        if kind < 0.35 or len(pages) < 3:
            article = self.article()
            self.replace(self.root / "pages" / f"p{self.serial}.json", json.dumps(article))
        elif kind < 0.5:
            path = rng.choice(pages)
            article = json.loads(path.read_text())
            article["text"] = self.text()
            if rng.random() < 0.3:
                article["url"] += "x"  # another article in the same file
            self.replace(path, json.dumps(article))
        elif kind < 0.62:
            rng.choice(pages).unlink()
        elif kind < 0.68:
            path = rng.choice(pages)
            path.rename(path.with_name("m" + path.name[-40:]))
        elif kind < 0.9 or not spools:
            name = rng.choice(spools).name if spools and rng.random() < 0.8 else f"s{self.serial}.jsonl"
            with open(self.root / "spool" / name, "a", encoding="utf-8") as f:
                for _ in range(rng.randint(1, 8)):
                    f.write(json.dumps(self.article()) + "\n")
        elif kind < 0.95:  # rotated: a new file under the old name
            path = rng.choice(spools)
            path.rename(path.with_name(f"r{self.serial}-{path.name[-40:]}"))
            self.replace(path, json.dumps(self.article()) + "\n")
        else:
            rng.choice(spools).unlink()


def listing(bindir, index):
    done = subprocess.run([f"{bindir}/tests/list_articles", index], capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{index}: {done.stderr.decode()}")
    return sorted(done.stdout.decode("utf-8", "replace").splitlines())


def compare(bindir, got, want):
    left, right = listing(bindir, got), listing(bindir, want)
    if left != right:
        only = sorted(set(left) ^ set(right))
        sys.exit(f"{got} has {len(left)} articles, {want} has {len(right)}; first differences:\n" + "\n".join(
            ("+ " if line in left else "- ") + line for line in only[:10]))
    return len(left)


def run(command, ok=(0,)):
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in ok:
        sys.exit(f"{' '.join(map(str, command))}: status {done.returncode}\n{done.stderr.decode()}")
    return done


def killed(command, rng, longest):
    """Starts command and kills it after a random time; True when it was still running."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        time.sleep(rng.random() * longest)
        child.send_signal(signal.SIGKILL)
        return child.wait() == -signal.SIGKILL


def search(bindir, index, rng):
    """A search answers, whatever is going on: hits or none, never a failure."""
    run([f"{bindir}/searcher/newssearch", "--index", index, "--count", rng.choice(WORDS), rng.choice(WORDS)], (0, 1))


def soak(bindir, root, rng, runs):
    world = World(root, rng)
    # All files of a source may be gone by chance, and that is meant.
    update = [f"{bindir}/indexer/newsindex", "update", "--quiet", "--allow-empty", "--config", world.conf]
    kills = searches = 0
    run(update)
    started = time.monotonic()
    run(update)
    usual = time.monotonic() - started
    for _ in range(runs):
        for _ in range(rng.randint(0, 12)):
            world.step()
        if rng.random() < 0.35:
            kills += killed(update, rng, 3 * usual)
        else:
            with subprocess.Popen(update, stderr=subprocess.PIPE) as child:
                while child.poll() is None:
                    search(bindir, world.index, rng)
                    searches += 1
                complaint = child.stderr.read().decode()
            if child.returncode != 0:
                sys.exit(f"update: status {child.returncode}\n{complaint}")
        search(bindir, world.index, rng)
        searches += 1
    run(update)
    run([f"{bindir}/indexer/newsindex", "check", "--quiet", "--index", world.index])
    world.write_conf(root / "once.conf", root / "once")
    run(update[:-1] + [root / "once.conf"])
    count = compare(bindir, world.index, root / "once")
    print(f"{runs} runs, {kills} killed, {searches} searches; {count} articles, as built at once")


def add_kills(bindir, root, rng, kills):
    world = World(root, rng)
    with open(root / "in.jsonl", "w", encoding="utf-8") as f:
        for _ in range(3000):
            f.write(json.dumps(world.article()) + "\n")
    done = total = 0
    for writer in ("bulk", "xapian"):
        add = [f"{bindir}/indexer/newsindex", "add", "--quiet", "--writer", writer, "--index"]
        started = time.monotonic()
        run(add + [root / f"want-{writer}", root / "in.jsonl"])
        usual = time.monotonic() - started
        index = root / f"got-{writer}"
        for i in range((kills + 1) // 2):
            done += killed(add + [index, root / "in.jsonl"], rng, usual * 1.1)
            total += 1
            if index.exists() and (index / "XAPIANDB").exists():
                search(bindir, index, rng)
            if i % 5 == 4:
                run(add + [index, root / "in.jsonl"])
                run([f"{bindir}/indexer/newsindex", "check", "--quiet", "--index", index])
                compare(bindir, index, root / f"want-{writer}")
                shutil.rmtree(index)
        run(add + [index, root / "in.jsonl"])
        run([f"{bindir}/indexer/newsindex", "check", "--quiet", "--index", index])
        compare(bindir, index, root / f"want-{writer}")
    count = compare(bindir, root / "want-bulk", root / "want-xapian")
    print(f"add killed {done} times of {total}, both writers; {count} articles, as undisturbed")


def kept_states(index):
    """Of each article, the last words of its kept versions."""
    states = {}
    with sqlite3.connect(index / "state.sqlite") as db:
        for term, data in db.execute("SELECT term, data FROM versions ORDER BY term, number"):
            states.setdefault(term, []).append(zlib.decompress(data).decode().split()[-1])
    return states


def version_kills(bindir, root, rng, kills):
    articles = done = 0
    for writer in ("bulk", "xapian"):
        add = [f"{bindir}/indexer/newsindex", "add", "--quiet", "--writer", writer, "--index", root / writer,
               root / "in.jsonl"]
        usual, states = 1.0, []
        for state in range((kills + 1) // 2 + 1):
            with open(root / "in.jsonl", "w", encoding="utf-8") as f:
                for n in range(400):
                    text = " ".join(WORDS[(n + i) % len(WORDS)] for i in range(60))
                    f.write(json.dumps({"url": f"http://news.example/{n}", "text": f"{text} state{state}"}) + "\n")
            if state > 0:
                done += killed(add, rng, usual * 1.1)
            started = time.monotonic()
            run(add)
            usual = time.monotonic() - started
            got = kept_states(root / writer) if state > 0 else {}
            articles = len(got)
            if any(kept != states for kept in got.values()) or articles != (400 if state > 0 else 0):
                sys.exit(f"--writer {writer}: kept {sorted(map(str, got.values()))[:2]}..., not {states} of each")
            states.append(f"state{state}")
    print(f"add killed {done} times; of {articles} articles each earlier state is kept, once")


def main():
    bindir, mode = os.path.realpath(sys.argv[1]), sys.argv[2]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    with tempfile.TemporaryDirectory(prefix="nx-soak-") as scratch:
        modes = {"update": soak, "add": add_kills, "versions": version_kills}
        modes[mode](bindir, pathlib.Path(os.path.realpath(scratch)), rng, count)


main()
