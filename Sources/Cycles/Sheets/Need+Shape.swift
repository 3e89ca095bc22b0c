public import Notation
public import Policies
public import Rules

extension Need {
  /// The most bytes of what is typed where a number, a yes or no, or a level is asked.
  static let longestTyped = 200

  /// Whether a value is written the way this need is: a number, or the text that somebody typed in its place; a list, a
  /// map. What it says may still be wrong, is kept and shown as wrong; what no form of ours writes is nobody's entry.
  public func takes(_ value: Node) -> Bool {
    if value.isNull { return true }
    let isShort = value.text.map { $0.utf8.count <= Need.longestTyped } ?? false
    return switch kind {
    case .number: value.number != nil || isShort
    case .boolean: value.boolean != nil || isShort
    case .level: isShort
    case .text: value.text != nil
    case .names: value.list?.allSatisfy { $0.text != nil } ?? false
    case .counts: value.map?.allSatisfy { $0.value.number != nil || $0.value.text != nil } ?? false
    case .awards: value.list?.allSatisfy { $0.map?.allSatisfy { $0.value.text != nil } ?? false } ?? false
    }
  }
}

extension SheetMark {
  /// The most bytes of a value, as JSON.
  public static let longestValue = 20_000

  /// Whether a value is written as what the field of an item asks for; false where the item has no such field.
  public static func takes(_ value: Node, for field: String, of item: Item) -> Bool {
    switch field {
    case choice: return value.isNull || value.text.map { Choice(rawValue: $0) != nil } ?? false
    case remark: return value.isNull || value.text != nil
    default:
      guard let cut = field.firstIndex(of: "/") else { return value.isNull || value.map?.isEmpty ?? false }
      return item.need(of: String(field[field.index(after: cut)...]))?.takes(value) ?? false
    }
  }
}
