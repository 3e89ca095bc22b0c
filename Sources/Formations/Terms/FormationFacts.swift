import Notation
public import Rules

/// What conditions of formation may ask of a case (policy-format, «Targets, formation, tasks, documents»).
public struct FormationFacts: Sendable, Hashable {
  public var group: GroupContext
  /// `city`, `district`, …: of who the lead school answers to.
  public var leadLevel: String?
  public var crossesDistricts: Bool?
  /// Whether schools of the city's own office and of districts are in one group.
  public var crossesLevels: Bool?
  public var area: String?

  public init(
    group: GroupContext, leadLevel: String?, crossesDistricts: Bool?, crossesLevels: Bool?, area: String?
  ) {
    self.group = group
    self.leadLevel = leadLevel
    self.crossesDistricts = crossesDistricts
    self.crossesLevels = crossesLevels
    self.area = area
  }

  /// Whether a condition holds; unknown where it asks for what nobody has said yet, so that nothing passes by silence.
  public enum Answer: Sendable, Hashable {
    case yes, no
    /// The names of what is missing.
    case unknown([String])
  }

  public func holds(_ condition: Expression?) -> Answer {
    guard let condition else { return .yes }
    let missing = condition.names.filter { value(of: $0) == .missing }.sorted()
    guard missing.isEmpty else { return .unknown(missing) }
    do throws(Fault) {
      return try condition.holds(in: Scope { value(of: $0) }) ? .yes : .no
    } catch {
      return .unknown(condition.names.sorted())
    }
  }

  public func value(of name: String) -> ExpressionValue {
    switch name {
    case "lead_level": leadLevel.map { .text($0) } ?? .missing
    case "crosses_districts": crossesDistricts.map { .boolean($0) } ?? .missing
    case "crosses_levels": crossesLevels.map { .boolean($0) } ?? .missing
    case "area": area.map { .text($0) } ?? .missing
    default: group.value(of: name) ?? .missing
    }
  }
}

extension CaseContent {
  /// What the case says, as conditions ask it.
  public var facts: FormationFacts {
    let staying = schools.filter { $0.part != .leaving }
    let lead = staying.first { $0.part == .lead }
    let districts = Set(staying.map { $0.district ?? $0.authority })
    // Districts, zones and counties are of one level.
    let levels = Set(staying.map { $0.level == "city" })
    return FormationFacts(
      group: GroupContext(
        form: form, district: lead.map(\.authorityName),
        members: staying.isEmpty ? nil : staying.count { $0.part == .member },
        schools: staying.isEmpty ? nil : staying.count, monthsSinceFormed: nil),
      leadLevel: lead?.level, crossesDistricts: staying.count > 1 ? districts.count > 1 : nil,
      crossesLevels: staying.count > 1 ? levels.count > 1 : nil, area: area)
  }
}
