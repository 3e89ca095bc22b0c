public import Notation

/// What may no longer change, and why.
extension LedgerPlan {
  /// Why a record may not be kept so: in the year at hand or in another one that it speaks for, its kind was declared
  /// complete or the results are confirmed.
  public static func closed(
    _ kind: LedgerKind, _ reading: RecordReading, _ before: LedgerRecord?, _ year: GroupYear
  ) -> Message? {
    if year.isConfirmed { return confirmed(year) }
    let keepers = [reading.school] + (before.map { [$0.school] } ?? [])
    let days = [reading.first, before?.first].compactMap(\.self)
    for keeper in keepers {
      let isDeclared: Bool =
        kind.dating == .day
        ? days.contains { year.isClosed(kind.id, by: keeper, year.days.term(of: $0)) }
        : year.isClosed(kind.id, by: keeper, nil)
      if isDeclared { return closed(kind, keeper, year) }
    }
    return settled(kind, reading, before, year)
  }

  /// Why a record may not be taken out.
  public static func kept(_ kind: LedgerKind, _ record: LedgerRecord, _ year: GroupYear) -> Message? {
    if year.isConfirmed { return confirmed(year) }
    let isDeclared: Bool =
      kind.dating == .day
      ? year.isClosed(kind.id, by: record.school, year.days.term(of: record.first))
      : year.isClosed(kind.id, by: record.school, nil)
    if isDeclared { return closed(kind, record.school, year) }
    let dated = DatedRecord(keeper: record.school, first: record.first, last: record.last, values: record.values)
    for other in year.settled {
      guard dated.speaks(for: other.days, kind, year), let fast = other.fast(kind, by: record.school) else { continue }
      guard let field = kind.endField else { return said("settled", fast, kind, record.school, other, year) }
      return said("stood", fast, kind, record.school, other, year, ["field": .message(field.title)])
    }
    return nil
  }

  /// Why another year stands in the way: there only the last day may change, and not to one within that year.
  private static func settled(
    _ kind: LedgerKind, _ reading: RecordReading, _ before: LedgerRecord?, _ year: GroupYear
  ) -> Message? {
    guard kind.dating != .day, let first = reading.first else { return nil }
    let begins = kind.dating == .standing ? before?.first ?? first : first
    let now = DatedRecord(keeper: reading.school, first: begins, last: reading.last, values: reading.values)
    let then = before.map { DatedRecord(keeper: $0.school, first: $0.first, last: $0.last, values: $0.values) }
    for other in year.settled {
      for record in [then, now].compactMap(\.self) where record.speaks(for: other.days, kind, year) {
        guard let fast = other.fast(kind, by: record.keeper) else { continue }
        if let then, onlyEndsLater(then, now, kind, reading, than: other.days.last) { continue }
        return said("settled", fast, kind, record.keeper, other, year)
      }
    }
    return nil
  }

  private static func onlyEndsLater(
    _ then: DatedRecord, _ now: DatedRecord, _ kind: LedgerKind, _ reading: RecordReading, than day: Day
  ) -> Bool {
    guard let end = kind.endField?.id, reading.newTeacher == nil, then.keeper == now.keeper, then.first == now.first
    else { return false }
    func ends(_ last: Day?) -> Bool { last.map { $0 >= day } ?? true }
    return ends(then.last) && ends(now.last)
      && then.values.filter { $0.key != end } == now.values.filter { $0.key != end }
  }

  private static func said(
    _ what: String, _ fast: SettledYear.Fast, _ kind: LedgerKind, _ keeper: ID?, _ other: SettledYear,
    _ year: GroupYear,
    _ parts: [String: Message.Part] = [:]
  ) -> Message {
    Message(
      "ledger.fault.\(what).\(fast.rawValue)",
      [
        "year": .message(other.days.title), "last": .text(other.days.last.text), "kind": .message(kind.title),
        "keeper": name(keeper, year),
      ].merging(parts) { $1 })
  }

  /// Why nothing may change: the year's results stand.
  public static func confirmed(_ year: GroupYear) -> Message {
    Message("ledger.fault.confirmed", ["year": .message(year.days.title)])
  }

  public static func closed(_ kind: LedgerKind, _ keeper: ID?, _ year: GroupYear) -> Message {
    Message("ledger.fault.closed", ["kind": .message(kind.title), "keeper": name(keeper, year)])
  }

  private static func name(_ keeper: ID?, _ year: GroupYear) -> Message.Part {
    keeper.flatMap { year.school($0) }.map { .text($0.name) } ?? .message(Message("ledger.keeper.group"))
  }
}
