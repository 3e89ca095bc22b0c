import Cycles
import Notation
import Policies
import Scoring

extension SheetStore {
  /// Numbers of fixed years, as the group gave them in the latest confirmed year before; one statement, and none where the
  /// policy asks for no such number or all of them are recorded.
  static func keepFixed(
    in value: inout Sheet, of sheet: StoredSheet, _ cycle: StoredCycle, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws {
    guard value.asksFixedYears,
      let row = try transaction.row(
        given("$1", "$2", before: "$3"), [.id(sheet.authority), .id(sheet.group), .integer(cycle.year)])
    else { return }
    try Given(row).lay(on: &value, editions, transaction)
  }

  /// What a group of an authority handed in at the last stage of the latest confirmed year before one.
  static func given(_ authority: String, _ group: String, before year: String) -> String {
    """
    SELECT c.year, c.edition, u.facts
    FROM sheet s
    JOIN cycle c ON c.authority = s.authority AND c.id = s.cycle
    JOIN stage t ON t.authority = s.authority AND t.cycle = s.cycle AND t.stage = s.stage
    JOIN submission u ON u.authority = s.authority AND u.sheet = s.id AND u.number = s.submission
    WHERE s.authority = \(authority) AND s.grp = \(group) AND s.school = 0 AND c.confirmed_at IS NOT NULL
      AND c.year < \(year)
    ORDER BY c.year DESC, t.position DESC LIMIT 1
    """
  }

  /// The facts that counted in an earlier year.
  struct Given: Sendable {
    let year: Int
    let edition: String
    let facts: String

    init(year: Int, edition: String, facts: String) {
      self.year = year
      self.edition = edition
      self.facts = facts
    }

    init(_ row: Row) throws {
      self.init(year: try row.int("year"), edition: try row.text("edition"), facts: try row.text("facts"))
    }

    /// Lets its numbers of fixed years stand on a sheet.
    func lay(on value: inout Sheet, _ editions: PolicyEditions, _ transaction: any Transaction) throws {
      let policy = try editions.policy(edition, transaction)
      guard let facts = try SheetStore.facts(facts, year: year, policy: policy) else { return }
      value.keep(facts, of: policy, year: year)
    }
  }
}
