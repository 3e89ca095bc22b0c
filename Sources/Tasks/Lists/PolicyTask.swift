public import Notation
public import Policies

/// A task as a policy's list has it.
public struct PolicyTask: Sendable, Hashable {
  public let id: String
  public let title: String
  public let text: String?
  public let units: [WorkTask.Unit]
  public let from: Day?
  public let due: WorkTask.Due
  public let source: String?
  public let tasks: [PolicyTask]

  /// The policy's list, in its order.
  public static func all(of policy: Policy) -> [PolicyTask] { (policy.root["tasks"]?.list ?? []).compactMap(read) }

  /// This and all below it, each with the id of the one above; at most so many levels deep as files may be.
  public var flat: [(task: PolicyTask, parent: String?)] {
    var all: [(task: PolicyTask, parent: String?)] = [(task: self, parent: nil)]
    for part in tasks {
      for inner in part.flat { all.append((task: inner.task, parent: inner.parent ?? id)) }
    }
    return all
  }

  private static func read(_ node: Node) -> PolicyTask? {
    guard let id = node["id"]?.text else { return nil }
    let units = WorkTask.Part.allCases.flatMap { part in
      (node[part.rawValue]?.texts() ?? []).map { WorkTask.Unit(part, $0) }
    }
    return PolicyTask(
      id: id, title: node["title"]?.text ?? node["text"]?.text ?? id, text: node["text"]?.text, units: units,
      from: node["from"].flatMap { Day.period($0.plainText)?.first }, due: due(node["due"]),
      source: node["source"]?.text, tasks: (node["tasks"]?.list ?? []).compactMap(read))
  }

  private static func due(_ node: Node?) -> WorkTask.Due {
    guard let text = node?.plainText, !text.isEmpty else { return .unsaid }
    if text == "standing" { return .standing }
    return Day.period(text).map { .day($0.last) } ?? .unsaid
  }
}

extension Day {
  /// The first and the last day of `2022`, `2022-05` or `2022-05-31`; nil where it is no such period.
  public static func period(_ text: String) -> (first: Day, last: Day)? {
    switch text.utf8.count {
    case 4:
      guard let first = Day(text + "-01-01"), let last = Day(text + "-12-31") else { return nil }
      return (first, last)
    case 7:
      guard let first = Day(text + "-01") else { return nil }
      let next = Day(year: first.month == 12 ? first.year + 1 : first.year, month: first.month % 12 + 1, day: 1)
      return (first, next?.adding(days: -1) ?? Day(year: first.year, month: 12, day: 31) ?? first)
    default: return Day(text).map { ($0, $0) }
    }
  }
}
