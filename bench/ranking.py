#!/usr/bin/env python3
"""ranking.py: the order of newssearch's answers, measured on collections of many shapes.

Two are judged by people: Time (also with the places of its judgements mended, docs/ranking.md) and Cranfield; their
queries also come cut to their three rarest words and dressed as people dress questions, and Cranfield's
articles with nothing but their titles, or every other one so. The others are made of news:
  events    headlines that should find the articles of their event
  subjects  short subjects that should find what Reuters' editors marked with them
  headline  headlines that should find their article, indexed without it (English, French, Spanish)
  lede      first sentences that should find the rest of their article
A change of ranking should pay on most of them and harm none. MAP by halves (topics at odd and even
places), MAP and nDCG@10 of all, recall at 100, CPU milliseconds a topic.

Usage: ranking.py --bin build/release [--than OTHER_BUILD] --corpora DIR [--work DIR] [--expand] [SET...]
"""
import argparse
import collections
import gzip
import html
import json
import math
import pathlib
import re
import resource
import subprocess
import sys

SUBJECTS = {
    "acq": "company acquisitions and mergers", "alum": "aluminium", "barley": "barley", "bop": "balance of payments",
    "carcass": "meat and carcasses", "cocoa": "cocoa", "coffee": "coffee", "copper": "copper", "corn": "corn maize",
    "cotton": "cotton", "cpi": "consumer price inflation", "crude": "crude oil", "dlr": "dollar exchange rate",
    "fuel": "fuel oil", "gas": "gasoline", "gnp": "gross national product growth", "gold": "gold", "grain": "grain",
    "heat": "heating oil", "hog": "hogs pork", "housing": "housing starts", "income": "personal income",
    "instal-debt": "consumer credit installment debt", "interest": "interest rates", "inventories": "business inventories",
    "ipi": "industrial production index", "iron-steel": "iron and steel", "jobs": "unemployment", "lead": "lead smelter",
    "lei": "leading economic indicators", "livestock": "livestock cattle and hogs", "lumber": "lumber",
    "money-fx": "foreign exchange intervention", "money-supply": "money supply", "nat-gas": "natural gas",
    "oilseed": "oilseed", "orange": "frozen orange juice", "palm-oil": "palm oil", "pet-chem": "petrochemicals",
    "platinum": "platinum", "potato": "potatoes", "rapeseed": "rapeseed", "reserves": "foreign reserves",
    "retail": "retail sales", "rice": "rice", "rubber": "rubber", "ship": "shipping", "silver": "silver",
    "sorghum": "sorghum", "soybean": "soybeans", "strategic-metal": "strategic metals", "sugar": "sugar", "tea": "tea",
    "tin": "tin agreement", "trade": "trade deficit and surplus", "veg-oil": "vegetable oil", "wheat": "wheat",
    "wpi": "wholesale prices", "zinc": "zinc"}

FRAMES = ["What is known about {}?", "I am looking for articles that discuss {}", "Documents describing {} are relevant",
          "Find information about {}", "which papers deal with the subject of {}",
          "Describe what has been reported on {}, and give examples.",
          "To be relevant, a document must mention {}. Documents that do not are not relevant."]

KNOWN_ITEMS = 400  # queries of a known-item set


