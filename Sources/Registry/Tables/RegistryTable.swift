/// The tables of the registry as people exchange them: a sheet each in a workbook, a row each thing. Import, export,
/// preview and forms all read this one description.
public enum RegistryTable: String, Sendable, CaseIterable {
  case authorities, schools, schoolSuccessors, schoolPast, schoolFlags
  case groups, groupSuccessors, groupPast, memberships
  case years, allotments, divisions

  public var columns: [RegistryColumn] {
    switch self {
    case .authorities: RegistryTable.authorityColumns
    case .schools: RegistryTable.schoolColumns
    case .schoolSuccessors: [.key("school", .reference(.schools)), .key("successor", .reference(.schools))]
    case .schoolPast: RegistryTable.schoolPastColumns
    case .schoolFlags: RegistryTable.flagColumns
    case .groups: RegistryTable.groupColumns
    case .groupSuccessors: [.key("group", .reference(.groups)), .key("successor", .reference(.groups))]
    case .groupPast: RegistryTable.groupPastColumns
    case .memberships: RegistryTable.membershipColumns
    case .years: RegistryTable.yearColumns
    case .allotments: RegistryTable.allotmentColumns
    case .divisions: RegistryTable.divisionColumns
    }
  }

  /// Whether its rows stand for themselves and so are never taken out, only ended.
  public var isOfThings: Bool { self == .authorities || self == .schools || self == .groups }

  public func index(_ code: String) -> Int? { columns.firstIndex { $0.code == code } }

  private static let authorityColumns: [RegistryColumn] = [
    .key("code", .text(40)), .required("name", .text(200)),
    .required("level", .choice(Authority.Level.allCases.map(\.rawValue))),
    .optional("parent", .reference(.authorities)), .optional("zone", .choice(["yes"])), .optional("ended", .day),
    .optional("successor", .reference(.authorities)),
  ]
  private static let schoolColumns: [RegistryColumn] = [
    .key("code", .text(40)), .required("name", .text(200)), .required("authority", .reference(.authorities)),
    .optional("stages", stages), .optional("ownership", ownership), .optional("location", location),
    .optional("credit", .text(18)), .optional("division", .text(6)), .optional("pupils", .count),
    .optional("opened", .day), .optional("closed", .day),
    .optional("ending", .choice(School.End.Kind.allCases.map(\.rawValue))),
  ]
  private static let schoolPastColumns: [RegistryColumn] = [
    .key("school", .reference(.schools)), .optional("since", .day), .key("last", .lastDay),
    .required("name", .text(200)), .required("authority", .reference(.authorities)), .optional("stages", stages),
    .optional("ownership", ownership), .optional("location", location),
  ]
  private static let flagColumns: [RegistryColumn] = [
    .key("school", .reference(.schools)), .key("flag", .choice(School.Flag.Kind.allCases.map(\.rawValue))),
    .emptyKey("area", .area), .key("since", .day), .optional("last", .lastDay),
  ]
  private static let groupColumns: [RegistryColumn] = [
    .key("code", .text(40)), .required("name", .text(200)), .required("authority", .reference(.authorities)),
    .optional("form", .form), .optional("governance", governance), .optional("structure", structure),
    .optional("formed", .day), .optional("dissolved", .day),
  ]
  private static let groupPastColumns: [RegistryColumn] = [
    .key("group", .reference(.groups)), .optional("since", .day), .key("last", .lastDay),
    .required("name", .text(200)), .required("authority", .reference(.authorities)), .optional("form", .form),
    .optional("governance", governance), .optional("structure", structure),
  ]
  private static let membershipColumns: [RegistryColumn] = [
    .key("group", .reference(.groups)), .key("school", .reference(.schools)),
    .required("role", .choice(Membership.Role.allCases.map(\.rawValue))), .key("since", .day),
    .optional("last", .lastDay),
  ]
  private static let yearColumns: [RegistryColumn] =
    [
      .key("school", .reference(.schools)), .key("year", .schoolYear),
      .key("part", .choice(SchoolYear.Part.allCases.map(\.rawValue))), .optional("pupils", .count),
      .optional("teachers", .count),
    ]
    + SchoolYear.Resource.allCases.map { .optional($0.rawValue, $0.isCount ? .count : .amount) }
  private static let allotmentColumns: [RegistryColumn] = [
    .key("policy", .policy), .key("target", .target), .key("authority", .reference(.authorities)),
    .key("measure", .choice(Target.Measure.allCases.map(\.rawValue))), .required("value", .amount),
  ]

  private static let divisionColumns: [RegistryColumn] = [
    .key("authority", .reference(.authorities)), .key("code", .text(6)), .required("name", .text(100)),
    .optional("ended", .day), .optional("successors", .text(200)), .optional("whole", .choice(["yes"])),
  ]

  private static let stages = RegistryColumn.Kind.choices(SchoolStages.all.map(\.name))
  private static let ownership = RegistryColumn.Kind.choice(School.Ownership.allCases.map(\.rawValue))
  private static let location = RegistryColumn.Kind.choice(School.Location.allCases.map(\.rawValue))
  private static let governance = RegistryColumn.Kind.choice(Group.Governance.allCases.map(\.rawValue))
  private static let structure = RegistryColumn.Kind.choice(Group.Structure.allCases.map(\.rawValue))
}

/// A column of such a table.
public struct RegistryColumn: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// At most so many characters.
    case text(Int)
    /// The code of something in another table.
    case reference(RegistryTable)
    case choice([String])
    /// Several of them, kept in this order.
    case choices([String])
    /// The id of a policy's form.
    case form
    /// The id of a policy's area.
    case area
    /// The name of a policy that sets targets, and the key of one of these.
    case policy, target
    /// The first day of something, or the first on which it no longer is.
    case day
    /// The last day something holds, that day included.
    case lastDay
    /// By the calendar year in which it ends; people write `2025-2026`.
    case schoolYear
    case count
    case amount
  }

  public let code: String
  public let kind: Kind
  public let isKey: Bool
  public let isRequired: Bool

  static func key(_ code: String, _ kind: Kind) -> RegistryColumn {
    RegistryColumn(code: code, kind: kind, isKey: true, isRequired: true)
  }
  static func emptyKey(_ code: String, _ kind: Kind) -> RegistryColumn {
    RegistryColumn(code: code, kind: kind, isKey: true, isRequired: false)
  }
  static func required(_ code: String, _ kind: Kind) -> RegistryColumn {
    RegistryColumn(code: code, kind: kind, isKey: false, isRequired: true)
  }
  static func optional(_ code: String, _ kind: Kind) -> RegistryColumn {
    RegistryColumn(code: code, kind: kind, isKey: false, isRequired: false)
  }
}
