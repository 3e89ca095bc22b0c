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
    guard value.base == nil, value.asksFixedYears else { return }
    let row = try transaction.row(
      """
      SELECT c.year, c.edition, u.facts
      FROM sheet s
      JOIN cycle c ON c.authority = s.authority AND c.id = s.cycle
      JOIN stage t ON t.authority = s.authority AND t.cycle = s.cycle AND t.stage = s.stage
      JOIN submission u ON u.authority = s.authority AND u.sheet = s.id AND u.number = s.submission
      WHERE s.authority = $1 AND s.grp = $2 AND s.school = 0 AND c.confirmed_at IS NOT NULL AND c.year < $3
      ORDER BY c.year DESC, t.position DESC LIMIT 1
      """, [.id(sheet.authority), .id(sheet.group), .integer(cycle.year)])
    guard let row else { return }
    let (policy, year) = (try editions.policy(row.text("edition"), transaction), try row.int("year"))
    guard let facts = try facts(row.text("facts"), year: year, policy: policy) else { return }
    value.keep(facts, of: policy, year: year)
  }
}
