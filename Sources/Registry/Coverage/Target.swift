public import Notation

/// What a policy wants reached by the end of a calendar year (`targets`, policy-format).
public struct Target: Sendable, Hashable {
  /// What is counted, and how much of it is wanted at least.
  public struct Goal: Sendable, Hashable {
    public let measure: Measure
    public let least: Exact
  }

  public enum Measure: String, Sendable, CaseIterable {
    /// Groups, those of tight forms, those of loose ones; the tight ones' share.
    case groups, tight, loose, tightPercent
    /// Shares of schools of the compulsory stages in groups: of all, of weak ones, of new ones.
    case coverage, weakCoverage, newCoverage
    /// Measured elsewhere.
    case satisfaction

    /// Whether districts' parts of it add up to the whole.
    public var addsUp: Bool { self == .groups || self == .tight || self == .loose }
    public var isPercent: Bool { !addsUp }
  }

  /// Stable within a policy: `2022`, `2022-central`, `2024-total`; the place behind it where two are alike.
  public let key: String
  public let year: Int
  public let title: String
  /// Whether groups count from the first year on, not those of this year alone.
  public let isCumulative: Bool
  /// Only groups of this form.
  public let form: String?
  /// Only this area.
  public let area: String?
  public let goals: [Goal]
  public let source: String

  /// Reads a policy's `targets`; the policy's own check has found what is wrong with them.
  public static func read(_ node: Node?) -> [Target] {
    var seen: [String: Int] = [:]
    return (node?.list ?? []).compactMap { entry in
      guard let year = entry["year"]?.integer else { return nil }
      let (isCumulative, area) = (entry["cumulative"]?.boolean ?? false, entry["area"]?.text)
      let form = entry["form"]?.text
      let words = [String(year), area, form, isCumulative ? "total" : nil].compactMap(\.self)
      let plain = words.joined(separator: "-")
      seen[plain, default: 0] += 1
      let number = seen[plain] ?? 1
      return Target(
        key: number == 1 ? plain : "\(plain)-\(number)", year: year, title: entry["title"]?.text ?? String(year),
        isCumulative: isCumulative, form: form, area: area, goals: goals(entry), source: entry["source"]?.text ?? "")
    }
  }

  private static func goals(_ entry: Node) -> [Goal] {
    var goals: [Goal] = []
    func add(_ measure: Measure, _ node: Node?) {
      guard let least = node?.number, !goals.contains(where: { $0.measure == measure }) else { return }
      goals.append(Goal(measure: measure, least: least))
    }
    let groups = entry["groups"]
    add(.groups, groups?["total"] ?? groups)
    add(.tight, groups?["tight"])
    add(.loose, groups?["loose"])
    for measure in Measure.allCases {
      add(measure, entry["atLeast"]?[measure.rawValue])
      add(measure, entry[measure.rawValue])
    }
    return goals
  }
}

/// The groups a target is about, and what they come to.
public struct GroupCount: Sendable, Hashable {
  public let groups: [ID]
  public let tight: Int

  public var loose: Int { groups.count - tight }
  /// Nil where there are none.
  public var tightPercent: Exact? { Coverage.percent(tight, of: groups.count) }
}

extension Target {
  /// The last day that counts: the year's end, or `today` before it.
  public func day(today: Day) -> Day {
    guard let end = Day(year: year, month: 12, day: 31) else { return today }
    return min(end, today)
  }

  /// The calendar years in which groups of it are formed; for a cumulative target, those from the first target's year.
  public func years(of targets: [Target]) -> ClosedRange<Int> {
    guard isCumulative else { return year...year }
    return min(year, targets.map(\.year).min() ?? year)...year
  }

  /// Groups formed in those years that are groups on the last day that counts. A group without its day of formation is
  /// in no year. Where `area` is asked for, groups count whose lead school lies in it on that day.
  public func groups(of book: RegistryBook, within: Set<ID>?, tight: Set<String>, targets: [Target], today: Day)
    -> GroupCount
  {
    let now = book.on(day(today: today))
    let years = years(of: targets)
    let schools = Dictionary(now.schools.map { ($0.id, $0) }) { first, _ in first }
    let leads = Dictionary(now.memberships.filter { $0.role == .lead }.map { ($0.group, $0.school) }) { a, _ in a }
    let found = now.groups.filter { group in
      guard let formed = group.formed, years.contains(formed.year) else { return false }
      if let within, !within.contains(group.authority) { return false }
      if let form, group.form != form { return false }
      guard let area else { return true }
      return leads[group.id].flatMap { schools[$0] }?.has(.area, area: area) ?? false
    }
    return GroupCount(
      groups: found.map(\.id), tight: found.count { group in group.form.map { tight.contains($0) } ?? false })
  }

  /// What a goal has come to; nil where it is measured elsewhere or there is nothing to measure.
  public func actual(_ measure: Measure, groups: GroupCount, coverage: Coverage) -> Exact? {
    switch measure {
    case .groups: Exact(groups.groups.count)
    case .tight: Exact(groups.tight)
    case .loose: Exact(groups.loose)
    case .tightPercent: groups.tightPercent
    case .coverage: coverage.share
    case .weakCoverage: coverage.weakShare
    case .newCoverage: coverage.newShare
    case .satisfaction: nil
    }
  }
}
