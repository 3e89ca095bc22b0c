"""The rule kinds. A rule knows its inputs, names the missing ones, and scores given facts.

`facts` is the map of input names to values of one subject (a school or the group); `names` are
the group's own (form, district, …). Scores are exact; clamping to 0…points is done here.
"""
from fractions import Fraction

import expressions as ex
from exact import FactError, clamp, steps
from inputs import COUNT, PERCENT, POSITIVE, Awards, Boolean, Counts, Ids, Number, Text, described
from types_of import infer_types

GROUP_NAMES = ["form", "district", "members", "schools", "months_since_formed"]
RESERVED = {"points", *GROUP_NAMES}


def bound(value):
    """An optional bound: left out and `none` are both no bound."""
    return None if value is None or value == "none" else value


class Rule:
    poolable = False

    def __init__(self, raw, points, declared):
        self.raw, self.points, self.declared = raw, points, declared or {}
        self.trees, self.known_inputs = [], None
        self.prepare()

    def prepare(self):
        pass

    def compiled(self, source, is_condition=False):
        """An expression of this rule, remembered so that its inputs are known."""
        tree = ex.condition(source) if is_condition else ex.parse(source)
        self.trees.append((tree, "boolean" if is_condition else "number"))
        return tree

    def fixed_inputs(self):
        return {}

    def inputs(self):
        """Input name to the kind of value it takes."""
        if self.known_inputs is None:
            self.known_inputs = self.find_inputs()
        return self.known_inputs

    def find_inputs(self):
        found = {}
        for tree, wanted in self.trees:
            infer_types(tree, wanted, found)
        result = {name: described(types, self.declared.get(name))
                  for name, types in found.items() if name not in RESERVED}
        for name, kind in self.fixed_inputs().items():
            result[name] = described({"number"}, self.declared.get(name)) if type(kind) is Number \
                and kind.low is None and not kind.positive else kind
        return result

    def required(self, facts, names):
        """The names of the inputs that must be there."""
        return list(self.inputs())

    def missing(self, facts, names):
        return [name for name in self.required(facts, names) if facts.get(name) is None]

    def uses_months(self):
        return any("months_since_formed" in ex.names_in(tree) for tree, _ in self.trees)

    def env(self, facts, names):
        values = {name: facts.get(name) for name in self.inputs()}
        return ex.Env({**values, **names, "points": self.points})

    def score(self, facts, names, peers=None):
        return clamp(self.exact(facts, names, peers), Fraction(0), self.points)


class Judged(Rule):
    def fixed_inputs(self):
        return {"done": PERCENT}

    def exact(self, facts, names, peers):
        return self.points * facts["done"] / 100


class Percentage(Rule):
    def fixed_inputs(self):
        return {"percent": PERCENT}

    def exact(self, facts, names, peers):
        return self.points * facts["percent"] / 100


class Completion(Rule):
    poolable = True

    def fixed_inputs(self):
        return {"done": COUNT, "required": POSITIVE}

    def exact(self, facts, names, peers):
        return self.points * min(Fraction(1), facts["done"] / facts["required"])


class Gate(Rule):
    def fixed_inputs(self):
        return {"met": Boolean()}

    def exact(self, facts, names, peers):
        return self.points if facts["met"] else Fraction(0)


class Checklist(Rule):
    def fixed_inputs(self):
        return {"lacking": Ids([entry["id"] for entry in self.raw["entries"]])}

    def exact(self, facts, names, peers):
        entries, lose = self.raw["entries"], self.raw.get("lose")
        lost = Fraction(0)
        for entry in entries:
            if entry["id"] in facts["lacking"]:
                own = entry.get("points", self.points / len(entries))
                lost += own if lose is None else lose
        return self.points - lost


