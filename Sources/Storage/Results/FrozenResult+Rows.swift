import Documents
import Notation
import Publishing

extension FrozenResult {
  /// What a row of `result r` tells without its lines.
  static let columns = """
    r.grp, r.name, r.district, r.form, r.members, r.schools, r.months, r.eligible, r.complete, r.base, r.bonus,
        r.total, r.grade, r.place, r.ranked, r.is_last, r.place_change, r.consequences, r.pending, r.vetoes, r.stages
    """

  /// A row with these columns; with `card` too, its lines.
  init(_ row: Row) throws {
    func exact(_ name: String) throws -> Exact {
      guard let exact = try row.optionalExact(name) else { throw DatabaseError.statement("\(name) is null") }
      return exact
    }
    func texts(_ name: String) throws -> [String] {
      let text = try row.text(name)
      guard let list = (try? JSON.read(Array(text.utf8), file: name))?.texts() else {
        throw DatabaseError.statement("\(name) is no list")
      }
      return list
    }
    func int(_ name: String) throws -> Int? { try row.optionalInteger(name).map { Int($0) } }
    self.init(
      group: try row.id("grp"), name: try row.text("name"), district: try row.text("district"),
      form: try row.optionalText("form"), members: try int("members"), schools: try int("schools"),
      monthsSinceFormed: try int("months"), isEligible: try row.integer("eligible") == 1,
      isComplete: try row.integer("complete") == 1, base: try exact("base"), bonus: try exact("bonus"),
      total: try exact("total"), grade: try row.optionalText("grade"), rank: try int("place"),
      ranked: try int("ranked"), isLast: try row.integer("is_last") == 1, rankChange: try int("place_change"),
      granted: try texts("consequences"), pending: try texts("pending"), vetoes: try texts("vetoes"),
      stages: try texts("stages"), lines: row.columns.names.contains("card") ? try Self.lines(row.text("card")) : [])
  }

  private static func lines(_ card: String) throws -> [Line] {
    guard let lines = CardJSON.lines(card) else { throw DatabaseError.statement("a card can't be read") }
    return lines.map { Line(item: $0.item, points: $0.points, score: $0.score, why: $0.why, isBonus: $0.isBonus) }
  }

  /// Keeps it as a row of an edition.
  func keep(
    authority: ID, cycle: ID, edition: Int, position: Int, card: String, _ transaction: any Transaction
  ) throws {
    func number(_ number: Int?) -> Value { .optional(number.map { Int64($0) }) }
    func list(_ texts: [String]) -> Value { .text(JSONText.texts(texts).text) }
    try transaction.run(
      """
      INSERT INTO result (
        authority, cycle, edition, grp, position, name, district, form, members, schools, months, eligible, complete,
        base, bonus, total, grade, place, ranked, is_last, place_change, consequences, pending, vetoes, stages, card)
      VALUES (
        $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
        $25, $26)
      """,
      [
        .id(authority), .id(cycle), .integer(edition), .id(group), .integer(position), .text(name), .text(district),
        .optional(form), number(members), number(schools), number(monthsSinceFormed), .integer(isEligible ? 1 : 0),
        .integer(isComplete ? 1 : 0), .exact(base), .exact(bonus), .exact(total), .optional(grade), number(rank),
        number(ranked), .integer(isLast ? 1 : 0), number(rankChange), list(granted), list(pending), list(vetoes),
        list(stages), .text(card),
      ])
  }
}
