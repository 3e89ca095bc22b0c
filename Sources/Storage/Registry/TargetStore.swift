public import Notation
public import Registry

/// What targets are held against.
public enum TargetStore {
  /// The groups within an authority that have a day of formation, with their leads and the areas these lie in: as much of
  /// the registry as targets count.
  public static func groups(within authority: ID, _ transaction: any Transaction) throws -> RegistryBook {
    let rows = try transaction.rows(
      """
      SELECT g.id, g.authority, g.code, g.name, g.form, g.formed, g.dissolved, m.school, m.since, m.until,
        f.area, f.since AS area_since, f.until AS area_until
      FROM school_group g
      JOIN authority_within w ON w.lower_id = g.authority AND w.upper_id = $1
      LEFT JOIN membership m ON m.grp = g.id AND m.role = 'lead'
      LEFT JOIN school_flag f ON f.school = m.school AND f.flag = 'area'
      WHERE g.formed IS NOT NULL
      ORDER BY g.id, m.school, m.since
      """, [.id(authority)])
    var groups: [Group] = []
    var memberships: Set<Membership> = []
    var flags: [ID: Set<School.Flag>] = [:]
    for row in rows {
      let id = try row.id("id")
      if groups.last?.id != id {
        groups.append(
          Group(
            id: id, authority: try row.id("authority"), code: try row.text("code"), name: try row.text("name"),
            form: try row.optionalText("form"), formed: try row.optionalDay("formed"),
            end: try row.optionalDay("dissolved").map { Group.End(day: $0, successors: []) }))
      }
      guard let school = try row.optionalID("school"), let since = try row.optionalDay("since") else { continue }
      memberships.insert(
        Membership(group: id, school: school, role: .lead, since: since, until: try row.optionalDay("until")))
      var own = flags[school] ?? []
      if let area = try row.optionalText("area"), let since = try row.optionalDay("area_since") {
        own.insert(School.Flag(kind: .area, area: area, since: since, until: try row.optionalDay("area_until")))
      }
      flags[school] = own
    }
    let schools = flags.map { id, flags in
      School(id: id, authority: authority, code: "", name: "", pupils: nil, flags: Array(flags))
    }
    return RegistryBook(
      authorities: [], schools: schools.sorted { $0.id < $1.id }, groups: groups, memberships: Array(memberships))
  }
}
