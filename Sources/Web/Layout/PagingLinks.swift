/// What stands under a part of a long list: which part it is, and the ways to those beside it.
struct PagingLinks {
  let title: String
  let previous: String?
  let following: String?
  /// Where the whole list stands, for printing; nil where it does already.
  var all: String?
  /// Where the list is too long to be printed from a page: that its files hold it whole.
  var most: String?
}
