"""A random valid policy."""
from fractions import Fraction as F
import os

from emit import Yaml
from make_outcomes import consequences, grading
from make_rules import KINDS, POOLABLE, RuleMaker

FORMS = ["integrated", "entrusted", "collaborative"]


class PolicyMaker:
    def __init__(self, random, seed):
        self.random, self.seed = random, seed
        self.decisions, self.item_ids, self.indicator_ids, self.scheme_ids = [], [], [], []
        self.deepest = 1
        self.places = random.choice([2, 2, 1, 0, 3])
        self.forms = FORMS[:random.randint(1, 3)]
        self.rescale = random.random() < 0.3

    def chance(self, likelihood):
        return self.random.random() < likelihood

    def source(self):
        return f"附件{self.random.randint(1, 4)} {self.random.choice('一二三四')}"

    def decide(self, value):
        """The value, or now and then a decision that chose it."""
        if not self.chance(0.12) or len(self.decisions) > 8:
            return value
        decision = {"id": f"d{len(self.decisions) + 1}", "question": "如何计？", "source": self.source(), "why": "最为公平"}
        if isinstance(value, F) and self.chance(0.5):
            decision |= {"type": "number", "min": min(value, F(0)), "max": value + 5}
        elif isinstance(value, str):
            others = {"linear", "started", "whole"} if value in ("linear", "started", "whole") else set()
            decision["options"] = [{"value": each, "title": each} for each in sorted({value} | others)]
            if len(decision["options"]) == 1:
                return value
        else:
            decision["options"] = [value, value + 1] if isinstance(value, F) else [True, False]
        decision["chosen"] = value
        self.decisions.append(decision)
        return {"decision": decision["id"]}

    def rules(self):
        return RuleMaker(self.random, self.forms, self.places, self.decide)

    def item(self, points, applies=None, bonus=False):
        number = len(self.item_ids) + 1
        id_ = self.random.choice([str(number), f"1.{number}0", f"item-{number}", f"指标{number}"])
        item = {"id": id_, "title": f"指标{number}", "points": points, "source": self.source()}
        self.item_ids.append(id_)
        if not bonus:
            self.scheme_ids.append(id_)
        of = self.random.choice(["group", "group", "lead", "members", "schools", "schools"])
        kinds = [kind for kind in KINDS if kind != "placed" or (of == "group" and not bonus)]
        if bonus and self.chance(0.5):
            kinds = ["tiers", "earn", "completion"]
        if of != "group" or self.chance(0.3):
            item["of"] = of
        if of in ("members", "schools") and self.chance(0.75):
            item["across"] = self.random.choice(["mean", "min", "sum", "weighted", "pooled", "pooled"])
            if item["across"] == "pooled":
                kinds = POOLABLE
        if applies:
            item["applies"] = applies
        item["rule"], inputs = self.rules().make(points, kinds)
        if inputs:
            item["inputs"] = inputs
        if self.chance(0.2):
            item["evidence"] = [{"id": "roster", "title": "名册", "required": True}]
        return item

    def slot(self, points):
        """Items whose points are the same for every form."""
        if self.rescale and self.chance(0.4):
            applies = self.random.choice([{"form": self.random.choice(self.forms)}, "members >= 2",
                                          "months_since_formed >= 24", 'district == "d1" or schools > 3'])
            return [self.item(points, applies)]
        if len(self.forms) == 1 or self.chance(0.75):
            return [self.item(points)]
        cut = self.random.randint(1, len(self.forms) - 1)
        some, rest = self.forms[:cut], self.forms[cut:]
        second = {"form": rest} if self.chance(0.5) else 'not form in [' + ", ".join(f'"{f}"' for f in some) + "]"
        result = [self.item(points, {"form": some if len(some) > 1 else some[0]})]
        halves = self.rules().split(points, 2) if self.chance(0.4) else None
        return result + [self.item(each, second) for each in halves or [points]]

    def indicator(self, points, depth):
        id_ = f"i{len(self.indicator_ids) + 1}"
        self.indicator_ids.append(id_)
        self.deepest = max(self.deepest, depth)
        result = {"id": id_, "title": f"一级{id_}", "points": points}
        deeper = depth < 3 and self.chance(0.3)
        shares = self.rules().split(points, self.random.randint(1, 3)) or [points]
        if deeper:
            result["indicators"] = [self.indicator(share, depth + 1) for share in shares]
        else:
            result["items"] = [item for share in shares for item in self.slot(share)]
        return result

    def make(self):
        total = self.random.choice([F(100), F(100), F(120), F(10)])
        tops = self.rules().split(total, self.random.randint(1, 4))
        scheme = {"total": total, "rescale": self.rescale, "indicators": [self.indicator(each, 1) for each in tops]}
        if self.chance(0.4):
            scheme["cap"] = self.random.choice([total, total + 5, "none"])
        if self.rescale:                                        # something applies to everyone
            leaf = scheme["indicators"][0]
            while "indicators" in leaf:
                leaf = leaf["indicators"][0]
            leaf["items"][0].pop("applies", None)
        head = {"policy": f"random-{self.seed}", "title": "随机政策", "issuer": "教体局", "status": "illustrative",
                "forms": [{"id": form, "name": form, "tight": form != "collaborative", "source": self.source()}
                          for form in self.forms]}
        if self.places != 2 or self.chance(0.7):
            head["rounding"] = {"places": F(self.places),
                                "mode": self.random.choice(["half-up", "half-up", "half-even", "down"])}
        if self.chance(0.5):
            head["year"] = {"starts": self.random.choice(["09-01", "01-01", "08-15"])}
        if self.chance(0.7):
            head["eligible"] = self.random.choice(["months_since_formed >= 12", "members >= 1",
                                                   "months_since_formed >= 12 and schools < 5", True])
        vetoes, names = self.vetoes(total)
        document = head | {"scheme": scheme}
        if self.chance(0.7):
            worth = [self.random.randint(1, 5) * F(1) for _ in range(self.random.randint(1, 3))]
            document["bonus"] = {"cap": self.random.choice([F(5), F(3), "none"]),
                                 "items": [self.item(each, {"form": self.forms[0]} if self.chance(0.2) else None, True)
                                           for each in worth]}
        if vetoes:
            document["vetoes"] = vetoes
        document["grading"] = grading(self, total, names)
        document["consequences"] = consequences(self, names, [veto["id"] for veto in vetoes])
        used = [each for each in self.decisions if f"'decision': '{each['id']}'" in repr(document)]
        if used:
            document["decisions"] = used
        return document

    def vetoes(self, total):
        names = ["优秀", "良好", "合格", "不合格"][:self.random.randint(2, 4)]
        result = []
        for index in range(self.random.randint(0, 4)):
            veto = {"id": f"veto-{index + 1}", "title": f"否决{index + 1}", "source": self.source()}
            if self.chance(0.5):
                veto["grade"] = self.random.choice(names)
            else:
                veto["bars"] = self.random.sample(names[:-1], self.random.randint(1, len(names) - 1))
            result.append(veto)
        return result, names


def spoil(document, how):
    """Makes a policy that can be read but not run: an undecided decision, or a pending indicator."""
    if how == "undecided":
        document.setdefault("decisions", []).append(
            {"id": "open", "question": "公示几天？", "type": "number", "binds": False, "chosen": None, "source": "一"})
        if len(document["decisions"]) > 1:
            document["decisions"].pop()
            document["decisions"][0]["chosen"] = None
    elif how == "pending":
        document["scheme"]["indicators"].append({"id": "withheld", "title": "另行制定", "points": F(5), "pending": True})


def write(random, seed, folder, how=None):
    """Writes the policy of a seed; `how` spoils it."""
    document, yaml = PolicyMaker(random, seed).make(), Yaml(random)
    spoil(document, how)
    os.makedirs(folder, exist_ok=True)
    if random.random() < 0.3:
        scheme = {"scheme": document.pop("scheme")}
        document["include"] = ["scheme.yaml"]
        with open(os.path.join(folder, "scheme.yaml"), "w", encoding="utf-8") as file:
            file.write(yaml.text(scheme))
    with open(os.path.join(folder, "policy.yaml"), "w", encoding="utf-8") as file:
        file.write(yaml.text(document))
