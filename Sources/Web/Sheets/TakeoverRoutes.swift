import Cycles
import Documents
import Hummingbird
import Notation
import People
import Policies
import Storage

/// Taking over what the year's records say: shown first, then many fields at once.
enum TakeoverRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.sheetRecords) { visit in
      let only = visit.query("item")
      let maker = try await SheetRoutes.read(visit, item: only)
      let page = TakeoverPage(maker, only: only)
      return visit.page("sheets/records", page, visit.frame(visit.text("sheet.takeover"), current: "cycles"))
    }
    table.on(.sheetRecordsTake) { try await take($0) }
  }

  private static func take(_ visit: Visit) async throws -> Response {
    let (authority, id, only) = (try visit.id("authority"), try visit.id("sheet"), visit.query("item"))
    guard let viewer = visit.viewer else { throw Refusal.signIn }
    let (form, now, editions) = (visit.form, visit.now, visit.site.editions)
    let wanted = Set(form.all("take"))
    guard !wanted.isEmpty else { throw Refusal.invalid("sheet.takeover.nothing") }
    let (saved, clashes) = try await visit.site.database.write { transaction -> (Int, Int) in
      guard let open = try SheetStore.open(authority: authority, id, for: viewer, at: now, editions, transaction)
      else { throw Refusal.notFound }
      if let closed = open.rights.closed { throw Refusal(.conflict, [closed]) }
      guard open.rights.canMark else { throw Refusal.forbidden }
      let takeovers = TakeoverPage.takeovers(open, open.state(), only: only)
      var changes: [MarkChange] = []
      for takeover in takeovers where takeover.standing != .open {
        let name = "\(takeover.item.item.id)|\(takeover.field.path)"
        let value = FactsJSON.text(takeover.proposal.value)
        // What the records say now may be something else than what was shown.
        guard wanted.contains(name), form.raw("x:" + name) == value,
          let seen = form.number("v:" + name, in: .versions)
        else { continue }
        changes.append(
          MarkChange(
            item: takeover.item.item.id, field: takeover.field.path, value: value, seen: seen, by: viewer.account,
            at: now, reviewer: nil))
      }
      let known = try MarkStore.known(changes, of: id, authority: authority, transaction)
      var clashes = wanted.count - changes.count
      for change in changes {
        let merge = try MarkStore.save(
          change, over: known[change], of: id, authority: authority, by: visit.actor, transaction)
        if case .conflict = merge { clashes += 1 }
      }
      return (wanted.count - clashes, clashes)
    }
    if clashes > 0 {
      let notice = visit.text("sheet.takeover.clashes", ["saved": .count(saved), "count": .count(clashes)])
      let page = TakeoverPage(try await SheetRoutes.read(visit, item: only), only: only, notice: notice)
      return visit.page(
        "sheets/records", page, visit.frame(visit.text("sheet.takeover"), current: "cycles"), status: .conflict)
    }
    return visit.redirect(
      Endpoint.sheet.link(
        authority, id, query: (only.map { [("item", $0)] } ?? []) + [("saved", LocalTime(now).clock)]))
  }
}
