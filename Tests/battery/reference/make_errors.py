"""Errors put into facts on purpose."""
from fractions import Fraction as F


def inject(random, document, policy):
    """One to three errors; returns what was done."""
    done = []
    for _ in range(random.randint(1, 3)):
        action = random.choice(ACTIONS)
        year = random.choice([entry for entry in document["years"] if entry["groups"]])
        note = action(random, document, year, random.choice(year["groups"]), policy)
        if note:
            done.append(note)
    if not done:
        done.append(unknown_item(random, document, year, random.choice(year["groups"]), policy))
    return done


def unknown_item(random, document, year, group, policy):
    group.setdefault("facts", {})["no-such-item"] = {"group": {"done": F(1)}}
    return "unknown item"


def unknown_bonus(random, document, year, group, policy):
    group.setdefault("bonus", {})["no-such-bonus"] = {"group": {}}
    return "unknown bonus item"


def unknown_veto(random, document, year, group, policy):
    group["vetoes"] = ["no-such-veto"]
    return "unknown veto"


def unknown_form(random, document, year, group, policy):
    group["form"] = "no-such-form"
    return "unknown form" if policy.forms else None


def group_twice(random, document, year, group, policy):
    year["groups"].append(dict(group))
    return "a group twice"


def year_twice(random, document, year, group, policy):
    document["years"].append({"year": year["year"], "groups": []})
    return "a year twice"


def two_leads(random, document, year, group, policy):
    group["schools"] = group["schools"] + [{"id": "second-lead", "role": "lead"}]
    return "two leads"


def bad_formed(random, document, year, group, policy):
    group["formed"] = "2021-02-30"
    return "formed is not a day"


def negative_pupils(random, document, year, group, policy):
    group["schools"] = [dict(school, pupils=F(-1)) for school in group["schools"]]
    return "negative pupils"


def places(group, policy):
    """(block, input, kind) of facts that are there, for items without applies."""
    for item in policy.items:
        for block in ((group.get("facts") or {}).get(item.id) or {}).values():
            if item.applies == ("value", True):
                for name, kind in item.rule.inputs().items():
                    if block and block.get(name) is not None:
                        yield block, name, kind


def wrong_type(random, document, year, group, policy):
    found = list(places(group, policy))
    if not found:
        return None
    block, name, kind = random.choice(found)
    if type(kind).__name__ == "Scalar":
        return None
    block[name] = {"Number": "12", "Boolean": "true", "Text": F(3)}.get(type(kind).__name__, True)
    return f"wrong type of {name}"


def out_of_range(random, document, year, group, policy):
    found = [each for each in places(group, policy)
             if getattr(each[2], "low", None) is not None or getattr(each[2], "positive", False)]
    if not found:
        return None
    block, name, kind = random.choice(found)
    block[name] = random.choice([F(-1), F(101)]) if kind.low is not None and kind.high is not None else F(-1)
    return f"out of range: {name}"


def unknown_choice(random, document, year, group, policy):
    found = [each for each in places(group, policy) if type(each[2]).__name__ in ("Ids", "Awards", "Counts")
             or getattr(each[2], "among", None)]
    if not found:
        return None
    block, name, kind = random.choice(found)
    block[name] = {"Ids": ["no-such-entry"], "Counts": {"no-such-level": F(1)}, "Text": "no-such-level",
                   "Awards": [{"level": "no-such-level", "kind": "media"}]}[type(kind).__name__]
    return f"unknown id or level in {name}"


def unasked_input(random, document, year, group, policy):
    found = list(places(group, policy))
    if not found:
        return None
    random.choice(found)[0]["no-such-input"] = F(1)
    return "an input nobody asks for"


def unknown_school(random, document, year, group, policy):
    items = [item for item in policy.items if item.applies == ("value", True)
             and (group.get("facts") or {}).get(item.id)]
    if not items:
        return None
    group["facts"][random.choice(items).id]["no-such-school"] = {}
    return "facts of an unknown school"


ACTIONS = [unknown_item, unknown_bonus, unknown_veto, unknown_form, group_twice, year_twice, two_leads, bad_formed,
           negative_pupils, wrong_type, out_of_range, unknown_choice, unasked_input, unknown_school]
