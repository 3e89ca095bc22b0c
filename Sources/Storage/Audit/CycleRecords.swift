import Notation

/// A cycle beside what its chain says of it: how it was opened, its days, draws, whether it is confirmed, its editions.
struct CycleRecords {
  private typealias Key = ExpectedRows.Key

  private(set) var discrepancies: [AuditDiscrepancy] = []
  private let object: String
  private let key: [Value]
  private let transaction: any Transaction

  init(_ cycle: ID, _ events: [SaidRows.Event], authority: ID, _ transaction: any Transaction) throws {
    object = "cycle/\(cycle)"
    key = [.id(authority), .id(cycle)]
    self.transaction = transaction
    let row = try transaction.row(
      """
      SELECT c.year, c.title, c.edition, c.avoid_district, c.opened_at, c.opened_by, c.confirmed_at, c.confirmed_by,
        e.policy, e.files
      FROM cycle c LEFT JOIN policy_edition e ON e.hash = c.edition
      WHERE c.authority = $1 AND c.id = $2
      """, key)
    guard let row else {
      note(.opening, "")
      return
    }
    if let opened = events.first(where: { $0.action == "cycle.opened" }) {
      try compare(opening: opened, row, cycle, authority)
      try compare(stages: opened)
    }
    if try row.optionalText("files") == nil || PolicyEditions.files(row).hash != row.text("edition") {
      note(.policy, try row.text("edition"))
    }
    try compare(extensions: events.filter { $0.action == "stage.extended" })
    try compare(draws: events)
    try compare(confirmation: events, row)
    try compare(editions: events)
  }

  private mutating func note(_ kind: AuditDiscrepancy.Kind, _ part: String) {
    discrepancies.append(AuditDiscrepancy(kind: kind, object: object, part: part))
  }

  private mutating func compare(opening: SaidRows.Event, _ row: Row, _ cycle: ID, _ authority: ID) throws {
    guard let said = opening.said else { return }
    if try row.int("year") != said["year"]?.integer { note(.opening, "year") }
    if try row.text("edition") != said["edition"]?.text { note(.opening, "edition") }
    if let title = said["title"]?.text, try row.text("title") != title { note(.opening, "title") }
    if let avoids = said["avoidsDistrict"]?.boolean, try (row.integer("avoid_district") == 1) != avoids {
      note(.opening, "avoidsDistrict")
    }
    if try row.instant("opened_at") != opening.at || row.optionalID("opened_by") != opening.account {
      note(.opening, "at")
    }
    let groups = try transaction.row(
      "SELECT COUNT(*) AS n FROM participant WHERE authority = $1 AND cycle = $2", key)?.int("n")
    let isSame = try said["participants"]?.text.map {
      try $0 == ParticipantRecord.hash(of: cycle, authority: authority, transaction)
    }
    if groups != said["groups"]?.integer || isSame == false { note(.opening, "groups") }
  }

  private mutating func compare(stages opening: SaidRows.Event) throws {
    guard let dues = opening.said?["dues"]?.map else { return }
    var expected = ExpectedRows(.stage)
    for due in dues { expected.put(Key(object: object, part: due.key), ["due": .optional(due.value.text)]) }
    discrepancies += try expected.compared(
      with: transaction.rows("SELECT stage, due FROM stage WHERE authority = $1 AND cycle = $2", key)
    ) { Key(object: object, part: try $0.text("stage")) }
  }

  private mutating func compare(extensions events: [SaidRows.Event]) throws {
    var expected = ExpectedRows(.extension)
    func key(_ stage: String, _ group: ID, _ at: Instant) -> Key {
      Key(object: object, part: group == ID(0) ? stage : "\(stage) group/\(group)", at: at.milliseconds)
    }
    for event in events {
      expected.put(
        key(event.text("stage") ?? "", event.id("group") ?? ID(0), event.at),
        [
          "due": .optional(event.text("due")), "reason": .optional(event.text("reason")),
          "by_account": .id(event.account),
        ])
    }
    discrepancies += try expected.compared(
      with: transaction.rows(
        "SELECT stage, grp, due, reason, at, by_account FROM extension WHERE authority = $1 AND cycle = $2", self.key)
    ) { try key($0.text("stage"), $0.id("grp"), $0.instant("at")) }
  }

