public import Formations
public import Notation
import Policies

/// A move of a case as its course tells it (办理经过).
public struct CaseMove: Sendable, Hashable {
  /// A word as `CaseAct.name` has it.
  public let act: String
  public let at: Instant
  /// The office or school that did it.
  public let who: String?
  /// A document's number, and the day it names.
  public let number: String?
  public let day: Day?
  public let reason: String?
  /// The school it is about, and what of it.
  public let school: ID?
  public let kind: String?
  public let agrees: Bool?
  /// What else was said, as it was written down.
  public let text: String?
}

extension FormationStore {
  static let mostMoves = 200
  private static let moves = [
    "submitted", "accepted", "published", "givenBack", "withdrawn", "approved", "refused", "filed", "consented",
    "consentTakenBack", "charterPassed", "charterFiled",
  ]

  /// The course of a case as the log has it, its latest moves at the most. One statement.
  public static func course(of value: FormationCase, _ transaction: any Transaction) throws -> [CaseMove] {
    let actions = moves.map { "'formation.\($0)'" }.joined(separator: ", ")
    return try transaction.rows(
      """
      SELECT u.action, u.at, u.after_value, COALESCE(a.name, k.name) AS who
      FROM audit u
      LEFT JOIN appointment p ON p.id = u.appointment
      LEFT JOIN authority a ON a.id = p.authority
      LEFT JOIN school k ON k.id = p.school
      WHERE u.authority = $1 AND u.object = $2 AND u.action IN (\(actions))
      ORDER BY u.number DESC LIMIT \(mostMoves)
      """, [.id(value.authority), .text("formation/\(value.id)")]
    ).reversed().map(move)
  }

  private static func move(_ row: Row) throws -> CaseMove {
    let act = String(try row.text("action").dropFirst("formation.".count))
    let (said, at, who) = (try row.optionalText("after_value"), try row.instant("at"), try row.optionalText("who"))
    let tree = said.flatMap { $0.hasPrefix("{") ? AuditRecords.tree($0) : nil }
    func text(_ key: String) -> String? { tree?[key]?.plainText.isEmpty == false ? tree?[key]?.plainText : nil }
    if tree != nil {
      return CaseMove(
        act: act, at: at, who: who, number: text("number"), day: text("day").flatMap { Day($0) },
        reason: text("reason"),
        school: text("school").flatMap { ID($0) }, kind: text("kind"), agrees: tree?["agrees"]?.boolean, text: nil)
    }
    // `number day`
    let cut = said?.lastIndex(of: " ")
    let day = said.flatMap { said in cut.flatMap { Day(String(said[said.index(after: $0)...])) } }
    let isNumbered = ["filed", "charterFiled"].contains(act) && day != nil
    let isReason = ["givenBack", "withdrawn"].contains(act)
    return CaseMove(
      act: act, at: at, who: who, number: isNumbered ? cut.flatMap { said?[..<$0] }.map(String.init) : nil,
      day: isNumbered ? day : nil, reason: isReason ? said : nil, school: nil, kind: nil, agrees: nil,
      text: isNumbered || isReason ? nil : said)
  }
}
