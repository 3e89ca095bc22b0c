import Fixtures
import Notation
import Testing

@testable import Rules

@Suite struct TiersTests {
  static func tiers(_ more: String = "") -> String {
    "{kind: tiers, tiers: {national: 3, provincial: 2, city: 1}\(more)}"
  }
  static func awards(_ list: String...) -> String {
    "{awards: ["
      + list.map { pair in
        let words = pair.split(separator: " ")
        return words.count == 2 ? "{level: \(words[0]), kind: \(words[1])}" : "{level: \(words[0])}"
      }.joined(separator: ", ") + "]}"
  }

  @Test(
    arguments: [
      RuleCase(tiers(), awards("national media", "city contest"), "4"), RuleCase(tiers(), "{awards: []}", "0"),
      RuleCase(tiers(), awards("national", "national", "national", "national"), "10"),
      RuleCase(tiers(), "{counts: {provincial: 2, city: 1}}", "5"), RuleCase(tiers(), "{counts: {}}", "0"),
      RuleCase(tiers(), "{counts: {national: null, city: 2}}", "2"), RuleCase(tiers(), "{}", "缺 awards"),
      RuleCase(tiers(), "{counts: {city: 1}, awards: []}", "拒 1"), RuleCase(tiers(), "{counts: {county: 1}}", "拒 1"),
      RuleCase(tiers(), "{counts: {city: -1}}", "拒 1"), RuleCase(tiers(), "{awards: [{kind: media}]}", "拒 1"),
      RuleCase(tiers(), awards("county media"), "拒 1"), RuleCase(tiers(), "{awards: [city]}", "拒 1"),
      RuleCase(tiers(), "{awards: [{level: city, year: 2022}]}", "拒 1"),
      RuleCase(tiers(", kinds: [{id: media, title: 媒体}]"), awards("city contest"), "拒 1"),
    ])
  func `all awards count`(line: RuleCase) { line.check() }

  @Test(
    arguments: [
      RuleCase(tiers(", take: highest"), awards("city a", "national b", "national c"), "3"),
      RuleCase(tiers(", take: highest"), "{awards: []}", "0"),
      RuleCase(tiers(", take: highest"), "{counts: {city: 1}}", "拒 1"),
      RuleCase(tiers(", take: highest"), "{}", "缺 awards"),
      RuleCase(tiers(", take: highestPerKind"), awards("city a", "national a", "provincial b", "city b"), "5"),
      RuleCase(tiers(", take: highestPerKind"), awards("city"), "拒 1"),
      RuleCase(tiers(", take: highestPerKind"), "{awards: []}", "0"),
    ])
  func `the best of all or of each kind counts`(line: RuleCase) { line.check() }

  @Test(
    arguments: [
      RuleCase(tiers(", over: 2021"), "{counts: {national: 2, city: 3}, base: {national: 1, city: 5}}", "3"),
      RuleCase(tiers(", over: 2021"), "{counts: {city: 2}, base: {}}", "2"),
      RuleCase(tiers(", over: 2021"), "{counts: {}, base: {city: 2}}", "0"),
      RuleCase(tiers(", over: 2021"), "{counts: {city: 2}}", "缺 base"),
      RuleCase(tiers(", over: 2021"), "{}", "缺 counts base"),
      RuleCase(tiers(", over: 2021"), "{awards: [], base: {}}", "拒 1"),
    ])
  func `the increase over a base year counts and never below zero`(line: RuleCase) { line.check() }

  static let placed = "{kind: placed, places: [10, 8, 6], better: higher, fullFrom: 95}"

  @Test(
    arguments: [
      ("90", ["90", "80", "70", "60"], "10"), ("80", ["90", "80", "70"], "8"), ("60", ["90", "80", "70", "60"], "0"),
      ("80", ["90", "80", "80", "70"], "8"), ("70", ["90", "80", "80", "70"], "0"), ("95", ["95"], "10"),
      ("94", ["99", "98", "94"], "10"), ("70", ["99", "70"], "10"),
    ])
  func `placed gives points by place and ties share the better one`(value: String, peers: [String], score: String) {
    let outcome = Bench.work(Self.placed, "{value: \(value)}", peers: peers.map { .decimal($0) })
    guard case .score(let found, _) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(found == .decimal(score))
  }

  @Test func `lower may be better`() {
    let rule = "{kind: placed, places: [10, 8], better: lower, fullFrom: 1}"
    let peers: [Exact] = [1, 2, 3]
    #expect(Bench.work(rule, "{value: 2}", peers: peers) == .score(10, says: "数值 2，列第 1 名，计 10 分"))
    #expect(Bench.work(rule, "{value: 3}", peers: peers) == .score(8, says: "数值 3，列第 2 名，计 8 分"))
    #expect(Bench.work(rule, "{value: 0.5}", peers: peers) == .score(10, says: "数值 0.5，不劣于 1，计满分"))
    #expect(Bench.work(rule, "{}", peers: peers) == .missing(["value"]))
  }

  @Test func `pooling adds numbers and counts and joins lists and holds booleans together`() throws {
    func facts(_ values: [String: Fact]) -> ItemFacts {
      var facts = ItemFacts(context: Bench.group)
      facts.values = values
      return facts
    }
    let pooled = try #require(
      ItemFacts.pooled([
        facts([
          "n": .number(1), "c": .counts(["city": 1]), "a": .awards([.init(level: "city", kind: nil)]),
          "b": .boolean(true),
        ]),
        facts([
          "n": .number(.decimal("0.5")), "c": .counts(["city": 2, "national": 1]), "a": .awards([]),
          "b": .boolean(false),
        ]),
        facts(["n": .number(2), "l": .names(["x"])]),
      ]))
    #expect(pooled.values["n"] == .number(.decimal("3.5")))
    #expect(pooled.values["c"] == .counts(["city": 3, "national": 1]))
    #expect(pooled.values["a"] == .awards([.init(level: "city", kind: nil)]))
    #expect(pooled.values["b"] == .boolean(false))
    #expect(pooled.values["l"] == .names(["x"]))
    #expect(ItemFacts.pooled([]) == nil || ItemFacts.pooled([])?.values.isEmpty == true)
  }
}
