import Notation

/// Whether sheets are handed in, given back, marked by their experts and looked at again as their chain says.
struct SheetStates {
  private typealias Key = ExpectedRows.Key

  private(set) var discrepancies: [AuditDiscrepancy] = []
  private var states = ExpectedRows(.state)
  private var submissions = ExpectedRows(.submission)
  private var handIns = ExpectedRows(.handIn)
  private var looks = ExpectedRows(.secondLook)

  init(_ said: SaidRows, _ transaction: any Transaction) throws {
    let sheets = said.all("sheet")
    guard !sheets.isEmpty else { return }
    for sheet in sheets {
      states.put(Key(object: sheet.object), ["submission": .null])
      for event in sheet.events { read(event, of: sheet.object) }
    }
    let places = sheets.indices.map { "$\($0 + 2)" }.joined(separator: ", ")
    func rows(_ columns: String, _ table: String, _ id: String = "sheet") throws -> [Row] {
      try transaction.rows(
        "SELECT \(columns) FROM \(table) WHERE authority = $1 AND \(id) IN (\(places))",
        [.id(said.authority)] + sheets.map { Value.id($0.id) })
    }
    discrepancies += try states.compared(with: rows("id, submission, submitted_at, submitted_by", "sheet", "id")) {
      Key(object: "sheet/\(try $0.id("id"))")
    }
    discrepancies += try submissions.compared(
      with: rows("sheet, number, at, by_account, hash, returned_at, returned_by, reason", "submission")
    ) { Key(object: "sheet/\(try $0.id("sheet"))", part: String(try $0.integer("number"))) }
    discrepancies += try handIns.compared(with: rows("sheet, reviewer, at", "hand_in")) {
      Key(object: "sheet/\(try $0.id("sheet"))", part: "account/\(try $0.id("reviewer"))")
    }
    discrepancies += try looks.compared(
      with: rows("sheet, item, at, by_account, closed_at, closed_by, outcome", "second_look")
    ) { Key(object: "sheet/\(try $0.id("sheet"))", part: try $0.text("item"), at: try $0.integer("at")) }
  }

  private mutating func read(_ event: SaidRows.Event, of object: String) {
    switch event.action {
    case "sheet.submitted":
      guard let number = event.said?["number"]?.integer else { return }
      states.put(
        Key(object: object),
        [
          "submission": .integer(number), "submitted_at": .instant(event.at), "submitted_by": .id(event.account),
        ])
      submissions.put(
        Key(object: object, part: String(number)),
        [
          "at": .instant(event.at), "by_account": .id(event.account), "hash": .optional(event.text("hash")),
          "returned_at": .null, "returned_by": .null, "reason": .null,
        ])
    case "sheet.returned":
      if case .integer(let number)? = states.rows[Key(object: object)]?["submission"] {
        submissions.change(
          Key(object: object, part: String(number)),
          [
            "returned_at": .instant(event.at), "returned_by": .id(event.account), "reason": .optional(event.after),
          ])
      }
      states.put(Key(object: object), ["submission": .null, "submitted_at": .null])
    case "marks.handedIn":
      handIns.put(Key(object: object, part: event.after ?? ""), ["at": .instant(event.at)])
    case "secondLook.opened":
      looks.put(
        Key(object: object, part: event.item ?? "", at: event.at.milliseconds),
        ["by_account": .id(event.account), "closed_at": .null, "closed_by": .null, "outcome": .null])
    case "secondLook.closed":
      for key in looks.open(object, event.item ?? "", "closed_at") {
        looks.change(
          key,
          [
            "closed_at": .instant(event.at), "closed_by": .id(event.account), "outcome": .optional(event.after),
          ])
      }
    default: break
    }
  }
}
