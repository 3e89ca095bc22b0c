"""The rule kinds made of expressions, parts and places, and the table of all kinds."""
from fractions import Fraction

import expressions as ex
import rules
from exact import FactError, PolicyError
from inputs import Block, Number
from rules import Rule, bound


class Adjusting(Rule):
    """A rule with a list of amounts: each a number of times, or when a condition holds."""
    list_key, amount_key = "deductions", "lose"

    def prepare(self):
        self.entries = [(entry, self.compiled(entry["each"]) if "each" in entry
                         else self.compiled(entry["when"], True))
                        for entry in self.raw.get(self.list_key) or []]
        self.zero = self.compiled(self.raw["zeroWhen"], True) if "zeroWhen" in self.raw else None

    def amounts(self, facts, names):
        env, result = self.env(facts, names), Fraction(0)
        for entry, tree in self.entries:
            if "each" in entry:
                times = ex.number(ex.evaluate(tree, env))
                if times is None:
                    raise FactError(f"{entry['id']}: each has no value")
                if times < 0:
                    raise FactError(f"{entry['id']}: each is negative")
                amount, cap = entry[self.amount_key] * times, bound(entry.get("cap"))
                result += amount if cap is None else min(cap, amount)
            elif ex.holds(tree, env):
                result += entry[self.amount_key]
        return result

    def is_zero(self, facts, names):
        return self.zero is not None and ex.holds(self.zero, self.env(facts, names))


class Deduct(Adjusting):
    poolable = True

    def exact(self, facts, names, peers):
        lost = self.amounts(facts, names)
        return Fraction(0) if self.is_zero(facts, names) else self.points - lost


class Earn(Adjusting):
    poolable = True
    list_key, amount_key = "gains", "gain"

    def exact(self, facts, names, peers):
        return self.amounts(facts, names)


class Formula(Rule):
    def prepare(self):
        self.formula = self.compiled(self.raw["formula"])

    def exact(self, facts, names, peers):
        value = ex.number(ex.evaluate(self.formula, self.env(facts, names)))
        if value is None:
            raise FactError("the formula has no value")
        return value


class Placed(Rule):
    def fixed_inputs(self):
        return {"value": Number()}

    def exact(self, facts, names, peers):
        """`peers`: the values of the year's eligible groups that have one, this group's included."""
        sign = -1 if self.raw.get("better", "higher") == "lower" else 1
        full, own = bound(self.raw.get("fullFrom")), sign * facts["value"]
        if full is not None and own >= sign * full:
            return self.points
        ahead = sum(1 for value in peers if sign * value > own
                    and (full is None or sign * value < sign * full))
        places = self.raw["places"]
        return places[ahead] if ahead < len(places) else Fraction(0)


class Parts(Adjusting):
    def prepare(self):
        super().prepare()
        raw_parts = self.raw["parts"]
        given = [part["points"] for part in raw_parts if "points" in part]
        if given and (len(given) != len(raw_parts) or sum(given) != self.points):
            raise PolicyError("points of parts must all be given and sum to the item's, or none")
        self.parts = []
        for part in raw_parts:
            prefix = part["id"] + "."
            declared = {name[len(prefix):]: each for name, each in self.declared.items()
                        if name.startswith(prefix)} | (part.get("inputs") or {})
            points = part.get("points", self.points / len(raw_parts))
            self.parts.append((part["id"], make(part["rule"], points, declared)))

    def fixed_inputs(self):
        return {part: Block(rule.inputs()) for part, rule in self.parts}

    def own_inputs(self):
        blocks = {part for part, _ in self.parts}
        return [name for name in self.inputs() if name not in blocks]

    def missing(self, facts, names):
        result = [f"{part}.{name}" for part, rule in self.parts
                  for name in rule.missing(facts.get(part) or {}, names)]
        return result + [name for name in self.own_inputs() if facts.get(name) is None]

    def env(self, facts, names):
        own = {name: facts.get(name) for name in self.own_inputs()}
        return ex.Env({**own, **names, "points": self.points})

    def uses_months(self):
        return super().uses_months() or any(rule.uses_months() for _, rule in self.parts)

    def exact(self, facts, names, peers):
        scores = [rule.score(facts.get(part) or {}, names) for part, rule in self.parts]
        lost = self.amounts(facts, names)
        return Fraction(0) if self.is_zero(facts, names) else sum(scores) - lost


KINDS = {"judged": rules.Judged, "completion": rules.Completion, "checklist": rules.Checklist,
         "gate": rules.Gate, "shortfall": rules.Shortfall, "attainment": rules.Attainment,
         "levels": rules.Levels, "percentage": rules.Percentage, "bands": rules.Bands,
         "tiers": rules.Tiers, "deduct": Deduct, "earn": Earn, "parts": Parts, "placed": Placed,
         "formula": Formula}


def make(raw, points, declared=None):
    if raw.get("kind") not in KINDS:
        raise PolicyError(f"no rule kind {raw.get('kind')!r}")
    return KINDS[raw["kind"]](raw, points, declared)
