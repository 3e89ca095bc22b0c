/// What is read from a socket until an answer is whole.
struct Answer {
  let status: Int
  /// Bytes of the whole answer, head included.
  let bytes: Int
}

/// Finds the ends of HTTP answers in the bytes of a connection.
enum AnswerReading {
  /// Bytes of the whole answer; nil while its head isn't there yet.
  static func length(of bytes: ArraySlice<UInt8>) -> Int? {
    guard let end = bytes.firstRange(of: [13, 10, 13, 10])?.upperBound else { return nil }
    let name = Array("content-length:".utf8)
    var place = bytes.startIndex
    while place < end {
      let line = bytes[place..<end].prefix { $0 != 10 }
      if line.count > name.count, zip(line, name).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
        return end + line.dropFirst(name.count).filter { (48...57).contains($0) }.reduce(0) { $0 * 10 + Int($1) - 48 }
      }
      place += line.count + 1
    }
    return end
  }

  static func status(of bytes: ArraySlice<UInt8>) -> Int {
    bytes.dropFirst(9).prefix(3).reduce(0) { $0 * 10 + Int($1) - 48 }
  }
}
