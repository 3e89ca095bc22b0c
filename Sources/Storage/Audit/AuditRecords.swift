import Crypto
public import Notation

/// Something kept that isn't what the audit chain, or its own hash, says of it. A chain alone tells only that its rows
/// are as they were written.
public struct AuditDiscrepancy: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    /// A cycle whose opening no chain knows: rows, or the whole chain, were taken away.
    case cycle
    /// The record or the file of an edition isn't the one confirmed or published.
    case edition
    /// A group's row of an edition isn't what the record says.
    case result
    /// A frozen sheet isn't the one handed in.
    case submission
    /// The sums noted on a sheet aren't those of what was handed in.
    case sheet
    /// A mark isn't what was entered last.
    case mark
    /// A post isn't as it was given, or is gone.
    case appointment
    /// A cycle isn't as it was opened: its title, policy, groups.
    case opening
    /// The frozen files of a policy aren't those of its hash.
    case policy
    /// A stage's day isn't the one set when the cycle was opened.
    case stage
    /// An extension isn't as it was granted.
    case `extension`
    /// A draw isn't as it was announced or drawn.
    case draw
    /// A cycle is confirmed or open otherwise than was done last.
    case confirmation
    case veto, recommendation, recommendationPaper, assignment, report, decision, objection
    /// A sheet is handed in or open otherwise than was done last.
    case state
    /// A sheet's noted score of an item isn't that of what was handed in.
    case line
    case handIn, secondLook
    /// A piece of evidence isn't as it was added, replaced or withdrawn.
    case evidence
    /// It is shown for other items, or otherwise late, than was done.
    case evidenceLink
    /// An account is closed or gone otherwise than was done.
    case account
    /// An account's password isn't the one set last.
    case secret
    /// An authority, a school, a group, or a row of theirs isn't as it was registered.
    case registry
    /// A record of the year, or what was declared of them, isn't as it was entered.
    case ledger, statement
    /// A formation case, a task, a conference isn't as it was left; a unit's name means somebody else.
    case formation, task, conference, unit
  }

  public let kind: Kind
  /// `sheet/12`
  public let object: String
  /// The item and the field, the edition, the submission; empty where the object says all.
  public let part: String

  public var message: Message {
    Message("audit.kept.\(kind.rawValue)", ["object": .text(object), "part": .text(part)])
  }
}

/// Holds what is kept against what the audit chain says was done.
public enum AuditRecords {
  /// What of an authority's cycles isn't as its chain says; empty: all of it is.
  ///
  /// Throws `DatabaseError`.
  /// - Parameters:
  ///   - portion: how many sheets, or other objects, are read at once.
  ///   - most: so many findings of a kind of search are enough.
  public static func discrepancies(
    of authority: ID, in database: some Database, portion: Int = 100, most: Int = 500
  ) async throws -> [AuditDiscrepancy] {
    var found = try await database.read { try openings(of: authority, $0) + unsaid(of: authority, $0) }
    found += try await said(of: authority, in: database, portion: portion, most: most)
    found += try await rooms(of: authority, in: database, portion: portion, most: most)
    let editions = try await database.read { try EditionKey.all(of: authority, $0) }
    for edition in editions { found += try await database.read { try discrepancies(of: edition, $0) } }
    found += try await sheets(of: authority, in: database, portion: portion, most: most)
    var seen: Set<AuditDiscrepancy> = []
    return found.filter { seen.insert($0).inserted }
  }

  private static func sheets(
    of authority: ID, in database: some Database, portion: Int, most: Int
  ) async throws -> [AuditDiscrepancy] {
    var found: [AuditDiscrepancy] = []
    var last = ID(0)
    while found.count < most {
      let (from, size) = (last, portion)
      let sheets = try await database.read { transaction in
        try transaction.rows(
          "SELECT id FROM sheet WHERE authority = $1 AND id > $2 ORDER BY id LIMIT $3",
          [.id(authority), .id(from), .integer(size)]
        ).map { try $0.id("id") }
      }
      guard let end = sheets.last else { return found }
      last = end
      found += try await database.read { try SheetRecords(authority, sheets, $0).discrepancies }
    }
    return found
  }

  private static func openings(of authority: ID, _ transaction: any Transaction) throws -> [AuditDiscrepancy] {
    try transaction.rows(
      """
      SELECT c.id FROM cycle c
      WHERE c.authority = $1 AND NOT EXISTS (
        SELECT 1 FROM audit u
        WHERE u.authority = c.authority AND u.action = 'cycle.opened' AND u.object = 'cycle/' || CAST(c.id AS TEXT))
      ORDER BY c.id
      """, [.id(authority)]
    ).map { AuditDiscrepancy(kind: .cycle, object: "cycle/\(try $0.id("id"))", part: "") }
  }

  /// Posts that aren't as the chains say they were given or ended: of the whole platform, since a school's chain may be
  /// another's by now.
  ///
  /// Throws `DatabaseError`.
  public static func posts(in database: some Database) async throws -> [AuditDiscrepancy] {
    try await database.read { transaction -> [AuditDiscrepancy] in
      let said = try transaction.rows(
        """
        SELECT object, after_value FROM audit
        WHERE action IN ('appointment.made', 'appointment.ended') ORDER BY at, number
        """, []
      ).reduce(into: [String: String]()) { said, row in
        said[try row.text("object")] = try row.optionalText("after_value") ?? ""
      }
      var left = said
      let wrong = try transaction.rows("\(AppointmentStore.select) ORDER BY p.id", []).compactMap { row -> String? in
        let object = "appointment/\(try row.id("id"))"
        let kept = try AppointmentStore.appointment(row)?.words
        return left.removeValue(forKey: object) == kept && kept != nil ? nil : object
      }
      return (wrong + left.keys.sorted()).map { AuditDiscrepancy(kind: .appointment, object: $0, part: "") }
    }
  }

  static func hash(_ text: String) -> String { SHA256.hash(data: Array(text.utf8)).hexadecimal }

  /// The JSON of an audit row's or a record's text.
  static func tree(_ text: String?) -> Node? { text.flatMap { try? JSON.read(Array($0.utf8), file: "") } }

  /// Whether a number says what a text with a fixed number of places says.
  static func says(_ number: Exact?, _ text: String?) -> Bool {
    guard let number, let text else { return number == nil && text == nil }
    let places = text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
    return number.fixed(places: places) == text || Exact(decimal: text) == number
  }
}
