public import Cycles
public import Notation
public import People
import Policies

/// What start pages and group pages tell of one group beyond where it stands.
public struct GroupRecords: Sendable {
  /// What is entered on the sheet that is open.
  public let marks: [SheetMark]
  /// By sheet, then item; nil is an item that isn't scored.
  public let scores: [ID: [String: Exact?]]
  /// How many pieces of evidence are shown for an item; those of no item under "".
  public let evidence: [String: Int]
  /// Where any is shown, as far as the post sees it.
  public let shown: Set<EvidencePlace>
  /// What was given in an earlier year.
  let given: SheetStore.Given?

  /// Lets numbers of fixed years stand on the open sheet as they were given before, where they were asked for.
  public func layGiven(
    on sheet: inout Sheet, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws {
    try given?.lay(on: &sheet, editions, transaction)
  }
}

public enum GroupRecordStore {
  /// One statement. The caller has found the group within the appointment's reach, and the reach is asked again here.
  ///
  /// - Parameters:
  ///   - open: the sheet whose marks are wanted.
  ///   - asksGiven: whether numbers of fixed years are wanted as they were given in an earlier year.
  public static func records(
    of group: GroupOverview, open: ID?, asksGiven: Bool = false, in cycle: StoredCycle, for post: Viewer.Post,
    _ transaction: any Transaction
  ) throws -> GroupRecords {
    let sight = EvidenceSight(post)
    let rows = try transaction.rows(
      """
      WITH reached AS (
        SELECT r.grp FROM participant_reach r
        WHERE r.appointment = $1 AND r.authority = $4 AND r.cycle = $5 AND r.grp = $6
      )
      SELECT 'mark' AS what, m.sheet, m.item, m.field, m.value, m.version AS n, m.by_account, m.at
      FROM mark m
      WHERE m.authority = $4 AND m.sheet = $7 AND m.reviewer = 0 AND EXISTS (SELECT 1 FROM reached)
      UNION ALL
      SELECT 'line', l.sheet, l.item, NULL, l.score, 0, NULL, NULL
      FROM sheet s CROSS JOIN line l
      WHERE l.authority = s.authority AND l.sheet = s.id AND s.authority = $4 AND s.cycle = $5 AND s.grp IN (SELECT grp FROM reached)
      UNION ALL
      SELECT 'evidence', e.id, coalesce(v.item, ''), coalesce(v.entry, ''), NULL, 0, NULL, NULL
      FROM evidence e
      LEFT JOIN evidence_link v ON v.authority = e.authority AND v.evidence = e.id AND v.cycle = $5
      WHERE e.authority = $4 AND e.grp IN (SELECT grp FROM reached) AND e.withdrawn_at IS NULL AND e.replaced_by IS NULL
        AND (v.item IS NOT NULL OR e.year = $8)
        AND \(EvidenceSight.condition)
      UNION ALL
      SELECT 'given', y.year, y.edition, '', y.facts, 0, NULL, NULL
      FROM (
        \(SheetStore.given("$4", "$9", before: "$8"))
      ) y
      """,
      [
        .id(post.appointment), sight.own, sight.isOfSchool, .id(cycle.authority), .id(cycle.id), .id(group.id),
        .id(open ?? ID(0)), .integer(cycle.year), .id(asksGiven ? group.id : ID(0)),
      ])
    var marks: [SheetMark] = []
    var scores: [ID: [String: Exact?]] = [:]
    var evidence: [String: Set<ID>] = [:]
    var shown: Set<EvidencePlace> = []
    var given: SheetStore.Given?
    for row in rows {
      let item = try row.text("item")
      switch try row.text("what") {
      case "mark":
        marks.append(
          SheetMark(
            item: item, field: try row.text("field"), value: try row.optionalText("value"), version: try row.int("n"),
            by: try row.optionalID("by_account"), at: try row.instant("at")))
      case "line":
        scores[try row.id("sheet"), default: [:]].updateValue(
          try row.optionalText("value").flatMap { Exact(decimal: $0) }, forKey: item)
      case "given":
        given = SheetStore.Given(
          year: try row.int("sheet"), edition: item, facts: try row.optionalText("value") ?? "")
      default:
        let entry = try row.text("field")
        evidence[item, default: []].insert(try row.id("sheet"))
        shown.insert(EvidencePlace(item: item, entry: entry.isEmpty ? nil : entry))
      }
    }
    return GroupRecords(marks: marks, scores: scores, evidence: evidence.mapValues(\.count), shown: shown, given: given)
  }
}
