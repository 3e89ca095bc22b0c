import Demonstration
import Notation
import Registry
import Storage

/// What the registry holds beside groups: schools in none, weak and new ones, the yearly statistics.
struct FilledStatistics {
  let registry: FilledRegistry
  let region: String
  /// The school years, by the year in which they end.
  let years: ClosedRange<Int>
  /// Areas that the policy's targets name.
  let areas: Set<String>
  let seed: UInt64

  /// One school in six is in no group: in villages, in towns, and few in the city.
  private var others: [RegistryRow] {
    let count = registry.groups.reduce(0) { $0 + $1.allSchools.count } / 6
    return (0..<count).compactMap { index in
      let code = "21\(region.prefix(2))\(FilledRegistry.padded(900_000 + index, 6))"
      guard SchoolCode.fault(in: code) == nil else { return nil }
      let authority = registry.authorities[index % registry.authorities.count]
      let (location, key) = Self.places[index % Self.places.count]
      return RegistryRow([
        code, Words.made(key, ["name": .text(Self.name(index))]), authority.code, "primary", "public", location, nil,
        nil, "240", nil, nil, nil,
      ])
    }
  }

  private static let places = [
    ("rural", "demo.school"), ("town", "demo.school.town"), ("rural", "demo.school"), ("urban", "demo.school.street"),
  ]

  /// Each another place.
  private static func name(_ index: Int) -> String {
    let names = Words.made("demo.villages").split(separator: " ").map(String.init)
    let again = [""] + Words.made("demo.villages.again").split(separator: " ").map(String.init)
    guard !names.isEmpty else { return String(index + 1) }
    return again[index / names.count % again.count] + names[index % names.count]
  }

  /// Through the same door as a workbook's rows.
  func keep(ids: IDMaker, at now: Instant, _ transaction: any Transaction) throws {
    var rows = RegistryRows()
    let others = others
    rows[.schools] = others
    let schools = Set(registry.groups.flatMap(\.allSchools)).sorted { $0.code < $1.code }
    let known = schools.map {
      (code: $0.code, pupils: $0.pupils ?? 600, part: $0.stages == .junior ? "junior" : "primary", isUrban: true)
    }
    let all =
      known
      + others.compactMap { row in
        row.values[0].map { (code: $0, pupils: 240, part: "primary", isUrban: row.values[5] == "urban") }
      }
    var chance = Chance(seed: seed, 71)
    rows[.schoolFlags] = all.flatMap { school -> [RegistryRow] in
      var own: [RegistryRow] = []
      if chance.happens(120) { own.append(RegistryRow([school.code, "weak", nil, "2021-09-01", nil])) }
      if chance.happens(60) { own.append(RegistryRow([school.code, "new", nil, "2022-09-01", nil])) }
      // Areas that policies name are the inner city.
      if chance.happens(850), school.isUrban {
        own += areas.sorted().map { RegistryRow([school.code, "area", $0, "2020-09-01", nil]) }
      }
      return own
    }
    rows[.years] = all.flatMap { school in
      // A school far from the mean comes nearer to it year by year.
      var level = chance.within(60...150)
      return years.map { year -> RegistryRow in
        level += (105 - level) / 6
        let pupils = max(30, school.pupils * chance.within(95...105) / 100)
        func amount(_ typical: Int) -> String { String(pupils * typical * level / 10_000) }
        let teachers = max(4, pupils / 16)
        return RegistryRow([
          school.code, String(year), school.part, String(pupils), String(teachers),
          String(min(teachers, pupils * level * 5 / 10_000)), String(pupils * level / 10_000 + 1),
          String(min(teachers, pupils * level / 10_000 + 1)), amount(500), amount(850), amount(230_000),
          String(pupils * level * 25 / 100_000 + 1),
        ])
      }
    }
    let imports = RegistryImport(transaction)
    let plan = try imports.plan(rows, for: .program)
    try imports.store(plan, reason: nil, ids: ids, by: .program, at: now)
  }
}
