public import Notation

/// What is recorded of a group's way through a cycle: facts from which its turn is derived.
public struct GroupProgress: Sendable {
  /// A sheet whose submission holds.
  public struct Submitted: Sendable, Hashable {
    public let at: Instant
    public let base: Exact?
    public let bonus: Exact?
    public let total: Exact?
    /// The grade its sums come to at that stage; nil where something is unscored.
    public let grade: String?

    public init(at: Instant, base: Exact? = nil, bonus: Exact? = nil, total: Exact? = nil, grade: String? = nil) {
      self.at = at
      self.base = base
      self.bonus = bonus
      self.total = total
      self.grade = grade
    }
  }

  /// An expert assigned to the group at a stage, and how far they are.
  public struct ExpertWork: Sendable, Hashable {
    public let appointment: ID
    public let isDone: Bool

    public init(appointment: ID, isDone: Bool) {
      self.appointment = appointment
      self.isDone = isDone
    }
  }

  public let participant: Participant
  /// The group's own sheets, by stage; one returned is not submitted.
  public var sheets: [String: Submitted] = [:]
  /// The member schools whose sheets are submitted, by stage.
  public var members: [String: Set<ID>] = [:]
  /// Stages whose report is handed in.
  public var reports: Set<String> = []
  /// By recommendation stage; absent: nobody has decided yet.
  public var recommended: [String: Bool] = [:]
  public var experts: [String: [ExpertWork]] = [:]
  /// How many second looks are open, by stage.
  public var secondLooks: [String: Int] = [:]
  /// Objections without an answer.
  public var objections = 0

  public init(_ participant: Participant) { self.participant = participant }
}

/// What is recorded of a cycle as a whole.
public struct CycleProgress: Sendable {
  public enum DrawState: Sendable, Hashable {
    /// With the day on which it will be drawn.
    case announced(Day)
    case drawn(Set<ID>)
  }

  /// By stage; absent: not announced yet.
  public var draws: [String: DrawState] = [:]
  public var confirmed: Instant?
  /// When what is confirmed was published; nil while it isn't public.
  public var published: Instant?
  /// Whether an earlier edition is public already: a correction waits for no window of objections.
  public var isCorrection = false

  public init() {}
}
