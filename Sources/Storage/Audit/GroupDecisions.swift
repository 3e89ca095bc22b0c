import Notation

/// What was decided about groups, beside what their chain says of it: vetoes, recommendations, who evaluates them,
/// reports, decisions left to people, objections.
struct GroupDecisions {
  private typealias Key = ExpectedRows.Key

  private(set) var discrepancies: [AuditDiscrepancy] = []
  private var vetoes = ExpectedRows(.veto)
  private var recommendations = ExpectedRows(.recommendation)
  private var papers = ExpectedRows(.recommendationPaper)
  private var assignments = ExpectedRows(.assignment)
  private var reports = ExpectedRows(.report)
  private var decisions = ExpectedRows(.decision)
  private var objections = ExpectedRows(.objection)

  init(_ said: SaidRows, _ transaction: any Transaction) throws {
    let groups = said.all("group")
    guard !groups.isEmpty else { return }
    for group in groups { for event in group.events { read(event, of: group.object) } }
    let places = groups.indices.map { "$\($0 + 2)" }.joined(separator: ", ")
    func rows(_ columns: String, _ table: String) throws -> [Row] {
      try transaction.rows(
        "SELECT grp, cycle, \(columns) FROM \(table) WHERE authority = $1 AND grp IN (\(places))",
        [.id(said.authority)] + groups.map { Value.id($0.id) })
    }
    func key(_ row: Row, _ parts: String..., at: String? = nil) throws -> Key {
      Key(
        object: "group/\(try row.id("grp"))",
        part: try ([row.id("cycle").description] + parts.map { try GroupDecisions.text(row.value($0)) })
          .joined(separator: " "), at: try at.map { try row.integer($0) } ?? 0)
    }
    discrepancies += try vetoes.compared(
      with: rows("veto, reason, evidence, at, by_account, lifted_at, lifted_by, lift_reason", "veto")
    ) { try key($0, "veto", at: "at") }
    discrepancies += try recommendations.compared(
      with: rows("stage, recommended, reason, at, by_account, ended_at, ended_by", "recommendation")
    ) { try key($0, "stage") }
    discrepancies += try papers.compared(
      with: rows(
        "stage, id, paper, file_name, file, evidence, at, by_account, removed_at, removed_by", "recommendation_paper")
    ) { try key($0, "stage", "id") }
    discrepancies += try assignments.compared(
      with: rows("stage, appointment, at, by_account", "assignment")
    ) { try key($0, "stage", "appointment") }
    discrepancies += try reports.compared(
      with: rows("stage, evidence, remark, at, by_account", "report")
    ) { try key($0, "stage") }
    discrepancies += try decisions.compared(
      with: rows("consequence, granted, reason, at, by_account", "tie_decision")
    ) { try key($0, "consequence") }
    discrepancies += try objections.compared(
      with: rows("item, text, at, by_account, answer, upheld, answered_at, answered_by", "objection")
    ) { row in
      Key(
        object: "group/\(try row.id("grp"))", part: try row.optionalText("item") ?? "", at: try row.integer("at"))
    }
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .text(let text): text
    case .integer(let number): String(number)
    case .null, .bytes: ""
    }
  }

  private mutating func read(_ event: SaidRows.Event, of object: String) {
    let by = Value.id(event.account)
    func key(_ part: String..., at: Instant? = nil) -> Key {
      Key(
        object: object, part: ([event.text("cycle") ?? ""] + part.map { event.text($0) ?? "" }).joined(separator: " "),
        at: at?.milliseconds ?? 0)
    }
    switch event.action {
    case "veto.laid":
      vetoes.put(
        key("veto", at: event.at),
        [
          "reason": .optional(event.text("reason")), "evidence": .optional(event.text("evidence")), "by_account": by,
          "lifted_at": .null, "lifted_by": .null, "lift_reason": .null,
        ])
    case "veto.lifted": lift(event, of: object, key("veto").part)
    case "group.recommended", "group.notRecommended":
      recommendations.put(
        key("stage"),
        [
          "recommended": .integer(event.action == "group.recommended" ? 1 : 0),
          "reason": .optional(event.text("reason")), "at": .instant(event.at), "by_account": by, "ended_at": .null,
          "ended_by": .null,
        ])
    case "group.recommendationEnded":
      recommendations.change(
        key("stage"), ["ended_at": .instant(event.at), "ended_by": .optional(event.text("by"))])
    case "recommendationPaper.attached":
      papers.put(
        key("stage", "id"),
        [
          "paper": .optional(event.text("paper")), "file_name": .optional(event.text("name")),
          "file": .optional(event.text("file")), "evidence": .id(event.id("evidence")), "at": .instant(event.at),
          "by_account": by, "removed_at": .null, "removed_by": .null,
        ])
    case "recommendationPaper.removed":
      papers.change(key("stage", "id"), ["removed_at": .instant(event.at), "removed_by": by])
    case "expert.assigned":
      assignments.put(key("stage", "appointment"), ["at": .instant(event.at), "by_account": by])
    case "expert.removed": assignments.take(key("stage", "appointment"))
    case "report.handedIn":
      reports.put(
        key("stage"),
        [
          "remark": .optional(event.text("remark")), "evidence": .id(event.id("evidence")), "at": .instant(event.at),
          "by_account": by,
        ])
    case "tie.decided":
      decisions.put(
        key("consequence"),
        [
          "granted": .integer(event.said?["granted"]?.boolean == true ? 1 : 0),
          "reason": .optional(event.text("reason")), "at": .instant(event.at), "by_account": by,
        ])
    default: readObjection(event, of: object)
    }
  }

  /// Of several that are laid alike and were not yet lifted, which one it was is said only by later releases.
  private mutating func lift(_ event: SaidRows.Event, of object: String, _ part: String) {
    let open = vetoes.open(object, part, "lifted_at")
    let laid = event.text("laid").flatMap { Int64($0) }
    if let key = laid.map({ Key(object: object, part: part, at: $0) }) ?? (open.count == 1 ? open.first : nil) {
      vetoes.change(
        key,
        [
          "lifted_at": .instant(event.at), "lifted_by": .id(event.account),
          "lift_reason": .optional(event.text("reason")),
        ])
    } else {
      for key in open { vetoes.leaveOpen(key, ["lifted_at", "lifted_by", "lift_reason"]) }
    }
  }

  private mutating func readObjection(_ event: SaidRows.Event, of object: String) {
    let part = event.item ?? ""
    switch event.action {
    case "objection.raised":
      objections.put(
        Key(object: object, part: part, at: event.at.milliseconds),
        [
          "text": .optional(event.after), "by_account": .id(event.account), "answered_at": .null, "answer": .null,
          "upheld": .null,
        ])
    case "objection.upheld", "objection.dismissed":
      let open = objections.open(object, part, "answered_at")
      if open.count == 1, let key = open.first {
        objections.change(
          key,
          [
            "answered_at": .instant(event.at), "answer": .optional(event.after), "answered_by": .id(event.account),
            "upheld": .integer(event.action == "objection.upheld" ? 1 : 0),
          ])
      } else {
        for key in open { objections.leaveOpen(key, ["answered_at", "answer", "upheld"]) }
      }
    default: break
    }
  }
}
