extension Unicode.Scalar {
  /// Whether it shows nothing by itself: a blank, a line's end, a control or format character, a filler.
  fileprivate var isBlank: Bool {
    if isASCII { return properties.isWhitespace || value < 0x20 || value == 0x7F }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: return true
    // U+2800 is a Braille letter without a dot.
    default: return properties.isDefaultIgnorableCodePoint || value == 0x2800
    }
  }
}

extension StringProtocol {
  /// Whether nothing of it shows, so that it says nothing.
  public var isBlank: Bool { unicodeScalars.allSatisfy(\.isBlank) }

  /// The text without what shows nothing at its ends.
  public var trimmedText: String {
    let scalars = unicodeScalars
    if let first = scalars.first?.value, let last = scalars.last?.value, (0x21...0x7E).contains(first),
      (0x21...0x7E).contains(last)
    {
      return String(self)
    }
    guard let first = scalars.firstIndex(where: { !$0.isBlank }), let last = scalars.lastIndex(where: { !$0.isBlank })
    else { return "" }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[first...last])
    return String(text)
  }
}
