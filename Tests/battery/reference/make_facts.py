"""Random facts for any policy, with boundary values, gaps, ties and changes from year to year."""
from fractions import Fraction as F

import expressions as ex
import facts as facts_file
from exact import FactError, PolicyError
from inputs import Awards, Block, Boolean, Counts, Ids, Text
from scoring import score_item

DISTRICTS = ["d1", "d2", "d3"]


def literals(value, found):
    """Every number and text in a rule, those of its expressions too."""
    if isinstance(value, dict):
        for each in value.values():
            literals(each, found)
    elif isinstance(value, list):
        for each in value:
            literals(each, found)
    elif isinstance(value, F) and not isinstance(value, bool):
        found.add(value)
    elif isinstance(value, str):
        try:
            found.update(node[1] for node in ex.walk(ex.parse(value)) if node[0] == "value"
                         and not isinstance(node[1], bool))
        except PolicyError:
            pass
        found.add(value)
    return found


class Drawer:
    """Draws facts for one item."""

    def __init__(self, random, rule):
        found = literals(rule.raw, set())
        self.random, self.rule = random, rule
        self.numbers = sorted(each for each in found if isinstance(each, F)) or [F(0)]
        self.texts = sorted(each for each in found if isinstance(each, str) and len(each) <= 4)

    def block(self, gap):
        """All inputs of the rule; each is left out or null with the likelihood `gap`."""
        return self.inputs(self.rule, self.rule.inputs(), gap)

    def inputs(self, rule, kinds, gap):
        result = {}
        both = "awards" in kinds and "counts" in kinds
        skipped = self.random.choice(["awards", "counts"]) if both else None
        for name, kind in kinds.items():
            if name == skipped:
                continue
            if self.random.random() < gap:
                if self.random.random() < 0.5:
                    result[name] = None
                continue
            result[name] = self.value(rule, name, kind, gap)
        return result

    def value(self, rule, name, kind, gap):
        random = self.random
        if isinstance(kind, Block):
            inner = next(inner for part, inner in rule.parts if part == name)
            return self.inputs(inner, kind.members, gap)
        if isinstance(kind, Boolean):
            return random.random() < 0.5
        if isinstance(kind, Text):
            return random.choice(kind.among or [*self.texts, "x", "其他"])
        if isinstance(kind, Ids):
            return [each for each in kind.among if random.random() < random.choice([0, 0.2, 0.5])]
        if isinstance(kind, Awards):
            return [{"level": random.choice(kind.levels), "kind": random.choice(kind.kinds or ["k1", "k2"])}
                    for _ in range(random.choice([0, 1, 1, 2, 4]))]
        if isinstance(kind, Counts):
            return {level: F(random.randint(0, 3)) for level in kind.levels if random.random() < 0.7}
        return self.number(kind)

    def number(self, kind):
        random = self.random
        low, high = getattr(kind, "low", None), getattr(kind, "high", None)
        if low is not None and high is None or getattr(kind, "positive", False):
            value = F(random.choice([0, 0, 1, 2, 3, 4, 5, 8, 12]))
            value = random.choice([*self.numbers, value]) if random.random() < 0.2 else value
            value = F(int(value))
        elif random.random() < 0.35:
            value = random.choice(self.numbers) + random.choice([F(0), F(0), F(1, 100), F(-1, 100)])
        else:
            places = random.randint(0, 3)
            value = F(random.randint(0, 100 * 10 ** places), 10 ** places)
        value = value if low is None else max(low, value)
        value = value if high is None else min(high, value)
        return max(value, F(1)) if getattr(kind, "positive", False) else value


