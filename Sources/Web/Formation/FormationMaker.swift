import Formations
import Notation
import People
import Policies
import Storage

/// Makes the page of a case for who looks at it.
struct FormationMaker {
  let visit: Visit
  let stored: StoredFormation
  let typed: CaseForm?
  let fault: CaseFault?
  let search: String?
  let candidates: [SchoolChoice]?
  let course: [CaseMove]
  let commentPage: Int
  /// What the page speaks of: what was typed just now, else what is stored.
  let content: CaseContent

  init(
    visit: Visit, stored: StoredFormation, typed: CaseForm?, fault: CaseFault?, search: String?,
    candidates: [SchoolChoice]?, course: [CaseMove], commentPage: Int
  ) {
    self.visit = visit
    self.stored = stored
    self.typed = typed
    self.fault = fault
    self.search = search
    self.candidates = candidates
    self.course = course
    self.commentPage = commentPage
    content = typed?.content(stored.value.content, stored.setting.terms) ?? stored.value.content
  }

  var value: FormationCase { stored.value }
  var terms: FormationTerms { stored.setting.terms }
  var days: CycleDays { CycleDays(visit) }
  var checks: [LimitCheck] {
    let year = (value.decision?.day ?? visit.now.day).year
    return terms.limits(of: value.kind, content, year: year, standing: stored.setting.standing)
  }

  /// Whether the viewer's post may do an act now, as far as it is theirs.
  func may(_ act: CaseAct, _ power: Power) -> Bool {
    guard visit.viewer?.post?.role.may(power) ?? false, let party = visit.party else { return false }
    return value.mayDo(act, party, terms)
  }

  /// Whether the group has become another than the case speaks of.
  var isStale: Bool { !value.staleness(stored.setting).isEmpty }

  var writes: Bool { value.isWritten && may(.submit, .writeFormation) }
  var decides: Bool { may(.accept, .decideFormation) }

  func link(_ endpoint: Endpoint) -> String { endpoint.link(value.authority, value.id) }

  func action(_ endpoint: Endpoint, if may: Bool, _ options: [Option] = []) -> FormationPage.Action? {
    may ? FormationPage.Action(link: link(endpoint), today: visit.now.day.text, options: options) : nil
  }

  var page: FormationPage {
    let phase = value.phase
    let route = FormationWords(visit, stored).way
    let consentOptions = openConsents
    return FormationPage(
      listLink: Endpoint.formationList.link(), formLink: link(.formationSheet),
      title: content.name ?? visit.text("formation.untitled"), chips: chips,
      facts: facts, problems: (fault?.messages ?? []).map { visit.words.text($0) },
      returned: value.giveBack.map {
        // Whoever looks at it again sees what was asked for.
        visit.text(
          phase == .returned ? "formation.returned" : "formation.returnedBefore",
          ["reason": .text($0.reason), "at": .text(days.moment($0.signed.at))])
      }, steps: FormationSteps(self).all, way: route.text, waySource: route.source,
      bodies: bodies.map { visit.words.text($0.body) }, schools: schools, hasSchools: !content.schools.isEmpty,
      schoolsTitle: visit.text(bodies.isEmpty ? "formation.schools" : "formation.consents"),
      hasCharter: showsCharter, counts: schoolCounts, parts: writes ? [] : parts, papers: papers,
      hasPapers: !value.papers.isEmpty || attach != nil, attach: attach, write: writes ? writing : nil,
      search: writes && value.kind != .plan && (value.kind != .dissolution || isStale) ? searching : nil,
      consent: action(.consentFormation, if: !consentOptions.isEmpty, consentOptions),
      submit: action(.submitFormation, if: writes),
      lacks: writes
        ? value.submissionProblems(stored.setting, year: visit.now.day.year).map { visit.words.text($0) } : [],
      withdraw: action(
        .withdrawFormation,
        if: value.decision == nil && value.withdrawal == nil && may(.withdraw(reason: ""), .writeFormation)),
      accept: action(.acceptFormation, if: phase == .submitted && decides),
      giveBack: action(.returnFormation, if: (phase == .submitted || phase == .accepted) && decides),
      publish: action(
        .publishFormation, if: phase == .accepted && decides && value.publicity == nil && terms.publicityDays != nil),
      own: own, others: others, course: moves, publicity: publicity, comments: comments, pager: pager,
      answerLink: link(.answerComment),
      withholdLink: link(.withholdComment), takeBackLink: link(.takeBackConsent), decide: deciding,
      waits: phase == .accepted && !decides ? visit.text("formation.waits", ["who": .text(approverName)]) : nil,
      decision: decision,
      file: action(
        .fileFormation, if: phase == .approved && may(.file(number: "", day: visit.now.day), .decideFormation)),
      charter: charterAction,
      fileCharter: action(
        .fileCharter,
        if: showsCharter && value.charterFiling == nil
          && may(.fileCharter(number: "", day: visit.now.day), .decideFormation)),
      limits: FormationLimits(self).all,
      limitCounts: limitCounts, hasLimits: !checks.isEmpty)
  }

