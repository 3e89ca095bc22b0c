import Crypto
import Documents
public import Notation
public import Outcomes
public import Policies
import Rules
import Scoring

/// What a year came to: decisions left to people, the confirmed draft (edition 0), the published editions.
public enum ResultStore {
  /// Writes down what was decided where the policy leaves a consequence to people.
  public static func decide(
    _ decisions: [RecordedDecision], authority: ID, cycle: ID, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) throws {
    for decision in decisions {
      guard let group = ID(decision.group) else { continue }
      try transaction.run(
        """
        INSERT INTO tie_decision (authority, cycle, consequence, grp, granted, reason, at, by_account)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        [
          .id(authority), .id(cycle), .text(decision.consequence), .id(group), .integer(decision.granted ? 1 : 0),
          .text(decision.reason), .instant(now), .id(actor.account),
        ])
      transaction.record(
        AuditEntry(
          authority: authority, at: now, actor: actor, action: "tie.decided", object: "group/\(group)",
          after: JSONText.object([
            ("cycle", .id(cycle)), ("consequence", .text(decision.consequence)),
            ("granted", .boolean(decision.granted)),
            ("reason", .text(decision.reason)),
          ]).text))
    }
  }

  /// Confirms a cycle: its results become edition 0, and nobody's sheet changes any more.
  public static func confirm(
    _ results: [GroupResult], facts: String, policy: Policy, authority: ID, cycle: ID, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    try transaction.run(
      "UPDATE cycle SET confirmed_at = $3, confirmed_by = $4 WHERE authority = $1 AND id = $2 AND confirmed_at IS NULL",
      [.id(authority), .id(cycle), .instant(now), .id(actor.account)])
    try keep(
      0, results, facts: facts, policy: policy, authority: authority, cycle: cycle, at: now, by: actor, transaction)
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "results.confirmed", object: "cycle/\(cycle)",
        after: JSONText.object([("groups", .number(results.count))]).text))
  }

  /// Publishes an edition, frozen from then on.
  public static func publish(
    _ edition: Int, _ results: [GroupResult], facts: String, policy: Policy, authority: ID, cycle: ID,
    at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    let hash = try keep(
      edition, results, facts: facts, policy: policy, authority: authority, cycle: cycle, at: now, by: actor,
      transaction)
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "results.published", object: "cycle/\(cycle)",
        after: JSONText.object([("edition", .number(edition)), ("hash", .text(hash))]).text))
  }

  @discardableResult
  private static func keep(
    _ edition: Int, _ results: [GroupResult], facts: String, policy: Policy, authority: ID, cycle: ID,
    at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws -> String {
    var document = ""
    ResultsJSON(policy: policy).write(
      Results(years: results.first.map { [(year: $0.year, groups: results)] } ?? []),
      to: { document += $0 })
    let hash = SHA256.hash(data: Array((facts + "\n" + document).utf8)).hexadecimal
    try transaction.run(
      """
      INSERT INTO edition (authority, cycle, number, facts, hash, document, made_at, made_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .id(authority), .id(cycle), .integer(edition), .text(facts), .text(hash), .text(document), .instant(now),
        .id(actor.account),
      ])
    for result in results {
      guard let group = ID(result.id) else { continue }
      let card = result.card
      try transaction.run(
        """
        INSERT INTO result (
          authority, cycle, edition, grp, name, district, form, eligible, base, bonus, total, grade, place,
          place_change, consequences, pending, vetoes)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """,
        [
          .id(authority), .id(cycle), .integer(edition), .id(group), .text(card.group.name ?? result.id),
          .text(card.group.context.district ?? ""), .optional(card.group.context.form),
          .integer(card.isEligible ? 1 : 0), .exact(card.base), .exact(card.bonus), .exact(card.total),
          .optional(result.grade), .optional(result.rank.map { Int64($0) }),
          .optional(result.rankChange.map { Int64($0) }), .text(JSONText.texts(result.granted).text),
          .text(JSONText.texts(result.pending).text), .text(JSONText.texts(card.group.vetoes).text),
        ])
    }
    return hash
  }
}
