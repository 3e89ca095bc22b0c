public import Formations
public import Notation
public import Policies

/// A formation case as pages use it: the case, its policy's terms, the offices and figures around it.
public struct StoredFormation: Sendable {
  public let value: FormationCase
  public let edition: String
  public let policy: Policy
  public let setting: CaseSetting
  /// Of every authority and account that stands in the case.
  public let names: Names
  public let createdAt: Instant
  public let applicantName: String
  /// Which of what was decided is known under what number in the registry.
  public let groupName: String?
  /// Other cases about the same group that aren't over.
  public let others: [Other]

  public struct Other: Sendable, Hashable {
    public let kind: FormationCase.Kind
    public let phase: FormationCase.Phase
    public let applicant: String
  }

  public struct Names: Sendable {
    public let authorities: [ID: String]
    public init(authorities: [ID: String]) { self.authorities = authorities }
    public func authority(_ id: ID?) -> String? { id.flatMap { authorities[$0] } }
  }
}

/// A case in a list.
public struct FormationLine: Sendable, Hashable {
  public let authority: ID
  public let id: ID
  public let kind: FormationCase.Kind
  public let phase: FormationCase.Phase
  public let name: String?
  public let form: String?
  public let edition: String
  public let applicant: String
  public let lead: String?
  public let schools: Int
  public let approver: ID?
  public let approverName: String?
  public let filer: ID?
  public let publicFrom: Day?
  public let publicThrough: Day?
  public let openComments: Int
  public let document: String?
  public let decidedOn: Day?
  /// The moment it last came a step on.
  public let at: Instant
}
