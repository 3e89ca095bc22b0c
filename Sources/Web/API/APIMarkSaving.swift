import HTTPTypes
import Cycles
import Notation
import People
import Storage

/// Marks of one request on their way into the database: what can be known beforehand is read beside other readers, so
/// that the one writer has a single statement for each mark.
struct APIMarkSaving: Sendable {
  enum Gate: Sendable {
    case open(MarkGate, known: [MarkChange: SheetMark])
    /// The request came before.
    case answered(KeyedAnswer)
  }

  let authority: ID
  let sheet: ID
  let viewer: Viewer
  let now: Instant
  let actor: Actor
  let editions: PolicyEditions
  let gates: MarkGates
  let changes: [MarkChange]

  /// - Parameter root: as `APIMarks.given` says.
  /// Throws `Refusal` naming every value that is too long.
  init(_ visit: Visit, _ root: Node) throws(Refusal) {
    guard let viewer = visit.viewer else { throw .signIn }
    let (account, now) = (viewer.account, visit.now)
    let isExpert = viewer.post?.role == .expert
    (authority, sheet) = (try visit.id("authority"), try visit.id("sheet"))
    (self.viewer, self.now, actor) = (viewer, now, visit.actor)
    (editions, gates) = (visit.site.editions, visit.site.gates)
    var problems: [Message] = []
    changes = (root["marks"]?.list ?? []).enumerated().compactMap { place, node in
      guard let item = node["item"]?.text, let field = node["field"]?.text, let value = node["value"] else {
        return nil
      }
      let text = value.isNull ? nil : JSONText.of(value).text
      if text?.utf8.count ?? 0 > SheetMark.longestValue {
        problems.append(Message("api.marks.large", ["number": .count(place + 1)]))
      }
      return MarkChange(
        item: item, field: field, value: text, seen: node["version"]?.integer ?? 0, by: account, at: now,
        reviewer: isExpert ? account : nil)
    }
    guard problems.isEmpty else { throw .invalid(problems) }
  }

  /// Whether all of it may be entered, found in one journey where the same was asked before.
  ///
  /// Throws `Refusal`, `RequestKeyTaken`, `DatabaseError`.
  func gate(_ key: RequestKey?, _ database: any Database) async throws -> Gate {
    // Who saves mark after mark is let in by one small statement.
    if key == nil, changes.count == 1, let change = changes.first,
      let (gate, mark) = try await gates.again(
        change, of: sheet, authority: authority, for: viewer, at: now, in: database)
    {
      try admit(by: gate)
      return .open(gate, known: mark.map { [change: $0] } ?? [:])
    }
    return try await database.read { transaction in
      if let key, let answer = try RequestKeyStore.find(key, transaction) { return .answered(answer) }
      MarkStore.foretellKnown(changes, of: sheet, authority: authority, transaction)
      let found = try gates.find(authority: authority, sheet, for: viewer, at: now, editions, transaction)
      guard let gate = found else { throw Refusal.notFound }
      try admit(by: gate)
      return .open(gate, known: try MarkStore.known(changes, of: sheet, authority: authority, transaction))
    }
  }

  private func admit(by gate: MarkGate) throws(Refusal) {
    if let closed = gate.rights.closed { throw Refusal(.conflict, [closed]) }
    guard gate.rights.canMark else { throw Refusal.forbidden }
    let unknown = changes.filter { !gate.asks($0.item, $0.field) }
    guard unknown.isEmpty else {
      throw Refusal.invalid(
        unknown.map { Message("api.marks.unknown", ["item": .text($0.item), "field": .text($0.field)]) })
    }
    guard changes.allSatisfy({ gate.mayEnter($0.item, $0.field) }) else { throw Refusal.forbidden }
    let wrong = changes.filter { !gate.takes($0) }
    guard wrong.isEmpty else {
      throw Refusal.invalid(
        wrong.map { Message("api.marks.type", ["item": .text($0.item), "field": .text($0.field)]) })
    }
  }

  /// Throws `Refusal` where it was handed in or marked by others meanwhile.
  func save(
    _ gate: MarkGate, _ known: [MarkChange: SheetMark], _ transaction: any Transaction
  ) throws -> [MarkMerge] {
    if gate.hasPanel {
      let found = try SheetStore.open(authority: authority, sheet, for: viewer, at: now, editions, transaction)
      if let closed = found?.rights.closed { throw Refusal(.conflict, [closed]) }
      guard let open = found, open.rights.canMark, let panel = open.panel, let reviewer = open.reviewer,
        changes.allSatisfy({ panel.mayChange($0.item, field: $0.field, to: $0.value, by: reviewer) })
      else { throw Refusal.conflict("sheet.closed.seen") }
    }
    do {
      return try changes.map {
        try MarkStore.save($0, over: known[$0], of: sheet, authority: authority, by: actor, transaction)
      }
    } catch is SheetConflict {
      throw Refusal.conflict("sheet.closed.submitted")
    }
  }
}
