public import Notation
public import People

/// Something that somebody has to do now, in a cycle.
public struct CycleTask: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    // The schools
    case fillIn, evaluateMembers, submit, handInReport, object
    /// A stage of their own whose day has passed without a submission: it stays closed until it is extended.
    case overdue
    // Who evaluates
    case assignExperts, evaluate, lookAgain, settleSecondLook, recommend
    // Who runs the cycle
    case setDue, announceDraw, draw, confirm, answerObjection, publish
    /// A stage's day has passed without a submission: extend it, or go on without.
    case chase
  }

  public let kind: Kind
  /// Nil for what belongs to no stage of the policy, such as the confirmation.
  public let stage: String?
  public let holder: Holder
  /// Nil for what concerns the whole cycle.
  public let group: ID?
  /// The member school, where the task is one school's sheet.
  public let school: ID?
  /// The last day, that day included; nil: none is set.
  public let due: Day?
  /// How many of them: members to evaluate, groups to publish, objections to answer.
  public let count: Int

  public init(
    _ kind: Kind, stage: String?, holder: Holder, group: ID? = nil, school: ID? = nil, due: Day? = nil, count: Int = 1
  ) {
    self.kind = kind
    self.stage = stage
    self.holder = holder
    self.group = group
    self.school = school
    self.due = due
    self.count = count
  }

  /// Days from today to the last one; negative: overdue.
  public func daysLeft(at now: Instant) -> Int? { due.map { $0.days(since: now.day) } }

  /// Whether it is for somebody in this post.
  public func isFor(_ post: Viewer.Post) -> Bool {
    switch holder {
    case .school(let school): post.role.isOfSchool && post.school == school
    case .authority(let authority): post.role == .office && post.authority == authority
    case .expert(let appointment): post.role == .expert && post.appointment == appointment
    case .thirdParty: post.role == .thirdParty
    }
  }

  /// What is to be done, in words.
  public var title: Message { Message("cycles.task.\(kind.rawValue)", ["count": .count(count)]) }
}
