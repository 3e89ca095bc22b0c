import Fixtures
import Notation
import Testing

@testable import Rules

/// An explanation shows the numbers it rests on.
@Suite struct ReasonTests {
  @Test(
    arguments: [
      ("{kind: judged}", "{done: 85}", "完成 85%，计 8.5 分"),
      ("{kind: completion}", "{done: 3, required: 4}", "完成 3，应完成 4，按比例计 7.5 分"),
      (
        "{kind: checklist, entries: [{id: a, title: 章程}, {id: b, title: 规划}]}", "{lacking: [b]}",
        "2 项中缺 1 项（规划），扣 5 分"
      ),
      ("{kind: gate}", "{met: false}", "是否达到：否，不得分"),
      (
        "{kind: shortfall, thresholds: [{input: rate, atLeast: 10}], lose: 1, per: 1}", "{rate: 8.5}",
        "交流比例 8.5%，低于 10%，差 1.5 个百分点，扣 1.5 分"
      ),
      ("{kind: bands, bands: [{from: 90, points: 5}]}", "{value: 89}", "数值 89，低于最低一档 90，不得分"),
      ("{kind: tiers, tiers: {national: 3}}", "{awards: []}", "没有奖项，不得分"),
      (
        "{kind: tiers, tiers: {provincial: 2}, over: 2021}", "{counts: {provincial: 3}, base: {provincial: 1}}",
        "省级 比 2021 年增加 2 项，每项 2 分，计 4 分"
      ),
      (
        "{kind: deduct, deductions: [{id: a, title: 少开会, lose: 4, each: n}]}", "{n: 3}",
        "少开会：3 × 4 分，扣 12 分；扣完为止，计 0 分"
      ),
      ("{kind: earn, gains: [{id: a, title: 课, gain: 8, each: n}]}", "{n: 2}", "课：2 × 8 分，计 16 分；最多计 10 分"),
    ])
  func `says how the score came about`(rule: String, facts: String, reason: String) {
    let inputs = rule.contains("rate") ? "{rate: {title: 交流比例, unit: percent}}" : "{}"
    guard case .score(_, let says) = Bench.work(rule, facts, inputs: inputs) else {
      Issue.record("not scored")
      return
    }
    #expect(says == reason)
  }

  @Test func `every rule kind is named once`() {
    #expect(Set(RuleKinds.all.map { $0.kind }).count == RuleKinds.all.count)
    #expect(RuleKinds.all.count == 15)
  }

  @Test func `refusals name the place`() {
    let outcome = Bench.work("{kind: tiers, tiers: {city: 1}}", "{awards: [{level: city}, {level: county}]}")
    #expect(outcome == .refused(["test.yaml:1: item.awards[1].level：“county”不在允许的值之中。允许：city。"]))
  }
}
