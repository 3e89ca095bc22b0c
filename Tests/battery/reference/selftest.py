"""Small cases drawn from the contract's sentences: `python3 selftest.py`."""
from fractions import Fraction as F
import datetime

import expressions as ex
import facts as facts_file
import rules_more
import yamltext
from exact import FactError, PolicyError, round_to
from selftest_cases import group, run, run_years

PASSED = 0


def check(got, wanted, what):
    global PASSED
    assert got == wanted, f"{what}: {got!r}, not {wanted!r}"
    PASSED += 1


def fails(action, kind, what):
    try:
        action()
    except kind:
        check(True, True, what)
    else:
        raise AssertionError(f"{what}: no error")


def value(text, **names):
    return ex.evaluate(ex.parse(text), ex.Env(names))


def points(rule, given, out_of=10, **names):
    made = rules_more.make(rule, F(out_of))
    return made.score(given, {"form": "a", "members": F(1), **names}, names.get("peers"))


def expressions():
    check(value("1 + 2 * 3 - -4 / 2"), F(9), "precedence")
    check(value("not 1 == 2 and true or false"), True, "not is looser than a comparison")
    check(value("round(2.345, 2)"), F("2.35"), "round is half-up")
    check(value("x != 'a'", x=None), False, "!= with a missing value is false")
    check(value("not (x in ['a'])", x=None), True, "in with a missing value is false")
    check(value("x + 1", x=None), None, "arithmetic with a missing value is missing")
    check(value("if(n == 0, 0, 5 / n)", n=F(0)), F(0), "if reads one branch")
    fails(lambda: value("1 / n", n=F(0)), FactError, "division by a computed zero")
    fails(lambda: value("1 < 2 < 3"), PolicyError, "one comparison")
    fails(lambda: value("true + 1"), PolicyError, "booleans are not numbers")
    check(ex.holds(ex.condition({"grade": ["优", "良"], "form": "a"}), ex.Env({"grade": "良", "form": "a"})),
          True, "a map holds when all hold")
    check([round_to(F(v), 1, m) for v, m in (("0.25", "half-up"), ("0.25", "half-even"), ("0.29", "down"))],
          [F("0.3"), F("0.2"), F("0.2")], "rounding modes")
    check([yamltext.scalar(t) for t in ("yes", "true", "1.10", "09-01", "~")],
          ["yes", True, F("1.1"), "09-01", None], "YAML 1.2 scalars")


def rules():
    fall = {"kind": "shortfall", "thresholds": [{"input": "x", "atLeast": F(10)}, {"input": "y", "atLeast": F(20)}],
            "lose": F(1), "per": F(1)}
    check(points(fall, {"x": F("8.5"), "y": F(25)}), F("8.5"), "linear shortfall")
    check(points(fall | {"step": "started"}, {"x": F("8.5"), "y": F("19.5")}), F(7), "started steps, summed")
    check(points(fall | {"step": "whole", "combine": "worst"}, {"x": F("8.5"), "y": F("17.5")}), F(8), "worst")
    check(points({"kind": "completion"}, {"done": F(9), "required": F(6)}), F(10), "completion at most the points")
    listed = {"kind": "checklist", "entries": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}
    check(points(listed, {"lacking": ["a"]}), F(20, 3), "equal entries, exact")
    check(points(listed | {"lose": F(6)}, {"lacking": ["a", "b"]}), F(0), "clamped at 0")
    bands = {"kind": "bands", "bands": [{"from": F(90), "points": F(5)}, {"from": F(80), "points": F(4)}]}
    check([points(bands, {"value": F(v)}) for v in (90, 80, 79)], [F(5), F(4), F(0)], "bands are inclusive")
    tiers = {"kind": "tiers", "tiers": {"n": F(3), "p": F(2)}}
    won = {"awards": [{"level": "n", "kind": "k"}, {"level": "p", "kind": "k"}, {"level": "p", "kind": "l"}]}
    check([points(tiers | {"take": t}, won) for t in ("all", "highestPerKind", "highest")], [F(7), F(5), F(3)], "take")
    check(points(tiers | {"over": F(2020)}, {"counts": {"n": F(1)}, "base": {"n": F(3), "p": F(1)}}), F(0),
          "an increase is never below 0")
    deduct = {"kind": "deduct", "deductions": [{"id": "d", "lose": F(2), "each": "n", "cap": F(3)},
                                               {"id": "e", "lose": F(1), "when": "bad"}], "zeroWhen": "n > 5"}
    check(points(deduct, {"n": F(2), "bad": True}), F(6), "a deduction's cap is in points")
    check(points(deduct, {"n": F(6), "bad": False}), F(0), "zeroWhen")
    fails(lambda: points(deduct, {"n": F(-1), "bad": False}), FactError, "a negative each is an error")
    parts = {"kind": "parts", "parts": [{"id": "p", "rule": {"kind": "gate"}}, {"id": "q", "rule": {"kind": "judged"}},
                                        {"id": "r", "rule": {"kind": "formula", "formula": "points * 9"}}],
             "deductions": [{"id": "d", "lose": F(1), "each": "late"}]}
    check(points(parts, {"p": {"met": True}, "q": {"done": F(50)}, "r": {}, "late": F(1)}),
          F(10, 3) + F(5, 3) + F(10, 3) - 1, "parts are clamped before they are summed")
    placed = {"kind": "placed", "places": [F(10), F(8), F(6)], "better": "lower", "fullFrom": F(1)}
    peers = [F(1), F(2), F(2), F(3), F(9)]
    check([points(placed, {"value": v}, peers=peers) for v in peers], [F(10), F(10), F(10), F(6), F(0)], "places")
    made = rules_more.make(parts, F(10))
    check(made.missing({"p": {"met": None}}, {}), ["p.met", "q.done", "late"], "missing inputs of parts")
    when = rules_more.make(fall | {"thresholds": [{"input": "x", "atLeast": F(1), "when": "on"}]}, F(1))
    check([when.missing({"on": False}, {}), when.missing({"on": True}, {})], [[], ["x"]], "a skipped threshold")


