import Demonstration
import Notation
import Policies
import Registry
import Rules
import Scoring
import Storage

/// A city to fill a database with: who there is, and what is known of each year.
struct FilledCity: Sendable {
  /// The authority that runs the cycles.
  let authority: String
  /// Its division's code (GB/T 2260).
  let region: String
  let policy: Policy
  let files: PolicyEditions.Files
  /// The groups with their facts in a year.
  let groups: @Sendable (Int) -> [GroupFacts]
}

/// A group as it was registered, and how its facts find it.
struct FilledGroup: Sendable {
  let group: Group
  let lead: School
  let members: [School]
  /// The schools' numbers by the ids of the facts.
  let schools: [String: ID]
  /// Its place among the city's groups.
  let index: Int

  var id: ID { group.id }
  var allSchools: [School] { [lead] + members }

  /// The same facts under the numbers of the registry.
  func translated(_ facts: GroupFacts) -> GroupFacts {
    var result = GroupFacts(
      id: id.description, name: group.name, formed: group.formed,
      schools: facts.schools.map {
        GroupFacts.School(
          id: schools[$0.id]?.description ?? $0.id, name: $0.name, isLead: $0.isLead, pupils: $0.pupils)
      }, context: facts.context, vetoes: facts.vetoes)
    result.bonusItems = facts.bonusItems
    result.items = facts.items.mapValues { subjects in
      Dictionary(subjects.map { (schools[$0.key]?.description ?? $0.key, $0.value) }) { first, _ in first }
    }
    return result
  }
}

/// The authorities, schools and groups of a city with their numbers.
struct FilledRegistry: Sendable {
  var authorities: [Authority] = []
  var groups: [FilledGroup] = []
  var root: Authority { authorities[0] }

  /// Every twelfth group answers to the city itself, so that there are some without a district.
  private static func isOfCity(_ index: Int) -> Bool { index % 12 == 7 }

  init(_ city: FilledCity, year: Int, ids: IDMaker, at now: Instant) {
    let root = Authority(
      id: ids.next(at: now), parent: nil, level: .of(division: city.region), code: city.region,
      name: city.authority)
    authorities = [root]
    var districts: [String: Authority] = [:]
    var schools: [String: School] = [:]
    for (index, facts) in city.groups(year).enumerated() {
      var authority = root
      if root.level != .district, !FilledRegistry.isOfCity(index), let name = facts.context.district {
        authority =
          districts[name]
          ?? Authority(
            id: ids.next(at: now), parent: root.id, level: .district,
            code: "\(city.region)-\(FilledRegistry.padded(districts.count + 1, 2))",
            name: Words.made("demo.bureau", ["place": .text(name)]))
        if districts.updateValue(authority, forKey: name) == nil { authorities.append(authority) }
      }
      let known = facts.schools.map { school -> (String, School, Bool) in
        let made =
          schools[school.id]
          ?? FilledRegistry.school(
            school, id: ids.next(at: now), of: authority.id, number: schools.count + 1, region: city.region)
        schools[school.id] = made
        return (school.id, made, school.isLead)
      }
      guard let lead = known.first(where: \.2)?.1 else { continue }
      let group = Group(
        id: ids.next(at: now), authority: authority.id, code: "G\(city.region)\(FilledRegistry.padded(index + 1, 4))",
        name: facts.name ?? facts.id, form: facts.context.form, formed: facts.formed)
      groups.append(
        FilledGroup(
          group: group, lead: lead, members: known.filter { !$0.2 }.map(\.1),
          schools: Dictionary(known.map { ($0.0, $0.1.id) }) { first, _ in first }, index: index))
    }
  }

  /// A junior school by its name, else a primary one, with a number of its kind.
  private static func school(
    _ school: GroupFacts.School, id: ID, of authority: ID, number: Int, region: String
  ) -> School {
    let name = school.name ?? school.id
    let isJunior = name.contains(Words.made("demo.junior"))
    return School(
      id: id, authority: authority, code: "\(isJunior ? 31 : 21)\(region.prefix(2))\(padded(number, 6))", name: name,
      pupils: school.pupils?.integer, stages: isJunior ? .junior : .primary, ownership: .public, location: .urban)
  }

  static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  func authority(_ id: ID) -> Authority { authorities.first { $0.id == id } ?? root }

  /// Writes it down. Groups whose day of formation nobody knows belong together since the beginning.
  func keep(since beginning: Day, at now: Instant, _ transaction: any Transaction) throws {
    for authority in authorities { try RegistryStore.add(authority, at: now, by: .program, transaction) }
    var known: Set<ID> = []
    for group in groups {
      for school in group.allSchools where known.insert(school.id).inserted {
        try RegistryStore.add(school, at: now, by: .program, transaction)
      }
      try RegistryStore.add(group.group, at: now, by: .program, transaction)
      for school in group.allSchools {
        try RegistryStore.add(
          Membership(
            group: group.id, school: school.id, role: school.id == group.lead.id ? .lead : .member,
            since: min(group.group.formed ?? beginning, beginning), until: nil), transaction)
      }
    }
  }
}
