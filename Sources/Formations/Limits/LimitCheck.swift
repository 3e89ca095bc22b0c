public import Notation

/// A limit held against what a case says, with its clause.
public struct LimitCheck: Sendable, Hashable {
  public enum Verdict: Sendable, Hashable {
    case met, unmet
    /// What must be known first; never taken for kept.
    case missing([Message])
  }

  public enum Figure: Sendable, Hashable {
    case count(Int)
    case number(Exact, unit: String?)
    /// Parts of wholes, now and with the case approved; one where only one makes sense,
    /// none where nobody has said them.
    case shares([Share])

    public struct Share: Sendable, Hashable {
      public let part: Exact
      public let whole: Exact

      public init(part: Exact, whole: Exact) {
        self.part = part
        self.whole = whole
      }

      /// Percent; nil of an empty whole.
      public var percent: Exact? { whole.isZero ? nil : .hundred * part / whole }
    }
  }

  /// `members`, `share`, `twice`, or the policy's id of a limit.
  public let id: String
  public let title: Message
  public let figure: Figure?
  public let atLeast: Exact?
  public let atMost: Exact?
  public let verdict: Verdict
  /// Names of schools it speaks of.
  public let names: [String]
  /// The policy's remark on how it is read.
  public let note: String?
  public let source: String?
  /// Whether approval needs it kept, or let pass with a reason; the others only inform.
  public let binds: Bool

  public init(
    id: String, title: Message, figure: Figure?, atLeast: Exact? = nil, atMost: Exact? = nil, verdict: Verdict,
    names: [String] = [], note: String? = nil, source: String?, binds: Bool
  ) {
    self.id = id
    self.title = title
    self.figure = figure
    self.atLeast = atLeast
    self.atMost = atMost
    self.verdict = verdict
    self.names = names
    self.note = note
    self.source = source
    self.binds = binds
  }

  static func verdict(_ value: Exact, atLeast: Exact?, atMost: Exact?) -> Verdict {
    if let atLeast, value < atLeast { return .unmet }
    if let atMost, value > atMost { return .unmet }
    return .met
  }
}

/// What the registry knows that limits of a whole city ask for.
public struct FormationStanding: Sendable, Hashable {
  /// Groups formed in the year, of an area (nil: everywhere), before this case.
  public struct Count: Sendable, Hashable {
    public let year: Int
    public let area: String?
    public let tight: Int
    public let all: Int
    /// Of these, the groups whose form isn't known: nobody can tell whether they are tight.
    public let unknown: Int

    public init(year: Int, area: String?, tight: Int, all: Int, unknown: Int = 0) {
      self.year = year
      self.area = area
      self.tight = tight
      self.all = all
      self.unknown = unknown
    }
  }

  public let counts: [Count]

  public init(counts: [Count] = []) { self.counts = counts }
}
