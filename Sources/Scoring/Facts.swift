public import Notation
public import Policies
public import Rules

/// The facts of several years, as a facts file holds them.
public struct FactYears: Sendable {
  public var years: [FactYear]

  public init(years: [FactYear]) { self.years = years }
}

public struct FactYear: Sendable {
  /// The calendar year in which the school year ends.
  public let year: Int
  public var groups: [GroupFacts]

  public init(year: Int, groups: [GroupFacts]) {
    self.year = year
    self.groups = groups
  }
}

/// What is known about a group in one year.
public struct GroupFacts: Sendable {
  public struct School: Sendable {
    public let id: String
    public let name: String?
    public let isLead: Bool
    public let pupils: Exact?

    public init(id: String, name: String?, isLead: Bool, pupils: Exact?) {
      self.id = id
      self.name = name
      self.isLead = isLead
      self.pupils = pupils
    }
  }

  public let id: String
  public let name: String?
  public let formed: Day?
  public let schools: [School]
  public let context: GroupContext
  /// By item, then by school, or `group` for what is asked of the group as a whole.
  public var items: [String: [String: ItemFacts]]
  /// Which of the items are bonus items: in files their facts stand apart.
  public var bonusItems: Set<String> = []
  public var vetoes: [String]

  public init(
    id: String, name: String?, formed: Day?, schools: [School], context: GroupContext,
    items: [String: [String: ItemFacts]] = [:], vetoes: [String] = []
  ) {
    self.id = id
    self.name = name
    self.formed = formed
    self.schools = schools
    self.context = context
    self.items = items
    self.vetoes = vetoes
  }

  public var lead: School? { schools.first(where: \.isLead) }
  public var members: [School] { schools.filter { !$0.isLead } }
}

/// The key under which a group's own facts stand in the facts file.
public let groupKey = "group"

extension GroupFacts {
  /// The keys under which an item's facts may stand.
  public func keys(of subject: Item.Subject) -> [String] {
    switch subject {
    case .group: [groupKey]
    case .lead: lead.map { [$0.id] } ?? []
    case .members: members.map(\.id)
    case .schools: schools.map(\.id)
    }
  }
}
