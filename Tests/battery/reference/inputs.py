"""What the facts of an input may be: each kind of value checks what it is given."""
from fractions import Fraction


class Number:
    def __init__(self, low=None, high=None, positive=False):
        self.low, self.high, self.positive = low, high, positive

    def problems(self, value, place):
        if isinstance(value, bool) or not isinstance(value, Fraction):
            yield f"{place}: a number is wanted"
        elif (self.low is not None and value < self.low) or (self.high is not None and value > self.high) \
                or (self.positive and value <= 0):
            yield f"{place}: out of range"


PERCENT, COUNT, POSITIVE = Number(0, 100), Number(0), Number(positive=True)


class Boolean:
    def problems(self, value, place):
        if not isinstance(value, bool):
            yield f"{place}: true or false is wanted"


class Text:
    def __init__(self, among=None):
        self.among = among

    def problems(self, value, place):
        if not isinstance(value, str):
            yield f"{place}: text is wanted"
        elif self.among is not None and value not in self.among:
            yield f"{place}: {value!r} is not known"


class Scalar:
    """An input whose type nothing settles."""

    def problems(self, value, place):
        if isinstance(value, (list, dict)):
            yield f"{place}: one value is wanted"


class Ids:
    def __init__(self, among):
        self.among = among

    def problems(self, value, place):
        if not isinstance(value, list):
            yield f"{place}: a list is wanted"
            return
        for index, each in enumerate(value):
            yield from Text(self.among).problems(each, f"{place}[{index}]")


class Awards:
    def __init__(self, levels, kinds, kind_needed):
        self.levels, self.kinds, self.kind_needed = levels, kinds, kind_needed

    def problems(self, value, place):
        if not isinstance(value, list):
            yield f"{place}: a list is wanted"
            return
        for index, each in enumerate(value):
            here = f"{place}[{index}]"
            if not isinstance(each, dict) or set(each) - {"level", "kind"}:
                yield f"{here}: level and kind are wanted"
                continue
            yield from Text(self.levels).problems(each.get("level"), here + ".level")
            if self.kind_needed or each.get("kind") is not None:
                yield from Text(self.kinds).problems(each.get("kind"), here + ".kind")


class Counts:
    def __init__(self, levels):
        self.levels = levels

    def problems(self, value, place):
        if not isinstance(value, dict):
            yield f"{place}: counts per level are wanted"
            return
        for level, count in value.items():
            if level not in self.levels:
                yield f"{place}.{level}: no such level"
            elif count is not None:
                yield from COUNT.problems(count, f"{place}.{level}")


class Block:
    """The inputs of an item or a part, by name."""

    def __init__(self, members):
        self.members = members

    def problems(self, value, place):
        if not isinstance(value, dict):
            yield f"{place}: inputs by name are wanted"
            return
        for name, each in value.items():
            if name not in self.members:
                yield f"{place}.{name}: no item asks for it"
            elif each is not None:
                yield from self.members[name].problems(each, f"{place}.{name}")


def described(inferred, declared):
    """The kind of value for an input named in expressions: what is declared, else what its uses say."""
    declared = declared or {}
    types = {declared["type"]} if "type" in declared else inferred
    if types & {"text", "level"}:
        return Text()
    if "boolean" in types:
        return Boolean()
    if "number" in types or "unit" in declared:
        return {"percent": PERCENT, "count": COUNT}.get(declared.get("unit"), Number())
    return Scalar()
