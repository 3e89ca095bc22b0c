/// The name of an element or attribute without its prefix, looked at in expat's memory; valid during a call.
struct ElementName {
  private let start: UnsafePointer<CChar>
  /// True when a prefix stood before the name.
  let hasPrefix: Bool

  init(_ text: UnsafePointer<CChar>?) {
    guard var start = text else { preconditionFailure("expat gave no name") }
    var hasPrefix = false
    var byte = start
    while byte.pointee != 0 {
      if byte.pointee == 58 {
        start = byte + 1
        hasPrefix = true
      }
      byte += 1
    }
    self.start = start
    self.hasPrefix = hasPrefix
  }

  /// True when the name is this one.
  static func == (name: ElementName, wanted: StaticString) -> Bool {
    var left = name.start
    var right = wanted.utf8Start
    while left.pointee != 0, UInt8(bitPattern: left.pointee) == right.pointee {
      left += 1
      right += 1
    }
    return left.pointee == 0 && right.pointee == 0
  }

  static func ~= (wanted: StaticString, name: ElementName) -> Bool { name == wanted }
}
