#!/usr/bin/env python3
"""Marks saved a second over HTTP, durably, by 64 writers, beside a constant page of the same server; on both engines.

    saves.py [--bin .build/release] [--seconds 10] [--rounds 3] [--writers 64] [--engine sqlite|postgres] [--out FILE]

Each writer has a field of a sheet and a connection of its own, and sends the next change when the last is answered. The
server, its database and the load share the machine; of several rounds the best counts, since other programs only take.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "Tests", "api"))
from server import served  # noqa: E402

# What is to be reached: saves a second, and their share of the constant page's rate.
WANTED = {"sqlite": 5000, "postgres": 3000}
SHARE = 0.1


def fields(server, writers, groups):
    """A field for each writer, of those that take any number as text: token, path, item, field, version."""
    found = []
    for login in ["lead", *(f"lead{number}" for number in range(2, groups + 1))]:
        token = server.token(login, "cycles:read,sheets:read,marks:write")
        for cycle in server.call(token, "/api/v1/cycles")[2]["cycles"]:
            if cycle["confirmed"]:
                continue
            home = f"/api/v1/cycles/{cycle['authority']}/{cycle['id']}"
            for sheet in server.call(token, f"{home}/sheets?state=open&limit=200")[2]["sheets"]:
                link = f"/api/v1/sheets/{cycle['authority']}/{sheet['id']}"
                status, _, whole = server.call(token, link)
                # Sheets of stages to come are listed, but not shown yet.
                if status != 200 or whole["rights"]["marks"] != "all":
                    continue
                found += [(token, link + "/marks", item["item"], "remark", item["remarkVersion"])
                          for item in whole["items"]]
                found += [(token, link + "/marks", item["item"], field["field"], field["version"])
                          for item in whole["items"] for field in item["fields"]
                          if field["mayEnter"] and field["type"] in ("number", "text")]
    if len(found) < writers:
        raise SystemExit(f"only {len(found)} fields can be marked; {writers} writers need one each")
    # Spread over the sheets.
    step = len(found) // writers
    return found[::step][:writers]


def load(program, server, *more):
    port = server.url.rsplit(":", 1)[1]
    done = subprocess.run([program, "--port", port, *more], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return json.loads(done.stdout)


def measure(engine, database, arguments):
    junheng, program = str(arguments.bin / "junheng"), arguments.bin / "Load"
    times = ["--seconds", str(arguments.seconds), "--warming", str(arguments.warming)]
    rounds = []
    with served(junheng, database=database, groups=arguments.groups, log=arguments.log) as server:
        for _ in range(arguments.rounds):
            with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
                file.writelines("\t".join(map(str, field)) + "\n" for field in fields(server, arguments.writers, arguments.groups))
                file.flush()
                page = load(program, server, "--connections", str(arguments.writers), *times)
                saves = load(program, server, "--marks", file.name, *times)
            rounds.append((saves, page))
    saves, page = max(rounds, key=lambda round: round[0]["perSecond"])
    share = saves["perSecond"] / page["perSecond"]
    others = {status: count for each, _ in rounds for status, count in each["others"].items()}
    met = saves["perSecond"] >= WANTED[engine] and share >= SHARE and not others
    print(f"{engine:9} saves {saves['perSecond']:6}/s (median {saves['medianMilliseconds']:.1f} ms, "
          f"p99 {saves['p99Milliseconds']:.1f} ms, others {others or 0}; all rounds "
          f"{', '.join(str(each['perSecond']) for each, _ in rounds)}) · /healthz {page['perSecond']:6}/s · "
          f"ratio {share:.2f} · wanted {WANTED[engine]}/s and {SHARE}: {'reached' if met else 'not reached'}", flush=True)
    return {
        "engine": engine, "perSecond": saves["perSecond"], "share": share, "wanted": WANTED[engine],
        "rounds": [each["perSecond"] for each, _ in rounds], "reached": met}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=pathlib.Path(HERE).parent / ".build" / "release")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--warming", type=float, default=2)
    parser.add_argument("--writers", type=int, default=64)
    parser.add_argument("--groups", type=int, default=10)
    parser.add_argument("--engine", choices=list(WANTED))
    parser.add_argument("--log", default="info", help="what the server writes down while it is measured")
    parser.add_argument("--out", type=pathlib.Path, help="where the figures are written as JSON")
    arguments = parser.parse_args()
    results = []
    for engine in [arguments.engine] if arguments.engine else list(WANTED):
        if engine == "sqlite":
            results.append(measure(engine, None, arguments))
            continue
        script = os.path.join(HERE, "..", "tools", "postgres.sh")
        folder, address = subprocess.run(
            [script, "start"], check=True, capture_output=True, text=True).stdout.split()
        try:
            results.append(measure(engine, address, arguments))
        finally:
            subprocess.run([script, "stop", folder])
    if arguments.out:
        arguments.out.write_text(json.dumps(results), encoding="utf-8")


if __name__ == "__main__":
    main()
