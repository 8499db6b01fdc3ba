#!/usr/bin/env python3
"""compare.py: newsdex beside its peers on the same articles, in one run.

Peers, from Debian: xapian-omega's scriptindex and quest, SQLite FTS5. Input: Reuters-21578 SGML
(the folder with reut2-*.sgm[.gz]), as it is and repeated ten times with shifted ids; or JSON Lines
with id, title, text. Each figure is the median of --runs; CPU seconds are user+system of the whole
process, which on a shared machine says more than wall time. "text" is title and body in UTF-8: the
same bytes for everyone.

Usage: compare.py --bin build/release --reuters DIR [--jsonl FILE] [--times 1,10] [--runs 5] [--work DIR]
"""
import argparse
import gzip
import html
import json
import os
import pathlib
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

QUERIES = ["oil", "interest rates", "coffee export quotas", "takeover bid", "japan trade surplus", "opec",
           "crop damage brazil", "bank of england", "gold mine ontario", "wheat subsidies soviet union",
           "airline merger", "stock split", "money supply", "copper strike", "dollar intervention",
           "quarterly dividend", "sugar beet", "texas banks", "semiconductor dispute", "cocoa buffer stock"]


def reuters(folder):
    for path in sorted(pathlib.Path(folder).glob("reut2-*.sgm*")):
        data = (gzip.open if path.suffix == ".gz" else open)(path, "rb").read().decode("latin-1")
        for number, text in re.findall(r'<REUTERS[^>]*NEWID="(\d+)"[^>]*>(.*?)</REUTERS>', data, flags=re.S):
            def field(tag):
                found = re.search(rf"<{tag}>(.*?)</{tag}>", text, flags=re.S)
                return html.unescape(found.group(1)).strip().rstrip("\x03") if found else ""
            body = field("BODY")
            if not body:  # brief items hold their text straight in TEXT
                raw = re.search(r"<TEXT[^>]*>(.*?)</TEXT>", text, flags=re.S)
                body = re.sub(r"<[^>]*>.*?</[^>]*>", "", raw.group(1), flags=re.S) if raw else ""
            clean = re.sub(r"[\x00-\x08\x0b-\x1f]", " ", html.unescape(body)).strip()
            yield {"id": f"reuters-{number}", "title": field("TITLE"), "text": clean, "date": field("DATE")[:20]}


def prepare(articles, times, work):
    """Writes the same articles in every peer's form; returns the number of articles and text bytes."""
    count = text_bytes = 0
    with open(work / "in.jsonl", "w", encoding="utf-8") as jsonl, \
            open(work / "in.dump", "w", encoding="utf-8") as dump:
        for turn in range(times):
            for a in articles:
                count += 1
                text_bytes += len(a["title"].encode()) + len(a["text"].encode())
                one = dict(a, id=f"{a['id']}-{turn}")
                jsonl.write(json.dumps(one, ensure_ascii=False) + "\n")
                body = a["text"].replace("\n", "\n=")
                dump.write(f"id={one['id']}\ntitle={' '.join(a['title'].split())}\ntext={body}\n\n")
    (work / "index.script").write_text("id: boolean=Q unique=Q field\ntitle: index=S weight=3 index field\n"
                                       "text: index field\n", encoding="utf-8")
    return count, text_bytes


