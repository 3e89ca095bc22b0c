import Documents
import Hummingbird
import Notation
import People
import Registry
import Storage

/// A group with its schools now and before, and the gap among them.
enum RegisteredGroupPage {
  struct Read: Sendable {
    let group: Group
    let members: [NamedMembership]
    let authorities: [ID: (code: String, name: String)]
    let years: [Int: [ID: SchoolYear]]
    let forms: FormNames
  }

  /// Five statements, and the session's.
  static func answer(_ visit: Visit) async throws -> Response {
    let (id, post, day) = (try visit.id("group"), try visit.post, visit.registryDay)
    let read = try await visit.site.database.read { transaction -> Read? in
      guard let group = try RegistryBookStore.group(id, for: RegistryReach(post), transaction) else { return nil }
      return Read(
        group: group, members: try RegistryPageStore.memberships(group: id, transaction),
        authorities: try RegistryPageStore.names(
          of: .authorities, Set([group.authority] + group.past.map(\.authority)), transaction),
        years: try SchoolYearStore.years(ofGroup: id, transaction),
        forms: try visit.formNames(transaction))
    }
    guard let read else { throw Refusal.notFound }
    let forms = read.forms
    let group = read.group.on(day) ?? read.group
    var view = RegistryView(title: group.name)
    view.crumbs = [
      RegistryView.Crumb(crumbTitle: visit.text("registry.tab.groups"), crumbLink: Endpoint.registryGroups.link())
    ]
    view.facts = [
      group.code, read.authorities[group.authority]?.name ?? "", group.form.map { forms.name($0) } ?? "",
      group.governance.map { visit.text("registry.choice.governance.\($0.rawValue)") } ?? "",
      group.structure.map { visit.text("registry.choice.structure.\($0.rawValue)") } ?? "",
      group.formed.map { visit.text("registry.formed", ["day": .text($0.text)]) } ?? "",
      group.end.map { visit.text("registry.dissolved", ["day": .text($0.day.text)]) } ?? "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
    let edits = post.role.may(.importRegistry)
    if edits {
      view.acts = [
        RegistryView.Act(
          actTitle: visit.text("registry.change"),
          actLink: Endpoint.registryForm.link(RegistryTable.groups.rawValue, query: [("id", group.id.description)])),
        RegistryView.Act(
          actTitle: visit.text("registry.member.add"),
          actLink: Endpoint.registryForm.link(RegistryTable.memberships.rawValue, query: [("group", group.code)])),
      ]
    }
    let now = read.members.filter { $0.membership.holds(on: day) }
    view.panels = [
      members(visit, now, visit.text("registry.members.of", ["day": .text(day.text)]), edits ? group.code : nil),
      members(
        visit, read.members.filter { !$0.membership.holds(on: day) }, visit.text("registry.members.other"),
        edits ? group.code : nil),
      gap(visit, now, read.years), past(visit, read, forms),
    ].compactMap(\.self)
    return try visit.registryPage(view, current: .registryGroups)
  }

  private static func members(
    _ visit: Visit, _ all: [NamedMembership], _ title: String, _ group: String?
  ) -> RegistryView.Panel {
    RegistryView.Panel(
      panelTitle: title,
      heads: ["column.school", "column.role", "column.authority", "column.stages", "span"].map {
        RegistryView.Head(headTitle: visit.text("registry.\($0)"))
      } + (group == nil ? [] : [RegistryView.Head(headTitle: "")]),
      rows: all.map { one in
        RegistryView.Row(
          cells: [
            .text(one.school, link: Endpoint.registrySchool.link(one.membership.school)),
            .text(visit.text("registry.choice.role.\(one.membership.role.rawValue)")), .text(one.authority),
            .text(visit.stages(one.schoolStages)), .text(visit.days(one.membership.since, one.membership.until)),
          ]
            + (group.map { code in
              [
                RegistryView.Cell.text(
                  visit.text("registry.change"),
                  link: Endpoint.registryForm.link(
                    RegistryTable.memberships.rawValue,
                    query: [
                      ("group", code), ("school", one.schoolCode), ("role", one.membership.role.rawValue),
                      ("since", one.membership.since.text),
                      ("last", one.membership.until?.adding(days: -1).text),
                    ]))
              ]
            } ?? []))
      }, none: all.isEmpty ? visit.text("registry.none") : nil)
  }

  /// The coefficients of variation among the group's schools in the latest year there is.
  private static func gap(
    _ visit: Visit, _ now: [NamedMembership], _ years: [Int: [ID: SchoolYear]]
  ) -> RegistryView.Panel? {
    guard let year = years.keys.max(), let own = years[year] else { return nil }
    let balances = now.flatMap { one -> [SchoolBalance] in
      guard let figures = own[one.membership.school] else { return [] }
      let school = School(
        id: one.membership.school, authority: ID(0), code: one.schoolCode, name: one.school, pupils: nil,
        stages: one.schoolStages)
      return BalanceStandards.national.balances(of: school, figures)
    }
    let gaps = BalanceStandards.national.gaps(among: balances).filter { $0.variation != nil }
    guard !gaps.isEmpty else { return nil }
    return RegistryView.Panel(
      panelTitle: visit.text("registry.balance.of", ["year": .text("\(year - 1)-\(year)")]),
      panelHint: BalanceStandards.national.source, heads: BalancePage.gapHeads(visit),
      rows: gaps.map { BalancePage.gapRow(visit, $0) })
  }

  private static func past(_ visit: Visit, _ read: Read, _ forms: FormNames) -> RegistryView.Panel? {
    guard !read.group.past.isEmpty else { return nil }
    return RegistryView.Panel(
      panelTitle: visit.text("registry.sheet.groupPast"),
      heads: ["span", "column.name", "column.authority", "column.form"].map {
        RegistryView.Head(headTitle: visit.text("registry.\($0)"))
      },
      rows: read.group.past.map { past in
        RegistryView.Row(cells: [
          .text("\(past.since?.text ?? "") – \(past.until.adding(days: -1).text)"), .text(past.name),
          .text(read.authorities[past.authority]?.name ?? ""), .text(past.form.map { forms.name($0) } ?? "—"),
        ])
      })
  }
}
