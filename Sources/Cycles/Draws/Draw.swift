import Crypto
import Notation
public import Policies

/// A public draw that anybody can replay (docs/draw.md): the frame is announced by its hash before the seed is known.
public enum Draw {
  /// One that may be drawn.
  public struct Entry: Sendable, Hashable {
    public let id: String
    public let stratum: String

    /// A group, divided as the stage says.
    public init(_ group: Participant, at stage: CycleStage) {
      self.init(
        id: group.group.description,
        stratum: Draw.stratum(form: group.form, district: group.districtName, by: stage.draw?.strata ?? []))
    }

    public init(id: String, stratum: String) {
      self.id = id
      self.stratum = Draw.plain(stratum)
    }

    /// The line of the frame.
    var line: String { "\(id)\t\(stratum)\n" }
  }

  /// The frame as it is published: a line each, `id<TAB>stratum<LF>`, in the order of their bytes.
  public static func text(of frame: [Entry]) -> String {
    frame.map(\.line).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined()
  }

  /// SHA-256 of that text, in hexadecimal.
  public static func hash(of frame: [Entry]) -> String { hex(text(of: frame)) }

  /// Who is drawn, in the order of the draw, stratum by stratum.
  ///
  /// Within a stratum the order is that of SHA-256 of `seed:id` in hexadecimal. Of a percentage the share of each stratum
  /// is rounded up, so that at least one is drawn.
  public static func choose(frame: [Entry], seed: String, size: Stage.Draw.Size) -> [String] {
    let strata = Dictionary(grouping: frame, by: \.stratum)
    return strata.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.flatMap { stratum -> [String] in
      let entries = strata[stratum] ?? []
      let ordered = entries.map { (hash: hex("\(seed):\($0.id)"), id: $0.id) }.sorted {
        ($0.hash, $0.id) < ($1.hash, $1.id)
      }
      return ordered.prefix(share(of: entries.count, size)).map(\.id)
    }
  }

  /// How many of so many in a stratum are drawn.
  public static func share(of count: Int, _ size: Stage.Draw.Size) -> Int {
    switch size {
    case .percent(let percent): min(count, max(0, (Exact(count) * percent / .hundred).ceiling.integer ?? 0))
    case .count(let number): min(count, max(0, number))
    }
  }

  /// A group's stratum: what the policy divides by, in its order; one for all where it doesn't.
  public static func stratum(form: String?, district: String?, by strata: [Stage.Draw.Stratum]) -> String {
    let parts = strata.map { $0 == .form ? form ?? "" : district ?? "" }
    return parts.isEmpty ? "all" : parts.joined(separator: "/")
  }

  static func hex(_ text: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = SHA256.hash(data: Array(text.utf8)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Tabs and whatever ends a line would let two frames share a text.
  static func plain(_ text: String) -> String {
    String(
      text.map { character in
        character.isNewline || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
          ? " " : character
      })
  }
}
