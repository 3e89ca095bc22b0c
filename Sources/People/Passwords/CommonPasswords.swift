import Notation

/// The passwords that everybody tries first: those most often found in leaks, and habits of this country.
enum CommonPasswords {
  /// Shorter ones are no words of their own when two are joined.
  static let shortestJoined = 4

  static let all = Set(lines(PackageResources.common_txt))
  /// Words of this product and its field, which say as little about a person as their name does.
  static let ofThePlace = lines(PackageResources.words_txt)

  private static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
  }

  /// Whether it is one of them, whatever its case and the signs between; or two of them joined; or a calendar day.
  static func hold(_ password: String) -> Bool {
    let lower = password.lowercased()
    let bare = lower.filter { $0.isLetter || $0.isNumber }
    return all.contains(lower) || all.contains(bare) || isJoined(bare) || isDay(bare)
  }

  private static func isJoined(_ text: String) -> Bool {
    let characters = Array(text)
    guard characters.count >= 2 * shortestJoined, characters.count <= 64 else { return false }
    return (shortestJoined...(characters.count - shortestJoined)).contains { cut in
      all.contains(String(characters[..<cut])) && all.contains(String(characters[cut...]))
    }
  }

  /// Birthdays: `19860412`.
  private static func isDay(_ text: String) -> Bool {
    let digits = Array(text)
    guard digits.count == 8 else { return false }
    return Day("\(String(digits[..<4]))-\(String(digits[4..<6]))-\(String(digits[6...]))") != nil
  }
}
