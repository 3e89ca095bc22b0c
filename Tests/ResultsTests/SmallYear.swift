import Cycles
import Documents
import Fixtures
import Notation
import Outcomes
import People
import Policies
import Rules
import Scoring

@testable import Storage

/// What the groups come to in one year: marks of item 1 in percent, values of item 2, awards; by group.
struct SmallYear: Sendable {
  var marks: [Int64: (done: Int, value: Int, awards: Int)]
  var vetoes: [Int64] = []

  /// As a facts file holds it; `name` and schools as the cycle froze them.
  func facts(_ year: Int) -> FactYear {
    let groups = SmallCity.groups.enumerated().map { place, group -> String in
      let schools = [0, 1].map {
        "{id: '\(100 + place * 10 + $0)', name: 学校\(100 + place * 10 + $0), role: \($0 == 0 ? "lead" : "member"), pupils: 500}"
      }.joined(separator: ", ")
      let own = marks[group.number].map { mark in
        let awards = Array(repeating: "{level: city}", count: mark.awards).joined(separator: ", ")
        return """
          facts: {"1": {group: {done: \(mark.done)}}, "2": {group: {value: \(mark.value)}}}, \
          bonus: {extra: {group: {awards: [\(awards)]}}}
          """
      }
      return """
        {id: '\(group)', name: 集团\(group), form: \(place == 3 ? "loose" : "tight"), district: 教育局\(place < 2 ? 11 : 12), \
        formed: 2019-09-01, schools: [\(schools)], \(own ?? "facts: {}"), \
        vetoes: [\(vetoes.contains(group.number) ? "incident" : "")]}
        """
    }
    let (facts, problems) = Written.facts(
      "{years: [{year: \(year), groups: [\(groups.joined(separator: ", "))]}]}", for: SmallCity.policy)
    precondition(problems.isEmpty, problems.joined(separator: "\n"))
    return facts.years[0]
  }
}

extension SmallCity {
  /// Every stage of the year, handed in by those whose turn it is: the self-evaluation as the facts are, reviews that
  /// accept what was recorded. Groups without marks hand nothing in.
  func pass(_ id: ID, _ year: SmallYear) async throws {
    let number = Int(id.number)
    let facts = year.facts(number)
    for group in facts.groups {
      guard year.marks[Int64(group.id) ?? 0] != nil else { continue }
      let isEast = group.context.district == "教育局11"
      let lead: Viewer = isEast ? Worker.lead.viewer : Worker.otherLead.viewer
      try await appoint(lead, to: group)
      try await handIn("self", of: id, group, by: lead, at: SmallCity.day("\(number)-08-20"))
      let district = isEast ? Worker.east : Worker.west
      try await handIn("first", of: id, group, by: district.viewer, at: SmallCity.day("\(number)-09-20"))
      try await handIn("final", of: id, group, by: Worker.city.viewer, at: SmallCity.day("\(number)-10-20"))
    }
    for group in year.vetoes {
      try await database.write {
        try VetoStore.lay(
          "incident", on: ID(group), authority: SmallCity.authority, cycle: id, reason: "查实",
          at: SmallCity.day("\(number)-10-25"), by: Worker.city.actor, $0)
      }
    }
  }

  /// Each lead school has one worker; here one stands in for two.
  private func appoint(_ viewer: Viewer, to group: GroupFacts) async throws {
    guard let post = viewer.post, let lead = group.lead.flatMap({ ID($0.id) }) else { return }
    try await database.write {
      try $0.run("UPDATE appointment SET school = $2 WHERE id = $1", [.id(post.appointment), .id(lead)])
    }
  }

  /// Opens a sheet as somebody, lays down facts or accepts what was recorded, and hands it in.
  func handIn(
    _ stage: String, of cycle: ID, _ group: GroupFacts, by viewer: Viewer, at now: Instant, correcting: Bool = false
  ) async throws {
    let (ids, editions) = (ids, editions)
    try await database.write { transaction in
      let found = try transaction.row(
        "SELECT id FROM sheet WHERE cycle = $1 AND stage = $2 AND grp = $3",
        [.id(cycle), .text(stage), .integer(Int64(group.id) ?? 0)])
      guard let sheet = try found?.id("id"),
        let open = try SheetStore.open(
          authority: SmallCity.authority, sheet, for: stage == "self" ? Worker.city.viewer : viewer, at: now, editions,
          transaction)
      else { throw DatabaseError.statement("no sheet of \(group.id) at \(stage)") }
      var fields: [(item: String, field: String, json: String)] = []
      let entries = open.value.entries(of: group).map { ($0.item, $0.field, $0.fact.map(FactsJSON.text) ?? "{}") }
      if stage == "self" {
        fields = entries
      } else {
        let choice = correcting ? Choice.correct : .accept
        fields = ["1", "2", "extra"].map { ($0, SheetMark.choice, "\"\(choice.rawValue)\"") }
        if correcting { fields += entries }
      }
      for field in fields {
        let seen = open.marks.first { $0.item == field.item && $0.field == field.field }?.version ?? 0
        _ = try MarkStore.save(
          MarkChange(
            item: field.item, field: field.field, value: field.json, seen: seen, by: viewer.account, at: now,
            reviewer: nil), of: sheet, authority: SmallCity.authority, by: .program, transaction)
      }
      let marks = fields.map {
        SheetMark(item: $0.item, field: $0.field, value: $0.json, version: 1, by: nil, at: now)
      }
      let state = open.value.state(marks)
      try SubmissionStore.submit(
        open, facts: state.facts, card: state.card, words: .chinese, at: now, by: .program, ids: ids, transaction)
    }
  }

  /// Gives the final sheet of a group back and hands it in corrected.
  func correct(_ id: ID, _ group: GroupFacts, at now: Instant) async throws {
    let editions = editions
    try await database.write { transaction in
      let found = try transaction.row(
        "SELECT id FROM sheet WHERE cycle = $1 AND stage = 'final' AND grp = $2",
        [.id(id), .integer(Int64(group.id) ?? 0)])
      guard let sheet = try found?.id("id"),
        let open = try SheetStore.open(
          authority: SmallCity.authority, sheet, for: Worker.city.viewer, at: now, editions, transaction)
      else { throw DatabaseError.statement("no final sheet") }
      try SubmissionStore.giveBack(
        open, reason: "更正", due: now.day.adding(days: 3), at: now, by: Worker.city.actor, transaction)
    }
    try await handIn("final", of: id, group, by: Worker.city.viewer, at: now, correcting: true)
  }
}
