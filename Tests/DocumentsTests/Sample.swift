import Demonstration
import Documents
import Fixtures
import Foundation
import Notation
import Policies
import Rules
import Scoring
import Testing

/// A policy of the repository with facts of its demonstration city.
struct Sample {
  /// Policies that differ in what they ask for: parts and vetoes, schools and counts, levels and places.
  static let ids = ["ankang-2022", "suizhou-2022", "sanya-2021-illustrative"]

  let policy: Policy
  let city: City

  init(_ id: String, groups: Int = 6, seed: UInt64 = 3) throws {
    policy = try #require(PolicyFiles(folder: Repository.path("policies")).read(id)?.policy)
    let plan = try #require(
      CityPlan(try PolicyFiles.tree(Repository.path("policies/\(id)/demonstration.yaml"))))
    city = City(plan: plan, policy: policy, groups: groups, seed: seed)
  }

  /// Two years of the city; the first group has every veto the policy knows.
  func facts(years: ClosedRange<Int> = 2022...2023) -> FactYears {
    FactYears(
      years: years.map { year in
        var groups = (0..<city.groupCount).map { city.group($0, year: year) }
        groups[0].vetoes = policy.vetoes.map(\.id)
        return FactYear(year: year, groups: groups)
      })
  }

  /// The facts with every group changed.
  func facts(_ change: (inout GroupFacts, Int) -> Void) -> FactYears {
    var facts = facts()
    for year in facts.years.indices {
      for group in facts.years[year].groups.indices { change(&facts.years[year].groups[group], group) }
    }
    return facts
  }

  /// What a workbook of these facts reads back as, without any problem.
  func throughWorkbook(_ facts: FactYears) throws -> FactYears {
    try Repository.withFolder { folder in
      let path = folder + "/facts.xlsx"
      try FactsBook(policy: policy).write(facts, to: path)
      let (read, problems) = try self.read(path)
      #expect(problems == [])
      return read
    }
  }

  /// An item as readers are told of it: ids that are words stay out of sight.
  static func name(_ item: Item) -> String {
    item.id.contains(where: \.isNumber) ? "\(item.id).\(item.title)" : item.title
  }

  /// The facts of a workbook and what is wrong with it, a line each.
  func read(_ path: String) throws -> (facts: FactYears, problems: [String]) {
    let (root, form) = try FactsBookReader.read(path, for: policy)
    let (facts, problems) = FactsReader.read(root, for: policy)
    return (facts, (form + problems).map { $0.line(in: .chinese) })
  }
}

extension GroupFacts {
  /// The same group with other names.
  func named(_ name: String?, schools names: (Int) -> String?) -> GroupFacts {
    let renamed = schools.enumerated().map { index, school in
      School(id: school.id, name: names(index), isLead: school.isLead, pupils: school.pupils)
    }
    var group = GroupFacts(
      id: id, name: name, formed: formed, schools: renamed, context: context, items: items, vetoes: vetoes)
    group.bonusItems = bonusItems
    return group
  }

  /// Changes the facts of every item, parts included.
  mutating func changeFacts(_ policy: Policy, _ change: (inout ItemFacts, [Need]) -> Void) {
    for item in policy.allItems {
      for subject in items[item.id]?.keys.sorted() ?? [] {
        guard var facts = items[item.id]?[subject] else { continue }
        GroupFacts.change(&facts, item.rule, item.needs, change)
        items[item.id]?[subject] = facts
      }
    }
  }

  private static func change(
    _ facts: inout ItemFacts, _ rule: any Rule, _ needs: [Need], _ change: (inout ItemFacts, [Need]) -> Void
  ) {
    change(&facts, needs)
    for part in RulePart.of(rule) {
      guard var inner = facts.parts[part.id] else { continue }
      self.change(&inner, part.rule, part.needs, change)
      facts.parts[part.id] = inner
    }
  }
}
