import Cycles
import Demonstration
import Documents
import Notation
import People
import Policies
import Rules
import Scoring
import Storage

/// What somebody does on one sheet in the filled years, by the stores the pages use.
struct SheetWork: Sendable {
  enum Content: Sendable {
    /// Lays down facts, of so many in a hundred items.
    case facts(GroupFacts, share: Int)
    /// Accepts what was recorded, corrects now and then by other facts of the group; so many in a hundred items.
    case review(other: GroupFacts, share: Int, per: Int)
  }

  let sheet: ID
  let person: FilledPerson
  let at: Instant
  let content: Content
  var submits = true
  /// Whether a remark is made now and then beside the facts.
  var remarks = true
  /// Marks for themselves, beside other experts.
  var isExpert = false
  /// Settles what is chosen by chance.
  let chance: Chance
  /// What an expert marks far below the others, and by whose facts.
  var outlier: (item: String, facts: [GroupFacts])?

  /// What came of it.
  struct Outcome: Sendable {
    let group: ID
    let card: Scorecard
    let facts: GroupFacts
    let gaps: Int
  }

  func carryOut(
    in cycle: StoredCycle, _ editions: PolicyEditions, ids: IDMaker, _ transaction: any Transaction
  ) throws -> Outcome {
    guard
      let open = try SheetStore.open(
        authority: cycle.authority, sheet, for: person.viewer, at: at, editions, transaction)
    else { throw FillingFault.unreached(person.login) }
    let changes = changes(on: open.value)
    for change in changes {
      _ = try MarkStore.save(change, of: sheet, authority: cycle.authority, by: person.actor, transaction)
    }
    let state = open.value.state(
      changes.map {
        SheetMark(
          item: $0.item, field: $0.field, value: $0.value, version: 1, by: $0.by, at: $0.at, reviewer: $0.reviewer)
      })
    if submits, isExpert {
      try SubmissionStore.handIn(
        open, reviewer: person.viewer.account, at: at, by: person.actor, transaction)
    } else if submits {
      try SubmissionStore.submit(
        open, facts: state.facts, card: state.card, words: .of(language: cycle.policy.language),
        experts: open.stage.experts.map {
          MissingExperts(wanted: $0, found: 0, reason: Words.made("demo.panel.facts"))
        }, at: at, by: person.actor, ids: ids, transaction)
    }
    return Outcome(
      group: open.sheet.group, card: state.card, facts: state.facts, gaps: state.canSubmit ? 0 : state.gaps.count)
  }

  private func changes(on value: Sheet) -> [MarkChange] {
    var chance = chance
    var changes: [MarkChange] = []
    let items = value.state([]).items.map(\.item.id)
    func add(_ item: String, _ field: String, _ json: String, minutes: Int64) {
      changes.append(
        MarkChange(
          item: item, field: field, value: json, seen: 0, by: person.viewer.account,
          at: at.adding(seconds: -60 * minutes), reviewer: isExpert ? person.viewer.account : nil))
    }
    switch content {
    case .facts(let facts, let share):
      let entries = Dictionary(grouping: value.entries(of: facts), by: \.item)
      for (place, item) in items.prefix(items.count * share / 100).enumerated() {
        let minutes = Int64((items.count - place) * 4)
        for (field, fact) in taken(entries[item] ?? [], item, on: value) {
          add(item, field, fact.map(FactsJSON.text) ?? "{}", minutes: minutes)
        }
        if remarks, chance.happens(150) {
          add(item, SheetMark.remark, remark("demo.remarks", &chance), minutes: minutes)
        }
      }
    case .review(let other, let share, let per):
      // Nobody says anything about a bonus that nobody claims.
      let claimed = items.filter { id in
        value.base?.items[id] != nil || value.policy.allItems.first { $0.id == id }?.isBonus == false
      }
      for (place, item) in claimed.prefix((claimed.count * share + 99) / 100).enumerated() {
        let minutes = Int64((claimed.count - place) * 3)
        let isOutlier = outlier?.item == item
        let correction =
          isOutlier
          ? lowest(of: item, outlier?.facts ?? [], on: value)
          : chance.happens(per) ? correction(of: item, by: other, on: value) : nil
        guard let correction else {
          add(item, SheetMark.choice, "\"\(Choice.accept.rawValue)\"", minutes: minutes)
          continue
        }
        add(item, SheetMark.choice, "\"\(Choice.correct.rawValue)\"", minutes: minutes)
        for entry in correction { add(item, entry.field, entry.fact.map(FactsJSON.text) ?? "{}", minutes: minutes) }
        add(item, SheetMark.remark, remark("demo.corrections", &chance), minutes: minutes)
      }
    }
    return changes
  }

