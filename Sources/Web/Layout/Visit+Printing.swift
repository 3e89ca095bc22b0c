/// Lists are cut into pages on the screen and whole on paper: `?print=all` in the address.
extension Visit {
  /// Whether the page is to be printed: lists whole, the sheet with all its items.
  var printsAll: Bool { query("print") == "all" }

  /// The address of the whole of a list, for printing.
  func whole(_ link: String) -> String {
    let parts = link.split(separator: "#", maxSplits: 1).map(String.init)
    let address = parts.first ?? ""
    return address + (address.contains("?") ? "&" : "?") + "print=all"
  }
}
