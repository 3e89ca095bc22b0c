public import Notation

/// Something an account was told.
public struct StoredMessage: Sendable, Hashable {
  public let id: ID
  public let at: Instant
  public let title: String
  public let text: String
  public let link: String?
  public let isRead: Bool
}

/// Something to tell.
public struct Note: Sendable, Hashable {
  public let title: String
  public let text: String
  public let link: String?

  public init(title: String, text: String, link: String?) {
    self.title = title
    self.text = text
    self.link = link
  }
}

/// Messages inside, and by mail where the account has said where to.
public enum MessageStore {
  public static let size = 50

  /// Tells an account something, inside one by one and, where it has a mailbox, all of it in one letter.
  ///
  /// - Parameter several: the subject of a letter that holds so many.
  public static func tell(
    _ account: ID, _ notes: [Note], several: (Int) -> String, at now: Instant, ids: IDMaker,
    _ transaction: any Transaction
  ) throws {
    for note in notes {
      try transaction.run(
        "INSERT INTO message (account, id, at, title, text, link) VALUES ($1, $2, $3, $4, $5, $6)",
        [
          .id(account), .id(ids.next(at: now)), .instant(now), .text(note.title), .text(note.text),
          .optional(note.link),
        ])
    }
    guard let first = notes.first, let address = try mailbox(of: account, transaction) else { return }
    let isOne = notes.count == 1
    try Outbox.post(
      to: address, subject: isOne ? first.title : several(notes.count),
      text: isOne ? first.text : notes.map { "\($0.title)\n\($0.text)" }.joined(separator: "\n\n"), at: now, ids: ids,
      transaction)
  }

  /// The latest of an account, and how many are unread. One statement.
  public static func list(
    of account: ID, _ transaction: any Transaction
  ) throws -> (messages: [StoredMessage], unread: Int) {
    let rows = try transaction.rows(
      """
      SELECT m.*, (SELECT count(*) FROM message u WHERE u.account = m.account AND u.read_at IS NULL) AS unread
      FROM message m WHERE m.account = $1 ORDER BY m.at DESC, m.id DESC LIMIT $2
      """, [.id(account), .integer(size)])
    let messages = try rows.map {
      StoredMessage(
        id: try $0.id("id"), at: try $0.instant("at"), title: try $0.text("title"), text: try $0.text("text"),
        link: try $0.optionalText("link"), isRead: try $0.optionalInteger("read_at") != nil)
    }
    return (messages, try rows.first?.int("unread") ?? 0)
  }

  /// Notes that an account has read what it was told until a moment.
  public static func read(until moment: Instant, of account: ID, at now: Instant, _ transaction: any Transaction) throws
  {
    try transaction.run(
      "UPDATE message SET read_at = $3 WHERE account = $1 AND read_at IS NULL AND at <= $2",
      [.id(account), .instant(moment), .instant(now)])
  }

  /// Where an account wants its mail; nil: nowhere.
  public static func mailbox(of account: ID, _ transaction: any Transaction) throws -> String? {
    try transaction.row("SELECT address FROM mailbox WHERE account = $1", [.id(account)])?.optionalText("address")
  }

  /// Throws `CycleFault` for what is no address.
  public static func setMailbox(
    _ address: String?, of account: ID, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    if let address {
      guard Outbox.isAddress(address) else { throw CycleFault.invalid("messages.fault.address") }
      try transaction.run(
        """
        INSERT INTO mailbox (account, address, at) VALUES ($1, $2, $3)
        ON CONFLICT (account) DO UPDATE SET address = excluded.address, at = excluded.at
        """, [.id(account), .text(address), .instant(now)])
    } else {
      try transaction.run("DELETE FROM mailbox WHERE account = $1", [.id(account)])
    }
    // The address itself stays out of the log: it can't be taken out of it again.
    transaction.record(
      AuditEntry(
        authority: ID(0), at: now, actor: actor, action: address == nil ? "mailbox.removed" : "mailbox.set",
        object: "account/\(account)"))
  }
}
