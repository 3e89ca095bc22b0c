/// What Excel accepts as the name of a sheet.
package enum SheetName {
  package static let longest = 31

  package enum Fault: String, Sendable {
    case empty, long, characters, apostrophe, reserved, taken
  }

  /// What is wrong with a name beside those taken (in small letters); nil when it will do.
  package static func fault(in name: String, taken: Set<String> = []) -> Fault? {
    if name.isEmpty { return .empty }
    if name.utf16.count > longest { return .long }
    if name.contains(where: { "[]:*?/\\".contains($0) }) || name.unicodeScalars.contains(where: { $0.value < 0x20 }) {
      return .characters
    }
    if name.hasPrefix("'") || name.hasSuffix("'") { return .apostrophe }
    // Excel keeps this one for its list of changes.
    if name.lowercased() == "history" { return .reserved }
    return taken.contains(name.lowercased()) ? .taken : nil
  }

  /// A name Excel accepts, as near to the wanted one as can be: forbidden characters become `_`, the end is cut, and
  /// a number follows when the name is taken.
  package static func fitting(_ wanted: String, taken: Set<String> = []) -> String {
    var base = String(wanted.map { fault(in: "a\($0)a") == nil ? $0 : "_" })
    while base.hasPrefix("'") { base.removeFirst() }
    if base.isEmpty { base = "_" }
    for number in 1... {
      let ending = number == 1 ? "" : " (\(number))"
      var start = base
      while (start + ending).utf16.count > longest || start.hasSuffix("'") { start.removeLast() }
      let name = start + ending
      if fault(in: name, taken: taken) == nil { return name }
    }
    return base
  }
}
