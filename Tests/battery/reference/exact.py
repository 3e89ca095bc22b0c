"""Exact decimals: parsing, rounding and writing. No floating point anywhere."""
import re
from fractions import Fraction
from math import ceil, floor

DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")


class PolicyError(Exception):
    """The policy cannot be run (undecided, pending, or malformed)."""


class NotRunnable(PolicyError):
    """A policy that may be browsed: a decision is open, or items are withheld."""


class FactError(Exception):
    """The facts cannot be scored; the message names the place."""


def round_to(value, places, mode="half-up"):
    """`value` with `places` decimals; half-up is away from zero, down is towards it."""
    scaled = abs(Fraction(value)) * 10 ** places
    whole = floor(scaled)
    rest = scaled - whole
    if mode == "half-up":
        whole += rest >= Fraction(1, 2)
    elif mode == "half-even":
        whole += rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1)
    elif mode != "down":
        raise PolicyError(f"rounding mode {mode!r} is not known")
    result = Fraction(whole, 10 ** places)
    return -result if value < 0 else result


def as_text(value, places):
    """A number that needs no more than `places` decimals, written with exactly that many."""
    scaled = Fraction(value) * 10 ** places
    if scaled.denominator != 1:
        raise PolicyError(f"{value} has more than {places} decimals")
    sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled.numerator)).rjust(places + 1, "0")
    return sign + (digits if places == 0 else f"{digits[:-places]}.{digits[-places:]}")


def steps(value, step):
    """How many steps a shortfall makes: exact, started ones whole, or whole ones only."""
    if step == "linear":
        return Fraction(value)
    return Fraction(ceil(value) if step == "started" else floor(value))


def clamp(value, low, high):
    return max(low, min(high, value))
