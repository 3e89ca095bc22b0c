public import Notation

/// Who is late, at a glance: for each unit how its tasks stand.
public struct TaskBoard: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    public let unit: String
    public let counts: [TaskStanding.State: Int]
    /// The tasks that are late, the longest first, with how many days.
    public let late: [Late]

    public var all: Int { counts.values.reduce(0, +) }
    public func count(_ state: TaskStanding.State) -> Int { counts[state] ?? 0 }
  }

  public struct Late: Sendable, Hashable {
    public let task: ID
    public let title: String
    public let days: Int
  }

  /// The unit with most late tasks first, then by name.
  public let lines: [Line]

  /// A task whose parts are tasks themselves is counted by its parts.
  public init(_ tasks: [WorkTask], on day: Day) {
    let parents = Set(tasks.compactMap(\.parent))
    var counts: [String: [TaskStanding.State: Int]] = [:]
    var late: [String: [Late]] = [:]
    for task in tasks where !parents.contains(task.id) {
      for standing in task.standings(on: day) {
        counts[standing.unit, default: [:]][standing.state, default: 0] += 1
        if standing.state == .late, let left = standing.left {
          late[standing.unit, default: []].append(Late(task: task.id, title: task.title, days: -left))
        }
      }
    }
    lines = counts.map { unit, counts in
      Line(unit: unit, counts: counts, late: (late[unit] ?? []).sorted { ($1.days, $0.task) < ($0.days, $1.task) })
    }.sorted { ($1.count(.late), $0.unit) < ($0.count(.late), $1.unit) }
  }
}
