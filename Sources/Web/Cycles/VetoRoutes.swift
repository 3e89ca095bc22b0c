import Hummingbird
import Notation
import People
import Policies
import Storage

/// Vetoes of the policy on groups: laid with a reason, lifted with a reason, both kept and shown to the group.
enum VetoRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.vetoes) { try await show($0) }
    table.on(.layVeto) { visit in
      let (now, actor, form) = (visit.now, visit.actor, visit.form)
      let fault = try await visit.changeOwnCycle { cycle, transaction in
        try VetoStore.lay(
          form.text("veto"), on: form.id("group"), reason: form.text("reason", most: 2_000),
          evidence: form.text("evidence", most: 500), in: cycle, at: now, by: actor, transaction)
      }
      if let fault { return try await show(visit, fault: fault) }
      return try visit.redirect(Endpoint.vetoes.link(visit.id("authority"), visit.id("cycle")))
    }
    table.on(.liftVeto) { visit in
      let (now, actor, form) = (visit.now, visit.actor, visit.form)
      let fault = try await visit.changeOwnCycle { cycle, transaction in
        guard let veto = form.text("veto"), let group = form.id("group"),
          let laid = form.number("laid", in: .counts)
        else { throw CycleFault.conflict("veto.fault.lifted") }
        try VetoStore.lift(
          veto, on: group, laid: Instant(milliseconds: Int64(laid)), reason: form.text("reason", most: 2_000),
          in: cycle,
          at: now, by: actor, transaction)
      }
      if let fault { return try await show(visit, fault: fault) }
      return try visit.redirect(Endpoint.vetoes.link(visit.id("authority"), visit.id("cycle")))
    }
  }

  private static func show(_ visit: Visit, fault: CycleFault? = nil) async throws -> Response {
    let post = try visit.post
    // A third party reaches no groups, and the list names them.
    guard post.role != .thirdParty else { throw Refusal.forbidden }
    let (cycle, rest) = try await visit.readCycle { cycle, transaction in
      (
        laid: try VetoStore.list(of: cycle, for: post.appointment, transaction),
        groups: try VetoStore.groups(of: cycle, for: post.appointment, transaction)
      )
    }
    let page = VetoPage(visit, cycle, rest.laid, rest.groups, fault: fault)
    return visit.page(
      "cycles/vetoes", page, visit.frame("\(page.head.title) · \(cycle.title)", current: "cycles"),
      status: fault?.status ?? .ok)
  }
}

/// The vetoes of a cycle within the viewer's reach.
struct VetoPage {
  struct Row {
    let group: String
    let veto: String
    let grade: String?
    let reason: String
    let evidence: String?
    let who: String
    let lifting: Lifting?
    /// Nil where the viewer can't lift it, or it is lifted.
    let lift: Lift?
  }

  struct Lifting {
    let who: String
    let because: String
  }

  struct Lift {
    let action: String
    let vetoID: String
    let groupID: String
    let laid: String
    let name: String
  }

  struct Lay {
    let action: String
    let groups: [Option]
    let vetoes: [Option]
    let typedReason: String
    let typedEvidence: String
  }

  let head: CycleHead
  let rows: [Row]
  let hasRows: Bool
  let lay: Lay?

  init(
    _ visit: Visit, _ cycle: StoredCycle, _ laid: [LaidVeto], _ groups: [(id: ID, name: String)], fault: CycleFault?
  ) {
    let days = CycleDays(visit)
    let vetoes = cycle.policy.vetoes
    let runs = visit.runs(cycle) && cycle.confirmedAt == nil
    head = CycleHead(visit, cycle, title: visit.text("cycle.tab.vetoes"), fault: fault)
    rows = laid.map { line in
      let veto = vetoes.first { $0.id == line.veto }
      return Row(
        group: line.groupName, veto: veto?.title ?? line.veto, grade: veto.flatMap { VetoPage.effect($0, visit) },
        reason: line.reason, evidence: line.evidence, who: days.who(line.by, line.at),
        lifting: line.lifted.map { Lifting(who: days.who($0.by, $0.at), because: $0.reason) },
        lift: runs && line.lifted == nil
          ? Lift(
            action: Endpoint.liftVeto.link(cycle.authority, cycle.id), vetoID: line.veto,
            groupID: line.group.description, laid: String(line.at.milliseconds), name: line.groupName) : nil)
    }
    hasRows = !rows.isEmpty
    let (group, veto) = (visit.form.text("group"), visit.form.text("veto"))
    lay =
      runs && !vetoes.isEmpty
      ? Lay(
        action: Endpoint.layVeto.link(cycle.authority, cycle.id),
        groups: groups.map {
          Option(value: $0.id.description, title: $0.name, isChosen: $0.id.description == group)
        }, vetoes: vetoes.map { Option(value: $0.id, title: $0.title, isChosen: $0.id == veto) },
        typedReason: visit.form.has("laid") ? "" : visit.form.text("reason") ?? "",
        typedEvidence: visit.form.text("evidence") ?? "") : nil
  }

  /// What it does to the grade.
  private static func effect(_ veto: Policy.Veto, _ visit: Visit) -> String? {
    if let grade = veto.grade { return visit.text("veto.lowers", ["grade": .text(grade)]) }
    return veto.bars.isEmpty ? nil : visit.text("veto.bars", ["grades": .names(veto.bars)])
  }
}
