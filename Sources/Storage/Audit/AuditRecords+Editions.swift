import Notation

extension AuditRecords {
  struct EditionKey: Sendable {
    let authority: ID
    let cycle: ID
    let number: Int

    static func all(of authority: ID, _ transaction: any Transaction) throws -> [EditionKey] {
      try transaction.rows(
        "SELECT cycle, number FROM edition WHERE authority = $1 ORDER BY cycle, number", [.id(authority)]
      ).map { EditionKey(authority: authority, cycle: try $0.id("cycle"), number: try $0.int("number")) }
    }
  }

  static func discrepancies(
    of edition: EditionKey, _ transaction: any Transaction
  ) throws -> [AuditDiscrepancy] {
    let key: [Value] = [.id(edition.authority), .id(edition.cycle), .integer(edition.number)]
    guard
      let row = try transaction.row(
        """
        SELECT record, hash, file, file_hash FROM edition WHERE authority = $1 AND cycle = $2 AND number = $3
        """, key)
    else { return [] }
    let (record, hash) = (try row.text("record"), try row.text("hash"))
    let (file, fileHash) = (try row.optionalText("file"), try row.optionalText("file_hash"))
    let said = try transaction.rows(
      """
      SELECT action, after_value FROM audit
      WHERE authority = $1 AND object = $2 AND action IN ('results.confirmed', 'results.published')
      """, [.id(edition.authority), .text("cycle/\(edition.cycle)")]
    ).map {
      (isPublished: try $0.text("action") == "results.published", what: tree(try $0.optionalText("after_value")))
    }
    let isSaid = said.contains { said in
      guard said.what?["record"]?.text == hash, said.isPublished == (edition.number > 0) else {
        return false
      }
      return !said.isPublished
        || (said.what?["edition"]?.integer == edition.number && said.what?["file"]?.text == fileHash)
    }
    var found: [AuditDiscrepancy] = []
    if Self.hash(record) != hash || file.map(Self.hash) != fileHash || !isSaid {
      found.append(
        AuditDiscrepancy(kind: .edition, object: "cycle/\(edition.cycle)", part: String(edition.number)))
    }
    let results = tree(record)?["results"]?["results"]?.list ?? []
    let byGroup = Dictionary(results.map { ($0["group"]?.text ?? "", $0) }) { first, _ in first }
    var left = Set(byGroup.keys)
    for row in try transaction.rows(
      """
      SELECT grp, base, bonus, total, grade, place, place_change FROM result
      WHERE authority = $1 AND cycle = $2 AND edition = $3 ORDER BY position
      """, key)
    {
      let group = try row.id("grp")
      left.remove(group.description)
      if try !fits(row, byGroup[group.description]) {
        found.append(
          AuditDiscrepancy(kind: .result, object: "group/\(group)", part: "\(edition.cycle) \(edition.number)"))
      }
    }
    found += left.sorted().map {
      AuditDiscrepancy(kind: .result, object: "group/\($0)", part: "\(edition.cycle) \(edition.number)")
    }
    return found
  }

  private static func fits(_ row: Row, _ said: Node?) throws -> Bool {
    guard let said else { return false }
    for sum in ["base", "bonus", "total"] {
      guard says(try row.optionalExact(sum), said[sum]?.text) else { return false }
    }
    return try row.optionalText("grade") == said["grade"]?.text
      && row.optionalInteger("place").map { Int($0) } == said["rank"]?.integer
      && row.optionalInteger("place_change").map { Int($0) } == said["rankChange"]?.integer
  }
}
