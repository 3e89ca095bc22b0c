import Documents
import Formations
import HTTPTypes
import Hummingbird
import Notation
import People
import Storage
import Tasks

/// The calendar of a post: its tasks, conferences, publicities and the stages of its cycles.
enum CalendarFile {
  static func answer(_ visit: Visit) async throws -> Response {
    guard let token = Token(try visit.parameter("token")) else { throw Refusal.notFound }
    let now = visit.now
    let found = try await visit.site.database.read { transaction -> (Viewer, [ICalendar.Event]) in
      guard let viewer = try CalendarStore.find(token, at: now, transaction), let post = viewer.post else {
        throw Refusal.notFound
      }
      return (viewer, try events(post, at: now, visit.site.words(viewer.language), transaction))
    }
    let (viewer, list) = found
    let words = visit.site.words(viewer.language)
    let name = words.text(
      "messages.calendar.name", ["where": .text(viewer.post?.schoolName ?? viewer.post?.authorityName ?? "")])
    return Response(
      status: .ok, headers: [.contentType: "text/calendar; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: ICalendar(name: name, events: list, at: now).text)))
  }

  private static func events(
    _ post: Viewer.Post, at now: Instant, _ words: Catalogue, _ transaction: any Transaction
  ) throws -> [ICalendar.Event] {
    var events = try CalendarStore.stages(for: post, transaction).map { stage in
      ICalendar.Event(
        uid: "stage-\(stage.authority)-\(stage.cycle)-\(stage.stage)@junheng", day: stage.due,
        title: "\(stage.cycleTitle) \(stage.title)")
    }
    if post.role.may(.readTasks), let keeper = try TaskStore.keeper(for: post.appointment, transaction) {
      for task in try TaskStore.tasks(of: keeper, for: post.appointment, transaction) {
        guard let due = task.due.day, task.state(on: now.day) != .done else { continue }
        events.append(
          ICalendar.Event(
            uid: "task-\(keeper)-\(task.id)@junheng", day: due,
            title: words.text("messages.calendar.task", ["title": .text(task.title)]),
            text: task.responsible.joined(separator: words.text("list.separator"))))
      }
    }
    if post.role.may(.readConference) {
      for (authority, conference) in try ConferenceStore.list(for: post.appointment, transaction) {
        let title =
          conference.isOff
          ? words.text("messages.calendar.off", ["title": .text(conference.title)]) : conference.title
        events.append(
          ICalendar.Event(
            uid: "conference-\(authority)-\(conference.id)@junheng", day: conference.day, title: title,
            text: conference.offReason ?? conference.agenda.map(\.title).joined(separator: "\n"),
            isOff: conference.isOff))
      }
    }
    if post.role.may(.readFormation) {
      for line in try FormationStore.publicities(for: post.appointment, from: now.day, transaction) {
        guard let from = line.publicFrom, let through = line.publicThrough else { continue }
        events.append(
          ICalendar.Event(
            uid: "formation-\(line.authority)-\(line.id)@junheng", day: from, through: through,
            title: words.text("messages.calendar.publicity", ["title": .text(line.name ?? "")])))
      }
    }
    return events
  }
}
