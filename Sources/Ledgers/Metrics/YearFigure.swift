import Policies

/// What an input of the policy comes to from the year's records: for the group, or for one of its schools.
public struct YearFigure: Sendable {
  public enum State: String, Sendable, CaseIterable {
    /// It stands.
    case final
    /// It stands on the records there are, and more may come.
    case mayRise
    /// Something has still to be said before it stands.
    case missing
    /// People enter it: no record fills it.
    case unbound
  }

  public let binding: Binding
  /// Nil: the group's.
  public let school: LedgerSchool?
  /// Nil where no record fills it.
  public let reading: MetricReading?

  public var state: State {
    guard let reading else { return .unbound }
    return reading.value == nil ? .missing : reading.mayRise ? .mayRise : .final
  }

  /// The figures of a group's year, by item, input and school.
  public static func all(_ bindings: [Binding], _ year: GroupYear) -> [YearFigure] {
    bindings.flatMap { binding in
      subjects(binding.item, year).map { school in
        let scope = MetricScope(year, school: school?.id, need: binding.need, with: binding.with)
        return YearFigure(binding: binding, school: school, reading: Binding.reading(from: binding.from, scope))
      }
    }
  }

  /// Whose facts an item reads; nil: the group's.
  private static func subjects(_ item: Item, _ year: GroupYear) -> [LedgerSchool?] {
    switch item.of {
    case .group: [nil]
    case .lead: year.schools.filter(\.isLead)
    case .members: year.members
    case .schools: year.present
    }
  }
}
