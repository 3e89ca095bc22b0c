import Fixtures
import Notation
import Testing

@testable import Rules

@Suite struct SimpleRuleTests {
  @Test(
    arguments: [
      RuleCase("{kind: judged}", "{done: 100}", "10"), RuleCase("{kind: judged}", "{done: 85.5}", "8.55"),
      RuleCase("{kind: judged}", "{done: 0}", "0"), RuleCase("{kind: judged}", "{}", "缺 done"),
      RuleCase("{kind: judged}", "{done: null}", "缺 done"), RuleCase("{kind: judged}", "{done: 100.1}", "拒 1"),
      RuleCase("{kind: judged}", "{done: -1}", "拒 1"), RuleCase("{kind: judged}", "{done: \"85\"}", "拒 1"),
      RuleCase("{kind: judged}", "{done: true}", "拒 1"), RuleCase("{kind: judged}", "{done: 1, dome: 2}", "拒 1"),
      RuleCase("{kind: percentage}", "{percent: 93.2}", "9.32"),
      RuleCase("{kind: percentage}", "{percent: 101}", "拒 1"),
      RuleCase("{kind: percentage}", "{}", "缺 percent"),
    ])
  func `judged and percentage give a share of the points`(line: RuleCase) { line.check() }

  @Test(
    arguments: [
      RuleCase("{kind: completion}", "{done: 3, required: 4}", "7.5"),
      RuleCase("{kind: completion}", "{done: 5, required: 4}", "10"),
      RuleCase("{kind: completion}", "{done: 0, required: 4}", "0"),
      RuleCase("{kind: completion}", "{done: 3}", "缺 required"),
      RuleCase("{kind: completion}", "{}", "缺 done required"),
      RuleCase("{kind: completion}", "{done: 3, required: 0}", "拒 1"),
      RuleCase("{kind: completion}", "{done: -1, required: 2}", "拒 1"),
      RuleCase("{kind: completion}", "{done: -1, required: -2}", "拒 2"),
      RuleCase("{kind: completion}", "{done: 1, required: 3}", "3.3333"),
    ])
  func `completion counts done out of required`(line: RuleCase) { line.check() }

  static let entries = "entries: [{id: a, title: 甲}, {id: b, title: 乙}, {id: c, title: 丙}]"
  static let weighed = "entries: [{id: a, title: 甲, points: 7}, {id: b, title: 乙, points: 3}]"

  @Test(
    arguments: [
      RuleCase("{kind: checklist, \(entries)}", "{lacking: []}", "10"),
      RuleCase("{kind: checklist, \(entries)}", "{lacking: [b]}", "6.6667"),
      RuleCase("{kind: checklist, \(entries)}", "{lacking: [a, b, c]}", "0"),
      RuleCase("{kind: checklist, \(entries)}", "{lacking: [b, b]}", "6.6667"),
      RuleCase("{kind: checklist, \(entries)}", "{}", "缺 lacking"),
      RuleCase("{kind: checklist, \(entries)}", "{lacking: [d]}", "拒 1"),
      RuleCase("{kind: checklist, \(entries)}", "{lacking: a}", "拒 1"),
      RuleCase("{kind: checklist, \(weighed)}", "{lacking: [a]}", "3"),
      RuleCase("{kind: checklist, \(weighed)}", "{lacking: [a, b]}", "0"),
      RuleCase("{kind: checklist, lose: 4, \(weighed)}", "{lacking: [a]}", "6"),
      RuleCase("{kind: checklist, lose: 4, \(entries)}", "{lacking: [a, b, c]}", "0"),
    ])
  func `checklist loses what is lacking`(line: RuleCase) { line.check() }

  @Test(
    arguments: [
      RuleCase("{kind: gate}", "{met: true}", "10"), RuleCase("{kind: gate}", "{met: false}", "0"),
      RuleCase("{kind: gate}", "{}", "缺 met"), RuleCase("{kind: gate}", "{met: 1}", "拒 1"),
      RuleCase("{kind: gate}", "{met: \"true\"}", "拒 1"),
    ])
  func `gate gives all or nothing`(line: RuleCase) { line.check() }

  @Test(
    arguments: [
      RuleCase("{kind: attainment, target: 80}", "{value: 80}", "10"),
      RuleCase("{kind: attainment, target: 80}", "{value: 90}", "10"),
      RuleCase("{kind: attainment, target: 80}", "{value: 60}", "7.5"),
      RuleCase("{kind: attainment, target: 80}", "{value: 0}", "0"),
      RuleCase("{kind: attainment, target: 80}", "{value: -8}", "0"),
      RuleCase("{kind: attainment, target: 80}", "{}", "缺 value"),
      RuleCase("{kind: attainment, target: 0}", "{value: 1}", "unreadable"),
    ])
  func `attainment counts the way to a target`(line: RuleCase) { line.check() }

  static let levels = "{kind: levels, levels: {优秀: 100, 良好: 80, 5: 50, 差: 0}}"

  @Test(
    arguments: [
      RuleCase(levels, "{level: 优秀}", "10"), RuleCase(levels, "{level: 良好}", "8"), RuleCase(levels, "{level: 差}", "0"),
      RuleCase(levels, "{level: \"5\"}", "5"), RuleCase(levels, "{level: 5}", "拒 1"),
      RuleCase(levels, "{level: 一般}", "拒 1"), RuleCase(levels, "{}", "缺 level"),
    ])
  func `levels are worth a share of the points`(line: RuleCase) { line.check() }

  static let bands = "{kind: bands, bands: [{from: 90, points: 10}, {from: 80, points: 6}, {from: 60, points: 2}]}"

  @Test(
    arguments: [
      RuleCase(bands, "{value: 90}", "10"), RuleCase(bands, "{value: 89.999}", "6"),
      RuleCase(bands, "{value: 80}", "6"),
      RuleCase(bands, "{value: 60}", "2"), RuleCase(bands, "{value: 59.99}", "0"), RuleCase(bands, "{value: -1}", "0"),
      RuleCase(bands, "{value: 1000}", "10"), RuleCase(bands, "{}", "缺 value"),
      RuleCase(bands, "{value: 101}", "拒 1", inputs: "{value: {unit: percent}}"),
    ])
  func `bands give the points of the first one reached`(line: RuleCase) { line.check() }

  @Test(
    arguments: [
      RuleCase("{kind: formula, formula: points * share / 100}", "{share: 25}", "2.5"),
      RuleCase("{kind: formula, formula: 'a - b'}", "{a: 1, b: 3}", "0"),
      RuleCase("{kind: formula, formula: a * 100}", "{a: 1}", "10"),
      RuleCase("{kind: formula, formula: a / b}", "{a: 1, b: 0}", "错 division"),
      RuleCase("{kind: formula, formula: a + b}", "{a: 1}", "缺 b"),
      RuleCase("{kind: formula, formula: 'if(tight, 10, x)'}", "{tight: true}", "缺 x"),
      RuleCase("{kind: formula, formula: 'if(form == \"tight\", 10, 0)'}", "{}", "10"),
      RuleCase("{kind: formula, formula: members + schools + months_since_formed / 8}", "{}", "8"),
      RuleCase("{kind: formula, formula: 4}", "{}", "4"), RuleCase("{kind: formula, formula: 提升.率}", "{提升.率: 3}", "3"),
      RuleCase("{kind: formula, formula: 'a +'}", "{a: 1}", "unreadable"),
    ])
  func `formula computes the score and is held within the points`(line: RuleCase) { line.check() }
}