class Shortfall(Rule):
    def prepare(self):
        self.whens = [self.compiled(each["when"], True) if "when" in each else None
                      for each in self.raw["thresholds"]]

    def fixed_inputs(self):
        return {each["input"]: Number() for each in self.raw["thresholds"]}

    def open_thresholds(self, facts, names):
        """Thresholds whose `when` isn't known to be false."""
        for each, when in zip(self.raw["thresholds"], self.whens):
            undecided = when is not None and any(
                facts.get(name) is None for name in ex.names_in(when) if name not in RESERVED)
            if when is None or undecided or ex.holds(when, self.env(facts, names)):
                yield each

    def required(self, facts, names):
        asked = [name for tree, _ in self.trees for name in ex.names_in(tree) if name not in RESERVED]
        asked += [each["input"] for each in self.open_thresholds(facts, names)]
        return list(dict.fromkeys(asked))

    def exact(self, facts, names, peers):
        lost = [self.raw["lose"] * steps(max(Fraction(0), each["atLeast"] - facts[each["input"]])
                                         / self.raw["per"], self.raw.get("step", "linear"))
                for each in self.open_thresholds(facts, names)]
        worst = self.raw.get("combine", "sum") == "worst"
        return self.points - (max(lost, default=Fraction(0)) if worst else sum(lost))


class Attainment(Rule):
    def fixed_inputs(self):
        return {"value": Number()}

    def exact(self, facts, names, peers):
        return self.points * min(Fraction(1), facts["value"] / self.raw["target"])


class Levels(Rule):
    def fixed_inputs(self):
        return {"level": Text(list(self.raw["levels"]))}

    def exact(self, facts, names, peers):
        return self.points * self.raw["levels"][facts["level"]] / 100


class Bands(Rule):
    def fixed_inputs(self):
        return {"value": Number()}

    def exact(self, facts, names, peers):
        return next((band["points"] for band in self.raw["bands"] if facts["value"] >= band["from"]),
                    Fraction(0))


class Tiers(Rule):
    poolable = True

    def prepare(self):
        self.take, self.over = self.raw.get("take", "all"), "over" in self.raw

    def fixed_inputs(self):
        levels = list(self.raw["tiers"])
        if self.over:
            return {"counts": Counts(levels), "base": Counts(levels)}
        kinds = [kind["id"] for kind in self.raw["kinds"]] if self.raw.get("kinds") else None
        awards = {"awards": Awards(levels, kinds, self.take == "highestPerKind")}
        return awards | ({"counts": Counts(levels)} if self.take == "all" else {})

    def required(self, facts, names):
        if self.over:
            return ["counts", "base"]
        return ["counts" if self.take == "all" and facts.get("counts") is not None else "awards"]

    def exact(self, facts, names, peers):
        worth, counts = self.raw["tiers"], facts.get("counts") or {}
        if self.over:
            rises = {level: max(Fraction(0), (counts.get(level) or 0) - (facts["base"].get(level) or 0))
                     for level in worth}
            return sum((worth[level] * rise for level, rise in rises.items()), Fraction(0))
        awards = facts.get("awards") or []
        if self.take == "all":
            counted = sum((worth[level] * (count or 0) for level, count in counts.items()), Fraction(0))
            return counted + sum((worth[each["level"]] for each in awards), Fraction(0))
        best = {}
        for each in awards:
            kind = each["kind"] if self.take == "highestPerKind" else ""
            best[kind] = max(best.get(kind, Fraction(0)), worth[each["level"]])
        return sum(best.values(), Fraction(0))


def pool(rule, blocks):
    """The schools' facts as one: numbers and counts added, lists joined, booleans true where all are."""
    result = {}
    for name in dict.fromkeys(name for block in blocks for name in block):
        values = [block[name] for block in blocks if block.get(name) is not None]
        if not values:
            continue
        if isinstance(values[0], bool):
            result[name] = all(values)
        elif isinstance(values[0], Fraction):
            result[name] = sum(values)
        elif isinstance(values[0], list):
            result[name] = [each for value in values for each in value]
        elif isinstance(values[0], dict):
            levels = dict.fromkeys(level for value in values for level in value)
            result[name] = {level: sum((value.get(level) or 0 for value in values), Fraction(0))
                            for level in levels}
        elif len(set(values)) == 1:
            result[name] = values[0]
        else:
            raise FactError(f"{name}: differing texts cannot be pooled")
    return result
