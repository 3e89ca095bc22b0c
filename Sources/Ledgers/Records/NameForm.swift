extension String {
  /// What was typed without what nobody sees: full-width letters and signs as plain ones, no control or format
  /// characters.
  var plainForm: String {
    var plain = String.UnicodeScalarView()
    for typed in unicodeScalars {
      let isWide = (0xFF01...0xFF5E).contains(typed.value)
      let scalar = isWide ? Unicode.Scalar(typed.value - 0xFEE0) ?? typed : typed
      switch scalar.properties.generalCategory {
      case .control where scalar.properties.isWhitespace: plain.append(" ")
      case .control, .format, .surrogate, .privateUse, .unassigned: continue
      default: plain.append(scalar)
      }
    }
    return String(plain)
  }

  /// A name as it is compared and kept: one spelling, however it was typed. Blanks fall away, between words of an alphabet
  /// they become the dot between the parts of a name.
  var nameForm: String {
    plainForm.split(whereSeparator: \.isWhitespace).reduce(into: "") { name, part in
      let isBetweenWords =
        name.unicodeScalars.last?.properties.isCased == true && part.unicodeScalars.first?.properties.isCased == true
      name += (isBetweenWords ? "·" : "") + part.map { String.dots.contains($0) ? "·" : String($0) }.joined()
    }
  }

  private static let dots: Set<Character> = ["•", "‧", "・", "∙", "⋅", "."]

  /// Whether it is made of letters alone, but for the dot between the parts of a name.
  var isName: Bool {
    unicodeScalars.contains { $0 != "·" }
      && unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: scalar == "·"
        }
      }
  }
}
