public import Notation

/// A letter to be sent.
public struct Letter: Sendable, Hashable {
  public let id: ID
  public let address: String
  public let subject: String
  public let text: String
  public let writtenAt: Instant
  public let tries: Int

  public init(id: ID, address: String, subject: String, text: String, writtenAt: Instant, tries: Int) {
    self.id = id
    self.address = address
    self.subject = subject
    self.text = text
    self.writtenAt = writtenAt
    self.tries = tries
  }
}

/// Mail waits here until it is sent, so that what is told is told even where the mail server is down for a while.
public enum Outbox {
  /// Tried again after minutes, then given up: within about a day.
  static let waits: [Int64] = [1, 5, 15, 60, 180, 360, 720]
  /// How long whoever sends a letter may take, in seconds; afterwards another program tries.
  static let hold: Int64 = 120

  /// One address, without anything that could end a line of a letter's head.
  public static func isAddress(_ text: String) -> Bool {
    text.utf8.count <= 254
      && text.wholeMatch(
        of:
          #/[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?)*/#
      )
        != nil
  }

  public static func post(
    to address: String, subject: String, text: String, at now: Instant, ids: IDMaker, _ transaction: any Transaction
  ) throws {
    try transaction.run(
      "INSERT INTO outbox (id, address, subject, text, created_at, next_at) VALUES ($1, $2, $3, $4, $5, $5)",
      [.id(ids.next(at: now)), .text(address), .text(subject), .text(text), .instant(now)])
  }

  /// Letters whose time has come, held so that no other program sends them as well.
  public static func take(_ most: Int, at now: Instant, _ transaction: any Transaction) throws -> [Letter] {
    try transaction.rows(
      """
      UPDATE outbox SET held_until = $2
      WHERE id IN (
        SELECT id FROM outbox
        WHERE sent_at IS NULL AND failed_at IS NULL AND next_at <= $1 AND held_until <= $1
        ORDER BY next_at, id LIMIT $3)
        AND held_until <= $1
      RETURNING id, address, subject, text, created_at, tries
      """, [.instant(now), .instant(now.adding(seconds: hold)), .integer(most)]
    ).map {
      Letter(
        id: try $0.id("id"), address: try $0.text("address"), subject: try $0.text("subject"),
        text: try $0.text("text"), writtenAt: try $0.instant("created_at"), tries: try $0.int("tries"))
    }
  }

  /// Notes what came of sending a letter: sent, tried again later, or given up.
  public static func settle(
    _ letter: Letter, error: String?, isFinal: Bool, at now: Instant, _ transaction: any Transaction
  ) throws {
    let tries = letter.tries + 1
    let isOver = isFinal || tries > waits.count
    let next = error == nil || isOver ? now : now.adding(seconds: waits[min(letter.tries, waits.count - 1)] * 60)
    try transaction.run(
      """
      UPDATE outbox SET tries = $2, next_at = $3, held_until = 0, sent_at = $4, failed_at = $5, error = $6 WHERE id = $1
      """,
      [
        .id(letter.id), .integer(tries), .instant(next), .instant(error == nil ? now : nil),
        .instant(error != nil && isOver ? now : nil), .optional(error.map { String($0.prefix(500)) }),
      ])
  }

  /// Lets go of letters that were sent or given up a month ago: they name people.
  public static func sweep(at now: Instant, _ transaction: any Transaction) throws {
    try transaction.run(
      "DELETE FROM outbox WHERE COALESCE(sent_at, failed_at) < $1", [.instant(now.adding(seconds: -30 * 86_400))])
  }
}
