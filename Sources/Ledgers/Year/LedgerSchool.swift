public import Notation

/// A school of a group, as far as records need to know it.
public struct LedgerSchool: Sendable, Hashable {
  public let id: ID
  public let code: String
  public let name: String
  /// Whether it leads the group now; a school that has left doesn't any more.
  public let isLead: Bool
  /// The days it belongs to the group: `until` is the first day it doesn't. Nil: from ever, for ever.
  public let since: Day?
  public let until: Day?
  /// Whether it belongs to the group on the day that is asked about: only such schools owe documents and keep records.
  public let isPresent: Bool
  /// Whether it came into the group during the year as a weak or new school (薄弱学校、新建学校).
  public let cameWeak: Bool

  public init(
    id: ID, code: String, name: String, isLead: Bool, since: Day? = nil, until: Day? = nil, isPresent: Bool = true,
    cameWeak: Bool = false
  ) {
    self.id = id
    self.code = code
    self.name = name
    self.isLead = isLead
    self.since = since
    self.until = until
    self.isPresent = isPresent
    self.cameWeak = cameWeak
  }

  /// Whether any of a record's days lies in the school's time in the group.
  func has(_ record: LedgerRecord) -> Bool {
    (until.map { record.first < $0 } ?? true)
      && (record.last.map { last in since.map { last >= $0 } ?? true } ?? true)
  }

  /// One stretch of time of a school in a group. A school that closes leaves its group that day, whoever forgot to say so.
  public struct Stay: Sendable {
    public let school: ID
    public let code: String
    public let name: String
    public let isLead: Bool
    public let since: Day
    public let until: Day?
    /// Whether it was a weak or new school on its first day.
    public let isWeak: Bool

    public init(
      school: ID, code: String, name: String, isLead: Bool, since: Day, until: Day?, closed: Day?, isWeak: Bool = false
    ) {
      self.school = school
      self.code = code
      self.name = name
      self.isLead = isLead
      self.since = since
      self.until = [until, closed].compactMap(\.self).min()
      self.isWeak = isWeak
    }

    func covers(_ day: Day) -> Bool { since <= day && (until.map { $0 > day } ?? true) }
    func touches(_ days: SchoolYearDays) -> Bool { since <= days.last && (until.map { $0 > days.first } ?? true) }
  }

  /// The schools of a group on any day of a school year, and those it had in other years, which only have names here.
  ///
  /// - Parameter day: the day that tells who is present.
  public static func all(
    of stays: [Stay], in days: SchoolYearDays, on day: Day
  ) -> (year: [LedgerSchool], past: [LedgerSchool]) {
    var order: [ID] = []
    var bySchool: [ID: [Stay]] = [:]
    for stay in stays {
      if bySchool[stay.school] == nil { order.append(stay.school) }
      bySchool[stay.school, default: []].append(stay)
    }
    var (year, past): ([LedgerSchool], [LedgerSchool]) = ([], [])
    for id in order {
      guard let all = bySchool[id], let one = all.first else { continue }
      let touching = all.filter { $0.touches(days) }
      let now = touching.first { $0.covers(day) }
      let isOpen = touching.contains { $0.until == nil }
      let school = LedgerSchool(
        id: id, code: one.code, name: one.name, isLead: now?.isLead ?? false, since: touching.map(\.since).min(),
        until: isOpen ? nil : touching.compactMap(\.until).max(), isPresent: now != nil,
        cameWeak: touching.contains { $0.isWeak && !$0.isLead && days.contains($0.since) })
      if touching.isEmpty { past.append(school) } else { year.append(school) }
    }
    return (
      year.filter(\.isLead) + year.filter { !$0.isLead && $0.isPresent } + year.filter { !$0.isPresent }, past
    )
  }
}