  private var limitCounts: [FormationPage.Chip] {
    let checks = checks
    let met = checks.count { $0.verdict == .met }
    let missing = checks.count { if case .missing = $0.verdict { true } else { false } }
    let counts = [("ok", "met", met), ("bad", "missing", missing), ("warn", "unmet", checks.count - met - missing)]
    return counts.filter { $0.2 > 0 }.map { kind, key, count in
      FormationPage.Chip(kind: kind, title: visit.text("formation.verdict.count.\(key)", ["count": .count(count)]))
    }
  }

  private var chips: [FormationPage.Chip] {
    var chips = [
      FormationPage.Chip(
        kind: FormationWords.colour(value.phase), title: visit.text("formation.phase.\(value.phase.rawValue)"))
    ]
    if value.kind != .new {
      chips.append(FormationPage.Chip(kind: "line", title: visit.text("formation.kind.\(value.kind.rawValue)")))
    }
    if let form = terms.form(content.form) { chips.append(FormationPage.Chip(kind: "info", title: form.name)) }
    if content.facts.crossesDistricts == true {
      chips.append(FormationPage.Chip(kind: "line", title: visit.text("formation.crosses")))
    }
    return chips
  }

  private var facts: [String] {
    [
      visit.text("formation.applicant", ["who": .text(stored.applicantName)]),
      value.submission.map {
        visit.text("formation.submittedAt", ["day": .text(days.day($0.signed.at.day))])
      }, stored.policy.title,
    ].compactMap(\.self)
  }

  var approverName: String { stored.names.authority(value.approver) ?? "—" }

  /// The bodies that some school of the case needs a resolution of.
  private var bodies: [FormationTerms.Consent] {
    var seen: Set<String> = []
    return value.kind == .plan ? [] : terms.consents.filter { seen.insert($0.kind).inserted }
  }

  private var schoolCounts: [FormationPage.Chip] {
    [(CaseSchool.Part.lead, content.schools.count { $0.part == .lead }), (.member, content.members.count)].map {
      FormationPage.Chip(kind: "", title: visit.text("formation.count.\($0.0.rawValue)", ["count": .count($0.1)]))
    }
  }

  private var schools: [FormationPage.School] {
    content.schools.map { school in
      let wanted = terms.consents(of: school, value.kind)
      let flags = [("private", school.isPrivate), ("new", school.isNew), ("weak", school.isWeak)].filter {
        $0.1 == true
      }
      return FormationPage.School(
        id: school.school.description, name: school.name,
        part: FormationPage.Chip(
          kind: school.part == .lead ? "info" : school.part == .leaving ? "warn" : "",
          title: visit.text("formation.part.\(school.part.rawValue)")),
        flags: flags.map { FormationPage.Chip(kind: "line", title: visit.text("formation.flag.\($0.0)")) },
        authority: school.authorityName, pupils: school.pupils.map(visit.grouped) ?? "—",
        consents: bodies.map { body in
          wanted.contains { $0.kind == body.kind } ? consent(of: school, body) : unneeded(school, body)
        }, groups: school.groups.isEmpty ? "—" : school.groups.joined(separator: visit.text("list.separator")),
        charter: showsCharter ? charter(of: school) : nil,
        edit: writes ? edit(school) : nil)
    }
  }

  private func charter(of school: CaseSchool) -> String {
    if school.part == .leaving { return "—" }
    return value.charterPassed[school.school].map { days.day($0) } ?? visit.text("formation.charter.open")
  }

