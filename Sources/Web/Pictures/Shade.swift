import Notation

/// The five blues of a share of the points, and hatching for what is missing.
enum Shade: Int, CaseIterable {
  case below60, from60, from70, from80, from90

  init(percent: Exact) {
    self =
      if percent >= Exact(90) {
        .from90
      } else if percent >= Exact(80) {
        .from80
      } else if percent >= Exact(70) {
        .from70
      } else if percent >= Exact(60) {
        .from60
      } else {
        .below60
      }
  }

  var colour: String {
    switch self {
    case .below60: "#dce8f5"
    case .from60: "#b3cee9"
    case .from70: "#7ba9d6"
    case .from80: "#3f7cbb"
    case .from90: "#17498a"
    }
  }

  /// The catalogue's words for it.
  var key: String { "picture.shade.\(rawValue)" }

  /// The background that hatching has in a legend.
  static let hatching = hatched(Ink.hatch)
  /// The same under words, which stay legible.
  static let faintHatching = hatched(Ink.edge)

  private static func hatched(_ colour: String) -> String {
    "repeating-linear-gradient(45deg,\(colour) 0 1px,#fff 1px 4px)"
  }
}
