/// The reasons of a score as they were frozen, one paragraph, in lines again: one for each school, part or condition.
enum ReasonLines {
  static func of(_ paragraph: String?) -> [String] {
    guard let paragraph, !paragraph.isEmpty else { return [] }
    // A frozen paragraph is in the language of its policy.
    let separators: [Character] = [";", "\u{FF1B}"]
    var lines = [""]
    var depth = 0
    for character in paragraph {
      if character == "(" || character == "\u{FF08}" { depth += 1 }
      if character == ")" || character == "\u{FF09}" { depth = max(0, depth - 1) }
      if depth == 0, separators.contains(character) {
        lines.append("")
      } else if !(lines[lines.count - 1].isEmpty && character == " ") {
        lines[lines.count - 1].append(character)
      }
    }
    return lines.filter { !$0.isEmpty }
  }
}
