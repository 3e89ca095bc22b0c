import Formations
import Notation
import Policies
import Storage

/// A case's way and states in the reader's words.
struct FormationWords {
  let visit: Visit
  let stored: StoredFormation

  init(_ visit: Visit, _ stored: StoredFormation) {
    self.visit = visit
    self.stored = stored
  }

  static func colour(_ phase: FormationCase.Phase) -> String {
    switch phase {
    case .writing, .withdrawn: ""
    case .returned: "warn"
    case .submitted, .accepted, .approved: "info"
    case .filed: "ok"
    case .refused: "bad"
    }
  }

  /// Who approves and files, with the clause: as handed in, else as it would be now.
  var way: (text: String, source: String?) {
    let value = stored.value
    if let routing = value.submission?.routing {
      return (sentence(routing.approver, routing.filer, isSaid: routing.source != nil), routing.source)
    }
    switch stored.setting.terms.route(value.kind, value.content.facts) {
    case .none: return (visit.text("formation.lack.route"), nil)
    case .undetermined(let names):
      let what = names.map { Message("formation.name.\($0)", ["name": .text($0)]) }
      return (visit.text("formation.lack.routeFacts", ["what": .list(what)]), nil)
    case .route(let route):
      let approver = office(route.approve)
      return (
        visit.text(
          route.file == nil ? "formation.way" : "formation.way.filed",
          ["approver": .text(approver), "filer": .text(route.file.map(office) ?? "")])
          + (route.source == nil ? visit.text("formation.way.unsaid") : ""), route.source
      )
    }
  }

  private func sentence(_ approver: Routing.Office, _ filer: Routing.Office?, isSaid: Bool) -> String {
    visit.text(
      filer == nil ? "formation.way" : "formation.way.filed",
      ["approver": .text(name(approver)), "filer": .text(filer.map(name) ?? "")])
      + (isSaid ? "" : visit.text("formation.way.unsaid"))
  }

  private func name(_ office: Routing.Office) -> String { named(office.organ, office.authority) }
  private func office(_ organ: FormationOrgan) -> String { named(organ, stored.setting.offices.authority(of: organ)) }

  private func named(_ organ: FormationOrgan, _ authority: ID?) -> String {
    let title = visit.text("formation.organ.\(organ.rawValue)")
    guard let name = stored.names.authority(authority) else { return title }
    return organ == .jointConference
      ? visit.text("formation.office", ["organ": .text(title), "name": .text(name)]) : name
  }
}

/// The strip of steps.
struct FormationSteps {
  let maker: FormationMaker

  init(_ maker: FormationMaker) { self.maker = maker }

  private var value: FormationCase { maker.value }
  private var visit: Visit { maker.visit }

  var all: [FormationPage.Step] {
    var steps = [
      step(
        "submitted", value.submission.map { [maker.days.day($0.signed.at.day), maker.stored.applicantName] },
        isNow: value.isWritten),
      step(
        "accepted", value.acceptance.map { [maker.days.day($0.at.day), maker.approverName] },
        isNow: value.phase == .submitted),
    ]
    if let consents { steps.append(consents) }
    if value.kind == .new, maker.terms.publicityDays != nil { steps.append(publicity) }
    steps.append(
      step(
        "decided",
        value.decision.map { [maker.days.day($0.day), $0.number ?? visit.text("formation.phase.refused")] },
        isNow: value.phase == .accepted))
    if value.submission?.routing.filer != nil {
      steps.append(
        step("filed", value.filing.map { [maker.days.day($0.day), $0.number] }, isNow: value.phase == .approved))
    }
    return steps
  }

  private func step(_ key: String, _ done: [String]?, isNow: Bool) -> FormationPage.Step {
    FormationPage.Step(
      title: visit.text("formation.step.\(key)"), lines: done ?? [], kind: done != nil ? "done" : isNow ? "now" : "",
      chip: nil)
  }