  private mutating func compare(draws events: [SaidRows.Event]) throws {
    var expected = ExpectedRows(.draw)
    for event in events {
      let key = Key(object: object, part: event.text("stage") ?? "")
      switch event.action {
      case "draw.announced":
        expected.put(
          key,
          [
            "frame_hash": .optional(event.text("frame")), "seed_source": .optional(event.text("seedFrom")),
            "draw_on": .optional(event.text("on")), "announced_at": .instant(event.at),
            "announced_by": .id(event.account), "seed": .null, "chosen": .null, "drawn_at": .null,
          ])
        if let digits = event.said?["digits"]?.integer { expected.change(key, ["seed_digits": .integer(digits)]) }
      case "draw.drawn":
        expected.change(
          key,
          [
            "seed": .optional(event.text("seed")), "drawn_at": .instant(event.at), "drawn_by": .id(event.account),
            "chosen": .optional(event.said?["chosen"]?.texts().map { JSONText.texts($0).text }),
          ])
      default: break
      }
    }
    let rows = try transaction.rows("SELECT * FROM draw WHERE authority = $1 AND cycle = $2", key)
    discrepancies += try expected.compared(with: rows) { Key(object: object, part: try $0.text("stage")) }
    for row in rows where try AuditRecords.hash(row.text("frame")) != row.text("frame_hash") {
      note(.draw, try row.text("stage"))
    }
  }

  private mutating func compare(confirmation events: [SaidRows.Event], _ row: Row) throws {
    var confirmed: SaidRows.Event?
    var reopened = ExpectedRows(.confirmation)
    for event in events {
      switch event.action {
      case "results.confirmed": confirmed = event
      case "results.reopened":
        confirmed = nil
        reopened.put(
          Key(object: object, at: event.at.milliseconds),
          ["reason": .optional(event.after), "by_account": .id(event.account)])
      default: break
      }
    }
    if try row.optionalInstant("confirmed_at") != confirmed?.at
      || (confirmed != nil && row.optionalID("confirmed_by") != confirmed?.account)
    {
      note(.confirmation, "")
    }
    discrepancies += try reopened.compared(
      with: transaction.rows(
        "SELECT at, reason, by_account FROM reopening WHERE authority = $1 AND cycle = $2", key)
    ) { Key(object: object, at: try $0.integer("at")) }
  }

  /// A draft is edition 0; published it takes the next number, taken back it is kept aside under −1, −2, ….
  private mutating func compare(editions events: [SaidRows.Event]) throws {
    var expected = ExpectedRows(.edition)
    func key(_ number: Int) -> Key { Key(object: object, part: String(number)) }
    var aside = 0
    for event in events {
      switch event.action {
      case "results.confirmed":
        // What earlier releases wrote down doesn't say whether a draft was made.
        guard let isNew = event.said?["draft"]?.boolean else { return }
        if isNew { expected.put(key(0), ["hash": .optional(event.text("record"))]) }
      case "results.reopened":
        guard let hash = event.before else { continue }
        aside -= 1
        expected.take(key(0))
        expected.put(key(aside), ["hash": .text(hash)])
      case "results.published":
        expected.take(key(0))
        expected.put(
          key(event.said?["edition"]?.integer ?? 0),
          [
            "hash": .optional(event.text("record")), "file_hash": .optional(event.text("file")),
            "document": .optional(event.text("document")), "made_at": .instant(event.at),
            "made_by": .id(event.account),
          ])
      default: break
      }
    }
    discrepancies += try expected.compared(
      with: transaction.rows(
        "SELECT number, hash, file_hash, document, made_at, made_by FROM edition WHERE authority = $1 AND cycle = $2",
        self.key)
    ) { key(try $0.int("number")) }
  }
}
