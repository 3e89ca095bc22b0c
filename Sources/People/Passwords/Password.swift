public import Notation

/// A password as a person gave it. Never stored, never shown, never cut short.
///
/// The rules are those of NIST SP 800-63B: a length and a list of what everybody tries first, no rules of composition, no
/// date on which it must change. Lengths are counted in Unicode code points of the normal form (NFKC), so that a password
/// is as long on every device as where it was chosen.
public struct Password: Sendable, CustomStringConvertible, CustomReflectable {
  public static let shortest = 8
  public static let longest = 128

  let text: String

  public init(_ typed: String) { text = typed.normalForm }

  /// What is hashed.
  public var bytes: [UInt8] { Array(text.utf8) }

  /// Everything that speaks against choosing it, each with what to do. `words` are those anybody would think of for this
  /// person: login, name, authority, school.
  public func problems(words: [String]) -> [Message] {
    let length = text.unicodeScalars.count
    let limits: [String: Message.Part] = [
      "least": .count(Password.shortest), "most": .count(Password.longest), "found": .count(length),
    ]
    if length < Password.shortest { return [Message("people.password.short", limits)] }
    if length > Password.longest { return [Message("people.password.long", limits)] }
    var problems: [Message] = []
    if lengthBeside(words + CommonPasswords.ofThePlace) < Password.shortest {
      problems.append(Message("people.password.words", limits))
    }
    if isPattern { problems.append(Message("people.password.pattern")) }
    if CommonPasswords.hold(text) { problems.append(Message("people.password.common")) }
    return problems
  }

  /// How many code points are left when the words are taken out; short words stand in too many passwords to count.
  private func lengthBeside(_ words: [String]) -> Int {
    var rest = text.lowercased()
    for word in words.map({ $0.normalForm.lowercased() }).sorted(by: { $0.count > $1.count }) {
      let isTelling = word.count >= (word.allSatisfy(\.isASCII) ? 4 : 2)
      if isTelling { rest = rest.replacing(word, with: "") }
    }
    return rest.unicodeScalars.count
  }

  /// A log or a dump shows no password.
  public var description: String { "\u{2022}\u{2022}\u{2022}" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
