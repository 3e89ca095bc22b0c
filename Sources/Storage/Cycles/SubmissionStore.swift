import Crypto
public import Cycles
import Documents
import Foundation
public import Notation
import Outcomes
public import Policies
public import Scoring

/// Handing in, giving back, and what opens next.
public enum SubmissionStore {
  /// Freezes a copy of the facts and the scores made of them; the next stage with sheets opens where the group comes to
  /// it without anybody's decision (`SheetStore.openNext`).
  ///
  /// - Parameters:
  ///   - missing: the required evidence it is handed in without, and why; nil: none is missing, or none is asked.
  ///   - experts: how many of the experts it is handed in without, and why; nil: none is missing, or none is asked for.
  /// - Returns: the number of the submission.
  @discardableResult
  public static func submit(
    _ open: OpenSheet, facts: GroupFacts, card: Scorecard, words: Catalogue, missing: MissingEvidence? = nil,
    experts: MissingExperts? = nil, at now: Instant, by actor: Actor, ids: IDMaker, _ transaction: any Transaction
  ) throws -> Int {
    let sheet = open.sheet
    let number =
      try transaction.row(
        "SELECT coalesce(max(number), 0) + 1 AS next FROM submission WHERE authority = $1 AND sheet = $2",
        [.id(sheet.authority), .id(sheet.id)]
      )?.int("next") ?? 1
    let factsText = FactsJSON.text(facts)
    let cardText = CardJSON.text(card, policy: open.cycle.policy, words: words)
    let hash = SHA256.hash(data: Data((factsText + "\n" + cardText).utf8))
      .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let grade = StageGrade.grade(of: card, open.cycle.policy)
    let state = open.state()
    // What others give at a later stage isn't missing here.
    let left = Set(state.items.filter(\.isLeft).map(\.item.id))
    let isComplete =
      card.isComplete || (!left.isEmpty && card.lines.allSatisfy { $0.score != nil || left.contains($0.item.id) })
    // Of two who hand in at once, one finds it done.
    let touched = try transaction.run(
      """
      UPDATE sheet SET submission = $3, submitted_at = $4, submitted_by = $5, base = $6, bonus = $7, total = $8,
        grade = $9, complete = $10
      WHERE authority = $1 AND id = $2 AND submission IS NULL
      """,
      [
        .id(sheet.authority), .id(sheet.id), .integer(number), .instant(now), .id(actor.account), .exact(card.base),
        .exact(card.bonus), .exact(card.total), .optional(grade), .integer(isComplete ? 1 : 0),
      ])
    guard touched == 1 else { throw SheetConflict.alreadySubmitted }
    try transaction.run(
      """
      INSERT INTO submission (authority, sheet, number, at, by_account, facts, card, hash, without_evidence,
        without_experts)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """,
      [
        .id(sheet.authority), .id(sheet.id), .integer(number), .instant(now), .id(actor.account), .text(factsText),
        .text(cardText), .text(hash), .optional(missing?.reason), .optional(experts?.reason),
      ])
    try LedgerStore.keep(
      state, sheet: sheet.id, authority: sheet.authority, number: number, transaction)
    try transaction.run(
      "DELETE FROM line WHERE authority = $1 AND sheet = $2", [.id(sheet.authority), .id(sheet.id)])
    for line in card.lines + card.bonusLines {
      try transaction.run(
        "INSERT INTO line (authority, sheet, item, score) VALUES ($1, $2, $3, $4)",
        [.id(sheet.authority), .id(sheet.id), .text(line.item.id), .exact(line.score)])
    }
    var said: [(String, JSONText)] = [
      ("number", .number(number)), ("hash", .text(hash)), ("total", .text(card.total.decimalText)),
      ("grade", .optional(grade)),
    ]
    if let missing { said += [("missing", .texts(missing.pieces)), ("reason", .text(missing.reason))] }
    if let experts {
      said += [
        ("experts", .number(experts.found)), ("wanted", .number(experts.wanted)), ("reason", .text(experts.reason)),
      ]
    }
    transaction.record(
      AuditEntry(
        authority: sheet.authority, at: now, actor: actor, action: "sheet.submitted", object: "sheet/\(sheet.id)",
        after: JSONText.object(said).text))
    try RecommendationStore.endUnfounded(
      after: open.stage, of: sheet.participant, in: open.cycle, by: .submitted, at: now, actor: actor, transaction)
    try SheetStore.openNext(
      after: open.stage, of: sheet.participant, in: open.cycle, at: now, ids: ids, transaction)
    return number
  }

  /// Gives a sheet back with a reason; where its day has passed, with a new one. A recommendation that rested on it ends.
  public static func giveBack(
    _ open: OpenSheet, reason: String, due: Day?, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    let sheet = open.sheet
    let touched = try transaction.run(
      """
      UPDATE sheet SET submission = NULL, submitted_at = NULL, submitted_by = NULL, base = NULL, bonus = NULL,
        total = NULL, grade = NULL, complete = NULL
      WHERE authority = $1 AND id = $2 AND submission = $3
      """, [.id(sheet.authority), .id(sheet.id), .integer(sheet.submission ?? 0)])
    guard touched == 1 else { throw SheetConflict.notSubmitted }
    try transaction.run(
      """
      UPDATE submission SET returned_at = $4, returned_by = $5, reason = $6
      WHERE authority = $1 AND sheet = $2 AND number = $3
      """,
      [
        .id(sheet.authority), .id(sheet.id), .integer(sheet.submission ?? 0), .instant(now), .id(actor.account),
        .text(reason),
      ])
    try transaction.run(
      "DELETE FROM line WHERE authority = $1 AND sheet = $2", [.id(sheet.authority), .id(sheet.id)])
    if let due {
      try CycleStore.extend(
        Extension(stage: sheet.stage, group: sheet.group, due: due, reason: reason, at: now, by: actor.account),
        authority: sheet.authority, cycle: sheet.cycle, by: actor, transaction)
    }
    transaction.record(
      AuditEntry(
        authority: sheet.authority, at: now, actor: actor, action: "sheet.returned", object: "sheet/\(sheet.id)",
        after: reason))
    try RecommendationStore.endUnfounded(
      after: open.stage, of: sheet.participant, in: open.cycle, by: .returned, at: now, actor: actor, transaction)
  }

  /// An expert's own marks are done.
  public static func handIn(
    _ open: OpenSheet, reviewer: ID, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    let touched = try transaction.run(
      """
      INSERT INTO hand_in (authority, sheet, reviewer, at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (authority, sheet, reviewer) DO UPDATE SET at = excluded.at
      """, [.id(open.sheet.authority), .id(open.sheet.id), .id(reviewer), .instant(now)])
    guard touched == 1 else { throw SheetConflict.alreadySubmitted }
    transaction.record(
      AuditEntry(
        authority: open.sheet.authority, at: now, actor: actor, action: "marks.handedIn",
        object: "sheet/\(open.sheet.id)", after: "account/\(reviewer)"))
  }
}

/// Somebody was quicker.
public enum SheetConflict: Error, Sendable { case alreadySubmitted, notSubmitted }

/// The grade a stage's sums come to by themselves: what a recommendation asks about.
public enum StageGrade {
  /// Nil where something is unscored, the group isn't eligible, or the policy gives no grades.
  public static func grade(of card: Scorecard, _ policy: Policy) -> String? {
    (try? Confirmation(policy: policy).grade(of: card)) ?? nil
  }
}