def lines(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as file:
        yield from file


def articles(path):
    return (json.loads(line) for line in lines(path))


def words_of(text):
    return re.findall(r"\w+", text.lower())


def plain(text):
    """Text as a query that is nothing but words."""
    return " ".join(re.sub(r"[^\w\s.'-]", " ", text).split())


def judged(folder):
    queries = [line.rstrip("\n").split("\t", 1) for line in lines(folder / "queries.tsv")]
    qrels = [line.split() for line in lines(folder / "qrels.txt")]
    return list(articles(folder / "docs.jsonl")), queries, [(q, d, int(g)) for q, _, d, g in qrels]


def mend(folder, qrels):
    """Judgements of Time from article 371 on are two places late; those past the end are in the original only."""
    kept = [(q, str(int(d) - 2) if int(d) >= 371 else d, g) for q, d, g in qrels]
    for line in lines(next((folder / "raw").glob("TIME.REL*"))):
        topic, *places = line.split() or [""]
        kept += [(topic, str(int(p) - 2), 1) for p in places if int(p) > 423]
    return kept


def rarest(docs, queries, count):
    have = collections.Counter(w for d in docs for w in set(words_of(d.get("title", "") + " " + d["text"])))
    def cut(text):
        known = [w for w in dict.fromkeys(words_of(text)) if have[w] > 0]
        keep = sorted(known, key=lambda w: have[w])[:count]
        return " ".join(w for w in known if w in keep)
    return [(q, cut(text)) for q, text in queries]


def framed(queries):
    return [(q, FRAMES[i % len(FRAMES)].format(text.strip(" .?").lower())) for i, (q, text) in enumerate(queries)]


def known_items(rows, query_of, doc_of):
    """A query for each of KNOWN_ITEMS articles spread over all; what is left of each as its document."""
    docs = [dict(doc_of(r), id=str(i)) for i, r in enumerate(rows)]
    step = max(1, len(rows) // KNOWN_ITEMS)
    queries = [(str(i), query_of(rows[i])) for i in range(0, len(rows), step)]
    return docs, [q for q in queries if q[1]], [(q, q, 1) for q, text in queries if text]


def headless(row):
    text, title = row["text"].strip(), row["title"].strip()
    return {"text": text[len(title):] if text.startswith(title) else text}


def lede(row):
    found = re.match(r"\s*(.{40,300}?[.!?])\s", headless(row)["text"], flags=re.S)
    return " ".join(found.group(1).split()) if found else ""


def without_lede(row):
    text, first = " ".join(headless(row)["text"].split()), lede(row)
    return {"title": row["title"], "text": text[len(first):].strip() if first else text}


def rows_of(path, most=4000):
    seen, rows = set(), []
    for row in articles(path):
        if row.get("title") and len(row["text"]) > 600 and row["title"] not in seen and len(rows) < most:
            seen.add(row["title"])
            rows.append(row)
    return rows


def events(corpora):
    rows = [r for r in articles(corpora / "cluster-5w1h/articles.jsonl") if r.get("title")]
    docs = [{"id": r["id"], "title": r["title"], "text": r["text"]} for r in rows]
    sizes = collections.Counter(r["cluster"] for r in rows)
    asked = [r for r in rows if sizes[r["cluster"]] > 1]
    qrels = [(r["id"], o["id"], 1) for r in asked for o in rows if o["cluster"] == r["cluster"]]
    return docs, [(r["id"], plain(r["title"])) for r in asked], qrels


def subjects(corpora):
    docs, qrels = [], []
    for path in sorted((corpora / "reuters-21578/raw").glob("*.gz")):
        data = gzip.open(path).read().decode("latin-1")
        found = re.findall(r'<REUTERS TOPICS="YES"[^>]*NEWID="(\d+)"[^>]*>(.*?)</REUTERS>', data, flags=re.S)
        for number, text in found:
            def field(tag, within=text):
                part = re.search(rf"<{tag}>(.*?)</{tag}>", within, flags=re.S)
                return re.sub(r"[\x00-\x08\x0b-\x1f]", " ", html.unescape(part.group(1))).strip() if part else ""
            if field("BODY") and int(number) % 2 == 0:
                docs.append({"id": number, "title": field("TITLE"), "text": field("BODY")})
                qrels += [(t, number, 1) for t in set(re.findall("<D>(.*?)</D>", field("TOPICS"))) if t in SUBJECTS]
    return docs, list(SUBJECTS.items()), qrels


def titles(docs, every):
    return [{"id": d["id"], "title": d["title"]} if d.get("title") and i % every == 0 else d for i, d in enumerate(docs)]


def collections_of(corpora):
    """Name -> (name of the index, function that gives documents, queries and judgements)."""
    time, cranfield = corpora / "ir-time", corpora / "ir-cranfield"
    def time_set(change=lambda docs, queries: queries):
        docs, queries, qrels = judged(time)
        return docs, change(docs, queries), mend(time, qrels)
    def cranfield_set(change=lambda docs, queries: queries, every=0):
        docs, queries, qrels = judged(cranfield)
        return titles(docs, every) if every else docs, change(docs, queries), qrels
    def three(docs, queries):
        return rarest(docs, queries, 3)
    def dressed(docs, queries):
        return framed(queries)
    def headline(name, path):
        return name, lambda: known_items(rows_of(corpora / path), lambda r: plain(r["title"]), headless)
    def ledes(name, path):
        return name, lambda: known_items(rows_of(corpora / path), lambda r: plain(lede(r)), without_lede)
    return {
        "time": ("time", lambda: judged(time)),
        "time-mended": ("time", time_set),
        "time-three": ("time", lambda: time_set(three)),
        "time-framed": ("time", lambda: time_set(dressed)),
        "cranfield": ("cranfield", cranfield_set),
        "cranfield-three": ("cranfield", lambda: cranfield_set(three)),
        "cranfield-framed": ("cranfield", lambda: cranfield_set(dressed)),
        "cranfield-titles": ("cranfield-titles", lambda: cranfield_set(every=1)),
        "cranfield-half": ("cranfield-half", lambda: cranfield_set(every=2)),
        "events": ("events", lambda: events(corpora)),
        "subjects": ("subjects", lambda: subjects(corpora)),
        "headline-bbc": headline("headless-bbc", "news-bbc/articles.jsonl"),
        "headline-allsides": headline("headless-allsides", "news-allsides/articles.jsonl.gz"),
        "headline-fr": headline("headless-fr", "news-fr-masakha/articles.jsonl"),
        "headline-es": headline("headless-es", "news-es-fakenews/articles.jsonl"),
        "lede-bbc": ledes("rest-bbc", "news-bbc/articles.jsonl"),
        "lede-allsides": ledes("rest-allsides", "news-allsides/articles.jsonl.gz")}


def prepare(work, name, index, make, newsindex):
    """The set's files and its index, made once."""
    folder = work / name
    if not (folder / "qrels.txt").exists():
        docs, queries, qrels = make()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "docs.jsonl").write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in docs), encoding="utf-8")
        (folder / "queries.tsv").write_text("".join(f"{q}\t{text}\n" for q, text in queries), encoding="utf-8")
        (folder / "qrels.txt").write_text("".join(f"{q} 0 {d} {g}\n" for q, d, g in qrels), encoding="utf-8")
    if not (work / "index" / index).exists():
        subprocess.run([newsindex, "add", "-q", "--index", work / "index" / index, folder / "docs.jsonl"], check=True)
    return folder


