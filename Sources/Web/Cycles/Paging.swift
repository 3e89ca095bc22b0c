import Notation
import People

/// A part of a long list, and the way to the others; the place stands in the address.
struct Paging<Line> {
  static var size: Int { 50 }

  let lines: [Line]
  let count: Int
  let page: Int
  let pages: Int

  /// - Parameter asked: the address's page, from 1.
  init(_ all: [Line], asked: String?) {
    count = all.count
    pages = max(1, (all.count + Self.size - 1) / Self.size)
    page = min(asked?.number(in: .places) ?? 1, pages)
    lines = Array(all.dropFirst((page - 1) * Self.size).prefix(Self.size))
  }

  func pager(_ visit: Visit, _ link: (Int) -> String) -> PagingLinks? {
    guard pages > 1 else { return nil }
    return PagingLinks(
      title: visit.text(
        "cycle.pages", ["page": .count(page), "pages": .count(pages), "count": .count(count)]),
      previous: page > 1 ? link(page - 1) : nil, following: page < pages ? link(page + 1) : nil)
  }
}

/// An entry of a select.
struct Option {
  let value: String
  let title: String
  let isChosen: Bool
}
