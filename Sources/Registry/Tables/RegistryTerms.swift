public import Notation

/// What rows may name beside what the registry holds: the forms and areas of the policies in force, the targets there
/// are, and the day they are handed in on. What isn't known forbids nothing.
public struct RegistryTerms: Sendable, Hashable {
  /// What the policies say that hold where an authority is: names by ids.
  public struct InForce: Sendable, Hashable {
    public var forms: [String: String]
    public var areas: [String: String]
    /// The forms of the policies before, too: what was, was formed under these.
    public var formerForms: [String: String]

    public init(
      forms: [String: String] = [:], areas: [String: String] = [:], formerForms: [String: String] = [:]
    ) {
      self.forms = forms
      self.areas = areas
      self.formerForms = formerForms
    }
  }

  /// A policy that sets targets.
  public struct Plan: Sendable, Hashable {
    /// The name it is kept under.
    public let name: String
    public let title: String
    public let targets: [Target]

    public init(name: String, title: String, targets: [Target]) {
      self.name = name
      self.title = title
      self.targets = targets
    }

    /// A target by its title, with its year where the title lacks it; of two that are called alike, its key.
    public func title(of key: String) -> String {
      guard let target = targets.first(where: { $0.key == key }) else { return key }
      let title = target.fullTitle
      return targets.count { $0.fullTitle == title } == 1 ? title : key
    }

    /// The key of a target by its title or itself.
    func key(_ text: String) -> String { targets.first { $0.key != text && title(of: $0.key) == text }?.key ?? text }
  }

  /// By authority; where there is none, that of the next above holds.
  public var inForce: [ID: InForce] = [:]
  public var plans: [Plan]
  public var today: Day?

  public init(plans: [Plan] = [], today: Day? = nil) {
    self.plans = plans
    self.today = today
  }

  public func plan(_ name: String) -> Plan? { plans.first { $0.name == name } }

  /// A policy by its title; of two that are called alike, its name.
  public func title(of plan: String) -> String {
    guard let title = self.plan(plan)?.title else { return plan }
    return plans.count { $0.title == title } == 1 ? title : plan
  }

  /// An allotment's row with the keys of the policy and the target that it names by their titles.
  func named(_ row: RegistryRow) -> RegistryRow {
    var row = row
    guard let policy = row.values[0], let target = row.values[1] else { return row }
    let name = plans.first { $0.name != policy && title(of: $0.name) == policy }?.name ?? policy
    row.values[0] = name
    row.values[1] = plan(name)?.key(target) ?? target
    return row
  }
}

extension RegistryTerms {
  /// A flag's row with the id of the area that it names by its title, where one alone is called so.
  func flagged(_ row: RegistryRow) -> RegistryRow {
    guard let place = RegistryTable.schoolFlags.index("area"), let title = row.values[place] else { return row }
    let ids = Set(inForce.values.flatMap { $0.areas.filter { $0.value == title }.keys })
    guard ids.count == 1, !inForce.values.contains(where: { $0.areas[title] != nil }) else { return row }
    var row = row
    row.values[place] = ids.first
    return row
  }
}

extension Target {
  fileprivate var fullTitle: String { title.contains(String(year)) ? title : "\(year) \(title)" }
}
