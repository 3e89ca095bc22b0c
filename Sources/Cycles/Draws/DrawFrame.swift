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
  /// How many digits an announcement may ask for: with fewer, chance itself would be narrow; more, nobody copies without
  /// an error.
  public static let digits = 4...60
  /// Characters that are looked at of a seed as typed.
  public static let longestTyped = 300

  /// The seed that somebody typed: its digits in their order. Blanks and commas between them count for nothing, nor does
  /// their width, so that one number has one spelling and nobody can choose among several. Nil where anything else stands
  /// there, or another number of digits than was announced.
  public static func seed(_ typed: String, digits: Int) -> String? {
    guard typed.utf8.count <= 4 * longestTyped else { return nil }
    var seed = ""
    for scalar in typed.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39: seed.unicodeScalars.append(scalar)
      case 0xFF10...0xFF19: seed += String(scalar.value - 0xFF10)
      case 0x2C, 0xFF0C, 0x3001: continue
      default: guard scalar.properties.isWhitespace else { return nil }
      }
    }
    return seed.utf8.count == digits ? seed : nil
  }

  /// What stands against an announcement, all at once. The seed must not be known when the frame is fixed: it is drawn on
  /// a later day.
  public static func faults(
    source: String?, digits: Int?, day: Day?, frame: DrawFrame, at now: Instant
  ) -> [Message] {
    var faults: [Message] = []
    if frame.entries.isEmpty { faults.append(Message("draw.fault.empty")) }
    if source == nil { faults.append(Message("draw.fault.source")) }
    if digits.map({ !self.digits.contains($0) }) ?? true {
      faults.append(
        Message(
          "draw.fault.digits",
          ["least": .count(self.digits.lowerBound), "most": .count(self.digits.upperBound)]))
    }
    if let day {
      if day <= now.day { faults.append(Message("draw.fault.day", ["today": .text(now.day.text)])) }
    } else {
      faults.append(Message("draw.fault.noDay"))
    }
    return faults
  }
}
