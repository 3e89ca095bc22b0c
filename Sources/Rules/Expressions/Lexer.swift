import Notation

enum Token: Hashable {
  case number(Exact)
  case text(String)
  case name(String)
  case sign(String)
}

/// Cuts an expression into tokens.
struct Lexer {
  static let longest = 10_000
  static let signs = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ","]

  static func tokens(_ text: String) throws(Fault) -> [Token] {
    guard text.utf8.count <= longest else { throw Fault("expression.long", ["most": .count(longest)]) }
    var rest = Substring(text)
    var tokens: [Token] = []
    while let first = rest.unicodeScalars.first {
      if first.properties.isWhitespace {
        rest = rest.dropFirst()
      } else if first == "\"" || first == "'" {
        let body = rest.dropFirst()
        guard let end = body.firstIndex(of: Character(first)) else { throw Fault("expression.quote") }
        tokens.append(.text(String(body[..<end])))
        rest = body[body.index(after: end)...]
      } else if ("0"..."9").contains(first) {
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard !digits.hasSuffix("."), let number = Exact(decimal: digits) else {
          throw Fault("expression.number", ["text": .text(String(digits))])
        }
        tokens.append(.number(number))
        rest = rest.dropFirst(digits.count)
        if let next = rest.unicodeScalars.first, isNamePart(next) {
          throw Fault("expression.number", ["text": .text(digits + String(next))])
        }
      } else if isNamePart(first), first != "." {
        let name = String(String.UnicodeScalarView(rest.unicodeScalars.prefix(while: isNamePart)))
        tokens.append(.name(name))
        rest = Substring(rest.unicodeScalars.dropFirst(name.unicodeScalars.count))
      } else if let sign = signs.first(where: { rest.hasPrefix($0) }) {
        tokens.append(.sign(sign))
        rest = rest.dropFirst(sign.count)
      } else {
        throw Fault("expression.character", ["text": .text(String(first))])
      }
    }
    return tokens
  }

  /// Letters of any script, digits, `_` and `.`.
  static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar == "." || ("0"..."9").contains(scalar) || scalar.properties.isAlphabetic
      || scalar.properties.generalCategory == .decimalNumber || scalar.properties.generalCategory == .nonspacingMark
  }
}
