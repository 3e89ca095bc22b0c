public import Notation

/// Which rows of a chain are wanted.
public struct AuditFilter: Sendable, Hashable {
  /// `sheet/12`; a word alone means every object of that kind.
  public var object: String?
  /// A login.
  public var account: String?
  public var action: String?
  /// The first and the last day, both included.
  public var from: Day?
  public var to: Day?
  /// Only rows older than this number.
  public var before: Int64?
  public var count: Int

  public init(
    object: String? = nil, account: String? = nil, action: String? = nil, from: Day? = nil, to: Day? = nil,
    before: Int64? = nil, count: Int
  ) {
    self.object = object
    self.account = account
    self.action = action
    self.from = from
    self.to = to
    self.before = before
    self.count = count
  }
}

/// A row of the audit log for a reader.
public struct AuditLine: Sendable {
  public let number: Int64
  public let at: Instant
  /// Nil: the program.
  public let who: String?
  public let login: String?
  public let address: String?
  public let action: String
  public let object: String
  public let item: String?
  public let before: String?
  public let after: String?
  public let hash: String
}

/// A chain that somebody may read, and how far it is.
public struct AuditChainSummary: Sendable {
  /// 0: what concerns the program as a whole.
  public let authority: ID
  public let name: String?
  public let number: Int64
  public let hash: String
}

/// Reading the audit log.
public enum AuditStore {
  /// The chains an appointment may read: of its authority and of those within; what concerns the program as a whole, where
  /// no authority stands above its own.
  public static func chains(for appointment: ID, _ transaction: any Transaction) throws -> [AuditChainSummary] {
    try transaction.rows(
      """
      SELECT h.authority, a.name, h.number, h.hash, CASE WHEN h.authority = p.authority THEN 0 ELSE 1 END AS rank
      FROM appointment p
      JOIN authority_within w ON w.upper_id = p.authority
      JOIN audit_head h ON h.authority = w.lower_id
      JOIN authority a ON a.id = h.authority
      WHERE p.id = $1 AND p.role IN ('audit', 'supervisor')
      UNION ALL
      SELECT h.authority, NULL, h.number, h.hash, 2
      FROM appointment p
      JOIN authority o ON o.id = p.authority AND o.parent IS NULL
      JOIN audit_head h ON h.authority = 0
      WHERE p.id = $1 AND p.role IN ('audit', 'supervisor')
      ORDER BY 5, 2, 1
      """, [.id(appointment)]
    ).map { row in
      AuditChainSummary(
        authority: try row.id("authority"), name: try row.optionalText("name"), number: try row.integer("number"),
        hash: try row.text("hash"))
    }
  }

  /// Rows of a chain, the latest first. The caller has found the chain among those the viewer may read.
  public static func rows(
    of authority: ID, _ filter: AuditFilter, _ transaction: any Transaction
  ) throws -> [AuditLine] {
    // Only what is asked for stands in the statement: a plan that must fit any filter reads the whole chain.
    var (conditions, values): ([String], [Value]) = (["u.authority = $1"], [.id(authority)])
    func also(_ value: Value?, _ condition: (_ place: String) -> String) {
      guard let value else { return }
      values.append(value)
      conditions.append(condition("$\(values.count)"))
    }
    also(filter.object.map { .text($0.contains("/") ? $0 : $0 + "/") }) {
      "(u.object = \($0) OR (\($0) LIKE '%/' AND substr(u.object, 1, length(\($0))) = \($0)))"
    }
    also(filter.account.map { .text($0) }) { "a.login = \($0)" }
    also(filter.action.map { .text($0) }) { "u.action = \($0)" }
    also(filter.from.map { .instant(Instant(startOf: $0)) }) { "u.at >= \($0)" }
    also(filter.to.map { .instant(Instant(endOf: $0)) }) { "u.at < \($0)" }
    also(filter.before.map { .integer($0) }) { "u.number < \($0)" }
    return try transaction.rows(
      """
      SELECT u.number, u.at, u.address, u.action, u.object, u.item, u.before_value, u.after_value, u.hash,
        a.name AS who, a.login
      FROM audit u LEFT JOIN account a ON a.id = u.account
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY u.number DESC LIMIT \(filter.count)
      """, values
    ).map { row in
      AuditLine(
        number: try row.integer("number"), at: try row.instant("at"), who: try row.optionalText("who"),
        login: try row.optionalText("login"), address: try row.optionalText("address"),
        action: try row.text("action"), object: try row.text("object"), item: try row.optionalText("item"),
        before: try row.optionalText("before_value"), after: try row.optionalText("after_value"),
        hash: try row.text("hash"))
    }
  }
}
