"""Grades, ranks and consequences, over all groups and years."""
from bisect import bisect_left
from fractions import Fraction
from math import ceil, floor

import expressions as ex
from exact import round_to
from scoring import lowest_percent, percent_of


class Outcomes:
    def __init__(self, policy, years):
        """`years`: year to its sheets, ascending."""
        self.policy, self.years = policy, years
        self.by_group = {year: {sheet.group.id: sheet for sheet in sheets} for year, sheets in years.items()}
        self.had = {}                                   # consequence to the groups that had it

    def run(self):
        for year, sheets in self.years.items():
            for sheet in sheets:
                sheet.grade = self.grade(sheet)
            candidates = [sheet for sheet in sheets if sheet.eligible and sheet.fully_scored()]
            for cohort in self.cohorts(candidates):
                ranks = self.ranks(cohort)
                for sheet, rank in ranks.items():
                    sheet.rank, sheet.ranked = rank, len(cohort)
                    sheet.last = len(cohort) >= 2 and rank == max(ranks.values())
            self.rank_changes(year, candidates)
            for consequence in self.policy.consequences:
                self.consequence(consequence, sheets)

    # Grades

    def grade(self, sheet):
        if not sheet.eligible or not self.policy.grades:
            return None
        vetoes = [self.policy.vetoes[id_] for id_ in sheet.group.vetoes]
        found = [self.policy.grade_rank(veto["grade"]) for veto in vetoes if "grade" in veto]
        if sheet.fully_scored():
            found.append(self.earned(sheet))
        if not found:
            return None
        barred = {name for veto in vetoes for name in veto.get("bars", [])}
        names = [name for name, _, _ in self.policy.grades]
        place = max(found)
        while names[place] in barred:
            place += 1
        return names[place]

    def earned(self, sheet):
        env = self.env(sheet, known_grade=False)
        value = sheet.base if self.policy.by == "base" else sheet.total
        return next(place for place, (_, least, when) in enumerate(self.policy.grades)
                    if value >= least and ex.holds(when, env))

    # Ranks

    def cohort_key(self, sheet):
        return {"all": None, "form": sheet.group.form, "district": sheet.group.district}[self.policy.within]

    def cohorts(self, sheets):
        groups = {}
        for sheet in sheets:
            groups.setdefault(self.cohort_key(sheet), []).append(sheet)
        return groups.values()

    def sort_key(self, sheet, order):
        """Smaller is better; what is missing comes last."""
        names, key = self.names(sheet), []
        for name, descending in order:
            value = names[name]
            key.append((1, 0) if value is None else (0, -value if descending else value))
        return tuple(key)

    def ranks(self, sheets):
        """Competition ranks: 1 2 2 4."""
        keys = {sheet: self.sort_key(sheet, self.policy.order) for sheet in sheets}
        line = sorted(keys.values())
        return {sheet: 1 + bisect_left(line, key) for sheet, key in keys.items()}

    def rank_changes(self, year, ranked):
        before = {id_: sheet for id_, sheet in self.by_group.get(year - 1, {}).items() if sheet.rank is not None}
        both = [sheet for sheet in ranked if sheet.group.id in before]
        if self.policy.change == "raw":
            for sheet in both:
                old = before[sheet.group.id]
                if self.cohort_key(old) == self.cohort_key(sheet):
                    sheet.rank_change = old.rank - sheet.rank
            return
        old_ranks, new_ranks = {}, {}
        for result, sheets in ((old_ranks, [before[sheet.group.id] for sheet in both]), (new_ranks, both)):
            for cohort in self.cohorts(sheets):
                result.update({sheet.group.id: rank for sheet, rank in self.ranks(cohort).items()})
        for sheet in both:
            sheet.rank_change = old_ranks[sheet.group.id] - new_ranks[sheet.group.id]

    # What conditions see

    def previous(self, sheet):
        return self.by_group.get(sheet.group.year - 1, {}).get(sheet.group.id)

    def names(self, sheet, known_grade=True):
        before = self.previous(sheet)
        graded = before is not None and before.grade is not None
        scored = sheet.fully_scored()
        result = dict(sheet.group.names)
        result.update({
            "base": sheet.base if scored else None, "total": sheet.total if scored else None,
            "bonus": sheet.bonus, "first_year": not graded,
            "previous.grade": before.grade if graded else None,
            "previous.total": before.total if before and before.fully_scored() else None,
            "previous.rank": number(before.rank if before and before.fully_scored() else None)})
        if known_grade:
            result.update({"grade": sheet.grade, "rank": number(sheet.rank), "ranked": number(sheet.ranked),
                           "rank_change": number(sheet.rank_change), "is_last": sheet.last})
        return result

    def env(self, sheet, known_grade=True):
        def vetoed(argument):
            return argument[1] in sheet.group.vetoes

        def streak(condition):
            count, at = 0, sheet
            while at is not None and at.grade is not None and ex.holds(condition, self.env(at)):
                count, at = count + 1, self.previous(at)
            return Fraction(count)

        functions = {"vetoed": vetoed}
        if known_grade:
            functions["streak"] = streak
        else:
            functions["percent_of"] = lambda argument: percent_of(sheet, argument[1])
            functions["lowest_percent"] = lambda argument: lowest_percent(self.policy, sheet, argument[1])
        return ex.Env(self.names(sheet, known_grade), functions)

    # Consequences

    def consequence(self, consequence, sheets):
        had = self.had.setdefault(consequence.id, set())
        candidates = [sheet for sheet in sheets if sheet.grade is not None
                      and ex.holds(consequence.when, self.env(sheet))
                      and not (consequence.once and sheet.group.id in had)]
        if consequence.select is None:
            granted, pending = candidates, []
        else:
            among = [sheet for sheet in candidates if sheet.fully_scored()
                     and ex.holds(consequence.among, self.env(sheet))]
            granted, pending = self.selected(consequence, among)
        for sheet in granted:
            sheet.consequences.append(consequence.id)
            had.add(sheet.group.id)
        for sheet in pending:
            sheet.pending.append(consequence.id)

    def selected(self, consequence, candidates):
        select = consequence.select
        if select.get("by") == "decision":
            return [], candidates
        if "quota" in select:
            exact = Fraction(len(candidates)) * select["quota"] / 100
            rounding = {"down": floor, "up": ceil, "nearest": lambda value: round_to(value, 0)}
            cut = int(rounding[select.get("round", "down")](exact))
        else:
            cut = int(select["count"])
        if cut <= 0:
            return [], []
        if cut >= len(candidates):
            return candidates, []
        keys = {sheet.group.id: self.sort_key(sheet, consequence.order) for sheet in candidates}
        line = sorted(keys.values())
        if line[cut - 1] != line[cut]:
            return [sheet for sheet in candidates if keys[sheet.group.id] <= line[cut - 1]], []
        ahead = [sheet for sheet in candidates if keys[sheet.group.id] < line[cut]]
        tied = [sheet for sheet in candidates if keys[sheet.group.id] == line[cut]]
        ties = select.get("ties", "exclude")
        return (ahead + tied if ties == "include" else ahead), (tied if ties == "decide" else [])


def number(value):
    return None if value is None else Fraction(value)
