public import Notation

extension CaseConsent {
  /// Whose resolution, of which body.
  public struct Key: Sendable, Hashable {
    public let school: ID
    public let kind: String

    public init(school: ID, kind: String) {
      self.school = school
      self.kind = kind
    }
  }

  public var key: Key { Key(school: school, kind: kind) }
}

extension FormationCase {
  /// Whether a party may still speak for a school: once the school has spoken itself, only it does.
  public func speaks(_ party: Party, for key: CaseConsent.Key) -> Bool {
    party == .school(key.school) || party == applicant && !spoken.contains(key)
  }

  mutating func add(_ consent: CaseConsent, _ party: Party, at now: Instant, _ terms: FormationTerms) throws(CaseFault)
  {
    try requireOpen()
    guard let school = content.school(consent.school) else { throw .conflict("formation.fault.school") }
    try requireVoice(party, consent.key)
    var problems: [Message] = []
    if !terms.consents(of: school, kind).contains(where: { $0.kind == consent.kind }) {
      problems.append(Message("formation.fault.consentKind", ["school": .text(school.name)]))
    }
    // What somebody says for another school stands on that school's paper.
    if party != .school(consent.school), consent.paper?.says != true {
      problems.append(Message("formation.fault.consentPaper", ["school": .text(school.name)]))
    }
    if consent.day > now.day { problems.append(Message("formation.fault.future", ["day": .text(consent.day.text)])) }
    if [consent.present, consent.inFavour].contains(where: { $0.map { $0 < 0 } ?? false }) {
      problems.append(Message("formation.fault.negative"))
    }
    if let present = consent.present, let inFavour = consent.inFavour {
      let parts: [String: Message.Part] = ["present": .count(present), "inFavour": .count(inFavour)]
      if inFavour > present {
        problems.append(Message("formation.fault.inFavour", parts))
      } else if consent.agrees, inFavour <= present - inFavour {
        problems.append(Message("formation.fault.minority", parts))
      }
    }
    guard problems.isEmpty else { throw CaseFault(.invalid, problems) }
    consents.removeAll { $0.key == consent.key }
    pastConsents.removeAll { $0.key == consent.key }
    consents.append(consent)
    if party == .school(consent.school) { spoken.insert(consent.key) }
  }

  mutating func takeBack(_ key: CaseConsent.Key, _ party: Party) throws(CaseFault) {
    try requireOpen()
    guard consents.contains(where: { $0.key == key }) else { throw .conflict("formation.fault.noConsent") }
    try requireVoice(party, key)
    consents.removeAll { $0.key == key }
    if party == .school(key.school) { spoken.insert(key) }
  }

  private func requireVoice(_ party: Party, _ key: CaseConsent.Key) throws(CaseFault) {
    guard !speaks(party, for: key) else { return }
    throw .conflict(
      "formation.fault.ownWord", ["school": .text(content.school(key.school)?.name ?? "\(key.school)")])
  }

  /// Consents were given to another text: after a return all of them, before it what the schools said themselves, are
  /// open again. What the applicant enters while it still writes is its own to mend.
  mutating func reopenConsents() {
    let open = consents.filter { giveBack != nil || spoken.contains($0.key) && applicant != .school($0.school) }
    pastConsents += open
    consents.removeAll { consent in open.contains { $0.key == consent.key } }
  }
}
