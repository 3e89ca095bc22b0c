import Notation

/// Where in a long list one is; the address keeps it.
struct Pager {
  static let size = 50

  let place: String
  let previous: String?
  let next: String?
  let hasPages: Bool

  /// The page of an address, from 0.
  static func page(_ visit: Visit) -> Int {
    let typed = visit.query("page").flatMap { Int($0) } ?? 1
    return min(max(typed, 1), 100_000) - 1
  }

  /// `link` writes the address of a page, from 1.
  init(_ visit: Visit, page: Int, total: Int, link: (Int) -> String) {
    let last = max(0, (total - 1) / Pager.size)
    place = visit.text(
      "posts.page", ["page": .count(page + 1), "pages": .count(max(last, page) + 1), "total": .count(total)])
    previous = page > 0 ? link(min(page, last + 1)) : nil
    next = page < last ? link(page + 2) : nil
    hasPages = previous != nil || next != nil
  }
}
