/// The lines of a catalogue, byte by byte: every program reads thousands of them before it does anything else.
extension Catalogue {
  static func read(_ lines: [UInt8]) -> [String: [Piece]] {
    var sentences: [String: [Piece]] = [:]
    for line in lines.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      guard let cut = assignment(in: line) else { continue }
      sentences[String(decoding: line[..<cut], as: UTF8.self)] = pieces(line[(cut + 3)...])
    }
    return sentences
  }

  /// Where a line's key ends.
  private static func assignment(in line: ArraySlice<UInt8>) -> Int? {
    let (equals, blank) = (UInt8(ascii: "="), UInt8(ascii: " "))
    return line.indices.dropFirst().dropLast().first {
      line[$0] == equals && line[$0 - 1] == blank && line[$0 + 1] == blank
    }.map { $0 - 1 }
  }

  /// `{name}`, `{name:one|several}` and what stands between them; a brace that begins neither stands for itself.
  private static func pieces(_ sentence: ArraySlice<UInt8>) -> [Piece] {
    var pieces: [Piece] = []
    var text: [UInt8] = []
    var place = sentence.startIndex
    while place < sentence.endIndex {
      let byte = sentence[place]
      if byte == UInt8(ascii: "{"), let (gap, end) = gap(in: sentence, at: place) {
        pieces.append(.text(String(decoding: text, as: UTF8.self)))
        pieces.append(gap)
        text = []
        place = end
      } else if byte == UInt8(ascii: "\\"), place + 1 < sentence.endIndex, sentence[place + 1] == UInt8(ascii: "n") {
        text.append(UInt8(ascii: "\n"))
        place += 2
      } else {
        text.append(byte)
        place += 1
      }
    }
    return pieces + [.text(String(decoding: text, as: UTF8.self))]
  }

  /// The gap that opens at a brace, and where it ends.
  private static func gap(in sentence: ArraySlice<UInt8>, at brace: Int) -> (Piece, Int)? {
    func word(from start: Int, _ belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
      sentence[start...].prefix(while: belongs)
    }
    func at(_ place: Int, _ sign: Unicode.Scalar) -> Bool {
      place < sentence.endIndex && sentence[place] == UInt8(ascii: sign)
    }
    func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
    let name = word(from: brace + 1) { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
    guard !name.isEmpty else { return nil }
    if at(name.endIndex, "}") { return (.gap(text(name)), name.endIndex + 1) }
    guard at(name.endIndex, ":") else { return nil }
    let isPlain: (UInt8) -> Bool = { ![UInt8(ascii: "|"), UInt8(ascii: "{"), UInt8(ascii: "}")].contains($0) }
    let one = word(from: name.endIndex + 1, isPlain)
    guard at(one.endIndex, "|") else { return nil }
    let several = word(from: one.endIndex + 1, isPlain)
    guard at(several.endIndex, "}") else { return nil }
    return (.number(gap: text(name), one: text(one), several: text(several)), several.endIndex + 1)
  }
}
