public import Notation

/// Schools run together (办学共同体: 教育集团, 学区, 教联体, 结对帮扶).
public struct Group: Sendable, Hashable {
  public let id: ID
  /// The authority the group answers to: a district, or the city for its own.
  public let authority: ID
  public let code: String
  public let name: String
  /// The policy's id of its form.
  public let form: String?
  public let formed: Day?
  /// How it is run, apart from what is taught in it.
  public var governance: Governance?
  /// What is taught in it, apart from how it is run.
  public var structure: Structure?
  public var end: End?
  public var past: [Past]

  /// 单一法人式, 多法人组合式, 委托管理式, 联盟.
  public enum Governance: String, Sendable, CaseIterable { case single, several, entrusted, alliance }
  /// 同学段, 跨学段.
  public enum Structure: String, Sendable, CaseIterable { case sameStage, acrossStages }

  /// How it came to an end.
  public struct End: Sendable, Hashable {
    /// The first day it is no longer a group.
    public let day: Day
    /// The groups its schools went to: one where it was merged, several where it was split.
    public let successors: [ID]

    public init(day: Day, successors: [ID]) {
      self.day = day
      self.successors = successors
    }
  }

  /// What it was before a change.
  public struct Past: Sendable, Hashable {
    /// Nil: since it was formed.
    public let since: Day?
    /// The first day on which it was no longer so.
    public let until: Day
    public let name: String
    public let authority: ID
    public let form: String?
    public let governance: Governance?
    public let structure: Structure?

    public init(
      since: Day?, until: Day, name: String, authority: ID, form: String?, governance: Governance?,
      structure: Structure?
    ) {
      self.since = since
      self.until = until
      self.name = name
      self.authority = authority
      self.form = form
      self.governance = governance
      self.structure = structure
    }
  }

  public init(
    id: ID, authority: ID, code: String, name: String, form: String?, formed: Day?, governance: Governance? = nil,
    structure: Structure? = nil, end: End? = nil, past: [Past] = []
  ) {
    self.id = id
    self.authority = authority
    self.code = code
    self.name = name
    self.form = form
    self.formed = formed
    self.governance = governance
    self.structure = structure
    self.end = end
    self.past = past
  }
}

extension Group {
  /// Whether it is a group on a day. One whose day of formation nobody knows was always one.
  public func exists(on day: Day) -> Bool {
    formed.map { $0 <= day } ?? true && end.map { day < $0.day } ?? true
  }

  /// The group as it was on a day; nil where it was none.
  public func on(_ day: Day) -> Group? {
    guard exists(on: day) else { return nil }
    let then = past.filter { day < $0.until && ($0.since.map { $0 <= day } ?? true) }.min { $0.until < $1.until }
    guard let then else { return self }
    return Group(
      id: id, authority: then.authority, code: code, name: then.name, form: then.form, formed: formed,
      governance: then.governance, structure: then.structure, end: end, past: past)
  }
}

/// A school's part in a group, from a day on.
public struct Membership: Sendable, Hashable {
  public enum Role: String, Sendable, CaseIterable { case lead, member }

  public let group: ID
  public let school: ID
  public let role: Role
  public let since: Day
  /// The first day it no longer holds; nil: it holds.
  public let until: Day?

  public init(group: ID, school: ID, role: Role, since: Day, until: Day?) {
    self.group = group
    self.school = school
    self.role = role
    self.since = since
    self.until = until
  }

  public func holds(on day: Day) -> Bool { since <= day && until.map { day < $0 } ?? true }
}
