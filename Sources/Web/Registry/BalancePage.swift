import Hummingbird
import Notation
import People
import Registry
import Storage

/// Resource balance of an authority's schools: the coefficients of variation, who passes, the gap over the years.
enum BalancePage {
  static func look(_ state: SchoolBalance.State) -> String {
    switch state {
    case .passes: "ok"
    case .fails: "bad"
    case .open: "warn"
    case .excluded: ""
    }
  }

  static func gapHeads(_ visit: Visit) -> [RegistryView.Head] {
    [
      ("registry.column.part", ""), ("registry.column.measure", ""), ("balance.mean", "n"), ("balance.variation", "n"),
      ("balance.limit", "n"), ("balance.schools", "n"), ("balance.within", ""),
    ].map { RegistryView.Head(headTitle: visit.text($0.0), headLook: $0.1) }
  }

  static func gapRow(_ visit: Visit, _ gap: BalanceGap) -> RegistryView.Row {
    let within = gap.isWithin
    return RegistryView.Row(cells: [
      .text(visit.text("registry.choice.part.\(gap.part.rawValue)")),
      .text(visit.text("balance.\(gap.resource.rawValue)")),
      .number(gap.variation.map { $0.mean.fixed(places: 2) } ?? "—"),
      .number(gap.variation.map { $0.text(places: 4) } ?? "—"), .number(gap.limit?.plain ?? "—"),
      .number(
        gap.missing == 0
          ? String(gap.counted)
          : visit.text(
            "balance.missing", ["count": .count(gap.counted), "missing": .count(gap.missing)])),
      within.map { RegistryView.Cell.chip(visit.text($0 ? "balance.yes" : "balance.no"), $0 ? "ok" : "bad") }
        ?? RegistryView.Cell.text("—"),
    ])
  }

  /// Seven statements, and the session's.
  static func answer(_ visit: Visit) async throws -> Response {
    let (own, wanted) = try visit.registryArea()
    let day = visit.registryDay
    let read = try await visit.site.database.read { transaction -> (RegistryBook, [Int: [ID: SchoolYear]])? in
      let book = try RegistryBookStore.book(within: own, most: RegistryBookStore.mostSchools, transaction)
      guard let book else { return nil }
      return (book, try SchoolYearStore.years(within: own, (day.year - 9)...(day.year + 1), transaction))
    }
    var view = RegistryView(title: visit.text("registry.balance.title"))
    guard let (book, years) = read else {
      view.problems = [visit.text("registry.tooMany", ["most": .count(RegistryBookStore.mostSchools)])]
      return try visit.registryPage(view, current: .balance)
    }
    let scope = AuthorityTree(book.authorities).within(wanted)
    guard book.authorities.contains(where: { $0.id == wanted }) else { throw Refusal.notFound }
    let year = visit.number("year", in: .schoolYears).flatMap { years[$0] == nil ? nil : $0 } ?? years.keys.max()
    view.filterAction = Endpoint.balance.link()
    view.filters = [
      .select(
        "area", visit.text("registry.column.authority"),
        book.authorities.map { (value: $0.id.description, title: $0.name) }, chosen: wanted.description, none: nil),
      .select(
        "year", visit.text("registry.column.year"),
        years.keys.sorted(by: >).map { (value: String($0), title: "\($0 - 1)-\($0)") }, chosen: year.map(String.init),
        none: nil),
    ]
    view.facts = BalanceStandards.national.source
    guard let year else {
      view.panels = [RegistryView.Panel(panelTitle: view.title, none: visit.text("registry.balance.none"))]
      return try visit.registryPage(view, current: .balance)
    }
    let schools = book.on(min(day, Day(year: year, month: 8, day: 31) ?? day)).schools.filter {
      scope.contains($0.authority)
    }
    func balances(_ year: Int) -> [SchoolBalance] {
      schools.flatMap { school in
        years[year]?[school.id].map { BalanceStandards.national.balances(of: school, $0) } ?? []
      }
    }
    let present = balances(year)
    // A school with several stages is one school.
    let states = Dictionary(grouping: present, by: \.school).values.map { SchoolBalance.State.whole($0.map(\.state)) }
    let counted = states.filter { $0 != .excluded }
    view.figures = SchoolBalance.State.allCases.map { state in
      RegistryView.Figure(
        figureTitle: visit.text("balance.state.\(state.rawValue)"),
        figureText: visit.grouped(states.count { $0 == state }),
        figureNote: state == .passes && !counted.isEmpty
          ? visit.share(Exact(states.count { $0 == .passes }) * .hundred / Exact(counted.count)) : "")
    }
    let gaps = BalanceStandards.national.gaps(among: present)
    let taught = Set(present.map(\.part))
    view.panels = [
      RegistryView.Panel(
        panelTitle: visit.text("registry.gap.title"), panelHint: visit.text("registry.gap.hint"),
        heads: gapHeads(visit), rows: gaps.filter { taught.contains($0.part) }.map { gapRow(visit, $0) }),
      overYears(visit, years.keys.sorted(), taught, balances), list(visit, present, schools),
    ]
    return try visit.registryPage(view, current: .balance)
  }

