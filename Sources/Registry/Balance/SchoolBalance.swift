public import Notation

/// A school's resources at one stage in a year, held against the standards.
public struct SchoolBalance: Sendable, Hashable {
  /// One measure: what the school has, and whether that is enough. Nil: not known, and never taken for nothing.
  public struct Figure: Sendable, Hashable {
    public let resource: SchoolYear.Resource
    public let value: Exact?
    public let standard: Exact

    public var isMet: Bool? { value.map { $0 >= standard } }
  }

  public enum State: String, Sendable, CaseIterable {
    case passes, fails
    /// Some figures are missing that could decide it.
    case open
    /// Left out by the standards.
    case excluded

    /// A school's by those of its stages: it passes where all of them do that count.
    public static func whole(_ stages: [State]) -> State {
      [.fails, .open, .passes].first { stages.contains($0) } ?? .excluded
    }
  }

  public let school: ID
  public let part: SchoolYear.Part
  public let pupils: Int
  public let figures: [Figure]
  public let state: State

  public var met: Int { figures.count { $0.isMet == true } }
  public func value(_ resource: SchoolYear.Resource) -> Exact? { figures.first { $0.resource == resource }?.value }
}

extension BalanceStandards {
  /// A school's stages held against the standards, combined schools divided first. A stage without pupils, or whose
  /// pupils nobody has counted, has none.
  public func balances(of school: School, _ year: SchoolYear) -> [SchoolBalance] {
    parts.compactMap { part in
      guard let row = row(part, of: year, school), let pupils = row.pupils, pupils > 0 else { return nil }
      let figures = measures.compactMap { measure -> SchoolBalance.Figure? in
        guard let standard = measure.standards[part] else { return nil }
        return SchoolBalance.Figure(
          resource: measure.resource,
          value: row.amounts[measure.resource].map { $0 * measure.per / Exact(pupils) }, standard: standard)
      }
      return SchoolBalance(
        school: school.id, part: part, pupils: pupils, figures: figures, state: state(figures, school, pupils))
    }
  }

  /// At least `need` met and each other measure within the tolerance, compared without rounding.
  private func state(_ figures: [SchoolBalance.Figure], _ school: School, _ pupils: Int) -> SchoolBalance.State {
    if !school.stages.isDisjoint(with: [.special, .vocational]) { return .excluded }
    if school.has(.point), pupils < leastPupils { return .excluded }
    let met = figures.count { $0.isMet == true }
    let unknown = figures.count { $0.value == nil }
    let failsTolerance = figures.contains { figure in figure.value.map { $0 < figure.standard * tolerance } ?? false }
    if failsTolerance || met + unknown < need { return .fails }
    return unknown == 0 ? .passes : .open
  }

  /// The stage's own row; where the whole school's resources aren't told apart, its share of them by weighted pupils.
  func row(_ part: SchoolYear.Part, of year: SchoolYear, _ school: School) -> SchoolYear.Row? {
    let whole = year.row(.whole)
    guard let own = year.row(part) else {
      // A school of one stage may have said everything of the whole.
      return year.rows.count == 1 && school.stages.names == [part.rawValue] ? whole : nil
    }
    guard let whole, let share = share(of: part, in: year) else { return own }
    let divided = whole.amounts.mapValues { $0 * share }
    return SchoolYear.Row(
      part: part, pupils: own.pupils, teachers: own.teachers, amounts: divided.merging(own.amounts) { $1 })
  }

  /// A stage's weighted pupils among those of all stages that have a weight; nil where pupils of one aren't known.
  func share(of part: SchoolYear.Part, in year: SchoolYear) -> Exact? {
    var (own, all) = (Exact.zero, Exact.zero)
    for row in year.rows {
      guard let weight = weights[row.part] else { continue }
      guard let pupils = row.pupils else { return nil }
      let weighted = Exact(pupils) * weight
      all += weighted
      if row.part == part { own = weighted }
    }
    return all.isZero ? nil : own / all
  }
}
