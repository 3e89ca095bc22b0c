public import Notation
public import Policies

/// A joint conference (联席会议): agenda before, minutes and decisions after; each decision becomes a task.
public struct Conference: Sendable, Hashable {
  public struct Point: Sendable, Hashable {
    public let title: String
    /// Who reports on it.
    public let unit: String?

    public init(title: String, unit: String?) {
      self.title = title
      self.unit = unit
    }
  }

  public let id: ID
  public let day: Day
  public let title: String
  public let agenda: [Point]
  /// What was said; nil: not held yet.
  public let minutes: String?
  /// Why it was called off; nil: it wasn't.
  public let offReason: String?

  public init(id: ID, day: Day, title: String, agenda: [Point], minutes: String?, offReason: String? = nil) {
    self.id = id
    self.day = day
    self.title = title
    self.agenda = agenda
    self.minutes = minutes
    self.offReason = offReason
  }

  public enum State: String, Sendable { case called, held, off }

  public var state: State { isHeld ? .held : offReason == nil ? .called : .off }
  public var isHeld: Bool { minutes != nil }
  public var isOff: Bool { state == .off }

  /// What is wrong with a conference as entered, all at once.
  public func problems(today: Day) -> [Message] {
    var problems: [Message] = []
    if title.allSatisfy(\.isWhitespace) { problems.append(Message("tasks.fault.title")) }
    if agenda.isEmpty { problems.append(Message("tasks.fault.agenda")) }
    if isHeld, day > today { problems.append(Message("tasks.fault.notHeld", ["day": .text(day.text)])) }
    return problems
  }

  /// What stands against its being moved to another day, or given another agenda: all at once. Who is told must know why
  /// it is another day.
  public func problems(of change: Conference, reason: String, today: Day) -> [Message] {
    var problems = change.problems(today: today)
    if day != change.day {
      if change.day < today { problems.append(Message("tasks.fault.movedBack", ["day": .text(change.day.text)])) }
      if reason.allSatisfy(\.isWhitespace) { problems.append(Message("tasks.fault.moveReason")) }
    }
    return problems
  }
}

/// What a conference decided, and what became of it.
public struct ConferenceDecision: Sendable, Hashable {
  public let text: String
  public let units: [String]
  public let due: Day?

  public init(text: String, units: [String], due: Day?) {
    self.text = text
    self.units = units
    self.due = due
  }

  public func problems(on day: Day) -> [Message] {
    var problems: [Message] = []
    if text.allSatisfy(\.isWhitespace) { problems.append(Message("tasks.fault.decision")) }
    if units.isEmpty { problems.append(Message("tasks.fault.units")) }
    if let due, due < day {
      problems.append(Message("tasks.fault.dueEarly", ["day": .text(due.text), "held": .text(day.text)]))
    }
    return problems
  }

  /// As a task of those named first.
  public func task(_ id: ID, source: String) -> WorkTask {
    WorkTask(
      id: id, title: text, units: units.map { WorkTask.Unit(.carryOut, $0) }, due: due.map { .day($0) } ?? .standing,
      source: source)
  }
}

/// The conferences a year needs: so many, one in each part of the year (每季度召开一次).
public struct ConferenceYear: Sendable, Hashable {
  public enum State: String, Sendable { case held, called, missing, ahead, now }

  public struct Term: Sendable, Hashable {
    /// From 1.
    public let number: Int
    public let first: Day
    public let last: Day
    public let state: State
    /// In the order of their days; none that was called off.
    public let conferences: [ID]
  }

  public let terms: [Term]

  public var missing: Int { terms.count { $0.state == .missing } }

  /// - Parameter demanded: how many a year; terms of months only where it divides twelve, else one term of the year.
  public init(_ year: Int, demanded: Int, conferences: [Conference], today: Day) {
    let count = demanded > 0 && 12 % demanded == 0 ? demanded : 1
    let months = 12 / count
    terms = (0..<count).compactMap { place in
      let end = (place + 1) * months
      guard let first = Day(year: year, month: place * months + 1, day: 1),
        let next = Day(year: end == 12 ? year + 1 : year, month: end % 12 + 1, day: 1)
      else { return nil }
      let last = next.adding(days: -1)
      let inside = conferences.filter { !$0.isOff && first <= $0.day && $0.day <= last }
      let state: State =
        if inside.contains(where: \.isHeld) {
          .held
        } else if last < today {
          .missing
        } else if !inside.isEmpty {
          .called
        } else {
          today < first ? .ahead : .now
        }
      return Term(
        number: place + 1, first: first, last: last, state: state,
        conferences: inside.sorted { ($0.day, $0.id) < ($1.day, $1.id) }.map(\.id))
    }
  }

  /// How many conferences a year a policy asks for; nil where it says nothing of them.
  public static func demanded(by policy: Policy) -> Int? {
    (policy.root["measures"]?.list ?? []).first { $0["id"]?.text == "joint-conference" }?["atLeast"]?.integer
  }
}
