public import Notation

/// What may be done with a case.
public enum CaseAct: Sendable, Hashable {
  /// Writes what it says; `seen` is the version the writer had before them.
  case write(CaseContent, seen: Int)
  case consent(CaseConsent)
  case takeBackConsent(school: ID, kind: String)
  case attach([CasePaper])
  case detach(paper: ID)
  case submit
  case accept
  /// Opens the publicity on a day, today or later.
  case publish(from: Day)
  case comment(CaseComment)
  case answer(comment: ID, text: String)
  case withhold(comment: ID, reason: String)
  case giveBack(reason: String)
  case withdraw(reason: String)
  case decide(Ruling)
  case file(number: String, day: Day)
  case passCharter(school: ID, day: Day)
  case fileCharter(number: String, day: Day)

  /// A decision as it is entered.
  public struct Ruling: Sendable, Hashable {
    public let isApproval: Bool
    public let number: String
    public let day: Day
    public let reason: String
    /// By limit: why one that isn't kept is let pass.
    public let passed: [String: String]

    public init(isApproval: Bool, number: String, day: Day, reason: String, passed: [String: String] = [:]) {
      self.isApproval = isApproval
      self.number = number
      self.day = day
      self.reason = reason
      self.passed = passed
    }
  }

  /// A word for the log.
  public var name: String {
    switch self {
    case .write: "written"
    case .consent: "consented"
    case .takeBackConsent: "consentTakenBack"
    case .attach: "attached"
    case .detach: "detached"
    case .submit: "submitted"
    case .accept: "accepted"
    case .publish: "published"
    case .comment: "commented"
    case .answer: "answered"
    case .withhold: "withheld"
    case .giveBack: "givenBack"
    case .withdraw: "withdrawn"
    case .decide(let ruling): ruling.isApproval ? "approved" : "refused"
    case .file: "filed"
    case .passCharter: "charterPassed"
    case .fileCharter: "charterFiled"
    }
  }
}

/// Who acts on a case.
public struct CaseActor: Sendable, Hashable {
  public let party: FormationCase.Party
  public let account: ID?

  public init(_ party: FormationCase.Party, account: ID?) {
    self.party = party
    self.account = account
  }

  func signed(_ now: Instant) -> Signed { Signed(at: now, by: account) }
}

/// What a case stands in: the policy's terms, the offices around it, what the registry counts.
public struct CaseSetting: Sendable {
  public let terms: FormationTerms
  public let offices: CaseOffices
  public let standing: FormationStanding
  /// Of a change or dissolution: the group as it stands.
  public let group: CaseGroup?
  /// What the registry holds of the case's schools.
  public let registered: [ID: RegisteredFlags]

  public init(
    terms: FormationTerms, offices: CaseOffices, standing: FormationStanding, group: CaseGroup? = nil,
    registered: [ID: RegisteredFlags] = [:]
  ) {
    self.terms = terms
    self.offices = offices
    self.standing = standing
    self.group = group
    self.registered = registered
  }
}

/// The offices a route may name, from where the lead school is; of an overall plan, from where the applicant is.
public struct CaseOffices: Sendable, Hashable {
  public let leadAuthority: ID?
  public let leadDistrict: ID?
  public let city: ID?
  public let province: ID?

  public init(leadAuthority: ID?, leadDistrict: ID?, city: ID?, province: ID?) {
    self.leadAuthority = leadAuthority
    self.leadDistrict = leadDistrict
    self.city = city
    self.province = province
  }

  public func authority(of organ: FormationOrgan) -> ID? {
    switch organ {
    case .leadAuthority: leadAuthority
    case .leadDistrict, .district: leadDistrict
    case .city, .jointConference: city
    case .province: province
    }
  }
}

/// Why something can't be done with a case.
public struct CaseFault: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// It isn't theirs to do.
    case forbidden
    /// What was entered can't be taken, or something is still missing.
    case invalid
    /// It doesn't fit where the case stands by now.
    case conflict
  }

  public let kind: Kind
  /// All of them at once.
  public let messages: [Message]

  public init(_ kind: Kind, _ messages: [Message]) {
    self.kind = kind
    self.messages = messages
  }

  static func invalid(_ key: String, _ parts: [String: Message.Part] = [:]) -> CaseFault {
    CaseFault(.invalid, [Message(key, parts)])
  }

  static func conflict(_ key: String, _ parts: [String: Message.Part] = [:]) -> CaseFault {
    CaseFault(.conflict, [Message(key, parts)])
  }

  static let forbidden = CaseFault(.forbidden, [Message("refusal.forbidden")])
}
