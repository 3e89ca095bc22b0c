import Cycles
import Hummingbird
import Notation
import People
import Policies
import Storage

/// Who evaluates which group: a balanced plan looked at before it is stored, and single changes with a reason.
enum PanelRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.panel) { try await show($0) }
    table.on(.assignPanel) { try await assign($0) }
    table.on(.changePanel) { try await change($0) }
  }

  private static func standardSeed(_ visit: Visit) -> String {
    String(visit.now.day.text.filter(\.isNumber))
  }

  private static func assign(_ visit: Visit) async throws -> Response {
    let (post, now, actor, id) = (try visit.post, visit.now, visit.actor, try visit.parameter("stage"))
    let (form, standard) = (visit.form, standardSeed(visit))
    let fault = try await visit.changeCycle { cycle, transaction in
      let reading = try PanelReading(
        try cycle.changeable, stage: id, for: post.appointment, at: now, transaction)
      guard !reading.groups.isEmpty else { throw CycleFault.forbidden }
      let terms = PanelTerms(size: form.text("size"), seed: form.text("seed"), reading, standard: standard)
      let plan = reading.plan(size: terms.size, seed: terms.seed)
      // What is stored is what was looked at: people and groups may have changed meanwhile.
      guard plan.fingerprint == form.text("plan") else { throw CycleFault.conflict("panel.fault.changed") }
      try AssignmentStore.assign(
        plan.added, at: id, of: cycle, reason: terms.seed, at: now, by: actor, transaction)
    }
    if let fault { return try await show(visit, fault: fault) }
    return try visit.redirect(Endpoint.panel.link(visit.id("authority"), visit.id("cycle"), id))
  }

  private static func change(_ visit: Visit) async throws -> Response {
    let (post, now, actor, id) = (try visit.post, visit.now, visit.actor, try visit.parameter("stage"))
    let (group, add, remove) = (visit.form.id("group"), visit.form.id("add"), visit.form.id("remove"))
    let reason = visit.form.text("reason", most: 2_000)
    let fault = try await visit.changeCycle { cycle, transaction in
      let reading = try PanelReading(
        try cycle.changeable, stage: id, for: post.appointment, at: now, transaction)
      guard let group = reading.groups.first(where: { $0.id == group }) else { throw CycleFault.forbidden }
      guard reading.open.contains(where: { $0.id == group.id }) else {
        throw CycleFault.conflict("panel.fault.submitted", ["group": .text(group.participant.name)])
      }
      guard let reason else { throw CycleFault.invalid("panel.fault.reason") }
      guard add != nil || remove != nil else { throw CycleFault.invalid("panel.fault.nobody") }
      if let remove {
        try PanelStore.remove(
          remove, from: group.id, at: id, of: cycle, reason: reason, at: now, by: actor, transaction)
      }
      guard let add else { return }
      guard let candidate = reading.pool.first(where: { $0.appointment == add }) else {
        throw CycleFault.invalid("panel.fault.pool")
      }
      if let obstacle = reading.obstacle(candidate, group) {
        throw CycleFault.conflict(
          "panel.fault.obstacle",
          ["name": .text(candidate.name), "group": .text(group.participant.name), "why": .message(obstacle)])
      }
      try AssignmentStore.assign(
        [PanelPlan.Assignment(group: group.id, expert: add)], at: id, of: cycle, reason: reason, at: now, by: actor,
        transaction)
    }
    if let fault { return try await show(visit, fault: fault) }
    return try visit.redirect(
      Endpoint.panel.link(
        visit.id("authority"), visit.id("cycle"), id, query: [("group", group?.description)]) + "#group")
  }

  private static func show(_ visit: Visit, fault: CycleFault? = nil) async throws -> Response {
    let (post, now, id) = (try visit.post, visit.now, try visit.parameter("stage"))
    let (cycle, reading) = try await visit.readCycle { cycle, transaction in
      try PanelReading(cycle, stage: id, for: post.appointment, at: now, transaction)
    }
    let terms = PanelTerms(
      size: visit.form.text("size") ?? visit.query("size"), seed: visit.form.text("seed") ?? visit.query("seed"),
      reading, standard: standardSeed(visit))
    let page = PanelMaker(visit: visit, reading: reading, terms: terms).page(fault: fault)
    return visit.page(
      "cycles/panel", page, visit.frame("\(page.head.title) · \(cycle.title)", current: "cycles"),
      status: fault?.status ?? .ok)
  }
}
