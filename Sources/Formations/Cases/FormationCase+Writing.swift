import Notation

extension FormationCase {
  mutating func write(_ written: CaseContent, seen: Int, in setting: CaseSetting) throws(CaseFault) {
    guard isWritten else { throw fault(at: "formation.fault.written") }
    // Who has stored the very same before them is no other: a page that saves itself, and its button.
    guard seen == version || written == content else { throw .conflict("formation.fault.version") }
    let twice = Dictionary(grouping: written.schools, by: \.school).values.filter { $0.count > 1 }.compactMap(\.first)
    guard twice.isEmpty else {
      throw .invalid("formation.fault.twice", ["schools": .names(twice.map(\.name))])
    }
    guard written.schools.count <= FormationCase.mostSchools else {
      throw .invalid("formation.fault.many", ["most": .count(FormationCase.mostSchools)])
    }
    var (new, contradictions) = written.keeping(setting.group, of: kind, was: content).held(by: setting, was: content)
    guard contradictions.isEmpty else { throw CaseFault(.invalid, contradictions) }
    // A group lies where its lead school does, as long as nobody says otherwise.
    if new.area == nil, content.area == nil, let lead = new.lead, lead.school != content.lead?.school {
      new.area = setting.registered[lead.school]?.area.flatMap { setting.terms.areas.contains($0) ? $0 : nil }
    }
    consents.removeAll { new.school($0.school) == nil }
    pastConsents.removeAll { new.school($0.school) == nil }
    // What people looked at, and agreed to, must be what is decided on.
    if new.essence != content.essence {
      publicity = nil
      reopenConsents()
    }
    charterPassed = charterPassed.filter { new.school($0.key) != nil }
    // A school that was taken out and comes again comes by this case.
    found.schools = found.schools.filter { new.school($0.key) != nil }
    content = new
  }

  static let mostSchools = 200

  static let mostPapers = 60
  /// With those that were taken away again.
  static let mostPapersEver = 120
  /// Bytes of all papers together.
  static let mostBytes: Int64 = 500 << 20

  mutating func attach(_ new: [CasePaper]) throws(CaseFault) {
    try requireRoom(papers: new.count, bytes: new.reduce(0) { $0 + $1.size })
    papers += new
  }

  /// Throws where no more papers are taken, or not so many, before any of them is kept.
  public func requireRoom(papers count: Int, bytes: Int64) throws(CaseFault) {
    guard withdrawal == nil, decision?.isApproval != false else { throw fault(at: "formation.fault.over") }
    guard papers.count + count <= FormationCase.mostPapers else {
      throw .invalid("formation.fault.papers", ["most": .count(FormationCase.mostPapers)])
    }
    guard papers.count + removedPapers.count + count <= FormationCase.mostPapersEver else {
      throw .invalid("formation.fault.papersEver", ["most": .count(FormationCase.mostPapersEver)])
    }
    guard bytes <= FormationCase.mostBytes - removedPapers.bytes - papers.reduce(0, { $0 + $1.size }) else {
      throw .invalid("formation.fault.bytes", ["most": .count(Int(FormationCase.mostBytes >> 20))])
    }
  }

  mutating func detach(_ id: ID) throws(CaseFault) {
    guard withdrawal == nil else { throw fault(at: "formation.fault.over") }
    // What a decision rests on stays.
    if let decision, papers.contains(where: { $0.id == id && $0.signed.at <= decision.signed.at }) {
      throw .conflict("formation.fault.paperKept")
    }
    removedPapers.count += papers.count { $0.id == id }
    removedPapers.bytes += papers.first { $0.id == id }?.size ?? 0
    papers.removeAll { $0.id == id }
  }

