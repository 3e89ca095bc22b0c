import Notation

/// Evidence beside what its chain says of it: which file, in which version, taken back or not, shown for which items and
/// whether late. All versions of a piece are gone through together, as links move from one to the next.
struct EvidenceRecords {
  private typealias Key = ExpectedRows.Key

  /// Where a version is shown; what earlier releases didn't write down is nil.
  private struct Link {
    let item: String
    let entry: String
    var at: Instant
    var by: ID?
    var cycle: ID?
    var stage: String?
    var isLate: Bool?
  }

  private(set) var discrepancies: [AuditDiscrepancy] = []
  private var pieces = ExpectedRows(.evidence)
  private var links: [ID: [Link]] = [:]

  init(_ said: SaidRows, _ transaction: any Transaction) throws {
    let first = said.all("evidence").filter { $0.events.contains { $0.action == "evidence.added" } }
    guard !first.isEmpty else { return }
    var series: [ID: (versions: [ID], events: [(id: ID, event: SaidRows.Event)])] = [:]
    for piece in first {
      series[piece.id] = (versions: [piece.id], events: piece.events.map { (id: piece.id, event: $0) })
    }
    // Version by version, those of all pieces at once.
    var latest = first.map { (series: $0.id, events: $0.events) }
    while true {
      let next = latest.compactMap { one -> (series: ID, id: ID)? in
        one.events.last(where: { $0.action == "evidence.replaced" })?.id("evidence")
          .map { (series: one.series, id: $0) }
      }.filter { series[$0.series]?.versions.contains($0.id) == false }
      guard !next.isEmpty else { break }
      let more = try SaidRows(said.authority, next.map { "evidence/\($0.id)" }, transaction)
      latest = next.map { (series: $0.series, events: more.events["evidence/\($0.id)"] ?? []) }
      for (one, found) in zip(next, latest) {
        series[one.series]?.versions.append(one.id)
        series[one.series]?.events += found.events.map { (id: one.id, event: $0) }
      }
    }
    for (id, all) in series.sorted(by: { $0.key < $1.key }) {
      for one in all.events.sorted(by: { $0.event.number < $1.event.number }) {
        read(one.event, of: one.id, in: id)
      }
    }
    let heads = first.map { Value.id($0.id) }
    let places = heads.indices.map { "$\($0 + 2)" }.joined(separator: ", ")
    let kept = try transaction.rows(
      "SELECT * FROM evidence WHERE authority = $1 AND series IN (\(places))", [.id(said.authority)] + heads)
    discrepancies += try pieces.compared(with: kept) { Key(object: "evidence/\(try $0.id("id"))") }
    discrepancies += try shown().compared(
      with: transaction.rows(
        """
        SELECT l.* FROM evidence_link l
        JOIN evidence e ON e.authority = l.authority AND e.id = l.evidence
        WHERE e.authority = $1 AND e.series IN (\(places))
        """, [.id(said.authority)] + heads)
    ) { row in
      EvidenceRecords.key(try row.id("evidence"), try row.text("item"), try row.text("entry"), try row.integer("at"))
    }
  }

  private static func key(_ id: ID, _ item: String, _ entry: String, _ at: Int64) -> Key {
    Key(object: "evidence/\(id)", part: entry.isEmpty ? item : "\(item) \(entry)", at: at)
  }

  private func shown() -> ExpectedRows {
    var expected = ExpectedRows(.evidenceLink)
    for (id, links) in links {
      for link in links {
        var columns: [String: Value] = ["by_account": .id(link.by)]
        if let cycle = link.cycle { columns["cycle"] = .id(cycle) }
        if let stage = link.stage { columns["stage"] = .text(stage) }
        if let isLate = link.isLate { columns["late"] = .integer(isLate ? 1 : 0) }
        expected.put(EvidenceRecords.key(id, link.item, link.entry, link.at.milliseconds), columns)
      }
    }
    return expected
  }

  private mutating func read(_ event: SaidRows.Event, of id: ID, in series: ID) {
    let key = Key(object: "evidence/\(id)")
    switch event.action {
    case "evidence.added":
      pieces.put(
        key,
        [
          "grp": .id(event.id("group")), "school": .id(event.id("school")), "title": .optional(event.text("title")),
          "file_name": .optional(event.text("name")), "file": .optional(event.text("file")),
          "year": .optional(event.number("year")), "series": .id(series),
          "version": 1, "replaced_by": .null, "uploaded_at": .instant(event.at), "uploaded_by": .id(event.account),
          "withdrawn_at": .null, "withdrawn_by": .null,
        ])
    case "evidence.replaced":
      guard let new = event.id("evidence"), var columns = pieces.rows[key] else { return }
      pieces.change(key, ["replaced_by": .id(new)])
      columns.merge([
        "file": .optional(event.text("file")), "file_name": .optional(event.text("name")),
        "version": .optional(event.number("version")),
        "uploaded_at": .instant(event.at), "uploaded_by": .id(event.account),
      ]) { $1 }
      pieces.put(Key(object: "evidence/\(new)"), columns)
      links[new] = links[id]?.map { link in
        var moved = link
        (moved.at, moved.by) = (event.at, event.account)
        (moved.stage, moved.isLate) = (event.text("stage"), event.said?["late"]?.boolean)
        return moved
      }
      links[id] = nil
    case "evidence.withdrawn":
      pieces.change(key, ["withdrawn_at": .instant(event.at), "withdrawn_by": .id(event.account)])
    case "evidence.linked":
      links[id, default: []].append(
        Link(
          item: event.item ?? "", entry: event.text("entry") ?? "", at: event.at, by: event.account,
          cycle: event.id("cycle"), stage: event.text("stage"), isLate: event.said?["late"]?.boolean))
    case "evidence.unlinked":
      let entry = event.before == event.item ? "" : event.before ?? ""
      // Rows of earlier releases name no cycle.
      let cycle = event.id("cycle")
      let place = links[id]?.lastIndex { link in
        link.item == event.item && (link.entry == entry || (entry.isEmpty && link.entry == link.item))
          && (cycle == nil || link.cycle == nil || link.cycle == cycle)
      }
      if let place { links[id]?.remove(at: place) }
    default: break
    }
  }
}
