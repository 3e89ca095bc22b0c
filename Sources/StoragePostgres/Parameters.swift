import Storage

/// Values as libpq takes them: texts ended by a zero byte, bytes in their binary form; types are the server's guess.
struct Parameters {
  private var bytes: [CChar] = []
  /// Where each begins; nil for null.
  private var starts: [Int?] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []

  init(_ values: [Value]) {
    for value in values {
      let start = bytes.count
      switch value {
      case .null:
        starts.append(nil)
        lengths.append(0)
        formats.append(0)
        continue
      case .integer(let integer): bytes.append(contentsOf: String(integer).utf8.lazy.map(CChar.init(bitPattern:)))
      case .text(let text): bytes.append(contentsOf: text.utf8.lazy.map(CChar.init(bitPattern:)))
      case .bytes(let binary): bytes.append(contentsOf: binary.lazy.map(CChar.init(bitPattern:)))
      }
      starts.append(start)
      lengths.append(Int32(clamping: bytes.count - start))
      if case .bytes = value { formats.append(1) } else { formats.append(0) }
      bytes.append(0)
    }
  }

  /// The count, the values with a null behind them, their lengths and their formats; valid while the body runs.
  func withPointers<T>(
    _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> T
  ) -> T {
    bytes.withUnsafeBufferPointer { buffer in
      let pointers = starts.map { start in start.flatMap { buffer.baseAddress?.advanced(by: $0) } } + [nil]
      return pointers.withUnsafeBufferPointer { pointers in
        body(Int32(clamping: starts.count), pointers.baseAddress, lengths, formats)
      }
    }
  }
}
