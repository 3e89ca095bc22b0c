public import Notation

/// How many schools of the compulsory stages, and how many of their pupils, are in a group. A school in two groups is
/// one school.
public struct Coverage: Sendable, Hashable {
  public var schools = 0
  public var covered = 0
  /// Pupils of the compulsory stages, where they are known.
  public var pupils = 0
  public var coveredPupils = 0
  /// Schools whose pupils nobody has counted; they are in no sum of pupils.
  public var uncounted = 0
  public var weak = 0
  public var weakCovered = 0
  public var new = 0
  public var newCovered = 0

  public init() {}

  /// In percent; nil where there is nothing to cover.
  public var share: Exact? { Coverage.percent(covered, of: schools) }
  public var pupilShare: Exact? { Coverage.percent(coveredPupils, of: pupils) }
  public var weakShare: Exact? { Coverage.percent(weakCovered, of: weak) }
  public var newShare: Exact? { Coverage.percent(newCovered, of: new) }

  static func percent(_ part: Int, of whole: Int) -> Exact? {
    whole == 0 ? nil : Exact(part) * .hundred / Exact(whole)
  }

  public static func + (a: Coverage, b: Coverage) -> Coverage {
    var sum = a
    sum += b
    return sum
  }

  public static func += (a: inout Coverage, b: Coverage) {
    a.schools += b.schools
    a.covered += b.covered
    a.pupils += b.pupils
    a.coveredPupils += b.coveredPupils
    a.uncounted += b.uncounted
    a.weak += b.weak
    a.weakCovered += b.weakCovered
    a.new += b.new
    a.newCovered += b.newCovered
  }

  /// Takes one school into the count.
  public mutating func count(isCovered: Bool, pupils known: Int?, isWeak: Bool, isNew: Bool) {
    schools += 1
    if isCovered { covered += 1 }
    if let known {
      pupils += known
      if isCovered { coveredPupils += known }
    } else {
      uncounted += 1
    }
    if isWeak {
      weak += 1
      if isCovered { weakCovered += 1 }
    }
    if isNew {
      new += 1
      if isCovered { newCovered += 1 }
    }
  }
}

extension RegistryDay {
  /// The coverage of each authority's own schools. `pupils` are those of the compulsory stages by school; `area` keeps
  /// to the schools of one area.
  public func coverage(pupils: [ID: Int], area: String? = nil) -> [ID: Coverage] {
    let grouped = grouped
    var counts: [ID: Coverage] = [:]
    for school in schools where school.stages.isCompulsory {
      if let area, !school.has(.area, area: area) { continue }
      counts[school.authority, default: Coverage()].count(
        isCovered: grouped.contains(school.id), pupils: pupils[school.id], isWeak: school.has(.weak),
        isNew: school.has(.new))
    }
    return counts
  }
}

extension AuthorityTree {
  /// Own counts as counts of an authority and all below it.
  public func summed(_ own: [ID: Coverage]) -> [ID: Coverage] {
    var sums: [ID: Coverage] = [:]
    for (authority, count) in own {
      for upper in path(from: authority) { sums[upper, default: Coverage()] += count }
    }
    return sums
  }
}
