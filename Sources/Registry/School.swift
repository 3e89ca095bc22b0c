public import Notation

/// A school as it is registered. What it was before stands in `past`; when it began and ended, in `opened` and `end`.
public struct School: Sendable, Hashable {
  public let id: ID
  /// Who the school answers to (主管部门).
  public let authority: ID
  /// 学校标识码 where it has one; unique and permanent.
  public let code: String
  public let name: String
  /// Nil where nobody has said.
  public let pupils: Int?
  /// 统一社会信用代码.
  public var credit: String?
  /// Where it lies (GB/T 2260).
  public var division: String?
  public var stages: SchoolStages
  public var ownership: Ownership?
  public var location: Location?
  /// The first day it is a school; nil: longer than anybody noted.
  public var opened: Day?
  public var end: End?
  public var flags: [Flag]
  public var past: [Past]

  public enum Ownership: String, Sendable, CaseIterable { case `public`, `private` }
  /// 城区、镇区、乡村.
  public enum Location: String, Sendable, CaseIterable { case urban, town, rural }

  /// How it ceased to be one.
  public struct End: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable { case closed, merged, split }

    /// The first day it is no longer a school of its own.
    public let day: Day
    public let kind: Kind
    /// Where its pupils and teachers went.
    public let successors: [ID]

    public init(day: Day, kind: Kind, successors: [ID]) {
      self.day = day
      self.kind = kind
      self.successors = successors
    }
  }

  /// What holds of it from a day to another: 薄弱学校, 新建学校, part of an area, 教学点.
  public struct Flag: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable { case weak, new, area, point }

    public let kind: Kind
    /// The area's id in the policy; empty for the others.
    public let area: String
    public let since: Day
    /// The first day it no longer holds; nil: it holds.
    public let until: Day?

    public init(kind: Kind, area: String = "", since: Day, until: Day?) {
      self.kind = kind
      self.area = area
      self.since = since
      self.until = until
    }

    public func holds(on day: Day) -> Bool { since <= day && until.map { day < $0 } ?? true }
  }

  /// What it was before a change of name, authority, stages and so on.
  public struct Past: Sendable, Hashable {
    /// Nil: since it was opened.
    public let since: Day?
    /// The first day on which it was no longer so.
    public let until: Day
    public let name: String
    public let authority: ID
    public let stages: SchoolStages
    public let ownership: Ownership?
    public let location: Location?

    public init(
      since: Day?, until: Day, name: String, authority: ID, stages: SchoolStages, ownership: Ownership?,
      location: Location?
    ) {
      self.since = since
      self.until = until
      self.name = name
      self.authority = authority
      self.stages = stages
      self.ownership = ownership
      self.location = location
    }
  }

  public init(
    id: ID, authority: ID, code: String, name: String, pupils: Int?, credit: String? = nil, division: String? = nil,
    stages: SchoolStages = [], ownership: Ownership? = nil, location: Location? = nil, opened: Day? = nil,
    end: End? = nil, flags: [Flag] = [], past: [Past] = []
  ) {
    self.id = id
    self.authority = authority
    self.code = code
    self.name = name
    self.pupils = pupils
    self.credit = credit
    self.division = division
    self.stages = stages
    self.ownership = ownership
    self.location = location
    self.opened = opened
    self.end = end
    self.flags = flags
    self.past = past
  }
}

extension School {
  /// Whether it is a school on a day.
  public func exists(on day: Day) -> Bool {
    opened.map { $0 <= day } ?? true && end.map { day < $0.day } ?? true
  }

  /// The school as it was on a day: name, authority, stages and flags of then. Nil where it was none.
  public func on(_ day: Day) -> School? {
    guard exists(on: day) else { return nil }
    let then = past.filter { day < $0.until && ($0.since.map { $0 <= day } ?? true) }.min { $0.until < $1.until }
    var school = self
    if let then {
      school = School(
        id: id, authority: then.authority, code: code, name: then.name, pupils: pupils, credit: credit,
        division: division, stages: then.stages, ownership: then.ownership, location: then.location, opened: opened,
        end: end, past: past)
    }
    school.flags = flags.filter { $0.holds(on: day) }
    return school
  }

  public func has(_ kind: Flag.Kind, area: String = "") -> Bool {
    flags.contains { $0.kind == kind && $0.area == area }
  }
}
