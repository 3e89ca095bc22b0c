import Hummingbird
import Notation
import People
import Registry
import Storage

/// What is wrong with the registry's data, check by check, each finding with its way to the remedy.
enum QualityPage {
  static let mostFindings = 100

  /// Seven statements, and the session's.
  static func answer(_ visit: Visit) async throws -> Response {
    let (root, _) = try visit.registryArea()
    let day = visit.registryDay
    let year = day.schoolYear(startingOn: DayOfYear(month: 9, day: 1))
    let read = try await visit.site.database.read {
      transaction -> (RegistryBook, DivisionList, [Int: [ID: SchoolYear]])? in
      let found = try RegistryBookStore.bookAndDivisions(
        within: root, most: RegistryBookStore.mostSchools, transaction)
      guard let found else { return nil }
      return (found.book, found.divisions, try SchoolYearStore.years(within: root, (year - 1)...year, transaction))
    }
    var view = RegistryView(title: visit.text("registry.quality.title"))
    guard let (book, divisions, years) = read else {
      view.problems = [visit.text("registry.tooMany", ["most": .count(RegistryBookStore.mostSchools)])]
      return try visit.registryPage(view, current: .quality)
    }
    // Schools of elsewhere come along with the groups they belong to; they are looked after by others.
    let own = Set(book.authorities.map(\.id))
    let elsewhere = Set(book.schools.filter { !own.contains($0.authority) }.map(\.id))
    let others = Set(book.groups.filter { !own.contains($0.authority) }.map(\.id))
    let findings = book.findings(
      on: day, years: years[year] ?? [:], before: years[year - 1] ?? [:], since: years[year] != nil,
      divisions: divisions
    ).filter { finding in
      switch finding.subject {
      case .school(let id): !elsewhere.contains(id)
      case .group(let id): !others.contains(id)
      }
    }
    let grouped = Dictionary(grouping: findings, by: \.check)
    view.figures = QualityCheck.Severity.allCases.map { severity in
      RegistryView.Figure(
        figureTitle: visit.text("registry.severity.\(severity.rawValue)"),
        figureText: visit.grouped(
          QualityCheck.all.filter { $0.severity == severity }.reduce(0) { $0 + (grouped[$1.id]?.count ?? 0) }))
    }
    view.facts = visit.text(
      "registry.quality.facts", ["count": .count(QualityCheck.all.count), "day": .text(day.text)])
    let schools = Dictionary(book.schools.map { ($0.id, $0.name) }) { first, _ in first }
    let groups = Dictionary(book.groups.map { ($0.id, $0.name) }) { first, _ in first }
    view.panels = QualityCheck.all.compactMap { check in
      guard let found = grouped[check.id] else { return nil }
      return RegistryView.Panel(
        panelTitle: "\(visit.text(check.title)) (\(found.count))",
        panelHint: visit.text(
          "registry.quality.hint", ["why": .message(check.why), "do": .message(check.remedy)]),
        rows: found.prefix(mostFindings).map { finding in
          let (name, link): (String, String) =
            switch finding.subject {
            case .school(let id): (schools[id] ?? id.description, Endpoint.registrySchool.link(id))
            case .group(let id): (groups[id] ?? id.description, Endpoint.registryGroup.link(id))
            }
          return RegistryView.Row(cells: [
            .chip(visit.text("registry.severity.\(check.severity.rawValue)"), look(check.severity)),
            .text(name, link: link), .text(finding.detail.map { visit.text($0) } ?? ""),
          ])
        },
        range: found.count > mostFindings ? visit.text("registry.first", ["count": .count(mostFindings)]) : nil)
    }
    if findings.isEmpty {
      view.panels = [RegistryView.Panel(panelTitle: view.title, none: visit.text("registry.quality.none"))]
    }
    return try visit.registryPage(view, current: .quality)
  }

  private static func look(_ severity: QualityCheck.Severity) -> String {
    switch severity {
    case .error: "bad"
    case .warning: "warn"
    case .note: "info"
    }
  }
}
