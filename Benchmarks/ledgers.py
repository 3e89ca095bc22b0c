#!/usr/bin/env python3
"""All metrics of a city: every input of every group, from the year's records, on both engines.

    ledgers.py [--bin .build/release] [--groups 50] [--engine sqlite|postgres] [--out FILE]

The time is that of the whole program, `junheng ledgers metrics` from its start to the last line of its file; the best of
five counts.
"""

import argparse
import csv
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Tests" / "battery"))
from serving import Database  # noqa: E402

# Milliseconds, of 50 groups with some 200 schools.
METRICS = 1000
ENGINES = ["sqlite", "postgres"]


def measure(engine, database, folder, year):
    out = pathlib.Path(folder) / f"{engine}.csv"
    times = []
    for _ in range(5):
        start = time.monotonic()
        database.run("ledgers", "metrics", str(out), "--authority", "610900", "--year", str(year))
        times.append((time.monotonic() - start) * 1000)
    with open(out, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    counts = [database.query(f"SELECT count(*) FROM {table}")[0][0] for table in ("school_group", "school")]
    records = database.query("SELECT count(*) FROM ledger_record")[0][0]
    groups = {row[1] for row in rows}
    if len(groups) != int(counts[0]):
        raise SystemExit(f"{engine}: figures of {len(groups)} groups of {counts[0]}")
    known = sum(1 for row in rows if row[6])
    print(f"{engine:9} {counts[0]} groups, {counts[1]} schools, {records} records: {len(rows)} figures, {known} of them "
          f"known, {min(times):.0f} ms (all {', '.join(f'{each:.0f}' for each in times)})", flush=True)
    return {"engine": engine, "milliseconds": min(times), "groups": int(counts[0]), "figures": len(rows)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=HERE.parent / ".build" / "release")
    parser.add_argument("--groups", type=int, default=50)
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("--out", type=pathlib.Path, help="where the figures are written as JSON")
    arguments = parser.parse_args()
    engines = [arguments.engine] if arguments.engine else ENGINES
    today = datetime.date.today()
    results = []
    with tempfile.TemporaryDirectory() as folder:
        city = Database(arguments.bin / "junheng", folder)
        city.run("database", "fill", "--groups", str(arguments.groups), "--years", "1", "--no-passwords",
                 "--evidence", f"{folder}/evidence", "--accounts", folder)
        # The year of which there are records.
        year = max(int(row[0]) for row in city.query(
            "SELECT CAST(substr(first_day, 1, 4) AS INTEGER) + "
            "CASE WHEN substr(first_day, 6, 2) >= '09' THEN 1 ELSE 0 END AS year FROM ledger_record "
            f"WHERE first_day <= '{today}' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"))
        if "sqlite" in engines:
            results.append(measure("sqlite", city, folder, year))
        if "postgres" in engines:
            script = HERE.parent / "tools" / "postgres.sh"
            server, address = subprocess.run(
                [script, "start"], check=True, capture_output=True, text=True).stdout.split()
            try:
                city.run("backup", "--to", f"{folder}/copy", "--evidence", f"{folder}/evidence")
                other = Database(arguments.bin / "junheng", folder, address)
                other.run("restore", "--from", f"{folder}/copy", "--evidence", f"{folder}/evidence")
                other.change("ANALYZE")
                results.append(measure("postgres", other, folder, year))
                other.drop()
            finally:
                subprocess.run([script, "stop", server])
    if arguments.out:
        arguments.out.write_text(json.dumps(results), encoding="utf-8")


if __name__ == "__main__":
    main()
