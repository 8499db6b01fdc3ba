#!/usr/bin/env python3
"""alert_kill.py: runs that are killed at random moments lose no hit of an alert, and enter none twice.

  alert_kill.py BINDIR [ROUNDS] [SEED]

Files arrive, change and move; every run may be killed. One alert writes into a directory, one goes to a command that
fails now and then. At the end each has every article that matches, and has counted it once.
"""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

WORDS = [a + b for a in ("har", "bor", "min", "ist", "coun", "elec", "mar", "vil") for b in ("ing", "ed", "er", "ous", "ment", "ship", "ly")]

COMMAND = """#!/bin/sh
# Every third time it fails, before or after having read everything.
n=$(cat count 2>/dev/null || echo 0); echo $((n + 1)) >count
case $((n % 6)) in 2) exit 1;; 5) cat >/dev/null; exit 1;; esac
cat >>"told.$n.tmp" && mv "told.$n.tmp" "told.$n"
"""


def ids(paths):
    return [json.loads(line)["id"] for p in paths for line in p.read_text().splitlines()]


def main():
    bindir = os.path.abspath(sys.argv[1])
    rounds, seed = int(sys.argv[2]) if len(sys.argv) > 2 else 10, int(sys.argv[3]) if len(sys.argv) > 3 else 1
    rng = random.Random(seed)
    newsindex = f"{bindir}/indexer/newsindex"
    env = {**os.environ, "PATH": f"{bindir}/searcher:{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory(prefix="nx-alert-kill-") as name:
        root = pathlib.Path(name)
        (root / "in").mkdir()
        (root / "command").write_text(COMMAND)
        (root / "command").chmod(0o755)
        conf = root / "c.conf"
        conf.write_text(f"[index main]\ndir = {root}/ix\n[source in]\npath = {root}/in\nvanished = remove\n")
        update = [newsindex, "update", "--quiet", "--config", str(conf)]
        subprocess.run(update, cwd=root, env=env, check=True)
        for alert, where in (("files", ["--dir", "out"]), ("command", ["--exec", f"{root}/command"])):
            subprocess.run([newsindex, "alert", "add", alert, "marked", "--quiet", "--jsonl", "--config", str(conf), *where],
                           cwd=root, env=env, check=True)
        wanted, killed, serial = set(), 0, 0
        for _ in range(rounds):
            for _ in range(rng.randint(1, 4)):
                serial += 1
                text = " ".join(rng.choices(WORDS, k=60)) + (" marked." if rng.random() < 0.7 else ".")
                url = f"http://news.example/{serial}"
                wanted |= {url} if "marked" in text else set()
                (root / "in" / f"{serial}.json").write_text(json.dumps({"url": url, "title": f"Story {serial}", "text": text}))
            known = sorted((root / "in").iterdir())
            changed = rng.choice(known)
            article = json.loads(changed.read_text())
            article["text"] += " Changed since."
            changed.write_text(json.dumps(article))
            moved = rng.choice(known)
            moved.rename(moved.with_name(f"m{serial}-{moved.name}"))
            with subprocess.Popen(update, cwd=root, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
                if rng.random() < 0.75:
                    time.sleep(rng.random() * 0.3)
                    run.send_signal(signal.SIGKILL)
                    killed += run.wait() == -signal.SIGKILL
        for _ in range(4):  # a command may fail once more
            subprocess.run(update, cwd=root, env=env, check=False, stderr=subprocess.DEVNULL)
        listed = json.loads(subprocess.run([newsindex, "alert", "list", "--json", "--config", str(conf)], env=env, check=True,
                                           capture_output=True).stdout)["alerts"]
        files, command = ids((root / "out").iterdir()), ids(p for p in root.glob("told.*") if p.suffix != ".tmp")
        print(f"{rounds} runs, {killed} killed; {len(wanted)} articles; told: files {len(files)}, command {len(command)}")
        bad = [f"{alert['name']}: counted {alert['hits']}, {alert['pending']} wait" for alert in listed
               if alert["hits"] != len(wanted) or alert["pending"] != 0]
        bad += [f"{what}: not told {sorted(wanted - set(told))}, wrongly {sorted(set(told) - wanted)}"
                for what, told in (("files", files), ("command", command)) if set(told) != wanted]
        print("\n".join(bad), end="\n" if bad else "")
        return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
