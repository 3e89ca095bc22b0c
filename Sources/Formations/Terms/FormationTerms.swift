public import Notation
public import Policies
public import Rules

/// What a policy asks of the forming of groups (`formation` of its file): contents, consents, publicity, who decides,
/// limits. A policy that is silent on something asks nothing there.
public struct FormationTerms: Sendable {
  /// What an application must say. Those called `members` and `form` are said by the case's schools and form.
  public struct Content: Sendable, Hashable {
    public let id: String
    public let title: String

    public var isWritten: Bool { id != "members" && id != "form" }
  }

  /// A consent that must be there before a case is approved.
  public struct Consent: Sendable, Hashable {
    public enum Whom: String, Sendable { case everySchool, privateSchool, leadSchool, memberSchool }

    public let of: Whom
    /// `staff-congress`, `board`, or a word of the policy's own.
    public let kind: String
    public let title: String?
    public let note: String?
    public let source: String?
  }

  /// How many members a lead school takes; the first whose condition holds.
  public struct Size: Sendable, Hashable {
    public let least: Int?
    public let most: Int?
    public let when: Expression?
    public let source: String?
  }

  /// A bound on a figure of the case.
  public struct Limit: Sendable, Hashable {
    public let id: String
    public let title: String
    public let atLeast: Exact?
    public let atMost: Exact?
    public let unit: String?
    public let when: Expression?
    public let note: String?
    public let source: String?

    /// Whether the figure is entered as a part of a whole.
    public var isShare: Bool { unit == "percent" }
  }

  /// What share of the groups of a year must be tight, of an area where it names one.
  public struct Share: Sendable, Hashable {
    public let year: Int
    public let area: String?
    /// Percent.
    public let least: Exact
    public let title: String?
    public let source: String?
  }

  /// The policy's own words for a source that covers the whole of it.
  public let source: String?
  public let contents: [Content]
  public let consents: [Consent]
  public let sizes: [Size]
  /// Calendar days, the first not counted; nil: the policy asks for no publicity.
  public let publicityDays: Int?
  public let publicitySource: String?
  public let routes: [FormationRoute]
  public let limits: [Limit]
  /// The papers of a case that everybody may read while it is made public.
  public let published: Set<CasePaper.Kind>
  public let shares: [Share]
  /// The areas the policy distinguishes.
  public let areas: [String]
  /// What it calls them.
  public let areaTitles: [String: String]
  public let forms: [Policy.Form]
  /// Whether a group's charter is among the documents the policy asks for.
  public let asksForCharter: Bool
  /// With whom the charter is filed; nil where the policy doesn't say.
  public let charterFiling: FormationOrgan?

  public func form(_ id: String?) -> Policy.Form? { forms.first { $0.id == id } }
}
