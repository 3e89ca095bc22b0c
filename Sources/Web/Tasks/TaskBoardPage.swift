import Hummingbird
import Notation
import People
import Policies
import Storage
import Tasks

/// Who is late, at a glance; below, every task.
struct TaskBoardPage {
  struct Unit {
    let name: String
    let link: String
    let late: Int
    let isLate: Bool
    let soon: Int
    let running: Int
    let done: Int
    let all: Int
    let worst: String?
    let isMine: Bool
  }

  struct Row {
    let title: String
    let link: String
    let isPart: Bool
    let units: String
    let due: String
    let chip: FormationPage.Chip
    let left: String?
    let progress: String
  }

  struct Name {
    let name: String
    let offices: [Option]
    /// The school it means.
    let school: String?
  }

  let title: String
  let about: String
  let units: [Unit]
  let hasUnits: Bool
  let rows: [Row]
  let hasRows: Bool
  let action: String
  let states: [Option]
  let unitOptions: [Option]
  let takeLink: String?
  let names: [Name]
  let hasNames: Bool
  let unitLink: String
  let conferencesLink: String?

  static func answer(_ visit: Visit) async throws -> Response {
    let (post, editions) = (try visit.post, visit.site.editions)
    let keeps = post.role.may(.keepTasks)
    let found = try await visit.site.database.read { transaction in
      let keeper = try TaskStore.keeper(for: post.appointment, transaction)
      let policy = keeps ? try FormationPolicyStore.inForce(for: post.authority, editions, transaction) : nil
      return (
        keeper: keeper, policy: policy,
        tasks: try keeper.map { try TaskStore.tasks(of: $0, for: post.appointment, transaction) } ?? [],
        units: try keeper.map { try TaskStore.units(of: $0, transaction) } ?? [],
        offices: keeps && keeper == post.authority
          ? try RegistryStore.authorities(for: visit.actor, transaction) : []
      )
    }
    let page = TaskBoardPage(
      visit, post, keeper: found.keeper, tasks: found.tasks, units: found.units, offices: found.offices,
      mayTake: found.policy?.authority == post.authority)
    return visit.page("tasks/board", page, visit.frame(page.title, current: "tasks"))
  }

  init(
    _ visit: Visit, _ post: Viewer.Post, keeper: ID?, tasks: [WorkTask], units: [TaskStore.UnitName],
    offices: [RegisteredUnit], mayTake: Bool
  ) {
    let today = visit.now.day
    let mine = Set(units.filter { $0.isOf(post) }.map(\.name))
    let (unit, state) = (visit.query("unit"), visit.query("state").flatMap(TaskStanding.State.init))
    title = visit.text("nav.tasks")
    let lines = TaskBoard(tasks, on: today).lines
    let late = tasks.count { $0.state(on: today) == .late }
    about = tasks.isEmpty ? "" : visit.text("tasks.about", ["count": .count(tasks.count), "late": .count(late)])
    self.units = lines.map { line in
      Unit(
        name: line.unit, link: Endpoint.taskBoard.link(query: [("unit", line.unit)]), late: line.count(.late),
        isLate: line.count(.late) > 0, soon: line.count(.soon),
        running: line.count(.running) + line.count(.standing) + line.count(.ahead), done: line.count(.done),
        all: line.all,
        worst: line.late.first.map {
          visit.text("tasks.worst", ["title": .text($0.title), "days": .count($0.days)])
        }, isMine: mine.contains(line.unit))
    }
    hasUnits = !self.units.isEmpty
    let shown = tasks.filter { task in
      (unit.map { name in task.units.contains { $0.name == name } } ?? true)
        && (state.map { task.state(on: today) == $0 } ?? true)
    }
    rows = shown.map { task in TaskBoardPage.row(visit, task, keeper) }
    hasRows = !rows.isEmpty
    action = Endpoint.taskBoard.link()
    states =
      [Option(value: "", title: visit.text("tasks.filter.states"), isChosen: state == nil)]
      + TaskStanding.State.allCases.map {
        Option(value: $0.rawValue, title: visit.text("tasks.state.\($0.rawValue)"), isChosen: $0 == state)
      }
    unitOptions =
      [Option(value: "", title: visit.text("tasks.filter.units"), isChosen: unit == nil)]
      + Set(tasks.flatMap { $0.units.map(\.name) }).sorted().map {
        Option(value: $0, title: $0, isChosen: $0 == unit)
      }
    takeLink = mayTake ? Endpoint.takeTasks.link() : nil
    names = offices.isEmpty ? [] : units.map { name in TaskBoardPage.name(visit, name, offices) }
    hasNames = !names.isEmpty
    unitLink = Endpoint.setUnit.link()
    conferencesLink = post.role.may(.readConference) ? Endpoint.conferences.link() : nil
  }

  private static func name(_ visit: Visit, _ name: TaskStore.UnitName, _ offices: [RegisteredUnit]) -> Name {
    let none = Option(value: "", title: visit.text("tasks.unit.none"), isChosen: name.office == nil)
    let known = offices.compactMap { unit in
      unit.seat.authority.map {
        Option(value: $0.description, title: unit.name, isChosen: $0 == name.office)
      }
    }
    return Name(name: name.name, offices: [none] + known, school: name.schoolName)
  }

  static func row(_ visit: Visit, _ task: WorkTask, _ authority: ID?) -> Row {
    let today = visit.now.day
    let state = task.state(on: today)
    let done = task.standings(on: today).count { $0.state == .done }
    return Row(
      title: task.title, link: authority.map { Endpoint.task.link($0, task.id) } ?? "", isPart: task.parent != nil,
      units: task.responsible.isEmpty ? "—" : task.responsible.joined(separator: visit.text("list.separator")),
      due: due(visit, task.due),
      chip: chip(visit, state),
      left: state == .done ? nil : task.due.day.map { visit.left($0.days(since: today)) },
      progress: "\(done) / \(task.responsible.count)")
  }

  static func due(_ visit: Visit, _ due: WorkTask.Due) -> String {
    switch due {
    case .day(let day): CycleDays(visit).day(day)
    case .standing: visit.text("tasks.standing")
    case .unsaid: "—"
    }
  }

  static func chip(_ visit: Visit, _ state: TaskStanding.State) -> FormationPage.Chip {
    let kind =
      switch state {
      case .done: "ok"
      case .late: "bad"
      case .soon: "warn"
      case .running: "info"
      case .standing, .ahead: ""
      }
    return FormationPage.Chip(kind: kind, title: visit.text("tasks.state.\(state.rawValue)"))
  }
}