  /// The facts of an item as they are entered: what the records of the year say is taken over as it is, and never more is
  /// done than there is to do.
  private func taken(_ entries: [SheetEntry], _ item: String, on value: Sheet) -> [(field: String, fact: Fact?)] {
    let proposals = value.proposals[item] ?? [:]
    let taken = entries.map { ($0.field, proposals[$0.field]?.value ?? $0.fact) }
    let marks = taken.map { field, fact in
      SheetMark(item: item, field: field, value: fact.map(FactsJSON.text) ?? "{}", version: 1, by: nil, at: at)
    }
    let fields = value.state(marks, only: item)[item]?.fields ?? []
    let whole = Dictionary(fields.map { ($0.path, $0.value) }) { first, _ in first }
    let doubtful = Set(fields.filter { !$0.doubts.isEmpty && $0.proposal == nil }.map(\.path))
    return taken.map { field, fact in
      guard doubtful.contains(field), field.hasSuffix("done"), let most = whole[field.dropLast(4) + "required"] else {
        return (field, fact)
      }
      return (field, most)
    }
  }

  private func remark(_ key: String, _ chance: inout Chance) -> String {
    JSONText.quoted(chance.pick(Words.made(key).split(separator: "|").map(String.init)) ?? "")
  }

  /// The facts of another group for an item; how many schools there are stays as it is.
  private func entries(of other: GroupFacts, _ item: String, on value: Sheet) -> [SheetEntry] {
    let fixed = Set(value.recordedFields.filter { $0.item == item && $0.from.hasPrefix("registry.") }.map(\.path))
    return value.entries(of: other).filter { $0.item == item && !fixed.contains($0.field) }
  }

  /// The item's score where these facts stand in the place of those recorded; nil where it comes to none, or to
  /// something that can hardly be meant.
  private func score(_ entries: [SheetEntry], of item: String, on value: Sheet) -> Exact? {
    let marks =
      [(SheetMark.choice, "\"\(Choice.correct.rawValue)\"")]
      + entries.map { ($0.field, $0.fact.map(FactsJSON.text) ?? "{}") }
    let state = value.state(
      marks.map { SheetMark(item: item, field: $0.0, value: $0.1, version: 1, by: nil, at: at) }, only: item)
    return state.doubts.isEmpty ? state[item]?.line?.score : nil
  }

  private func recorded(_ item: String, on value: Sheet) -> Exact? {
    value.state(
      [
        SheetMark(
          item: item, field: SheetMark.choice, value: "\"\(Choice.accept.rawValue)\"", version: 1, by: nil, at: at)
      ],
      only: item
    )[item]?.line?.score
  }

  /// Other facts that come to a little less than those recorded.
  private func correction(of item: String, by other: GroupFacts, on value: Sheet) -> [SheetEntry]? {
    let entries = entries(of: other, item, on: value)
    guard !entries.isEmpty, let before = recorded(item, on: value), let after = score(entries, of: item, on: value),
      after < before, after * Exact(2) > before, !isExpert || isNear(before, after, item, value.policy)
    else { return nil }
    return entries
  }

  /// Whether two experts may be so far apart without anybody being alerted.
  private func isNear(_ a: Exact, _ b: Exact, _ item: String, _ policy: Policy) -> Bool {
    guard let points = policy.allItems.first(where: { $0.id == item })?.points, !points.isZero else { return false }
    return (a - b).magnitude * .hundred / points <= policy.spreadAlert ?? Exact(20)
  }

  /// The facts of any group that come to the least.
  private func lowest(of item: String, _ others: [GroupFacts], on value: Sheet) -> [SheetEntry]? {
    others.compactMap { other -> (score: Exact, entries: [SheetEntry])? in
      let entries = entries(of: other, item, on: value)
      guard !entries.isEmpty, let score = score(entries, of: item, on: value) else { return nil }
      return (score, entries)
    }.min { $0.score < $1.score }?.entries
  }
}

enum FillingFault: Error { case unreached(String), noGroups }
