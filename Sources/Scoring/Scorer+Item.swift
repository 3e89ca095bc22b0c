import Notation
import Policies
import Rules

extension Scorer {
  /// One item of a group. Nothing missing is read as zero: what is missing is named and the score stays open.
  func line(_ item: Item, _ group: GroupFacts, peers: Peers) throws(Fault) -> Scorecard.Line {
    var facts = group.items[item.id] ?? [:]
    let keys = group.keys(of: item.of)
    let claimed = item.isBonus ? keys.filter { facts[$0] != nil } : keys
    // A rule that reads nothing but the group itself needs no entry in the facts.
    for key in claimed where facts[key] == nil { facts[key] = ItemFacts(context: group.context, inputs: item.inputs) }
    if item.isBonus, claimed.isEmpty {
      return Scorecard.Line(item: item, score: .zero, exact: .zero, missing: [], reasons: [Message("bonus.none")])
    }
    let missing = missing(item, group, facts, keys: keys, claimed: claimed)
    guard missing.isEmpty else {
      // A bonus claim that lacks a fact earns nothing and is listed; a sheet's item stays open.
      return Scorecard.Line(
        item: item, score: item.isBonus ? .zero : nil, exact: item.isBonus ? .zero : nil, missing: missing,
        reasons: [Message(item.isBonus ? "bonus.incomplete" : "item.unscored", ["missing": .names(missing)])])
    }
    let combined = try combined(item, group, facts, keys: keys, claimed: claimed, peers: peers)
    let score = combined.score.clamped(to: .zero...item.points)
    let rounded = score.rounded(policy.rounding)
    return Scorecard.Line(
      item: item, score: rounded, exact: score, missing: [],
      reasons: combined.lines()
        + (rounded == score ? [] : [roundedTo(rounded)]) + readings(item))
  }

  /// Says to how many places a score was rounded, with all of them.
  func roundedTo(_ score: Exact) -> Message {
    let places = policy.rounding.places
    return Message("item.rounded", ["places": .count(places), "score": .text(score.fixed(places: places))])
  }

  /// The facts an item lacks, as `item/school/input`.
  private func missing(
    _ item: Item, _ group: GroupFacts, _ facts: [String: ItemFacts], keys: [String], claimed: [String]
  ) -> [String] {
    var missing: [String] = []
    if item.usesMonths, group.context.monthsSinceFormed == nil { missing.append("\(item.id)/formed") }
    if keys.isEmpty { missing.append("\(item.id)/members") }
    for key in claimed {
      guard let known = facts[key] else { continue }
      missing += item.rule.missing(in: known, needs: item.needs).map { "\(item.id)/\(key)/\($0)" }
    }
    if item.across == .weighted, item.of == .members || item.of == .schools {
      for school in group.schools where keys.contains(school.id) && school.pupils == nil {
        missing.append("\(item.id)/\(school.id)/pupils")
      }
    }
    return missing
  }

  /// The readings of decisions that the item depends on.
  private func readings(_ item: Item) -> [Message] {
    let readings = item.decisions.compactMap { policy.decision($0) }.map {
      Message("item.reading", ["question": .text($0.question), "reading": .text($0.reading ?? "")])
    }
    return readings.isEmpty ? [] : [Message("item.readings", ["readings": .lines(readings)])]
  }

  /// A score of one or several schools, unrounded, and the lines behind it.
  private struct Combined {
    let score: Exact
    let lines: @Sendable () -> [Message]
  }

  private func combined(
    _ item: Item, _ group: GroupFacts, _ facts: [String: ItemFacts], keys: [String], claimed: [String], peers: Peers
  ) throws(Fault) -> Combined {
    if item.of == .group || item.of == .lead {
      guard var own = facts[keys[0]] else { throw Fault("missing") }
      own.peers = peers
      let working = try item.rule.work(own, points: item.points)
      return Combined(score: working.score) { working.lines }
    }
    if item.across == .pooled {
      guard let pooled = ItemFacts.pooled(claimed.compactMap { facts[$0] }) else { throw Fault("missing") }
      let working = try item.rule.work(pooled, points: item.points)
      let count = claimed.count
      return Combined(score: working.score) {
        [Message("across.pooled", ["count": .count(count)])] + working.lines
      }
    }
    var workings: [SchoolWorking] = []
    for school in group.schools where keys.contains(school.id) {
      // A bonus item's school without a claim, where others claim, has no facts and adds nothing.
      workings.append(
        SchoolWorking(
          school: school,
          working: try facts[school.id].map { facts throws(Fault) in
            try item.rule.work(facts, points: item.points)
          }))
    }
    let all = workings
    let score = try item.across.combine(all.map { ($0.score, $0.school.pupils) }, points: item.points)
    let across = item.across
    return Combined(score: score) {
      all.compactMap(\.line)
        + [Message("across.\(across.rawValue)", ["count": .count(all.count), "score": .number(score)])]
    }
  }

  /// One school's part in an item.
  private struct SchoolWorking: Sendable {
    let school: GroupFacts.School
    /// Nil where the school claims nothing.
    let working: Working?

    var score: Exact { working?.score ?? .zero }

    var line: Message? {
      working.map {
        Message(
          "across.school",
          [
            "school": .text(school.name ?? school.id), "score": .number($0.score), "lines": .lines($0.lines),
          ])
      }
    }
  }
}

extension Item.Across {
  /// Several schools' scores as one, unrounded.
  func combine(_ scores: [(score: Exact, pupils: Exact?)], points: Exact) throws(Fault) -> Exact {
    let all = scores.map(\.score)
    let sum = all.reduce(.zero, +)
    switch self {
    case .mean: return sum / Exact(all.count)
    case .min: return all.min() ?? .zero
    case .sum, .pooled: return Swift.min(points, sum)
    case .weighted:
      let weights = scores.compactMap(\.pupils)
      // Missing numbers were named before; a school without one must never weigh nothing.
      guard weights.count == scores.count else { throw Fault("missing") }
      let pupils = weights.reduce(.zero, +)
      guard !pupils.isZero else { throw Fault("pupils") }
      return zip(all, weights).map { $0 * $1 }.reduce(.zero, +) / pupils
    }
  }
}
