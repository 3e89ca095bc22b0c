"""Random rules of every kind."""
from fractions import Fraction as F

KINDS = ["judged", "completion", "checklist", "gate", "shortfall", "attainment", "levels", "percentage",
         "bands", "tiers", "deduct", "earn", "parts", "formula", "placed"]
POOLABLE = ["completion", "tiers", "deduct", "earn"]


class RuleMaker:
    def __init__(self, random, forms, places, decide):
        self.random, self.forms, self.places, self.decide = random, forms, places, decide
        self.inputs = {}

    def chance(self, likelihood):
        return self.random.random() < likelihood

    def grain(self):
        return F(1, 10 ** self.places)

    def part_of(self, points, low=0):
        """A number of points, no finer than the rounding, between low and points."""
        units = int(points / self.grain())
        return self.random.randint(min(low, units), units) * self.grain()

    def split(self, points, count):
        """`count` positive amounts that sum to `points`."""
        units = int(points / self.grain())
        if units < count:
            return None
        cuts = sorted(self.random.sample(range(1, units), count - 1)) if count > 1 else []
        return [(b - a) * self.grain() for a, b in zip([0, *cuts], [*cuts, units])]

    def number(self, low, high, places=1):
        return F(self.random.randint(int(low * 10 ** places), int(high * 10 ** places)), 10 ** places)

    def make(self, points, kinds):
        """(rule, descriptions of inputs)"""
        self.inputs = {}
        kind = self.random.choice(kinds)
        return getattr(self, kind)(points), self.inputs

    def ask(self, stem, **described):
        name = f"{stem}{len(self.inputs) + 1}"
        self.inputs[name] = {"title": f"输入{name}", **described}
        return name

    def count(self):
        return self.ask(self.random.choice(["n", "会议", "times_"]), unit="count", type="number")

    def condition(self, texts=True):
        """A condition over inputs and the group's names."""
        pick = self.random.randrange(8 if texts else 6)
        if pick == 0:
            return self.ask("flag", type="boolean")
        if pick == 1:
            return f"not {self.ask('flag', type='boolean')} or {self.count()} > {self.random.randint(0, 5)}"
        if pick == 2:
            return f"{self.count()} >= {self.random.randint(1, 4)} and members >= {self.random.randint(0, 2)}"
        if pick == 3:
            return {"form": self.random.sample(self.forms, self.random.randint(1, len(self.forms)))}
        if pick == 4:
            return f"months_since_formed < {self.random.choice([12, 24, 36])} or {self.count()} == 0"
        if pick == 5:
            return f'form in ["{self.forms[0]}"] or schools * 2 - 1 <= {self.count()}'
        name = self.ask("状态", type="text")
        return f'{name} in ["x", \'y\']' if pick == 6 else {name: ["x", "z"]}

    def amount(self):
        """An `each` that is never negative."""
        pick, one = self.random.randrange(6), self.count()
        if pick == 0:
            return f"max(0, 3 - {one}) + max(0, {self.random.randint(1, 3)} - {self.count()})"
        if pick == 1:
            return f"if({one} == 0, 0, round(10 / {one}, {self.random.randint(0, 2)}))"
        if pick == 2:
            return f"floor({one} / 2) + abs({one} - 3) * 0.5"
        return one

    def shared_input(self, **described):
        self.inputs["value"] = {"title": "数值", **described}

    # the kinds

    def judged(self, points):
        return {"kind": "judged"}

    def percentage(self, points):
        return {"kind": "percentage"}

    def completion(self, points):
        return {"kind": "completion"}

    def gate(self, points):
        return {"kind": "gate"}

    def formula(self, points):
        pick = self.random.randrange(4)
        if pick == 0:
            return {"kind": "formula", "formula": f"points * {self.ask('p', unit='percent')} / 100 - {self.count()} * 0.3"}
        if pick == 1:
            flag = self.ask("flag", type="boolean")
            return {"kind": "formula", "formula": f"if({flag}, points, min(points / 3, {self.count()} - 1))"}
        if pick == 2:
            return {"kind": "formula", "formula": f"ceil({self.count()} / 3) + if(form == \"{self.forms[-1]}\", 1, 0.25) / (members + 1)"}
        return {"kind": "formula", "formula": f"-{self.count()} + max(1.5, points / 2) * round({self.ask('v')} / 7, 3)"}

    def checklist(self, points):
        count, entries = self.random.randint(2, 5), []
        shares = self.split(points, count) if self.chance(0.4) else None
        for index in range(count):
            entries.append({"id": f"e{index + 1}", "title": f"条目{index + 1}"})
            if shares:
                entries[-1]["points"] = shares[index]
        rule = {"kind": "checklist", "entries": entries}
        if self.chance(0.4):
            rule["lose"] = self.decide(self.part_of(points, 1) or self.grain())
        return rule

    def shortfall(self, points):
        thresholds = []
        for _ in range(self.random.randint(1, 3)):
            unit = self.random.choice([{"unit": "percent"}, {}, {"unit": "count"}])
            thresholds.append({"input": self.ask("rate", **unit), "atLeast": self.decide(self.number(5, 60))})
            if self.chance(0.35):
                thresholds[-1]["when"] = self.condition()
        rule = {"kind": "shortfall", "thresholds": thresholds, "lose": self.number(F(1, 2), 3),
                "per": self.random.choice([F(1), F(5), F(3), F(1, 2)])}
        if self.chance(0.7):
            rule["step"] = self.decide(self.random.choice(["linear", "started", "whole"]))
        if self.chance(0.6):
            rule["combine"] = self.random.choice(["sum", "worst"])
        return rule

    def attainment(self, points):
        self.shared_input()
        return {"kind": "attainment", "target": self.decide(self.number(10, 95))}

    def levels(self, points):
        names = ["优秀", "良好", "合格", "不合格"][:self.random.randint(2, 4)]
        percents = [F(100), self.number(70, 90), self.number(50, 65), F(0)]
        return {"kind": "levels", "levels": dict(zip(names, percents))}

    def bands(self, points):
        count = self.random.randint(1, 4)
        froms = sorted({self.number(10, 95) for _ in range(count)}, reverse=True)
        worth = sorted({self.part_of(points, 1) for _ in froms}, reverse=True)
        self.shared_input()
        return {"kind": "bands", "bands": [{"from": f, "points": p} for f, p in zip(froms, worth)]}

    def tiers(self, points):
        levels = ["national", "provincial", "city", "district"][:self.random.randint(2, 4)]
        worth = sorted((self.part_of(points, 1) for _ in levels), reverse=True)
        rule = {"kind": "tiers", "tiers": dict(zip(levels, worth))}
        if self.chance(0.2):
            return rule | {"over": F(2020)}
        if self.chance(0.7):
            rule["take"] = self.random.choice(["all", "highestPerKind", "highest"])
        if self.chance(0.5):
            rule["kinds"] = [{"id": k, "title": k} for k in ("media", "award", "教研")]
        return rule

    def adjustments(self, points, amount_key, count):
        result = []
        for index in range(count):
            entry = {"id": f"d{index + 1}", "title": f"项{index + 1}", amount_key: self.part_of(points, 1) or self.grain()}
            if self.chance(0.65):
                entry["each"] = self.amount()
                if self.chance(0.5):
                    entry["cap"] = "none" if self.chance(0.2) else self.decide(self.part_of(points, 1) or self.grain())
            else:
                entry["when"] = self.condition(texts=False)
            result.append(entry)
        return result

    def deduct(self, points):
        rule = {"kind": "deduct", "deductions": self.adjustments(points, "lose", self.random.randint(1, 3))}
        if self.chance(0.4):
            rule["zeroWhen"] = self.condition(texts=False)
        return rule

    def earn(self, points):
        return {"kind": "earn", "gains": self.adjustments(points, "gain", self.random.randint(1, 3))}

    def placed(self, points):
        self.shared_input()
        places = sorted((self.part_of(points, 1) for _ in range(self.random.randint(2, 6))), reverse=True)
        rule = {"kind": "placed", "places": places, "better": self.random.choice(["higher", "lower"])}
        if self.chance(0.5):
            rule["fullFrom"] = self.number(20, 70)
        return rule

    def parts(self, points, depth=0):
        count = self.random.randint(2, 3)
        shares = self.split(points, count) if self.chance(0.5) else None
        parts = []
        for index in range(count):
            inner = RuleMaker(self.random, self.forms, self.places, self.decide)
            share = shares[index] if shares else points / count
            coarse = share if shares else int(share / self.grain()) * self.grain()
            nested = depth == 0 and self.chance(0.1)
            kinds = ["parts"] if nested else [k for k in KINDS if k not in ("placed", "parts")]
            if coarse == 0:                                     # equal shares finer than the rounding
                kinds = ["judged", "gate", "percentage"]
            rule, inputs = (inner.parts(coarse, 1), inner.inputs) if nested and shares else \
                inner.make(coarse, [k for k in kinds if k != "parts"] or ["judged"])
            if not shares and rule["kind"] == "checklist":
                rule = {"kind": "judged"}
                inputs = {}
            part = {"id": f"p{index + 1}", "title": f"分项{index + 1}", "rule": rule}
            if shares:
                part["points"] = shares[index]
            if inputs and self.chance(0.5):
                part["inputs"] = inputs
            else:
                self.inputs |= {f"p{index + 1}.{name}": each for name, each in inputs.items()}
            parts.append(part)
        rule = {"kind": "parts", "parts": parts}
        if self.chance(0.35):
            rule["deductions"] = self.adjustments(points, "lose", self.random.randint(1, 2))
            if self.chance(0.3):
                rule["zeroWhen"] = self.condition()
        return rule
