import Glibc

/// Characters a sheet can't hold as they are stand in it as `_x000D_`; an underscore that would start such a group
/// by chance stands as `_x005F_`.
enum EscapedText {
  /// The text a person typed.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard let start = bytes.baseAddress, memchr(start, 95, bytes.count) != nil else {
      return String(decoding: bytes, as: UTF8.self)
    }
    return decode(Array(bytes))
  }

  /// The text a person typed, from the bytes that stand in the file.
  static func decode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let scalar = group(in: bytes, at: index) {
        result.append(contentsOf: Array(String(Character(scalar)).utf8))
        index += 7
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text as it has to stand in the file: groups that stand in it by chance are escaped, and so is CR, which XML
  /// would turn into LF. Other control characters and the two that no XML may hold are left out.
  static func encode(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var scalars = String.UnicodeScalarView()
    var index = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x5F where group(in: bytes, at: index) != nil: scalars.append(contentsOf: "_x005F_".unicodeScalars)
      case 0x0D: scalars.append(contentsOf: "_x000D_".unicodeScalars)
      case 0x09, 0x0A: scalars.append(scalar)
      case 0..<0x20, 0xFFFE, 0xFFFF: break
      default: scalars.append(scalar)
      }
      index += UTF8.width(scalar)
    }
    return String(scalars)
  }

  /// The character a group `_xHHHH_` at this place stands for; nil when there is none.
  private static func group(in bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
    guard index + 7 <= bytes.count, bytes[index] == 95, bytes[index + 1] | 0x20 == 120, bytes[index + 6] == 95
    else { return nil }
    var value: UInt32 = 0
    for byte in bytes[index + 2..<index + 6] {
      switch byte {
      case 48...57: value = value * 16 + UInt32(byte) - 48
      case 65...70: value = value * 16 + UInt32(byte) - 55
      case 97...102: value = value * 16 + UInt32(byte) - 87
      default: return nil
      }
    }
    return Unicode.Scalar(value)
  }
}
