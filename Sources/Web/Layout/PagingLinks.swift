import Notation

/// What stands under a part of a long list: which part it is, and the ways to those beside it.
struct PagingLinks {
  let title: String
  let previous: String?
  let following: String?
  /// Where the whole list stands, for printing; nil where it does already.
  var all: String?
  /// Where the list is too long to be printed from a page: that its files hold it whole.
  var most: String?

  init(title: String, previous: String?, following: String?, all: String? = nil, most: String? = nil) {
    self.title = title
    self.previous = previous
    self.following = following
    self.all = all
    self.most = most
  }

  /// The way through a list of so many, cut in pages of a size; nil where one holds them all.
  init?(_ visit: Visit, page: Int, of count: Int, size: Int, link: (Int) -> String) {
    let pages = max(1, (count + size - 1) / size)
    guard pages > 1 else { return nil }
    let number = min(max(1, page), pages)
    self.init(
      title: visit.text(
        "cycle.pages", ["page": .count(number), "pages": .count(pages), "count": .count(count)]),
      previous: number > 1 ? link(number - 1) : nil, following: number < pages ? link(number + 1) : nil)
  }
}
