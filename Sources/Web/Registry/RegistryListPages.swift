import Documents
import HTTPTypes
import Hummingbird
import Notation
import People
import Policies
import Registry
import Storage

/// The lists of schools and groups.
enum RegistryListPages {
  static func filter(_ visit: Visit) -> RegistryFilter {
    var filter = RegistryFilter()
    filter.words = visit.query("q").map { String($0.prefix(100)) }
    filter.area = visit.query("area").flatMap { ID($0) }
    filter.stage = visit.query("stage").flatMap { SchoolStages(names: [$0]) }
    filter.ownership = visit.query("ownership").flatMap { School.Ownership(rawValue: $0) }
    filter.location = visit.query("location").flatMap { School.Location(rawValue: $0) }
    filter.state = visit.query("state").flatMap { RegistryFilter.State(rawValue: $0) }
    filter.flag = visit.query("flag").flatMap { School.Flag.Kind(rawValue: $0) }
    filter.isCompulsory = visit.query("compulsory") == "1"
    filter.form = visit.query("form").map { String($0.prefix(100)) }
    func forms(_ name: String) -> [String]? {
      visit.query(name).map { $0.prefix(1000).split(separator: ",").prefix(20).map(String.init) }
    }
    filter.forms = forms("forms")
    filter.otherForms = forms("others") ?? []
    filter.zone = visit.query("zone").map { String($0.prefix(100)) }
    if let first = visit.number("from", in: .schoolYears), let last = visit.number("to", in: .schoolYears),
      first <= last
    {
      filter.formed = first...last
    }
    filter.sort = visit.query("sort").flatMap { RegistryFilter.Sort(rawValue: $0) } ?? .code
    filter.page = visit.number("page", in: .places) ?? 1
    return filter
  }

  private static let kept = [
    "q", "area", "stage", "ownership", "location", "state", "flag", "compulsory", "form", "forms", "others", "zone",
    "from", "to",
    "sort", "day",
  ]

  private static func link(_ visit: Visit, _ endpoint: Endpoint, _ changes: [String: String?]) -> String {
    endpoint.link(
      query: (kept + ["page"]).map { name in (name, changes[name] ?? (name == "page" ? nil : visit.query(name))) })
  }

  private static func choices(_ visit: Visit, _ column: String, _ values: [String]) -> [(value: String, title: String)]
  {
    values.map { (value: $0, title: visit.text("registry.choice.\(column).\($0)")) }
  }

  private static func pages(_ visit: Visit, _ endpoint: Endpoint, _ filter: RegistryFilter, _ count: Int, _ total: Int)
    -> (range: String, previous: String?, next: String?)
  {
    let start = (filter.page - 1) * Storage.RegistryLists.perPage
    return (
      total == 0
        ? visit.text("registry.range.none")
        : visit.text(
          "registry.range",
          ["from": .count(count == 0 ? 0 : start + 1), "to": .count(start + count), "count": .count(total)]),
      filter.page > 1 ? link(visit, endpoint, ["page": String(filter.page - 1)]) : nil,
      start + count < total ? link(visit, endpoint, ["page": String(filter.page + 1)]) : nil
    )
  }

  private static func commonFilters(_ visit: Visit, _ filter: RegistryFilter, _ areas: [RegisteredUnit])
    -> [RegistryField]
  {
    var fields: [RegistryField] = [
      .input("q", visit.text("registry.filter.words"), filter.words, type: "search"),
      .input("day", visit.text("registry.filter.day"), visit.registryDay.text, type: "date"),
    ]
    if areas.count > 1 {
      fields.append(
        .select(
          "area", visit.text("registry.column.authority"),
          areas.map { (value: $0.seat.authority?.description ?? "", title: $0.name) },
          chosen: filter.area?.description, none: visit.text("registry.all")))
    }
    return fields
  }

  /// How many pupils a school is registered with, or counts with in coverage and whose some of them were.
  private static func pupils(
    _ visit: Visit, _ school: ListedSchool, _ counted: CoverageStore.Counted?, isCounted: Bool
  ) -> String {
    let shown = (isCounted ? counted?.pupils : school.pupils).map { visit.grouped($0) } ?? "—"
    guard let gone = counted?.gone, !gone.isEmpty else { return shown }
    return visit.text(
      "registry.pupils.gone",
      [
        "pupils": .text(shown),
        "gone": .names(gone.map { "\($0.name) \($0.pupils.map { visit.grouped($0) } ?? "—")" }),
      ])
  }