  /// Each measure's coefficient year by year, as a picture and as its table.
  private static func overYears(
    _ visit: Visit, _ years: [Int], _ taught: Set<SchoolYear.Part>, _ balances: (Int) -> [SchoolBalance]
  ) -> RegistryView.Panel {
    let parts = BalanceStandards.national.parts.filter { taught.contains($0) }
    let all = years.suffix(6).map { ($0, BalanceStandards.national.gaps(among: balances($0))) }
    let chart = GapLines(
      years: all.map { "\($0.0 - 1)-\($0.0)" },
      lines: parts.flatMap { part in
        BalanceStandards.national.measures.map { measure in
          GapLines.Line(
            name: visit.text("balance.\(measure.resource.rawValue)"), isDashed: part == .junior,
            values: all.map { _, gaps in
              gaps.first { $0.part == part && $0.resource == measure.resource }?.variation?.rounded(places: 4)
            })
        }
      }, limits: parts.compactMap { BalanceStandards.national.variation[$0] },
      label: visit.text("registry.gap.years"))
    let rows = parts.flatMap { part in
      BalanceStandards.national.measures.map { measure in
        RegistryView.Row(
          cells: [
            .text(visit.text("registry.choice.part.\(part.rawValue)")),
            .text(visit.text("balance.\(measure.resource.rawValue)")),
          ]
            + all.map { _, gaps in
              let gap = gaps.first { $0.part == part && $0.resource == measure.resource }
              return RegistryView.Cell.number(
                gap?.variation.map { $0.text(places: 4) } ?? "—", look: gap?.isWithin == false ? "badc" : "")
            })
      }
    }
    return RegistryView.Panel(
      panelTitle: visit.text("registry.gap.years"), panelHint: visit.text("registry.gap.dashed"),
      svg: all.count > 1 ? chart.svg : nil,
      heads: [
        RegistryView.Head(headTitle: visit.text("registry.column.part")),
        RegistryView.Head(headTitle: visit.text("registry.column.measure")),
      ] + all.map { RegistryView.Head(headTitle: "\($0.0 - 1)-\($0.0)", headLook: "n") }, rows: rows, isMatrix: true)
  }

  /// The schools that don't pass, the furthest first; the rest by code.
  private static func list(
    _ visit: Visit, _ balances: [SchoolBalance], _ schools: [School]
  ) -> RegistryView.Panel {
    let names = Dictionary(schools.map { ($0.id, $0.name) }) { first, _ in first }
    let order: [SchoolBalance.State] = [.fails, .open, .passes, .excluded]
    let shown = balances.enumerated().sorted { a, b in
      let (x, y) = (order.firstIndex(of: a.element.state) ?? 0, order.firstIndex(of: b.element.state) ?? 0)
      return (x, a.element.met, a.offset) < (y, b.element.met, b.offset)
    }.prefix(200).map(\.element)
    return RegistryView.Panel(
      panelTitle: visit.text("registry.balance.schools"),
      panelHint: balances.count > 200 ? visit.text("registry.first", ["count": .count(200)]) : "",
      heads: [
        RegistryView.Head(headTitle: visit.text("registry.column.school")),
        RegistryView.Head(headTitle: visit.text("registry.column.part")),
        RegistryView.Head(headTitle: visit.text("registry.balance.state")),
        RegistryView.Head(headTitle: visit.text("balance.met"), headLook: "n"),
      ]
        + BalanceStandards.national.measures.map {
          RegistryView.Head(headTitle: visit.text("balance.\($0.resource.rawValue)"), headLook: "n")
        },
      rows: shown.map { balance in
        RegistryView.Row(
          cells: [
            .text(names[balance.school] ?? "", link: Endpoint.registrySchool.link(balance.school)),
            .text(visit.text("registry.choice.part.\(balance.part.rawValue)")),
            .chip(visit.text("balance.state.\(balance.state.rawValue)"), look(balance.state)),
            .number("\(balance.met)/\(balance.figures.count)"),
          ]
            + balance.figures.map {
              RegistryView.Cell.number(
                $0.value.map { $0.fixed(places: 2) } ?? "—", look: $0.isMet == false ? "badc" : "")
            })
      }, isMatrix: true, none: balances.isEmpty ? visit.text("registry.balance.none") : nil)
  }
}
