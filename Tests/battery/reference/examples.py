"""Runs a policy's worked examples through the reference: `python3 examples.py POLICY_DIR …`.

Item examples are read in a group of the year YEAR (the contract names none).
"""
import glob
import os
import sys

import facts as facts_file
import policy as policy_file
import reference
from exact import FactError, NotRunnable, PolicyError
from scoring import given, score_item
from yamltext import load

YEAR = 2022


def merged(sheets, raw):
    """A group with the sheet it is like, facts overridden item by item."""
    base = sheets[raw["like"]] if "like" in raw else {}
    result = {**base, **{key: each for key, each in raw.items() if key != "like"}}
    for key in ("facts", "bonus"):
        result[key] = {**(base.get(key) or {}), **(raw.get(key) or {})}
    return result


def item_problem(policy, sheets, example):
    item = policy.item(example["item"]) or policy.bonus_item(example["item"])
    if item is None:
        return f"no item {example['item']}"
    key = "bonus" if item.bonus else "facts"
    raw = merged(sheets, {"id": "example", "like": example["like"], key: {item.id: example.get("facts")}})
    errors = []
    group = facts_file.group_of(policy, raw, YEAR, errors)
    if errors:
        return "; ".join(errors)
    value = given(group, item, "group").get("value")
    score, missing = score_item(policy, item, group, [value] if value is not None else [])
    wanted = example.get("unscored", example.get("incomplete", []))
    if "score" in example and (missing or score != example["score"]):
        return f"score {float(score) if score is not None else None} (missing {missing}), not {float(example['score'])}"
    return f"missing {missing}, not {wanted}" if "score" not in example and set(missing) != set(wanted) else None


def year_problems(policy, sheets, example):
    years = [{"year": entry["year"], "groups": [merged(sheets, group) for group in entry["groups"]]}
             for entry in example["facts"]["years"]]
    results = {(r["year"], r["group"]): r for r in reference.score(policy, {"years": years})["results"]}
    for expected in example["expect"]:
        result = results[int(expected["year"]), expected["group"]]
        for key, wanted in expected.items():
            got = result.get(key)
            same = sorted(got) == sorted(wanted) if isinstance(wanted, list) and key != "items" else got == wanted
            if not same:
                yield f"{expected['year']} {expected['group']} {key}: {got!r}, not {wanted!r}"


def run(folder):
    failed = count = 0
    try:
        policy = policy_file.read(folder)
    except PolicyError as error:
        print(f"{folder}: not run: {error}")
        return int(not isinstance(error, NotRunnable))
    files = {path: load(path) for path in sorted(glob.glob(os.path.join(folder, "examples", "*.yaml")))}
    sheets = {name: sheet for document in files.values() for name, sheet in (document.get("sheets") or {}).items()}
    for path, document in files.items():
        for example in (document.get("items") or []) + (document.get("years") or []):
            count += 1
            try:
                problems = [item_problem(policy, sheets, example)] if "item" in example else \
                    list(year_problems(policy, sheets, example))
            except (FactError, PolicyError, KeyError) as error:
                problems = [repr(error)]
            for problem in filter(None, problems):
                failed += 1
                print(f"{os.path.relpath(path, folder)}: {example['title']}: {problem}")
    print(f"{folder}: {count} examples, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(1 if sum(run(folder) for folder in sys.argv[1:]) else 0)
