import Cycles
import Hummingbird
import Notation
import People
import Policies
import Storage

/// Reports that a stage asks for beside the sheets, handed in by whom the policy names.
enum ReportRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.report) { try await show($0) }
    table.on(.handInReport) { visit in
      let (post, now, actor, id) = (try visit.post, visit.now, visit.actor, try visit.parameter("stage"))
      let form = visit.form
      let fault = try await visit.changeCycle { cycle, transaction in
        let stage = try asking(id, in: cycle)
        let acting = try ActingStore.groups(at: id, of: cycle, by: post.appointment, transaction)
        guard let group = form.id("group"), acting.contains(group) else { throw CycleFault.forbidden }
        _ = try cycle.changeable
        let number = form.text("evidence")
        if let number, ID(number) == nil {
          throw CycleFault.invalid("report.fault.evidence", ["number": .text(String(number.prefix(40)))])
        }
        try StageReportStore.handIn(
          form.text("remark", most: 4_000), evidence: form.id("evidence"), of: group, at: stage, in: cycle, at: now,
          by: actor, transaction)
      }
      if let fault { return try await show(visit, fault: fault) }
      return try visit.redirect(Endpoint.report.link(visit.id("authority"), visit.id("cycle"), id))
    }
  }

  static func asking(_ id: String, in cycle: StoredCycle) throws(Refusal) -> CycleStage {
    guard let stage = cycle.stage(id), stage.kind == .report else { throw .notFound }
    return stage
  }

  private static func show(_ visit: Visit, fault: CycleFault? = nil) async throws -> Response {
    let (post, id) = (try visit.post, try visit.parameter("stage"))
    let (cycle, rest) = try await visit.readCycle { cycle, transaction in
      let stage = try asking(id, in: cycle)
      return (
        stage: stage, lines: try StageReportStore.list(at: id, of: cycle, for: post.appointment, transaction)
      )
    }
    let page = ReportPage(visit, cycle, rest.stage, rest.lines, fault: fault)
    return visit.page(
      "cycles/reports", page, visit.frame("\(rest.stage.title) · \(cycle.title)", current: "cycles"),
      status: fault?.status ?? .ok)
  }
}

struct ReportPage {
  struct Row {
    let name: String
    let district: String
    let state: String
    let chip: String
    let remark: String?
    let evidence: String?
    let who: String?
    let editLink: String?
  }

  struct Entry {
    let action: String
    let groupID: String
    let name: String
    let typedRemark: String
    let typedEvidence: String
  }

  let head: CycleHead
  let text: String?
  let rows: [Row]
  let hasRows: Bool
  let counts: String
  let pager: PagingLinks?
  let entry: Entry?

  init(
    _ visit: Visit, _ cycle: StoredCycle, _ stage: CycleStage, _ lines: [StageReportStore.Line], fault: CycleFault?
  ) {
    let days = CycleDays(visit)
    let due = cycle.calendar.due(stage.id, group: nil)
    head = CycleHead(
      visit, cycle, title: stage.title,
      about: [
        stage.acts.map { visit.text("cycle.actedBy", ["actor": .text(visit.text("actor.\($0.rawValue)"))]) },
        due.map { visit.text("cycle.dueOn", ["day": .text(days.day($0))]) },
        cycle.confirmedAt != nil || lines.allSatisfy { $0.report != nil }
          ? visit.text("cycle.settled") : due.map { days.left($0.days(since: visit.now.day)) },
      ].compactMap(\.self), fault: fault)
    text = cycle.policy.stages.first { $0.id == stage.id }?.text
    let mayHandIn = visit.viewer?.post?.role.may(.handInReport) == true && cycle.confirmedAt == nil
    func isOpen(_ line: StageReportStore.Line) -> Bool {
      mayHandIn && line.isOwn && !cycle.calendar.isOver(stage.id, group: line.group, at: visit.now)
    }
    let paging = Paging(lines, visit)
    rows = paging.lines.map { line in
      Row(
        name: line.name, district: line.district,
        state: visit.text(line.report == nil ? "report.open" : "report.done"), chip: line.report == nil ? "warn" : "ok",
        remark: line.report?.remark, evidence: line.report?.evidenceTitle,
        who: line.report.map { days.who($0.by, $0.at) },
        editLink: isOpen(line)
          ? Endpoint.report.link(
            cycle.authority, cycle.id, stage.id,
            query: [("group", line.group.description), ("page", visit.query("page"))]) + "#entry" : nil)
    }
    hasRows = !rows.isEmpty
    counts = visit.text(
      "report.counts", ["done": .count(lines.count { $0.report != nil }), "all": .count(lines.count)])
    pager = paging.pager(visit) {
      Endpoint.report.link(cycle.authority, cycle.id, stage.id, query: [("page", String($0))])
    }
    let asked = visit.form.id("group") ?? visit.query("group").flatMap { ID($0) }
    entry = lines.first { $0.group == asked && isOpen($0) }.map { line in
      Entry(
        action: Endpoint.handInReport.link(cycle.authority, cycle.id, stage.id), groupID: line.group.description,
        name: line.name, typedRemark: visit.form.text("remark") ?? line.report?.remark ?? "",
        typedEvidence: visit.form.text("evidence") ?? line.report?.evidence?.description ?? "")
    }
  }
}
