"""The job in Python's whole numbers, item by item: the reference that the others are held against."""
import numpy as np

CHUNK = 2_000


def exact(job):
    """Totals in hundredths, grades (0 the best) and competition ranks."""
    marks, points = job.whole(), job.given["points"]
    divisor = job.reviewers * 10_000  # five marks in hundredths of a percent
    totals = []
    for start in range(0, job.groups, CHUNK):
        sums = [0] * min(CHUNK, job.groups - start)
        for item, worth in zip(marks[:, :, start:start + CHUNK], points):
            for place, given in enumerate(zip(*item.tolist())):
                sums[place] += (2 * worth * sum(given) + divisor) // (2 * divisor)  # half up
        totals += sums
    bounds = job.given["bounds"]
    grades = [next(place for place, bound in enumerate(bounds) if total >= bound) for total in totals]
    first = {}
    for place, total in enumerate(sorted(totals, reverse=True), 1):
        first.setdefault(total, place)
    return np.array([totals, grades, [first[total] for total in totals]])