def months():
    def since(text, starts=(9, 1)):
        return facts_file.months_since(datetime.date.fromisoformat(text), 2022, starts)
    check([since("2021-09-01"), since("2021-09-02"), since("2022-09-01")], [12, 11, 0], "full months")
    check(since("2022-01-01", (1, 1)), 12, "a year that starts in January")


def sheets():
    g = run(group("g1"))
    check((g["base"], g["bonus"], g["total"], g["grade"], g["rank"]), ("90.00", "0.00", "90.00", "优秀", 1), "a sheet")
    g = run(group("g1", {"b": {"s1": {"done": 90}, "s2": {}}}))
    check((g["unscored"], g["grade"], g["rank"], g["items"][1]["score"]), (["b/s2/done"], None, None, None), "unscored")
    check(g["base"], "50.00", "a provisional base")
    check(run(group("g1", members=0))["unscored"], ["c/members"], "no members")
    g = run(group("g1", bonus={"x": {"s1": {"awards": [{"level": "n"}] * 3}}}))
    check((g["bonus"], g["total"]), ("3.00", "93.00"), "a school without a claim scores 0; the bonus is capped")
    g = run(group("g1", bonus={"x": {"s1": {}}}))
    check((g["bonus"], g["incomplete"], g["grade"]), ("0.00", ["x/s1/awards"], "优秀"), "an incomplete claim")
    g = run(group("g1", vetoes=["down"]))
    check((g["grade"], g["rank"], g["total"]), ("良好", 1, "90.00"), "a bar changes the grade only")
    g = run(group("g1", {"a": None}, vetoes=["out"]))
    check((g["grade"], g["rank"], g["consequences"]), ("不合格", None, ["order"]), "a veto with a grade does not wait")
    g = run(group("g1", formed="2021-10-01"))
    check((g["eligible"], g["grade"], g["rank"]), (False, None, None), "not eligible")
    low = run(group("g1", {"a": {"group": {"done": 79}}, "b": {"s1": {"done": 100}, "s2": {"done": 100}}}))
    check((low["total"], low["grade"]), ("89.50", "合格"), "89.5 is below 90, and a when can fail")


def years():
    full, low = {}, {"a": {"group": {"done": 0}}, "b": {"s1": {"done": 0}, "s2": {"done": 0}}}
    results = run_years({2022: [group("g1"), group("g2"), group("g3", low)],
                         2021: [group("g3"), group("g2", low), group("g1", low, form="b")]})
    check([(r["year"], r["group"], r["rank"]) for r in results],
          [(2021, "g3", 1), (2021, "g2", 2), (2021, "g1", 2), (2022, "g1", 1), (2022, "g2", 1), (2022, "g3", 3)],
          "years ascend, ties share a rank")
    check([r["rankChange"] for r in results[3:]], [1, 1, -2], "rank change over all")
    check([r["consequences"] for r in results[3:]], [[], [], ["order"]], "ties across the cut are excluded")
    form = run_years({2022: [group("g1"), group("g2")], 2021: [group("g1", form="b"), group("g2")]}, within="form")
    check([r["rankChange"] for r in form[2:]], [None, 0], "raw: missing where the form changed")
    form = run_years({2022: [group("g1"), group("g2")], 2021: [group("g1", form="b"), group("g2", low)]},
                     within="form", change="common")
    check([r["rankChange"] for r in form[2:]], [0, 0], "common: each year within its own form")
    twice = run_years({y: [group("g1", low, formed="2015-09-01"), group("g2")] for y in (2021, 2022)})
    check([r["consequences"] for r in twice], [["order"], ["top"], ["order", "again"], []], "streak and once")
    fails(lambda: run_years({2022: [group("g1"), group("g1")]}), FactError, "a group twice")
    fails(lambda: run(group("g1", {"zz": {}})), FactError, "an unknown item")
    fails(lambda: run(group("g1", {"a": {"group": {"done": 101}}})), FactError, "a percentage above 100")
    try:
        run(group("g1", {"a": {"group": {"done": "1"}}, "b": {"group": {}}}, vetoes=["no"]))
    except FactError as error:
        check(len(str(error).splitlines()), 3, "errors name their places")


if __name__ == "__main__":
    for part in (expressions, rules, months, sheets, years):
        part()
    print(f"{PASSED} passed")
