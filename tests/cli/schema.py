#!/usr/bin/env python3
"""schema.py: what the programs print as JSON keeps to docs/newsdex-output.schema.json, and has no member that is not in it.

Usage: schema.py BUILDDIR SOURCEDIR
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

COPY = {"text": "The council closed the iron bridge on Monday, and nobody could say when it would open again. "
                "Residents have to walk to the ford until then, which takes them an hour.", "title": "Bridge closed"}
CHANGED = dict(COPY, url="https://a.example/1", source="A", text=COPY["text"].replace("an hour", "two hours"))
# Command, what the schema calls the output. A command prints one object, or one a line.
COMMANDS = [
    ("newssearch --json bridge", "answer"),
    ("newssearch --json --explain --facets source,year --timeline bridge date:2000..", "answer"),
    ("newssearch --json zeppelin", "answer"),
    ("newssearch --json bridhe", "answer"),
    ("newssearch --jsonl dam letters", None),
    ("newssearch --batch --jsonl names", None),
    ("newssearch show --json https://a.example/1", "article"),
    ("newssearch show --json --query council https://a.example/1", "article"),
    ("newssearch show --versions --json https://a.example/1", "versions"),
    ("newsindex inspect --json samples", None),
    ("newsindex alert test --json council", None),
    ("newssearch --alerts", None),
]
MAPS = {"facets", "from"}  # of names that are data


def members(value, found):
    """All names of members in value."""
    if isinstance(value, list):
        for item in value:
            members(item, found)
    elif isinstance(value, dict):
        for name, item in value.items():
            found.add(name)
            members(list(item.values()) if name in MAPS else item, found)
    return found


def declared(schema, found):
    """All names that schema has properties for."""
    if isinstance(schema, list):
        for item in schema:
            declared(item, found)
    elif isinstance(schema, dict):
        found.update(schema.get("properties", {}))
        for item in schema.values():
            declared(item, found)
    return found


def objects(text):
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines()]


def main():
    build, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    schema = json.loads((source / "docs" / "newsdex-output.schema.json").read_text(encoding="utf-8"))
    known = declared(schema, set())
    failed = count = 0
    with tempfile.TemporaryDirectory(prefix="nx-schema-") as scratch:
        env = dict(os.environ, PATH=f"{build}/indexer:{build}/searcher:/usr/bin:/bin", HOME=scratch, LC_ALL="C.UTF-8",
                   NEWSDEX_INDEX=f"{scratch}/index")

        def run(command):
            return subprocess.run(["sh", "-c", command], env=env, cwd=scratch, capture_output=True, check=False)

        def add(*articles):
            pathlib.Path(scratch, "in.jsonl").write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
            if run("newsindex add --quiet in.jsonl").returncode != 0:
                sys.exit("newsindex add failed")

        os.symlink(source / "corpus" / "samples", f"{scratch}/samples")
        pathlib.Path(scratch, "names").write_text("dam\nharbour\n", encoding="utf-8")
        run("newsindex add --quiet samples; newsindex alert --quiet add council council")
        add(dict(COPY, url="https://a.example/1", source="A"))
        add(CHANGED, dict(COPY, url="https://b.example/2", source="B", published="2024-05-01"))
        for command, kind in COMMANDS:
            done = run(command)
            wanted = schema if kind is None else dict(schema, oneOf=[{"$ref": f"#/$defs/{kind}"}])
            found = objects(done.stdout.decode("utf-8"))
            bad = [] if found else ["printed nothing: " + done.stderr.decode("utf-8")]
            for item in found:
                bad += [e.message[:300] for e in jsonschema.Draft202012Validator(wanted).iter_errors(item)]
                bad += [f"{name} is not in the schema" for name in sorted(members(item, set()) - known)]
            count += len(found)
            failed += bool(bad)
            for message in bad:
                print(f"{command}: {message}")
    print(f"{count} objects of {len(COMMANDS)} commands, {failed} commands failed")
    return 1 if failed else 0


sys.exit(main())
