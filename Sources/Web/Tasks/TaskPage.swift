import Notation
import People
import Policies
import Storage
import Tasks

/// One task: what it is, who has it, how far each is, its parts.
struct TaskPage {
  struct Standing {
    let unit: String
    let chip: FormationPage.Chip
    let percent: String
    let said: String?
    let evidence: String?
    let who: String?
  }

  struct Report {
    let action: String
    let units: [Option]
    let percent: String
    let text: String
    let evidence: String
  }

  struct Part {
    let action: String
    let units: String
    let text: String
  }

  let listLink: String
  let title: String
  let chip: FormationPage.Chip
  let facts: [String]
  let text: String?
  let units: [FormationPage.Fact]
  let standings: [Standing]
  let hasStandings: Bool
  let parts: [TaskBoardPage.Row]
  let hasParts: Bool
  let report: Report?
  let part: Part?
  let closeLink: String?
  let openLink: String?
  let problems: [String]

  init(
    _ visit: Visit, _ post: Viewer.Post, _ task: WorkTask, parts: [WorkTask], _ names: [TaskStore.UnitName],
    of authority: ID, _ fault: CycleFault?
  ) {
    let today = visit.now.day
    let days = CycleDays(visit)
    let keeps = post.role.may(.keepTasks) && post.authority == authority
    listLink = Endpoint.taskBoard.link()
    title = task.title
    chip = TaskBoardPage.chip(visit, task.state(on: today))
    facts = [
      visit.text("tasks.due.is", ["day": .text(TaskBoardPage.due(visit, task.due))]), task.source,
      task.closedOn.map { visit.text("tasks.closedOn", ["day": .text(days.day($0))]) },
    ].compactMap(\.self)
    text = task.text
    units = WorkTask.Part.allCases.compactMap { part in
      let names = task.names(part)
      return names.isEmpty
        ? nil
        : FormationPage.Fact(
          title: visit.text("tasks.part.\(part.rawValue)"), text: names.joined(separator: visit.text("list.separator")))
    }
    standings = task.standings(on: today).map { standing in
      Standing(
        unit: standing.unit, chip: TaskBoardPage.chip(visit, standing.state),
        percent: standing.report.map { "\($0.percent)%" } ?? "—", said: standing.report?.text,
        evidence: standing.report?.evidence, who: standing.report.map { days.who($0.by, $0.at) })
    }
    hasStandings = !standings.isEmpty
    self.parts = parts.map { TaskBoardPage.row(visit, $0, authority) }
    hasParts = !parts.isEmpty
    let own = Set(names.filter { $0.isOf(post) }.map(\.name))
    let speaks = task.units.map(\.name).filter { keeps || own.contains($0) }
    let asked = visit.form.text("unit")
    var seen: Set<String> = []
    report =
      post.role.may(.reportTask) && task.closedOn == nil && !speaks.isEmpty
      ? Report(
        action: Endpoint.reportTask.link(authority, task.id),
        units: speaks.filter { seen.insert($0).inserted }.map { Option(value: $0, title: $0, isChosen: $0 == asked) },
        percent: visit.form.text("percent") ?? "", text: visit.form.has("percent") ? visit.form.text("text") ?? "" : "",
        evidence: visit.form.text("evidence") ?? "") : nil
    part =
      keeps && task.closedOn == nil && task.parent == nil
      ? Part(
        action: Endpoint.addTaskPart.link(authority, task.id),
        units: visit.form.raw("units") ?? task.responsible.joined(separator: "\n"),
        text: visit.form.has("units") ? visit.form.text("text") ?? "" : "") : nil
    closeLink = keeps && task.closedOn == nil ? Endpoint.closeTask.link(authority, task.id) : nil
    openLink = keeps && task.closedOn != nil ? Endpoint.closeTask.link(authority, task.id) : nil
    problems = (fault?.messages ?? []).map { visit.words.text($0) }
  }
}
