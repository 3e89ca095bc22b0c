import Crypto
import Notation

/// Something whose rows are written down as a whole: after each change a row of the chain has the hash of each of its
/// tables, so that what is changed, deleted or added behind it shows. What several people write at once isn't part of it;
/// the chain tells that row by row.
struct KeptDigest {
  /// A table of it: its name in findings, and its rows by the authority ($1) and the object's number ($2).
  struct Part {
    let name: String
    let sql: String
  }

  /// As objects are named: `formation/12`.
  let word: String
  let kind: AuditDiscrepancy.Kind
  let table: String
  let parts: [Part]

  var action: String { "\(word).kept" }

  static let all = [formation, task, conference]

  static let formation = KeptDigest(
    word: "formation", kind: .formation, table: "formation_case",
    parts: [
      Part(
        name: "case",
        sql: """
          SELECT edition, kind, grp, applicant_authority, applicant_school, name, form, area, reason, version, created_at,
            created_by, submitted_at, submitted_by, organ, approver, file_organ, filer, clause, accepted_at, accepted_by,
            returned_at, returned_by, return_reason, withdrawn_at, withdrawn_by, withdrawal_reason, public_from,
            public_through, published_at, published_by, decision, document, decided_on, decision_reason, decided_at,
            decided_by, filing, filed_on, filed_at, filed_by, charter, charter_on, charter_at, charter_by
          FROM formation_case WHERE authority = $1 AND id = $2
          """),
      Part(
        name: "schools",
        sql: """
          SELECT school, part, district, is_private, is_new, is_weak, charter_on, position
          FROM formation_school WHERE authority = $1 AND formation = $2 ORDER BY school
          """),
      Part(
        name: "entries",
        sql: "SELECT entry, value FROM formation_entry WHERE authority = $1 AND formation = $2 ORDER BY entry"),
      Part(
        name: "consents",
        sql: """
          SELECT school, kind, day, agrees, present, in_favour, paper, at, by_account
          FROM formation_consent WHERE authority = $1 AND formation = $2 ORDER BY school, kind
          """),
      Part(
        name: "papers",
        sql: """
          SELECT id, kind, title, file_name, file, of_authority, of_school, at, by_account, removed_at, removed_by
          FROM formation_paper WHERE authority = $1 AND formation = $2 ORDER BY id
          """),
      Part(
        name: "answers",
        sql: """
          SELECT id, speaker, text, at, answer, answered_at, answered_by, withhold_reason, withheld_at, withheld_by
          FROM formation_comment
          WHERE authority = $1 AND formation = $2 AND (answered_at IS NOT NULL OR withheld_at IS NOT NULL) ORDER BY id
          """),
    ])

  static let task = KeptDigest(
    word: "task", kind: .task, table: "work_task",
    parts: [
      Part(
        name: "task",
        sql: """
          SELECT parent, policy_task, conference, position, title, text, starts_on, due_on, standing, source, closed_on,
            closed_by, created_at, created_by
          FROM work_task WHERE authority = $1 AND id = $2
          """),
      Part(
        name: "units",
        sql: "SELECT part, name, position FROM task_unit WHERE authority = $1 AND task = $2 ORDER BY part, name"),
    ])

  static let conference = KeptDigest(
    word: "conference", kind: .conference, table: "conference",
    parts: [
      Part(
        name: "conference",
        sql: """
          SELECT day, title, minutes, held_at, created_at, created_by FROM conference
          WHERE authority = $1 AND id = $2
          """),
      // Conferences written down before there was such a thing have no such part.
      Part(
        name: "off",
        sql: """
          SELECT off_at, off_by, off_reason FROM conference WHERE authority = $1 AND id = $2 AND off_at IS NOT NULL
          """),
      Part(
        name: "points",
        sql: """
          SELECT position, title, unit FROM conference_point WHERE authority = $1 AND conference = $2 ORDER BY position
          """),
    ])

  /// The hashes as things stand in the transaction, by part; of no rows none.
  private func hashes(authority: ID, _ id: ID, _ transaction: any Transaction) throws -> [(String, String)] {
    try parts.compactMap { part in
      var hasher = SHA256()
      let rows = try transaction.rows(part.sql, [.id(authority), .id(id)])
      for row in rows {
        var written: [UInt8] = []
        for value in row.values { AuditRow.write(value, to: &written) }
        hasher.update(data: written + [UInt8(ascii: "\n")])
      }
      return rows.isEmpty ? nil : (part.name, hasher.finalize().hexadecimal)
    }
  }

  /// Writes down how the object stands after a change.
  func record(
    authority: ID, _ id: ID, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    let said = try hashes(authority: authority, id, transaction).map { ($0.0, JSONText.text($0.1)) }
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: action, object: "\(word)/\(id)",
        after: JSONText.object(said).text))
  }

  /// The objects after one of them in a chain, held against what was written down of each last.
  func discrepancies(
    of authority: ID, after last: String, most: Int, _ transaction: any Transaction
  ) throws -> (last: String?, found: [AuditDiscrepancy]) {
    let rows = try transaction.rows(
      """
      SELECT u.object, u.after_value FROM audit u
      JOIN (
        SELECT object, MAX(number) AS number FROM audit
        WHERE authority = $1 AND object > $2 AND object < $3 AND action = $4
        GROUP BY object ORDER BY object LIMIT $5
      ) l ON l.number = u.number
      WHERE u.authority = $1 ORDER BY u.object
      """,
      [.id(authority), .text(max(last, word + "/")), .text(word + "0"), .text(action), .integer(most)])
    var found: [AuditDiscrepancy] = []
    for row in rows {
      let object = try row.text("object")
      guard let id = ID(String(object.dropFirst(word.count + 1))) else { continue }
      let said = AuditRecords.tree(try row.optionalText("after_value"))?.map ?? []
      let told = Dictionary(said.map { ($0.key, $0.value.text ?? "") }) { first, _ in first }
      let kept = Dictionary(try hashes(authority: authority, id, transaction)) { first, _ in first }
      for part in parts where told[part.name] != kept[part.name] {
        found.append(AuditDiscrepancy(kind: kind, object: object, part: part.name))
      }
    }
    return (try rows.last?.text("object"), found)
  }

  /// Those that are kept and of which the chain says nothing.
  func unsaid(of authority: ID, most: Int, _ transaction: any Transaction) throws -> [AuditDiscrepancy] {
    try transaction.rows(
      """
      SELECT t.id FROM \(table) t
      WHERE t.authority = $1 AND NOT EXISTS (
        SELECT 1 FROM audit u
        WHERE u.authority = t.authority AND u.object = $2 || CAST(t.id AS TEXT) AND u.action = $3)
      ORDER BY t.id LIMIT $4
      """, [.id(authority), .text(word + "/"), .text(action), .integer(most)]
    ).map { AuditDiscrepancy(kind: kind, object: "\(word)/\(try $0.id("id"))", part: "") }
  }
}
