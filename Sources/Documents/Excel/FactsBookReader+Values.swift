import Notation
import Policies
import Scoring
import Workbooks

extension FactsBookReader.GroupEntry {
  /// The group as the facts file writes it.
  var node: Node {
    var entries = fields
    if !schools.isEmpty {
      entries.append(Node.Entry(key: "schools", keyPlace: place, value: Node(.list(schools), at: place)))
    }
    entries.append(Node.Entry(key: "facts", keyPlace: place, value: facts.node(at: place)))
    entries.append(Node.Entry(key: "bonus", keyPlace: place, value: bonus.node(at: place)))
    return Node(.map(entries), at: place)
  }
}

extension Node {
  /// Ids and names typed as numbers are meant as text.
  var asText: Node { number == nil ? self : Node(.text(plainText), at: place) }

  /// Numbers with more digits than Excel keeps stand as text.
  var asNumber: Node { text.flatMap { Exact(decimal: $0) }.map { Node(.number($0), at: place) } ?? self }
}

extension Node {
  /// A percentage as people write it, with or without the sign.
  var asPercent: Node {
    guard let text, text.hasSuffix("%") || text.hasSuffix("\u{FF05}") else { return asNumber }
    return Exact(decimal: String(text.dropLast()).trimmed).map { Node(.number($0), at: place) } ?? self
  }
}

extension String {
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
