public import Formations
public import Notation

/// How much may be said without an account.
public struct CommentLimits: Sendable, Hashable {
  /// From one place in an hour.
  public let fromPlace: Int
  /// To one case in an hour.
  public let toCase: Int

  /// Seconds in which they are counted.
  static let term: Int64 = 3600

  public init(fromPlace: Int = 5, toCase: Int = 200) {
    self.fromPlace = fromPlace
    self.toCase = toCase
  }
}

extension FormationStore {
  /// Keeps what somebody said while the publicity runs.
  ///
  /// - Parameter source: what stands for the place it comes from, for an hour.
  ///
  /// Throws `CaseFault` where it can't be taken; `CycleFault` where too much was said.
  public static func comment(
    _ comment: CaseComment, on stored: StoredFormation, source: String, limits: CommentLimits = CommentLimits(),
    at now: Instant, actor: Actor, _ transaction: any Transaction
  ) throws {
    let value = stored.value
    _ = try value.after(
      .comment(comment), by: CaseActor(.anybody, account: nil), at: now, in: stored.setting)
    let since = now.adding(seconds: -CommentLimits.term)
    let counts = try transaction.row(
      """
      SELECT
        (SELECT count(*) FROM formation_comment WHERE authority = $1 AND source = $3 AND at > $4) AS here,
        (SELECT count(*) FROM formation_comment WHERE authority = $1 AND formation = $2 AND at > $4) AS there
      """, [.id(value.authority), .id(value.id), .text(source), .instant(since)])
    guard try counts?.int("here") ?? 0 < limits.fromPlace, try counts?.int("there") ?? 0 < limits.toCase else {
      throw CycleFault.conflict("formation.fault.tooMany")
    }
    // No version rises: those who write on the case and those who comment don't stand in each other's way.
    try transaction.run(
      """
      INSERT INTO formation_comment (authority, formation, id, speaker, text, at, source)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .id(value.authority), .id(value.id), .id(comment.id), .text(comment.speaker.rawValue), .text(comment.text),
        .instant(comment.at), .text(source),
      ])
    // The log names no place either: whoever speaks here stays unknown.
    transaction.record(
      AuditEntry(
        authority: value.authority, at: now, actor: Actor(account: nil, request: actor.request),
        action: "formation.commented", object: "formation/\(value.id)", after: comment.text))
  }
}

/// Which comments of a case are read: of thousands never all at once.
public enum CommentCut: Sendable, Hashable {
  /// Those that wait first, then the others as they came.
  case page(Int)
  /// Answered ones only, as everybody reads them.
  case shown(Int)
  case one(ID)

  public static let size = 50
}

extension FormationStore {
  /// Some comments, and how many there are. One statement, none where none are wanted.
  static func comments(
    _ cut: CommentCut, _ key: [Value], _ transaction: any Transaction
  ) throws -> (list: [CaseComment], tally: CommentTally) {
    let (condition, values): (String, [Value])
    switch cut {
    case .page(let page): (condition, values) = (paged, at(page))
    case .shown(let page):
      (condition, values) = ("AND answered_at IS NOT NULL AND withheld_at IS NULL \(paged)", at(page))
    case .one(let id): (condition, values) = ("AND id = $3", [.id(id)])
    }
    var tally = CommentTally()
    var list: [CaseComment] = []
    for row in try transaction.rows(
      """
      SELECT t.all_count, t.open_count, t.shown_count, m.*
      FROM (
        SELECT count(*) AS all_count,
          count(*) FILTER (WHERE answered_at IS NULL AND withheld_at IS NULL) AS open_count,
          count(*) FILTER (WHERE answered_at IS NOT NULL AND withheld_at IS NULL) AS shown_count
        FROM formation_comment WHERE authority = $1 AND formation = $2
      ) t
      LEFT JOIN (
        SELECT * FROM formation_comment WHERE authority = $1 AND formation = $2 \(condition)
      ) m ON m.authority = $1
      ORDER BY \(order)
      """, key + values)
    {
      tally = CommentTally(
        all: try row.int("all_count"), open: try row.int("open_count"), shown: try row.int("shown_count"))
      if try row.optionalID("id") != nil { list.append(try comment(row)) }
    }
    return (list, tally)
  }

  private static func at(_ page: Int) -> [Value] {
    [.integer(CommentCut.size), .integer((max(1, page) - 1) * CommentCut.size)]
  }

  private static let order = "CASE WHEN answered_at IS NULL AND withheld_at IS NULL THEN 0 ELSE 1 END, at, id"
  private static let paged = "ORDER BY \(order) LIMIT $3 OFFSET $4"

  private static func comment(_ row: Row) throws -> CaseComment {
    let answer = try signed(row, "answered").map {
      CaseComment.Answer(text: try row.optionalText("answer") ?? "", signed: $0)
    }
    return CaseComment(
      id: try row.id("id"), speaker: CaseComment.Speaker(rawValue: try row.text("speaker")) ?? .other,
      text: try row.text("text"), at: try row.instant("at"), answer: answer,
      withheld: try reasoned(row, "withheld", "withhold_reason"))
  }

  /// Lets go of where comments came from, once it counts no more.
  public static func forgetPlaces(at now: Instant, _ transaction: any Transaction) throws {
    try transaction.run(
      "UPDATE formation_comment SET source = NULL WHERE source IS NOT NULL AND at < $1",
      [.instant(now.adding(seconds: -CommentLimits.term))])
  }
}
