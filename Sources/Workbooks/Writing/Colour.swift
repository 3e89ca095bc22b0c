/// A colour by its red, green and blue, 0–255 each, as in `0xE2EFDA`.
package struct Colour: Hashable, Sendable, ExpressibleByIntegerLiteral {
  package let value: UInt32

  package init(integerLiteral value: UInt32) {
    precondition(value <= 0xFF_FFFF, "a colour has 24 bits")
    self.value = value
  }

  package static let black: Colour = 0x00_0000
  package static let white: Colour = 0xFF_FFFF

  /// As libxlsxwriter wants it: there 0 means "no colour" and black has a bit of its own.
  var forLibrary: UInt32 { value == 0 ? 0x100_0000 : value }
}
