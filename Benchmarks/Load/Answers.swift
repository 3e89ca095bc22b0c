/// What is read from a socket until an answer is whole.
struct Answer {
  let status: Int
  /// Bytes of the whole answer, head included.
  let bytes: Int
}

/// Finds the ends of HTTP answers in the bytes of a connection. Byte by byte: the library's searches took a quarter of the
/// machine from the server that is measured.
enum AnswerReading {
  private static let name = Array("content-length:".utf8)

  /// Bytes of the whole answer; nil while its head isn't there yet.
  static func length(of bytes: ArraySlice<UInt8>) -> Int? {
    var body = 0
    var line = bytes.startIndex
    for place in bytes.indices where bytes[place] == 10 {
      // An empty line ends the head.
      if place - line <= 1 { return place + 1 + body }
      body = contentLength(bytes[line..<place]) ?? body
      line = place + 1
    }
    return nil
  }

  /// Nil where the line says something else.
  private static func contentLength(_ line: ArraySlice<UInt8>) -> Int? {
    guard line.count > name.count else { return nil }
    for place in name.indices where line[line.startIndex + place] | 0x20 != name[place] | 0x20 { return nil }
    var number = 0
    for byte in line[(line.startIndex + name.count)...] where (48...57).contains(byte) {
      number = number * 10 + Int(byte) - 48
    }
    return number
  }

  static func status(of bytes: ArraySlice<UInt8>) -> Int {
    bytes.dropFirst(9).prefix(3).reduce(0) { $0 * 10 + Int($1) - 48 }
  }
}
