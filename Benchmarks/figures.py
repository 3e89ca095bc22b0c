#!/usr/bin/env python3
"""The last table of a run: what is to be reached, what was, from the figures in a folder."""

import json
import pathlib
import sys

from ledgers import METRICS
from pages import CONSTANT, LARGEST, SIZES
from registry import COVERAGE, IMPORT_BYTES, IMPORT_SECONDS


def rows(folder):
    scoring = folder / "scoring.json"
    if scoring.exists():
        seconds = json.loads(scoring.read_text(encoding="utf-8"))
        ours = seconds.pop("junheng")
        peer, best = min(seconds.items(), key=lambda each: each[1])
        yield "100 000 groups scored", "", f"{ours * 1e3:.1f} ms ({peer}: {best * 1e3:.1f} ms)", True
    pages = folder / "pages.json"
    if pages.exists():
        for run in json.loads(pages.read_text(encoding="utf-8")):
            wanted_median, wanted_p99 = SIZES[run["size"]][2:]
            kinds = {name: page for name, page in run["pages"].items() if name != CONSTANT}
            where = f"{run['size']}, {run['engine']}"

            def worst(key):
                return max((page[key], name) for name, page in kinds.items())

            median, p99, size = worst("medianMilliseconds"), worst("p99Milliseconds"), worst("compressedBytes")
            yield f"slowest page, median: {where}", f"< {wanted_median} ms", f"{median[0]:.1f} ms ({median[1]})", \
                median[0] < wanted_median
            yield f"slowest page, p99: {where}", f"< {wanted_p99} ms", f"{p99[0]:.1f} ms ({p99[1]})", p99[0] < wanted_p99
            yield f"largest page: {where}", f"< {LARGEST // 1000} KB", f"{size[0] / 1000:.1f} KB ({size[1]})", \
                size[0] < LARGEST
    saves = folder / "saves.json"
    if saves.exists():
        for run in json.loads(saves.read_text(encoding="utf-8")):
            yield f"marks saved, {run['engine']}", f"≥ {run['wanted']}/s", f"{run['perSecond']}/s", \
                run["perSecond"] >= run["wanted"]
            yield f"  share of a constant page's rate, {run['engine']}", "≥ 0.1", f"{run['share']:.2f}", \
                run["share"] >= 0.1
    registry = folder / "registry.json"
    if registry.exists():
        for run in json.loads(registry.read_text(encoding="utf-8")):
            yield f"country's registry imported, {run['engine']}", f"< {IMPORT_SECONDS} s", \
                f"{run['seconds']:.0f} s", run["seconds"] < IMPORT_SECONDS
            yield f"  its memory, {run['engine']}", f"< {IMPORT_BYTES // 1_000_000} MB", \
                f"{run['bytes'] / 1e6:.0f} MB", run["bytes"] < IMPORT_BYTES
            yield f"  coverage of the country, {run['engine']}", f"< {COVERAGE} ms", \
                f"{run['coverageMilliseconds']:.0f} ms", run["coverageMilliseconds"] < COVERAGE
    ledgers = folder / "ledgers.json"
    if ledgers.exists():
        for run in json.loads(ledgers.read_text(encoding="utf-8")):
            yield f"all metrics of {run['groups']} groups, {run['engine']}", f"< {METRICS} ms", \
                f"{run['milliseconds']:.0f} ms ({run['figures']} figures)", run["milliseconds"] < METRICS


def main():
    print(f"\n{'':48}{'wanted':>12}  measured")
    for what, wanted, measured, reached in rows(pathlib.Path(sys.argv[1])):
        print(f"{what:48}{wanted:>12}  {measured:32}{'' if reached else 'NOT REACHED'}")


if __name__ == "__main__":
    main()
