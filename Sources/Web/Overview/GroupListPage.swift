import Cycles
import Documents
import Hummingbird
import Notation
import People
import Policies
import Storage

/// The groups of a cycle with how each stands: filtered, sorted and paged by the address.
struct GroupListPage {
  struct Choice {
    let value: String
    let title: String
    let isChosen: Bool
  }

  struct Sort {
    let title: String
    let link: String
    let isCurrent: Bool
  }

  let title: String
  let facts: String
  let crumbs: [RatePanel.Link]
  let action: String
  let words: String
  let areas: [Choice]
  let forms: [Choice]
  let stages: [Choice]
  let states: [Choice]
  let sorts: [Sort]
  let kept: [Choice]
  let table: GroupTable
  let pager: PagingLinks
  let bookLink: String
  let none: String?

  static let perPage = 50

  static func answer(_ visit: Visit) async throws -> Response {
    let post = try visit.post
    let list = try await GroupListReading.read(visit, post)
    let page = page(visit, post, list)
    return visit.page("overview/group-list", page, visit.frame(page.title, current: "cycles"))
  }

  static func book(_ visit: Visit) async throws -> Response {
    let post = try visit.post
    let list = try await GroupListReading.read(visit, post)
    let cycle = list.overview.cycle
    let table = GroupTable(
      visit, list.overview, list.found, post: post, showsDistrict: true, shareTitle: list.item?.title,
      shares: list.shares)
    var heads = [visit.text("head.group"), visit.text("head.district"), visit.text("head.form")]
    heads += table.stages.flatMap { [$0, visit.text("overview.book.state", ["stage": .text($0)])] }
    if let share = table.shareTitle { heads.append(share) }
    let rows = table.rows.map { row -> [TableBook.Cell] in
      [.text(row.name), .text(row.district), .text(row.form)]
        + row.cells.flatMap { cell -> [TableBook.Cell] in
          [cell.total.map { .number($0) } ?? .text(""), .text(cell.word)]
        } + (row.share.map { [.text($0)] } ?? [])
    }
    return try await Book.answer(
      visit, name: visit.text("overview.list.title"), title: "\(cycle.title) \(visit.text("overview.list.title"))",
      heads: heads, rows: rows, places: cycle.policy.rounding.places)
  }

  private static func page(_ visit: Visit, _ post: Viewer.Post, _ list: GroupListReading) -> GroupListPage {
    let cycle = list.overview.cycle
    let filter = list.filter
    let start = visit.printsAll ? 0 : (filter.page - 1) * perPage
    let shown = Array(list.found.dropFirst(start).prefix(visit.lines(list.found.count, size: perPage)))
    func link(_ change: (inout GroupFilter) -> Void) -> String {
      var other = filter
      change(&other)
      return Way.list(cycle, other.query)
    }
    let last = start + shown.count
    return GroupListPage(
      title: visit.text("overview.list.title"),
      facts: visit.text(
        "overview.list.facts", ["cycle": .text(cycle.title), "count": .count(list.overview.groups.count)]),
      crumbs: [RatePanel.Link(title: cycle.title, link: Way.dashboard(cycle))],
      action: Endpoint.groupList.link(cycle.authority, cycle.id), words: filter.words ?? "",
      areas: list.areaChoices(visit),
      forms: choices(
        cycle.policy.forms.map { ($0.id, $0.name) }, filter.form, all: visit.text("overview.all.forms")),
      stages: choices(
        cycle.stages.filter { $0.isCounted && $0.kind != .members }.map { ($0.id, $0.title) }, list.stage?.id, all: nil),
      states: choices(
        GroupFilter.State.allCases.map { ($0.rawValue, visit.text("overview.filter.\($0.rawValue)")) },
        filter.state?.rawValue, all: visit.text("overview.all.states")),
      sorts: GroupFilter.Sort.allCases.filter { $0 != .item || list.item != nil }.map { sort in
        Sort(
          title: visit.text("overview.sort.\(sort.rawValue)"),
          link: link {
            $0.sort = sort
            $0.page = 1
          }, isCurrent: filter.sort == sort)
      },
      kept: [("item", filter.item), ("sort", filter.sort == .registry ? nil : filter.sort.rawValue)].compactMap {
        name, value in value.map { Choice(value: $0, title: name, isChosen: true) }
      },
      table: GroupTable(
        visit, list.overview, shown, post: post,
        showsDistrict: Set(list.overview.groups.map(\.participant.district)).count > 1,
        shareTitle: list.item.map { $0.name }, shares: list.shares),
      pager: PagingLinks(
        title: list.found.isEmpty
          ? ""
          : visit.text(
            "overview.range", ["from": .count(start + 1), "to": .count(last), "count": .count(list.found.count)]),
        previous: filter.page > 1 ? link { $0.page -= 1 } : nil,
        following: last < list.found.count ? link { $0.page += 1 } : nil,
        all: shown.count < list.found.count && visit.tooMany(list.found.count) == nil
          ? visit.whole(link { $0.page = 1 }) : nil, most: visit.tooMany(list.found.count)),
      bookLink: Endpoint.groupListBook.link(cycle.authority, cycle.id, query: filter.query),
      none: list.found.isEmpty ? visit.text("overview.list.none") : nil)
  }

  private static func choices(_ all: [(String, String)], _ chosen: String?, all title: String?) -> [Choice] {
    (title.map { [Choice(value: "", title: $0, isChosen: chosen == nil)] } ?? [])
      + all.map { Choice(value: $0.0, title: $0.1, isChosen: $0.0 == chosen) }
  }
}
