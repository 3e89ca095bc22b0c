public import Notation

/// By how much an authority's coverage changes on a day. The coverage of a day is the sum of all steps up to it.
public struct CoverageStep: Sendable, Hashable {
  public let authority: ID
  public let day: Day
  public let change: Coverage

  public init(authority: ID, day: Day, change: Coverage) {
    self.authority = authority
    self.day = day
    self.change = change
  }
}

extension Coverage {
  public static prefix func - (a: Coverage) -> Coverage {
    var less = Coverage()
    less.schools = -a.schools
    less.covered = -a.covered
    less.pupils = -a.pupils
    less.coveredPupils = -a.coveredPupils
    less.uncounted = -a.uncounted
    less.weak = -a.weak
    less.weakCovered = -a.weakCovered
    less.new = -a.new
    less.newCovered = -a.newCovered
    return less
  }
}

extension RegistryBook {
  /// The steps of some authorities' own schools. `years` are the statistics by year and school; each holds for the
  /// school year that begins on `start`.
  public func coverageSteps(
    of authorities: Set<ID>, years: [Int: [ID: SchoolYear]], startingOn start: DayOfYear
  ) -> [CoverageStep] {
    struct Place: Hashable {
      let authority: ID
      let day: Day
    }
    let spans = Dictionary(grouping: memberships, by: \.school)
    let groups = Dictionary(groups.map { ($0.id, $0) }) { first, _ in first }
    let succession = Succession(schools, years: years)
    var steps: [Place: Coverage] = [:]
    for school in schools {
      let own = spans[school.id] ?? []
      var before: (authority: ID, count: Coverage)?
      for day in turns(of: school, own, groups, years, start).union(succession.turns(of: school.id)).sorted() {
        var now: (authority: ID, count: Coverage)?
        if let then = school.on(day), then.stages.isCompulsory, authorities.contains(then.authority) {
          var count = Coverage()
          let number = day.schoolYear(startingOn: start)
          let year = years[number]?[school.id]
          let registered = then.stages.isSubset(of: .compulsory) ? school.pupils : nil
          count.count(
            isCovered: own.contains { $0.holds(on: day) && groups[$0.group]?.exists(on: day) == true },
            pupils: succession.pupils(
              year.map { $0.compulsoryPupils(then.stages) } ?? registered, of: school, on: day, year: number),
            isWeak: then.has(.weak), isNew: then.has(.new))
          now = (then.authority, count)
        }
        if before?.authority == now?.authority, before?.count == now?.count { continue }
        if let before { steps[Place(authority: before.authority, day: day), default: Coverage()] += -before.count }
        if let now { steps[Place(authority: now.authority, day: day), default: Coverage()] += now.count }
        before = now
      }
    }
    return steps.filter { $0.value != Coverage() }.map {
      CoverageStep(authority: $0.key.authority, day: $0.key.day, change: $0.value)
    }.sorted { ($0.authority, $0.day) < ($1.authority, $1.day) }
  }

  /// The days on which anything about a school may change, the first day there is before them.
  private func turns(
    of school: School, _ memberships: [Membership], _ groups: [ID: Group], _ years: [Int: [ID: SchoolYear]],
    _ start: DayOfYear
  ) -> Set<Day> {
    var days: Set<Day> = [Day(daysSince1970: Int.min)]
    func add(_ day: Day?) { if let day { days.insert(day) } }
    add(school.opened)
    add(school.end?.day)
    for past in school.past {
      add(past.since)
      add(past.until)
    }
    for flag in school.flags {
      add(flag.since)
      add(flag.until)
    }
    for membership in memberships {
      add(membership.since)
      add(membership.until)
      add(groups[membership.group]?.formed)
      add(groups[membership.group]?.end?.day)
    }
    for (year, schools) in years where schools[school.id] != nil {
      add(Day(year: year - 1, month: start.month, day: start.day))
      add(Day(year: year, month: start.month, day: start.day))
    }
    return days
  }
}
