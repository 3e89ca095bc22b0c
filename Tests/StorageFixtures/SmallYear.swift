import Cycles
import Documents
import Fixtures
public import Notation
public import People
public import Policies
import Rules
public import Scoring
public import Storage

/// A small policy that has everything a confirmation knows: an item scored by place, a bonus, a veto, a quota whose ties
/// are decided, a choice left to people, a grant once in a life, a streak.
public enum SmallPolicy {
  public static let text = """
    policy: example
    title: 示例考核办法
    forms: [{id: tight, name: 紧密型, source: 一}, {id: loose, name: 松散型, source: 一}]
    scheme:
      total: 100
      indicators:
        - id: all
          title: 全部
          points: 100
          items:
            - {id: "1", title: 管理, points: 80, rule: {kind: judged}, source: 一}
            - {id: "2", title: 交流, points: 20, rule: {kind: placed, places: [20, 15, 10, 5], better: higher}, source: 一}
    bonus:
      items: [{id: extra, title: 获奖, points: 5, rule: {kind: tiers, tiers: {city: 1, provincial: 3}, take: all}, source: 二}]
    vetoes: [{id: incident, title: 重大责任事件, grade: 不合格, source: 三}]
    grading:
      by: total
      grades: [{name: 优秀, from: 90}, {name: 良好, from: 70}, {name: 不合格, from: 0}]
    year: {starts: 09-01}
    stages:
      - {id: self, title: 自评, by: lead, due: 08-31}
      - {id: first, title: 初评, by: district, due: 09-30}
      - {id: final, title: 终评, by: city, due: 10-31}
      - {id: objection, title: 异议, days: 5}
      - {id: publish, title: 公布, by: city}
    counts: last
    consequences:
      - {id: award, title: 奖励, to: group, select: {among: {grade: 良好}, order: [total desc], count: 1, ties: decide}, effect: {kind: fund}, source: 四}
      - {id: named, title: 表扬, to: group, select: {among: {grade: 优秀}, order: [total desc], by: decision}, effect: {kind: title}, source: 四}
      - {id: once, title: 首奖, to: lead, once: group, select: {order: [total desc], count: 1}, effect: {kind: fund}, source: 四}
      - {id: again, title: 连续两年不合格, to: principals, when: 'streak(grade == "不合格") >= 2', effect: {kind: notice}, source: 四}
    """

  public static let policy = Written.policy(text)
  /// As a cycle freezes it.
  public static let files = PolicyEditions.Files(name: "example", files: ["policy.yaml": text])
}

/// What a group comes to in one year: item 1 in percent, the value of item 2, how many awards of the city.
public struct SmallMarks: Sendable {
  public let done: Int
  public let value: Int
  public let awards: Int

  public init(_ done: Int, _ value: Int, _ awards: Int = 0) {
    self.done = done
    self.value = value
    self.awards = awards
  }

  /// As facts of a group.
  public func facts(of group: GroupFacts) -> GroupFacts {
    var result = group
    func item(_ id: String, _ input: String, _ fact: Fact) {
      var facts = ItemFacts(context: group.context)
      facts.values[input] = fact
      result.items[id] = [groupKey: facts]
    }
    item("1", "done", .number(Exact(done)))
    item("2", "value", .number(Exact(value)))
    item("extra", "awards", .awards(Array(repeating: Fact.Award(level: "city", kind: nil), count: awards)))
    result.bonusItems = ["extra"]
    return result
  }
}

/// The work of a year under the small policy, done by the stores the pages use.
public struct SmallYear: Sendable {
  public let database: any Database
  public let authority: ID
  public let cycle: ID
  public let year: Int
  /// Of the office that runs the cycle: it reaches every sheet.
  public let office: Viewer
  let ids: IDMaker
  let editions = PolicyEditions()

  public init(database: any Database, authority: ID, cycle: ID, year: Int, office: Viewer, ids: IDMaker) {
    self.database = database
    self.authority = authority
    self.cycle = cycle
    self.year = year
    self.office = office
    self.ids = ids
  }

  /// A day of the year at ten in the morning.
  public func day(_ month: Int, _ day: Int) -> Instant {
    Instant(startOf: Day(year: year, month: month, day: day) ?? Day(daysSince1970: 0)).adding(seconds: 36_000)
  }

  public func open() async throws {
    let (opening, now) = (
      CycleOpening(
        authority: authority, id: cycle, year: year, title: "\(year)", files: SmallPolicy.files,
        policy: SmallPolicy.policy), day(7, 1)
    )
    try await database.write { [ids] in try CycleStore.open(opening, at: now, by: .program, ids: ids, $0) }
  }

