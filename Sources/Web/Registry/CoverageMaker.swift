import Notation
import Registry
import Storage

/// Makes the page of coverage and targets.
struct CoverageMaker {
  let visit: Visit
  let read: CoveragePage.Read
  let plan: CoveragePage.Plan?
  let wanted: ID
  let own: ID
  let day: Day

  private var tree: AuthorityTree { AuthorityTree(read.authorities) }
  private var scope: Set<ID> { tree.within(wanted) }

  /// The coverage of an authority with all below it, as one asked.
  private func coverage(_ asked: CoverageStore.Asked, of authority: ID) -> Coverage {
    guard let place = read.asked.firstIndex(of: asked) else { return Coverage() }
    return tree.summed(read.counts[place])[authority] ?? Coverage()
  }

  private var now: Coverage { coverage(read.asked[0], of: wanted) }

  private func schools(
    _ state: String?, flag: String? = nil, of authority: ID? = nil, in zone: String? = nil, on day: Day? = nil
  ) -> String {
    Endpoint.registrySchools.link(query: [
      ("compulsory", "1"), ("state", state), ("flag", flag), ("area", (authority ?? wanted).description),
      ("zone", zone),
      ("day", (day ?? self.day).text),
    ])
  }

  var view: RegistryView {
    let now = now
    var view = RegistryView(title: visit.text("registry.coverage.title"))
    view.facts = visit.text(
      "registry.coverage.facts",
      ["where": .text(read.authorities.first { $0.id == wanted }?.name ?? ""), "day": .text(day.text)])
    view.figures = [
      RegistryView.Figure(
        figureTitle: visit.text("registry.coverage.schools"), figureText: visit.share(now.share),
        figureNote: visit.text("registry.of", ["part": .count(now.covered), "whole": .count(now.schools)]),
        figureLink: schools("covered")),
      RegistryView.Figure(
        figureTitle: visit.text("registry.coverage.pupils"), figureText: visit.share(now.pupilShare),
        figureNote: visit.text(
          now.uncounted == 0 ? "registry.of.pupils" : "registry.of.pupils.some",
          [
            "part": .text(visit.grouped(now.coveredPupils)), "whole": .text(visit.grouped(now.pupils)),
            "unknown": .count(now.uncounted),
          ]), figureLink: schools("covered")),
      RegistryView.Figure(
        figureTitle: visit.text("registry.state.uncovered"), figureText: String(now.schools - now.covered),
        figureLink: schools("uncovered")),
      RegistryView.Figure(
        figureTitle: visit.text("registry.coverage.weak"), figureText: visit.share(now.weakShare),
        figureNote: visit.text("registry.of", ["part": .count(now.weakCovered), "whole": .count(now.weak)]),
        figureLink: schools(nil, flag: "weak")),
      RegistryView.Figure(
        figureTitle: visit.text("registry.coverage.new"), figureText: visit.share(now.newShare),
        figureNote: visit.text("registry.of", ["part": .count(now.newCovered), "whole": .count(now.new)]),
        figureLink: schools(nil, flag: "new")),
    ]
    view.panels = [picture, targets, districts, allotments].compactMap(\.self)
    return view
  }

  /// Coverage at the end of each year that has a target, the target as a tick across.
  private var picture: RegistryView.Panel? {
    guard let plan else { return nil }
    let start = plan.yearStart
    var bars: [BarChart.Bar] = []
    for target in plan.targets.sorted(by: { ($0.year, $0.isCumulative ? 1 : 0) < ($1.year, $1.isCumulative ? 1 : 0) })
    where target.area == nil && target.form == nil {
      guard let goal = target.goals.first(where: { $0.measure == .coverage }),
        !bars.contains(where: { $0.title == String(target.year) })
      else { continue }
      let last = target.day(today: day)
      let isOpen = target.year > day.year
      let asked = CoverageStore.Asked(day: last, year: last.schoolYear(startingOn: start))
      bars.append(
        BarChart.Bar(
          title: String(target.year),
          value: isOpen ? nil : coverage(asked, of: wanted).share?.rounded(Rounding(places: 1, mode: .halfUp)),
          target: goal.least, targetTitle: visit.text("registry.target.tick", ["value": .number(goal.least)])))
    }
    guard !bars.isEmpty else { return nil }
    return RegistryView.Panel(
      panelTitle: visit.text("registry.coverage.picture"), panelHint: plan.title,
      svg: BarChart(bars: bars, most: .hundred, unit: "%", label: visit.text("registry.coverage.picture")).svg)
  }

