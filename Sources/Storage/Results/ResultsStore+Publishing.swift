import Cycles
import Documents
public import Notation
import Policies
public import Publishing

extension ResultsStore {
  /// Publishes the draft: it becomes the next edition, never to change, with the file anybody may have.
  ///
  /// - Parameters:
  ///   - document: the number of the document it is announced by (文号); nil: none.
  ///   - reason: what was corrected and why; asked for from the second edition on.
  /// - Returns: the number of the edition.
  /// Throws `ResultsRefusal` where there is no draft, or the window of objections or an objection is open.
  @discardableResult
  public static func publish(
    _ cycle: StoredCycle, document: String?, disclosure: Disclosure, reason: String? = nil, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws -> Int {
    let state = try YearState.of(cycle, transaction)
    var refusals = state.obstacles(cycle.calendar, at: now)
    if state.published != nil, reason == nil { refusals.append(Message("results.refusal.reason")) }
    guard refusals.isEmpty else { throw ResultsRefusal(refusals) }
    let before = try state.published.map { try last($0, of: cycle, transaction) }
    let results = try rows(cycle, edition: 0, transaction)
    let correction = before.map { Correction(reason: reason ?? "", from: $0.results, to: results) }
    guard let draft = try edition(0, of: cycle, transaction) else { throw ResultsRefusal("results.refusal.open") }
    let number = (state.published ?? 0) + 1
    let file = EditionFile(
      PublishedEdition(
        head: PublishedEdition.Head(
          publisher: cycle.authorityName, authority: cycle.authority, cycle: cycle.id, title: cycle.title,
          year: cycle.year, number: number, publishedAt: now, document: document, policyHash: cycle.edition,
          recordHash: draft.hash, previous: before?.hash), policy: cycle.policy, disclosure: disclosure,
        correction: correction.map { disclosure.shown($0) }, results: results)
    ).text
    let hash = ComputedYear.hash(file)
    try freeze(
      number, of: cycle, file: file, hash: hash, document: document, disclosure: disclosure, correction: correction,
      at: now, by: actor, transaction)
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor, action: "results.published", object: "cycle/\(cycle.id)",
        after: JSONText.object([
          ("edition", .number(number)), ("file", .text(hash)), ("record", .text(draft.hash)),
          ("document", .optional(document)), ("reason", .optional(reason)),
        ]).text))
    return number
  }

  /// The results and the file's hash of a published edition.
  private static func last(
    _ number: Int, of cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> (results: [FrozenResult], hash: String) {
    guard let edition = try edition(number, of: cycle, transaction), let hash = edition.fileHash else {
      throw DatabaseError.statement("no edition \(number)")
    }
    return (try rows(cycle, edition: number, transaction), hash)
  }

  private static func freeze(
    _ number: Int, of cycle: StoredCycle, file: String, hash: String, document: String?, disclosure: Disclosure,
    correction: Correction?, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    let words = EditionWords(cycle.policy)
    let touched = try transaction.run(
      """
      UPDATE edition SET number = $3, file = $4, file_hash = $5, disclosure = $6, document = $7, correction = $8,
        made_at = $9, made_by = $10
      WHERE authority = $1 AND cycle = $2 AND number = 0
      """,
      [
        .id(cycle.authority), .id(cycle.id), .integer(number), .text(file), .text(hash),
        .text(DisclosureJSON.text(disclosure)), .optional(document),
        .optional(correction.map { CorrectionJSON(words: words).value($0).text }), .instant(now), .id(actor.account),
      ])
    guard touched == 1 else { throw ResultsRefusal("publishing.obstacle.draft") }
    try transaction.run(
      "UPDATE result SET edition = $3 WHERE authority = $1 AND cycle = $2 AND edition = 0",
      [.id(cycle.authority), .id(cycle.id), .integer(number)])
  }
}

extension ResultsStore {
  /// What the draft says otherwise than the edition published last; nil where there is no draft, or nothing before it.
  public static func correction(
    of cycle: StoredCycle, _ state: YearState, _ transaction: any Transaction
  ) throws -> Correction? {
    guard state.hasDraft, let published = state.published else { return nil }
    return Correction(
      reason: "", from: try rows(cycle, edition: published, transaction),
      to: try rows(cycle, edition: 0, transaction))
  }
}
