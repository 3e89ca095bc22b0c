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

  /// The end of an authority's chain, and what it holds since a number; nil: everything is new. One statement.
  static func since(
    _ number: Int64?, _ authority: ID, _ overview: CycleOverview?, _ transaction: any Transaction
  ) throws -> (number: Int64, change: OverviewChange) {
    // Marks and evidence are no part of an overview, and a chain that was checked is as it was.
    let rows = try transaction.rows(
      """
      SELECT h.number, x.object, x.detail
      FROM audit_head h
      LEFT JOIN (
        SELECT a.authority, a.object, CASE WHEN a.action = 'stage.extended' THEN a.after_value END AS detail
        FROM audit a
        WHERE a.authority = $1 AND a.number > $2 AND a.action <> 'mark.saved' AND a.action <> 'audit.checked'
          AND a.action NOT LIKE 'evidence.%'
        ORDER BY a.number LIMIT \(most + 1)) x ON x.authority = h.authority
      WHERE h.authority = $1
      """, [.id(authority), .integer(number ?? .max)])
    guard let first = rows.first else { return (0, .everything) }
    let end = try first.integer("number")
    guard number != nil, let overview, rows.count <= most else { return (end, .everything) }
    var groups: Set<ID> = []
    for row in rows {
      guard let object = try row.optionalText("object") else { continue }
      guard let group = try extended(row.optionalText("detail")) ?? group(of: object, overview) else {
        return (end, .everything)
      }
      groups.insert(group)
    }
    return (end, groups.isEmpty ? .nothing : .groups(groups))
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
