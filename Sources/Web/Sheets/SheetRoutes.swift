import Cycles
import Hummingbird
import Notation
import People
import Policies
import Scoring
import Storage

/// The sheet's page and what is done on it.
enum SheetRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.sheet) { visit in
      let maker = try await read(visit, item: visit.query("item"))
      if visit.printsAll {
        let page = SheetPrint(maker)
        return visit.page("sheets/print", page, visit.frame("\(page.name) · \(page.stage)", current: "cycles"))
      }
      return show(visit, maker, saved: visit.query("saved"))
    }
    table.on(.sheetNow) { visit in
      let maker = try await read(visit, item: visit.query("item"))
      return visit.json(pieces(visit, maker))
    }
    table.on(.sheetItem) { try await save($0) }
    table.on(.presence) { visit in
      let (authority, id) = (try visit.id("authority"), try visit.id("sheet"))
      guard let viewer = visit.viewer else { throw Refusal.signIn }
      let (account, now, editions) = (viewer.account, visit.now, visit.site.editions)
      let named = visit.form.text("item")
      let others = try await visit.site.database.write { transaction in
        guard let gate = try MarkGate.find(authority: authority, id, for: viewer, at: now, editions, transaction)
        else { throw Refusal.notFound }
        // Others are shown it: only what the policy has, never a stranger's words.
        let item = named.flatMap { gate.items[$0]?.id }
        try PresenceStore.note(account, on: id, authority: authority, item: item, at: now, transaction)
        return try PresenceStore.others(than: account, on: id, authority: authority, at: now, transaction).map {
          (name: $0.name, item: $0.item.flatMap { gate.items[$0] })
        }
      }
      let texts = others.map { other in
        let isNumbered = other.item?.number.isEmpty == false
        return visit.text(
          other.item == nil ? "sheet.presence" : isNumbered ? "sheet.presence.item" : "sheet.presence.named",
          [
            "name": .text(other.name),
            "item": .text((isNumbered ? other.item?.number : other.item?.title) ?? ""),
          ])
      }
      return visit.json(.object([("others", .texts(texts))]))
    }
    SubmissionRoutes.add(to: &table)
    SheetBookRoutes.add(to: &table)
    TakeoverRoutes.add(to: &table)
  }

  /// The sheet with everything around the item in question.
  static func read(_ visit: Visit, item: String?) async throws -> SheetMaker {
    let (authority, id) = (try visit.id("authority"), try visit.id("sheet"))
    guard let viewer = visit.viewer else { throw Refusal.signIn }
    let (post, now, editions) = (try visit.post, visit.now, visit.site.editions)
    let read = try await visit.site.database.read { transaction -> (OpenSheet, SheetState, String)? in
      guard
        var open = try SheetStore.open(authority: authority, id, for: viewer, at: now, editions, transaction)
      else { return nil }
      let state = open.state()
      let shown = item ?? state.firstItem
      (open.evidence, open.events) = try SheetStore.around(
        open.sheet, item: shown, for: post, seeing: open.sight, most: 6, transaction)
      return (open, state, shown)
    }
    guard let (open, state, shown) = read, let maker = SheetMaker(visit, open, state: state, item: shown) else {
      throw Refusal.notFound
    }
    return maker
  }

  static func show(
    _ visit: Visit, _ maker: SheetMaker, saved: String? = nil, problem: String? = nil,
    conflicts: [ItemPanel.Conflict] = [], status: HTTPResponse.Status = .ok
  ) -> Response {
    let page = maker.page(
      saved: saved.map { visit.text("sheet.saved", ["clock": .text($0)]) }, problem: problem, conflicts: conflicts)
    let title = "\(maker.item.item.name) · \(page.name)"
    return visit.page("sheets/sheet", page, visit.frame(title, current: "cycles", bodyClass: "sheet"), status: status)
  }

  /// What changes on the page without reloading it.
  ///
  /// - Parameter stored: the fields that say what the request wanted, as it alone has seen them.
  static func pieces(
    _ visit: Visit, _ maker: SheetMaker, conflicts: [ItemPanel.Conflict] = [], stored: [String] = []
  ) -> JSONText {
    let page = maker.page(conflicts: conflicts)
    let frame = visit.frame(page.name)
    func piece(_ name: String) -> JSONText {
      .text(visit.site.pages.html("sheets/" + name, page, frame: frame, words: visit.words))
    }
    return .object([
      ("saved", .text(visit.text("sheet.saved", ["clock": .text(LocalTime(visit.now).clock)]))),
      ("tree", piece("tree")), ("result", piece("result")), ("side", piece("side")), ("conflicts", piece("conflicts")),
      ("submit", .text(page.submitTitle)), ("stored", .texts(stored)),
      ("problems", .object(page.item.controls.map { ($0.path, .texts($0.problems)) })),
      ("choice", .optional(page.item.asksChoice ? page.item.choices.first(where: \.isChosen)?.value : nil)),
      (
        "versions",
        .object(
          page.item.controls.map { ($0.path, .number($0.version)) } + [
            (SheetMark.choice, .number(page.item.choiceVersion)), (SheetMark.remark, .number(page.item.remarkVersion)),
          ])
      ),
    ])
  }
}

extension SheetState {
  /// What a reader who names no item sees: the first that isn't done.
  var firstItem: String { (items.first { !$0.isDone } ?? items.first)?.item.id ?? "" }
}
