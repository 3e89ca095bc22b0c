import Notation

/// A picture being drawn, as SVG text. Lengths are whole tenths of a pixel, so that the same values always give the same
/// text; every word of it is escaped here.
struct Drawing {
  /// Tenths of a pixel.
  typealias Length = Int

  enum Anchor: String { case start, middle, end }

  private(set) var body = ""

  mutating func rect(x: Length, y: Length, width: Length, height: Length, _ look: String) {
    body += "<rect x=\"\(px(x))\" y=\"\(px(y))\" width=\"\(px(width))\" height=\"\(px(height))\" \(look)/>"
  }

  mutating func line(x1: Length, y1: Length, x2: Length, y2: Length, _ look: String) {
    body += "<line x1=\"\(px(x1))\" y1=\"\(px(y1))\" x2=\"\(px(x2))\" y2=\"\(px(y2))\" \(look)/>"
  }

  mutating func circle(x: Length, y: Length, radius: Length, _ look: String) {
    body += "<circle cx=\"\(px(x))\" cy=\"\(px(y))\" r=\"\(px(radius))\" \(look)/>"
  }

  /// - Parameter look: attributes written by us, never by a person.
  mutating func text(
    _ words: String, x: Length, y: Length, size: Length = 120, anchor: Anchor = .start, colour: String = Ink.text,
    isBold: Bool = false, look: String = ""
  ) {
    body += "<text x=\"\(px(x))\" y=\"\(px(y))\" font-size=\"\(px(size))\" fill=\"\(colour)\""
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if isBold { body += " font-weight=\"600\"" }
    if !look.isEmpty { body += " \(look)" }
    body += ">\(SafeHTML.escaped(words))</text>"
  }

  /// What is drawn inside leads somewhere. Pictures are one stop for the keyboard's tab key, not one for every cell: their
  /// table has the same links.
  mutating func link(_ address: String?, title: String? = nil, _ draw: (inout Drawing) -> Void) {
    guard let address else { return draw(&self) }
    body += "<a href=\"\(SafeHTML.escaped(address))\" tabindex=\"-1\">"
    if let title { body += "<title>\(SafeHTML.escaped(title))</title>" }
    draw(&self)
    body += "</a>"
  }

  /// Attributes that all of what is drawn inside share.
  mutating func group(_ look: String, _ draw: (inout Drawing) -> Void) {
    body += "<g \(look)>"
    draw(&self)
    body += "</g>"
  }

  mutating func raw(_ written: String) { body += written }

  /// The whole picture.
  ///
  /// - Parameter label: what it shows, for those who don't see it, and where its numbers stand.
  /// - Parameter fits: whether it takes the width it is given; otherwise its own.
  func svg(width: Length, height: Length, label: String, fits: Bool) -> String {
    let size = fits ? "width=\"100%\"" : "width=\"\(px(width))\" height=\"\(px(height))\""
    return """
      <svg viewBox="0 0 \(px(width)) \(px(height))" \(size) role="img" aria-label="\(SafeHTML.escaped(label))" \
      style="display:block">\(body)</svg>
      """
  }
}

/// A length as SVG writes it: `23.5`.
func px(_ tenths: Drawing.Length) -> String {
  let sign = tenths < 0 ? "-" : ""
  let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
  return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
}

/// The colours of pictures (mockups, «Pictures»).
enum Ink {
  static let text = "#1b2531"
  static let second = "#465362"
  static let third = "#5f6c7b"
  static let axis = "#8b98a7"
  static let grid = "#e3e8ee"
  static let edge = "#d8dee6"
  static let blue = "#1b579f"
  static let good = "#1d6f47"
  static let bad = "#ad2420"
  static let hatch = "#8894a2"
  static let goodCorner = "#e6f3ec"
  static let soft = "#e9f0f9"
}

/// Where values lie between two ends.
struct Scale {
  let from: Exact
  let to: Exact
  let start: Drawing.Length
  let end: Drawing.Length

  /// The nearest tenth of a pixel, held between the ends of the drawing.
  func place(_ value: Exact) -> Drawing.Length {
    guard to != from else { return start }
    let share = ((value - from) / (to - from)).clamped(to: .zero...(.one))
    let length = (share * Exact(end - start)).rounded(Rounding(places: 0, mode: .halfUp))
    return start + (length.integer ?? 0)
  }
}
