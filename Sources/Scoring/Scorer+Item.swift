import Notation
import Policies
import Rules

extension Scorer {
  /// One item of a group. Nothing missing is read as zero: what is missing is named and the score stays open.
  func line(_ item: Item, _ group: GroupFacts, peers: [Exact]) throws(Fault) -> Scorecard.Line {
    var facts = group.items[item.id] ?? [:]
    let keys = group.keys(of: item.of)
    let claimed = item.isBonus ? keys.filter { facts[$0] != nil } : keys
    // A rule that reads nothing but the group itself needs no entry in the facts.
    for key in claimed where facts[key] == nil { facts[key] = ItemFacts(context: group.context, inputs: item.inputs) }
    if item.isBonus, claimed.isEmpty {
      return Scorecard.Line(item: item, score: .zero, missing: [], reasons: [Message("bonus.none")])
    }
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
    guard missing.isEmpty else {
      // A bonus claim that lacks a fact earns nothing and is listed; a sheet's item stays open.
      return Scorecard.Line(
        item: item, score: item.isBonus ? .zero : nil, missing: missing,
        reasons: [Message(item.isBonus ? "bonus.incomplete" : "item.unscored", ["missing": .names(missing)])])
    }
    var (score, reasons) = try combined(item, group, facts, keys: keys, claimed: claimed, peers: peers)
    score = score.clamped(to: .zero...item.points)
    let rounded = score.rounded(policy.rounding)
    if rounded != score { reasons.append(Message("item.rounded", ["score": .number(rounded)])) }
    return Scorecard.Line(item: item, score: rounded, missing: [], reasons: reasons + readings(item))
  }

  /// The readings of decisions that the item depends on.
  private func readings(_ item: Item) -> [Message] {
    let readings = item.decisions.compactMap { policy.decision($0)?.reading }
    return readings.isEmpty ? [] : [Message("item.readings", ["readings": .names(readings)])]
  }

  private func combined(
    _ item: Item, _ group: GroupFacts, _ facts: [String: ItemFacts], keys: [String], claimed: [String], peers: [Exact]
  ) throws(Fault) -> (Exact, [Message]) {
    if item.of == .group || item.of == .lead {
      guard var own = facts[keys[0]] else { throw Fault("missing") }
      own.peers = peers
      let working = try item.rule.work(own, points: item.points)
      return (working.score, working.lines)
    }
    if item.across == .pooled {
      guard let pooled = ItemFacts.pooled(claimed.compactMap { facts[$0] }) else { throw Fault("missing") }
      let working = try item.rule.work(pooled, points: item.points)
      return (working.score, [Message("across.pooled", ["count": .count(claimed.count)])] + working.lines)
    }
    var scores: [(score: Exact, pupils: Exact?)] = []
    var reasons: [Message] = []
    for school in group.schools where keys.contains(school.id) {
      guard let own = facts[school.id] else {
        // Reached for bonus items only: a school without a claim where others claim.
        scores.append((.zero, school.pupils))
        continue
      }
      let working = try item.rule.work(own, points: item.points)
      scores.append((working.score, school.pupils))
      reasons.append(
        Message(
          "across.school",
          [
            "school": .text(school.name ?? school.id), "score": .number(working.score),
            "lines": .list(working.lines),
          ]))
    }
    let score = try item.across.combine(scores, points: item.points)
    reasons.append(
      Message("across.\(item.across.rawValue)", ["count": .count(scores.count), "score": .number(score)]))
    return (score, reasons)
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
      let pupils = scores.compactMap(\.pupils).reduce(.zero, +)
      guard !pupils.isZero else { throw Fault("pupils") }
      return scores.map { $0.score * ($0.pupils ?? .zero) }.reduce(.zero, +) / pupils
    }
  }
}
