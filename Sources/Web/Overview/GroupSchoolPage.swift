import Cycles
import Hummingbird
import Notation
import People
import Policies
import Rules
import Scoring
import Storage

/// A school in a group: its part in the items, as the last submission recorded it.
struct GroupSchoolPage {
  struct Fact {
    let title: String
    let value: String
    let isMissing: Bool
  }

  struct Item {
    let number: String
    let title: String
    let link: String
    let across: String
    let facts: [Fact]
  }

  let title: String
  let facts: String
  let crumbs: [RatePanel.Link]
  let isLead: Bool
  let pupils: String
  let authority: String
  let groupName: String
  let groupLink: String
  let memberSheets: GroupPage.MemberSheets?
  let stageTitle: String?
  let items: [Item]
  let none: String?

  static func answer(_ visit: Visit) async throws -> Response {
    let (wanted, post) = (try visit.id("school"), try visit.post)
    let (authority, id, group) = (try visit.id("authority"), try visit.id("cycle"), try visit.id("group"))
    let (editions, now) = (visit.site.editions, visit.now)
    let found = try await visit.site.database.read { transaction -> (CycleOverview, GroupOverview, SchoolFacts)? in
      guard let cycle = try CycleStore.cycle(authority: authority, id, editions, transaction) else { return nil }
      let overview = try OverviewStore.overview(of: cycle, for: post.appointment, only: group, at: now, transaction)
      guard let found = overview.group(group), found.participant.schools.contains(where: { $0.id == wanted }) else {
        return nil
      }
      let facts = try SchoolFactStore.facts(of: found, school: wanted, in: cycle, transaction)
      return (overview, found, facts)
    }
    guard let (overview, group, facts) = found,
      let school = group.participant.schools.first(where: { $0.id == wanted })
    else { throw Refusal.notFound }
    let page = page(visit, post, overview, group, school, facts)
    return visit.page("overview/group-school", page, visit.frame(page.title, current: "cycles"))
  }

  private static func page(
    _ visit: Visit, _ post: Viewer.Post, _ overview: CycleOverview, _ group: GroupOverview,
    _ school: Participant.School, _ found: SchoolFacts
  ) -> GroupSchoolPage {
    let cycle = overview.cycle
    let sheet = group.lastSubmitted(cycle.calendar)
    let facts = sheet.flatMap { _ in try? SheetStore.facts(found.facts, year: cycle.year, policy: cycle.policy) }
    let items = cycle.policy.allItems.compactMap { item -> Item? in
      guard item.readsSchools, item.of == .schools || (item.of == .lead) == school.isLead else { return nil }
      guard let sheet, let facts else { return nil }
      let shown = FactLines(visit: visit, item: item).lines(facts.items[item.id]?[school.id.description])
      guard !shown.isEmpty else { return nil }
      return Item(
        number: item.number, title: item.title, link: Way.sheet(cycle.authority, sheet.id, item: item.id),
        across: visit.text(item.of == .lead ? "of.lead" : "reads.across.\(item.across.rawValue)"), facts: shown)
    }
    let members = GroupPageMaker.memberRows(visit, overview, group, only: school.id)
    var crumbs = GroupPageMaker.crumbs(visit, post, overview, group)
    crumbs.append(RatePanel.Link(title: group.participant.name, link: Way.group(cycle, group.id)))
    return GroupSchoolPage(
      title: school.name,
      facts: visit.text(
        "overview.schoolPage.facts",
        [
          "group": .text(group.participant.name), "cycle": .text(cycle.title),
          "role": .text(visit.text(school.isLead ? "role.lead" : "role.member")),
        ]),
      crumbs: crumbs, isLead: school.isLead, pupils: school.pupils.map { visit.grouped($0) } ?? "—",
      authority: found.authorityName, groupName: group.participant.name, groupLink: Way.group(cycle, group.id),
      memberSheets: members, stageTitle: sheet.flatMap { cycle.stage($0.stage)?.title }, items: items,
      none: items.isEmpty
        ? visit.text(sheet == nil ? "overview.schoolPage.unsubmitted" : "overview.schoolPage.none") : nil)
  }
}

/// The facts of one school for one item, in words.
struct FactLines {
  let visit: Visit
  let item: Item

  func lines(_ facts: ItemFacts?) -> [GroupSchoolPage.Fact] {
    lines(item.rule, item.needs, item.inputs, facts, part: nil)
  }

  private func lines(
    _ rule: any Rule, _ needs: [Need], _ inputs: [String: InputDescription], _ facts: ItemFacts?, part: String?
  ) -> [GroupSchoolPage.Fact] {
    let titles = RuleEntries.titles(of: rule)
    let own = needs.map { need in
      let title = inputs[need.name]?.title ?? visit.words.named("input.\(need.name)") ?? need.name
      let value = facts?.values[need.name]
      return GroupSchoolPage.Fact(
        title: part.map { $0 == title ? title : visit.text("excel.part", ["part": .text($0), "input": .text(title)]) }
          ?? title,
        value: value.map { words($0, inputs[need.name], titles) } ?? visit.text("overview.lacking"),
        isMissing: value == nil)
    }
    return own
      + RulePart.of(rule).flatMap { part in
        lines(part.rule, part.needs, part.inputs, facts?.parts[part.id], part: part.title)
      }
  }

  private func words(_ fact: Fact, _ input: InputDescription?, _ titles: [String: String]) -> String {
    switch fact {
    case .number(let number): number.plain + (input?.unit.flatMap { visit.words.named("unit.\($0)") } ?? "")
    case .boolean(let boolean): visit.text("word.\(boolean)")
    case .text(let text): visit.words.named("level.\(text)") ?? text
    case .names(let names):
      names.isEmpty
        ? visit.text("overview.nothingLacks")
        : visit.text(
          "overview.lacks", ["names": .names(names.map { titles[$0] ?? $0 })])
    case .counts(let counts):
      Fact.byLevel(counts).map { level, count in
        "\(visit.words.named("level.\(level)") ?? level) \(count.plain)"
      }.joined(separator: visit.text("list.separator"))
    case .awards(let awards): visit.text("overview.awards", ["count": .count(awards.count)])
    }
  }
}
