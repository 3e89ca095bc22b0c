/// The bytes of a file with little-endian numbers; reading outside them gives 0, so a cut file can't trap.
struct ByteView {
  let bytes: UnsafeRawBufferPointer

  var count: Int { bytes.count }

  func u16(_ offset: Int) -> Int {
    guard offset >= 0, offset <= count - 2 else { return 0 }
    return Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
  }

  func u32(_ offset: Int) -> UInt32 {
    guard offset >= 0, offset <= count - 4 else { return 0 }
    return UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// The number, or -1 when no file can be that long.
  func u64(_ offset: Int) -> Int {
    guard offset >= 0, offset <= count - 8 else { return -1 }
    let value = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    return value < 1 << 62 ? Int(value) : -1
  }

  func text(_ offset: Int, _ length: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]), as: UTF8.self)
  }
}
