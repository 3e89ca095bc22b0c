import Documents
import Hummingbird
import Notation
import People
import Registry
import Storage

/// A school with its history: what it is, what it was, the groups it belonged to, what it counted each year.
enum RegisteredSchoolPage {
  struct Read: Sendable {
    let school: School
    let memberships: [NamedMembership]
    let years: [SchoolYear]
    let authorities: [ID: (code: String, name: String)]
    let related: [RelatedSchool]
    let divisions: DivisionList
  }

  /// Seven statements at most, and the session's.
  static func answer(_ visit: Visit) async throws -> Response {
    let (id, post) = (try visit.id("school"), try visit.post)
    let read = try await visit.site.database.read { transaction -> Read? in
      guard let school = try RegistryBookStore.school(id, for: RegistryReach(post), transaction) else { return nil }
      return Read(
        school: school, memberships: try RegistryPageStore.memberships(school: id, transaction),
        years: try RegistryPageStore.years(of: id, transaction),
        authorities: try RegistryPageStore.names(
          of: .authorities, Set([school.authority] + school.past.map(\.authority)), transaction),
        related: try RegistryPageStore.related(to: id, for: RegistryReach(post), transaction),
        divisions: school.division == nil ? .known : try DivisionStore.list(transaction))
    }
    guard let read else { throw Refusal.notFound }
    let school = read.school
    var view = RegistryView(title: school.name)
    view.crumbs = [
      RegistryView.Crumb(crumbTitle: visit.text("registry.tab.schools"), crumbLink: Endpoint.registrySchools.link())
    ]
    view.facts = [
      school.code, read.authorities[school.authority]?.name ?? "", visit.stages(school.stages),
      school.end.map { end in
        visit.text(
          "registry.ended",
          ["day": .text(end.day.text), "how": .text(visit.text("registry.choice.ending.\(end.kind.rawValue)"))])
      } ?? "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
    let edits = post.role.may(.importRegistry) && visit.owns(school.authority, read)
    view.panels = [
      details(visit, read, edits), memberships(visit, read.memberships),
      flags(visit, school, edits), years(visit, read, edits), balance(visit, read), past(visit, read),
    ].compactMap(\.self)
    return try visit.registryPage(view, current: .registrySchools)
  }

  private static func details(_ visit: Visit, _ read: Read, _ edits: Bool) -> RegistryView.Panel {
    let school = read.school
    let words: [(String, String?)] = [
      ("authority", read.authorities[school.authority]?.name), ("stages", visit.stages(school.stages)),
      ("ownership", school.ownership.map { visit.text("registry.choice.ownership.\($0.rawValue)") }),
      ("location", school.location.map { visit.text("registry.choice.location.\($0.rawValue)") }),
      ("credit", school.credit), ("division", division(visit, school, read.divisions)),
      ("pupils", school.pupils.map { visit.grouped($0) }), ("opened", school.opened?.text),
      ("closed", school.end?.day.text),
    ]
    func link(_ one: RelatedSchool) -> String? { one.isSeen ? Endpoint.registrySchool.link(one.id) : nil }
    let related = read.related.map { one in
      one.isSuccessor
        ? RegistryView.Row(cells: [.text(visit.text("registry.column.successor")), .text(one.name, link: link(one))])
        : RegistryView.Row(cells: [
          .text(visit.text("registry.before")),
          .text(
            visit.text("registry.before.one", ["name": .text(one.name), "day": .text(one.closed?.text ?? "—")]),
            link: link(one)),
        ])
    }
    return RegistryView.Panel(
      panelTitle: visit.text("registry.details"),
      panelActs: edits
        ? [
          RegistryView.PanelAct(
            panelActTitle: visit.text("registry.change"),
            panelActLink: Endpoint.registryForm.link(
              RegistryTable.schools.rawValue, query: [("id", school.id.description)]))
        ] : [],
      rows: words.filter { $0.1 != nil && $0.1 != "" }.map { key, value in
        RegistryView.Row(cells: [.text(visit.text("registry.column.\(key)")), .text(value ?? "")])
      } + related)
  }

  private static func division(_ visit: Visit, _ school: School, _ divisions: DivisionList) -> String? {
    guard let text = school.division else { return nil }
    guard let division = Division(text) else { return text }
    guard let change = divisions.change(of: division) else {
      return [text, divisions.name(of: division)].compactMap(\.self).joined(separator: " ")
    }
    return visit.text(
      "quality.division",
      ["code": .text(text), "name": .text(change.name), "now": .names(divisions.today(division).map(\.text))])
  }

  private static func memberships(_ visit: Visit, _ all: [NamedMembership]) -> RegistryView.Panel {
    RegistryView.Panel(
      panelTitle: visit.text("registry.groups.title"),
      heads: ["column.group", "column.role", "span"].map { RegistryView.Head(headTitle: visit.text("registry.\($0)")) },
      rows: all.map { one in
        RegistryView.Row(cells: [
          .text(one.group, link: Endpoint.registryGroup.link(one.membership.group)),
          .text(visit.text("registry.choice.role.\(one.membership.role.rawValue)")),
          .text(visit.days(one.membership.since, one.membership.until)),
        ])
      }, none: all.isEmpty ? visit.text("registry.none") : nil)
  }

  private static func flags(_ visit: Visit, _ school: School, _ edits: Bool) -> RegistryView.Panel {
    let names =
      school.flags.contains { !$0.area.isEmpty } ? visit.formNames(at: visit.viewer?.post?.authorityCode) : nil
    return RegistryView.Panel(
      panelTitle: visit.text("registry.column.flag"),
      panelActs: edits
        ? [
          RegistryView.PanelAct(
            panelActTitle: visit.text("registry.add"),
            panelActLink: Endpoint.registryForm.link(
              RegistryTable.schoolFlags.rawValue, query: [("school", school.code)]))
        ] : [],
      heads: ["column.flag", "span"].map { RegistryView.Head(headTitle: visit.text("registry.\($0)")) },
      rows: school.flags.map { flag in
        RegistryView.Row(cells: [
          .text(
            [
              visit.text("registry.choice.flag.\(flag.kind.rawValue)"),
              flag.area.isEmpty ? nil : names?.area(flag.area),
            ]
            .compactMap(\.self).joined(separator: " ")),
          .text(visit.days(flag.since, flag.until)),
        ])
      }, none: school.flags.isEmpty ? visit.text("registry.none") : nil)
  }

  private static func years(_ visit: Visit, _ read: Read, _ edits: Bool) -> RegistryView.Panel {
    let resources = SchoolYear.Resource.allCases
    let rows = read.years.flatMap { year in
      year.rows.map { row in
        RegistryView.Row(
          cells: [
            .text("\(year.year - 1)-\(year.year)"), .text(visit.text("registry.choice.part.\(row.part.rawValue)")),
            .number(row.pupils.map { visit.grouped($0) } ?? "—"),
            .number(row.teachers.map { visit.grouped($0) } ?? "—"),
          ] + resources.map { RegistryView.Cell.number(row.amounts[$0]?.plain ?? "—") })
      }
    }
    return RegistryView.Panel(
      panelTitle: visit.text("registry.sheet.years"),
      panelActs: edits
        ? [
          RegistryView.PanelAct(
            panelActTitle: visit.text("registry.add"),
            panelActLink: Endpoint.registryForm.link(
              RegistryTable.years.rawValue, query: [("school", read.school.code)]))
        ] : [],
      heads: (["year", "part"].map { ($0, "") }
        + (["pupils", "teachers"] + resources.map(\.rawValue)).map { ($0, "n") })
        .map { RegistryView.Head(headTitle: visit.text("registry.column.\($0.0)"), headLook: $0.1) },
      rows: rows, none: rows.isEmpty ? visit.text("registry.none") : nil)
  }

  /// The latest year held against the standards, figure by figure.
  private static func balance(_ visit: Visit, _ read: Read) -> RegistryView.Panel? {
    guard let year = read.years.first else { return nil }
    let balances = BalanceStandards.national.balances(of: read.school, year)
    guard !balances.isEmpty else { return nil }
    return RegistryView.Panel(
      panelTitle: visit.text("registry.balance.of", ["year": .text("\(year.year - 1)-\(year.year)")]),
      panelHint: BalanceStandards.national.source,
      heads: [
        RegistryView.Head(headTitle: visit.text("registry.column.part")),
        RegistryView.Head(headTitle: visit.text("registry.balance.state")),
      ]
        + BalanceStandards.national.measures.map {
          RegistryView.Head(headTitle: visit.text("balance.\($0.resource.rawValue)"), headLook: "n")
        },
      rows: balances.map { balance in
        RegistryView.Row(
          cells: [
            .text(visit.text("registry.choice.part.\(balance.part.rawValue)")),
            .chip(visit.text("balance.state.\(balance.state.rawValue)"), BalancePage.look(balance.state)),
          ]
            + balance.figures.map { figure in
              RegistryView.Cell.number(
                "\(figure.value.map { $0.fixed(places: 2) } ?? "—") / \(figure.standard.plain)",
                look: figure.isMet == false ? "badc" : "")
            })
      })
  }

  private static func past(_ visit: Visit, _ read: Read) -> RegistryView.Panel? {
    guard !read.school.past.isEmpty else { return nil }
    return RegistryView.Panel(
      panelTitle: visit.text("registry.sheet.schoolPast"),
      heads: ["span", "column.name", "column.authority", "column.stages"].map {
        RegistryView.Head(headTitle: visit.text("registry.\($0)"))
      },
      rows: read.school.past.map { past in
        RegistryView.Row(cells: [
          .text("\(past.since?.text ?? "") – \(past.until.adding(days: -1).text)"), .text(past.name),
          .text(read.authorities[past.authority]?.name ?? ""), .text(visit.stages(past.stages)),
        ])
      })
  }
}

extension Visit {
  /// Whether the form of a school would be taken: the store decides, this only shows the way.
  func owns(_ authority: ID, _ read: RegisteredSchoolPage.Read) -> Bool {
    (try? post)?.school == nil && read.authorities[authority] != nil
  }
}
