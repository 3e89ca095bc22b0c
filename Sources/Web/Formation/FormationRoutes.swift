import Formations
import HTTPTypes
import Hummingbird
import Notation
import People
import Policies
import Storage

/// Formation cases: the list, the case with its acts, the public page of a publicity.
enum FormationRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.formationList) { try await FormationListPage.answer($0) }
    table.on(.beginFormation) { try await begin($0) }
    table.on(.setFormationPolicy) { try await setPolicy($0) }
    table.on(.formation) { try await show($0, fault: nil) }
    table.on(.formationSheet) { try await FormationSheet.answer($0) }
    table.on(.writeFormation) { try await write($0) }
    table.on(.consentFormation) { visit in
      let consent = try visit.consent
      return try await act(visit) { _, _ in .consent(consent) }
    }
    table.on(.takeBackConsent) { visit in
      guard let school = visit.form.id("school"), let kind = visit.form.text("kind") else { throw Refusal.notFound }
      return try await act(visit) { _, _ in .takeBackConsent(school: school, kind: kind) }
    }
    table.on(.submitFormation) { try await act($0) { _, _ in .submit } }
    table.on(.acceptFormation) { try await act($0) { _, _ in .accept } }
    table.on(.returnFormation) { visit in
      let reason = visit.form.text("reason", most: 2_000) ?? ""
      return try await act(visit) { _, _ in .giveBack(reason: reason) }
    }
    table.on(.withdrawFormation) { visit in
      let reason = visit.form.text("reason", most: 2_000) ?? ""
      return try await act(visit) { _, _ in .withdraw(reason: reason) }
    }
    table.on(.publishFormation) { visit in
      let day = visit.written("from")
      return try await act(visit) { _, _ in .publish(from: try day.get()) }
    }
    table.on(.answerComment) { visit in
      guard let comment = visit.form.id("comment") else { throw Refusal.notFound }
      let text = visit.form.text("text", most: 2_000) ?? ""
      return try await act(visit, comments: .one(comment)) { _, _ in .answer(comment: comment, text: text) }
    }
    table.on(.withholdComment) { visit in
      guard let comment = visit.form.id("comment") else { throw Refusal.notFound }
      let reason = visit.form.text("reason", most: 500) ?? ""
      return try await act(visit, comments: .one(comment)) { _, _ in .withhold(comment: comment, reason: reason) }
    }
    table.on(.decideFormation) { visit in
      let ruling = visit.written("day").map { visit.ruling(on: $0) }
      return try await act(visit) { _, _ in .decide(try ruling.get()) }
    }
    table.on(.fileFormation) { visit in
      let (number, day) = visit.numbered
      return try await act(visit) { _, _ in .file(number: number, day: try day.get()) }
    }
    table.on(.passCharter) { visit in
      guard let school = visit.form.id("school") else { throw Refusal.notFound }
      let day = visit.written("day")
      return try await act(visit) { _, _ in .passCharter(school: school, day: try day.get()) }
    }
    table.on(.fileCharter) { visit in
      let (number, day) = visit.numbered
      return try await act(visit) { _, _ in .fileCharter(number: number, day: try day.get()) }
    }
    PaperRoutes.add(to: &table)
    NoticeRoutes.add(to: &table)
  }

  private static func begin(_ visit: Visit) async throws -> Response {
    let (post, now, actor, editions) = (try visit.post, visit.now, visit.actor, visit.site.editions)
    guard let kind = visit.form.text("kind").flatMap(FormationCase.Kind.init), let party = visit.party else {
      throw Refusal.invalid("formation.fault.kind")
    }
    let (group, id) = (visit.form.id("group"), visit.site.newID(now))
    let authority = try await visit.faulting {
      try await visit.site.database.write { transaction in
        guard let policy = try FormationPolicyStore.inForce(for: post.authority, editions, transaction) else {
          throw CycleFault.invalid("formation.fault.noPolicy")
        }
        try FormationStore.create(
          id, kind, group: group, by: party, under: policy, at: now, actor: actor, transaction)
        return policy.authority
      }
    }
    return visit.redirect(Endpoint.formation.link(authority, id))
  }

  private static func setPolicy(_ visit: Visit) async throws -> Response {
    guard let source = PolicySource(policy: visit.form.text("policy"), edition: nil) else {
      throw Refusal.invalid("formation.fault.noPolicy")
    }
    let opening = try await OpeningPolicy.read(source, visit) { $0.formationObstacles }
    let (post, now, actor, editions) = (try visit.post, visit.now, visit.actor, visit.site.editions)
    try await visit.faulting {
      try await visit.site.database.write {
        try FormationPolicyStore.set(
          opening.files, title: opening.policy.title, for: post.appointment, at: now, by: actor, editions, $0)
      }
    }
    return visit.redirect(Endpoint.formationList.link())
  }

  private static func write(_ visit: Visit) async throws -> Response {
    let form = CaseForm(visit.form)
    let (authority, now) = (try visit.id("authority"), visit.now)
    return try await act(visit, typed: form) { stored, transaction in
      var content = form.content(stored.value.content, stored.setting.terms)
      if let added = form.added, content.school(added) == nil,
        let school = try FormationStore.school(added, within: authority, on: now.day, transaction)
      {
        content.schools.append(school)
      }
      guard form.problems.isEmpty else { throw CaseFault(.invalid, form.problems) }
      return .write(content, seen: form.seen)
    }
  }

  /// Carries out an act and leads back to the case; what stands against it is shown there, with what was typed.
  ///
  /// - Parameter comments: those that the act is about.
  static func act(
    _ visit: Visit, comments: CommentCut = .page(1), typed: CaseForm? = nil,
    _ make: @escaping @Sendable (StoredFormation, any Transaction) throws -> CaseAct
  ) async throws -> Response {
    let (authority, id, post, now, actor) = (
      try visit.id("authority"), try visit.id("case"), try visit.post, visit.now, visit.actor
    )
    let (editions, ids, party) = (visit.site.editions, visit.site.ids, visit.party)
    do {
      try await visit.site.database.write { transaction in
        guard
          let stored = try FormationStore.find(
            authority: authority, id, for: post.appointment, comments: comments, at: now, editions, transaction)
        else { throw Refusal.notFound }
        guard let party else { throw Refusal.forbidden }
        try FormationStore.act(
          try make(stored, transaction), on: stored, by: party, at: now, actor: actor, ids: ids, transaction)
      }
    } catch let fault as CaseFault {
      return try await show(visit, fault: fault, typed: typed)
    } catch let fault as CycleFault {
      return try await show(visit, fault: CaseFault(.conflict, fault.messages), typed: typed)
    }
    return visit.redirect(Endpoint.formation.link(authority, id) + (typed?.added == nil ? "" : "#schools"))
  }

  static func show(_ visit: Visit, fault: CaseFault?, typed: CaseForm? = nil) async throws -> Response {
    if fault?.kind == .forbidden { throw Refusal.forbidden }
    let (authority, id, post, now) = (try visit.id("authority"), try visit.id("case"), try visit.post, visit.now)
    let (editions, search) = (visit.site.editions, visit.query("school").map { String($0.prefix(50)) })
    let page = visit.number("comments", in: .places) ?? 1
    let found = try await visit.site.database.read { transaction in
      guard
        let stored = try FormationStore.find(
          authority: authority, id, for: post.appointment, comments: .page(page), at: now, editions, transaction)
      else { throw Refusal.notFound }
      let candidates = try search.map { try FormationStore.candidates($0, within: authority, transaction) }
      // Who looks for a school isn't told the past meanwhile.
      let course = try search == nil ? FormationStore.course(of: stored.value, transaction) : []
      return (
        stored: stored, course: course,
        candidates: candidates?.map { SchoolChoice(id: $0.id, name: $0.name, about: $0.authority) }
      )
    }
    let maker = FormationMaker(
      visit: visit, stored: found.stored, typed: typed, fault: fault, search: search, candidates: found.candidates,
      course: found.course, commentPage: page)
    let shown = maker.page
    let status: HTTPResponse.Status =
      fault.map { $0.kind == .conflict ? .conflict : .unprocessableContent } ?? .ok
    return visit.page("formation/case", shown, visit.frame(shown.title, current: "formation"), status: status)
  }
}

