import Notation
import Storage
import Testing

@testable import Web

/// Shortcuts to a year in mid-course: what stores would write, without anybody filling in eighteen items.
extension TestSite {
  /// A group's sheet at a stage, handed in with these scores; nil is one that isn't scored.
  func submit(
    _ group: Int64, _ stage: String, total: String, grade: String? = nil, scores: [(String, String?)] = []
  ) async throws {
    let now = clock.now
    try await site.database.write { transaction in
      let known = try transaction.row(
        "SELECT id FROM sheet WHERE authority = 10 AND cycle = 500 AND stage = $1 AND grp = $2",
        [.text(stage), .integer(group)])
      let id = try known?.id("id") ?? ID(7_000 + group * 10 + Int64(stage.utf8.count))
      if known == nil {
        try transaction.run(
          """
          INSERT INTO sheet (authority, id, cycle, stage, grp, school, created_at) VALUES (10, $1, 500, $2, $3, 0, $4)
          """, [.id(id), .text(stage), .integer(group), .instant(now)])
      }
      try transaction.run(
        """
        UPDATE sheet SET submission = 1, submitted_at = $2, base = $3, bonus = '0', total = $3, grade = $4, complete = $5
        WHERE authority = 10 AND id = $1
        """,
        [
          .id(id), .instant(now), .text(total), .optional(grade),
          .integer(scores.contains { $0.1 == nil } ? 0 : 1),
        ])
      try transaction.run(
        """
        INSERT INTO submission (authority, sheet, number, at, facts, card, hash) VALUES (10, $1, 1, $2, $3, '{}', 'x')
        """, [.id(id), .instant(now), .text("{\"id\":\"\(group)\"}")])
      for (item, score) in scores {
        try transaction.run(
          "INSERT INTO line (authority, sheet, item, score) VALUES (10, $1, $2, $3)",
          [.id(id), .text(item), .optional(score)])
      }
      transaction.record(
        AuditEntry(authority: ID(10), at: now, actor: .program, action: "sheet.submitted", object: "sheet/\(id)"))
    }
  }

  func giveBack(_ group: Int64, _ stage: String, reason: String) async throws {
    let now = clock.now
    try await site.database.write { transaction in
      let sheet = try #require(
        try transaction.row(
          "SELECT id FROM sheet WHERE authority = 10 AND cycle = 500 AND stage = $1 AND grp = $2",
          [.text(stage), .integer(group)])
      ).id("id")
      try transaction.run(
        "UPDATE submission SET returned_at = $2, reason = $3 WHERE authority = 10 AND sheet = $1",
        [.id(sheet), .instant(now), .text(reason)])
      try transaction.run(
        """
        UPDATE sheet SET submission = NULL, submitted_at = NULL, base = NULL, total = NULL, complete = NULL
        WHERE authority = 10 AND id = $1
        """, [.id(sheet)])
      transaction.record(
        AuditEntry(authority: ID(10), at: now, actor: .program, action: "sheet.returned", object: "sheet/\(sheet)"))
    }
  }

  /// An expert to a group at a stage.
  func assign(_ person: TestPerson, to group: Int64, _ stage: String) async throws {
    let now = clock.now
    try await site.database.write { transaction in
      try transaction.run(
        """
        INSERT INTO assignment (authority, cycle, stage, grp, appointment, at) VALUES (10, 500, $1, $2, $3, $4)
        """, [.text(stage), .integer(group), .id(person.appointment), .instant(now)])
      transaction.record(
        AuditEntry(authority: ID(10), at: now, actor: .program, action: "expert.assigned", object: "group/\(group)"))
    }
  }

  func layVeto(_ group: Int64, _ veto: String, reason: String) async throws {
    let now = clock.now
    try await site.database.write { transaction in
      try transaction.run(
        "INSERT INTO veto (authority, cycle, grp, veto, reason, at) VALUES (10, 500, $1, $2, $3, $4)",
        [.integer(group), .text(veto), .text(reason), .instant(now)])
      transaction.record(
        AuditEntry(authority: ID(10), at: now, actor: .program, action: "veto.laid", object: "group/\(group)"))
    }
  }
}
