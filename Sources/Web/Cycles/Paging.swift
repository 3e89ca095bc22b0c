import Notation
import People

/// A part of a long list, and the way to the others; the place stands in the address.
struct Paging<Line> {
  static var size: Int { 50 }

  let lines: [Line]
  let count: Int
  let page: Int
  let pages: Int

  /// The page that the address asks for; all of it where it is to be printed.
  init(_ all: [Line], _ visit: Visit) {
    let size = visit.lines(all.count, size: Self.size)
    count = all.count
    pages = max(1, (all.count + size - 1) / size)
    page = min(visit.query("page")?.number(in: .places) ?? 1, pages)
    lines = Array(all.dropFirst((page - 1) * size).prefix(size))
  }

  func pager(_ visit: Visit, _ link: (Int) -> String) -> PagingLinks? {
    guard pages > 1 else { return nil }
    return PagingLinks(
      title: visit.text(
        "cycle.pages", ["page": .count(page), "pages": .count(pages), "count": .count(count)]),
      previous: page > 1 ? link(page - 1) : nil, following: page < pages ? link(page + 1) : nil,
      all: visit.tooMany(count) == nil ? visit.whole(link(1)) : nil, most: visit.tooMany(count))
  }
}

/// An entry of a select.
struct Option {
  let value: String
  let title: String
  let isChosen: Bool
}