  mutating func submit(_ signed: Signed, in setting: CaseSetting) throws(CaseFault) {
    guard isWritten else { throw fault(at: "formation.fault.submit") }
    try requireFresh(setting)
    let problems = submissionProblems(setting, year: signed.at.day.year)
    guard problems.isEmpty, case .route(let route) = setting.terms.route(kind, content.facts),
      let routing = setting.offices.routing(route)
    else { throw CaseFault(.invalid, problems) }
    submission = Submission(routing: routing, signed: signed)
  }

  mutating func publish(from day: Day, _ signed: Signed, _ terms: FormationTerms) throws(CaseFault) {
    guard phase == .accepted else { throw fault(at: "formation.fault.publish") }
    guard let days = terms.publicityDays else { throw .conflict("formation.fault.noPublicity") }
    guard publicity == nil else { throw .conflict("formation.fault.published") }
    guard day >= signed.at.day else { throw .invalid("formation.fault.past", ["day": .text(day.text)]) }
    guard day.days(since: signed.at.day) <= 60 else { throw .invalid("formation.fault.far") }
    publicity = Publicity(from: day, days: days, signed: signed)
  }

  /// Comments and what becomes of them.
  mutating func discuss(_ act: CaseAct, _ actor: CaseActor, at now: Instant) throws(CaseFault) {
    switch act {
    case .comment(let comment):
      guard decision == nil, withdrawal == nil, publicity?.isOpen(at: now) ?? false else {
        throw .conflict("formation.fault.commentClosed")
      }
      let length = comment.text.trimmed.count
      guard (2...1000).contains(length) else { throw .invalid("formation.fault.commentLength") }
      guard comment.text.says else { throw .invalid("formation.fault.commentEmpty") }
      comments.append(comment)
      commentTally.all += 1
      commentTally.open += 1
    case .answer(let id, let text):
      let place = try openComment(id)
      comments[place].answer = CaseComment.Answer(
        text: try text.saying("formation.fault.answer"), signed: actor.signed(now))
      commentTally.open -= 1
      commentTally.shown += 1
    case .withhold(let id, let reason):
      let place = try openComment(id)
      comments[place].withheld = Reasoned(
        reason: try reason.saying("formation.fault.reason"), signed: actor.signed(now))
      commentTally.open -= 1
    default: break
    }
  }

  private func openComment(_ id: ID) throws(CaseFault) -> Int {
    try requireOpen()
    guard let place = comments.firstIndex(where: { $0.id == id }) else { throw .conflict("formation.fault.comment") }
    guard !comments[place].isSettled else { throw .conflict("formation.fault.settled") }
    return place
  }

  /// The charter: passed by each school, then filed (章程由各成员校通过后备案).
  mutating func charter(_ act: CaseAct, _ actor: CaseActor, at now: Instant) throws(CaseFault) {
    let signed = actor.signed(now)
    guard kind == .new || kind == .change, phase == .approved || phase == .filed else {
      throw fault(at: "formation.fault.charterEarly")
    }
    switch act {
    case .passCharter(let school, let day):
      guard charterFiling == nil else { throw .conflict("formation.fault.charterFiled") }
      guard let found = content.school(school), found.part != .leaving else {
        throw .conflict("formation.fault.school")
      }
      // What a school has said of itself, or somebody for it, only the school says otherwise.
      guard charterPassed[school] == nil || actor.party == .school(school) else {
        throw .conflict("formation.fault.ownWord", ["school": .text(found.name)])
      }
      let problems = FormationCase.problems(of: day, after: day, at: signed.at)
      guard problems.isEmpty else { throw CaseFault(.invalid, problems) }
      charterPassed[school] = day
    case .fileCharter(let number, let day):
      guard charterFiling == nil else { throw .conflict("formation.fault.charterFiled") }
      let open = content.schools.filter { $0.part != .leaving && charterPassed[$0.school] == nil }
      guard open.isEmpty else {
        throw .invalid("formation.fault.charterOpen", ["schools": .names(open.map(\.name))])
      }
      charterFiling = try number.numbered(day, after: charterPassed.values.max() ?? day, signed)
    default: break
    }
  }
}
