public import Notation

/// A row of a workbook of records, with the cells its texts stand in.
public struct LedgerRow: Sendable, Hashable {
  /// Our number of the record; empty: a new one.
  public let id: String
  public let typed: TypedRecord
  public let line: Int
  /// By field; `school` and `id` for those columns.
  public let places: [String: Place]

  public init(id: String, typed: TypedRecord, line: Int, places: [String: Place]) {
    self.id = id
    self.typed = typed
    self.line = line
    self.places = places
  }

  func place(_ field: String) -> Place { places[field] ?? places.values.min() ?? Place(file: "", line: line) }
}

/// What a workbook of records would change: shown first, carried out as a whole once accepted. Records that aren't in the
/// file stay.
public struct LedgerPlan: Sendable {
  public enum State: String, Sendable { case new, changed, unchanged }

  public struct Line: Sendable {
    public let row: LedgerRow
    public let state: State
    public let reading: RecordReading
    /// What it was before.
    public let before: LedgerRecord?
    /// Of a new row: what it is the same as in every field; kept only where somebody says that it is another.
    public let twin: Twin?
  }

  /// What a new row repeats.
  public enum Twin: Sendable, Hashable {
    case record(ID)
    /// An earlier row of the file.
    case row(Int)
  }

  public let lines: [Line]
  public let problems: [Problem]

  public func count(_ state: State) -> Int { lines.count { $0.state == state && $0.twin == nil } }
  public var twins: [Line] { lines.filter { $0.twin != nil } }

  public init(
    _ rows: [LedgerRow], kind: LedgerKind, in context: RecordContext, rights: LedgerRights
  ) {
    let known = Dictionary(context.year.records(kind.id).map { ($0.id.description, $0) }) { first, _ in first }
    var problems = Problems()
    var seen: Set<String> = []
    var lines: [Line] = []
    var uniques: [[String]: Int] = [:]
    let replaced = Set(rows.map(\.id))
    var told: [Content: Twin] = [:]
    for record in context.year.records(kind.id) {
      told[Content(school: record.school, values: record.values, newTeacher: nil)] = .record(record.id)
    }
    var booked = context.year.records("bookings").filter { !replaced.contains($0.id.description) }
      .compactMap { Booking($0.values) }
    for row in rows {
      let before = row.id.isEmpty ? nil : known[row.id]
      // Whose row it isn't learns nothing from it, neither whether a name is right nor anything else.
      let isForeign = LedgerPlan.isForeign(row, before, kind, context.year, rights)
      if isForeign, !LedgerPlan.isShown(row, before, kind, context, rights) {
        problems.add("ledger.right", at: row.place("school"), ["kind": .message(kind.title)])
        continue
      }
      let reading = RecordReading(row.typed, kind: kind, in: context, before: before)
      if isForeign, before.map({ !LedgerPlan.same($0, reading) }) ?? true {
        problems.add("ledger.right", at: row.place("school"), ["kind": .message(kind.title)])
        continue
      }
      for fault in reading.faults {
        problems.add("ledger.row", at: row.place(fault.field), ["why": .message(fault.message)])
      }
      if !row.id.isEmpty, before == nil {
        problems.add("ledger.unknown", at: row.place("id"), ["found": .text(row.id)])
      }
      if !row.id.isEmpty, !seen.insert(row.id).inserted {
        problems.add("ledger.twice", at: row.place("id"), ["found": .text(row.id)])
      }
      guard reading.faults.isEmpty else { continue }
      let isSame = before.map { LedgerPlan.same($0, reading) } ?? false
      if !isSame {
        if !rights.mayKeep(kind, reading.school) || (before.map { !rights.mayKeep(kind, $0.school) } ?? false) {
          problems.add("ledger.right", at: row.place("school"), ["kind": .message(kind.title)])
        }
        if let said = LedgerPlan.closed(kind, reading, before, context.year) {
          problems.add("ledger.row", at: row.place("day"), ["why": .message(said)])
        }
      }
      if let unique = kind.unique {
        let key = [reading.school?.description ?? ""] + unique.map { row.typed.texts[$0] ?? "" }
        let others = context.year.records(kind.id).filter { other in
          other.id.description != row.id && other.school == reading.school
            && unique.allSatisfy { other.values[$0] == reading.values[$0] }
        }
        if uniques[key] != nil || !others.isEmpty {
          problems.add(
            "ledger.row", at: row.place("school"),
            ["why": .message(Message("ledger.fault.twice", ["kind": .message(kind.title)]))])
        }
        uniques[key] = row.line
      }
      if kind.id == "bookings", let booking = Booking(reading.values) {
        if !isSame, let other = booked.first(where: { $0.clashes(with: booking) }) {
          problems.add("ledger.row", at: row.place(Booking.timeField), ["why": .message(other.taken)])
        }
        booked.append(booking)
      }
      var twin: Twin?
      if before == nil {
        let content = Content(school: reading.school, values: reading.values, newTeacher: reading.newTeacher)
        twin = told[content]
        if twin == nil { told[content] = .row(row.line) }
      }
      lines.append(
        Line(
          row: row, state: before == nil ? .new : isSame ? .unchanged : .changed, reading: reading, before: before,
          twin: twin))
    }
    self.problems = problems.sorted
    self.lines = problems.isEmpty ? lines : []
  }

  /// Whether it belongs to somebody the post may not keep records for.
  private static func isForeign(
    _ row: LedgerRow, _ before: LedgerRecord?, _ kind: LedgerKind, _ year: GroupYear, _ rights: LedgerRights
  ) -> Bool {
    if let before, !rights.mayKeep(kind, before.school) { return true }
    guard kind.isOfSchool else { return !rights.mayKeep(kind, nil) }
    return RecordReading.keepers(row.typed.school, in: year).contains { !rights.mayKeep(kind, $0.id) }
  }

  /// Whether the people of a row stand there as its list shows them to everybody: masked.
  private static func isShown(
    _ row: LedgerRow, _ before: LedgerRecord?, _ kind: LedgerKind, _ context: RecordContext, _ rights: LedgerRights
  ) -> Bool {
    guard let before else { return false }
    return [true, false].contains { isMasked in
      guard isMasked || rights.seesNames(in: before) else { return false }
      let writer = RecordText(context, catalogue: context.catalogues.first ?? .chinese, isMasked: isMasked)
      return kind.fields.filter { $0.form == .teacher || $0.namesSomebody }.allSatisfy { field in
        (row.typed.texts[field.id] ?? "").trimmedSpaces == writer.text(before.values[field.id], field)
      }
    }
  }

  private struct Content: Hashable {
    let school: ID?
    let values: [String: LedgerValue]
    let newTeacher: String?
  }

  static func same(_ record: LedgerRecord, _ reading: RecordReading) -> Bool {
    record.values == reading.values && record.school == reading.school && reading.newTeacher == nil
  }
}
