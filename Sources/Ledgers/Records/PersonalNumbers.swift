import Notation

extension String {
  /// Whether it holds what tells one person from all others: an identity number or the number of a mobile telephone,
  /// however its digits are grouped.
  var holdsPersonalNumber: Bool {
    var digits: [UInt8] = []
    var gap = 0
    var isFound = false
    func close() {
      isFound = isFound || String.isMobile(digits) || String.isIdentity(digits)
      digits = []
    }
    for scalar in plainForm.unicodeScalars {
      switch scalar {
      case "0"..."9":
        if gap > 1 { close() }
        digits.append(UInt8(scalar.value - 48))
        gap = 0
      case "x", "X":
        if digits.count == 17, gap == 0 { digits.append(10) }
        close()
      case " ", "-":
        gap += 1
        // Groups of digits may be one number or several.
        isFound = isFound || String.isMobile(digits) || String.isIdentity(digits)
      default:
        close()
        gap = 0
      }
    }
    close()
    return isFound
  }

  private static func isMobile(_ digits: [UInt8]) -> Bool {
    digits.count == 11 && digits[0] == 1 && digits[1] >= 3
  }

  /// Eighteen places with a day of birth in the seventh to the fourteenth.
  private static func isIdentity(_ digits: [UInt8]) -> Bool {
    guard digits.count == 18, digits.prefix(17).allSatisfy({ $0 < 10 }) else { return false }
    let (century, month, day) = (digits[6] * 10 + digits[7], digits[10] * 10 + digits[11], digits[12] * 10 + digits[13])
    return (18...20).contains(century) && (1...12).contains(month) && (1...31).contains(day)
  }

  /// Whether it seems to name a pupil: a common family name two or three places before the word for a schoolmate, or right
  /// behind the word for a pupil. Whoever writes says whether it does.
  var seemsToNamePupil: Bool {
    let names = Set(Catalogue.chinese.text("ledger.pupils.names"))
    let text = Array(self)
    func places(_ word: String) -> [Int] {
      let word = Array(word)
      return text.indices.filter { text[$0...].starts(with: word) }
    }
    let words = RecordContext.signs("ledger.pupils.words")
    guard words.count == 2 else { return false }
    let isBefore = places(words[0]).contains { place in
      [2, 3].contains { place >= $0 && names.contains(text[place - $0]) }
    }
    return isBefore
      || places(words[1]).contains { place in
        let next = place + words[1].count
        return next + 1 < text.count && names.contains(text[next]) && text[next + 1].isLetter
      }
  }
}
