import Cycles
import Hummingbird
import Notation
import People
import Policies
import Publishing
import Storage

/// Of schools their own results over the years; of everybody else the cycles and how far their results are.
enum YearsRoutes {
  static func page(_ visit: Visit) async throws -> Response {
    let post = try visit.post
    let (cycles, years, policies) = try await visit.site.database.read { transaction in
      let cycles = try CycleStore.list(for: post.appointment, transaction)
      guard post.role.isOfSchool else { return (cycles, [ResultOfYear](), [String: Policy]()) }
      let years = try ResultsStore.ownYears(for: post.appointment, transaction)
      var policies: [String: Policy] = [:]
      for hash in Set(years.map(\.policyEdition)) {
        policies[hash] = try visit.site.editions.policy(hash, transaction)
      }
      return (cycles, years, policies)
    }
    let page = YearsPage(visit, cycles, years, policies, isSchool: post.role.isOfSchool)
    return visit.page("results/years", page, visit.frame(visit.text("results.years"), current: "years"))
  }
}

struct YearsPage {
  struct Group {
    let name: String
    let years: [Year]
  }

  struct Year {
    let title: String
    let link: String
    let row: ResultRow
    let isDraft: Bool
  }

  struct Cycle {
    let year: String
    let title: String
    let office: String
    let link: String
    let state: String
    let look: String
  }

  let isSchool: Bool
  let groups: [Group]
  let hasGroups: Bool
  let cycles: [Cycle]
  let hasCycles: Bool

  init(
    _ visit: Visit, _ cycles: [CycleSummary], _ years: [ResultOfYear], _ policies: [String: Policy], isSchool: Bool
  ) {
    self.isSchool = isSchool
    var groups: [(name: String, group: ID, years: [Year])] = []
    for year in years {
      guard let policy = policies[year.policyEdition] else { continue }
      let link = Endpoint.groupResult.link(year.authority, year.cycle, year.result.group)
      let made = Year(
        title: visit.words.schoolYear(year.year), link: link,
        row: ResultRow(year.result, ResultWords(policy, visit.words), link: link), isDraft: year.edition < 1)
      if let place = groups.firstIndex(where: { $0.group == year.result.group }) {
        groups[place].years.append(made)
      } else {
        groups.append((year.result.name, year.result.group, [made]))
      }
    }
    self.groups = groups.map { Group(name: $0.name, years: $0.years) }
    hasGroups = !groups.isEmpty
    self.cycles = cycles.map { cycle in
      let (state, look) =
        cycle.published != nil ? ("published", "ok") : cycle.isConfirmed ? ("confirmed", "warn") : ("open", "info")
      return Cycle(
        year: visit.words.schoolYear(cycle.year), title: cycle.title, office: cycle.authorityName,
        link: Endpoint.results.link(cycle.authority, cycle.id), state: visit.text("results.cycle.\(state)"), look: look)
    }
    hasCycles = !cycles.isEmpty
  }
}
