import Ledgers
import Notation
import People
import Policies
import Storage

/// What waits for somebody beside the evaluation of a year: tasks, cases, conferences, records still missing.
struct OwnWork {
  let entries: [TaskPanel.Entry]

  /// From so many days before on something is told.
  private static let soon = 7

  /// Of the viewer's post. One statement of its own.
  static func read(_ visit: Visit) async throws -> OwnWork {
    guard let post = visit.viewer?.post else { return OwnWork(entries: []) }
    let (editions, day) = (visit.site.editions, visit.now.day)
    let found = try await visit.site.database.read { try waiting(post, on: day, editions, $0) }
    return OwnWork(entries: entries(found, visit))
  }

  /// One statement; none for those who only look.
  static func waiting(
    _ post: Viewer.Post, on day: Day, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> [Waiting] {
    guard post.role == .office || post.role.isOfSchool else { return [] }
    return try WaitingStore.waiting(for: post.appointment, on: day, soon: soon, editions, transaction)
  }

  static func entries(_ waiting: [Waiting], _ visit: Visit) -> [TaskPanel.Entry] {
    waiting.enumerated().map { place, waiting in
      let key = waiting.kind.rawValue
      return TaskPanel.Entry(
        title: visit.text("overview.own.\(key)"),
        about: waiting.only.map { $0.title ?? visit.text("formation.untitled") }
          ?? visit.text("overview.own.count", ["count": .count(waiting.count)]),
        due: waiting.due, link: link(waiting), action: visit.text("overview.own.\(key).do"), order: 100 + place)
    }
  }

  /// The one there is, else the list in which they stand.
  private static func link(_ waiting: Waiting) -> String {
    switch waiting.kind {
    case .report, .press:
      waiting.only.map { Endpoint.task.link($0.authority, $0.id) }
        ?? Endpoint.taskBoard.link(query: [("state", waiting.kind == .press ? "late" : nil)])
    case .minutes, .attend:
      waiting.only.map { Endpoint.conference.link($0.authority, $0.id) } ?? Endpoint.conferences.link()
    case .accept, .decide, .answer, .file, .revise, .write, .consent, .charter:
      waiting.only.map { Endpoint.formation.link($0.authority, $0.id) }
        ?? Endpoint.formationList.link(query: [("stand", waiting.kind == .charter ? nil : "open")])
    }
  }
}

/// What a group's school year lacks now.
struct YearLack: Sendable {
  let group: ID
  let year: Int
  /// Documents that the policy asks for, of the viewer's school or, for who leads, of all.
  let documents: Int

  /// Of the school year a day lies in, for a school of the group; nil where nothing is lacking. One statement.
  static func read(
    of group: ID, policy: Policy, for post: Viewer.Post, on day: Day, _ transaction: any Transaction
  ) throws -> YearLack? {
    guard let days = SchoolYearDays(SchoolYearDays.year(of: day, policy: policy), of: policy) else { return nil }
    let found = try LedgerStore.documents(of: group, days, transaction)
    let gaps = YearGaps(
      GroupYear(
        group: group, days: days, schools: LedgerSchool.all(of: found.stays, in: days, on: day).year,
        asked: AskedDocument.all(of: policy), terms: RecordTerms(policy), records: found.records,
        statements: found.statements, past: [], isConfirmed: false, today: day))
    let count = gaps.documents.count { post.role == .lead || $0.school.id == post.school }
    return count == 0 ? nil : YearLack(group: group, year: days.year, documents: count)
  }

  func entry(_ visit: Visit) -> TaskPanel.Entry {
    TaskPanel.Entry(
      title: visit.text("overview.own.documents", ["year": .text(visit.words.schoolYear(year))]),
      about: visit.text("overview.own.documents.about", ["count": .count(documents)]), due: nil,
      link: Endpoint.ledgerYear.link(group, year), action: visit.text("overview.own.documents.do"), order: 200)
  }
}