  static func schools(_ visit: Visit) async throws -> Response {
    let (post, filter, day, actor) = (try visit.post, filter(visit), visit.registryDay, visit.actor)
    let (list, areas, counted) = try await visit.site.database.read { transaction in
      let list = try RegistryLists.schools(filter, on: day, for: RegistryReach(post), transaction)
      let year = day.schoolYear(startingOn: CoverageStepStore.start)
      return (
        list, try RegistryStore.authorities(for: actor, transaction),
        // Behind coverage stand the pupils that it counts.
        filter.isCompulsory
          ? try CoverageStore.counted(list.rows.map(\.id), on: day, year: year, transaction) : nil
      )
    }
    let all = visit.text("registry.all")
    let rows = list.rows.map { school -> RegistryView.Row in
      let flags = [(school.isWeak, "weak"), (school.isNew, "new")].filter(\.0).map {
        visit.text("registry.choice.flag.\($0.1)")
      }
      return RegistryView.Row(cells: [
        .text(school.name, link: Endpoint.registrySchool.link(school.id, query: [("day", visit.query("day"))])),
        .text(school.code), .text(school.authority), .text(visit.stages(school.stages)),
        .text(school.ownership.map { visit.text("registry.choice.ownership.\($0.rawValue)") } ?? "—"),
        .text(school.location.map { visit.text("registry.choice.location.\($0.rawValue)") } ?? "—"),
        .number(pupils(visit, school, counted?[school.id], isCounted: counted != nil)), .number(String(school.groups)),
        .text(flags.joined(separator: visit.text("list.separator"))),
      ])
    }
    let heads =
      ["name", "code", "authority", "stages", "ownership", "location"].map {
        RegistryView.Head(headTitle: visit.text("registry.column.\($0)"))
      } + [
        RegistryView.Head(
          headTitle: visit.text(counted == nil ? "registry.column.pupils" : "registry.pupils.counted"), headLook: "n")
      ]
    let turn = pages(visit, .registrySchools, filter, rows.count, list.total)
    var view = RegistryView(title: visit.text("registry.schools.title"))
    view.facts = visit.text("registry.schools.facts", ["count": .count(list.total), "day": .text(day.text)])
    view.filterAction = Endpoint.registrySchools.link()
    view.filters =
      commonFilters(visit, filter, areas) + [
        .select(
          "stage", visit.text("registry.column.stages"), choices(visit, "stages", SchoolStages.all.map(\.name)),
          chosen: visit.query("stage"), none: all),
        .select(
          "state", visit.text("registry.filter.state"),
          ["covered", "uncovered", "weak", "new", "closed"].map {
            (value: $0, title: visit.text("registry.state.\($0)"))
          },
          chosen: visit.query("state"), none: all),
        .select(
          "location", visit.text("registry.column.location"),
          choices(visit, "location", School.Location.allCases.map(\.rawValue)), chosen: visit.query("location"),
          none: all),
        .select(
          "sort", visit.text("registry.filter.sort"),
          ["code", "name", "pupils"].map { (value: $0, title: visit.text("registry.column.\($0)")) },
          chosen: filter.sort.rawValue, none: nil),
      ]
    if filter.isCompulsory {
      view.filters.append(
        .select(
          "compulsory", visit.text("registry.column.part"), [("1", visit.text("registry.compulsory"))], chosen: "1",
          none: all))
    }
    if let zone = filter.zone {
      view.filters.append(
        .select(
          "zone", visit.text("registry.column.flag"), [(zone, visit.text("registry.choice.flag.area"))], chosen: zone,
          none: all))
    }
    if let flag = filter.flag {
      view.filters.append(
        .select(
          "flag", visit.text("registry.column.flag"), choices(visit, "flag", [flag.rawValue]), chosen: flag.rawValue,
          none: all))
    }
    if post.role.may(.importRegistry) {
      view.acts = [
        RegistryView.Act(
          actTitle: visit.text("registry.school.new"),
          actLink: Endpoint.registryForm.link(RegistryTable.schools.rawValue))
      ]
    }
    view.panels = [
      RegistryView.Panel(
        panelTitle: visit.text("registry.schools.title"),
        heads: heads + [
          RegistryView.Head(headTitle: visit.text("registry.groups.title"), headLook: "n"),
          RegistryView.Head(headTitle: visit.text("registry.column.flag")),
        ], rows: rows, none: rows.isEmpty ? visit.text("registry.none") : nil, range: turn.range,
        previousLink: turn.previous, nextLink: turn.next)
    ]
    return try visit.registryPage(view, current: .registrySchools)
  }

