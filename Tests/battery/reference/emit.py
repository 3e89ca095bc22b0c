"""Writing exact values as YAML (in varying styles) and as JSON."""
from fractions import Fraction
import json
import re

from yamltext import scalar


def decimal(value):
    """A terminating decimal as text, as short as it gets."""
    for places in range(20):
        scaled = value * 10 ** places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            return ("-" if value < 0 else "") + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
    raise ValueError(f"{value} does not terminate")


def json_text(value):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, Fraction)):
        return decimal(Fraction(value))
    if isinstance(value, list):
        return "[" + ", ".join(map(json_text, value)) + "]"
    return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {json_text(each)}"
                           for key, each in value.items()) + "}"


class Yaml:
    def __init__(self, random):
        self.random = random

    def atom(self, value):
        if isinstance(value, bool):
            return "true" if value else "false"
        if value is None:
            return "null"
        if isinstance(value, (int, Fraction)):
            return decimal(Fraction(value))
        plain = re.fullmatch(r"[^\W\d][\w.-]*( (desc|asc))?", value) and isinstance(scalar(value), str)
        if plain and self.random.random() < 0.9:
            return value
        if self.random.random() < 0.6:
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=False)

    def flow(self, value):
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.atom(key)}: {self.flow(each)}" for key, each in value.items()) + "}"
        return self.atom(value)

    def lines(self, value, indent=0):
        """Block style, falling to flow style for small things."""
        margin = "  " * indent
        pairs = [("-", each) for each in value] if isinstance(value, list) else \
                [(self.atom(key) + ":", each) for key, each in value.items()]
        for head, each in pairs:
            flow = self.flow(each)
            if isinstance(each, (dict, list)) and each and len(flow) > self.random.choice([40, 80, 110]):
                yield margin + head
                yield from self.lines(each, indent + 1)
            else:
                yield f"{margin}{head} {flow}"

    def text(self, value):
        return "\n".join(self.lines(value)) + "\n"
