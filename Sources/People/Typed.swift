import Foundation

extension String {
  /// What was typed, in the one form in which it is compared and hashed: NFKC. An input method left in full-width mode
  /// writes `ａ１` for `a1`, and keyboards compose accents in different ways; a person means the same by both.
  var normalForm: String { precomposedStringWithCompatibilityMapping }
}
