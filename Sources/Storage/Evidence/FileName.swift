/// Names of files as people gave them: shown and offered for saving, never used as a path here.
public enum FileName {
  /// Bytes; what file systems hold is 255, and a number may have to be added.
  static let longest = 200

  /// Without folders, control characters, characters that turn the reading direction, and what file systems refuse;
  /// cut to what they hold, the ending kept. Nil where nothing is left.
  public static func cleaned(_ given: String) -> String? {
    let last = given.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    let name = piece(String(last))
    guard !name.isEmpty, name.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
    guard name.utf8.count > longest else { return name }
    guard let dot = name.lastIndex(of: "."), name[dot...].utf8.count <= 16 else { return cut(name, to: longest) }
    return cut(String(name[..<dot]), to: longest - name[dot...].utf8.count) + name[dot...]
  }

  /// The same for a piece of a path or a title: no slashes, no dots or spaces at its ends.
  public static func piece(_ given: String) -> String {
    let scalars = given.unicodeScalars.map { isHarmless($0) ? $0 : "_" as Unicode.Scalar }
      .filter { !isInvisible($0) }
    var text = String(String.UnicodeScalarView(scalars))[...]
    while let end = text.last, end == "." || end.isWhitespace { text.removeLast() }
    while let begin = text.first, begin == "." || begin.isWhitespace { text.removeFirst() }
    return String(text)
  }

  /// The longest beginning of whole characters that fits.
  static func cut(_ text: String, to bytes: Int) -> String {
    var size = 0
    let end = text.firstIndex { character in
      size += character.utf8.count
      return size > bytes
    }
    return String(text[..<(end ?? text.endIndex)])
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.generalCategory == .control { return false }
    return !["/", "\\", ":", "*", "?", "\"", "<", ">", "|"].contains(scalar)
  }

  /// Marks that turn or join text and the byte order mark: a name with them reads as another.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
