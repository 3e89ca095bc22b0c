public import Notation

/// The name an account signs in by: letters of any script, digits and `. _ - @`, 2–50 of them, never told apart by case
/// or width.
public struct Login: Sendable, Hashable, CustomStringConvertible {
  public static let lengths = 2...50

  public let text: String

  /// Nil where it can't be a login.
  public init?(_ typed: String) {
    let folded = Login.folded(typed)
    guard Login.lengths.contains(folded.unicodeScalars.count), folded.allSatisfy(Login.isAllowed) else { return nil }
    text = folded
  }

  /// The form by which logins are looked up, whether or not there can be such a login.
  public static func folded(_ typed: String) -> String {
    String(
      typed.normalForm.lowercased().trimmingPrefix(while: \.isWhitespace).reversed()
        .trimmingPrefix(while: \.isWhitespace).reversed())
  }

  private static func isAllowed(_ character: Character) -> Bool {
    character.isLetter || (character.isASCII && character.isNumber) || "._-@".contains(character)
  }

  /// What to say of a text that is no login.
  public static func problem(_ typed: String) -> Message {
    Message(
      "people.login.form",
      ["found": .text(typed), "least": .count(lengths.lowerBound), "most": .count(lengths.upperBound)])
  }

  public var description: String { text }
}