  public func stored() async throws -> StoredCycle {
    let (authority, cycle, editions) = (authority, cycle, editions)
    return try await database.read {
      guard let found = try CycleStore.cycle(authority: authority, cycle, editions, $0) else {
        throw DatabaseError.statement("no cycle \(cycle)")
      }
      return found
    }
  }

  /// Every group as the cycle froze it, with its marks where it has some.
  public func facts(_ marks: [Int64: SmallMarks], vetoes: [Int64] = []) async throws -> FactYear {
    let stored = try await stored()
    let computed = try await database.read { try ResultsStore.compute(stored, $0) }
    let groups = computed.groups.map { group -> GroupFacts in
      let facts = group.facts(
        year: year, policy: SmallPolicy.policy,
        vetoes: vetoes.contains(group.group.number) ? ["incident"] : [])
      return marks[group.group.number]?.facts(of: facts) ?? facts
    }
    return FactYear(year: year, groups: groups)
  }

  /// Every stage, handed in at its time: the self-evaluation as the facts are, reviews that accept what was recorded.
  /// Groups without marks hand nothing in.
  public func pass(_ marks: [Int64: SmallMarks], vetoes: [Int64] = []) async throws {
    let groups = try await facts(marks).groups
    for (stage, month) in [("self", 8), ("first", 9), ("final", 10)] {
      for group in groups where marks[Int64(group.id) ?? 0] != nil {
        try await handIn(stage, group, at: day(month, 20))
      }
    }
    let (authority, cycle, now) = (authority, cycle, day(10, 25))
    try await database.write {
      for group in vetoes {
        try VetoStore.lay(
          "incident", on: ID(group), authority: authority, cycle: cycle, reason: "查实", at: now, by: .program, $0)
      }
    }
  }

  private func sheet(
    _ stage: String, _ group: GroupFacts, at now: Instant, _ transaction: any Transaction
  ) throws -> OpenSheet {
    let found = try transaction.row(
      "SELECT id FROM sheet WHERE authority = $1 AND cycle = $2 AND stage = $3 AND grp = $4",
      [.id(authority), .id(cycle), .text(stage), .integer(Int64(group.id) ?? 0)])
    guard let sheet = try found?.id("id"),
      let open = try SheetStore.open(authority: authority, sheet, for: office, at: now, editions, transaction)
    else { throw DatabaseError.statement("no sheet of \(group.id) at \(stage)") }
    return open
  }

  /// Lays facts down on a sheet, or accepts what was recorded, and hands it in.
  public func handIn(
    _ stage: String, _ group: GroupFacts, at now: Instant, correcting: Bool = false
  ) async throws {
    let ids = ids
    try await database.write { transaction in
      let open = try sheet(stage, group, at: now, transaction)
      let entries = open.value.entries(of: group).map { ($0.item, $0.field, $0.fact.map(FactsJSON.text) ?? "{}") }
      let choice = correcting ? Choice.correct : .accept
      let choices = ["1", "2", "extra"].map { ($0, SheetMark.choice, "\"\(choice.rawValue)\"") }
      let fields = stage == "self" ? entries : choices + (correcting ? entries : [])
      for (item, field, json) in fields {
        let seen = open.marks.first { $0.item == item && $0.field == field }?.version ?? 0
        _ = try MarkStore.save(
          MarkChange(
            item: item, field: field, value: json, seen: seen, by: office.account, at: now, reviewer: nil),
          of: open.sheet.id, authority: authority, by: .program, transaction)
      }
      let state = open.value.state(
        fields.map { SheetMark(item: $0.0, field: $0.1, value: $0.2, version: 1, by: nil, at: now) })
      try SubmissionStore.submit(
        open, facts: state.facts, card: state.card, words: .chinese, at: now, by: .program, ids: ids, transaction)
    }
  }

  /// Gives a group's final sheet back and hands it in with other marks.
  public func correct(_ group: Int64, _ marks: SmallMarks, at now: Instant) async throws {
    let groups = try await facts([group: marks]).groups
    guard let facts = groups.first(where: { $0.id == String(group) }) else { return }
    try await database.write { transaction in
      try SubmissionStore.giveBack(
        try sheet("final", facts, at: now, transaction), reason: "更正", due: now.day.adding(days: 3), at: now,
        by: .program, transaction)
    }
    try await handIn("final", facts, at: now, correcting: true)
  }
}
