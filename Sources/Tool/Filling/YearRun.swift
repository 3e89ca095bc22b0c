import Cycles
import Demonstration
import Documents
import Notation
import People
import Policies
import Registry
import Rules
import Scoring
import Storage

/// A past year on its way through the stages.
struct YearRun {
  let filling: Filling
  let cycle: StoredCycle
  let facts: [ID: GroupFacts]
  /// The same groups in another year: what a reviewer finds instead.
  let other: [ID: GroupFacts]
  private(set) var cards: [ID: [String: Scorecard]] = [:]
  private(set) var counted: [ID: GroupFacts] = [:]
  private(set) var vetoes: [ID: [String]] = [:]
  private var reached: [ID: GroupProgress.Submitted] = [:]
  /// Those still on the way up.
  private var going: Set<ID>
  private var last: Day

  init(filling: Filling, cycle: StoredCycle, facts: [ID: GroupFacts], other: [ID: GroupFacts]) {
    self.filling = filling
    self.cycle = cycle
    self.facts = facts
    self.other = other
    going = Set(facts.keys)
    last = cycle.openedAt.day
  }

  private func chance(_ path: Int...) -> Chance {
    var chance = Chance(seed: filling.seed, 21, cycle.year)
    for step in path { chance = Chance(seed: chance.next(), step) }
    return chance
  }

  mutating func pass(_ stage: CycleStage) async throws {
    let due = cycle.calendar.due(stage.id, group: nil) ?? last
    switch stage.kind {
    case .selfEvaluation: try await fillIn(stage, due)
    case .members: try await evaluateMembers(stage, due)
    case .recommendation: try await recommend(stage, due)
    case .evaluation:
      try await comeTo(stage, due)
      try await evaluate(stage, due)
    case .report, .objection, .publication: return
    }
    last = max(last, due)
  }

  private mutating func keep(_ outcomes: [SheetWork.Outcome], _ stage: CycleStage) {
    for outcome in outcomes {
      cards[outcome.group, default: [:]][stage.id] = outcome.card
      counted[outcome.group] = outcome.facts
      reached[outcome.group] = GroupProgress.Submitted(
        at: cycle.openedAt, base: outcome.card.base, bonus: outcome.card.bonus, total: outcome.card.total,
        grade: StageGrade.grade(of: outcome.card, cycle.policy))
    }
  }

  private mutating func fillIn(_ stage: CycleStage, _ due: Day) async throws {
    var works: [SheetWork] = []
    for (place, sheet) in try await filling.places(stage.id, of: cycle).enumerated() {
      var chance = chance(1, place)
      guard let group = filling.group(sheet.group), let facts = facts[group.id],
        let person = filling.isMadeUp ? filling.people.schools[group.lead.id] : filling.office
      else { continue }
      works.append(
        SheetWork(
          sheet: sheet.sheet, person: person, at: filling.moment(between: due.adding(days: -14), and: due, &chance),
          content: .facts(facts, share: 100), remarks: filling.isMadeUp, chance: chance))
    }
    keep(try await filling.carryOut(works, in: cycle), stage)
    try await layVetoes(at: filling.moment(due, hour: 16))
  }

  /// Some years hold an event that bars a group.
  private mutating func layVetoes(at moment: Instant) async throws {
    let found = facts.filter { !$0.value.vetoes.isEmpty }.mapValues(\.vetoes)
    guard !found.isEmpty else { return }
    vetoes = found
    let reason = Words.made(filling.isMadeUp ? "demo.veto" : "demo.veto.facts")
    try await filling.database.write { [cycle, office = filling.office] transaction in
      for (group, vetoes) in found.sorted(by: { $0.key < $1.key }) {
        for veto in vetoes {
          try VetoStore.lay(
            veto, on: group, authority: cycle.authority, cycle: cycle.id, reason: reason, at: moment,
            by: office.actor, transaction)
        }
      }
    }
  }

  private func evaluateMembers(_ stage: CycleStage, _ due: Day) async throws {
    var works: [SheetWork] = []
    for (place, sheet) in try await filling.places(stage.id, of: cycle).enumerated() {
      var chance = chance(2, place)
      guard let group = filling.group(sheet.group),
        let person = filling.isMadeUp ? filling.people.schools[group.lead.id] : filling.office
      else { continue }
      works.append(
        SheetWork(
          sheet: sheet.sheet, person: person, at: filling.moment(between: due.adding(days: -10), and: due, &chance),
          content: .review(
            other: other[group.id] ?? facts[group.id] ?? group.empty, share: 100, per: filling.isMadeUp ? 60 : 0),
          chance: chance))
    }
    try await filling.carryOut(works, in: cycle)
  }

  private mutating func recommend(_ stage: CycleStage, _ due: Day) async throws {
    let (filling, cycle) = (filling, cycle)
    let moment = filling.moment(due, hour: 15)
    let decisions = filling.registry.groups.filter { going.contains($0.id) }.map { group in
      (
        group,
        StageGate.admits(group.participant(filling.registry, facts[group.id]), reached[group.id], among: stage.among)
      )
    }
    @Sendable func person(_ group: FilledGroup) -> FilledPerson {
      stage.acts.flatMap { filling.people.evaluator(of: $0, for: group, root: filling.registry.root.id) }
        ?? filling.office
    }
    let reports = ReportWork(filling: filling, cycle: cycle, stage: stage)
    let papers = try await reports.papers(of: decisions.filter(\.1).map { person($0.0) })
    try await filling.database.write { transaction in
      for (group, admitted) in decisions {
        let person = person(group)
        let own = admitted ? papers[person.viewer.account] ?? [] : []
        try reports.attach(own, to: group.id, by: person, at: moment, transaction)
        try RecommendationStore.decide(
          admitted, group: group.id, at: stage.id, of: cycle,
          reason: admitted ? (stage.needs.isEmpty ? nil : reports.reason) : Words.made("demo.notRecommended"),
          at: moment, by: person.actor, ids: filling.ids, transaction)
      }
    }
    going = Set(decisions.filter(\.1).map(\.0.id))
  }

