"""Random grading and consequences."""
from fractions import Fraction as F

RANK_ORDERS = [["total desc", "base desc"], ["total desc"], ["base desc", "bonus desc"], ["total desc", "schools desc"],
               ["bonus desc", "total desc", "members asc"]]
SELECT_ORDERS = RANK_ORDERS + [["rank asc"], ["rank_change desc"], ["rank_change desc", "total desc"],
                               ["months_since_formed desc"]]
EFFECTS = ["title", "fund", "quota", "warning", "notice", "statement", "order", "bar"]


def grading(maker, total, names):
    random, grades = maker.random, []
    shares = sorted(random.sample([20, 30, 40, 50, 60, 70, 80, 90], len(names) - 1), reverse=True)
    for name, share in zip(names, shares):
        grade = {"name": name, "from": total * share / 100}
        if maker.chance(0.45):
            grade["when"] = grade_condition(maker)
        grades.append(grade)
    grades.append({"name": names[-1], "from": F(0)})
    result = {"grades": grades}
    if maker.chance(0.7):
        result["by"] = random.choice(["total", "base"])
    if maker.chance(0.85):
        result["rank"] = {"within": random.choice(["all", "form", "district"]), "order": random.choice(RANK_ORDERS),
                          "change": random.choice(["raw", "common"])}
    return result


def grade_condition(maker):
    random = maker.random
    indicator, item = random.choice(maker.indicator_ids), random.choice(maker.scheme_ids)
    return random.choice([
        f'percent_of("{indicator}") >= {random.choice([40, 60, 80])}',
        f'percent_of("{item}") > {random.choice([30, 50])} and lowest_percent(1) >= {random.choice([20, 40])}',
        f"lowest_percent({random.randint(1, maker.deepest)}) >= 30 or bonus > 0",
        'months_since_formed >= 24',
        {"form": random.sample(maker.forms, 1)},
        f"min(base, total) / 2 + members * 1.5 > {random.choice([20, 30])}",
    ])


def consequences(maker, names, vetoes):
    result = []
    for index in range(maker.random.randint(2, 7)):
        one = {"id": f"c{index + 1}", "title": f"后果{index + 1}", "source": maker.source(),
               "effect": {"kind": maker.random.choice(EFFECTS)}}
        if maker.chance(0.5):
            one["to"] = maker.random.choice(["group", "lead", "members", "schools", "principals"])
        if maker.chance(0.5):
            one["select"] = selection(maker, names)
        if "select" not in one or maker.chance(0.3):
            one["when"] = group_condition(maker, names, vetoes)
        if maker.chance(0.3):
            one["once"] = "group"
        result.append(one)
    return result


def selection(maker, names):
    random, select = maker.random, {}
    if maker.chance(0.7):
        select["among"] = {"grade": random.sample(names, random.randint(1, len(names)))}
    pick = random.randrange(5)
    if pick == 0:
        select["by"] = "decision"
        return select
    select["order"] = random.choice(SELECT_ORDERS)
    if pick < 3:
        select["count"] = F(random.randint(1, 5))
    else:
        select["quota"] = maker.decide(F(random.choice([10, 25, 30, 50, 100])))
        if maker.chance(0.7):
            select["round"] = random.choice(["down", "up", "nearest"])
    if maker.chance(0.75):
        select["ties"] = random.choice(["exclude", "include", "decide"])
    return select


def group_condition(maker, names, vetoes):
    random = maker.random
    best, worst = names[0], names[-1]
    conditions = [
        {"grade": random.choice(names), "form": random.sample(maker.forms, 1)},
        {"grade": names[:-1]},
        f'streak(grade == "{worst}") >= 2',
        f'streak(grade in ["{best}", "{names[1]}"]) == {random.choice([1, 2, 3])}',
        'streak(rank <= 3 and not is_last) >= 2',
        'is_last and ranked >= 3',
        'first_year or rank == 1',
        f'previous.grade == "{worst}" and grade == "{best}"',
        'total - previous.total >= 5',
        'rank_change >= 2 or previous.rank - rank < -1',
        f'not (previous.grade in ["{best}"]) and months_since_formed > 24',
        'rank <= ceil(ranked / 3) and bonus > 0',
        f'if(first_year, total > 50, total >= previous.total) and district in ["d1", "d2"]',
        'max(rank, previous.rank) <= 4',
        'base / ranked > 10',
    ]
    if vetoes:
        conditions += [f'vetoed("{random.choice(vetoes)}")', f'streak(not vetoed("{vetoes[0]}")) >= 2']
    return random.choice(conditions)
