public import Notation

/// A task with those it is given to (任务清单的一项, or what a joint conference decided).
public struct WorkTask: Sendable, Hashable {
  /// What a unit has to do with a task.
  public enum Part: String, Sendable, CaseIterable {
    /// 牵头单位
    case lead
    /// 指导单位
    case guide
    /// 落实单位
    case carryOut
  }

  public enum Due: Sendable, Hashable {
    case day(Day)
    /// 长期
    case standing
    /// Nobody has said.
    case unsaid

    public var day: Day? { if case .day(let day) = self { day } else { nil } }
  }

  /// A unit, by the name the document calls it.
  public struct Unit: Sendable, Hashable {
    public let part: Part
    public let name: String

    public init(_ part: Part, _ name: String) {
      self.part = part
      self.name = name
    }
  }

  public let id: ID
  public let parent: ID?
  public let title: String
  public let text: String?
  public let units: [Unit]
  public let from: Day?
  public let due: Due
  /// The clause, or the conference it comes from.
  public let source: String?
  /// Closed as a whole by whoever keeps the list.
  public let closedOn: Day?
  /// The latest of each unit.
  public let reports: [TaskReport]

  public init(
    id: ID, parent: ID? = nil, title: String, text: String? = nil, units: [Unit], from: Day? = nil, due: Due,
    source: String? = nil, closedOn: Day? = nil, reports: [TaskReport] = []
  ) {
    self.id = id
    self.parent = parent
    self.title = title
    self.text = text
    self.units = units
    self.from = from
    self.due = due
    self.source = source
    self.closedOn = closedOn
    self.reports = reports
  }

  /// Who has to do it: those who carry it out; where the document names none, who leads; else who guides.
  public var responsible: [String] {
    for part in [Part.carryOut, .lead, .guide] {
      let names = self.names(part)
      if !names.isEmpty { return names }
    }
    return []
  }

  public func names(_ part: Part) -> [String] { units.filter { $0.part == part }.map(\.name) }
  public func report(of unit: String) -> TaskReport? { reports.first { $0.unit == unit } }
}

/// How far a unit says it is.
public struct TaskReport: Sendable, Hashable {
  public let unit: String
  /// From 0 to 100.
  public let percent: Int
  public let text: String
  /// What shows it: a document's number, a link.
  public let evidence: String?
  public let at: Instant
  public let by: String?

  public init(unit: String, percent: Int, text: String, evidence: String?, at: Instant, by: String?) {
    self.unit = unit
    self.percent = percent
    self.text = text
    self.evidence = evidence
    self.at = at
    self.by = by
  }

  public var isDone: Bool { percent == 100 }

  /// What is wrong with it, all at once.
  public func problems(for task: WorkTask) -> [Message] {
    var problems: [Message] = []
    if task.closedOn != nil { problems.append(Message("tasks.fault.closed")) }
    if !task.units.contains(where: { $0.name == unit }) {
      problems.append(Message("tasks.fault.unit", ["unit": .text(unit)]))
    }
    if !(0...100).contains(percent) { problems.append(Message("tasks.fault.percent")) }
    if text.allSatisfy(\.isWhitespace) { problems.append(Message("tasks.fault.text")) }
    if isDone, case .standing = task.due { problems.append(Message("tasks.fault.standing")) }
    return problems
  }
}