  /// Opens the sheets of those who come to an evaluation by a condition or a draw.
  private mutating func comeTo(_ stage: CycleStage, _ due: Day) async throws {
    let (filling, cycle) = (filling, cycle)
    if stage.among != nil {
      going = going.filter { id in
        filling.group(id).map {
          StageGate.admits($0.participant(filling.registry, facts[id]), reached[id], among: stage.among)
        } ?? false
      }
      let (admitted, moment) = (going.sorted(), filling.moment(last, hour: 17))
      try await filling.database.write { transaction in
        for group in admitted {
          try SheetStore.make(
            authority: cycle.authority, cycle: cycle.id, stage: stage, group: group, members: [], at: moment,
            ids: filling.ids, transaction)
        }
      }
    }
    if let draw = stage.draw {
      let day = last.adding(days: 7)
      let frame = filling.frame(of: going, by: draw)
      let seed = "\(filling.seed)\(cycle.year)"
      let drawn = try await filling.database.write { transaction in
        try DrawStore.announce(
          frame, for: stage.id, of: cycle,
          seedFrom: Words.made(filling.isMadeUp ? "demo.seed" : "demo.seed.facts"), digits: seed.utf8.count, on: day,
          at: filling.moment(day.adding(days: -5), hour: 9), by: filling.office.actor, transaction)
        return try DrawStore.draw(
          frame, seed: seed, for: stage, of: cycle, at: filling.moment(day, hour: 10),
          by: filling.office.actor, ids: filling.ids, transaction)
      }
      going = Set(drawn)
    }
  }

  private mutating func evaluate(_ stage: CycleStage, _ due: Day) async throws {
    let first = max(last.adding(days: 1), due.adding(days: -18))
    if stage.experts != nil, filling.isMadeUp, !filling.people.experts.isEmpty {
      let work = PanelWork(
        filling: filling, cycle: cycle, stage: stage, other: other, days: min(first, due)...due)
      keep(try await work.carryOut { chance(4, stage.position, $0) }, stage)
      return
    }
    var works: [SheetWork] = []
    for (place, sheet) in try await filling.places(stage.id, of: cycle).enumerated() {
      var chance = chance(3, stage.position, place)
      guard let group = filling.group(sheet.group), let actor = stage.acts,
        let person = filling.isMadeUp
          ? filling.people.evaluator(of: actor, for: group, root: filling.registry.root.id) : filling.office
      else { continue }
      works.append(
        SheetWork(
          sheet: sheet.sheet, person: person,
          at: filling.moment(between: first, and: due, &chance),
          content: .review(
            other: other[group.id] ?? group.empty, share: 100, per: filling.isMadeUp ? 120 : 0), chance: chance))
    }
    keep(try await filling.carryOut(works, in: cycle), stage)
  }

  /// A group without facts of items, with its vetoes.
  func counting(_ group: FilledGroup) -> GroupFacts {
    group.participant(filling.registry).facts(
      year: cycle.year, policy: cycle.policy, vetoes: vetoes[group.id] ?? [])
  }

  /// The facts that count, as a facts file of one year.
  var factsText: String {
    var text = ""
    let groups = filling.registry.groups.compactMap { counted[$0.id] }
    FactsJSON(output: { text += $0 }).write(FactYears(years: [FactYear(year: cycle.year, groups: groups)]))
    return text
  }
}

extension FilledGroup {
  /// As a cycle takes it in; with the schools of a year where that year's facts are told.
  func participant(_ registry: FilledRegistry, _ facts: GroupFacts? = nil) -> Participant {
    Participant(
      group: id, name: group.name, form: group.form, formed: group.formed, district: group.authority,
      districtName: registry.authority(group.authority).name,
      schools: facts?.schools.compactMap { school in
        ID(school.id).map {
          Participant.School(
            id: $0, name: school.name ?? "", isLead: school.isLead, pupils: school.pupils?.integer,
            authority: group.authority)
        }
      }
        ?? allSchools.map {
          Participant.School(
            id: $0.id, name: $0.name, isLead: $0.id == lead.id, pupils: $0.pupils, authority: $0.authority)
        })
  }

  var empty: GroupFacts {
    GroupFacts(
      id: id.description, name: group.name, formed: group.formed, schools: [],
      context: GroupContext(form: nil, district: nil, members: nil, schools: nil, monthsSinceFormed: nil))
  }
}

extension Filling {
  func frame(of groups: Set<ID>, by draw: Stage.Draw) -> [Draw.Entry] {
    registry.groups.filter { groups.contains($0.id) }.map { group in
      Draw.Entry(
        id: group.id.description,
        stratum: Draw.stratum(
          form: group.group.form, district: registry.authority(group.group.authority).name, by: draw.strata))
    }
  }
}