  private var targets: RegistryView.Panel? {
    guard let plan else { return nil }
    let rows = plan.targets.flatMap { target -> [RegistryView.Row] in
      let last = target.day(today: day)
      let groups = target.groups(
        of: read.groups, within: scope, tight: plan.tight, targets: plan.targets, today: day)
      let asked = CoverageStore.Asked(
        day: last, year: last.schoolYear(startingOn: plan.yearStart), area: target.area)
      let coverage = coverage(asked, of: wanted)
      let years = target.years(of: plan.targets)
      return target.goals.enumerated().map { place, goal in
        let actual = target.actual(goal.measure, groups: groups, coverage: coverage)
        let isMet = actual.map { $0 >= goal.least }
        let behind: String? =
          switch goal.measure {
          case .tight where plan.tight.isEmpty: nil
          case .groups, .tight, .loose, .tightPercent:
            Endpoint.registryGroups.link(query: [
              ("from", String(years.lowerBound)), ("to", String(years.upperBound)), ("area", wanted.description),
              ("form", target.form), ("zone", target.area),
              ("forms", goal.measure == .tight ? plan.tight.sorted().joined(separator: ",") : nil),
              ("others", goal.measure == .loose ? plan.tight.sorted().joined(separator: ",") : nil),
              ("day", last.text),
            ])
          case .coverage: schools("covered", in: target.area, on: last)
          case .weakCoverage: schools(nil, flag: "weak", in: target.area, on: last)
          case .newCoverage: schools(nil, flag: "new", in: target.area, on: last)
          case .satisfaction: nil
          }
        let isOpen = target.year >= day.year
        let word = isMet.map { $0 ? "met" : isOpen ? "open" : "missed" } ?? "unknown"
        return RegistryView.Row(cells: [
          .text(place == 0 ? String(target.year) : ""),
          .text(place == 0 ? target.title : ""), .text(visit.text("registry.choice.measure.\(goal.measure.rawValue)")),
          .number(shown(goal.least, goal.measure)),
          .number(actual.map { shown($0, goal.measure) } ?? "—", link: behind),
          .number(actual.map { gap($0, goal) } ?? "—", look: isMet == false ? "badc" : ""),
          .chip(visit.text("registry.target.\(word)"), ["met": "ok", "missed": "bad", "open": "warn"][word] ?? ""),
          .text(place == 0 ? source(target.source) : ""),
        ])
      }
    }
    return RegistryView.Panel(
      panelTitle: visit.text("registry.targets.title"), panelHint: plan.title,
      heads: [
        ("registry.target.year", ""), ("registry.column.target", ""), ("registry.column.measure", ""),
        ("registry.target.plan", "n"), ("registry.target.actual", "n"), ("registry.target.gap", "n"),
        ("registry.target.state", ""), ("registry.target.source", ""),
      ].map { RegistryView.Head(headTitle: visit.text($0.0), headLook: $0.1) }, rows: rows)
  }

  /// A part of the document by its bare number could be taken for a dash.
  private func source(_ text: String) -> String {
    let numerals = "\u{4E00}\u{4E8C}\u{4E09}\u{56DB}\u{4E94}\u{516D}\u{4E03}\u{516B}\u{4E5D}\u{5341}"
    let isBare = !text.isEmpty && text.allSatisfy { numerals.contains($0) }
    return isBare ? visit.text("registry.target.part", ["part": .text(text)]) : text
  }

  private func shown(_ value: Exact, _ measure: Target.Measure) -> String {
    measure.isPercent ? value.fixed(places: 1) + "%" : value.plain
  }

  private func gap(_ actual: Exact, _ goal: Target.Goal) -> String {
    let difference = actual - goal.least
    let digits = difference.magnitude.fixed(places: goal.measure.isPercent ? 1 : 0)
    return difference.isZero ? digits : (difference.isNegative ? "−" : "+") + digits
  }

