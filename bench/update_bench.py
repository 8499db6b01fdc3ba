#!/usr/bin/env python3
"""update_bench.py: what keeping an index current costs: CPU seconds, bytes read and written of each run.

  update_bench.py BINDIR WORK idle [FILES]        runs over FILES known files, nothing changed
  update_bench.py BINDIR WORK small JSONL [RUNS]  an index of JSONL; then RUNS runs of 100 articles
  update_bench.py BINDIR WORK writers JSONL N...  adding N articles by each writer to copies of that index
  update_bench.py BINDIR WORK alerts JSONL NEW    1,000 alerts over the articles of NEW, added to an index of JSONL

Bytes written are write_bytes of /proc/PID/io (what was sent to the disk) and wchar (what was given to write()).
"""
import json
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import time

WORDS = [f"{a}{b}" for a in ("har", "bor", "min", "ist", "coun", "cil", "elec", "tri", "mar", "ket", "vil", "lage")
         for b in ("ing", "ed", "er", "al", "ion", "ous", "ment", "ship", "able", "ly")]


def measured(command, ok=(0,)):
    """CPU seconds, wall seconds, write_bytes, wchar, read_bytes of a command."""
    started = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
        said = child.stderr.read().decode()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        io = dict(line.split(": ") for line in pathlib.Path(f"/proc/{child.pid}/io").read_text().splitlines())
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in ok:
        sys.exit(f"{command}: {child.returncode}\n{said}")
    return {"cpu": round(usage.ru_utime + usage.ru_stime, 3), "wall": round(time.monotonic() - started, 3),
            "disk": int(io["write_bytes"]), "write": int(io["wchar"]), "read": int(io["rchar"]),
            "rss_mb": usage.ru_maxrss // 1024, "said": said.strip().splitlines()[-1:]}


def article(rng, n):
    return {"url": f"http://bench.example/{n}", "title": " ".join(rng.choices(WORDS, k=7)),
            "text": " ".join(rng.choices(WORDS, k=rng.randint(60, 240))) + ".", "date": f"2020-0{n % 9 + 1}-11"}


def conf(work, index, path):
    (work / "bench.conf").write_text(f"[index bench]\ndir = {index}\n[source s]\npath = {path}\n")
    return work / "bench.conf"


def idle(bindir, work, files):
    rng = random.Random(1)
    for n in range(files):
        folder = work / "files" / f"{n // 1000:03}"
        if n % 1000 == 0:
            folder.mkdir(parents=True)
        (folder / f"{n}.json").write_text(json.dumps(article(rng, n)))
    update = [f"{bindir}/indexer/newsindex", "update", "--config", conf(work, work / "idle", work / "files")]
    print("first", measured(update))
    for _ in range(3):
        print("idle ", measured(update))
    print("full ", measured(update + ["--full"]))


def size(index):
    return sum(p.stat().st_size for p in index.rglob("*") if p.is_file())


def segments(index):
    return (index / "XAPIANDB").read_text().count("seg-")


def query_p50(bindir, index):
    rng, times = random.Random(2), []
    for _ in range(40):
        words = rng.choices(["market", "oil", "trade", "bank", "government", "company", "price"], k=2)
        times.append(measured([f"{bindir}/searcher/newssearch", "--index", index] + words, (0, 1))["wall"])
    return round(1000 * statistics.median(times), 1)


def small(bindir, work, jsonl, runs):
    rng = random.Random(3)
    index, spool = work / "small", work / "spool"
    spool.mkdir()
    print("build", measured([f"{bindir}/indexer/newsindex", "add", "--index", index, jsonl]))
    print("before: segments", segments(index), "bytes", size(index), "p50 ms", query_p50(bindir, index))
    update = [f"{bindir}/indexer/newsindex", "update", "--config", conf(work, index, spool)]
    results, most = [], 0
    for run in range(runs):
        lines = [json.dumps(article(rng, 1000000 + run * 100 + i)) for i in range(100)]
        (spool / f"{run}.jsonl").write_text("\n".join(lines) + "\n")
        results.append(measured(update))
        most = max(most, segments(index))
        if run in (0, 1, 2, 9, 99):
            print("run", run + 1, results[-1], "segments", segments(index))
    for key in ("cpu", "wall", "disk", "write"):
        values = [r[key] for r in results]
        print(key, "median", statistics.median(values), "mean", statistics.mean(values), "max", max(values))
    print("after: segments", segments(index), "at most", most, "bytes", size(index), "p50 ms", query_p50(bindir, index))


def writers(bindir, work, jsonl, counts):
    base = work / "base"
    if not base.exists():
        measured([f"{bindir}/indexer/newsindex", "add", "--index", base, jsonl])
    for count in counts:
        rng = random.Random(count)
        batch = work / "batch.jsonl"
        batch.write_text("".join(json.dumps(article(rng, 5000000 + i)) + "\n" for i in range(count)))
        for writer in ("bulk", "xapian"):
            copy = work / "copy"
            shutil.copytree(base, copy)
            result = measured([f"{bindir}/indexer/newsindex", "add", "--writer", writer, "--index", copy, batch])
            print(count, "articles", batch.stat().st_size, "bytes", writer,
                  {k: result[k] for k in ("cpu", "wall", "disk", "write")})
            shutil.rmtree(copy)


def queries(articles, count):
    """What people keep alerts for: names, words of headlines, alternatives, beginnings, distances, fields."""
    rng = random.Random(4)
    for i in range(count):
        a = rng.choice(articles)
        words = re.findall(r"[A-Za-z]{4,}", a["title"]) or ["market", "council"]
        names = re.findall(r"[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})+", a["text"]) or [" ".join(words[:2])]
        yield [" ".join(rng.sample(words, min(2, len(words)))), f'"{rng.choice(names)}"',
               f'"{rng.choice(names)}" OR "{rng.choice(names)}"', f"{rng.choice(words)[:6].lower()}* {rng.choice(words)}",
               f"{rng.choice(words)} NEAR/10 {rng.choice(words)}", f"title:{rng.choice(words)} {rng.choice(words)}"][i % 6]


def alerts(bindir, work, jsonl, new):
    index, newsindex = work / "alerts", f"{bindir}/indexer/newsindex"
    old, news = ([json.loads(line) for line in open(path, encoding="utf-8")] for path in (jsonl, new))
    measured([newsindex, "add", "--index", index, jsonl])
    both = zip(queries(news, 500), queries(old, 500))  # half of them about what comes
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{bindir}/searcher:{path}"
    for i, query in enumerate(q for pair in both for q in pair):
        measured([newsindex, "alert", "add", f"a{i}", "--index", index, "--jsonl", "--dir", work / "hits", "--", query])
    os.environ["PATH"] = "/usr/bin:/bin"  # so that the news stays for the two to be measured apart
    print("add     ", measured([newsindex, "add", "--index", index, new], (0, 74)))
    os.environ["PATH"] = f"{bindir}/searcher:{path}"
    for _ in range(3):
        print("look    ", measured([f"{bindir}/searcher/newssearch", "--alerts", "--index", index]))
    (work / "one.json").write_text(json.dumps(article(random.Random(5), 0)))
    print("and send", measured([newsindex, "add", "--index", index, work / "one.json"]))
    print("hits", sum(len(p.read_text().splitlines()) for p in (work / "hits").iterdir()))


def main():
    bindir, work, mode = os.path.realpath(sys.argv[1]), pathlib.Path(os.path.realpath(sys.argv[2])), sys.argv[3]
    work.mkdir(parents=True, exist_ok=True)
    if mode == "idle":
        idle(bindir, work, int(sys.argv[4]) if len(sys.argv) > 4 else 200000)
    elif mode == "small":
        small(bindir, work, sys.argv[4], int(sys.argv[5]) if len(sys.argv) > 5 else 1000)
    elif mode == "alerts":
        alerts(bindir, work, sys.argv[4], sys.argv[5])
    else:
        writers(bindir, work, sys.argv[4], [int(n) for n in sys.argv[5:]])


main()
