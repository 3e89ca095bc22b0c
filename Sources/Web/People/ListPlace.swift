import Notation

/// Where one is in a list that the database cuts: only the part shown is read. The address keeps it.
struct ListPlace {
  static let size = 50

  /// From 0.
  let number: Int
  var skip: Int { number * ListPlace.size }

  init(_ visit: Visit) { number = (visit.number("page", in: .places) ?? 1) - 1 }

  /// `link` writes the address of a page, from 1.
  func pager(_ visit: Visit, total: Int, link: (Int) -> String) -> PagingLinks {
    let last = max(0, (total - 1) / ListPlace.size)
    return PagingLinks(
      title: visit.text(
        "posts.page", ["page": .count(number + 1), "pages": .count(max(last, number) + 1), "total": .count(total)]),
      previous: number > 0 ? link(min(number, last + 1)) : nil, following: number < last ? link(number + 2) : nil)
  }
}
