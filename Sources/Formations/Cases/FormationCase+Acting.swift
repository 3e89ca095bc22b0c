public import Notation

extension FormationCase {
  /// The case after something was done: the whole of what may happen to a case, and when.
  ///
  /// Throws `CaseFault` with everything that stands against it.
  public func after(
    _ act: CaseAct, by actor: CaseActor, at now: Instant, in setting: CaseSetting
  ) throws(CaseFault) -> FormationCase {
    guard mayDo(act, actor.party, setting.terms) else { throw .forbidden }
    let party = actor.party
    var result = self
    switch act {
    case .write(let content, let seen): try result.write(content, seen: seen, in: setting)
    case .consent(let consent): try result.add(consent, party, at: now, setting.terms)
    case .takeBackConsent(let school, let kind):
      try result.takeBack(CaseConsent.Key(school: school, kind: kind), party)
    case .attach(let papers): try result.attach(papers)
    case .detach(let paper): try result.detach(paper)
    case .submit: try result.submit(actor.signed(now), in: setting)
    case .accept:
      guard phase == .submitted else { throw fault(at: "formation.fault.accept") }
      result.acceptance = actor.signed(now)
    case .publish(let day): try result.publish(from: day, actor.signed(now), setting.terms)
    case .comment, .answer, .withhold: try result.discuss(act, actor, at: now)
    case .giveBack(let reason):
      guard phase == .submitted || phase == .accepted else { throw fault(at: "formation.fault.giveBack") }
      result.giveBack = Reasoned(reason: try reason.required("formation.fault.reason"), signed: actor.signed(now))
      result.submission = nil
      result.acceptance = nil
      // Days on which nobody could comment are no publicity.
      if publicity?.isOver(at: now) == false { result.publicity = nil }
    case .withdraw(let reason):
      try result.requireOpen()
      result.withdrawal = Reasoned(reason: try reason.required("formation.fault.reason"), signed: actor.signed(now))
    case .decide(let ruling): try result.decide(ruling, actor.signed(now), in: setting)
    case .file(let number, let day):
      guard phase == .approved, let decision else { throw fault(at: "formation.fault.file") }
      result.filing = try number.numbered(day, after: decision.day, actor.signed(now))
    case .passCharter, .fileCharter: try result.charter(act, actor, at: now)
    }
    result.version += 1
    return result
  }

  /// Whose act it is; when it may be done is said elsewhere.
  public func mayDo(_ act: CaseAct, _ party: Party, _ terms: FormationTerms) -> Bool {
    switch act {
    case .write, .submit, .withdraw: party == applicant
    case .consent(let consent): party == applicant || party == .school(consent.school)
    case .takeBackConsent(let school, _): party == applicant || party == .school(school)
    case .attach: party == applicant || isNamed(party) || isOf(approver, party) || isOf(filer, party)
    case .detach(let paper): papers.contains { $0.id == paper && $0.party == party }
    // Who made the plan public answers for it: nobody settles what was said against themselves.
    case .accept, .publish, .giveBack, .decide, .answer, .withhold: isOf(approver, party)
    case .comment: party == .anybody
    case .file: isOf(filer, party)
    case .passCharter(let school, _): party == applicant || party == .school(school)
    case .fileCharter: isOf(charterOffice(terms), party)
    }
  }

  /// Who decides; nil while the case isn't handed in.
  public var approver: ID? { submission?.routing.approver.authority }

  private var filer: ID? { submission?.routing.filer?.authority }

  private func isNamed(_ party: Party) -> Bool { content.schools.contains { party == .school($0.school) } }

  /// With whom the charter is filed: the policy's word, else who approved.
  func charterOffice(_ terms: FormationTerms) -> ID? {
    guard let routing = submission?.routing else { return nil }
    if let filer = routing.filer, terms.charterFiling == filer.organ { return filer.authority }
    return routing.approver.authority
  }

  private func isOf(_ authority: ID?, _ party: Party) -> Bool { authority.map { party == .authority($0) } ?? false }

  func requireOpen() throws(CaseFault) {
    guard decision == nil, withdrawal == nil else { throw fault(at: "formation.fault.over") }
  }

  /// A conflict that says where the case stands.
  func fault(at key: String) -> CaseFault {
    .conflict(key, ["phase": .message(Message("formation.phase.\(phase.rawValue)"))])
  }
}

extension String {
  /// The text without blanks around it; throws where nothing is left.
  func required(_ key: String) throws(CaseFault) -> String {
    let text = self.trimmed
    guard !text.isEmpty else { throw .invalid(key) }
    return text
  }

  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// Whether there is a letter or a digit in it: blanks, marks and characters that nobody sees say nothing.
  var says: Bool {
    unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
  }

  /// The text without blanks around it; throws where nothing is said.
  func saying(_ key: String) throws(CaseFault) -> String {
    let text = try required(key)
    guard text.says else { throw .invalid(key) }
    return text
  }

  /// This as a document's number, with its day, which lies after another and not in the future.
  func numbered(_ day: Day, after earliest: Day, _ signed: Signed) throws(CaseFault) -> Numbered {
    var problems: [Message] = []
    if trimmed.isEmpty { problems.append(Message("formation.fault.number")) }
    problems += FormationCase.problems(of: day, after: earliest, at: signed.at)
    guard problems.isEmpty else { throw CaseFault(.invalid, problems) }
    return Numbered(number: trimmed, day: day, signed: signed)
  }
}

extension FormationCase {
  /// What is wrong with the day of a document.
  static func problems(of day: Day, after earliest: Day, at now: Instant) -> [Message] {
    if day > now.day { return [Message("formation.fault.future", ["day": .text(day.text)])] }
    if day < earliest {
      return [Message("formation.fault.early", ["day": .text(day.text), "earliest": .text(earliest.text)])]
    }
    return []
  }
}
