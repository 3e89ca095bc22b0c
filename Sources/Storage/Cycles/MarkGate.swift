public import Cycles
public import Notation
public import People
public import Policies
import Registry

/// Whether a post may enter something on a sheet, found in one statement: for programs that save many marks. What a
/// page needs besides is read by `SheetStore.open`.
public struct MarkGate: Sendable {
  public let authority: ID
  public let sheet: ID
  /// The policy's, by their ids.
  public let items: [String: Item]
  public let rights: SheetRights
  /// The schools of the group, as subjects of facts are named.
  public let schools: Set<String>
  /// Whether experts mark it each for themselves: then what may be changed depends on the others' marks too.
  public let hasPanel: Bool

  /// Nil where the appointment doesn't reach the sheet, or may not look at it yet.
  public static func find(
    authority: ID, _ sheet: ID, for viewer: Viewer, at now: Instant, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws -> MarkGate? {
    guard let post = viewer.post else { return nil }
    let rows = try transaction.rows(
      """
      SELECT s.stage, s.grp, s.submission, c.year, c.edition, c.confirmed_at, t.due, p.district, u.parent,
        m.school, m.role, k.authority AS school_authority,
        (SELECT e.due FROM extension e
          WHERE e.authority = s.authority AND e.cycle = s.cycle AND e.stage = s.stage AND e.grp IN (0, s.grp)
          ORDER BY e.at DESC LIMIT 1) AS extended,
        (SELECT count(*) FROM assignment x
          WHERE x.authority = s.authority AND x.cycle = s.cycle AND x.stage = s.stage AND x.grp = s.grp) AS assigned,
        (SELECT count(*) FROM assignment x
          WHERE x.authority = s.authority AND x.cycle = s.cycle AND x.stage = s.stage AND x.grp = s.grp
            AND x.appointment = $3) AS mine
      FROM sheet s
      JOIN cycle c ON c.authority = s.authority AND c.id = s.cycle
      JOIN authority u ON u.id = c.authority
      JOIN stage t ON t.authority = s.authority AND t.cycle = s.cycle AND t.stage = s.stage
      JOIN participant p ON p.authority = s.authority AND p.cycle = s.cycle AND p.grp = s.grp
      JOIN participant_school m ON m.authority = s.authority AND m.cycle = s.cycle AND m.grp = s.grp
      JOIN school k ON k.id = m.school
      WHERE s.authority = $1 AND s.id = $2
        AND EXISTS (
          SELECT 1 FROM participant_reach r
          WHERE r.appointment = $3 AND r.authority = s.authority AND r.cycle = s.cycle AND r.grp = s.grp)
      """, [.id(authority), .id(sheet), .id(post.appointment)])
    guard let row = rows.first else { return nil }
    let edition = try row.text("edition")
    let policy = try editions.policy(edition, transaction)
    let id = try row.text("stage")
    guard var stage = CycleStage.all(of: policy, year: try row.int("year")).first(where: { $0.id == id }) else {
      return nil
    }
    stage.due = try row.optionalDay("extended") ?? row.optionalDay("due")
    let group = Participant(
      group: try row.id("grp"), name: "", form: nil, formed: nil, district: try row.id("district"), districtName: "",
      schools: try rows.map {
        Participant.School(
          id: try $0.id("school"), name: "", isLead: try $0.text("role") == "lead", pupils: nil,
          authority: try $0.id("school_authority"))
      })
    var facts = SheetRights.Facts()
    facts.isSubmitted = try row.optionalInteger("submission") != nil
    facts.isConfirmed = try row.optionalInteger("confirmed_at") != nil
    facts.assigned = try row.int("assigned")
    facts.isAssigned = try row.integer("mine") > 0
    let rights = SheetRights(
      post, stage: stage, of: group, offices: CycleOffices(cycle: authority, province: try row.optionalID("parent")),
      calendar: CycleCalendar(stages: [stage]), facts: facts, at: now)
    guard rights.canRead else { return nil }
    return MarkGate(
      authority: authority, sheet: sheet, items: try editions.items(edition, transaction), rights: rights,
      schools: Set(group.schools.map(\.id.description)), hasPanel: facts.assigned > 0)
  }

  /// Whether the sheet has such a field: `choice`, `remark`, or a fact the item asks of the group or of one of its
  /// schools.
  public func asks(_ item: String, _ field: String) -> Bool {
    guard let found = items[item] else { return false }
    if field == SheetMark.choice || field == SheetMark.remark { return true }
    guard let cut = field.firstIndex(of: "/") else { return false }
    let subject = String(field[..<cut])
    guard found.readsSchools ? schools.contains(subject) : subject == "group" else { return false }
    return found.hasInput(String(field[field.index(after: cut)...]))
  }

  /// Whether a change's value is written as its field asks.
  public func takes(_ change: MarkChange) -> Bool {
    guard let item = items[change.item] else { return false }
    guard let value = change.value else { return true }
    guard let node = try? JSON.read(Array(value.utf8), file: "") else { return false }
    return SheetMark.takes(node, for: change.field, of: item)
  }

  /// Whether what the field is about may be entered by the post.
  public func mayEnter(_ field: String) -> Bool {
    guard let cut = field.firstIndex(of: "/") else { return rights.mayRemark }
    return rights.mayEnter(subject: String(field[..<cut]))
  }
}
