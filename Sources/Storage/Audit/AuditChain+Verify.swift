public import Notation

/// What a chain was found to be: so many good rows, and what is wrong with the next, if anything.
public struct AuditVerdict: Sendable, Hashable {
  public let authority: ID
  /// Rows from the first that are as they were written.
  public let good: Int64
  public let fault: Fault?

  package init(authority: ID, good: Int64, fault: Fault?) {
    self.authority = authority
    self.good = good
    self.fault = fault
  }

  public struct Fault: Sendable, Hashable {
    public enum Kind: String, Sendable { case missing, changed, head }
    /// The number of the first row that is not as it was written.
    public let number: Int64
    public let kind: Kind

    public var message: Message {
      Message("audit.fault.\(kind.rawValue)", ["number": .text(String(number))])
    }
  }
}

extension AuditChain {
  /// The authorities that have a chain, or cycles and so ought to have one; 0 is the program's own.
  ///
  /// Throws `DatabaseError`.
  public static func authorities(in database: some Database) async throws -> [ID] {
    try await database.read { transaction in
      try transaction.rows(
        """
        SELECT authority FROM audit_head UNION SELECT authority FROM audit UNION SELECT authority FROM cycle
        ORDER BY authority
        """
      ).map { try $0.id("authority") }
    }
  }

  /// Goes through a chain from its first row to the end it has now, and stops at the first row that isn't as it was
  /// written. A chain whose last rows and whose end were both taken away looks like a shorter one: compare `good` with
  /// what was noted elsewhere.
  ///
  /// Throws `DatabaseError`.
  public static func verify(
    _ authority: ID, in database: some Database, portion: Int64 = 5000
  ) async throws -> AuditVerdict {
    let end = try await database.read { try AuditChain.end(of: authority, $0) }
    var link = Link(number: 0, hash: "")
    func verdict(_ kind: AuditVerdict.Fault.Kind?) -> AuditVerdict {
      AuditVerdict(
        authority: authority, good: link.number,
        fault: kind.map { AuditVerdict.Fault(number: link.number + 1, kind: $0) })
    }
    while link.number < end.number {
      let from = link
      let (reached, kind) = try await database.read { transaction in
        try follow(authority, from: from, to: min(end.number, from.number + portion), transaction)
      }
      link = reached
      if let kind { return verdict(kind) }
    }
    return verdict(end.last > end.number || link.hash != end.hash ? .head : nil)
  }

  /// A row that is as it was written: its number and its hash.
  struct Link: Sendable {
    var number: Int64
    var hash: String
  }

  /// Where a chain ends by its head, and its last row.
  struct End: Sendable {
    let number: Int64
    let hash: String
    let last: Int64
  }

  static func end(of authority: ID, _ transaction: any Transaction) throws -> End {
    let head = try transaction.row("SELECT number, hash FROM audit_head WHERE authority = $1", [.id(authority)])
    let last = try transaction.row(
      "SELECT COALESCE(MAX(number), 0) AS last FROM audit WHERE authority = $1", [.id(authority)])
    return End(
      number: try head?.integer("number") ?? 0, hash: try head?.text("hash") ?? "",
      last: try last?.integer("last") ?? 0)
  }

  /// The last row of a stretch that is as it was written, and what is wrong with the next.
  static func follow(
    _ authority: ID, from: Link, to last: Int64, _ transaction: any Transaction
  ) throws -> (Link, AuditVerdict.Fault.Kind?) {
    let rows = try transaction.rows(
      """
      SELECT \(AuditRow.columns.joined(separator: ", ")), hash FROM audit
      WHERE authority = $1 AND number > $2 AND number <= $3
      ORDER BY number
      """, [.id(authority), .integer(from.number), .integer(last)])
    var link = from
    for row in rows {
      guard try row.integer("number") == link.number + 1 else { return (link, .missing) }
      let hash = try AuditRow(row).hash(after: link.hash)
      guard try row.text("hash") == hash else { return (link, .changed) }
      link = Link(number: link.number + 1, hash: hash)
    }
    return (link, link.number < last ? .missing : nil)
  }
}
