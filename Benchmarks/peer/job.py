"""What every peer shares: the marks, the clock, the memory, and where the results go."""
import gc
import json
import os
import sys
import time
from pathlib import Path

import numpy as np

FOLDER = Path(os.environ.get("BENCH_FOLDER", ".build/bench"))
RUNS = 5


class Job:
    """The marks as the benchmark wrote them, with the policy's points (in points) and lower bounds of the grades."""

    def __init__(self):
        self.given = json.loads((FOLDER / "ours.json").read_text())
        self.groups, self.items, self.reviewers = (self.given[k] for k in ("groups", "items", "reviewers"))
        self.points = np.array(self.given["points"]) / 100
        self.bounds = [bound / 100 for bound in self.given["bounds"]]

    def whole(self):
        """Hundredths of a percent: item × reviewer × group."""
        return np.fromfile(FOLDER / "marks.i16", "<i2").reshape(self.items, self.reviewers, self.groups)

    def percent(self):
        """Percent as float64, in the same order."""
        return self.whole() / 100.0

    def mark(self, item, reviewer):
        return f"i{item}r{reviewer}"

    def wide(self):
        """A column for each item and reviewer, a row for each group."""
        marks = self.percent()
        return {
            self.mark(item, reviewer): marks[item, reviewer]
            for item in range(self.items) for reviewer in range(self.reviewers)
        }

    def long(self):
        """A row for each group and item, a column for each reviewer."""
        marks = self.percent()
        columns = {
            "grp": np.repeat(np.arange(self.groups, dtype=np.int32), self.items),
            "points": np.tile(self.points, self.groups),
        }
        for reviewer in range(self.reviewers):
            columns[f"r{reviewer}"] = np.ascontiguousarray(marks[:, reviewer, :].T).ravel()
        return columns


def measure(name, score, threads=1):
    """Times score(), which gives totals, grades (0 the best) and ranks, and writes down what it found."""
    gc.collect()
    try:
        Path("/proc/self/clear_refs").write_text("5")  # what loading took is not the job's
    except OSError:
        pass
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        found = score()
        seconds.append(time.perf_counter() - start)
    status = Path("/proc/self/status").read_text().splitlines()
    peak = int(next(line for line in status if line.startswith("VmHWM")).split()[1]) << 10
    totals, grades, ranks = (np.asarray(column) for column in found)
    np.save(FOLDER / f"{name}.npy", np.stack([np.rint(totals * 100), grades, ranks]).astype(np.int64))
    seconds.sort()
    json.dump(
        {"name": name, "seconds": seconds[0], "median": seconds[RUNS // 2], "memory": peak, "threads": threads},
        sys.stdout)
