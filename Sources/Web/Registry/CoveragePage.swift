import Documents
import Hummingbird
import Notation
import People
import Policies
import Registry
import Storage

/// Coverage and targets of an authority: what a deputy mayor asks first, with the list behind every figure.
enum CoveragePage {
  struct Read: Sendable {
    let authorities: [Authority]
    let asked: [CoverageStore.Asked]
    let counts: [[ID: Coverage]]
    let groups: RegistryBook
    let allotments: [Allotment]
  }

  /// A policy with targets, by its folder's name.
  struct Plan: Sendable {
    let name: String
    let title: String
    let region: String?
    let yearStart: DayOfYear
    let tight: Set<String>
    let targets: [Target]

    /// A target by its title, with its year where the title lacks it.
    func title(of key: String) -> String {
      guard let target = targets.first(where: { $0.key == key }) else { return key }
      let year = String(target.year)
      return target.title.contains(year) ? target.title : "\(year) \(target.title)"
    }
  }

  /// Four statements, and the session's.
  static func answer(_ visit: Visit) async throws -> Response {
    let (own, wanted) = try visit.registryArea()
    let day = visit.registryDay
    let plans = plans(visit)
    let found = try await visit.site.database.read { transaction -> Read in
      let authorities = try RegistryBookStore.authorities(within: own, transaction)
      let plan = chosen(visit, plans, authorities, own)
      let start = plan?.yearStart ?? DayOfYear(month: 9, day: 1)
      var asked = [CoverageStore.Asked(day: day, year: day.schoolYear(startingOn: start))]
      for target in plan?.targets ?? [] {
        let last = target.day(today: day)
        let one = CoverageStore.Asked(day: last, year: last.schoolYear(startingOn: start), area: target.area)
        if !asked.contains(one), asked.count < 12 { asked.append(one) }
      }
      return Read(
        authorities: authorities, asked: asked,
        counts: try CoverageStore.coverages(within: own, asked, transaction),
        groups: try TargetStore.groups(within: own, transaction),
        allotments: try plan.map { try SchoolYearStore.allotments(of: $0.name, within: own, transaction) } ?? [])
    }
    guard found.authorities.contains(where: { $0.id == wanted }) else { throw Refusal.notFound }
    let plan = chosen(visit, plans, found.authorities, own)
    let maker = CoverageMaker(visit: visit, read: found, plan: plan, wanted: wanted, own: own, day: day)
    var view = maker.view
    view.filterAction = Endpoint.coverage.link()
    view.filters = [
      .input("day", visit.text("registry.filter.day"), day.text, type: "date"),
      .select(
        "area", visit.text("registry.column.authority"),
        found.authorities.map { (value: $0.id.description, title: $0.name) }, chosen: wanted.description, none: nil),
    ]
    if !plans.isEmpty {
      view.filters.append(
        .select(
          "policy", visit.text("registry.column.policy"), plans.map { (value: $0.name, title: $0.title) },
          chosen: plan?.name, none: visit.text("registry.targets.none")))
    }
    return try visit.registryPage(view, current: .coverage)
  }

  private static func plans(_ visit: Visit) -> [Plan] {
    let folder = visit.site.settings.policyFolder
    return visit.site.policies.names(in: folder).compactMap { name in
      guard let policy = visit.site.policies.read(name, in: folder)?.policy else { return nil }
      let targets = Target.read(policy.root["targets"])
      guard !targets.isEmpty else { return nil }
      return Plan(
        name: name, title: policy.title, region: policy.region, yearStart: policy.yearStart,
        tight: Set(policy.forms.filter(\.isTight).map(\.id)), targets: targets)
    }
  }

  /// The one asked for; else that of the authority's own region.
  private static func chosen(_ visit: Visit, _ plans: [Plan], _ authorities: [Authority], _ own: ID) -> Plan? {
    if let asked = visit.request.uri.queryParameters.get("policy") { return plans.first { $0.name == asked } }
    let code = authorities.first { $0.id == own }?.code
    return plans.first { $0.region != nil && $0.region == code } ?? (plans.count == 1 ? plans.first : nil)
  }
}
