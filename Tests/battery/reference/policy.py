"""The parts of a policy that scoring needs, compiled."""
from dataclasses import dataclass, field
from fractions import Fraction
import re

import expressions as ex
from exact import NotRunnable, PolicyError
from rules import bound
from rules_more import make
from yamltext import decide, load_policy


@dataclass
class Item:
    id: str
    points: Fraction
    of: str
    across: str
    applies: tuple
    rule: object
    bonus: bool
    above: tuple = ()        # the indicators it stands under, the top one first

    def uses_months(self):
        return self.rule.uses_months() or self.months_in_applies()

    def months_in_applies(self):
        return "months_since_formed" in ex.names_in(self.applies)


@dataclass
class Consequence:
    id: str
    when: tuple
    select: dict | None
    among: tuple
    order: list
    once: bool


@dataclass
class Policy:
    id: str
    places: int
    mode: str
    forms: list
    total: Fraction
    cap: Fraction | None
    rescale: bool
    items: list
    indicators: dict         # id to depth, 1 at the top
    bonus_items: list
    bonus_cap: Fraction | None
    vetoes: dict
    by: str
    grades: list             # (name, from, when)
    within: str
    order: list
    change: str
    starts: tuple            # month, day
    eligible: tuple
    consequences: list = field(default_factory=list)

    def item(self, id_):
        return next((item for item in self.items if item.id == id_), None)

    def bonus_item(self, id_):
        return next((item for item in self.bonus_items if item.id == id_), None)

    def grade_rank(self, name):
        """0 for the best grade."""
        return [grade for grade, _, _ in self.grades].index(name)


def read(path):
    raw = decide(load_policy(path))
    scheme, grading, bonus = raw.get("scheme") or {}, raw.get("grading") or {}, raw.get("bonus") or {}
    rounding, rank = raw.get("rounding") or {}, grading.get("rank") or {}
    items, indicators = [], {}
    for indicator in scheme.get("indicators") or []:
        collect(indicator, (), items, indicators)
    month, day = map(int, (raw.get("year") or {}).get("starts", "09-01").split("-"))
    return Policy(
        id=raw["policy"], places=int(rounding.get("places", 2)), mode=rounding.get("mode", "half-up"),
        forms=[form["id"] for form in raw.get("forms") or []],
        total=scheme.get("total", Fraction(0)), cap=bound(scheme.get("cap")),
        rescale=scheme.get("rescale", False), items=items, indicators=indicators,
        bonus_items=[item_of(each, (), True) for each in bonus.get("items") or []],
        bonus_cap=bound(bonus.get("cap")),
        vetoes={veto["id"]: veto for veto in raw.get("vetoes") or []},
        by=grading.get("by", "total"),
        grades=[(grade["name"], grade["from"], ex.condition(grade.get("when", True)))
                for grade in grading.get("grades") or []],
        within=rank.get("within", "all"), change=rank.get("change", "raw"),
        order=order_of(rank.get("order") or ["total desc", "base desc"]),
        starts=(month, day), eligible=ex.condition(raw.get("eligible", True)),
        consequences=[consequence_of(each) for each in raw.get("consequences") or []])


def collect(indicator, above, items, indicators):
    if indicator.get("pending") is True:
        raise NotRunnable(f"indicator {indicator['id']} is pending: its items are not published")
    above = (*above, indicator["id"])
    indicators[indicator["id"]] = len(above)
    for key in indicator:
        for each in indicator[key] if key in ("indicators", "items") else ():
            if key == "indicators":
                collect(each, above, items, indicators)
            else:
                items.append(item_of(each, above, False))


def item_of(raw, above, bonus):
    try:
        return Item(raw["id"], raw["points"], raw.get("of", "group"), raw.get("across", "mean"),
                    ex.condition(raw.get("applies", True)),
                    make(raw["rule"], raw["points"], raw.get("inputs")), bonus, above)
    except (PolicyError, KeyError, TypeError) as error:
        raise PolicyError(f"item {raw.get('id')}: {error!r}") from error


def order_of(keys):
    """(name, is descending) for each key; ascending where no direction is given."""
    result = []
    for key in keys:
        match = re.fullmatch(r"(\S+)(?:\s+(asc|desc))?", key.strip())
        if not match:
            raise PolicyError(f"order key {key!r} cannot be read")
        result.append((match[1], match[2] == "desc"))
    return result


def consequence_of(raw):
    select = raw.get("select")
    return Consequence(raw["id"], ex.condition(raw.get("when", True)), select,
                       ex.condition((select or {}).get("among", True)),
                       order_of((select or {}).get("order") or ["total desc", "base desc"]),
                       raw.get("once") == "group")
