public import Notation
public import Policies
import Rules
public import Scoring

/// A group as it was when the cycle opened.
public struct Participant: Sendable, Hashable {
  public struct School: Sendable, Hashable {
    public let id: ID
    public let name: String
    public let isLead: Bool
    public let pupils: Int?
    /// Who the school answers to; nil where nobody has said.
    public let authority: ID?

    public init(id: ID, name: String, isLead: Bool, pupils: Int?, authority: ID? = nil) {
      self.id = id
      self.name = name
      self.isLead = isLead
      self.pupils = pupils
      self.authority = authority
    }
  }

  public let group: ID
  public let name: String
  public let form: String?
  public let formed: Day?
  /// The authority the group answers to: a district, or the city for its own.
  public let district: ID
  public let districtName: String
  public let schools: [School]

  public init(
    group: ID, name: String, form: String?, formed: Day?, district: ID, districtName: String, schools: [School]
  ) {
    self.group = group
    self.name = name
    self.form = form
    self.formed = formed
    self.district = district
    self.districtName = districtName
    self.schools = schools
  }

  public var lead: School? { schools.first(where: \.isLead) }
  public var members: [School] { schools.filter { !$0.isLead } }

  /// The group as a facts file describes it, without any facts of items.
  ///
  /// - Parameter vetoes: those in force.
  public func facts(year: Int, policy: Policy, vetoes: [String] = []) -> GroupFacts {
    let context = GroupContext(
      form: form, district: districtName, members: members.count, schools: schools.count,
      monthsSinceFormed: formed.map { policy.yearStart.fullMonths(from: $0, throughSchoolYear: year) })
    return GroupFacts(
      id: group.description, name: name, formed: formed,
      schools: schools.map {
        GroupFacts.School(
          id: $0.id.description, name: $0.name, isLead: $0.isLead, pupils: $0.pupils.map { Exact($0) })
      }, context: context, vetoes: vetoes)
  }
}

/// Who somebody is to a cycle: whose task a task is.
public enum Holder: Sendable, Hashable {
  case school(ID)
  case authority(ID)
  /// By the appointment.
  case expert(ID)
  case thirdParty
}

/// The authorities above the groups of a cycle.
public struct CycleOffices: Sendable, Hashable {
  /// The one that runs the cycle.
  public let cycle: ID
  public let province: ID?

  public init(cycle: ID, province: ID? = nil) {
    self.cycle = cycle
    self.province = province
  }

  /// Who acts for a group at a stage; several where each member school does; none where nobody can be found.
  public func holders(of actor: Stage.Actor, for group: Participant) -> [Holder] {
    switch actor {
    case .lead: group.lead.map { [.school($0.id)] } ?? []
    case .member: group.members.map { .school($0.id) }
    case .district: [.authority(group.district)]
    case .city: [.authority(cycle)]
    case .province: [.authority(province ?? cycle)]
    case .leadAuthority: [.authority(group.lead?.authority ?? group.district)]
    case .thirdParty: [.thirdParty]
    }
  }
}
