import Documents
import Hummingbird
import Notation
import People
import Storage

/// 各区进度 as a workbook.
enum ProgressBook {
  static func answer(_ visit: Visit) async throws -> Response {
    let key = (authority: try visit.id("authority"), id: try visit.id("cycle"))
    let (site, now, post) = (visit.site, visit.now, try visit.post)
    let area = visit.query("area").flatMap { ID($0) }
    let overview = try await site.database.read { transaction -> CycleOverview? in
      guard
        let cycle = try CycleStore.choose(key, for: post.appointment, site.editions, transaction).cycle
      else { return nil }
      return try site.overviews.overview(of: cycle, for: post.appointment, at: now, transaction)
    }
    guard let overview, let scope = AreaScope(visit, overview, area: area, post: post) else { throw Refusal.notFound }
    let table = ProgressMaker(visit: visit, overview: overview, scope: scope).table
    let heads =
      [visit.text("overview.area"), visit.text("overview.groupCount")]
      + table.columns.flatMap { column in
        column.hasBar
          ? [column.title, visit.text("overview.expected", ["stage": .text(column.title)])] : [column.title]
      } + [visit.text("overview.next.title")]
    let rows = (table.rows + [table.sum]).map { row -> [TableBook.Cell] in
      [.text(row.name), .number(String(row.groups))]
        + row.cells.flatMap { cell -> [TableBook.Cell] in
          cell.hasBar
            ? [.number(cell.number), .number(String(cell.outOf.drop { !$0.isNumber }))] : [.number(cell.number)]
        } + [.text(row.next)]
    }
    let name = visit.text("overview.progress")
    return try await Book.answer(
      visit, name: name, title: "\(overview.cycle.title) \(name)", heads: heads, rows: rows, places: 0)
  }
}
