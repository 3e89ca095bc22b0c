/// Whether the first bytes are text: UTF-8, or GBK (GB 18030), and nothing that a machine would carry out.
struct TextSniffing {
  let isActive: Bool

  /// Nil where they are no text. `whole`: the file has no more bytes than these, so that no character is cut.
  init?(head: [UInt8], whole: Bool) {
    let bytes = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
    guard !bytes.contains(where: { $0 < 32 && ![9, 10, 12, 13].contains($0) || $0 == 127 }),
      Self.isUTF8(bytes, whole: whole) || Self.isGBK(bytes, whole: whole)
    else { return nil }
    isActive = Self.isActive(bytes)
  }

  private static func isUTF8(_ bytes: ArraySlice<UInt8>, whole: Bool) -> Bool {
    if String(validating: bytes, as: UTF8.self) != nil { return true }
    guard !whole else { return false }
    // At most three bytes of a character that goes on after the cut.
    return (1...3).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
  }

  private static func isGBK(_ bytes: ArraySlice<UInt8>, whole: Bool) -> Bool {
    var place = bytes.startIndex
    while place < bytes.endIndex {
      guard bytes[place] >= 0x80 else {
        place += 1
        continue
      }
      let rest = bytes[place...].prefix(4)
      guard (0x81...0xFE).contains(bytes[place]) else { return false }
      guard rest.count >= 2 else { return !whole }
      switch rest[place + 1] {
      case 0x40...0x7E, 0x80...0xFE: place += 2
      case 0x30...0x39:
        guard rest.count == 4 else { return !whole }
        guard (0x81...0xFE).contains(rest[place + 2]), (0x30...0x39).contains(rest[place + 3]) else { return false }
        place += 4
      default: return false
      }
    }
    return true
  }

  /// How pages, drawings and scripts begin, small letters.
  private static let beginnings = [
    "<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<?php", "<%", "<iframe", "<h1", "<div",
    "<font", "<table", "<a ", "<a>", "<style", "<title", "<b>", "<br", "<p>", "<p ", "<!--", "<img", "<meta", "<link",
    "<form", "<object", "<embed", "#!", "@echo", "mime-version:", "{\\rtf",
  ]

  private static func isActive(_ bytes: ArraySlice<UInt8>) -> Bool {
    let begin = bytes.drop { [9, 10, 12, 13, 32].contains($0) }.prefix(16)
    let text = String(decoding: begin, as: UTF8.self).lowercased()
    return beginnings.contains { text.hasPrefix($0) }
  }
}
