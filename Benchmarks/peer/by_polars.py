"""The job in polars. Forms: `wide` (a column for each item and reviewer), `long` (a row for each group and item)."""
import sys

import polars as pl

from job import Job, measure

job = Job()
form = sys.argv[1]


def score_of(names, points):
    return (pl.mean_horizontal(names) * points + 0.5).floor() / 100


def grade():
    total = pl.col("total")
    best, *others = job.bounds[:-1]
    chain = pl.when(total >= best).then(0)
    for position, bound in enumerate(others, 1):
        chain = chain.when(total >= bound).then(position)
    return chain.otherwise(len(job.bounds) - 1)


def outcome(totals):
    frame = totals.with_columns(grade=grade(), rank=pl.col("total").rank("min", descending=True)).collect()
    return frame["total"], frame["grade"], frame["rank"]


if form == "wide":
    frame = pl.DataFrame(job.wide())
    scores = [
        score_of([job.mark(item, reviewer) for reviewer in range(job.reviewers)], job.points[item])
        for item in range(job.items)
    ]

    def score():
        return outcome(frame.lazy().select(total=pl.sum_horizontal(scores).round(2)))
else:
    frame = pl.DataFrame(job.long())
    names = [f"r{reviewer}" for reviewer in range(job.reviewers)]

    def score():
        scores = frame.lazy().select("grp", score=score_of(names, pl.col("points")))
        return outcome(scores.group_by("grp").agg(total=pl.col("score").sum().round(2)).sort("grp"))

measure(f"polars-{form}", score, threads=pl.thread_pool_size())
