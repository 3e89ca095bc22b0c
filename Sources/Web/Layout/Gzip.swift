import CZlib

/// Answers in fewer bytes, for browsers that take them so (RFC 1952).
enum Gzip {
  /// Bytes below which nothing is won.
  static let least = 1_000

  /// Whether an `Accept-Encoding` takes it.
  static func isTaken(_ header: String?) -> Bool {
    guard let header else { return false }
    return header.split(separator: ",").contains { part in
      let words = part.split(separator: ";").map { $0.filter { $0 != " " } }
      return words.first == "gzip"
        && !words.dropFirst().contains { $0.hasPrefix("q=0") && !$0.contains { "1"..."9" ~= $0 } }
    }
  }

  /// Nil where it can't be done.
  ///
  /// - Parameter padding: bytes of a name that nobody reads, at most 255: with another number for every answer its
  ///   length doesn't tell what stands in it.
  static func compressed(_ bytes: UnsafeBufferPointer<UInt8>, padding: UInt8) -> [UInt8]? {
    guard let start = bytes.baseAddress, bytes.count < 1 << 30 else { return nil }
    var stream = z_stream()
    // Negative: the bare stream; head and tail are ours.
    guard
      deflateInit2_(
        &stream, 4, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    let head: [UInt8] =
      [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3] + Array(repeating: UInt8(ascii: "-"), count: Int(padding)) + [0]
    let room = Int(deflateBound(&stream, UInt(bytes.count)))
    stream.next_in = UnsafeMutablePointer(mutating: start)
    stream.avail_in = UInt32(bytes.count)
    var isWhole = false
    var result = [UInt8](unsafeUninitializedCapacity: head.count + room + 8) { buffer, count in
      for (place, byte) in head.enumerated() { buffer.initializeElement(at: place, to: byte) }
      stream.next_out = buffer.baseAddress?.advanced(by: head.count)
      stream.avail_out = UInt32(room)
      isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
      count = head.count + Int(stream.total_out)
    }
    guard isWhole else { return nil }
    let sum = UInt32(truncatingIfNeeded: crc32(0, start, UInt32(bytes.count)))
    for word in [sum, UInt32(bytes.count)] {
      for shift in [0, 8, 16, 24] as [UInt32] { result.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
    return result
  }
}
