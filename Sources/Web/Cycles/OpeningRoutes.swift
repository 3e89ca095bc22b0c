import HTTPTypes
import Hummingbird
import Notation
import People
import Policies
import Storage

/// Opening a cycle: choosing its policy, setting its days, looking at what it would do.
enum OpeningRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.newCycle) { visit in
      guard let source = PolicySource(policy: visit.query("policy"), edition: visit.query("edition")) else {
        return try await choices(visit)
      }
      let chosen = try await OpeningPolicy.read(source, visit)
      let next = try await nextYear(visit)
      let year = visit.number("year", in: .schoolYears) ?? next
      return try await show(
        visit, OpeningDraft(chosen, year: year, title: title(visit, year)))
    }
    table.on(.openCycle) { try await open($0) }
    table.on(.dryRun) { try await DryRun.answer($0) }
  }

  private static func choices(_ visit: Visit) async throws -> Response {
    let authority = try visit.post.authority
    let used = try await visit.site.database.read { try PolicyEditions.used(by: authority, $0) }
    return visit.page(
      "cycles/policies", PolicyChoicePage(visit, used), visit.frame(visit.text("cycle.new"), current: "cycles"))
  }

  /// The school year that a cycle opened now is likely of: the one after the last, else the one that is under way.
  private static func nextYear(_ visit: Visit) async throws -> Int {
    let authority = try visit.post.authority
    let last = try await visit.site.database.read { try CycleStore.years(of: authority, $0) }.first
    let today = visit.now.day
    return last.map { $0 + 1 } ?? (today.month >= 9 ? today.year + 1 : today.year)
  }

  private static func title(_ visit: Visit, _ year: Int) -> String {
    visit.text("cycle.new.defaultTitle", ["from": .text(String(year - 1)), "to": .text(String(year))])
  }

  private static func show(
    _ visit: Visit, _ draft: OpeningDraft, checked: Bool = false, fault: CycleFault? = nil
  ) async throws -> Response {
    let (authority, now) = (try visit.post.authority, visit.now)
    let (policy, year) = (draft.chosen.policy, draft.yearNumber ?? now.day.year)
    let (preview, hasPast) = try await visit.site.database.read { transaction in
      let past = try CycleStore.years(of: authority, transaction).contains { $0 < year }
      return (try OpeningPreview(of: policy, authority: authority, year: year, at: now, transaction), past)
    }
    let page = NewCyclePage(visit, draft, preview, year: year, hasPast: hasPast, checked: checked, fault: fault)
    return visit.page(
      "cycles/new", page, visit.frame(visit.text("cycle.new"), current: "cycles"), status: fault?.status ?? .ok)
  }

  private static func open(_ visit: Visit) async throws -> Response {
    guard let source = PolicySource(policy: visit.form.text("policy"), edition: visit.form.text("edition")) else {
      throw Refusal.invalid("opening.policy")
    }
    var draft = OpeningDraft(try await OpeningPolicy.read(source, visit), visit.form)
    switch visit.form.text("do") {
    case "open": break
    case "refill":
      if let year = draft.yearNumber {
        // A name nobody has changed goes with the year.
        let isMade = ClosedRange<Int>.schoolYears.contains { title(visit, $0) == draft.title }
        draft = OpeningDraft(
          draft.chosen, year: year, title: isMade ? title(visit, year) : draft.title,
          avoidsDistrict: draft.avoidsDistrict)
      }
      return try await show(visit, draft)
    default: return try await show(visit, draft, checked: true)
    }
    let id = visit.site.newID(visit.now)
    let (post, now, ids, actor) = (try visit.post, visit.now, visit.site.ids, visit.actor)
    guard let opening = draft.opening(authority: post.authority, id: id) else {
      return try await show(visit, draft, fault: CycleFault(draft.faults))
    }
    let fault = try await visit.attempt { transaction in
      guard try CycleStore.opens(post.appointment, transaction) == opening.authority else { throw Refusal.forbidden }
      try CycleStore.open(opening, at: now, by: actor, ids: ids, transaction)
    }
    if let fault { return try await show(visit, draft, fault: fault) }
    return visit.redirect(Endpoint.cycle.link(opening.authority, id))
  }
}