  static func groups(_ visit: Visit) async throws -> Response {
    let (post, filter, day, actor) = (try visit.post, filter(visit), visit.registryDay, visit.actor)
    let (list, areas, forms) = try await visit.site.database.read { transaction in
      (
        try RegistryLists.groups(filter, on: day, for: RegistryReach(post), transaction),
        try RegistryStore.authorities(for: actor, transaction), try visit.formNames(transaction)
      )
    }
    let rows = list.rows.map { group in
      RegistryView.Row(cells: [
        .text(group.name, link: Endpoint.registryGroup.link(group.id, query: [("day", visit.query("day"))])),
        .text(group.code), .text(group.authority), .text(group.form.map { forms.name($0) } ?? "—"),
        .text(group.formed?.text ?? "—"), .text(group.lead ?? visit.text("registry.state.noLead")),
        .number(String(group.schools)),
        .text(group.authorities > 1 ? visit.text("registry.crosses", ["count": .count(group.authorities)]) : ""),
      ])
    }
    let turn = pages(visit, .registryGroups, filter, rows.count, list.total)
    var view = RegistryView(title: visit.text("registry.groups.title"))
    view.facts = visit.text("registry.groups.facts", ["count": .count(list.total), "day": .text(day.text)])
    view.filterAction = Endpoint.registryGroups.link()
    view.filters =
      commonFilters(visit, filter, areas) + [
        .select(
          "state", visit.text("registry.filter.state"),
          ["noLead", "closed"].map { (value: $0, title: visit.text("registry.state.\($0)")) },
          chosen: visit.query("state"), none: visit.text("registry.all")),
        .select(
          "sort", visit.text("registry.filter.sort"),
          [("code", "column.code"), ("name", "column.name"), ("members", "members"), ("formed", "column.formed")].map {
            (value: $0.0, title: visit.text("registry.\($0.1)"))
          }, chosen: filter.sort.rawValue, none: nil),
      ]
    if post.role.may(.importRegistry) {
      view.acts = [
        RegistryView.Act(
          actTitle: visit.text("registry.group.new"), actLink: Endpoint.registryForm.link(RegistryTable.groups.rawValue)
        )
      ]
    }
    view.panels = [
      RegistryView.Panel(
        panelTitle: visit.text("registry.groups.title"),
        heads: ["column.name", "column.code", "column.authority", "column.form", "column.formed", "choice.role.lead"]
          .map {
            RegistryView.Head(headTitle: visit.text("registry.\($0)"))
          } + [
            RegistryView.Head(headTitle: visit.text("registry.members"), headLook: "n"),
            RegistryView.Head(headTitle: ""),
          ], rows: rows, none: rows.isEmpty ? visit.text("registry.none") : nil, range: turn.range,
        previousLink: turn.previous, nextLink: turn.next)
    ]
    return try visit.registryPage(view, current: .registryGroups)
  }
}

extension Visit {
  func stages(_ stages: SchoolStages) -> String {
    if let kind = stages.kind, ["nineYear", "complete", "twelveYear"].contains(kind) {
      return text("registry.kind.\(kind)")
    }
    let names = stages.names.map { text("registry.choice.stages.\($0)") }
    return names.isEmpty ? "—" : names.joined(separator: text("list.separator"))
  }

  /// What the policies of the folder and the one in force call their forms, those first that hold where the viewer works.
  /// Two statements.
  func formNames(_ transaction: any Transaction) throws -> FormNames {
    let post = try post
    return formNames(
      at: try post.authorityCode ?? RegistryStore.code(of: post.authority, transaction),
      inForce: try FormationPolicyStore.inForce(for: post.authority, site.editions, transaction)?.policy)
  }

  /// The same, with what they call their areas, where an authority of a code is.
  func formNames(at code: String?, inForce: Policy? = nil) -> FormNames {
    let folder = site.settings.policyFolder
    let policies = site.policies.names(in: folder).compactMap { name in
      site.policies.read(name, in: folder)?.policy.map { (name: name, policy: $0) }
    }
    return FormNames(
      policies.map(\.policy), at: code, inForce: inForce,
      plans: policies.compactMap { RegistryTerms.Plan($0.policy, name: $0.name) })
  }

  /// Rows of the registry, held against the policies and the day as well.
  func registryImport(_ forms: FormNames, _ transaction: any Transaction) -> RegistryImport {
    RegistryImport(
      transaction, terms: RegistryTerms(plans: forms.terms.plans, today: now.day), editions: site.editions)
  }
}