  private var consents: FormationPage.Step? {
    let wanted = value.content.schools.flatMap { school in
      maker.terms.consents(of: school, value.kind).map { (school.school, $0.kind) }
    }
    guard !wanted.isEmpty else { return nil }
    let given = wanted.count { school, kind in
      value.consents.contains { $0.school == school && $0.kind == kind && $0.agrees }
    }
    let open = wanted.count - given
    return FormationPage.Step(
      title: visit.text("formation.step.consents"),
      lines: [visit.text("formation.step.consents.count", ["given": .count(given), "all": .count(wanted.count)])],
      kind: open == 0 ? "done" : value.phase.isOver ? "" : "now",
      chip: open == 0
        ? nil : FormationPage.Chip(kind: "warn", title: visit.text("formation.step.lacks", ["count": .count(open)])))
  }

  private var publicity: FormationPage.Step {
    guard let shown = maker.publicity, let publicity = value.publicity else {
      return step("publicity", nil, isNow: value.phase == .accepted)
    }
    return FormationPage.Step(
      title: visit.text("formation.step.publicity"), lines: [shown.about],
      kind: publicity.isOver(at: visit.now) ? "done" : "now", chip: shown.chip)
  }
}

/// The limits, each with its figure, what it is held against, and the clause.
struct FormationLimits {
  let maker: FormationMaker

  init(_ maker: FormationMaker) { self.maker = maker }

  private var visit: Visit { maker.visit }

  var all: [FormationPage.Limit] { maker.checks.map(limit) }

  private func limit(_ check: LimitCheck) -> FormationPage.Limit {
    let bound = bound(check)
    var about = [
      bound, check.names.isEmpty ? nil : check.names.joined(separator: visit.text("list.separator")), check.note,
    ].compactMap(\.self)
    let chip: FormationPage.Chip
    switch check.verdict {
    case .met: chip = FormationPage.Chip(kind: "ok", title: visit.text("formation.verdict.met"))
    case .unmet:
      chip = FormationPage.Chip(
        kind: check.binds ? "bad" : "warn",
        title: visit.text(check.binds ? "formation.verdict.unmet" : "formation.verdict.note"))
    case .missing(let what):
      chip = FormationPage.Chip(kind: "bad", title: visit.text("formation.verdict.missing"))
      about.insert(visit.text("formation.missing", ["what": .list(what)]), at: 0)
    }
    return FormationPage.Limit(
      id: check.id, title: visit.words.text(check.title), figure: figure(check.figure), chip: chip, bar: bar(check),
      about: about, source: check.source)
  }

  private func figure(_ figure: LimitCheck.Figure?) -> String? {
    switch figure {
    case .count(let count): visit.text("formation.figure.schools", ["count": .count(count)])
    case .number(let number, _): number.plain
    case .shares([]): nil
    case .shares(let shares) where shares.count == 1:
      shares.first.map { "\($0.part.plain) ÷ \($0.whole.plain) = \(percent($0))" }
    case .shares(let shares): shares.map(percent).joined(separator: " → ")
    case nil: nil
    }
  }

  private func percent(_ share: LimitCheck.Figure.Share) -> String {
    share.percent.map { $0.fixed(places: 2) + "%" } ?? "—"
  }

  private func bound(_ check: LimitCheck) -> String? {
    let unit = if case .shares? = check.figure { "%" } else { "" }
    switch (check.atLeast, check.atMost) {
    case (let least?, let most?): return "\(least.plain)—\(most.plain)\(unit)"
    case (let least?, nil): return visit.text("formation.bound.atLeast", ["bound": .text(least.plain + unit)])
    case (nil, let most?): return visit.text("formation.bound.atMost", ["bound": .text(most.plain + unit)])
    case (nil, nil): return nil
    }
  }

  /// A share against its bound.
  private func bar(_ check: LimitCheck) -> FormationPage.Bar? {
    guard case .shares(let shares)? = check.figure, let value = shares.last?.percent,
      let bound = check.atMost ?? check.atLeast
    else { return nil }
    func place(_ number: Exact) -> String { number.clamped(to: 0...100).fixed(places: 2) }
    return FormationPage.Bar(
      width: place(value), mark: place(bound),
      label: [value.fixed(places: 2) + "%", self.bound(check) ?? ""].joined(separator: " "))
  }
}
