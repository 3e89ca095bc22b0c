public import Notation

/// A formation case (组建、变更、撤销): from what is applied for to what is decided and filed. Every state is a recorded
/// fact with who and when; the phase is seen from them.
public struct FormationCase: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case new, change, dissolution
    /// The overall plan of a year (总体方案): it names no single group.
    case plan

    /// Whether the case is about a group that exists already.
    public var isOfGroup: Bool { self == .change || self == .dissolution }
  }

  /// Who stands on one side of a case.
  public enum Party: Sendable, Hashable {
    case school(ID)
    case authority(ID)
    /// Anybody, without an account.
    case anybody
  }

  public let id: ID
  /// Whose policy it stands under; leads the key of everything in it.
  public let authority: ID
  public let kind: Kind
  /// The group to be changed or dissolved; of a new one, what came of the case.
  public var group: ID?
  public let applicant: Party
  public var content: CaseContent
  /// Rises with each change.
  public var version: Int
  public var submission: Submission?
  public var acceptance: Signed?
  /// The last return; it stays when the case is handed in again.
  public var giveBack: Reasoned?
  public var withdrawal: Reasoned?
  public var consents: [CaseConsent]
  /// Given to an earlier text, and open again since.
  public var pastConsents: [CaseConsent]
  /// What schools have said themselves, be it taken back since: nobody else says it for them.
  public var spoken: Set<CaseConsent.Key>
  /// The group as it was when a change or dissolution was begun.
  public var found: FoundGroup
  /// Papers that were taken away again; their files are kept.
  public var removedPapers: PaperTally
  public var papers: [CasePaper]
  public var publicity: Publicity?
  /// Those at hand: a page of them, or the one that is spoken of.
  public var comments: [CaseComment]
  public var commentTally: CommentTally
  public var decision: CaseDecision?
  public var filing: Numbered?
  /// The day each school passed the charter.
  public var charterPassed: [ID: Day]
  public var charterFiling: Numbered?

  public init(id: ID, authority: ID, kind: Kind, group: ID?, applicant: Party, content: CaseContent) {
    self.id = id
    self.authority = authority
    self.kind = kind
    self.group = group
    self.applicant = applicant
    self.content = content
    version = 1
    consents = []
    pastConsents = []
    spoken = []
    found = FoundGroup()
    removedPapers = PaperTally()
    papers = []
    comments = []
    commentTally = CommentTally()
    charterPassed = [:]
  }

  /// Where a case stands.
  public enum Phase: String, Sendable, CaseIterable {
    case writing, returned, submitted, accepted
    case approved, filed, refused, withdrawn

    public var isOver: Bool { self == .filed || self == .refused || self == .withdrawn }
  }

  public var phase: Phase {
    if withdrawal != nil { return .withdrawn }
    if let decision {
      guard decision.isApproval else { return .refused }
      return submission?.routing.filer == nil || filing != nil ? .filed : .approved
    }
    guard submission != nil else { return giveBack == nil ? .writing : .returned }
    return acceptance == nil ? .submitted : .accepted
  }

  /// Whether who applies is who decides: a district that forms a group itself. The rules allow it; pages and log say it.
  public var decidesOwn: Bool { approver.map { applicant == .authority($0) } ?? false }

  /// Whether what it says may be changed.
  public var isWritten: Bool { phase == .writing || phase == .returned }
}

/// Done by somebody at a moment.
public struct Signed: Sendable, Hashable {
  public let at: Instant
  public let by: ID?

  public init(at: Instant, by: ID?) {
    self.at = at
    self.by = by
  }
}

public struct Reasoned: Sendable, Hashable {
  public let reason: String
  public let signed: Signed

  public init(reason: String, signed: Signed) {
    self.reason = reason
    self.signed = signed
  }
}

/// With a document's number and its day.
public struct Numbered: Sendable, Hashable {
  public let number: String
  public let day: Day
  public let signed: Signed

  public init(number: String, day: Day, signed: Signed) {
    self.number = number
    self.day = day
    self.signed = signed
  }
}

/// Handed in, with who decides and files from then on.
public struct Submission: Sendable, Hashable {
  public let routing: Routing
  public let signed: Signed

  public init(routing: Routing, signed: Signed) {
    self.routing = routing
    self.signed = signed
  }
}

/// The offices a case goes to, as they were when it was handed in.
public struct Routing: Sendable, Hashable {
  public struct Office: Sendable, Hashable {
    public let organ: FormationOrgan
    public let authority: ID

    public init(organ: FormationOrgan, authority: ID) {
      self.organ = organ
      self.authority = authority
    }
  }

  public let approver: Office
  public let filer: Office?
  /// The clause; nil where the policy leaves it open.
  public let source: String?

  public init(approver: Office, filer: Office?, source: String?) {
    self.approver = approver
    self.filer = filer
    self.source = source
  }
}
