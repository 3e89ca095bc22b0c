public import Notation

/// How the totals of groups moved over the published years, and how far apart they are in each: told beside the grades,
/// counted in none.
public struct Growth: Sendable {
  /// What a group came to in a year.
  public struct Total: Sendable, Hashable {
    public let group: ID
    public let name: String
    public let district: String
    public let year: Int
    public let total: Exact

    public init(group: ID, name: String, district: String, year: Int, total: Exact) {
      self.group = group
      self.name = name
      self.district = district
      self.year = year
      self.total = total
    }
  }

  /// How far apart some totals are.
  public struct Spread: Sendable, Hashable {
    public let count: Int
    public let highest: Exact
    public let median: Exact
    public let lowest: Exact
    /// 差异系数: the standard deviation of all as a share of their mean, to four places; nil where the mean is zero.
    public let coefficient: Exact?

    public var gap: Exact { highest - lowest }

    /// Nil where there are none.
    public init?(_ totals: [Exact]) {
      let ordered = totals.sorted()
      guard let first = ordered.first, let last = ordered.last else { return nil }
      count = ordered.count
      (lowest, highest) = (first, last)
      let middle = ordered.count / 2
      median = ordered.count.isMultiple(of: 2) ? (ordered[middle - 1] + ordered[middle]) / Exact(2) : ordered[middle]
      let mean = ordered.reduce(.zero, +) / Exact(ordered.count)
      let squares = ordered.reduce(Exact.zero) { $0 + ($1 - mean) * ($1 - mean) }
      coefficient = mean.isZero ? nil : Spread.root(squares / Exact(ordered.count) / (mean * mean))
    }

    /// The square root of a share, to four places, rounded to the nearest.
    private static func root(_ share: Exact) -> Exact? {
      // Twice as fine, so that the last place can be rounded.
      guard let square = (share * Exact(400_000_000)).floor.integer, square >= 0 else { return nil }
      var (low, high) = (0, 20_000)
      while high <= square / max(high, 1) { high *= 2 }
      while low < high {
        let middle = low + (high - low + 1) / 2
        if middle <= square / max(middle, 1) { low = middle } else { high = middle - 1 }
      }
      return Exact((low + 1) / 2) / Exact(10_000)
    }
  }

  /// What became of a district's groups between the first and the last year: those that have a total in both.
  public struct District: Sendable, Hashable {
    public let name: String
    public let count: Int
    /// The mean of what its groups gained, in points.
    public let growth: Exact
    /// The coefficient of variation then and now; negative: they came closer to each other.
    public let change: Exact
  }

  public let totals: [Total]
  /// The calendar years in which the school years end, in order.
  public let years: [Int]

  public init(_ totals: [Total]) {
    self.totals = totals
    years = Set(totals.map(\.year)).sorted()
  }

  public func spread(_ year: Int) -> Spread? { Spread(totals.filter { $0.year == year }.map(\.total)) }

  /// A group's totals by year.
  public var groups: [ID: [Int: Exact]] {
    totals.reduce(into: [:]) { $0[$1.group, default: [:]][$1.year] = $1.total }
  }

  /// What a group gained since the first year it has a total of; nil where it has only one.
  public static func gain(_ byYear: [Int: Exact]) -> Exact? {
    guard let first = byYear.keys.min(), let last = byYear.keys.max(), first < last, let from = byYear[first],
      let to = byYear[last]
    else { return nil }
    return to - from
  }

  /// Districts with two groups or more, by name.
  public var districts: [District] {
    guard let first = years.first, let last = years.last, first < last else { return [] }
    let byGroup = groups
    let latest = Dictionary(grouping: totals.filter { $0.year == last }, by: \.district)
    return latest.compactMap { name, totals -> District? in
      let pairs = totals.compactMap { total in byGroup[total.group]?[first].map { (from: $0, to: total.total) } }
      guard pairs.count > 1, let then = Spread(pairs.map(\.from))?.coefficient,
        let now = Spread(pairs.map(\.to))?.coefficient
      else { return nil }
      let gained = pairs.reduce(Exact.zero) { $0 + $1.to - $1.from }
      return District(name: name, count: pairs.count, growth: gained / Exact(pairs.count), change: now - then)
    }.sorted { $0.name < $1.name }
  }
}
