#!/usr/bin/env python3
"""remote_shards.py: an index of which a part is served by xapian-tcpsrv answers as one that has all parts here.

  remote_shards.py BINDIR

The server listens on this machine only. Stories are not collapsed: each part has families of its own. Skips, saying so,
where xapian-tcpsrv is not installed.
"""
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile

QUERIES = ["harbour", "harbour wall", '"harbour wall"', "harb*", "harbuor~", "wall NEAR/3 harbour", "harbour NOT wall",
           "title:harbour", "source:gazette", "author:*", "date:2019-02", "before:2019-02-20", "-harbour", "*",
           "head3(harbour)", "atleast2(harbour)", "harbour w/s storm", 'storm NEAR/4 "harbour wall"', "ALLCAPS(eu)",
           "NOT head3(harbour)", "zeppelin", "--sort=newest harbour", "--sort=oldest head3(harbour)",
           "--limit=2 --offset=1 harbour", "--recency=7d harbour", "--expand storm",
           "--facets=source,year harbour", "--timeline=month *"]


def articles(first, count, source):
    for i in range(first, first + count):
        text = ["The harbour wall gave way in a storm. The EU pays for the harbour.", "A storm. The wall was long.",
                "Harbour news, and no more."][i % 3]
        yield {"id": str(i), "title": ["Harbour wall", "Storm", "News"][i % 3] + f" {i}", "text": text, "source": source,
               "date": f"2019-02-{i % 28 + 1:02}", **({"author": "Ana Lima"} if i % 2 else {})}


def add(bindir, root, index, name, items):
    path = root / f"{name}.jsonl"
    path.write_text("".join(json.dumps(a) + "\n" for a in items), encoding="utf-8")
    subprocess.run([f"{bindir}/indexer/newsindex", "add", "--quiet", "--index", root / index, path], check=True)


def serve(index):
    """The server and its port, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(["stdbuf", "-oL", "xapian-tcpsrv", "--interface", "127.0.0.1", "--port", str(port), index],
                              stdout=subprocess.PIPE, text=True, start_new_session=True)  # it ends its whole group
    for line in server.stdout:
        if line.startswith("Listening"):
            return server, port
    raise SystemExit("xapian-tcpsrv does not listen")


def ask(bindir, index, query):
    options = [w for w in query.split() if w.startswith("--")]
    words = [w for w in query.split() if not w.startswith("--")]
    done = subprocess.run([f"{bindir}/searcher/newssearch", "--index", index, "--quiet", "--json",
                           "--families=expand", *options, "--",
                           " ".join(words)], capture_output=True, text=True, check=False)
    if done.stderr or done.returncode not in (0, 1):
        return f"{done.returncode} {done.stderr}"
    answer = json.loads(done.stdout)
    hits = sorted((h["id"], h["snippet"]) for h in answer["hits"]) if "offset" not in query else len(answer["hits"])
    return answer["total"], hits, answer.get("facets"), answer.get("timeline")


def main():
    bindir = sys.argv[1]
    if shutil.which("xapian-tcpsrv") is None:
        print("skipped: xapian-tcpsrv is not installed")
        return 77
    faults = []
    with tempfile.TemporaryDirectory(prefix="nx-remote-") as root:
        root = pathlib.Path(root)
        for index in ("here", "parts"):
            add(bindir, root, index, "first", articles(0, 5, "Gazette"))
        for index in ("here", "elsewhere"):
            add(bindir, root, index, "second", articles(5, 5, "Courier"))
        server, port = serve(root / "elsewhere")
        try:
            with open(root / "parts" / "XAPIANDB", "a", encoding="utf-8") as stub:
                stub.write(f"remote 127.0.0.1:{port}\n")
            for query in QUERIES:
                here, parts = ask(bindir, root / "here", query), ask(bindir, root / "parts", query)
                if here != parts:
                    faults.append(f"{query}: {here} here, {parts} in parts")
        finally:
            server.terminate()
            server.wait()
            server.stdout.close()
        gone = ask(bindir, root / "parts", "harbour")
        if not str(gone).startswith("3 ") or f"127.0.0.1:{port}" not in str(gone):
            faults.append(f"without the server: {gone}")
    print("\n".join(faults) or f"{len(QUERIES)} queries, the same answers")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
