import Fixtures
public import Notation
public import Registry
public import Storage

/// Authorities, groups and their schools as tests need them: the first school of a group leads it.
public enum SmallMap {
  /// Since when every school has been in its group.
  public static let since = Day(year: 2020, month: 9, day: 1) ?? Day(daysSince1970: 0)

  public static func lay(
    authorities: [(id: Int64, parent: Int64?, level: Authority.Level)],
    groups: [(id: Int64, authority: Int64, form: String?, schools: [Int64])], at now: Instant,
    _ transaction: any Transaction
  ) throws {
    for authority in authorities {
      try RegistryStore.add(
        Authority(
          id: ID(authority.id), parent: authority.parent.map { ID($0) }, level: authority.level,
          code: "a\(authority.id)", name: "教育局\(authority.id)"), at: now, by: .program, transaction)
    }
    for group in groups {
      try RegistryStore.add(
        Group(
          id: ID(group.id), authority: ID(group.authority), code: "g\(group.id)", name: "第\(group.id)教育集团",
          form: group.form, formed: since), at: now, by: .program, transaction)
      for (place, school) in group.schools.enumerated() {
        try RegistryStore.add(
          School(
            id: ID(school), authority: ID(group.authority), code: "s\(school)", name: "第\(school)小学", pupils: 900),
          at: now, by: .program, transaction)
        try RegistryStore.add(
          Membership(
            group: ID(group.id), school: ID(school), role: place == 0 ? .lead : .member, since: since, until: nil),
          transaction)
      }
    }
  }
}

extension PolicyEditions.Files {
  /// A policy of the repository, as a cycle freezes it.
  public static func of(_ policy: String) -> PolicyEditions.Files {
    let names = Repository.names(in: "policies/\(policy)").filter { $0.hasSuffix(".yaml") }
    return PolicyEditions.Files(
      name: policy,
      files: Dictionary(uniqueKeysWithValues: names.map { ($0, Repository.text("policies/\(policy)/\($0)")) }))
  }
}
