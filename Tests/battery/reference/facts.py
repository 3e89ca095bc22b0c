"""The facts file: reading, the names of a group, and every error in it at once."""
from dataclasses import dataclass, field
from fractions import Fraction
import calendar
import datetime
import json
import re

import expressions as ex
from exact import FactError
from inputs import Block


@dataclass
class Group:
    id: str
    year: int
    form: str | None
    district: str | None
    schools: list
    facts: dict
    bonus: dict
    vetoes: list
    names: dict = field(default_factory=dict)

    def subjects(self, of):
        """The keys under which an item's facts stand."""
        if of == "group":
            return ["group"]
        roles = {"lead": ("lead",), "members": ("member",), "schools": ("lead", "member")}[of]
        return [school["id"] for school in self.schools if school["role"] in roles]

    def pupils(self, school):
        return next(each.get("pupils") for each in self.schools if each["id"] == school)


def load(path):
    def pairs(members):
        keys = [key for key, _ in members]
        if len(set(keys)) != len(keys):
            raise FactError("a key is given twice: " + ", ".join(k for k in set(keys) if keys.count(k) > 1))
        return dict(members)

    def refuse(text):
        raise FactError(f"{text} is not a number")

    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file, parse_float=Fraction, parse_int=Fraction, parse_constant=refuse,
                             object_pairs_hook=pairs)
    except (OSError, ValueError) as error:
        raise FactError(f"{path}: {error}") from error


def date(text):
    """A day written YYYY-MM-DD, or nothing."""
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def add_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_since(formed, year, starts):
    """Full months from `formed` through the last day of the school year that ends in `year`."""
    month, day = starts
    after = datetime.date(year + 1, 1, 1) if starts == (1, 1) else datetime.date(year, month, day)
    months = max(0, (after.year - formed.year) * 12 + after.month - formed.month + 1)
    while months > 0 and add_months(formed, months) > after:
        months -= 1
    return Fraction(months)


def groups_of(policy, document):
    """Year to its groups in order; raises one FactError with a line for every error."""
    errors, years = [], {}
    if not isinstance(document, dict) or not isinstance(document.get("years"), list):
        raise FactError("years: a list is wanted")
    errors += [f"{key}: not known" for key in document if key != "years"]
    for index, entry in enumerate(document["years"]):
        year = entry.get("year") if isinstance(entry, dict) else None
        if not isinstance(year, Fraction) or year.denominator != 1 or not isinstance(entry.get("groups"), list):
            errors.append(f"years[{index}]: year and groups are wanted")
            continue
        errors += [f"{year}: {key} is not known" for key in entry if key not in ("year", "groups")]
        if int(year) in years:
            errors.append(f"{year}: the year is given twice")
        here = years.setdefault(int(year), [])
        for raw in entry["groups"]:
            group = group_of(policy, raw, int(year), errors)
            if group and any(other.id == group.id for other in here):
                errors.append(f"{year} {group.id}: the group is given twice")
            elif group:
                here.append(group)
    if errors:
        raise FactError("\n".join(errors))
    return dict(sorted(years.items()))


def group_of(policy, raw, year, errors):
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str):
        errors.append(f"{year}: a group without an id")
        return None
    place, before = f"{year} {raw['id']}", len(errors)
    known = {"id", "name", "form", "district", "formed", "schools", "facts", "bonus", "vetoes"}
    errors += [f"{place}: {key} is not known" for key in raw if key not in known]
    for key in ("name", "form", "district", "formed"):
        if raw.get(key) is not None and not isinstance(raw[key], str):
            errors.append(f"{place} {key}: text is wanted")
    if policy.forms and raw.get("form") not in policy.forms:
        errors.append(f"{place} form: {raw.get('form')!r} is not known")
    formed = date(raw["formed"]) if isinstance(raw.get("formed"), str) else None
    if isinstance(raw.get("formed"), str) and formed is None:
        errors.append(f"{place} formed: not a day")
    schools = schools_of(raw, place, errors)
    maps = {key: raw.get(key) or {} for key in ("facts", "bonus")}
    vetoes = raw.get("vetoes") or []
    for key, value in maps.items():
        if not isinstance(value, dict):
            errors.append(f"{place} {key}: a map is wanted")
    if not isinstance(vetoes, list):
        errors.append(f"{place} vetoes: a list is wanted")
    if len(errors) > before:
        return None
    errors += [f"{place} vetoes: {veto!r} is not known" for veto in vetoes
               if not isinstance(veto, str) or veto not in policy.vetoes]
    group = Group(raw["id"], year, raw.get("form"), raw.get("district"), schools,
                  maps["facts"], maps["bonus"], [veto for at, veto in enumerate(vetoes) if veto not in vetoes[:at]])
    members = len(group.subjects("members"))
    group.names = {"form": group.form, "district": group.district, "members": Fraction(members),
                   "schools": Fraction(len(schools)),
                   "months_since_formed": months_since(formed, year, policy.starts) if formed else None}
    check_facts(policy, group, place, errors)
    return group


def schools_of(raw, place, errors):
    schools = raw.get("schools") or []
    if not isinstance(schools, list) or not all(isinstance(each, dict) for each in schools):
        errors.append(f"{place} schools: a list of schools is wanted")
        return []
    seen = set()
    for school in schools:
        here = f"{place} schools {school.get('id')!r}"
        errors += [f"{here}: {key} is not known" for key in school if key not in ("id", "name", "role", "pupils")]
        if not isinstance(school.get("id"), str) or school["id"] in seen:
            errors.append(f"{here}: ids are texts, each given once")
        else:
            seen.add(school["id"])
        if school.get("role") not in ("lead", "member"):
            errors.append(f"{here}: role is lead or member")
        pupils = school.get("pupils")
        if pupils is not None and (not isinstance(pupils, Fraction) or pupils < 0):
            errors.append(f"{here}: pupils is a count")
    if sum(each.get("role") == "lead" for each in schools) != 1:
        errors.append(f"{place} schools: exactly one lead is wanted")
    return schools


def check_facts(policy, group, place, errors):
    for key, find, entries in (("facts", policy.item, group.facts), ("bonus", policy.bonus_item, group.bonus)):
        for id_, subjects in entries.items():
            item, here = find(id_), f"{place} {key} {id_}"
            if item is None:
                errors.append(f"{here}: no such item")
            elif not applies(item, group) or subjects is None:
                continue
            elif not isinstance(subjects, dict):
                errors.append(f"{here}: a map is wanted")
            else:
                kinds = Block(item.rule.inputs())
                for subject, given in subjects.items():
                    if subject not in group.subjects(item.of):
                        errors.append(f"{here}/{subject}: nothing is asked of it")
                    elif given is not None:
                        errors += kinds.problems(given, f"{here}/{subject}")
                        errors += twice_told(item.rule, given, f"{here}/{subject}")


def twice_told(rule, given, place):
    """Awards and counts both given, in the item or in a part."""
    if rule.raw["kind"] == "tiers" and isinstance(given, dict) and "over" not in rule.raw \
            and given.get("awards") is not None and given.get("counts") is not None:
        yield f"{place}: awards or counts, not both"
    for part, inner in getattr(rule, "parts", []):
        if isinstance(given, dict) and given.get(part) is not None:
            yield from twice_told(inner, given[part], f"{place}.{part}")


def applies(item, group):
    """Whether the item applies; taken to apply where months are asked for and unknown."""
    if item.months_in_applies() and group.names["months_since_formed"] is None:
        return True
    return ex.holds(item.applies, ex.Env(group.names))
