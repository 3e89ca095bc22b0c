import Policies

extension Item {
  /// Its number for a reader; an id that is a word isn't one.
  var number: String { ItemNumber.of(id) }

  /// Number and title.
  var name: String { number.isEmpty ? title : "\(number) \(title)" }
}

enum ItemNumber {
  static func of(_ id: String) -> String { id.contains(where: \.isNumber) ? id : "" }
}
