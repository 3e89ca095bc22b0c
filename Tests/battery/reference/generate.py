"""Random policies and facts, the same for the same seed.

    python3 generate.py policy --seed N --out DIR
    python3 generate.py facts --policy DIR --seed N --out F.json [--groups N] [--years N] [--errors]
"""
import argparse
import random
import sys

import make_errors
import make_facts
import make_policy
import policy as policy_file
from emit import json_text
from exact import PolicyError


def facts(policy, seed, groups=10, years=None, errors=False):
    """(document, notes on the errors put in)"""
    dice = random.Random(f"facts {seed}")
    document = make_facts.FactsMaker(dice, policy, groups, years).make()
    return document, make_errors.inject(dice, document, policy) if errors else []


def write_facts(document, path):
    with open(path, "w", encoding="utf-8") as file:
        file.write(json_text(document) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["policy", "facts"])
    parser.add_argument("--seed", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--policy")
    parser.add_argument("--groups", type=int, default=10)
    parser.add_argument("--years", type=int)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    if options.what == "policy":
        make_policy.write(random.Random(f"policy {options.seed}"), options.seed, options.out)
        return 0
    try:
        document, notes = facts(policy_file.read(options.policy), options.seed, options.groups, options.years,
                                options.errors)
    except PolicyError as error:
        print(error, file=sys.stderr)
        return 2
    write_facts(document, options.out)
    for note in notes:
        print(note, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
