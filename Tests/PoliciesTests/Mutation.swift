import Fixtures

/// A slip a person makes in a file, or a program does.
enum Mutation: CaseIterable {
  case delete, double, indent, outdent, number, swap, tab, truncate, nest, letter, move, bracket

  func apply(to lines: inout [String], _ seeded: inout Seeded) {
    guard lines.count > 2 else { return }
    let index = Int.random(in: 0..<lines.count, using: &seeded)
    let other = Int.random(in: 0..<lines.count, using: &seeded)
    switch self {
    case .delete: lines.remove(at: index)
    case .double: lines.insert(lines[index], at: index)
    case .indent: lines[index] = "  " + lines[index]
    case .outdent: lines[index] = String(lines[index].drop { $0 == " " })
    case .number:
      let value = ["0", "-1", "1e40", "0.333", "\"7\"", "null", "true", "99999999999999999999"]
      lines[index].replace(#/[0-9]+/#, with: value.randomElement(using: &seeded) ?? "0", maxReplacements: 1)
    case .swap:
      lines[index].replace(
        #/[a-z-]{3,}/#, with: lines[other].firstMatch(of: #/[a-z-]{3,}/#)?.output ?? "x", maxReplacements: 1)
    case .tab: lines[index] = "\t" + lines[index]
    case .truncate: lines.removeLast(lines.count - index)
    case .nest: lines[index] += String(repeating: "[", count: Int.random(in: 1...300, using: &seeded))
    case .letter:
      if let place = lines[index].indices.randomElement(using: &seeded) { lines[index].remove(at: place) }
    case .move: lines.swapAt(index, other)
    case .bracket: lines[index] += ["]", "}", "{", ": ", "\"", "'", ", ,"].randomElement(using: &seeded) ?? ""
    }
  }
}
