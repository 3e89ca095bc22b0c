import Cycles
import Documents
public import Ledgers
public import Notation
import Policies
import Rules

extension LedgerStore {
  /// What the records of the year say to a sheet's fields, and the readings behind; one statement, none where nothing was ever
  /// recorded.
  public static func readings(
    for open: OpenSheet, on today: Day, _ transaction: any Transaction
  ) throws -> [RecordedReading] {
    let participant = open.sheet.participant
    let policy = open.cycle.policy
    guard let days = SchoolYearDays(open.cycle.year, of: policy) else { return [] }
    let found = open.sheet.hasRecords ? try found(group: participant.group, days, transaction) : Found()
    let year = GroupYear(
      group: participant.group, days: days,
      schools: schools(of: participant, found, days),
      asked: AskedDocument.all(of: policy), terms: RecordTerms(policy), records: found.records,
      statements: found.statements, today: today)
    return open.value.recordedFields.compactMap { field in
      let scope = MetricScope(
        year, school: field.subject == "group" ? nil : ID(field.subject), need: field.need, with: field.with)
      return Binding.reading(from: field.from, scope).map {
        RecordedReading(item: field.item, path: field.path, from: field.from, reading: $0)
      }
    }
  }

  /// The schools that take part, with their days in the group, and those that left it during the year: figures stand over
  /// the same schools here and among the year's records.
  private static func schools(
    of participant: Participant, _ found: Found, _ days: SchoolYearDays
  ) -> [LedgerSchool] {
    let known = LedgerSchool.all(of: found.stays, in: days, on: days.last).year
    let byID = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
    let taking = participant.schools.map { school in
      let stay = byID[school.id]
      return LedgerSchool(
        id: school.id, code: "", name: school.name, isLead: school.isLead, since: stay?.since, until: stay?.until,
        isPresent: stay?.isPresent ?? true, cameWeak: stay?.cameWeak ?? false)
    }
    let own = Set(taking.map(\.id))
    return taking + known.filter { !own.contains($0.id) }
  }

  /// Keeps beside a submission what the records said to it.
  static func keep(
    _ state: SheetState, sheet: ID, authority: ID, number: Int, _ transaction: any Transaction
  ) throws {
    for item in state.items {
      for field in item.fields {
        guard let proposal = field.proposal else { continue }
        try transaction.run(
          """
          INSERT INTO proposal (authority, sheet, number, item, field, value, origin, overruled, base_year, given_year)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
          """,
          [
            .id(authority), .id(sheet), .integer(number), .text(item.item.id), .text(field.path),
            .text(FactsJSON.text(proposal.value)), .text(proposal.from), .integer(field.isOverruled ? 1 : 0),
            proposal.kept.map { .integer($0.baseYear) } ?? .null, proposal.kept.map { .integer($0.year) } ?? .null,
          ])
      }
    }
  }
}

extension LedgerStore {
  /// What the records said to a sheet when it was handed in, as it was kept then.
  static func kept(for open: OpenSheet, _ transaction: any Transaction) throws -> [String: [String: Proposal]] {
    let sheet = open.sheet
    guard let number = sheet.submission else { return [:] }
    let rows = try transaction.rows(
      """
      SELECT item, field, value, origin, base_year, given_year FROM proposal
      WHERE authority = $1 AND sheet = $2 AND number = $3
      """,
      [.id(sheet.authority), .id(sheet.id), .integer(number)])
    return try rows.reduce(into: [:]) { found, row in
      let (item, path) = (try row.text("item"), try row.text("field"))
      guard let value = open.value.fact(try row.text("value"), item: item, path: path) else { return }
      var given: Proposal.Kept?
      if let base = try row.optionalInteger("base_year"), let year = try row.optionalInteger("given_year") {
        given = Proposal.Kept(baseYear: Int(base), year: Int(year))
      }
      found[item, default: [:]][path] = Proposal(
        value: value, from: try row.text("origin"), mayRise: false, kept: given)
    }
  }
}

/// A field of a sheet with what the records say to it.
public struct RecordedReading: Sendable {
  public let item: String
  public let path: String
  public let from: String
  public let reading: MetricReading
}
