import Glibc

/// Texts lent to a C function for as long as this lives; the library copies what it keeps.
final class CTexts {
  private var held: [UnsafeMutablePointer<CChar>] = []

  /// The text as C wants it; nil for no text or an empty one.
  func lend(_ text: String?) -> UnsafeMutablePointer<CChar>? {
    guard let text, !text.isEmpty, let copy = strdup(text) else { return nil }
    held.append(copy)
    return copy
  }

  deinit {
    for text in held { free(text) }
  }
}
