/// A mustache template as a tree of what it asks for.
struct Template: Sendable {
  indirect enum Piece: Sendable {
    case name(String, line: Int)
    /// A section; `isInverted` where it shows what is absent.
    case section(String, isInverted: Bool, [Piece], line: Int)
    case partial(String, line: Int)
  }

  let name: String
  let pieces: [Piece]

  init(name: String, text: String) {
    self.name = name
    var open: [(tag: String, isInverted: Bool, line: Int, pieces: [Piece])] = [("", false, 0, [])]
    for match in text.matches(of: #/\{\{\{?\s*([^}]*?)\s*\}?\}\}/#) {
      let line = text[..<match.range.lowerBound].count { $0 == "\n" } + 1
      let tag = String(match.output.1)
      let rest = String(tag.dropFirst().trimmed)
      switch tag.first {
      case "#", "^", "<", "$": open.append((tag, tag.first == "^", line, []))
      case "/":
        guard open.count > 1 else { continue }
        let closed = open.removeLast()
        // Blocks and layouts change nothing of what is found.
        if closed.tag.first == "<" || closed.tag.first == "$" {
          open[open.count - 1].pieces += closed.pieces
        } else {
          let name = String(closed.tag.dropFirst().trimmed)
          open[open.count - 1].pieces.append(
            .section(name, isInverted: closed.isInverted, closed.pieces, line: closed.line))
        }
      case ">": open[open.count - 1].pieces.append(.partial(rest, line: line))
      case "!", "%": break
      default:
        open[open.count - 1].pieces.append(.name(tag.first == "&" ? rest : tag, line: line))
      }
    }
    pieces = open[0].pieces
  }

  /// Every name in it, pieces included by other templates left out.
  var names: [(name: String, line: Int)] { Template.names(in: pieces) }

  private static func names(in pieces: [Piece]) -> [(name: String, line: Int)] {
    pieces.flatMap { piece -> [(name: String, line: Int)] in
      switch piece {
      case .name(let name, let line): [(name, line)]
      case .section(let name, _, let inside, let line): [(name, line)] + names(in: inside)
      case .partial: []
      }
    }
  }

  var partials: Set<String> { Template.partials(in: pieces) }

  private static func partials(in pieces: [Piece]) -> Set<String> {
    Set(
      pieces.flatMap { piece -> [String] in
        switch piece {
        case .name: []
        case .section(_, _, let inside, _): Array(partials(in: inside))
        case .partial(let name, _): [name]
        }
      })
  }
}
