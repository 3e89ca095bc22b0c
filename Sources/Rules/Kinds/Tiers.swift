import Notation

/// Awards by level: their points added, the best of each kind, the single best, or the increase over a base year.
struct Tiers: Rule {
  static let kind = "tiers"
  static let awardKind = ObjectShape("award-kind") {
    [Field("id", .id, required: true), Field("title", .text, required: true)]
  }
  static let fields = [
    Field("tiers", .map(.number), required: true), Field("take", .word(Take.allCases.map(\.rawValue))),
    Field("kinds", .list(.object(awardKind), least: 1)), Field("over", .either([.integer, .text])),
  ]
  static let pools = true

  enum Take: String, CaseIterable { case all, highestPerKind, highest }

  let tiers: [(level: String, points: Exact)]
  let take: Take
  let kinds: [String]?
  let kindTitles: [String: String]
  let over: String?

  init?(_ node: Node) {
    guard let entries = node["tiers"]?.map, !entries.isEmpty else { return nil }
    let tiers = entries.compactMap { entry in entry.value.number.map { (level: entry.key, points: $0) } }
    guard tiers.count == entries.count, let take = node["take"].map({ $0.text.flatMap(Take.init) }) ?? .all else {
      return nil
    }
    self.tiers = tiers
    self.take = take
    kinds = node.each("kinds") { $0["id"]?.text }
    kindTitles = (node["kinds"]?.list ?? []).reduce(into: [:]) { titles, kind in
      if let id = kind["id"]?.text { titles[id] = kind["title"]?.text ?? id }
    }
    over = node["over"].flatMap { $0.text ?? $0.integer.map(String.init) }
    if node["kinds"] != nil, kinds == nil { return nil }
    if node["over"] != nil, over == nil { return nil }
  }

  static func check(_ node: Node, points: Exact?, _ problems: inout Problems) {
    problems.unique(node["kinds"]?.list ?? [], of: "kinds")
    if let tiers = node["tiers"], tiers.map?.isEmpty == true { problems.add("levels.empty", at: tiers.place) }
    for entry in node["tiers"]?.map ?? [] {
      if let points = entry.value.number, points.isNegative {
        problems.add("number.negative", at: entry.value.place, ["key": .text(entry.key), "found": .number(points)])
      }
    }
    if node["over"] != nil, let take = node["take"], take.text != "all", !take.isUndecided {
      problems.add("tiers.over", at: take.place)
    }
  }

  var levels: [String] { tiers.map(\.level) }

  var needs: [Need] {
    let counts = Need("counts", .counts(levels: levels), range: .count)
    if over != nil { return [counts, Need("base", .counts(levels: levels), range: .count)] }
    let awards = Need("awards", .awards(levels: levels, kinds: kinds, kindRequired: take == .highestPerKind))
    return take == .all ? [awards, counts] : [awards]
  }

  /// Awards and counts are two ways to say the same; one is enough.
  func missing(in facts: ItemFacts, needs: [Need]) -> [String] {
    if over == nil, facts.values["awards"] != nil || (take == .all && facts.values["counts"] != nil) { return [] }
    if over == nil { return ["awards"] }
    return needs.map(\.name).filter { facts.values[$0] == nil }
  }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    let counted = tally(facts).filter { $0.count > .zero }
    let score = counted.map { $0.count * $0.tier.points }.reduce(.zero, +)
    return Working(
      score, points: points,
      counted.isEmpty
        ? [Message(over == nil ? "rule.tiers.none" : "rule.tiers.noIncrease", ["over": .text(over ?? "")])]
        : counted.map(line))
  }

  private func line(_ counted: Counted) -> Message {
    let tier = counted.tier
    return Message(
      counted.isBest ? "rule.tiers.best" : over == nil ? "rule.tiers.count" : "rule.tiers.increase",
      [
        "level": .message(Message("level.\(tier.level)", ["name": .text(tier.level)])), "count": .number(counted.count),
        "points": .number(tier.points), "sum": .number(counted.count * tier.points), "over": .text(over ?? ""),
      ])
  }

  private typealias Counted = (count: Exact, tier: (level: String, points: Exact), isBest: Bool)

  /// How many awards count at each tier.
  private func tally(_ facts: ItemFacts) -> [Counted] {
    var counts: [String: Exact] = [:]
    if case .counts(let given)? = facts.values["counts"] { counts = given }
    if over != nil {
      var base: [String: Exact] = [:]
      if case .counts(let given)? = facts.values["base"] { base = given }
      return tiers.map { tier in
        // Levels that a list leaves out had none (policy-format, «Absence is never zero»).
        (max(.zero, (counts[tier.level] ?? .zero) - (base[tier.level] ?? .zero)), tier, false)
      }
    }
    var awards: [Fact.Award] = []
    if case .awards(let given)? = facts.values["awards"] { awards = given }
    func worth(_ award: Fact.Award) -> Exact { tiers.first { $0.level == award.level }?.points ?? .zero }
    switch take {
    case .all:
      for award in awards { counts[award.level] = (counts[award.level] ?? .zero) + .one }
      return tiers.map { (counts[$0.level] ?? .zero, $0, false) }
    case .highest: awards = awards.max { worth($0) < worth($1) }.map { [$0] } ?? []
    case .highestPerKind:
      awards = Dictionary(grouping: awards, by: \.kind).values.compactMap { $0.max { worth($0) < worth($1) } }
    }
    for award in awards { counts[award.level] = (counts[award.level] ?? .zero) + .one }
    return tiers.map { (counts[$0.level] ?? .zero, $0, true) }
  }
}
