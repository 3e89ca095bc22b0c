/// The attributes of an element, looked at in expat's memory; valid during a call.
struct ElementAttributes {
  /// Name, value, name, value, nil.
  let first: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// The value of an attribute without prefix; nil when it isn't there.
  subscript(wanted: StaticString) -> String? { raw(wanted).map { String(decoding: $0, as: UTF8.self) } }

  /// The value of an attribute such as `r:id`, whatever its prefix; nil when it isn't there.
  func prefixed(_ wanted: StaticString) -> String? {
    raw(wanted, withPrefix: true).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value as a whole number; nil when it isn't there or is none.
  func integer(_ wanted: StaticString) -> Int? {
    raw(wanted).flatMap(Self.integer)
  }

  /// The whole number that digits alone stand for; nil for anything else.
  static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count < 18 else { return nil }
    var value = 0
    for byte in bytes {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte) - 48
    }
    return value
  }

  /// True when the value is `1`, `true` or `on`.
  func flag(_ wanted: StaticString) -> Bool { ["1", "true", "on"].contains(self[wanted] ?? "") }

  /// The bytes of a value, without copying.
  func raw(_ wanted: StaticString, withPrefix: Bool = false) -> UnsafeBufferPointer<UInt8>? {
    guard var pair = first else { return nil }
    while let key = pair[0], let value = pair[1] {
      let name = ElementName(key)
      if name.hasPrefix == withPrefix, name == wanted {
        var count = 0
        while value[count] != 0 { count += 1 }
        return UnsafeBufferPointer(start: UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self), count: count)
      }
      pair += 2
    }
    return nil
  }
}