  /// Each part of the authority asked for, itself last where it has schools of its own.
  private var districts: RegistryView.Panel {
    let summed = tree.summed(read.counts[0])
    let parts = read.authorities.filter { $0.parent == wanted }
    let direct = read.counts[0][wanted]
    func row(_ name: String, _ count: Coverage, _ link: String?, of authority: ID) -> RegistryView.Row {
      RegistryView.Row(cells: [
        .text(name, link: link), .number(String(count.schools)),
        .number(String(count.covered), link: schools("covered", of: authority)),
        .number(visit.share(count.share)),
        .number(String(count.schools - count.covered), link: schools("uncovered", of: authority)),
        .number(visit.grouped(count.pupils)), .number(visit.share(count.pupilShare)), .number(String(count.uncounted)),
        .number("\(count.weakCovered)/\(count.weak)"), .number("\(count.newCovered)/\(count.new)"),
      ])
    }
    var rows = parts.map { part in
      row(
        part.name, summed[part.id] ?? Coverage(),
        Endpoint.coverage.link(query: [
          ("area", part.id.description), ("day", day.text), ("policy", visit.query("policy")),
        ]),
        of: part.id)
    }
    if let direct, !parts.isEmpty { rows.append(row(visit.text("registry.direct"), direct, nil, of: wanted)) }
    rows.append(row(visit.text("registry.sum"), now, nil, of: wanted))
    return RegistryView.Panel(
      panelTitle: visit.text("registry.coverage.districts"),
      heads: [
        ("registry.column.authority", ""), ("registry.coverage.count", "n"), ("registry.state.covered", "n"),
        ("registry.coverage.schools", "n"), ("registry.state.uncovered", "n"), ("registry.column.pupils", "n"),
        ("registry.coverage.pupils", "n"), ("registry.coverage.uncounted", "n"), ("registry.coverage.weak", "n"),
        ("registry.coverage.new", "n"),
      ].map { RegistryView.Head(headTitle: visit.text($0.0), headLook: $0.1) }, rows: rows)
  }

  /// Who was given what, and whether it makes up the whole.
  private var allotments: RegistryView.Panel? {
    guard let plan, !read.allotments.isEmpty else { return nil }
    let names = Dictionary(read.authorities.map { ($0.id, $0.name) }) { first, _ in first }
    let sums = AllotmentSum.check(plan.targets, read.allotments).filter { $0.state != .none }
    let rows = sums.map { sum -> RegistryView.Row in
      let parts = read.allotments.filter { $0.target == sum.target && $0.measure == sum.measure }
      let (word, kind): (String, String) =
        switch sum.state {
        case .exact: (visit.text("registry.allotted.exact"), "ok")
        case .less(let rest): (visit.text("registry.allotted.less", ["rest": .number(rest)]), "bad")
        case .more(let rest): (visit.text("registry.allotted.more", ["rest": .number(rest)]), "warn")
        case .below(let ids):
          (visit.text("registry.allotted.below", ["names": .names(ids.map { names[$0] ?? "" })]), "bad")
        case .none: ("", "")
        }
      return RegistryView.Row(cells: [
        .text(plan.title(of: sum.target)), .text(visit.text("registry.choice.measure.\(sum.measure.rawValue)")),
        .number(shown(sum.whole, sum.measure)),
        .text(
          parts.map { "\(names[$0.authority] ?? "") \(shown($0.value, $0.measure))" }
            .joined(separator: visit.text("list.separator"))),
        .number(sum.measure.addsUp ? shown(sum.sum, sum.measure) : "—"), .chip(word, kind),
      ])
    }
    return RegistryView.Panel(
      panelTitle: visit.text("registry.sheet.allotments"),
      heads: [
        ("registry.column.target", ""), ("registry.column.measure", ""), ("registry.target.plan", "n"),
        ("registry.allotted", ""), ("registry.sum", "n"), ("registry.target.state", ""),
      ].map { RegistryView.Head(headTitle: visit.text($0.0), headLook: $0.1) }, rows: rows)
  }
}
