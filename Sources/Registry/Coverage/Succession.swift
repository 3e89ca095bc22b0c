public import Notation

/// Schools that were merged or split count their pupils with the school they went to, until that has a yearly count of
/// its own again: nobody's pupils disappear in the middle of a year. Of several successors the one registered first takes
/// them, since no statistics say who went where.
public struct Succession: Sendable {
  /// A school that is no more, and what it counted in its last year.
  public struct Gone: Sendable, Hashable {
    public let school: ID
    public let code: String
    public let name: String
    public let closed: Day
    /// Pupils of the compulsory stages; nil where nobody has said.
    public let pupils: Int?

    public init(school: ID, code: String, name: String, closed: Day, pupils: Int?) {
      self.school = school
      self.code = code
      self.name = name
      self.closed = closed
      self.pupils = pupils
    }
  }

  /// Statistics are of the national school year.
  private static let start = DayOfYear(month: 9, day: 1)
  private let before: [ID: [School]]
  private let years: [Int: [ID: SchoolYear]]

  /// - Parameter years: the statistics by year and school.
  public init(_ schools: [School], years: [Int: [ID: SchoolYear]]) {
    self.years = years
    before = Dictionary(grouping: schools.filter { $0.end?.successors.isEmpty == false }) {
      $0.end?.successors.min() ?? $0.id
    }
  }

  /// The last year a school counted in.
  private static func year(_ end: School.End) -> Int { end.day.adding(days: -1).schoolYear(startingOn: start) }

  private func counts(_ school: ID, after first: Int, upTo last: Int) -> Bool {
    first < last && ((first + 1)...last).contains { years[$0]?[school] != nil }
  }

  /// The schools of the compulsory stages that count with another as of a day, with the statistics of a year.
  public func gone(to heir: ID, on day: Day, year: Int) -> [Gone] {
    var (found, seen): ([Gone], Set<ID>) = ([], [heir])
    func collect(_ heir: ID, _ year: Int) {
      for school in before[heir] ?? [] {
        guard let end = school.end, end.day <= day else { continue }
        let last = Succession.year(end)
        guard !counts(heir, after: last, upTo: year), seen.insert(school.id).inserted else { continue }
        if school.stages.isCompulsory {
          let registered = school.stages.isSubset(of: .compulsory) ? school.pupils : nil
          found.append(
            Gone(
              school: school.id, code: school.code, name: school.name, closed: end.day,
              pupils: years[last]?[school.id].map { $0.compulsoryPupils(school.stages) } ?? registered))
        }
        collect(school.id, last)
      }
    }
    collect(heir, year)
    return found.sorted { ($0.closed, $0.code) < ($1.closed, $1.code) }
  }

  /// A school's pupils with those that count with it. What opened in place of others begins with theirs.
  public func pupils(_ own: Int?, of school: School, on day: Day, year: Int) -> Int? {
    guard before[school.id] != nil else { return own }
    let gone = gone(to: school.id, on: day, year: year)
    let known = gone.compactMap(\.pupils)
    if let own { return SchoolYear.sum([own] + known) }
    guard let opened = school.opened, let first = gone.first, opened >= first.closed, !known.isEmpty else { return nil }
    return SchoolYear.sum(known)
  }

  /// The days on which schools that may count with another ended.
  func turns(of heir: ID) -> Set<Day> {
    var (days, open, seen): (Set<Day>, [ID], Set<ID>) = ([], [heir], [heir])
    while let next = open.popLast() {
      for school in before[next] ?? [] where seen.insert(school.id).inserted {
        if let day = school.end?.day { days.insert(day) }
        open.append(school.id)
      }
    }
    return days
  }
}
