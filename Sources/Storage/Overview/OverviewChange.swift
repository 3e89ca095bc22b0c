import Notation

/// What was recorded since an overview was read.
enum OverviewChange: Equatable {
  /// Nothing that an overview shows.
  case nothing
  /// Something about a few groups alone.
  case groups(Set<ID>)
  case everything

  /// More changes than these are cheaper read as a whole.
  static let most = 64

  /// What was known of a cycle.
  struct Known {
    let authority: ID
    /// The end of the chain when it was read; nil: everything is new.
    let number: Int64?
    let overview: CycleOverview?
  }

  /// The ends of the chains of some cycles' authorities, and what they hold since a number. One statement.
  static func since(
    _ known: [Known], _ transaction: any Transaction
  ) throws -> [(number: Int64, change: OverviewChange)] {
    var values: [Value] = []
    let parts = known.enumerated().map { place, known in
      values += [.id(known.authority), .integer(known.number ?? .max)]
      let (authority, number) = ("$\(values.count - 1)", "$\(values.count)")
      // Marks and evidence are no part of an overview, and a chain that was checked is as it was.
      return """
        SELECT \(place) AS place, h.number, x.object, x.detail
        FROM audit_head h
        LEFT JOIN (
          SELECT a.authority, a.object, CASE WHEN a.action = 'stage.extended' THEN a.after_value END AS detail
          FROM audit a
          WHERE a.authority = \(authority) AND a.number > \(number) AND a.action <> 'mark.saved'
            AND a.action <> 'audit.checked' AND a.action NOT LIKE 'evidence.%'
          ORDER BY a.number LIMIT \(most + 1)) x ON x.authority = h.authority
        WHERE h.authority = \(authority)
        """
    }
    var rows = known.map { _ in [Row]() }
    for row in try transaction.rows(parts.joined(separator: "\nUNION ALL\n"), values) {
      rows[try row.int("place")].append(row)
    }
    return try known.indices.map { place in
      let others = known.indices.filter { $0 != place }.compactMap { known[$0].overview }
      return try change(rows[place], known[place], beside: others)
    }
  }

  private static func change(
    _ rows: [Row], _ known: Known, beside others: [CycleOverview]
  ) throws -> (number: Int64, change: OverviewChange) {
    guard let first = rows.first else { return (0, .everything) }
    let end = try first.integer("number")
    guard known.number != nil, let overview = known.overview, rows.count <= most else { return (end, .everything) }
    var groups: Set<ID> = []
    for row in rows {
      guard let object = try row.optionalText("object") else { continue }
      if let group = try extended(row.optionalText("detail")) ?? group(of: object, overview) {
        groups.insert(group)
      } else if !others.contains(where: { isSheet(object, of: $0) }) {
        return (end, .everything)
      }
    }
    return (end, groups.isEmpty ? .nothing : .groups(groups))
  }

  /// Whether it is a sheet of another year.
  private static func isSheet(_ object: String, of overview: CycleOverview) -> Bool {
    object.hasPrefix("sheet/") && group(of: object, overview) != nil
  }

  /// The group whose deadline was extended; nil where it is everybody's.
  private static func extended(_ detail: String?) -> ID? {
    guard let detail, let node = try? JSON.read(Array(detail.utf8), file: "audit")["group"] else { return nil }
    return node.text.flatMap { ID($0) } ?? node.integer.map { ID(Int64($0)) }
  }

  /// `group/12`, or `sheet/12` of a group that is known.
  private static func group(of object: String, _ overview: CycleOverview) -> ID? {
    let parts = object.split(separator: "/")
    guard parts.count == 2, let id = ID(parts[1]) else { return nil }
    switch parts[0] {
    case "group": return id
    case "sheet": return overview.groups.first { group in group.sheets.contains { $0.id == id } }?.id
    default: return nil
    }
  }
}
