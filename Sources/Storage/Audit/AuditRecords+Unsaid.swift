import Notation

extension AuditRecords {
  /// So many rows of a table that no chain knows are named.
  static let mostUnsaid = 20

  /// What the chain says was done, object by object, held against what is kept; some objects at a time.
  ///
  /// - Parameter most: so many findings are enough.
  static func said(
    of authority: ID, in database: some Database, portion: Int, most: Int
  ) async throws -> [AuditDiscrepancy] {
    var found: [AuditDiscrepancy] = []
    var last = ""
    while found.count < most {
      let from = last
      let (end, more) = try await database.read { transaction -> (String?, [AuditDiscrepancy]) in
        let objects = try SaidRows.objects(of: authority, after: from, most: portion, transaction)
        let said = try SaidRows(authority, objects, transaction)
        var found = try said.all("cycle").flatMap {
          try CycleRecords($0.id, $0.events, authority: authority, transaction).discrepancies
        }
        found += try GroupDecisions(said, transaction).discrepancies
        found += try SheetStates(said, transaction).discrepancies
        found += try EvidenceRecords(said, transaction).discrepancies
        if authority == ID(0) { found += try AccountRecords(said, transaction).discrepancies }
        return (objects.last, found)
      }
      found += more
      guard let end else { break }
      last = end
    }
    return found
  }

  /// Rows of which the chain says nothing at all; of objects it speaks of, `said` finds them.
  static func unsaid(of authority: ID, _ transaction: any Transaction) throws -> [AuditDiscrepancy] {
    let tables: [(kind: AuditDiscrepancy.Kind, object: String, id: String, from: String, actions: [String])] = [
      (.veto, "group", "t.grp", "veto t", ["veto.laid"]),
      (.recommendation, "group", "t.grp", "recommendation t", ["group.recommended", "group.notRecommended"]),
      (.recommendationPaper, "group", "t.grp", "recommendation_paper t", ["recommendationPaper.attached"]),
      (.assignment, "group", "t.grp", "assignment t", ["expert.assigned"]),
      (.report, "group", "t.grp", "report t", ["report.handedIn"]),
      (.decision, "group", "t.grp", "tie_decision t", ["tie.decided"]),
      (.objection, "group", "t.grp", "objection t", ["objection.raised"]),
      (.handIn, "sheet", "t.sheet", "hand_in t", ["marks.handedIn"]),
      (.secondLook, "sheet", "t.sheet", "second_look t", ["secondLook.opened"]),
      (.evidence, "evidence", "t.series", "evidence t", ["evidence.added"]),
    ]
    return try tables.flatMap { table in
      try transaction.rows(
        """
        SELECT DISTINCT \(table.id) AS id FROM \(table.from)
        WHERE t.authority = $1 AND NOT EXISTS (
          SELECT 1 FROM audit u
          WHERE u.authority = t.authority AND u.object = '\(table.object)/' || CAST(\(table.id) AS TEXT)
            AND u.action IN (\(table.actions.map { "'\($0)'" }.joined(separator: ", "))))
        ORDER BY id LIMIT $2
        """, [.id(authority), .integer(mostUnsaid)]
      ).map { AuditDiscrepancy(kind: table.kind, object: "\(table.object)/\(try $0.id("id"))", part: "") }
    }
  }
}
