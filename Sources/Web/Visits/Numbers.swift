import HTTPTypes
import Hummingbird

/// Whole numbers of addresses and forms. What a stranger sends is read here and nowhere else, and only within the bounds
/// of what it means: no arithmetic on it can overflow.
extension ClosedRange<Int> {
  /// School years, by the year they end in.
  static let schoolYears = 1900...2200
  /// Pages of a list and places in it, from 1.
  static let places = 1...1_000_000
  /// Editions from 1, drafts from 0 down.
  static let editions = -1_000_000...1_000_000
  /// How often a mark was changed.
  static let versions = 0...(1 << 53) - 1
  /// Bytes, days: what is only compared.
  static let counts = 0...Int.max
}

extension StringProtocol {
  /// The number a text says; nil where it says none, or one outside of the bounds.
  func number(in bounds: ClosedRange<Int>) -> Int? { Int(self).flatMap { bounds.contains($0) ? $0 : nil } }
}

extension Visit {
  /// A number of the address's query.
  func number(_ name: String, in bounds: ClosedRange<Int>) -> Int? { query(name)?.number(in: bounds) }

  /// How many bytes the request says it brings.
  var announcedLength: Int? { request.headers[.contentLength]?.number(in: .counts) }
}

extension Form {
  func number(_ name: String, in bounds: ClosedRange<Int>) -> Int? { text(name)?.number(in: bounds) }
}
