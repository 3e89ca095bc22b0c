import Cycles
import Documents
public import Notation
public import Outcomes
import Policies
import Publishing
import Scoring

/// What a year came to: decisions left to people, the confirmed draft (edition 0), the published editions.
public enum ResultsStore {
  /// Writes down what was decided where the policy leaves a consequence to people; what was decided before about the
  /// same group gives way.
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
        ON CONFLICT (authority, cycle, consequence, grp) DO UPDATE
        SET granted = excluded.granted, reason = excluded.reason, at = excluded.at, by_account = excluded.by_account
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
            ("granted", .boolean(decision.granted)), ("reason", .text(decision.reason)),
          ]).text))
    }
  }

  /// Confirms a cycle: what it comes to becomes edition 0, and nobody's sheet changes any more. Where the same is
  /// published already, no draft is made.
  ///
  /// Whether every stage is done is the caller's to ask, in the same transaction.
  /// Throws `ResultsRefusal` where it is confirmed already, something can't be computed, or a decision is still open.
  @discardableResult
  public static func confirm(
    _ cycle: StoredCycle, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws -> ComputedYear {
    let computed = try compute(cycle, transaction)
    var refusals = computed.faults.map(\.message)
    let titles = EditionWords(cycle.policy)
    refusals += computed.waiting.map {
      Message("results.refusal.waiting", ["title": .text(titles.consequence($0.consequence))])
    }
    guard refusals.isEmpty else { throw ResultsRefusal(refusals) }
    let touched = try transaction.run(
      "UPDATE cycle SET confirmed_at = $3, confirmed_by = $4 WHERE authority = $1 AND id = $2 AND confirmed_at IS NULL",
      [.id(cycle.authority), .id(cycle.id), .instant(now), .id(actor.account)])
    guard touched == 1 else { throw ResultsRefusal("results.refusal.confirmed") }
    let record = computed.record
    let hash = ComputedYear.hash(record)
    let isNew = try differs(computed, transaction)
    if isNew { try keep(computed, record: record, hash: hash, at: now, by: actor, transaction) }
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor, action: "results.confirmed", object: "cycle/\(cycle.id)",
        after: JSONText.object([
          ("groups", .number(computed.groups.count)), ("record", .text(hash)), ("draft", .boolean(isNew)),
        ]).text))
    return computed
  }

  /// Whether the results are others than those published last.
  private static func differs(_ computed: ComputedYear, _ transaction: any Transaction) throws -> Bool {
    guard let published = computed.state.published else { return true }
    let old = try rows(computed.cycle, edition: published, transaction)
    return !Correction(reason: "", from: old, to: computed.frozen).groups.isEmpty
  }

  private static func keep(
    _ computed: ComputedYear, record: String, hash: String, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) throws {
    let cycle = computed.cycle
    try transaction.run(
      """
      INSERT INTO edition (authority, cycle, number, record, hash, confirmed_at, confirmed_by, made_at, made_by)
      VALUES ($1, $2, 0, $3, $4, $5, $6, $5, $6)
      """,
      [.id(cycle.authority), .id(cycle.id), .text(record), .text(hash), .instant(now), .id(actor.account)])
    for (position, (result, frozen)) in zip(computed.year, computed.frozen).enumerated() {
      try frozen.keep(
        authority: cycle.authority, cycle: cycle.id, edition: 0, position: position,
        card: CardJSON.text(result.card, policy: cycle.policy, words: computed.words), transaction)
    }
  }

  /// Takes a confirmation back, so that sheets may be given back and put right; the draft is kept aside, what is
  /// published stays.
  ///
  /// Throws `ResultsRefusal` where nothing is confirmed.
  public static func reopen(
    _ cycle: StoredCycle, reason: String, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    let touched = try transaction.run(
      """
      UPDATE cycle SET confirmed_at = NULL, confirmed_by = NULL
      WHERE authority = $1 AND id = $2 AND confirmed_at IS NOT NULL
      """, [.id(cycle.authority), .id(cycle.id)])
    guard touched == 1 else { throw ResultsRefusal("results.refusal.open") }
    let found = try transaction.row(
      """
      SELECT min(number) AS lowest, max(CASE WHEN number = 0 THEN hash END) AS hash
      FROM edition WHERE authority = $1 AND cycle = $2
      """, [.id(cycle.authority), .id(cycle.id)])
    let hash = try found?.optionalText("hash")
    let aside = min(try found?.optionalInteger("lowest") ?? 0, 0) - 1
    if hash != nil { try move(0, to: Int(aside), of: cycle, transaction) }
    try transaction.run(
      "INSERT INTO reopening (authority, cycle, at, by_account, reason, draft) VALUES ($1, $2, $3, $4, $5, $6)",
      [
        .id(cycle.authority), .id(cycle.id), .instant(now), .id(actor.account), .text(reason),
        hash == nil ? .null : .integer(aside),
      ])
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor, action: "results.reopened", object: "cycle/\(cycle.id)",
        before: hash, after: reason))
  }

  /// Gives an edition and its rows another number.
  static func move(_ edition: Int, to number: Int, of cycle: StoredCycle, _ transaction: any Transaction) throws {
    let values: [Value] = [.id(cycle.authority), .id(cycle.id), .integer(edition), .integer(number)]
    try transaction.run(
      "UPDATE edition SET number = $4 WHERE authority = $1 AND cycle = $2 AND number = $3", values)
    try transaction.run(
      "UPDATE result SET edition = $4 WHERE authority = $1 AND cycle = $2 AND edition = $3", values)
  }

  /// The rows of an edition with their lines, in the order of the groups.
  static func rows(
    _ cycle: StoredCycle, edition: Int, _ transaction: any Transaction
  ) throws -> [FrozenResult] {
    try transaction.rows(
      """
      SELECT \(FrozenResult.columns), r.card FROM result r
      WHERE r.authority = $1 AND r.cycle = $2 AND r.edition = $3
      ORDER BY r.position
      """, [.id(cycle.authority), .id(cycle.id), .integer(edition)]
    ).map { try FrozenResult($0) }
  }
}
