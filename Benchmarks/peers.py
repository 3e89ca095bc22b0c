"""The same marks scored by numpy, pandas, polars and DuckDB, each in a process of its own, and one table of it all."""
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent / "peer"
sys.path.insert(0, str(HERE))

from exact import exact  # noqa: E402
from job import FOLDER, Job  # noqa: E402

FORMS = {
    "numpy": ["items", "groups", "whole"], "pandas": ["wide", "long"], "polars": ["wide", "long"],
    "duckdb": ["wide", "long"],
}


def run(peer, form):
    done = subprocess.run(
        [sys.executable, str(HERE / f"by_{peer}.py"), form], capture_output=True, text=True, timeout=120)
    if done.returncode:
        print(f"{peer} ({form}) failed:\n{done.stderr}", file=sys.stderr)
        return None
    return json.loads(done.stdout)


def describe(job, reference):
    """Says what the marks are like, so that nobody measures a trivial job unawares."""
    whole = job.whole()
    twice = 2 * whole.sum(axis=1, dtype=np.int64) * np.array(job.given["points"])[:, None]
    divisor = 2 * job.reviewers * 10_000
    halves = int((twice % divisor == divisor // 2).sum())
    totals, grades = reference[0], reference[1]
    print(
        f"\nmarks from {whole.min() / 100} to {whole.max() / 100}, {len(np.unique(whole))} different; "
        f"{len(np.unique(totals))} different totals from {totals.min() / 100} to {totals.max() / 100}; "
        f"groups by grade {np.bincount(grades, minlength=len(job.given['bounds'])).tolist()}; "
        f"{halves} of {job.groups * job.items} scores are exact halves before rounding")
    if len(np.unique(whole)) < 1_000 or len(np.unique(totals)) < 100 or halves == 0:
        sys.exit("these marks are too uniform to measure anything")


def ours(job):
    found = np.stack([np.fromfile(FOLDER / f"{name}.i32", "<i4") for name in ("totals", "grades", "ranks")])
    measured = {"name": "junheng", "threads": 1, **{key: job.given[key] for key in ("seconds", "median", "memory")}}
    return measured, found


def main():
    job = Job()
    marks = job.groups * job.items * job.reviewers
    reference = exact(job)
    describe(job, reference)
    mine, found = ours(job)
    rows = [(mine, found)]
    for peer, forms in FORMS.items():
        for measured in filter(None, (run(peer, form) for form in forms)):
            rows.append((measured, np.load(FOLDER / f"{measured['name']}.npy")))
    print(f"\n{job.groups} groups × {job.items} items × {job.reviewers} reviewers = {marks} marks")
    print("                          milliseconds   times   peak      bytes    groups told wrongly (of all)")
    print("             threads    least   median    ours     MB     a mark    total    grade     rank")
    for measured, results in rows:
        wrong = [int((column != right).sum()) for column, right in zip(results, reference)]
        print(
            f"{measured['name']:14}{measured['threads']:6}{measured['seconds'] * 1e3:9.1f}"
            f"{measured['median'] * 1e3:9.1f}{measured['seconds'] / mine['seconds']:8.2f}"
            f"{measured['memory'] / 1e6:8.0f}{measured['memory'] / marks:9.2f}"
            + "".join(f"{count:9}" for count in wrong))
    print("least and median of several runs from marks in memory to totals, grades and ranks; the reference is exact")
    figures = {measured["name"]: measured["seconds"] for measured, _ in rows}
    (FOLDER / "scoring.json").write_text(json.dumps(figures), encoding="utf-8")
    for row in rows[1:]:
        (FOLDER / f"{row[0]['name']}.npy").unlink()
    if (found != reference).any():
        sys.exit("our results differ from the exact reference")


main()
