public import Notation

/// A school's permanent number (学校标识码): two digits for its kind, two for the province, six in a row. It has no check
/// digit; what is taught where is not read from it.
public struct SchoolCode: Sendable, Hashable, CustomStringConvertible {
  public let text: String

  /// The kinds of institutions that have one.
  static let kinds: Set<String> = [
    "11", "21", "22", "31", "32", "33", "34", "35", "36", "37", "41", "42", "51", "91", "92", "93",
  ]

  /// Nil where it is none; `fault` says why.
  public init?(_ text: String) {
    guard SchoolCode.fault(in: text) == nil else { return nil }
    self.text = text
  }

  /// What keeps a text from being a school's number; nil where nothing does.
  public static func fault(in text: String) -> Message? {
    let digits = Array(text.utf8)
    guard digits.count == 10, digits.allSatisfy({ (48...57).contains($0) }) else {
      return Message("registry.code.school.form", ["found": .text(text)])
    }
    let (kind, province) = (String(text.prefix(2)), String(text.dropFirst(2).prefix(2)))
    guard kinds.contains(kind) else {
      return Message("registry.code.school.kind", ["found": .text(text), "kind": .text(kind)])
    }
    guard Division.provinces.contains(province) else {
      return Message("registry.code.province", ["found": .text(text), "province": .text(province)])
    }
    return nil
  }

  public var description: String { text }
}