def run(command, **options):
    """Wall seconds, CPU seconds and peak memory (kB) of a command."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        started = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, **options)
        wall = time.monotonic() - started
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        os.write(write_end, json.dumps({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "rss": used.ru_maxrss,
                                        "status": done.returncode, "said": done.stderr.decode()[-300:]}).encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        result = json.load(pipe)
    os.waitpid(pid, 0)
    if result["status"] not in (0, 1):
        sys.exit(f"{command[0]} failed: {result['said']}")
    return result


def tree_bytes(path):
    path = pathlib.Path(path)
    return path.stat().st_size if path.is_file() else sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


def fts5(work):
    db = work / "fts5.db"
    db.unlink(missing_ok=True)
    con = sqlite3.connect(db)
    con.executescript("PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA cache_size=-65536;"
                      "CREATE VIRTUAL TABLE a USING fts5(id UNINDEXED, title, text, tokenize='porter unicode61');")
    with open(work / "in.jsonl", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        con.executemany("INSERT INTO a VALUES(?,?,?)", ((r["id"], r["title"], r["text"]) for r in rows))
    con.commit()
    con.execute("INSERT INTO a(a) VALUES('optimize')")
    con.commit()
    con.close()


def index_all(args, work):
    newsindex = str(pathlib.Path(args.bin) / "indexer" / "newsindex")
    peers = {
        "newsdex bulk, 1 thread": ("nx1", [newsindex, "add", "-q", "--writer=bulk", "--threads=1", "-i", "nx1", "in.jsonl"]),
        "newsdex bulk, 2 threads": ("nx2", [newsindex, "add", "-q", "--writer=bulk", "--threads=2", "-i", "nx2", "in.jsonl"]),
        "newsdex, libxapian": ("nxx", [newsindex, "add", "-q", "--writer=xapian", "-i", "nxx", "in.jsonl"]),
        "omega scriptindex": ("omega", ["scriptindex", "omega", "index.script", "in.dump"]),
        "SQLite FTS5": ("fts5.db", [sys.executable, __file__, "--fts5", str(work)]),
    }
    slow = {"newsdex, libxapian", "omega scriptindex"}
    figures = {}
    for name, (target, command) in peers.items():
        if args.skip_slow and name in slow:
            continue
        results = []
        for _ in range(1 if name in slow else args.runs):
            for stale in (work / target, ):
                if stale.is_dir():
                    shutil.rmtree(stale)
                else:
                    stale.unlink(missing_ok=True)
            results.append(run(command, cwd=work))
        figures[name] = {k: statistics.median(r[k] for r in results) for k in ("wall", "cpu", "rss")}
        figures[name]["size"] = tree_bytes(work / target)
    return figures


def quantiles(samples):
    samples = sorted(samples)
    pick = lambda q: samples[min(len(samples) - 1, int(q * len(samples)))] * 1000
    return f"{pick(.5):8.2f} {pick(.95):8.2f} {pick(.99):8.2f}"


def latency(args, work):
    newssearch = str(pathlib.Path(args.bin) / "searcher" / "newssearch")
    rows = {"newssearch, snippets": lambda q: [newssearch, "-q", "-i", "nx2", q],
            "quest": lambda q: ["quest", "-d", "omega", "-m10", "-f", "default", q]}
    if not (work / "omega").exists():
        del rows["quest"]
    out = {}
    for name, command in rows.items():
        samples = []
        for _ in range(max(args.runs, 3)):
            for q in QUERIES:
                started = time.monotonic()
                subprocess.run(command(q), cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
                samples.append(time.monotonic() - started)
        out[name + " (cold command)"] = quantiles(samples)
    # In process: a batch of many queries in one command, the cost of starting taken off.
    batches = {1: work / "one.txt", 10: work / "ten.txt"}
    for times, path in batches.items():
        path.write_text("\n".join(QUERIES * times) + "\n", encoding="utf-8")
    batch = lambda path: run([newssearch, "-q", "-i", "nx2", "--batch", str(path)], cwd=work)["cpu"]
    means = [(batch(batches[10]) - batch(batches[1])) / (9 * len(QUERIES)) for _ in range(max(args.runs, 3))]
    out["newssearch, snippets (in process, mean CPU)"] = f"{statistics.median(means) * 1000:8.2f}"
    con = sqlite3.connect(work / "fts5.db")
    samples = []
    for _ in range(max(args.runs, 3)):
        for q in QUERIES:
            match = " OR ".join(f'"{w}"' for w in q.split())
            started = time.monotonic()
            con.execute("SELECT id, snippet(a, 2, '[', ']', '...', 40) FROM a WHERE a MATCH ? ORDER BY rank LIMIT 10",
                        (match,)).fetchall()
            samples.append(time.monotonic() - started)
    con.close()
    out["SQLite FTS5, snippets (in process)"] = quantiles(samples)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--reuters")
    parser.add_argument("--jsonl")
    parser.add_argument("--times", default="1,10")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", default="build/bench")
    parser.add_argument("--skip-slow", action="store_true", help="leave out what goes through libxapian")
    parser.add_argument("--fts5", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.fts5:
        fts5(pathlib.Path(args.fts5))
        return
    args.bin = str(pathlib.Path(args.bin).resolve())
    if args.jsonl:
        with (gzip.open if args.jsonl.endswith(".gz") else open)(args.jsonl, "rt", encoding="utf-8") as lines:
            articles = [{"id": str(r.get("id", n)), "title": r.get("title") or "", "text": r.get("text") or "",
                         "date": r.get("date") or ""} for n, r in enumerate(map(json.loads, lines))]
    else:
        articles = list(reuters(args.reuters))
    for times in (int(t) for t in args.times.split(",")):
        work = pathlib.Path(args.work).resolve() / f"x{times}"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        count, text = prepare(articles, times, work)
        print(f"\n{count} articles, {text / 1e6:.1f} MB of text")
        print(f"{'indexing':28} {'CPU s':>8} {'MB/CPU s':>9} {'wall s':>8} {'MB/s':>7} {'peak MB':>8} {'bytes/byte':>10}")
        for name, f in index_all(args, work).items():
            print(f"{name:28} {f['cpu']:8.2f} {text / 1e6 / f['cpu']:9.1f} {f['wall']:8.2f} {text / 1e6 / f['wall']:7.1f} "
                  f"{f['rss'] / 1024:8.0f} {f['size'] / text:10.2f}", flush=True)
        print(f"{'top 10, ms':44} {'p50':>8} {'p95':>8} {'p99':>8}")
        for name, line in latency(args, work).items():
            print(f"{name:44} {line}", flush=True)


main()