def evaluate(newssearch, index, folder, expand):
    """Topic -> measures, in the order of the queries, and CPU milliseconds a topic."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [newssearch, "eval", "-q", "-i", index, f"--queries={folder}/queries.tsv", f"--qrels={folder}/qrels.txt"]
    done = subprocess.run(command + ["--expand"] * expand, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    topics = collections.defaultdict(dict)
    for line in done.stdout.splitlines():
        measure, topic, value = line.split("\t")
        topics[topic][measure.strip()] = float(value)
    topics.pop("all")
    topics = [t for t in topics.values() if t["num_rel"] > 0]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return topics, 1000 * cpu / max(1, len(topics))


def mean(topics, measure):
    return sum(t[measure] for t in topics) / max(1, len(topics))


def row(topics):
    return [mean(topics[0::2], "map"), mean(topics[1::2], "map"), mean(topics, "map"), mean(topics, "ndcg_cut_10"),
            mean(topics, "recall_100")]


def chance(ours, theirs):
    """How often chance alone makes as large a difference of MAP: paired t, large samples."""
    differences = [a["map"] - b["map"] for a, b in zip(ours, theirs)]
    middle = sum(differences) / len(differences)
    spread = math.sqrt(sum((d - middle) ** 2 for d in differences) / max(1, len(differences) - 1))
    return math.erfc(abs(middle) / spread * math.sqrt(len(differences) / 2)) if spread > 0 else 1.0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--than", type=pathlib.Path)
    parser.add_argument("--corpora", type=pathlib.Path, default=pathlib.Path("../shared/corpora"))
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/newsdex-ranking"))
    parser.add_argument("--expand", action="store_true")
    parser.add_argument("sets", nargs="*")
    options = parser.parse_args()
    if not options.corpora.is_dir():
        sys.exit(f"no corpora at {options.corpora}")
    known = collections_of(options.corpora)
    print(f"{'':18}{'topics':>7}{'MAP odd':>9}{'even':>7}{'all':>7}{'nDCG10':>8}{'R100':>7}{'ms':>7}")
    for name in options.sets or known:
        index, make = known[name]
        folder = prepare(options.work, name, index, make, options.bin / "indexer/newsindex")
        results = [evaluate(b / "searcher/newssearch", options.work / "index" / index, folder, options.expand)
                   for b in (options.than, options.bin) if b]
        for topics, ms in results:
            print(f"{name:18}{len(topics):7}{'':2}" + "".join(f"{v:7.4f}" for v in row(topics)) + f"{ms:7.2f}")
        if len(results) == 2:
            (theirs, _), (ours, _) = results
            print(f"{'  difference':27}" + "".join(f"{a - b:+7.4f}" for a, b in zip(row(ours), row(theirs))) +
                  f"  p {chance(ours, theirs):.2f}")


main()
