"""Runs the product and the reference on the same policies and facts and reports every difference.

    python3 compare.py --junheng BINARY --seeds 1..200 [--policy DIR …] [--groups N] [--keep DIR]

Without --policy each seed makes its own policy; with it, each seed makes facts for every policy given.
Each seed also makes facts with errors, which both sides must refuse with exit code 2.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

import facts as facts_file
import generate
import make_policy
import policy as policy_file
import reference
from exact import FactError, NotRunnable, PolicyError

SETS = ("unscored", "incomplete", "vetoes", "consequences", "pending")
FIELDS = ("eligible", "base", "bonus", "total", "grade", "rank", "rankChange")


def differences(ours, theirs):
    """Every difference of two results, one a line."""
    if ours.get("policy") != theirs.get("policy"):
        yield f"policy: reference {ours.get('policy')!r}, junheng {theirs.get('policy')!r}"
    keys = [[(each.get("year"), each.get("group")) for each in side.get("results", [])] for side in (ours, theirs)]
    if keys[0] != keys[1]:
        yield f"order of results: reference {keys[0]}, junheng {keys[1]}"
    found = {(each.get("year"), each.get("group")): each for each in theirs.get("results", [])}
    for mine in ours["results"]:
        place, other = f"{mine['year']} {mine['group']}", found.get((mine["year"], mine["group"]))
        if other is None:
            continue
        for name in FIELDS:
            if name not in other or mine[name] != other[name]:
                yield f"{place} {name}: reference {mine[name]!r}, junheng {other.get(name, 'nothing')!r}"
        for name in SETS:
            a, b = set(mine[name]), set(other.get(name, []))
            if a != b or len(b) != len(other.get(name, [])):
                yield f"{place} {name}: only reference {sorted(a - b)}, only junheng {sorted(b - a)}"
        yield from item_differences(place, mine["items"], other.get("items", []))


def item_differences(place, mine, other):
    ids = [[item.get("id") for item in side] for side in (mine, other)]
    if ids[0] != ids[1]:
        yield f"{place} items: reference {ids[0]}, junheng {ids[1]}"
        return
    for a, b in zip(mine, other):
        for name in ("points", "score"):
            if a[name] != b.get(name):
                yield f"{place} item {a['id']} {name}: reference {a[name]!r}, junheng {b.get(name)!r}"


def run_reference(policy, facts):
    try:
        return reference.score(policy_file.read(policy), facts_file.load(facts)), ""
    except (FactError, PolicyError) as error:
        return None, str(error)


def run_junheng(binary, *arguments):
    done = subprocess.run([*binary, *arguments], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def compare(binary, policy, facts):
    """The differences of one case."""
    ours, complaint = run_reference(policy, facts)
    code, output, errors = run_junheng(binary, "score", "--policy", policy, "--facts", facts, "--format", "json")
    if ours is None:
        return [] if code == 2 else [f"reference refuses ({complaint.splitlines()[0]}), junheng exits {code}"]
    if code != 0:
        return [f"junheng exits {code}: {errors.strip()[:1500]}"]
    try:
        return list(differences(ours, json.loads(output)))
    except ValueError as error:
        return [f"junheng's output is no JSON: {error}"]


def cases(options, folder):
    """(name, policy, facts, should be refused), with the files written."""
    for seed in options.seeds:
        policies = options.policy or [os.path.join(folder, f"policy-{seed}")]
        if not options.policy:
            make_policy.write(random.Random(f"policy {seed}"), seed, policies[0])
            yield f"seed {seed} check", policies[0], None, False
            if seed % 5 == 0:
                yield from refusals(seed, folder)
        for path in policies:
            name = f"seed {seed} {os.path.basename(path.rstrip('/'))}"
            try:
                policy = policy_file.read(path)
            except NotRunnable as error:
                yield f"{name} ({error})", path, nothing(folder), True
                continue
            for errors in (False, True):
                facts = os.path.join(folder, f"{os.path.basename(path.rstrip('/'))}-{seed}-{errors}.json")
                document, notes = generate.facts(policy, seed, options.groups, None, errors)
                generate.write_facts(document, facts)
                yield name + (f" errors ({', '.join(notes)})" if errors else ""), path, facts, errors


def nothing(folder):
    path = os.path.join(folder, "nothing.json")
    generate.write_facts({"years": []}, path)
    return path


def refusals(seed, folder):
    """Policies that can be checked and not run."""
    for how in ("undecided", "pending"):
        path = os.path.join(folder, f"policy-{seed}-{how}")
        make_policy.write(random.Random(f"policy {seed}"), seed, path, how)
        yield f"seed {seed} {how} check", path, None, False
        yield f"seed {seed} {how} score", path, nothing(folder), True


def seeds(text):
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--junheng", required=True, nargs="+", help="the binary, or a command")
    parser.add_argument("--seeds", type=seeds, default=seeds("1..50"))
    parser.add_argument("--policy", nargs="*", default=[])
    parser.add_argument("--groups", type=int, default=12)
    parser.add_argument("--keep", help="write the files here and leave them")
    parser.add_argument("--most", type=int, default=20, help="differences shown per case")
    options = parser.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = options.keep or folder
        os.makedirs(folder, exist_ok=True)
        for name, policy, facts, refused in cases(options, folder):
            if facts is None:
                code, output, errors = run_junheng(options.junheng, "policy", "check", policy)
                found = [] if code == 0 else [f"policy check exits {code}"] + (output + errors).strip().splitlines()
            else:
                found = compare(options.junheng, policy, facts)
                if refused and run_reference(policy, facts)[0] is not None:
                    found.append("the reference accepts what it must refuse")
            passed, failed = passed + (not found), failed + bool(found)
            if found:
                print(f"{name}: {len(found)} difference(s)", *found[:options.most], sep="\n  ")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
