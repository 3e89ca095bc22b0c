"""A small policy and groups for the self-test."""
import json
import os
import tempfile

import facts as facts_file
import policy as policy_file
import reference

POLICY = """
policy: small
title: 小
forms: [{id: a, name: 甲, source: 一}, {id: b, name: 乙, source: 一}]
decisions: [{id: share, question: 多少, type: number, chosen: 50, source: 一}]
eligible: months_since_formed >= 12
scheme:
  total: 100
  indicators:
    - id: top
      title: 上
      points: 100
      items:
        - {id: a, title: 甲, points: 50, rule: {kind: judged}, source: 一}
        - {id: b, title: 乙, points: {decision: share}, of: schools, across: weighted, rule: {kind: judged}, source: 一}
        - {id: c, title: 丙, points: 0, of: members, rule: {kind: judged}, source: 一}
bonus:
  cap: 3
  items:
    - {id: x, title: 加分, points: 10, of: schools, rule: {kind: tiers, tiers: {n: 4}}, source: 二}
vetoes:
  - {id: out, title: 否决, grade: 不合格, source: 三}
  - {id: down, title: 降, bars: [优秀], source: 三}
grading:
  grades:
    - {name: 优秀, from: 90, when: 'percent_of("a") >= 80'}
    - {name: 良好, from: 80, when: lowest_percent(1) >= 90}
    - {name: 合格, from: 60}
    - {name: 不合格, from: 0}
  rank: {within: WITHIN, order: [total desc, base desc], change: CHANGE}
consequences:
  - {id: top, title: 奖, select: {among: {grade: [优秀, 良好]}, order: [total desc], count: 1}, once: group,
     when: first_year or previous.grade != "无", effect: {kind: fund}, source: 四}
  - {id: order, title: 整改, when: {grade: 不合格}, effect: {kind: order}, source: 四}
  - {id: again, title: 重组, when: 'streak(grade == "不合格") >= 2', effect: {kind: order}, source: 四}
"""


def group(id_, facts=None, bonus=None, vetoes=(), members=1, form="a", formed="2019-09-01"):
    schools = [{"id": "s1", "role": "lead", "pupils": 100}]
    schools += [{"id": "s2", "role": "member", "pupils": 300}] * members
    given = {"a": {"group": {"done": 100}},
             "b": {"s1": {"done": 80}, **({"s2": {"done": 80}} if members else {})},
             "c": {"s2": {"done": 0}} if members else {}, **(facts or {})}
    return {"id": id_, "form": form, "formed": formed, "schools": schools,
            "facts": given, "bonus": bonus or {}, "vetoes": list(vetoes)}


def run_years(years, within="all", change="raw"):
    with tempfile.TemporaryDirectory() as folder:
        policy_path, facts_path = os.path.join(folder, "policy.yaml"), os.path.join(folder, "facts.json")
        with open(policy_path, "w", encoding="utf-8") as file:
            file.write(POLICY.replace("WITHIN", within).replace("CHANGE", change))
        with open(facts_path, "w", encoding="utf-8") as file:
            json.dump({"years": [{"year": year, "groups": groups} for year, groups in years.items()]}, file)
        return reference.score(policy_file.read(policy_path), facts_file.load(facts_path))["results"]


def run(one):
    return run_years({2022: [one]})[0]
