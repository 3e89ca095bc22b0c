import Cycles
import Documents
import Hummingbird
import Notation
import People
import Policies
import Storage

/// The table behind the picture of shares: a row for each group, a column for each item.
struct RatesPage {
  struct Cell {
    let text: String
    let sheetLink: String?
    /// The shade's colour beside the number; nothing where it is missing.
    let look: String
  }

  struct Row {
    let name: String
    let link: String
    let district: String
    let cells: [Cell]
  }

  struct Head {
    let number: String
    let title: String
    let link: String
  }

  let title: String
  let facts: String
  let crumbs: [RatePanel.Link]
  let stages: [RatePanel.StageTab]
  let heads: [Head]
  let rows: [Row]
  let means: [String]
  let pager: PagingLinks
  let bookLink: String
  let none: String?

  static let perPage = 60

  /// One page of the table, or all of it for the workbook.
  private struct Reading {
    let overview: CycleOverview
    let scope: AreaScope
    let stage: CycleStage?
    let groups: [GroupOverview]
    let from: Int
    let lines: [ItemRates.GroupLine]
  }

  private static func read(_ visit: Visit, paged: Bool) async throws -> Reading {
    let key = (authority: try visit.id("authority"), id: try visit.id("cycle"))
    let (site, now, post) = (visit.site, visit.now, try visit.post)
    let area = visit.query("area").flatMap { ID($0) }
    let (wanted, from) = (visit.query("stage"), visit.number("from", in: .places) ?? 1)
    let read = try await site.database.read { transaction -> Reading? in
      guard
        let cycle = try CycleStore.choose(key, for: post.appointment, site.editions, transaction).cycle
      else { return nil }
      let overview = try site.overviews.overview(of: cycle, for: post.appointment, at: now, transaction)
      guard let scope = AreaScope(visit, overview, area: area, post: post) else { return nil }
      let stages = RatePlan.stages(scope, cycle)
      let stage = stages.first { $0.id == wanted } ?? stages.last
      let start = paged ? min(from - 1, max(0, scope.groups.count - 1)) / perPage * perPage : 0
      let all = scope.parts.flatMap(\.groups)
      let groups = paged ? Array(all.dropFirst(start).prefix(perPage)) : all
      var lines: [ItemRates.GroupLine] = []
      // Values are bound one by one: a workbook of thousands is read in pieces.
      if let stage {
        for piece in stride(from: 0, to: groups.count, by: 1_000) {
          let ids = groups[piece..<min(piece + 1_000, groups.count)].map(\.id)
          lines += try RateStore.groups(ids, stage: stage.id, of: cycle, for: post.appointment, transaction)
        }
      }
      return Reading(
        overview: overview, scope: scope, stage: stage, groups: groups, from: start, lines: lines)
    }
    guard let read else { throw Refusal.notFound }
    return read
  }

  static func answer(_ visit: Visit) async throws -> Response {
    let read = try await read(visit, paged: true)
    let page = page(visit, read)
    return visit.page("overview/rates", page, visit.frame(page.title, current: "cycles"))
  }

  static func book(_ visit: Visit) async throws -> Response {
    let read = try await read(visit, paged: false)
    let cycle = read.overview.cycle
    let items = cycle.policy.scheme?.items ?? []
    let byGroup = Dictionary(read.lines.map { ($0.group, $0) }) { first, _ in first }
    let rows = read.groups.map { group -> [TableBook.Cell] in
      [.text(group.participant.name), .text(read.overview.district(of: group.participant, visit))]
        + items.map { item in
          switch RateMaker.cell(item, byGroup[group.id]) {
          case .percent(let percent): .number(percent.fixed(places: 1))
          case .missing: .text(visit.text("picture.missing"))
          case .none: .text("—")
          }
        }
    }
    let name = visit.text("overview.rates.title", ["stage": .text(read.stage?.title ?? "")])
    return try await Book.answer(
      visit, name: name, title: "\(cycle.title) \(name)",
      heads: [visit.text("head.group"), visit.text("head.district")] + items.map { $0.name },
      rows: rows, places: 1)
  }

  private static func page(_ visit: Visit, _ read: Reading) -> RatesPage {
    let cycle = read.overview.cycle
    let items = cycle.policy.scheme?.items ?? []
    let byGroup = Dictionary(read.lines.map { ($0.group, $0) }) { first, _ in first }
    let area = read.scope.area?.id.description
    func link(stage: String?, from: Int?) -> String {
      Endpoint.rates.link(
        cycle.authority, cycle.id, query: [("area", area), ("stage", stage), ("from", from.map(String.init))])
    }
    let cells = read.groups.map { group in items.map { RateMaker.cell($0, byGroup[group.id]) } }
    let end = min(read.from + perPage, read.scope.groups.count)
    return RatesPage(
      title: visit.text("overview.rates.title", ["stage": .text(read.stage?.title ?? "")]),
      facts: visit.text(
        "overview.list.facts", ["cycle": .text(cycle.title), "count": .count(read.scope.groups.count)]),
      crumbs: [
        RatePanel.Link(title: cycle.title, link: Way.dashboard(cycle, area: read.scope.area?.id, stage: read.stage?.id))
      ],
      stages: RatePlan.stages(read.scope, cycle).map { stage in
        RatePanel.StageTab(
          title: stage.short, link: link(stage: stage.id, from: nil), isCurrent: stage.id == read.stage?.id)
      },
      heads: items.map {
        Head(
          number: $0.number.isEmpty ? $0.title : $0.number, title: $0.title,
          link: Endpoint.policyItem.link(cycle.edition, $0.id))
      },
      rows: zip(read.groups, cells).map { group, cells in
        let sheet = byGroup[group.id]?.sheet
        return Row(
          name: group.participant.name, link: Way.group(cycle, group.id),
          district: read.overview.district(of: group.participant, visit),
          cells: zip(items, cells).map { item, cell in
            self.cell(visit, cell, sheet.map { Way.sheet(cycle.authority, $0, item: item.id) })
          })
      },
      means: items.indices.map { column in
        RateMaker.mean(cells.map { $0[column] }).map { $0.fixed(places: 1) } ?? "—"
      },
      pager: PagingLinks(
        title: read.groups.isEmpty
          ? ""
          : visit.text(
            "overview.range",
            ["from": .count(read.from + 1), "to": .count(end), "count": .count(read.scope.groups.count)]),
        previous: read.from > 0 ? link(stage: read.stage?.id, from: read.from - perPage + 1) : nil,
        following: end < read.scope.groups.count ? link(stage: read.stage?.id, from: end + 1) : nil),
      bookLink: Endpoint.ratesBook.link(cycle.authority, cycle.id, query: [("area", area), ("stage", read.stage?.id)]),
      none: read.stage == nil ? visit.text("overview.rates.none") : nil)
  }

  private static func cell(_ visit: Visit, _ cell: HeatMap.Cell, _ link: String?) -> Cell {
    switch cell {
    case .percent(let percent):
      let shade = Shade(percent: percent)
      return Cell(
        text: percent.fixed(places: 1), sheetLink: link, look: "box-shadow:inset 5px 0 0 \(shade.colour)")
    case .missing:
      return Cell(text: visit.text("picture.missing.short"), sheetLink: link, look: "background:\(Shade.faintHatching)")
    case .none: return Cell(text: "—", sheetLink: nil, look: "")
    }
  }
}
