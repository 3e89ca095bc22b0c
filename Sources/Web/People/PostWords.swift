import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

/// A post as tables show it.
struct PostRow {
  let id: String
  let role: String
  let seat: String
  let days: String
  /// In force, to come, over.
  let state: String
  let stateKind: String
  let isInForce: Bool
}

extension Visit {
  func row(_ line: PostLine) -> PostRow {
    let post = line.appointment
    let state = post.isInForce(on: now.day) ? "inForce" : post.since > now.day ? "coming" : "over"
    return PostRow(
      id: post.id.description, role: text(post.role.title), seat: line.seatName, days: days(post.since, post.until),
      state: text("posts.state.\(state)"), stateKind: state == "inForce" ? "ok" : state == "coming" ? "info" : "",
      isInForce: state == "inForce")
  }

  /// What the holder of a waiting link is, for who asks them: `汉滨区教育局 主管部门`.
  func posts(_ link: WaitingLink) -> String {
    link.posts.map { "\($0.seatName) \(text($0.appointment.role.title))" }
      .joined(separator: text("frame.between"))
  }

  /// From the first day to the last one, as people write them.
  func days(_ since: Day, _ until: Day?) -> String {
    guard let until else { return text("posts.days.open", ["since": .text(since.text)]) }
    // Taken back before it began: it held on no day.
    if until <= since { return text("posts.days.none", ["since": .text(since.text)]) }
    return text("posts.days", ["since": .text(since.text), "last": .text(until.adding(days: -1).text)])
  }

  /// `2026-08-20 10:00`
  func dated(_ instant: Instant) -> String {
    let time = LocalTime(instant)
    return "\(time.day.text) \(time.shortClock)"
  }

  /// A day that a form carries; nil where it is blank.
  ///
  /// Throws `Refusal` where it is something else.
  func day(_ name: String) throws(Refusal) -> Day? {
    guard let typed = form.text(name) else { return nil }
    guard let day = Day(typed) else { throw .invalid("posts.day", ["found": .text(String(typed.prefix(40)))]) }
    return day
  }

  /// The site's own address: as its settings say, else as the browser wrote it. The session's cookie needs a secure connection everywhere but on
  /// the machine itself.
  var origin: String {
    if let origin = site.settings.origin { return origin }
    let host = request.head.authority ?? ""
    let isLocal = ["localhost", "127.0.0.1", "[::1]"].contains { host == $0 || host.hasPrefix($0 + ":") }
    return (isLocal ? "http://" : "https://") + host
  }
}

/// The rules of passwords in words, for those who choose one.
struct PasswordRules {
  let lines: [String]

  init(_ visit: Visit) {
    let limits: [String: Message.Part] = ["least": .count(Password.shortest), "most": .count(Password.longest)]
    lines = ["length", "words", "common"].map { visit.text("account.password.rule.\($0)", limits) }
  }
}
