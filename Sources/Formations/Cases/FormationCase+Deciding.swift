public import Notation

extension FormationTerms {
  /// The consents a school needs for a case. Whether a school is private must be known where it matters.
  public func consents(of school: CaseSchool, _ kind: FormationCase.Kind) -> [Consent] {
    guard kind != .plan else { return [] }
    return consents.filter { consent in
      switch consent.of {
      case .everySchool: true
      case .privateSchool: school.isPrivate == true
      case .leadSchool: school.part == .lead
      case .memberSchool: school.part != .lead
      }
    }
  }

  /// Whether somebody has to say whether a school is private.
  public var asksForPrivate: Bool { consents.contains { $0.of == .privateSchool } }
}

extension CaseOffices {
  /// Nil where an office of the route isn't known.
  func routing(_ route: FormationRoute) -> Routing? {
    guard let approver = authority(of: route.approve) else { return nil }
    var filer: Routing.Office?
    if let organ = route.file {
      guard let authority = authority(of: organ) else { return nil }
      // Who approves needn't file with itself.
      filer = authority == approver ? nil : Routing.Office(organ: organ, authority: authority)
    }
    return Routing(
      approver: Routing.Office(organ: route.approve, authority: approver), filer: filer, source: route.source)
  }
}

extension FormationCase {
  /// What keeps it from being handed in, all at once.
  public func submissionProblems(_ setting: CaseSetting, year: Int) -> [Message] {
    let terms = setting.terms
    var problems: [Message] = []
    if content.name?.trimmed.isEmpty ?? true { problems.append(Message("formation.lack.name")) }
    switch kind {
    case .plan:
      if content.reason?.trimmed.isEmpty ?? true { problems.append(Message("formation.lack.plan")) }
    case .dissolution, .change, .new:
      if kind != .new, content.reason?.trimmed.isEmpty ?? true { problems.append(Message("formation.lack.reason")) }
      problems += schoolProblems(terms)
    }
    if kind == .new {
      for part in terms.contents where part.isWritten && content.texts[part.id]?.trimmed.isEmpty ?? true {
        problems.append(Message("formation.lack.content", ["title": .text(part.title)]))
      }
    }
    for check in terms.limits(of: kind, content, year: year, standing: setting.standing) where check.binds {
      if case .missing(let what) = check.verdict {
        problems.append(
          Message("formation.lack.figure", ["limit": .message(check.title), "what": .list(what)]))
      }
    }
    return problems + staleness(setting) + routeProblems(setting)
  }

  private func schoolProblems(_ terms: FormationTerms) -> [Message] {
    var problems: [Message] = []
    let leads = content.schools.count { $0.part == .lead }
    if leads != 1 { problems.append(Message("formation.lack.lead", ["count": .count(leads)])) }
    if kind != .dissolution {
      if content.members.isEmpty { problems.append(Message("formation.lack.members")) }
      if terms.form(content.form) == nil { problems.append(Message("formation.lack.form")) }
    }
    let unsaid = terms.asksForPrivate ? content.schools.filter { $0.isPrivate == nil } : []
    if !unsaid.isEmpty {
      problems.append(Message("formation.lack.private", ["schools": .names(unsaid.map(\.name))]))
    }
    return problems
  }

  private func routeProblems(_ setting: CaseSetting) -> [Message] {
    switch setting.terms.route(kind, content.facts) {
    case .none: return [Message("formation.lack.route")]
    case .undetermined(let names):
      return [Message("formation.lack.routeFacts", ["what": .list(FormationTerms.names(names))])]
    case .route(let route):
      return [route.approve, route.file].compactMap(\.self).filter { setting.offices.authority(of: $0) == nil }.map {
        Message("formation.lack.office", ["organ": .message(Message("formation.organ.\($0.rawValue)"))])
      }
    }
  }

  /// What keeps it from being approved now, all at once; limits that aren't kept are let pass with a reason.
  public func approvalProblems(
    _ setting: CaseSetting, passed: [String: String] = [:], at now: Instant, day: Day? = nil
  ) -> [Message] {
    let terms = setting.terms
    var problems = staleness(setting, on: day)
    for school in content.schools {
      for wanted in terms.consents(of: school, kind) {
        let parts: [String: Message.Part] = ["school": .text(school.name), "body": .message(wanted.body)]
        switch consents.first(where: { $0.school == school.school && $0.kind == wanted.kind })?.agrees {
        case true?: break
        case false?: problems.append(Message("formation.open.disagrees", parts))
        case nil: problems.append(Message("formation.open.consent", parts))
        }
      }
    }
    if kind == .new, terms.publicityDays != nil {
      if let publicity {
        if !publicity.isOver(at: now) {
          problems.append(Message("formation.open.running", ["day": .text(publicity.through.text)]))
        }
      } else {
        problems.append(Message("formation.open.publicity"))
      }
    }
    let open = commentTally.open
    if open > 0 { problems.append(Message("formation.open.comments", ["count": .count(open)])) }
    let year = (day ?? now.day).year
    for check in terms.limits(of: kind, content, year: year, standing: setting.standing) where check.binds {
      switch check.verdict {
      case .met: break
      case .missing(let what):
        problems.append(Message("formation.lack.figure", ["limit": .message(check.title), "what": .list(what)]))
      case .unmet:
        if passed[check.id]?.trimmed.isEmpty ?? true {
          problems.append(Message("formation.open.limit", ["limit": .message(check.title)]))
        }
      }
    }
    return problems
  }

  mutating func decide(_ ruling: CaseAct.Ruling, _ signed: Signed, in setting: CaseSetting) throws(CaseFault) {
    guard phase == .accepted, let submission else { throw fault(at: "formation.fault.decide") }
    if ruling.isApproval { try requireFresh(setting, on: ruling.day) }
    // A day the publicity runs through is no day to decide on.
    let earliest = max(
      submission.signed.at.day, publicity.map { $0.through.adding(days: 1) } ?? submission.signed.at.day)
    var problems = FormationCase.problems(
      of: ruling.day, after: ruling.isApproval ? earliest : submission.signed.at.day, at: signed.at)
    if ruling.isApproval {
      if ruling.number.trimmed.isEmpty { problems.append(Message("formation.fault.number")) }
      problems += approvalProblems(setting, passed: ruling.passed, at: signed.at, day: ruling.day)
    } else if ruling.reason.trimmed.isEmpty {
      problems.append(Message("formation.fault.reason"))
    }
    guard problems.isEmpty else { throw CaseFault(.invalid, problems) }
    let checks = setting.terms.limits(of: kind, content, year: ruling.day.year, standing: setting.standing)
    let unmet = Set(checks.filter { $0.verdict == .unmet && $0.binds }.map(\.id))
    decision = CaseDecision(
      isApproval: ruling.isApproval, number: ruling.number.trimmed.isEmpty ? nil : ruling.number.trimmed,
      day: ruling.day, reason: ruling.reason.trimmed.isEmpty ? nil : ruling.reason.trimmed,
      passed: ruling.isApproval ? ruling.passed.filter { unmet.contains($0.key) } : [:], signed: signed)
  }
}

extension FormationTerms.Consent {
  /// The body that resolves: the policy's word, else the catalogue's.
  public var body: Message {
    title.map { Message("literal", ["text": .text($0)]) } ?? Message("formation.body.\(kind)", ["name": .text(kind)])
  }
}
