import Notation

/// Sheets of one authority beside what their chain says was entered and handed in.
struct SheetRecords {
  private struct Place: Hashable {
    let object: String
    let item: String
    let field: String
  }

  private struct Entered {
    let account: ID?
    let value: String
  }

  private(set) var discrepancies: [AuditDiscrepancy] = []

  /// - Parameter sheets: in the order of their numbers.
  init(_ authority: ID, _ sheets: [ID], _ transaction: any Transaction) throws {
    guard let first = sheets.first, let last = sheets.last else { return }
    let range: [Value] = [.id(authority), .id(first), .id(last)]
    let objects = sheets.map { Value.text("sheet/\($0)") }
    let places = objects.indices.map { "$\($0 + 2)" }.joined(separator: ", ")
    let said = try transaction.rows(
      """
      SELECT object, item, account, action, after_value FROM audit
      WHERE authority = $1 AND object IN (\(places)) AND action IN ('mark.saved', 'sheet.submitted')
      ORDER BY number
      """, [.id(authority)] + objects)
    var entered: [Place: [Entered]] = [:]
    var submitted: [String: [Int: Node]] = [:]
    for row in said {
      let (object, after) = (try row.text("object"), try row.optionalText("after_value") ?? "")
      if try row.text("action") == "sheet.submitted" {
        guard let tree = AuditRecords.tree(after), let number = tree["number"]?.integer else { continue }
        submitted[object, default: [:]][number] = tree
      } else if let cut = after.firstIndex(of: "=") {
        let place = Place(
          object: object, item: try row.optionalText("item") ?? "", field: String(after[..<cut]))
        entered[place, default: []].append(
          Entered(account: try row.optionalID("account"), value: String(after[after.index(after: cut)...])))
      }
    }
    try compare(marks: entered, transaction, range)
    try compare(submissions: submitted, transaction, range)
    discrepancies.sort { ($0.object, $0.part) < ($1.object, $1.part) }
  }

  /// Of a mark that is everybody's, what anybody entered last; of an expert's own, what that expert did.
  private mutating func compare(
    marks entered: [Place: [Entered]], _ transaction: any Transaction, _ range: [Value]
  ) throws {
    let rows = try transaction.rows(
      """
      SELECT sheet, reviewer, item, field, value FROM mark
      WHERE authority = $1 AND sheet >= $2 AND sheet <= $3 ORDER BY sheet, item, field, reviewer
      """, range)
    var reviewers: [Place: Set<ID>] = [:]
    var shared: Set<Place> = []
    func whereabouts(_ row: Row) throws -> Place {
      Place(object: "sheet/\(try row.id("sheet"))", item: try row.text("item"), field: try row.text("field"))
    }
    for row in rows {
      let (place, reviewer) = (try whereabouts(row), try row.id("reviewer"))
      if reviewer == ID(0) { shared.insert(place) } else { reviewers[place, default: []].insert(reviewer) }
    }
    for row in rows {
      let (place, reviewer) = (try whereabouts(row), try row.id("reviewer"))
      let said = entered[place]?.last { entry in
        reviewer == ID(0)
          ? !(entry.account.map { reviewers[place]?.contains($0) ?? false } ?? false) : entry.account == reviewer
      }
      if try said?.value != row.optionalText("value") ?? "null" { note(place) }
    }
    // What was entered and is gone.
    for (place, entries) in entered where !shared.contains(place) {
      let known = reviewers[place] ?? []
      if entries.contains(where: { entry in !(entry.account.map { known.contains($0) } ?? false) }) { note(place) }
    }
  }

  private mutating func note(_ place: Place) {
    discrepancies.append(
      AuditDiscrepancy(kind: .mark, object: place.object, part: "\(place.item) \(place.field)"))
  }

  private mutating func compare(
    submissions said: [String: [Int: Node]], _ transaction: any Transaction, _ range: [Value]
  ) throws {
    var cards: [String: [Int: Node]] = [:]
    for row in try transaction.rows(
      """
      SELECT sheet, number, facts, card, hash FROM submission
      WHERE authority = $1 AND sheet >= $2 AND sheet <= $3 ORDER BY sheet, number
      """, range)
    {
      let (object, number, hash) = ("sheet/\(try row.id("sheet"))", try row.int("number"), try row.text("hash"))
      let card = try row.text("card")
      cards[object, default: [:]][number] = AuditRecords.tree(card)
      let isOwn = AuditRecords.hash(try row.text("facts") + "\n" + card) == hash
      if !isOwn || said[object]?[number]?["hash"]?.text != hash {
        discrepancies.append(AuditDiscrepancy(kind: .submission, object: object, part: String(number)))
      }
    }
    var holding: [String: Node] = [:]
    for row in try transaction.rows(
      """
      SELECT id, submission, base, bonus, total, grade, complete FROM sheet
      WHERE authority = $1 AND id >= $2 AND id <= $3 AND submission IS NOT NULL ORDER BY id
      """, range)
    {
      let (object, number) = ("sheet/\(try row.id("id"))", try row.int("submission"))
      if try !SheetRecords.fits(row, cards[object]?[number], said[object]?[number]) {
        discrepancies.append(AuditDiscrepancy(kind: .sheet, object: object, part: String(number)))
      }
      holding[object] = cards[object]?[number]
    }
    try compare(lines: holding, transaction, range)
  }

  /// Item by item what the submission that holds says; of an open sheet nothing is noted.
  private mutating func compare(lines cards: [String: Node], _ transaction: any Transaction, _ range: [Value]) throws {
    // By item; nil where it is unscored.
    var left: [String: [String: String?]] = [:]
    for (object, card) in cards {
      var scores: [String: String?] = [:]
      for line in (card["lines"]?.list ?? []) + (card["bonusLines"]?.list ?? []) {
        if let item = line["id"]?.text { scores.updateValue(line["score"]?.text, forKey: item) }
      }
      left[object] = scores
    }
    for row in try transaction.rows(
      "SELECT sheet, item, score FROM line WHERE authority = $1 AND sheet >= $2 AND sheet <= $3 ORDER BY sheet, item",
      range)
    {
      let (object, item) = ("sheet/\(try row.id("sheet"))", try row.text("item"))
      guard let said = left[object]?.removeValue(forKey: item),
        try AuditRecords.says(row.optionalExact("score"), said)
      else {
        note(line: item, of: object)
        continue
      }
    }
    for (object, lines) in left { for item in lines.keys { note(line: item, of: object) } }
  }

  private mutating func note(line item: String, of object: String) {
    discrepancies.append(AuditDiscrepancy(kind: .line, object: object, part: item))
  }

  private static func fits(_ row: Row, _ card: Node?, _ said: Node?) throws -> Bool {
    guard let card, let said else { return false }
    for sum in ["base", "bonus", "total"] {
      guard AuditRecords.says(try row.optionalExact(sum), card[sum]?.text) else { return false }
    }
    guard try row.optionalInteger("complete") == (card["complete"]?.boolean == true ? 1 : 0) else { return false }
    return try said["grade"].map { try row.optionalText("grade") == $0.text } ?? true
  }
}
