#!/usr/bin/env python3
"""latency.py: the ten best answers with snippets, by kind of query, beside quest and SQLite FTS5.

Works on what compare.py left in its --work folder (x1, x10: the indexes nx2, omega and fts5.db of the same
articles). newssearch and quest are whole commands, from start to exit; FTS5 runs inside this process, so that its
figures have no start in them. A kind that a peer cannot express is left out for it. Peers that were not built are
left out. Milliseconds of CPU time, user and system: on a shared machine wall time measures the neighbours.

Usage: latency.py --work build/bench/x10 [--bin build/release] [--runs 5]
"""
import argparse
import pathlib
import resource
import sqlite3
import subprocess
import time

# Kind: newssearch's options, then pairs of a query as newssearch has it and as FTS5 has it (None: it cannot).
# The same words serve quest, whose language has phrases, NEAR, NOT and wildcards in newssearch's spelling.
BOTH = lambda *queries: [(q, " OR ".join(f'"{w}"' for w in q.split())) for q in queries]
SAME = lambda *queries: [(q, q) for q in queries]
ONLY = lambda *queries: [(q, None) for q in queries]
KINDS = {
    "a frequent word": ([], BOTH("said", "market", "company", "oil")),
    "a rare word": ([], BOTH("cocaine", "volcano", "nimitz", "chernobyl")),
    "two words": ([], BOTH("interest rates", "takeover bid", "stock split", "airline merger")),
    "five words": ([], BOTH("wheat subsidies soviet union congress", "gold mine ontario drill results",
                            "japan trade surplus semiconductor dispute", "opec oil price cut talks")),
    "phrase, rare words": ([], SAME('"semiconductor agreement"', '"buffer stock manager"', '"poison pill"', '"leveraged buyout"')),
    "phrase, stop words": ([], SAME('"bank of england"', '"state of the union"', '"the end of the year"', '"as a result of"')),
    "NEAR": ([], [("oil NEAR/5 price", "NEAR(oil price, 5)"), ("bank NEAR/5 japan", "NEAR(bank japan, 5)"),
                  ("trade NEAR/5 deficit", "NEAR(trade deficit, 5)"), ("strike NEAR/5 port", "NEAR(strike port, 5)")]),
    "field": ([], [(f"title:{w}", f"title:{w}") for w in ("coffee", "merger", "dollar", "dividend")]),
    "date range": ([], ONLY("oil date:1987-03-01..1987-03-15", "bank date:1987-04", "grain after:1987-06-01", "trade date:1987-02-26..1987-04-10")),
    "wildcard": ([], SAME("subsid*", "privat*", "semicon*", "interven*")),
    "fuzzy": ([], ONLY("chernobil~", "volcker~1", "bundesbnk~", "semiconducter~")),
    "NOT": ([], [("oil -opec", "oil NOT opec"), ("gold -silver", "gold NOT silver"), ("bank -japan", "bank NOT japan"),
                 ("trade -deficit", "trade NOT deficit")]),
    "sort newest": (["--sort", "newest"], ONLY("oil", "interest rates", "merger", "coffee")),
    "facets and timeline": (["--facets", "agency,month", "--timeline=month"], ONLY("oil", "interest rates", "merger", "coffee")),
}
QUEST_CANNOT = {"date range", "fuzzy", "sort newest", "facets and timeline", "field"}


def cpu():
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def timed(work, clock=cpu):
    started = clock()
    work()
    return (clock() - started) * 1000


def command(words, cwd):
    def run():
        done = subprocess.run(words, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if done.returncode not in (0, 1):  # 1: nothing found
            raise SystemExit(f"{' '.join(words)}: status {done.returncode}\n{done.stderr.decode()}")
    return run


def quantiles(samples):
    samples = sorted(samples)
    pick = lambda q: samples[min(len(samples) - 1, int(q * len(samples)))]
    return "/".join(f"{pick(q):.1f}" for q in (.5, .95, .99)) if samples else "-"


def measure(args, work):
    newssearch = str(pathlib.Path(args.bin).resolve() / "searcher" / "newssearch")
    has_quest = (work / "omega").exists()
    con = sqlite3.connect(work / "fts5.db") if (work / "fts5.db").exists() else None
    find = "SELECT id, snippet(a, 2, '[', ']', '...', 40) FROM a WHERE a MATCH ? ORDER BY rank LIMIT 10"
    print(f"{'p50/p95/p99, ms':22} {'newssearch':>18} {'quest':>18} {'SQLite FTS5':>22}")
    for kind, (options, queries) in KINDS.items():
        ours, quest, fts = [], [], []
        for _ in range(args.runs + 1):  # the first round warms the caches
            for asked, match in queries:
                ours.append(timed(command([newssearch, "-q", "-i", "nx2", *options, asked], work)))
                if has_quest and kind not in QUEST_CANNOT:
                    quest.append(timed(command(["quest", "-d", "omega", "-m10", "-f", "default,wildcard", asked], work)))
                if con is not None and match is not None:
                    fts.append(timed(lambda: con.execute(find, (match,)).fetchall(), time.process_time))
        warm = lambda samples: samples[len(queries):]
        print(f"{kind:22} {quantiles(warm(ours)):>18} {quantiles(warm(quest)):>18} {quantiles(warm(fts)):>22}", flush=True)
    print(f"{'nothing (--version)':22} "
          f"{quantiles([timed(command([newssearch, '--version'], work)) for _ in range(20)]):>18}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", required=True)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    measure(args, pathlib.Path(args.work).resolve())


main()
