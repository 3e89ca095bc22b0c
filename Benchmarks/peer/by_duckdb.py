"""The job in DuckDB. Forms: `wide` (a column for each item and reviewer), `long` (a row for each group and item)."""
import sys

import duckdb
import numpy as np
import pyarrow as pa

from job import Job, measure

job = Job()
form = sys.argv[1]
connection = duckdb.connect()


def mean(names):
    return f"({' + '.join(names)}) / {job.reviewers}"


if form == "wide":
    given = pa.table({"grp": np.arange(job.groups, dtype=np.int32), **job.wide()})
    scores = [
        f"floor({mean([job.mark(item, reviewer) for reviewer in range(job.reviewers)])} * {job.points[item]} + 0.5) / 100"
        for item in range(job.items)
    ]
    total, grouping = " + ".join(scores), ""
else:
    given = pa.table(job.long())
    names = [f"r{reviewer}" for reviewer in range(job.reviewers)]
    total, grouping = f"sum(floor({mean(names)} * points + 0.5) / 100)", "GROUP BY grp"

connection.execute("CREATE TABLE marks AS SELECT * FROM given")
del given
cases = " ".join(f"WHEN total >= {bound} THEN {position}" for position, bound in enumerate(job.bounds[:-1]))
query = f"""
    WITH totals AS (SELECT grp, round({total}, 2) AS total FROM marks {grouping})
    SELECT total, CASE {cases} ELSE {len(job.bounds) - 1} END AS grade, rank() OVER (ORDER BY total DESC) AS place
    FROM totals ORDER BY grp"""


def score():
    found = connection.execute(query).fetchnumpy()
    return found["total"], found["grade"], found["place"]


measure(f"duckdb-{form}", score, threads=int(connection.execute("SELECT current_setting('threads')").fetchone()[0]))
