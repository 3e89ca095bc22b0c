"""The job in numpy. Forms: `items` (a row for each item and reviewer), `groups` (a row for each group), `whole` (whole
numbers instead of floats: exact, as we do it)."""
import sys

import numpy as np

from job import Job, measure

job = Job()
form = sys.argv[1]


def outcome(totals, bounds):
    grades = np.searchsorted(-np.array(bounds), -totals, side="left")
    ordered = np.sort(totals)
    return totals, grades, len(totals) - np.searchsorted(ordered, totals, side="right") + 1


if form == "items":
    marks = job.percent()

    def score():
        scores = np.floor(marks.mean(axis=1) * job.points[:, None] + 0.5) / 100
        return outcome(scores.sum(axis=0).round(2), job.bounds)
elif form == "groups":
    marks = np.ascontiguousarray(job.percent().transpose(2, 0, 1))

    def score():
        scores = np.floor(marks.mean(axis=2) * job.points + 0.5) / 100
        return outcome(scores.sum(axis=1).round(2), job.bounds)
else:
    marks = job.whole().astype(np.int32)
    points = np.array(job.given["points"], dtype=np.int32)[:, None]
    divisor = job.reviewers * 10_000

    def score():
        scores = (2 * marks.sum(axis=1, dtype=np.int32) * points + divisor) // (2 * divisor)
        totals, grades, ranks = outcome(scores.sum(axis=0), job.given["bounds"])
        return totals / 100, grades, ranks

measure(f"numpy-{form}", score)