  private func unneeded(_ school: CaseSchool, _ body: FormationTerms.Consent) -> FormationPage.Consent {
    // Whether a board is needed isn't known before somebody says whose the school is.
    let isOpen = body.of == .privateSchool && school.isPrivate == nil
    return FormationPage.Consent(
      body: visit.words.text(body.body),
      chip: isOpen ? FormationPage.Chip(kind: "bad", title: visit.text("formation.consent.unknown")) : nil,
      about: isOpen ? nil : visit.text("formation.consent.unneeded"), takeBack: nil)
  }

  private func consent(of school: CaseSchool, _ body: FormationTerms.Consent) -> FormationPage.Consent {
    guard let given = value.consents.first(where: { $0.school == school.school && $0.kind == body.kind }) else {
      let before = value.pastConsents.first { $0.school == school.school && $0.kind == body.kind }
      return FormationPage.Consent(
        body: visit.words.text(body.body),
        chip: FormationPage.Chip(
          kind: "bad", title: visit.text(before == nil ? "formation.consent.open" : "formation.consent.outdated")),
        about: before.map {
          let answer = visit.text($0.agrees ? "formation.consent.yes" : "formation.consent.no")
          return visit.text("formation.consent.before", ["answer": .text(answer + " " + days.day($0.day))])
        }, takeBack: nil)
    }
    let vote = given.present.map { present in
      visit.text(
        "formation.consent.vote",
        ["inFavour": .text(given.inFavour.map(String.init) ?? "—"), "present": .count(present)])
    }
    let isOpen = value.decision == nil && value.withdrawal == nil
    let back = CaseAct.takeBackConsent(school: school.school, kind: body.kind)
    return FormationPage.Consent(
      body: visit.words.text(body.body),
      chip: FormationPage.Chip(
        kind: given.agrees ? "ok" : "bad",
        title: visit.text(given.agrees ? "formation.consent.yes" : "formation.consent.no")),
      about: [
        days.day(given.day), vote, given.paper,
        value.spoken.contains(given.key) || value.applicant == .school(given.school)
          ? nil : visit.text("formation.consent.entered", ["who": .text(stored.applicantName)]),
      ].compactMap(\.self).joined(separator: " "),
      takeBack: isOpen && may(back, .writeFormation) && speaks(for: given.key)
        ? FormationPage.TakeBack(school: school.school.description, kind: body.kind) : nil)
  }

  private func speaks(for key: CaseConsent.Key) -> Bool {
    visit.party.map { value.speaks($0, for: key) } ?? false
  }

  /// The resolutions that the viewer may enter now.
  private var openConsents: [Option] {
    guard value.decision == nil, value.withdrawal == nil else { return [] }
    let asked = visit.form.text("of")
    return value.content.schools.flatMap { school in
      terms.consents(of: school, value.kind).filter { wanted in
        let act = CaseAct.consent(
          CaseConsent(
            school: school.school, kind: wanted.kind, day: visit.now.day, agrees: true, present: nil, inFavour: nil,
            paper: nil, signed: Signed(at: visit.now, by: nil)))
        return may(act, .writeFormation)
          && speaks(for: CaseConsent.Key(school: school.school, kind: wanted.kind))
          && !value.consents.contains { $0.school == school.school && $0.kind == wanted.kind }
      }.map { wanted in
        Option(
          value: "\(school.school)/\(wanted.kind)", title: "\(school.name) \(visit.words.text(wanted.body))",
          isChosen: asked == "\(school.school)/\(wanted.kind)")
      }
    }
  }

  var showsCharter: Bool {
    (value.kind == .new || value.kind == .change) && (value.phase == .approved || value.phase == .filed)
  }

  private var charterAction: FormationPage.Action? {
    guard showsCharter, value.charterFiling == nil else { return nil }
    let open = value.content.schools.filter { school in
      school.part != .leaving && value.charterPassed[school.school] == nil
        && may(.passCharter(school: school.school, day: visit.now.day), .writeFormation)
    }
    return action(
      .passCharter, if: !open.isEmpty,
      open.map { Option(value: $0.school.description, title: $0.name, isChosen: false) })
  }
}
