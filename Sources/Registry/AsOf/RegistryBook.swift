public import Notation

/// Authorities, schools, groups and who belonged where, with their histories.
public struct RegistryBook: Sendable {
  public var authorities: [Authority]
  public var schools: [School]
  public var groups: [Group]
  public var memberships: [Membership]

  public init(authorities: [Authority], schools: [School], groups: [Group], memberships: [Membership]) {
    self.authorities = authorities
    self.schools = schools
    self.groups = groups
    self.memberships = memberships
  }

  /// What held on a day. Nothing that happened later, or had ended before, shows in it.
  public func on(_ day: Day) -> RegistryDay {
    let schools = schools.compactMap { $0.on(day) }
    let groups = groups.compactMap { $0.on(day) }
    let (schoolIDs, groupIDs) = (Set(schools.map(\.id)), Set(groups.map(\.id)))
    return RegistryDay(
      day: day, authorities: authorities.filter { $0.ended.map { day < $0 } ?? true }, schools: schools,
      groups: groups,
      memberships: memberships.filter {
        $0.holds(on: day) && schoolIDs.contains($0.school) && groupIDs.contains($0.group)
      })
  }
}

/// The registry as it was on a day: schools and groups that were, with the names, authorities and flags of then.
public struct RegistryDay: Sendable {
  public let day: Day
  public let authorities: [Authority]
  public let schools: [School]
  public let groups: [Group]
  public let memberships: [Membership]

  /// The schools of a group, the lead first, then by code.
  public func schools(of group: ID) -> [(school: School, role: Membership.Role)] {
    let roles = Dictionary(memberships.filter { $0.group == group }.map { ($0.school, $0.role) }) { first, _ in first }
    return schools.compactMap { school in roles[school.id].map { (school, $0) } }
      .sorted { ($0.1 == .lead ? 0 : 1, $0.0.code) < ($1.1 == .lead ? 0 : 1, $1.0.code) }
  }

  /// Schools that belong to any group, each once however many they belong to.
  public var grouped: Set<ID> { Set(memberships.map(\.school)) }

  /// The authorities that lie within one, itself included.
  public func within(_ authority: ID) -> Set<ID> { AuthorityTree(authorities).within(authority) }
}

/// Which authority lies within which.
public struct AuthorityTree: Sendable {
  private let children: [ID: [ID]]
  private let parents: [ID: ID]

  public init(_ authorities: [Authority]) {
    children = Dictionary(grouping: authorities.filter { $0.parent != nil }, by: { $0.parent ?? $0.id })
      .mapValues { $0.map(\.id) }
    parents = Dictionary(authorities.compactMap { one in one.parent.map { (one.id, $0) } }) { first, _ in first }
  }

  /// An authority and all below it. A tree that leads in a circle ends.
  public func within(_ authority: ID) -> Set<ID> {
    var (open, found): ([ID], Set<ID>) = ([authority], [])
    while let next = open.popLast() {
      if found.insert(next).inserted { open += children[next] ?? [] }
    }
    return found
  }

  /// An authority and all above it, from itself upwards.
  public func path(from authority: ID) -> [ID] {
    var path: [ID] = []
    var next: ID? = authority
    while let one = next, !path.contains(one) {
      path.append(one)
      next = parents[one]
    }
    return path
  }
}
