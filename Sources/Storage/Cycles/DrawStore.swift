public import Cycles
public import Notation
import Policies

/// Public draws: announced with the hash of their frame before the seed is known, drawn afterwards.
public enum DrawStore {
  /// Announces a draw. Once announced, its frame is never another.
  ///
  /// - Parameters:
  ///   - frame: those that may be drawn.
  ///   - source: in words, where the seed will come from.
  ///   - digits: how many digits the seed has.
  ///   - day: when it will be drawn.
  public static func announce(
    _ frame: [Draw.Entry], for stage: String, of cycle: StoredCycle, seedFrom source: String, digits: Int,
    on day: Day, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    let hash = Draw.hash(of: frame)
    try transaction.run(
      """
      INSERT INTO draw (
        authority, cycle, stage, frame, frame_hash, seed_source, seed_digits, draw_on, announced_at, announced_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """,
      [
        .id(cycle.authority), .id(cycle.id), .text(stage), .text(Draw.text(of: frame)), .text(hash), .text(source),
        .integer(digits), .day(day), .instant(now), .id(actor.account),
      ])
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor, action: "draw.announced", object: "cycle/\(cycle.id)",
        item: nil,
        after: JSONText.object([
          ("stage", .text(stage)), ("frame", .text(hash)), ("seedFrom", .text(source)), ("digits", .number(digits)),
          ("on", .text(day.text)),
        ]).text))
  }

  /// Draws with the seed and opens the sheets of those drawn. The frame stays as it was announced, so that the draw can
  /// be replayed; for one whose recommendation has ended meanwhile nothing opens.
  ///
  /// - Returns: the groups drawn, in the order of the draw.
  @discardableResult
  public static func draw(
    _ frame: [Draw.Entry], seed: String, for stage: CycleStage, of cycle: StoredCycle, at now: Instant, by actor: Actor,
    ids: IDMaker, _ transaction: any Transaction
  ) throws -> [ID] {
    guard let size = stage.draw?.size else { return [] }
    let chosen = Draw.choose(frame: frame, seed: seed, size: size)
    let touched = try transaction.run(
      """
      UPDATE draw SET seed = $4, chosen = $5, drawn_at = $6, drawn_by = $7
      WHERE authority = $1 AND cycle = $2 AND stage = $3 AND drawn_at IS NULL AND frame_hash = $8
      """,
      [
        .id(cycle.authority), .id(cycle.id), .text(stage.id), .text(seed), .text(JSONText.texts(chosen).text),
        .instant(now), .id(actor.account), .text(Draw.hash(of: frame)),
      ])
    guard touched == 1 else { return [] }
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor, action: "draw.drawn", object: "cycle/\(cycle.id)", item: nil,
        after: JSONText.object([("stage", .text(stage.id)), ("seed", .text(seed)), ("chosen", .texts(chosen))]).text))
    let groups = chosen.compactMap { ID($0) }
    let ended = try RecommendationStore.ended(before: stage, in: cycle, transaction)
    for group in groups where !ended.contains(group) {
      try SheetStore.make(
        authority: cycle.authority, cycle: cycle.id, stage: stage, group: group, members: [], at: now, ids: ids,
        transaction)
    }
    return groups
  }
}
