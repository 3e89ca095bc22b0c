import Notation
import Scoring

/// The years on end in which a school belonged to a group, as the same kind of school.
struct FilledSpell {
  let school: GroupFacts.School
  /// Nil: since the beginning.
  let since: Day?
  /// Nil: still so.
  let until: Day?
  private(set) var group: ID?

  func of(_ group: ID) -> FilledSpell {
    var spell = self
    spell.group = group
    return spell
  }

  /// All of a group: as its facts have them, year by year where the years are known.
  static func all(of facts: GroupFacts, in city: FilledCity) -> [FilledSpell] {
    guard let years = city.known, let first = years.first, let last = years.last else {
      return facts.schools.map { FilledSpell(school: $0, since: nil, until: nil) }
    }
    let byYear = Dictionary(
      years.map { year in (year, city.groups(year).first { $0.id == facts.id }?.schools ?? []) }
    ) { first, _ in first }
    var spells: [FilledSpell] = []
    for (place, year) in years.enumerated() {
      let before = place > 0 ? byYear[years[place - 1]] ?? [] : []
      for school in byYear[year] ?? [] where !before.contains(where: { isSame($0, school) }) {
        let gone = years[place...].first { year in byYear[year]?.contains { isSame($0, school) } != true }
        spells.append(
          FilledSpell(
            school: school, since: year == first ? nil : start(year),
            until: gone.flatMap { $0 > last ? nil : start($0) }
          ))
      }
    }
    return spells
  }

  private static func isSame(_ a: GroupFacts.School, _ b: GroupFacts.School) -> Bool {
    a.id == b.id && a.isLead == b.isLead
  }

  /// Before the year's cycle opens.
  private static func start(_ year: Int) -> Day? { Day(year: year - 1, month: 8, day: 20) }
}
