import Notation
import People
import Synchronization

/// How many things waited for somebody when their start page was last made: what the badge on other pages says, without
/// reading anything. After a change of theirs it still says what they saw last; forgotten after an hour.
final class TaskCounts: Sendable {
  private struct Entry {
    let count: Int
    let at: Instant
  }

  private static let mostKept = 20_000
  private static let longest: Int64 = 3_600_000

  /// By appointment.
  private let entries = Mutex<[ID: Entry]>([:])

  func note(_ count: Int, of appointment: ID, at now: Instant) {
    entries.withLock { entries in
      if entries.count >= Self.mostKept { entries = [:] }
      entries[appointment] = Entry(count: count, at: now)
    }
  }

  func count(of appointment: ID, at now: Instant) -> Int? {
    guard let entry = entries.withLock({ $0[appointment] }), entry.at.day == now.day,
      now.milliseconds - entry.at.milliseconds < Self.longest
    else { return nil }
    return entry.count
  }
}

extension Visit {
  /// What a start page's badge says; other pages say it too.
  func frame(_ title: String, tasks: Int?) -> Frame {
    if let tasks, let post = viewer?.post { site.taskCounts.note(tasks, of: post.appointment, at: now) }
    var frame = frame(title, current: "home")
    frame.tasks = tasks
    return frame
  }
}