class FactsMaker:
    def __init__(self, random, policy, groups=10, years=None):
        self.random, self.policy, self.count = random, policy, groups
        last, length = random.choice([2022, 2023]), years or random.randint(1, 4)
        self.years = [last - back for back in range(length)]
        if length > 2 and random.random() < 0.25:
            self.years.remove(last - 1)
        self.drawers = {id(item): Drawer(random, item.rule) for item in policy.items + policy.bonus_items}

    def chance(self, likelihood):
        return self.random.random() < likelihood

    def make(self):
        homes = {f"g{index + 1}": self.home() for index in range(self.count)}
        entries = []
        for year in sorted(self.years):
            groups = []
            for id_, home in homes.items():
                if self.chance(0.1):
                    home.update({key: each for key, each in self.home().items() if key in ("form", "district")})
                if self.chance(0.85):
                    groups.append(self.group(id_, home, year))
            self.tie(groups)
            self.random.shuffle(groups)
            entries.append({"year": year, "groups": groups})
        self.random.shuffle(entries)
        return {"years": entries}

    def home(self):
        random = self.random
        first = min(self.years)
        starts = "-%02d-%02d" % self.policy.starts
        formed = random.choice([f"{first - 1}{starts}", f"{first - 2}{starts}", f"{first}{starts}",
                                "2015-03-31", "2018-09-02", f"{first - 1}-12-15"])
        home = {"form": random.choice(self.policy.forms) if self.policy.forms else None,
                "district": random.choice(DISTRICTS), "formed": formed}
        if self.chance(0.04):
            home["formed"] = None
        if self.chance(0.04) and self.policy.within != "district":
            del home["district"]
        members = random.choice([0, 1, 1, 2, 2, 3, 4])
        home["schools"] = [{"id": f"s{index + 1}", "role": "member" if index else "lead",
                            "pupils": F(random.randint(1, 3000))} for index in range(members + 1)]
        random.shuffle(home["schools"])
        return home

    def tie(self, groups):
        """Some groups get the sheet of another one of the same form."""
        for group in groups:
            like = [other for other in groups if other is not group and other.get("form") == group.get("form")]
            if like and self.chance(0.2):
                other = self.random.choice(like)
                for key in ("formed", "schools", "facts", "bonus"):
                    group.pop(key, None)
                group.update({key: other[key] for key in ("formed", "schools", "facts", "bonus") if key in other})

    def group(self, id_, home, year):
        """A group whose sheet can be computed: a negative `each` or the like is drawn again."""
        complete = self.chance(0.75)
        raw = {"id": id_, **home, "schools": [dict(school) for school in home["schools"]]}
        if raw["formed"] is None and self.chance(0.5):
            del raw["formed"]
        for school in raw["schools"]:
            if not complete and self.chance(0.15):
                school["pupils"] = None
        group = facts_file.group_of(self.policy, raw, year, errors := [])
        assert not errors, errors
        gap = 0 if complete else self.random.choice([0.03, 0.1, 0.4])
        raw["facts"] = {item.id: entry for item in self.policy.items
                        if (entry := self.entry(item, group, gap)) is not None}
        claims = [item for item in self.policy.bonus_items if self.chance(0.5)]
        if claims:
            raw["bonus"] = {item.id: self.entry(item, group, gap if self.chance(0.5) else 0) for item in claims}
        if self.policy.vetoes and self.chance(0.1):
            raw["vetoes"] = self.random.sample(sorted(self.policy.vetoes), self.random.randint(1, min(2, len(self.policy.vetoes))))
        return raw

    def entry(self, item, group, gap):
        applies = facts_file.applies(item, group)
        if not applies and self.chance(0.7):
            return None
        if gap and self.chance(gap / 4):
            return self.random.choice([None, {}])
        quality = self.random.choice([1, 2, 3, 5])
        tries = [self.subjects(item, group, gap) for _ in range(quality)]
        if not applies:
            return tries[0]
        scored = [(self.worth(item, group, each), each) for each in tries]
        scored = [pair for pair in scored if pair[0] is not None]
        while not scored:                                        # every try was an error
            each = self.subjects(item, group, gap)
            worth = self.worth(item, group, each)
            scored = [(worth, each)] if worth is not None else []
        return max(scored, key=lambda pair: pair[0])[1]

    def subjects(self, item, group, gap):
        result = {}
        for subject in group.subjects(item.of):
            if item.bonus and item.of in ("members", "schools") and self.chance(0.3):
                continue
            result[subject] = self.drawers[id(item)].block(gap)
            if gap and self.chance(gap / 4):
                result[subject] = None
        return result

    def worth(self, item, group, entry):
        (group.bonus if item.bonus else group.facts)[item.id] = entry
        try:
            score, missing = score_item(self.policy, item, group, [])
        except (FactError, PolicyError):
            return None
        return score if not missing else F(-1)