extension Visit {
  /// Who the viewer's post speaks for.
  var party: FormationCase.Party? {
    guard let post = viewer?.post else { return nil }
    if let school = post.school { return .school(school) }
    return post.role == .office ? .authority(post.authority) : nil
  }

  /// Turns what stands against a change into a refusal.
  func faulting<T: Sendable>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let fault as CycleFault {
      if fault.kind == .forbidden { throw Refusal.forbidden }
      throw Refusal(fault.status, fault.messages)
    } catch let fault as CaseFault {
      if fault.kind == .forbidden { throw Refusal.forbidden }
      throw Refusal(fault.kind == .conflict ? .conflict : .unprocessableContent, fault.messages)
    }
  }

  /// A resolution as the form brings it: `school/kind` in one field.
  var consent: CaseConsent {
    get throws {
      let parts = (form.text("of") ?? "").split(separator: "/", maxSplits: 1).map(String.init)
      guard parts.count == 2, let school = ID(parts[0]) else { throw Refusal.invalid("formation.fault.consentOf") }
      var problems: [Message] = []
      guard let day = form.day("day") else { throw Refusal.invalid("formation.fault.day") }
      func count(_ name: String) -> Int? {
        guard let text = form.text(name) else { return nil }
        guard let number = text.number(in: 0...100_000) else {
          problems.append(Message("formation.fault.count", ["text": .text(text)]))
          return nil
        }
        return number
      }
      let (present, inFavour) = (count("present"), count("inFavour"))
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      return CaseConsent(
        school: school, kind: parts[1], day: day, agrees: form.text("agrees") != "no", present: present,
        inFavour: inFavour, paper: form.text("paper", most: 200), signed: Signed(at: now, by: viewer?.account))
    }
  }

  /// A day that stands on a paper: never one that nobody wrote.
  func written(_ name: String) -> Result<Day, Refusal> {
    form.day(name).map { .success($0) } ?? .failure(.invalid("formation.fault.day"))
  }

  func ruling(on day: Day) -> CaseAct.Ruling {
    CaseAct.Ruling(
      isApproval: form.text("decision") == "approved", number: form.text("number", most: 100) ?? "", day: day,
      reason: form.text("reason", most: 2_000) ?? "",
      passed: form.fields.reduce(into: [:]) { passed, field in
        guard field.name.hasPrefix("passed/"), !field.value.isBlank else { return }
        passed[String(field.name.dropFirst(7))] = String(field.value.prefix(500))
      })
  }

  var numbered: (number: String, day: Result<Day, Refusal>) {
    (form.text("number", most: 100) ?? "", written("day"))
  }
}
