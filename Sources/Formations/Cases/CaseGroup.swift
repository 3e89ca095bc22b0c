public import Notation
import Registry

/// The group a case would change or dissolve, as the registry has it now.
public struct CaseGroup: Sendable, Hashable {
  public struct Member: Sendable, Hashable {
    public let school: ID
    public let name: String
    public let isLead: Bool

    public init(school: ID, name: String, isLead: Bool) {
      self.school = school
      self.name = name
      self.isLead = isLead
    }
  }

  public let name: String
  public let form: String?
  public let dissolved: Day?
  public let members: [Member]
  /// The last day on which a membership began or ended; what was decided for an earlier day came too late.
  public let moved: Day?

  public init(name: String, form: String?, dissolved: Day?, members: [Member], moved: Day?) {
    self.name = name
    self.form = form
    self.dissolved = dissolved
    self.members = members
    self.moved = moved
  }

  func member(_ school: ID) -> Member? { members.first { $0.school == school } }
}

/// The group as the case found it when it was begun. What has changed since in the registry isn't undone by approval.
public struct FoundGroup: Sendable, Hashable {
  public var name: String?
  public var form: String?
  /// Its schools, and whether each led it.
  public var schools: [ID: Bool]

  public init(name: String? = nil, form: String? = nil, schools: [ID: Bool] = [:]) {
    self.name = name
    self.form = form
    self.schools = schools
  }
}

/// What the registry holds of a school; nil where it says nothing.
public struct RegisteredFlags: Sendable, Hashable {
  public let isPrivate: Bool?
  public let isNew: Bool?
  public let isWeak: Bool?
  /// The area it lies in (片区), by the policy's id.
  public let area: String?
  /// The first day it is no more.
  public let closed: Day?

  public init(isPrivate: Bool?, isNew: Bool?, isWeak: Bool?, area: String? = nil, closed: Day? = nil) {
    self.area = area
    self.closed = closed
    self.isPrivate = isPrivate
    self.isNew = isNew
    self.isWeak = isWeak
  }
}

extension FormationCase {
  /// Schools that have closed since: no group begins with them.
  private func closed(_ setting: CaseSetting, on day: Day?) -> [Message] {
    guard kind == .new || kind == .change else { return [] }
    return content.schools.compactMap { school in
      guard let closed = setting.registered[school.school]?.closed, day.map({ closed <= $0 }) ?? true else {
        return nil
      }
      return Message("formation.lack.closed", ["school": .text(school.name), "day": .text(closed.text)])
    }
  }

  /// Where the group has become another than the case speaks of: everything at once.
  public func staleness(_ setting: CaseSetting, on day: Day? = nil) -> [Message] {
    guard kind.isOfGroup, let group = setting.group else { return closed(setting, on: day) }
    if let dissolved = group.dissolved {
      return [Message("formation.fault.dissolved", ["day": .text(dissolved.text)])]
    }
    var problems = closed(setting, on: day)
    // Joined since, and the case has no word on it.
    var moved = group.members.filter { content.school($0.school) == nil }.map(\.name)
    for school in content.schools where school.part != .leaving {
      guard let wasLead = found.schools[school.school] else { continue }
      let now = group.member(school.school)
      // Left since, or leads since, or no more; and the case would put it back.
      if now == nil || now?.isLead != wasLead && now?.isLead != (school.part == .lead) { moved.append(school.name) }
    }
    if !moved.isEmpty { problems.append(Message("formation.fault.moved", ["schools": .names(moved)])) }
    if let day, let last = group.moved, day < last {
      problems.append(Message("formation.fault.movedAfter", ["day": .text(day.text), "last": .text(last.text)]))
    }
    return problems
  }

  func requireFresh(_ setting: CaseSetting, on day: Day? = nil) throws(CaseFault) {
    let problems = staleness(setting, on: day)
    guard problems.isEmpty else { throw CaseFault(.conflict, problems) }
  }
}

extension CaseContent {
  /// This with what the registry holds; what contradicts it, where somebody has just said it, as problems.
  func held(by setting: CaseSetting, was before: CaseContent) -> (content: CaseContent, problems: [Message]) {
    var (result, contradicted) = (self, [String]())
    for (place, school) in schools.enumerated() {
      guard let registered = setting.registered[school.school] else { continue }
      let old = before.school(school.school)
      func hold(_ path: WritableKeyPath<CaseSchool, Bool?>, _ known: Bool?) {
        guard let known, school[keyPath: path] != known else { return }
        if old?[keyPath: path] != school[keyPath: path] { contradicted.append(school.name) }
        result.schools[place][keyPath: path] = known
      }
      hold(\.isPrivate, registered.isPrivate)
      hold(\.isNew, registered.isNew)
      hold(\.isWeak, registered.isWeak)
    }
    var seen: Set<String> = []
    let names = contradicted.filter { seen.insert($0).inserted }
    return (
      result, names.isEmpty ? [] : [Message("formation.fault.registered", ["schools": .names(names)])]
    )
  }

  /// This with every present school of the group in it: whoever is left out of a change leaves by it, and is asked.
  func keeping(_ group: CaseGroup?, of kind: FormationCase.Kind, was before: CaseContent) -> CaseContent {
    guard kind.isOfGroup, let group else { return self }
    var result = self
    for school in before.schools where result.school(school.school) == nil && group.member(school.school) != nil {
      var kept = school
      if kind == .change { kept.part = .leaving }
      result.schools.append(kept)
    }
    return result
  }
}
