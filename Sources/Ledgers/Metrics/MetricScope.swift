public import Notation
public import Rules

/// Whose metric is asked for, by which binding.
public struct MetricScope: Sendable {
  public let year: GroupYear
  /// Nil: the group's.
  public let school: ID?
  public let need: Need
  public let with: InputParameters

  public init(_ year: GroupYear, school: ID?, need: Need, with: InputParameters) {
    self.year = year
    self.school = school
    self.need = need
    self.with = with
  }

  /// The schools it is about, those that left or joined during the year among them: both halves of a share stand over them.
  var schools: [LedgerSchool] { school.map { id in year.schools.filter { $0.id == id } } ?? year.schools }

  /// Who keeps what it reads.
  func keepers(_ kind: String) -> [ID?] {
    LedgerKinds.byID[kind]?.keeper == .group ? [nil] : schools.map { $0.id }
  }

  /// The records of a kind in a term or the year that speak of the school asked about.
  func rows(_ kind: String, _ term: Term? = nil) -> [LedgerRecord] {
    let days = year.days.days(of: term)
    return year.counting(kind).filter { record in
      record.overlaps(days.first, days.last) && (school.map { record.allSchools.contains($0) } ?? true)
    }
  }

  /// The schools whose part is asked for today.
  var present: [LedgerSchool] { schools.filter(\.isPresent) }

  /// What the checks keep out of a figure of some kinds, as people read it.
  func leftOut(_ kinds: [String]) -> [Message] {
    guard !year.void.isEmpty else { return [] }
    return kinds.flatMap { kind in
      year.records(kind).compactMap { row in
        guard let check = year.void[row.id], row.overlaps(year.days.first, year.days.last),
          school.map({ row.allSchools.contains($0) }) ?? true
        else { return nil }
        return Message(
          "ledger.how.leftOut",
          [
            "kind": .message(Message("ledger.kind.\(kind)")), "day": .text(row.first.text),
            "why": .message(Message("ledger.check.\(check)")),
          ])
      }
    }
  }

  /// Of the rows, the ones whose word the binding wants; all where it names none.
  func rows(_ kind: String, _ term: Term?, word field: String, _ standard: [String] = []) -> [LedgerRecord] {
    let wanted = with.words("kinds") ?? standard
    return rows(kind, term).filter { wanted.isEmpty || wanted.contains($0.text(field) ?? "") }
  }

  func unsaid(_ kind: String, _ term: Term? = nil) -> [Message] { year.unsaid(kind, by: keepers(kind), term) }

  /// A number that can only rise with further records: it stands on the rows there are; that there are none has to be said.
  func rising(_ count: Exact, _ rows: [LedgerRecord], _ kind: String, _ term: Term? = nil) -> MetricReading {
    let unsaid = unsaid(kind, term)
    guard !rows.isEmpty || unsaid.isEmpty else { return .unknown(unsaid) }
    var reading = MetricReading(value: .number(count))
    reading.rows = rows.map(\.id)
    reading.mayRise = !unsaid.isEmpty
    reading.missing = unsaid
    return reading
  }

  /// Whether there is any: one is enough, none has to be said.
  func exists(_ rows: [LedgerRecord], _ kind: String, _ term: Term? = nil) -> MetricReading {
    let unsaid = rows.isEmpty ? unsaid(kind, term) : []
    guard unsaid.isEmpty else { return .unknown(unsaid) }
    var reading = MetricReading(value: .boolean(!rows.isEmpty))
    reading.rows = rows.map(\.id)
    return reading
  }

  /// A value that any further record may change: it waits until all is said.
  func settled(
    _ fact: Fact?, _ rows: [LedgerRecord], _ kinds: [String], term: Term? = nil, how: [Message] = []
  ) -> MetricReading {
    let unsaid = kinds.flatMap { self.unsaid($0, term) }
    var reading = MetricReading(value: unsaid.isEmpty ? fact : nil)
    reading.soFar = unsaid.isEmpty ? nil : fact
    reading.rows = rows.map(\.id)
    reading.missing = unsaid
    reading.how = how
    return reading
  }

  /// A head count of the year, summed over the schools asked about; every school has to have given it.
  func heads(_ field: String) -> (sum: Exact?, rows: [LedgerRecord], missing: [Message]) {
    var sum = Exact.zero
    var rows: [LedgerRecord] = []
    var missing: [Message] = []
    for school in schools {
      let record = self.rows("staffing").first { $0.school == school.id }
      if let record { rows.append(record) }
      if let number = record?.number(field) {
        sum += number
      } else {
        missing.append(
          Message(
            "ledger.missing.heads",
            ["school": .text(school.name), "field": .message(Message("ledger.field.\(field)"))]))
      }
    }
    return (missing.isEmpty ? sum : nil, rows, missing)
  }

  /// Shares that no finite decimal says are given with four decimals.
  static func percent(_ part: Exact, of whole: Exact) -> Exact {
    (part * Exact.hundred / whole).rounded(Rounding(places: 4, mode: .halfUp))
  }

  func share(
    _ part: Exact, _ partRows: [LedgerRecord], of field: String, _ kind: String
  ) -> MetricReading {
    let whole = heads(field)
    let how = whole.sum.map {
      [Message("ledger.how.share", ["part": .number(part), "whole": .number($0)])]
    }
    guard let sum = whole.sum, !sum.isZero else {
      var reading = MetricReading.unknown(
        whole.missing.isEmpty
          ? [Message("ledger.missing.nobody", ["field": .message(Message("ledger.field.\(field)"))])]
          : whole.missing + unsaid(kind))
      reading.rows = partRows.map(\.id)
      return reading
    }
    return settled(
      .number(MetricScope.percent(part, of: sum)), partRows + whole.rows, [kind], how: how ?? [])
  }
}
