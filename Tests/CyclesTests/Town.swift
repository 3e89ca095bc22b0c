import Cycles
import Demonstration
import Documents
import Fixtures
import Notation
import Policies
import Rules
import Scoring
import Testing

/// A policy of the repository with the groups of its demonstration city, as they take part in a cycle.
struct Town {
  /// Policies of different stages, reviewers and rules.
  static let ids = [
    "ankang-2022", "suizhou-2022", "sanya-2021-illustrative", "zhongyuan-2022-illustrative",
    "shanghai-2015-illustrative",
  ]
  static let year = 2022

  let policy: Policy
  let participants: [Participant]
  /// What is true of the groups.
  let facts: [GroupFacts]

  static func policy(_ id: String) throws -> Policy {
    try #require(PolicyFiles(folder: Repository.path("policies")).read(id)?.policy)
  }

  init(_ id: String, groups: Int = 4, seed: UInt64 = 3) throws {
    let policy = try Town.policy(id)
    let plan = try #require(CityPlan(try PolicyFiles.tree(Repository.path("policies/\(id)/demonstration.yaml"))))
    let city = City(plan: plan, policy: policy, groups: groups, seed: seed)
    let made = (0..<groups).map { city.group($0, year: Town.year) }
    self.policy = policy
    participants = made.enumerated().map { Town.participant($0.element, $0.offset) }
    facts = zip(made, participants).map { Town.renamed($0, $1, policy) }
  }

  private static func participant(_ group: GroupFacts, _ index: Int) -> Participant {
    let district = ID(Int64(10 + index % 2))
    return Participant(
      group: ID(Int64(1000 + index)), name: group.name ?? "", form: group.context.form, formed: group.formed,
      district: district, districtName: group.context.district ?? "",
      schools: group.schools.enumerated().map { place, school in
        Participant.School(
          id: ID(Int64(100 * (index + 1) + place)), name: school.name ?? "", isLead: school.isLead,
          pupils: school.pupils?.integer, authority: school.isLead ? district : nil)
      })
  }

  /// The city's facts under the ids of the cycle.
  private static func renamed(_ group: GroupFacts, _ participant: Participant, _ policy: Policy) -> GroupFacts {
    var result = participant.facts(year: year, policy: policy)
    let ids = Dictionary(
      uniqueKeysWithValues: zip(group.schools, participant.schools).map { ($0.id, $1.id.description) })
    result.items = group.items.mapValues { item in
      Dictionary(uniqueKeysWithValues: item.map { (ids[$0.key] ?? $0.key, $0.value) })
    }
    result.bonusItems = group.bonusItems
    return result
  }

  /// A group's sheet; with a base, one of an evaluation.
  func sheet(_ index: Int = 0, base: GroupFacts? = nil, school: ID? = nil) -> Sheet {
    Sheet(
      policy: policy, year: Town.year, group: participants[index].facts(year: Town.year, policy: policy), base: base,
      school: school, peers: Scorer(policy: policy).peers(among: facts))
  }

  /// The marks that say what is true of a group.
  func truth(_ index: Int = 0) -> [SheetMark] { Marks.of(facts[index]) }

  /// What the kernel makes of the facts.
  func card(_ index: Int = 0) -> Scorecard {
    Scorer(policy: policy).card(facts[index], year: Town.year, peers: Scorer(policy: policy).peers(among: facts)).card
  }
}

/// Marks as people enter them.
enum Marks {
  static let start = Instant(startOf: Day("2022-08-01")!)

  static func mark(
    _ item: String, _ field: String, _ value: String?, reviewer: Int64? = nil, version: Int = 1, minute: Int64 = 0
  ) -> SheetMark {
    SheetMark(
      item: item, field: field, value: value, version: version, by: ID(7), at: start.adding(seconds: minute * 60),
      reviewer: reviewer.map { ID($0) })
  }

  static func choice(_ item: String, _ choice: Choice, reviewer: Int64? = nil, minute: Int64 = 0) -> SheetMark {
    mark(item, SheetMark.choice, "\"\(choice.rawValue)\"", reviewer: reviewer, minute: minute)
  }

  static func remark(_ item: String, _ text: String, reviewer: Int64? = nil, minute: Int64 = 0) -> SheetMark {
    mark(item, SheetMark.remark, JSONText.quoted(text), reviewer: reviewer, minute: minute)
  }

  static func of(_ group: GroupFacts) -> [SheetMark] {
    group.items.flatMap { item, subjects in
      subjects.flatMap { subject, facts in of(facts, item: item, path: "\(subject)/") }
    }
  }

  private static func of(_ facts: ItemFacts, item: String, path: String) -> [SheetMark] {
    facts.values.map { mark(item, path + $0.key, json($0.value)) }
      + facts.parts.flatMap { of($0.value, item: item, path: path + $0.key + ".") }
  }

  static func json(_ fact: Fact) -> String {
    switch fact {
    case .number(let number): number.decimalText
    case .boolean(let boolean): boolean ? "true" : "false"
    case .text(let text): JSONText.quoted(text)
    case .names(let names): "[" + names.map(JSONText.quoted).joined(separator: ",") + "]"
    case .counts(let counts):
      "{" + counts.map { "\(JSONText.quoted($0.key)): \($0.value.decimalText)" }.joined(separator: ",") + "}"
    case .awards(let awards):
      "["
        + awards.map { award in
          let kind = award.kind.map { ", \"kind\": \(JSONText.quoted($0))" } ?? ""
          return "{\"level\": \(JSONText.quoted(award.level))\(kind)}"
        }.joined(separator: ",") + "]"
    }
  }
}

extension Instant {
  /// A time of a day in Asia/Shanghai.
  static func at(_ day: String, _ hour: Int64 = 12, minute: Int64 = 0) -> Instant {
    Instant(startOf: Day(day)!).adding(seconds: hour * 3600 + minute * 60)
  }
}
