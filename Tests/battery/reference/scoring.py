"""The sheet of one group: items, base, bonus, total, and what is missing."""
from dataclasses import dataclass, field
from fractions import Fraction

import expressions as ex
from exact import FactError, PolicyError, clamp, round_to
from facts import applies
from rules import pool


@dataclass(eq=False)
class Sheet:
    group: object
    eligible: bool
    scores: list = field(default_factory=list)        # (item, score or None), bonus items last
    unscored: list = field(default_factory=list)
    incomplete: list = field(default_factory=list)
    base: Fraction = Fraction(0)
    bonus: Fraction = Fraction(0)
    total: Fraction = Fraction(0)
    grade: str | None = None
    rank: int | None = None
    ranked: int | None = None
    last: bool = False
    rank_change: int | None = None
    consequences: list = field(default_factory=list)
    pending: list = field(default_factory=list)

    def fully_scored(self):
        return not self.unscored


def is_eligible(policy, group):
    if "months_since_formed" in ex.names_in(policy.eligible) and group.names["months_since_formed"] is None:
        return False
    return ex.holds(policy.eligible, ex.Env(group.names))


def sheets_of_year(policy, groups, errors):
    peers = {}
    for item in policy.items:
        if item.rule.raw["kind"] == "placed":
            peers[item.id] = [value for group in groups if is_eligible(policy, group)
                              and surely_applies(item, group)
                              and (value := given(group, item, "group").get("value")) is not None]
    return [sheet_of(policy, group, peers, errors) for group in groups]


def surely_applies(item, group):
    return applies(item, group) and not (item.months_in_applies() and group.names["months_since_formed"] is None)


def given(group, item, subject):
    """The facts of one subject for an item; nothing given is an empty map."""
    entries = (group.bonus if item.bonus else group.facts).get(item.id) or {}
    return entries.get(subject) or {}


def sheet_of(policy, group, peers, errors):
    sheet = Sheet(group, is_eligible(policy, group))
    for item in policy.items + policy.bonus_items:
        if not applies(item, group):
            continue
        try:
            score, missing = score_item(policy, item, group, peers.get(item.id))
        except (FactError, PolicyError) as error:
            errors.append(f"{group.year} {group.id} {item.id}: {error}")
            continue
        if item.bonus:
            sheet.incomplete += missing
            score = Fraction(0) if missing else score
        else:
            sheet.unscored += missing
        sheet.scores.append((item, None if missing and not item.bonus else score))
    add_up(policy, sheet)
    return sheet


def add_up(policy, sheet):
    base = sum((score or 0 for item, score in sheet.scores if not item.bonus), Fraction(0))
    if policy.rescale:
        points = sum((item.points for item, _ in sheet.scores if not item.bonus), Fraction(0))
        base = round_to(base * policy.total / points, policy.places, policy.mode) if points else Fraction(0)
    bonus = sum((score for item, score in sheet.scores if item.bonus), Fraction(0))
    sheet.base = base
    sheet.bonus = bonus if policy.bonus_cap is None else min(bonus, policy.bonus_cap)
    sheet.total = base + sheet.bonus
    if policy.cap is not None:
        sheet.total = min(sheet.total, policy.cap)


def score_item(policy, item, group, peers):
    """The rounded score and the missing facts; the score counts only when nothing is missing."""
    subjects, active = group.subjects(item.of), group.subjects(item.of)
    if item.bonus:
        entries = group.bonus.get(item.id) or {}
        active = [subject for subject in subjects if entries.get(subject) is not None]
        if not active:
            return Fraction(0), []
    missing = [] if subjects else [f"{item.id}/members"]
    if item.uses_months() and group.names["months_since_formed"] is None:
        missing.append(f"{item.id}/formed")
    for subject in active:
        missing += [f"{item.id}/{subject}/{name}"
                    for name in item.rule.missing(given(group, item, subject), group.names)]
    several = item.of in ("members", "schools")
    if several and item.across == "weighted":
        missing += [f"{item.id}/{subject}/pupils" for subject in subjects if group.pupils(subject) is None]
    if missing:
        return None, missing
    if several and item.across == "pooled":
        facts = pool(item.rule, [given(group, item, subject) for subject in active])
        score = item.rule.score(facts, group.names)
    else:
        scores = [item.rule.score(given(group, item, subject), group.names, peers)
                  if subject in active else Fraction(0) for subject in subjects]
        score = across(item, scores, group, subjects) if several else scores[0]
    return round_to(clamp(score, Fraction(0), item.points), policy.places, policy.mode), []


def across(item, scores, group, subjects):
    if item.across == "min":
        return min(scores)
    if item.across == "sum":
        return min(item.points, sum(scores))
    if item.across == "weighted":
        pupils = [group.pupils(subject) for subject in subjects]
        if sum(pupils) == 0:
            raise FactError("no pupils to weigh by")
        return sum(score * weight for score, weight in zip(scores, pupils)) / sum(pupils)
    return sum(scores) / Fraction(len(scores))


def percent_of(sheet, id_):
    """Rounded scores × 100 / applicable points, or nothing where nothing applies."""
    inside = [(item, score) for item, score in sheet.scores
              if not item.bonus and (item.id == id_ or id_ in item.above)]
    points = sum((item.points for item, _ in inside), Fraction(0))
    return sum((score or 0 for _, score in inside), Fraction(0)) * 100 / points if points else None


def lowest_percent(policy, sheet, depth):
    percents = [percent_of(sheet, id_) for id_, at in policy.indicators.items() if at == depth]
    return min((percent for percent in percents if percent is not None), default=None)
