/// Which sheets of a workbook are wanted, by their names, whatever the case of their letters.
package struct WantedSheets: Sendable {
  /// A workbook without all of these is refused by its list of sheets, before anything in them is read.
  package let needed: [String]
  /// The only ones whose cells are read; nil: all are.
  package let read: Set<String>?

  package init(needed: [String], read: [String]?) {
    self.needed = needed
    self.read = read.map { Set($0.map { $0.lowercased() }) }
  }

  package static let all = WantedSheets(needed: [], read: nil)

  func lacking(in names: [String]) -> [String] {
    let there = Set(names.map { $0.lowercased() })
    return needed.filter { !there.contains($0.lowercased()) }
  }

  func reads(_ name: String) -> Bool { read?.contains(name.lowercased()) ?? true }
}
