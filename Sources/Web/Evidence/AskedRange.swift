/// What the header `Range` asks of a file (RFC 9110): `bytes=0-499`, `bytes=500-`, `bytes=-500`.
enum AskedRange: Hashable {
  /// Also where it asks for several parts, or in units that aren't known: the header is then as if it weren't there.
  case whole
  case part(Range<Int64>)
  /// Nothing of it lies within the file.
  case outside

  init(_ header: String, of size: Int64) {
    self = .whole
    let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard header.hasPrefix("bytes="), ends.count == 2, ends.allSatisfy({ $0.allSatisfy(AskedRange.isDigit) }) else {
      return
    }
    // More digits than a file has bytes mean its end.
    func place(_ digits: Substring) -> Int64 { Int64(digits) ?? .max }
    switch (ends[0].isEmpty, ends[1].isEmpty) {
    case (true, true): return
    case (true, false):
      let last = place(ends[1])
      self = last > 0 && size > 0 ? .part(max(0, size - last)..<size) : .outside
    case (false, let isOpen):
      let first = place(ends[0])
      let last = isOpen ? Int64.max : place(ends[1])
      guard first <= last else { return }
      self = first < size ? .part(first..<min(last, size - 1) + 1) : .outside
    }
  }

  private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
