public import Notation
public import Policies
public import Rules

/// A policy's stage in one year, with its days.
public struct CycleStage: Sendable, Hashable {
  public let id: String
  public let title: String
  /// What it is called where there is little room: the title where the policy has nothing shorter.
  public let short: String
  public let kind: Stage.Kind
  /// Who acts: as the policy says, else whom the kind of stage is usually for; nil where nobody does.
  public let acts: Stage.Actor?
  /// In the policy's order, from 0.
  public let position: Int
  /// The first day on which it may be worked on; nil: as soon as it is a group's turn.
  public let opens: Day?
  /// The last day, that day included, as the policy or the authority set it; nil: none. Extensions stand in the calendar.
  public var due: Day?
  /// How long its window is, in days.
  public let days: Int?
  public let workingDays: Bool
  public let needs: [String]
  /// What a group must meet to come here, or at a recommendation to be recommended.
  public let among: Expression?
  public let draw: Stage.Draw?
  /// How many experts the policy asks for each item; nil: it asks for none here.
  public let experts: Int?

  /// - Parameter year: the calendar year in which the school year ends.
  public init(_ stage: Stage, position: Int, year: Int) {
    id = stage.id
    title = stage.title
    short = stage.short ?? stage.title
    kind = stage.kind
    acts = stage.by ?? stage.kind.usualActor
    self.position = position
    let calendarYear = stage.dueNextYear ? year + 1 : year
    opens = stage.opens?.day(in: calendarYear)
    due = stage.due?.day(in: calendarYear)
    days = stage.days
    workingDays = stage.workingDays
    needs = stage.needs
    among = stage.among
    draw = stage.draw
    experts = stage.experts
  }

  /// The stages of a policy in a year. A window of no days is none.
  public static func all(of policy: Policy, year: Int) -> [CycleStage] {
    policy.stages.filter { $0.kind != .objection || $0.days != 0 }.enumerated().map {
      CycleStage($0.element, position: $0.offset, year: year)
    }
  }

  /// Why no cycle can be opened under a policy: what keeps it from being run, or stages that lead to no score.
  public static func obstacles(to policy: Policy) -> [Message] {
    policy.obstacles
      + (policy.stages.contains { $0.kind.hasGroupSheet } ? [] : [Message("cycles.obstacle.stages")])
  }

  /// Whether sheets are filled in here.
  public var hasSheets: Bool { hasGroupSheet || kind == .members }

  /// Whether there is one sheet for each group.
  public var hasGroupSheet: Bool { kind.hasGroupSheet }
}

extension Stage.Kind {
  var usualActor: Stage.Actor? {
    switch self {
    case .selfEvaluation, .members: .lead
    case .evaluation, .recommendation, .publication: .city
    case .report: .thirdParty
    case .objection: nil
    }
  }
}

extension DayOfYear {
  func day(in year: Int) -> Day? { Day(year: year, month: month, day: day) }
}

extension [CycleStage] {
  /// The stage at which a group's sheet is taken up after this one. Members are evaluated beside the way.
  public func next(after stage: CycleStage) -> CycleStage? {
    first { $0.position > stage.position && $0.hasGroupSheet }
  }
}
