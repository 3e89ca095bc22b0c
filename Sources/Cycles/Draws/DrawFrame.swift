public import Notation
public import Policies

/// Those among whom is drawn, as they were announced: the text that was hashed is what everything else is read from.
public struct DrawFrame: Sendable, Hashable {
  public let entries: [Draw.Entry]
  public let text: String
  public let hash: String

  public init(_ entries: [Draw.Entry]) {
    self.entries = entries.sorted { $0.line.utf8.lexicographicallyPrecedes($1.line.utf8) }
    text = Draw.text(of: entries)
    hash = Draw.hash(of: entries)
  }

  /// Reads a frame as it was published; nil where a line isn't `id<TAB>stratum`.
  public init?(text: String) {
    var entries: [Draw.Entry] = []
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else { return nil }
      entries.append(Draw.Entry(id: String(parts[0]), stratum: String(parts[1])))
    }
    self.init(entries)
    guard self.text == text else { return nil }
  }

  /// The strata in their order, how many each has and how many of them are drawn.
  public func strata(_ size: Stage.Draw.Size) -> [(name: String, count: Int, drawn: Int)] {
    Dictionary(grouping: entries, by: \.stratum).map {
      (name: $0, count: $1.count, drawn: Draw.share(of: $1.count, size))
    }
    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Who is drawn, in the order of the draw.
  public func choose(seed: String, size: Stage.Draw.Size) -> [String] {
    Draw.choose(frame: entries, seed: seed, size: size)
  }
}

/// What a draw's announcement and its seed must be.
public enum DrawTerms {
  public static let longestSeed = 200

  /// A seed is what a person copies from a newspaper and types into a script: printable ASCII, no blanks at its ends.
  public static func isSeed(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count <= longestSeed else { return false }
    return first != 0x20 && last != 0x20 && bytes.allSatisfy { (0x20...0x7E).contains($0) }
  }

  /// What stands against an announcement, all at once. The seed must not be known when the frame is fixed: it is drawn on
  /// a later day.
  public static func faults(source: String?, day: Day?, frame: DrawFrame, at now: Instant) -> [Message] {
    var faults: [Message] = []
    if frame.entries.isEmpty { faults.append(Message("draw.fault.empty")) }
    if source == nil { faults.append(Message("draw.fault.source")) }
    if let day {
      if day <= now.day { faults.append(Message("draw.fault.day", ["today": .text(now.day.text)])) }
    } else {
      faults.append(Message("draw.fault.noDay"))
    }
    return faults
  }
}
