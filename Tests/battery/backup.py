#!/usr/bin/env python3
"""Backs up while people write; restores onto an empty machine and onto the other engine; checks that all is there."""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from serving import Database, Server, Writer

words = argparse.ArgumentParser()
words.add_argument("--junheng", required=True)
words.add_argument("--postgres", required=True, help="a server's address")
words.add_argument("--groups", type=int, default=4)
words.add_argument("--years", type=int, default=0)
words = words.parse_args()


def timed(body):
    started = time.monotonic()
    result = body()
    return result, time.monotonic() - started


def row_counts(database, tables):
    return {name: int(database.query(f"SELECT count(*) FROM {name}")[0][0]) for name in tables}


def go(kind, folder, failures):
    folder = pathlib.Path(folder)
    first = folder / "first"
    first.mkdir()
    database = Database(words.junheng, first, words.postgres if kind == "postgres" else None)
    restored = []
    try:
        database.fill(words.groups, words.years)
        server = Server(database, f"{folder}/serve.log")
        server.start()
        writers = [Writer(server.port, place) for place in database.places[:8]]
        for writer in writers:
            writer.start()
        time.sleep(1)
        before = [list(w.acknowledged) for w in writers]
        copy = folder / "copy"
        _, backup_took = timed(
            lambda: database.run("backup", "--evidence", str(first / "evidence"), "--to", str(copy)))
        after = [len(w.acknowledged) for w in writers]
        for writer in writers:
            writer.halted.set()
        for writer in writers:
            writer.join(timeout=30)
        server.stop()
        sums = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=copy, capture_output=True, text=True)
        if sums.returncode != 0:
            failures.append(f"{kind}: checksums: {sums.stdout[:300]}")
        manifest = json.loads((copy / "manifest.json").read_text())
        counts = {t["name"]: t["rows"] for t in manifest["tables"]}
        for other in ("sqlite", "postgres"):
            place = folder / f"on-{other}"
            place.mkdir()
            target = Database(words.junheng, place, words.postgres if other == "postgres" else None)
            restored.append(target)
            _, took = timed(
                lambda: target.run("restore", "--from", str(copy), "--evidence", str(place / "evidence")))
            again = target.run(
                "restore", "--from", str(copy), "--evidence", str(place / "evidence"), check=False)
            if again.returncode != 2:
                failures.append(f"{kind} on {other}: a database that isn't empty was restored into")
            now, saved = target.kept()
            lost = [v for values in before for v in values if v not in saved]
            # The restoration itself is one row more.
            counts_there = row_counts(target, counts)
            counts_there["audit"] -= 1
            differing = {n: (counts[n], counts_there[n]) for n in counts if counts[n] != counts_there[n]}
            files = sorted(p.name for p in (place / "evidence").rglob("*") if p.is_file())
            if lost or differing or files != sorted(manifest["files"]):
                failures.append(f"{kind} on {other}: lost {lost[:3]}, rows {differing}, files {len(files)}")
            if target.verify().returncode != 0:
                failures.append(f"{kind} on {other}: the audit chain is broken")
            print(
                f"backup of {kind}: {sum(counts.values())} rows and {len(files)} files in {backup_took:.1f} s "
                f"while {sum(after) - sum(map(len, before))} saves went on; on {other} in {took:.1f} s, audit chain whole")
        text = (copy / "tables/mark.jsonl").read_bytes()
        (copy / "tables/mark.jsonl").write_bytes(text.replace(b"battery", b"Battery", 1))
        check = database.run("restore", "--from", str(copy), "--check", check=False)
        if check.returncode != 2 or "tables/mark.jsonl" not in check.stderr:
            failures.append(f"{kind}: a changed backup passes: {check.stderr}")
    finally:
        for other in restored:
            other.drop()
        database.drop()


failures = []
for kind in ("sqlite", "postgres"):
    with tempfile.TemporaryDirectory() as folder:
        go(kind, folder, failures)
for failure in failures:
    print(failure)
sys.exit(1 if failures else 0)
