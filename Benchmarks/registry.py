#!/usr/bin/env python3
"""A country's registry: imported from a workbook on both engines, and its coverage as of a day.

    registry.py [--bin .build/release] [--schools 200000] [--groups 50000] [--engine sqlite|postgres] [--out FILE]

The import's time and memory are the program's own, from its start to its end; so is the coverage's, of which the best of
five counts.
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
# Seconds and bytes of the import; milliseconds of the coverage of all that is registered.
IMPORT_SECONDS, IMPORT_BYTES, COVERAGE = 60, 1_000_000_000, 200
ENGINES = ["sqlite", "postgres"]


def carried_out(*words):
    """The seconds a program took, and what it wrote."""
    start = time.monotonic()
    done = subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True)
    return time.monotonic() - start, done.stdout


def measure(engine, address, book, arguments):
    junheng = arguments.bin / "junheng"
    seconds, _ = carried_out(
        junheng, "registry", "import", book, "--accept", "--reason", "测量", "--database", address)
    # Of the children so far the greatest is this import: nothing else that was started takes as much.
    size = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    start = min(carried_out(junheng, "--version")[0] for _ in range(5)) * 1000
    times, table = [], ""
    for _ in range(5):
        taken, table = carried_out(junheng, "registry", "coverage", "--database", address)
        times.append(taken * 1000)
    total = table.strip().splitlines()[-1].split()
    if int(total[1]) != arguments.schools:
        raise SystemExit(f"{engine}: coverage counts {total[1]} schools of {arguments.schools}")
    print(f"{engine:9} import {seconds:6.1f} s, {size / 1e6:.0f} MB · coverage of {len(table.splitlines()) - 3} parts "
          f"{min(times):.0f} ms (all {', '.join(f'{each:.0f}' for each in times)}; the program's start alone "
          f"{start:.0f})", flush=True)
    return {"engine": engine, "seconds": seconds, "bytes": size, "coverageMilliseconds": min(times),
            "startMilliseconds": start}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=HERE.parent / ".build" / "release")
    parser.add_argument("--schools", type=int, default=200_000)
    parser.add_argument("--groups", type=int, default=50_000)
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("--out", type=pathlib.Path, help="where the figures are written as JSON")
    arguments = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as folder:
        book = pathlib.Path(folder) / "country.xlsx"
        carried_out(sys.executable, HERE / "registry_book.py", book,
                    "--schools", arguments.schools, "--groups", arguments.groups)
        for engine in [arguments.engine] if arguments.engine else ENGINES:
            if engine == "sqlite":
                results.append(measure(engine, f"sqlite:{folder}/country.db", book, arguments))
                continue
            script = HERE.parent / "tools" / "postgres.sh"
            server, address = subprocess.run(
                [script, "start"], check=True, capture_output=True, text=True).stdout.split()
            try:
                results.append(measure(engine, address, book, arguments))
            finally:
                subprocess.run([script, "stop", server])
    if arguments.out:
        arguments.out.write_text(json.dumps(results), encoding="utf-8")


if __name__ == "__main__":
    main()
