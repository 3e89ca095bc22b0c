import Cycles
import Notation
public import People
public import Publishing

/// What somebody may see of a cycle's results, and how far they are.
public struct ResultSight: Sendable {
  public let sight: Sight
  /// Whether the post has to do with the cycle at all.
  public let isConcerned: Bool
  public let state: YearState
  /// Why the confirmation in force before was taken back last; nil where none was since the last edition.
  public let reopened: String?

  /// The edition shown when none is named: the draft to those who see it, else the latest published.
  public var edition: Int? { sight.seesDraft ? state.edition : state.published }
}

extension ResultsStore {
  /// One statement.
  public static func sight(
    of cycle: StoredCycle, for post: Viewer.Post, _ transaction: any Transaction
  ) throws -> ResultSight {
    let row = try transaction.row(
      """
      SELECT s.*,
        (SELECT count(*) FROM appointment p JOIN authority_within w ON w.upper_id = p.authority
          WHERE p.id = $3 AND w.lower_id = $1) AS within,
        (SELECT count(*) FROM participant_reach x
          WHERE x.appointment = $3 AND x.authority = $1 AND x.cycle = $2) AS reached,
        \(YearState.reopened) AS reopened
      FROM (\(YearState.select)) s
      """, [.id(cycle.authority), .id(cycle.id), .id(post.appointment)])
    guard let row else { throw DatabaseError.statement("no cycle \(cycle.id)") }
    let isWithin = try row.integer("within") > 0
    return ResultSight(
      sight: Sight(post, cycleOf: cycle.authority, isWithin: isWithin),
      isConcerned: try isWithin || row.integer("reached") > 0, state: try YearState(named: row),
      reopened: try row.optionalText("reopened"))
  }
}
