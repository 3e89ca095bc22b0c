import Cycles
import Demonstration
import Ledgers
import Notation
import Policies
import Registry
import Scoring
import Storage

/// Fills a database with a city: registry, people, past years confirmed and published, one cycle in mid-course. All by
/// the stores the pages use, as of the days on which it would have happened.
struct Filling: Sendable {
  let database: any Database
  let city: FilledCity
  let seed: UInt64
  /// The past years, in order, and the one under way.
  let pastYears: [Int]
  let currentYear: Int
  let now: Instant
  let ids: IDMaker
  let files: any EvidenceFiles
  let editions = PolicyEditions()
  let registry: FilledRegistry
  let people: FilledPeople
  /// The group whose schools have presented accounts.
  let shown: FilledGroup

  init(
    _ city: FilledCity, into database: any Database, files: any EvidenceFiles, years: Int, seed: UInt64, ids: IDMaker,
    at now: Instant
  ) throws {
    self.city = city
    self.database = database
    self.files = files
    self.seed = seed
    let calendarYear = Filling.currentYear(at: now)
    pastYears = city.known ?? Array((calendarYear - years)..<calendarYear)
    currentYear = city.known?.last.map { $0 + 1 } ?? calendarYear
    self.now = now
    self.ids = ids
    let registry = FilledRegistry(city, year: calendarYear, ids: ids, at: now)
    self.registry = registry
    var chance = Chance(seed: seed, 11)
    let first = Day(year: (pastYears.first ?? currentYear) - 1, month: 9, day: 1) ?? now.day
    let candidates = registry.groups.filter {
      $0.group.authority != registry.root.id && $0.members.count > 0 && $0.group.formed.map { $0 < first } ?? true
    }
    guard let shown = chance.pick(candidates.isEmpty ? registry.groups : candidates) else {
      throw FillingFault.noGroups
    }
    self.shown = shown
    people = FilledPeople(
      registry, panel: city.policy.reviewers?.perItem ?? 3, shown: shown, isMadeUp: city.known == nil, ids: ids,
      at: now)
  }

  /// The school year that is evaluated now, by the calendar year it ends in: from June on the one that is ending.
  static func currentYear(at now: Instant) -> Int { now.day.month >= 6 ? now.day.year : now.day.year - 1 }

  /// Whether what happened is made up; else only what the facts say.
  var isMadeUp: Bool { city.known == nil }
  var office: FilledPerson { people.offices[registry.root.id] ?? people.all[0] }

  private var statistics: FilledStatistics {
    FilledStatistics(
      registry: registry, region: city.region, years: (currentYear - max(1, pastYears.count))...currentYear,
      areas: Set(Target.read(city.policy.root["targets"]).compactMap(\.area)), seed: seed)
  }

  /// - Parameter progress: told in words what is done.
  func run(_ progress: (String) -> Void) async throws {
    let first = Day(year: (pastYears.first ?? currentYear) - 1, month: 8, day: 20) ?? now.day
    let beginning = moment(first, hour: 9)
    try await database.write { transaction in
      try registry.keep(since: first.adding(days: -400), at: beginning, transaction)
      try people.keep(since: first, at: beginning, transaction)
      // Numbers that nobody has told are only made up for a made-up city.
      if isMadeUp { try statistics.keep(ids: ids, at: beginning, transaction) }
    }
    progress(
      Words.text(
        "tool.fill.registry",
        [
          "authorities": .count(registry.authorities.count), "groups": .count(registry.groups.count),
          "schools": .count(Set(registry.groups.flatMap { $0.allSchools.map(\.id) }).count),
          "accounts": .count(people.all.count),
        ]))
    if let known = city.known { progress(Words.knownYears(known)) }
    for year in pastYears {
      try await pastYear(year)
      progress(Words.text("tool.fill.year", ["year": .text("\(year - 1)—\(year)")]))
    }
    guard isMadeUp else {
      try await emptyYear()
      progress(Words.text("tool.fill.empty", ["year": .text("\(currentYear - 1)—\(currentYear)")]))
      return
    }
    if let days = SchoolYearDays(currentYear, of: city.policy) {
      try await LedgerWork(filling: self, days: days).add(until: now.day)
    }
    try await presentYear()
    progress(Words.text("tool.fill.course", ["year": .text("\(currentYear - 1)—\(currentYear)")]))
  }

  func moment(_ day: Day, hour: Int, minute: Int = 0) -> Instant {
    Instant(startOf: day).adding(seconds: Int64(hour * 3600 + minute * 60))
  }

  /// A moment of an office day, by chance.
  func moment(between first: Day, and last: Day, _ chance: inout Chance) -> Instant {
    let days = max(0, last.days(since: first))
    return moment(
      first.adding(days: chance.within(0...days)), hour: chance.within(9...17), minute: chance.within(0...59))
  }

  /// The year's facts under the registry's numbers, by group.
  func facts(_ year: Int) -> [ID: GroupFacts] {
    let known = Dictionary(city.groups(year).map { ($0.id, $0) }) { first, _ in first }
    return Dictionary(
      registry.groups.compactMap { group in known[group.factsID].map { (group.id, group.translated($0)) } }
    ) { first, _ in first }
  }

  /// Opens a cycle and reads it back as it is kept.
  func open(
    _ year: Int, dues: [String: Day], open: Set<String> = [], at moment: Instant
  ) async throws -> StoredCycle {
    let id = ids.next(at: now)
    let opening = CycleOpening(
      authority: registry.root.id, id: id, year: year,
      title: Words.made("demo.cycle", ["year": .text("\(year - 1)—\(year)")]), files: city.files, policy: city.policy,
      dues: dues, open: open)
    try await database.write { [office, ids] transaction in
      try CycleStore.open(opening, at: moment, by: office.actor, ids: ids, transaction)
    }
    let cycle = try await database.read { [editions, registry] transaction in
      try CycleStore.cycle(authority: registry.root.id, id, editions, transaction)
    }
    guard let cycle else { throw FillingFault.noGroups }
    return cycle
  }

  func places(_ stage: String, of cycle: StoredCycle) async throws -> [SheetPlace] {
    try await database.read { transaction in
      try SheetStore.places(authority: cycle.authority, cycle: cycle.id, stage: stage, transaction)
    }
  }

  /// Carries out work in the order of its moments, in one write.
  @discardableResult
  func carryOut(_ works: [SheetWork], in cycle: StoredCycle) async throws -> [SheetWork.Outcome] {
    let works = works.sorted { $0.at < $1.at }
    return try await database.write { [editions, ids] transaction in
      try works.map { try $0.carryOut(in: cycle, editions, ids: ids, transaction) }
    }
  }

  func group(_ id: ID) -> FilledGroup? { registry.groups.first { $0.id == id } }
}
