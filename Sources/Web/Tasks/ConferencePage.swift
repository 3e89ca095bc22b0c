import Notation
import People
import Policies
import Storage
import Tasks

/// The conferences of a year against how many it needs.
struct ConferenceListPage {
  struct Term {
    let title: String
    let chip: FormationPage.Chip
    /// Until when, where there is none.
    let until: String?
    let meetings: [Meeting]
  }

  struct Meeting {
    let day: String
    let link: String
    let chip: FormationPage.Chip
  }

  struct Row {
    let day: String
    let title: String
    let link: String
    let points: Int
    let chip: FormationPage.Chip
  }

  let title: String
  let tasksLink: String
  let terms: [Term]
  let hasTerms: Bool
  let termsTitle: String
  let rows: [Row]
  let hasRows: Bool
  let callLink: String?
  let typedTitle: String
  let typedAgenda: String
  let typedDay: String
  let problems: [String]

  init(
    _ visit: Visit, _ post: Viewer.Post, _ found: [(authority: ID, conference: Conference)],
    _ policy: FormationPolicyStore.InForce?, _ fault: CycleFault?
  ) {
    let days = CycleDays(visit)
    let today = visit.now.day
    title = visit.text("tasks.conferences")
    tasksLink = Endpoint.taskBoard.link()
    let demanded = policy.flatMap { ConferenceYear.demanded(by: $0.policy) }
    let own = found.filter { $0.authority == policy?.authority }.map(\.conference)
    let year = demanded.map { ConferenceYear(today.year, demanded: $0, conferences: own, today: today) }
    terms = (year?.terms ?? []).map { term in
      let kind =
        switch term.state {
        case .held: "ok"
        case .missing: "bad"
        case .now: "warn"
        case .called: "info"
        case .ahead: ""
        }
      return Term(
        title: visit.text("tasks.term", ["number": .count(term.number)]),
        chip: FormationPage.Chip(kind: kind, title: visit.text("tasks.term.\(term.state.rawValue)")),
        until: term.conferences.isEmpty
          ? visit.text("tasks.term.until", ["day": .text(days.day(term.last))]) : nil,
        meetings: term.conferences.compactMap { id in own.first { $0.id == id } }.compactMap { conference in
          policy.map {
            Meeting(
              day: days.day(conference.day), link: Endpoint.conference.link($0.authority, conference.id),
              chip: ConferencePage.chip(visit, conference))
          }
        })
    }
    hasTerms = !terms.isEmpty
    termsTitle =
      demanded.map { visit.text("tasks.terms", ["year": .text(String(today.year)), "count": .count($0)]) } ?? ""
    rows = found.map { authority, conference in
      Row(
        day: days.day(conference.day), title: conference.title,
        link: Endpoint.conference.link(authority, conference.id), points: conference.agenda.count,
        chip: ConferencePage.chip(visit, conference))
    }
    hasRows = !rows.isEmpty
    callLink = post.role.may(.keepTasks) ? Endpoint.callConference.link() : nil
    typedTitle = visit.form.text("title") ?? ""
    typedAgenda = visit.form.raw("agenda") ?? ""
    typedDay = visit.form.text("day") ?? ""
    problems = (fault?.messages ?? []).map { visit.words.text($0) }
  }
}

/// One conference: agenda, minutes, what it decided and what became of it.
struct ConferencePage {
  let listLink: String
  let title: String
  let chip: FormationPage.Chip
  let day: String
  let agenda: [String]
  let minutes: String?
  let off: String?
  let change: Change?
  /// Why there are no minutes to write yet.
  let waits: String?
  let tasks: [TaskBoardPage.Row]
  let hasTasks: Bool
  let noTasks: String
  let holdLink: String?
  let typedMinutes: String
  let decideLink: String?
  let typedText: String
  let typedUnits: String
  let problems: [String]

  struct Change {
    let link: String
    let offLink: String
    let title: String
    let day: String
    let agenda: String
    let reason: String
  }

  static func chip(_ visit: Visit, _ conference: Conference) -> FormationPage.Chip {
    let kind =
      switch conference.state {
      case .held: "ok"
      case .called: "info"
      case .off: ""
      }
    return FormationPage.Chip(kind: kind, title: visit.text("tasks.term.\(conference.state.rawValue)"))
  }

  init(
    _ visit: Visit, _ post: Viewer.Post, _ conference: Conference, _ tasks: [WorkTask], of authority: ID,
    _ fault: CycleFault?
  ) {
    let keeps = post.role.may(.keepTasks) && post.authority == authority
    listLink = Endpoint.conferences.link()
    title = conference.title
    chip = ConferencePage.chip(visit, conference)
    day = CycleDays(visit).day(conference.day)
    agenda = conference.agenda.map { point in [point.title, point.unit].compactMap(\.self).joined(separator: " ") }
    minutes = conference.minutes
    self.tasks = tasks.map { TaskBoardPage.row(visit, $0, authority) }
    hasTasks = !tasks.isEmpty
    noTasks = visit.text(keeps ? "tasks.decisions.none" : "tasks.decisions.none.own")
    let isAhead = conference.day > visit.now.day
    off = conference.offReason.map { visit.text("tasks.off.reason", ["reason": .text($0)]) }
    waits =
      keeps && isAhead && conference.state == .called
      ? visit.text("tasks.minutes.later", ["day": .text(CycleDays(visit).day(conference.day))]) : nil
    change =
      keeps && conference.state == .called ? ConferencePage.change(visit, conference, of: authority) : nil
    holdLink =
      keeps && !isAhead && !conference.isOff ? Endpoint.holdConference.link(authority, conference.id) : nil
    typedMinutes = visit.form.text("minutes") ?? conference.minutes ?? ""
    decideLink = keeps && conference.isHeld ? Endpoint.decideConference.link(authority, conference.id) : nil
    typedText = visit.form.text("text") ?? ""
    typedUnits = visit.form.raw("units") ?? ""
    problems = (fault?.messages ?? []).map { visit.words.text($0) }
  }

  private static func change(_ visit: Visit, _ conference: Conference, of authority: ID) -> Change {
    let isTyped = visit.form.has("agenda")
    return Change(
      link: Endpoint.changeConference.link(authority, conference.id),
      offLink: Endpoint.callOffConference.link(authority, conference.id),
      title: isTyped ? visit.form.text("title") ?? "" : conference.title,
      day: isTyped ? visit.form.text("day") ?? "" : conference.day.text,
      agenda: isTyped
        ? visit.form.raw("agenda") ?? "" : conference.agenda.map(\.title).joined(separator: "\n"),
      reason: visit.form.text("reason") ?? "")
  }
}
