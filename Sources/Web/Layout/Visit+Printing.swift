import Notation

/// Lists are cut into pages on the screen and whole on paper: `?print=all` in the address.
extension Visit {
  /// Whether the page is to be printed: lists whole, the sheet with all its items.
  var printsAll: Bool { query("print") == "all" }

  /// The most lines a page prints; longer lists are in their files whole.
  static let mostPrinted = 1_000

  /// How many lines of a list stand on this page, of which otherwise `size` do.
  func lines(_ count: Int, size: Int) -> Int { printsAll ? min(max(count, 1), Self.mostPrinted) : size }

  /// What is said where a list is too long to be printed; nil where it isn't.
  func tooMany(_ count: Int) -> String? {
    count > Self.mostPrinted ? text("page.most", ["most": .count(Self.mostPrinted)]) : nil
  }

  /// The address of the whole of a list, for printing.
  func whole(_ link: String) -> String {
    let parts = link.split(separator: "#", maxSplits: 1).map(String.init)
    let address = parts.first ?? ""
    return address + (address.contains("?") ? "&" : "?") + "print=all"
  }
}
