"""The expression language of the policy format: parsing and evaluation.

A value is a Fraction, a str, a bool, or None (missing). Trees are tuples whose first member
is the kind of node. Names are looked up in an Env, which also answers the functions that
need more than values (streak, vetoed, percent_of, lowest_percent).
"""
import re
from fractions import Fraction
from math import ceil, floor

from exact import FactError, PolicyError, round_to

TOKEN = re.compile(r"""\s*(?:(?P<num>[0-9]+(?:\.[0-9]+)?)(?![\w.])
    |(?P<str>"[^"]*"|'[^']*')|(?P<name>[^\W\d][\w.]*)|(?P<op>==|!=|<=|>=|[-+*/<>()\[\],]))""", re.X)
COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}
KEYWORDS = {"true", "false", "and", "or", "not", "in"}
PURE = {"min", "max", "abs", "floor", "ceil", "round", "if"}
GROUP_FUNCTIONS = {"streak", "vetoed", "percent_of", "lowest_percent"}


class Env:
    def __init__(self, names, functions=None):
        self.names, self.functions = names, functions or {}


class Parser:
    def __init__(self, text):
        self.text, self.tokens, self.at = text, [], 0
        position, end = 0, len(text.rstrip())
        while position < end:
            match = TOKEN.match(text, position)
            if not match:
                raise PolicyError(f"expression {text!r}: cannot read at {position}")
            self.tokens.append((match.lastgroup, match.group(match.lastgroup)))
            position = match.end()

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else (None, None)

    def take(self, *wanted):
        kind, text = self.peek()
        if kind in ("op", "name") and text in wanted:
            self.at += 1
            return text
        return None

    def need(self, wanted):
        if not self.take(wanted):
            raise PolicyError(f"expression {self.text!r}: {wanted!r} expected, not {self.peek()[1]!r}")

    def whole(self):
        tree = self.disjunction()
        if self.at != len(self.tokens):
            raise PolicyError(f"expression {self.text!r}: {self.peek()[1]!r} is left over")
        return tree

    def disjunction(self):
        tree = self.conjunction()
        while self.take("or"):
            tree = ("or", tree, self.conjunction())
        return tree

    def conjunction(self):
        tree = self.negation()
        while self.take("and"):
            tree = ("and", tree, self.negation())
        return tree

    def negation(self):
        return ("not", self.negation()) if self.take("not") else self.comparison()

    def comparison(self):
        tree = self.sum()
        operator = self.take(*COMPARISONS)
        if operator:
            return ("compare", operator, tree, self.sum())
        if self.take("in"):
            self.need("[")
            members = [self.sum()]
            while self.take(","):
                members.append(self.sum())
            self.need("]")
            return ("in", tree, members)
        return tree

    def sum(self):
        tree = self.product()
        while operator := self.take("+", "-"):
            tree = ("arith", operator, tree, self.product())
        return tree

    def product(self):
        tree = self.unary()
        while operator := self.take("*", "/"):
            tree = ("arith", operator, tree, self.unary())
        return tree

    def unary(self):
        return ("minus", self.unary()) if self.take("-") else self.atom()

    def atom(self):
        kind, text = self.peek()
        if self.take("("):
            tree = self.disjunction()
            self.need(")")
            return tree
        if kind in ("num", "str", "name") and text not in KEYWORDS - {"true", "false"}:
            self.at += 1
            if kind == "num":
                return ("value", Fraction(text))
            if kind == "str":
                return ("value", text[1:-1])
            if text in ("true", "false"):
                return ("value", text == "true")
            return self.call(text) if self.take("(") else ("name", text)
        raise PolicyError(f"expression {self.text!r}: a value expected, not {text!r}")

    def call(self, function):
        if function not in PURE | GROUP_FUNCTIONS:
            raise PolicyError(f"expression {self.text!r}: no function {function!r}")
        arguments = [self.disjunction()]
        while self.take(","):
            arguments.append(self.disjunction())
        self.need(")")
        allowed = {"round": 2, "if": 3}.get(function, 1)
        if function not in ("min", "max") and len(arguments) != allowed:
            raise PolicyError(f"expression {self.text!r}: {function} takes {allowed} arguments")
        return ("call", function, arguments)


def parse(source):
    """An expression from a policy value: text, a number or a boolean."""
    if isinstance(source, (bool, Fraction)):
        return ("value", source)
    if not isinstance(source, str):
        raise PolicyError(f"{source!r} is not an expression")
    return Parser(source).whole()


def condition(source):
    """A condition: an expression, or a map of names to the allowed value or values."""
    if not isinstance(source, dict):
        return parse(source)
    tree = ("value", True)
    for name, allowed in source.items():
        allowed = allowed if isinstance(allowed, list) else [allowed]
        tree = ("and", tree, ("in", ("name", name), [("value", each) for each in allowed]))
    return tree


def walk(tree):
    """Every node of a tree."""
    yield tree
    for child in tree[1:] if tree[0] != "value" else ():
        for node in child if isinstance(child, list) else [child]:
            if isinstance(node, tuple):
                yield from walk(node)


def names_in(tree):
    """The names of a tree, each once, in the order they stand."""
    return list(dict.fromkeys(node[1] for node in walk(tree) if node[0] == "name"))


def holds(tree, env):
    """A condition's truth; what is missing does not hold."""
    return evaluate(tree, env) is True


def evaluate(tree, env):
    kind = tree[0]
    if kind == "value":
        return tree[1]
    if kind == "name":
        if tree[1] not in env.names:
            raise PolicyError(f"the name {tree[1]!r} is not known here")
        return env.names[tree[1]]
    if kind == "not":
        return not holds(tree[1], env)
    if kind == "and":
        return holds(tree[1], env) and holds(tree[2], env)
    if kind == "or":
        return holds(tree[1], env) or holds(tree[2], env)
    if kind == "in":
        value, members = evaluate(tree[1], env), [evaluate(each, env) for each in tree[2]]
        return value is not None and any(same(value, each) for each in members)
    if kind == "compare":
        return compare(tree[1], evaluate(tree[2], env), evaluate(tree[3], env))
    if kind == "minus":
        value = number(evaluate(tree[1], env))
        return None if value is None else -value
    if kind == "arith":
        return arithmetic(tree[1], number(evaluate(tree[2], env)), number(evaluate(tree[3], env)))
    return call(tree[1], tree[2], env)


def number(value):
    if isinstance(value, (bool, str)):
        raise PolicyError(f"{value!r} is not a number")
    return value


def same(left, right):
    return type(left) is type(right) and left == right


def compare(operator, left, right):
    if left is None or right is None:
        return False
    if operator in ("==", "!="):
        return same(left, right) == (operator == "==")
    left, right = number(left), number(right)
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]


def arithmetic(operator, left, right):
    if left is None or right is None:
        return None
    if operator == "/":
        if right == 0:
            raise FactError("division by zero")
        return left / right
    return {"+": left + right, "-": left - right, "*": left * right}[operator]


def call(function, arguments, env):
    if function == "if":
        return evaluate(arguments[1 if holds(arguments[0], env) else 2], env)
    if function in GROUP_FUNCTIONS:
        if function not in env.functions:
            raise PolicyError(f"{function} cannot stand here")
        return env.functions[function](arguments[0])
    values = [number(evaluate(each, env)) for each in arguments]
    if any(value is None for value in values):
        return None
    if function in ("min", "max"):
        return (min if function == "min" else max)(values)
    if function == "round":
        return round_to(values[0], int(values[1]))
    return Fraction({"abs": abs, "floor": floor, "ceil": ceil}[function](values[0]))
