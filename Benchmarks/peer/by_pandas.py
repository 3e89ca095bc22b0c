"""The job in pandas. Forms: `wide` (a column for each item and reviewer), `long` (a row for each group and item)."""
import sys

import numpy as np
import pandas as pd

from job import Job, measure

job = Job()
form = sys.argv[1]


def outcome(totals):
    edges = [-1, *reversed(job.bounds[:-1]), np.inf]
    grades = pd.cut(totals, edges, right=False, labels=range(len(job.bounds) - 1, -1, -1)).astype(int)
    return totals, grades, totals.rank(method="min", ascending=False)


if form == "wide":
    frame = pd.DataFrame(job.wide())
    columns = [[job.mark(item, reviewer) for reviewer in range(job.reviewers)] for item in range(job.items)]

    def score():
        scores = (
            np.floor(frame[names].mean(axis=1) * points + 0.5) / 100 for names, points in zip(columns, job.points))
        return outcome(sum(scores).round(2))
else:
    frame = pd.DataFrame(job.long())
    names = [f"r{reviewer}" for reviewer in range(job.reviewers)]

    def score():
        scores = np.floor(frame[names].mean(axis=1) * frame["points"] + 0.5) / 100
        return outcome(scores.groupby(frame["grp"]).sum().round(2))

measure(f"pandas-{form}", score)
