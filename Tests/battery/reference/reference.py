"""Reference implementation of the policy format, for differential tests against `junheng score`.

    python3 reference.py score --policy DIR_OR_FILE --facts FACTS.json
"""
import argparse
import json
import sys

import facts as facts_file
import policy as policy_file
from exact import FactError, PolicyError, as_text
from outcomes import Outcomes
from scoring import sheets_of_year


def score(policy, document):
    """The result of the contract's command line, without explanations."""
    errors = []
    years = facts_file.groups_of(policy, document)
    sheets = {year: sheets_of_year(policy, groups, errors) for year, groups in years.items()}
    if errors:
        raise FactError("\n".join(errors))
    Outcomes(policy, sheets).run()
    return {"policy": policy.id,
            "results": [result(policy, sheet) for year in sheets for sheet in sheets[year]]}


def result(policy, sheet):
    def text(value):
        return None if value is None else as_text(value, policy.places)

    return {"year": sheet.group.year, "group": sheet.group.id, "eligible": sheet.eligible,
            "base": text(sheet.base), "bonus": text(sheet.bonus), "total": text(sheet.total),
            "grade": sheet.grade, "rank": sheet.rank, "rankChange": sheet.rank_change,
            "unscored": sheet.unscored, "incomplete": sheet.incomplete, "vetoes": sheet.group.vetoes,
            "items": [{"id": item.id, "points": text(item.points), "score": text(value)}
                      for item, value in sheet.scores],
            "consequences": sheet.consequences, "pending": sheet.pending}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["score"])
    parser.add_argument("--policy", required=True)
    parser.add_argument("--facts", required=True)
    options = parser.parse_args()
    try:
        policy = policy_file.read(options.policy)
        output = score(policy, facts_file.load(options.facts))
    except (PolicyError, FactError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(output, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
