import Fixtures
import Notation
import Testing

@testable import Rules

@Suite struct AdjustmentTests {
  static let meetings = """
    {kind: deduct, zeroWhen: fraud, deductions: [
      {id: meetings, title: 少开会, lose: 2, each: 'max(0, 3 - autumn) + max(0, 3 - spring)', cap: 6},
      {id: late, title: 迟报, lose: 1, when: late}]}
    """

  @Test(
    arguments: [
      RuleCase(meetings, "{autumn: 3, spring: 4, late: false, fraud: false}", "10"),
      RuleCase(meetings, "{autumn: 2, spring: 3, late: true, fraud: false}", "7"),
      RuleCase(meetings, "{autumn: 0, spring: 0, late: false, fraud: false}", "4"),
      RuleCase(meetings, "{autumn: 3, spring: 3, late: false, fraud: true}", "0"),
      RuleCase(meetings, "{autumn: 3, spring: 3, late: false}", "缺 fraud"),
      RuleCase(meetings, "{}", "缺 autumn fraud late spring"),
      RuleCase(meetings, "{autumn: 3, spring: 3, late: 1, fraud: false}", "拒 1"),
      RuleCase("{kind: deduct, deductions: [{id: a, title: 甲, lose: 3, each: n}]}", "{n: 4}", "0"),
      RuleCase("{kind: deduct, deductions: [{id: a, title: 甲, lose: 3, each: n, cap: none}]}", "{n: 3}", "1"),
      RuleCase("{kind: deduct, deductions: [{id: a, title: 甲, lose: 3, each: n}]}", "{n: -1}", "错 negative"),
      RuleCase("{kind: deduct, deductions: [{id: a, title: 甲, lose: 3, each: n}]}", "{n: 0.5}", "8.5"),
      RuleCase(
        "{kind: deduct, zeroWhen: stop, deductions: [{id: a, title: 甲, lose: 3, each: n}]}", "{n: -1, stop: true}",
        "错 negative"),
      RuleCase("{kind: deduct, deductions: [{id: a, title: 甲, lose: 3, when: {form: tight}}]}", "{}", "7"),
    ])
  func `deduct takes away from the full points`(line: RuleCase) { line.check() }

  static let gains = """
    {kind: earn, gains: [{id: lesson, title: 公开课, gain: 1.5, each: lessons, cap: 6}, {id: base, title: 基地, gain: 5, when: base}]}
    """

  @Test(
    arguments: [
      RuleCase(gains, "{lessons: 2, base: false}", "3"), RuleCase(gains, "{lessons: 5, base: false}", "6"),
      RuleCase(gains, "{lessons: 5, base: true}", "10"), RuleCase(gains, "{lessons: 0, base: false}", "0"),
      RuleCase(gains, "{lessons: 1}", "缺 base"), RuleCase(gains, "{lessons: -1, base: true}", "错 negative"),
    ])
  func `earn adds up to the points`(line: RuleCase) { line.check() }

  static func threshold(_ more: String) -> String {
    "{kind: shortfall, thresholds: [{input: rate, atLeast: 10}, {input: backbone, atLeast: 20}], lose: 1, per: 1\(more)}"
  }
  static let guarded = """
    {kind: shortfall, lose: 2, per: 5, thresholds: [{input: rate, atLeast: 50, when: 'rural'}, {input: city, atLeast: 10, when: 'form == "tight"'}]}
    """

  @Test(
    arguments: [
      RuleCase(threshold(""), "{rate: 10, backbone: 20}", "10"),
      RuleCase(threshold(""), "{rate: 8.5, backbone: 25}", "8.5"),
      RuleCase(threshold(", step: started"), "{rate: 8.5, backbone: 25}", "8"),
      RuleCase(threshold(", step: whole"), "{rate: 8.5, backbone: 25}", "9"),
      RuleCase(threshold(", step: started"), "{rate: 9, backbone: 20}", "9"),
      RuleCase(threshold(", step: started"), "{rate: 9.999, backbone: 20}", "9"),
      RuleCase(threshold(", step: whole"), "{rate: 9.001, backbone: 20}", "10"),
      RuleCase(threshold(""), "{rate: 8, backbone: 17}", "5"),
      RuleCase(threshold(", combine: worst"), "{rate: 8, backbone: 17}", "7"),
      RuleCase(threshold(""), "{rate: 0, backbone: 0}", "0"), RuleCase(threshold(""), "{rate: 8}", "缺 backbone"),
      RuleCase(threshold(""), "{}", "缺 rate backbone"),
      RuleCase(guarded, "{rural: true, rate: 41, city: 10}", "6.4"),
      RuleCase(guarded, "{rural: false, city: 10}", "10"), RuleCase(guarded, "{rural: true, city: 10}", "缺 rate"),
      RuleCase(guarded, "{city: 10}", "缺 rate rural"), RuleCase(guarded, "{rural: false}", "缺 city"),
      RuleCase(guarded, "{rural: false, rate: 3, city: 9}", "9.6"),
    ])
  func `shortfall loses steps below thresholds`(line: RuleCase) { line.check() }

  static let parts = """
    {kind: parts, zeroWhen: none_at_all, deductions: [{id: late, title: 迟报, lose: 1, each: days}], parts: [
      {id: plan, title: 计划, points: 4, rule: {kind: gate}},
      {id: rate, title: 完成, points: 6, rule: {kind: completion}}]}
    """
  static let shares =
    "{kind: parts, parts: ["
    + ["a", "b", "c"].map { "{id: \($0), title: 题, rule: {kind: gate}}" }.joined(separator: ", ") + "]}"

  @Test(
    arguments: [
      RuleCase(parts, "{plan: {met: true}, rate: {done: 1, required: 2}, days: 0, none_at_all: false}", "7"),
      RuleCase(parts, "{plan: {met: true}, rate: {done: 1, required: 2}, days: 9, none_at_all: false}", "0"),
      RuleCase(parts, "{plan: {met: true}, rate: {done: 1, required: 2}, days: 0, none_at_all: true}", "0"),
      RuleCase(parts, "{rate: {done: 1}, days: 0}", "缺 plan.met rate.required none_at_all"),
      RuleCase(parts, "{}", "缺 plan.met rate.done rate.required days none_at_all"),
      RuleCase(parts, "{plan: null, rate: {done: 1, required: 2}, days: 0, none_at_all: true}", "缺 plan.met"),
      RuleCase(parts, "{plan: true, rate: {donne: 1}}", "拒 2"),
      RuleCase(shares, "{a: {met: true}, b: {met: true}, c: {met: true}}", "10"),
      RuleCase(shares, "{a: {met: true}, b: {met: false}, c: {met: false}}", "3.3333"),
      RuleCase(
        "{kind: parts, parts: [{id: f, title: 题, points: 4, rule: {kind: formula, formula: x}}, {id: g, title: 题, points: 6, rule: {kind: gate}}]}",
        "{f: {x: 99}, g: {met: false}}", "4"),
      RuleCase(
        "{kind: parts, parts: [{id: f, title: 题, points: 4, rule: {kind: formula, formula: x}}, {id: g, title: 题, points: 6, rule: {kind: gate}}]}",
        "{f: {x: -9}, g: {met: true}}", "6"),
      RuleCase(
        "{kind: parts, parts: [{id: p, title: 题, rule: \(shares)}]}", "{p: {a: {met: true}, b: {}}}",
        "缺 p.b.met p.c.met"),
    ])
  func `parts are held within their own points before they are added`(line: RuleCase) { line.check() }
}
