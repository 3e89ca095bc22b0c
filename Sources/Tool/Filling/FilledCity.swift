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
  /// The years there are facts of, in order: they are filled in as they stand, and nothing beside them. Nil: made up, as
  /// many as are asked for.
  let known: [Int]?
  /// The groups with their facts in a year.
  let groups: @Sendable (Int) -> [GroupFacts]
  /// Whether groups come one after another, and have facts since then alone.
  var grows = false

  /// The groups to register, each as its latest year has it: those of the latest year first.
  func registered(_ year: Int) -> [GroupFacts] {
    guard let known else { return groups(year) }
    var seen: Set<String> = []
    return known.reversed().flatMap { groups($0) }.filter { seen.insert($0.id).inserted }
  }
}

/// A group as it was registered, and how its facts find it.
struct FilledGroup: Sendable {
  let group: Group
  let lead: School
  let members: [School]
  /// The schools' numbers by the ids of the facts.
  let schools: [String: ID]
  /// What its facts call it.
  let factsID: String

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
  /// Which schools belonged to which groups, and until when.
  private var spells: [FilledSpell] = []
  private var schools: [School] = []
  /// By what the facts call them.
  private var numbers: [String: ID] = [:]
  private let grows: Bool
  var root: Authority { authorities[0] }

  /// Every twelfth group answers to the city itself, so that there are some without a district.
  private static func isOfCity(_ index: Int) -> Bool { index % 12 == 7 }

  init(_ city: FilledCity, year: Int, ids: IDMaker, at now: Instant) {
    let root = Authority(
      id: ids.next(at: now), parent: nil, level: .of(division: city.region), code: city.region,
      name: city.authority)
    authorities = [root]
    grows = city.grows
    var districts: [String: Authority] = [:]
    var schools: [String: School] = [:]
    for (index, facts) in city.registered(year).enumerated() {
      var authority = root
      if root.level != .district, city.known != nil || !FilledRegistry.isOfCity(index),
        let name = facts.context.district
      {
        authority =
          districts[name]
          ?? Authority(
            id: ids.next(at: now), parent: root.id, level: .district,
            code: "\(city.region)-\(FilledRegistry.padded(districts.count + 1, 2))",
            name: Words.bureau(name))
        if districts.updateValue(authority, forKey: name) == nil { authorities.append(authority) }
      }
      let spells = FilledSpell.all(of: facts, in: city)
      for school in facts.schools + spells.map(\.school) where schools[school.id] == nil {
        let made = FilledRegistry.school(
          school, id: ids.next(at: now), of: authority.id, number: schools.count + 1, region: city.region,
          isMadeUp: city.known == nil)
        schools[school.id] = made
        self.schools.append(made)
      }
      let known = facts.schools.compactMap { school in schools[school.id].map { ($0, school.isLead) } }
      guard let lead = known.first(where: \.1)?.0 else { continue }
      let group = Group(
        id: ids.next(at: now), authority: authority.id, code: "G\(city.region)\(FilledRegistry.padded(index + 1, 4))",
        name: facts.name ?? facts.id, form: facts.context.form, formed: facts.formed)
      groups.append(
        FilledGroup(
          group: group, lead: lead, members: known.filter { !$0.1 }.map(\.0), schools: schools.mapValues(\.id),
          factsID: facts.id))
      self.spells += spells.map { $0.of(group.id) }
    }
    numbers = schools.mapValues(\.id)
  }

  /// A junior school by its name, else a primary one, with a number of its kind; who keeps it and where it lies is only
  /// known of one that is made up.
  private static func school(
    _ school: GroupFacts.School, id: ID, of authority: ID, number: Int, region: String, isMadeUp: Bool
  ) -> School {
    let name = school.name ?? school.id
    let isJunior = name.contains(Words.made("demo.junior"))
    return School(
      id: id, authority: authority, code: "\(isJunior ? 31 : 21)\(region.prefix(2))\(padded(number, 6))", name: name,
      pupils: school.pupils?.integer, stages: isJunior ? .junior : .primary, ownership: isMadeUp ? .public : nil,
      location: isMadeUp ? .urban : nil)
  }

  static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  func authority(_ id: ID) -> Authority { authorities.first { $0.id == id } ?? root }

  /// Writes it down. Groups whose day of formation nobody knows belong together since the beginning.
  func keep(since beginning: Day, at now: Instant, _ transaction: any Transaction) throws {
    for authority in authorities { try RegistryStore.add(authority, at: now, by: .program, transaction) }
    for school in schools { try RegistryStore.add(school, at: now, by: .program, transaction) }
    for group in groups { try RegistryStore.add(group.group, at: now, by: .program, transaction) }
    for spell in spells {
      guard let school = numbers[spell.school.id], let group = spell.group else { continue }
      let formed = groups.first { $0.id == group }?.group.formed ?? beginning
      let earliest = grows ? formed : min(formed, beginning)
      try RegistryStore.add(
        Membership(
          group: group, school: school, role: spell.school.isLead ? .lead : .member, since: spell.since ?? earliest,
          until: spell.until), transaction)
    }
  }
}
