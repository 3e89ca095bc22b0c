/// Something wrong with a file a person wrote: where, what and why, what to do.
public struct Problem: Sendable, Hashable {
  public enum Severity: Sendable, Hashable {
    /// The file can't be used.
    case error
    /// Worth a look, no obstacle.
    case note
  }

  public let severity: Severity
  public let place: Place
  /// Where inside the file, in its own words, such as `years[0].groups[2].facts.4`; empty where the line says enough.
  public let path: String
  /// What is wrong and why.
  public let what: Message
  /// What to do about it.
  public let remedy: Message

  public init(
    _ key: String, at place: Place, path: String = "", severity: Severity = .error,
    _ parts: [String: Message.Part] = [:]
  ) {
    self.severity = severity
    self.place = place
    self.path = path
    what = Message("problem.\(key)", parts)
    remedy = Message("problem.\(key).do", parts)
  }

  /// `FILE:LINE: what, why, what to do` in the reader's language.
  public func line(in catalogue: Catalogue) -> String { "\(place.text): \(sentence(in: catalogue))" }

  /// What, why and what to do, without the place of a file's line.
  public func sentence(in catalogue: Catalogue) -> String {
    let inside = path.isEmpty || place.sheet != nil ? "" : catalogue.text("problem.at", ["path": .text(path)])
    let mark = severity == .note ? catalogue.text("problem.note") : ""
    let sentence = catalogue.text(
      "problem.sentence", ["what": .message(what), "do": .message(remedy)])
    return "\(mark)\(inside)\(sentence)"
  }
}

/// Problems as they are found; all are reported at once.
public struct Problems: Sendable {
  public private(set) var all: [Problem] = []

  public init() {}

  public mutating func add(
    _ key: String, at place: Place, path: String = "", severity: Problem.Severity = .error,
    _ parts: [String: Message.Part] = [:]
  ) {
    all.append(Problem(key, at: place, path: path, severity: severity, parts))
  }

  public mutating func append(_ problem: Problem) { all.append(problem) }
  public mutating func append(contentsOf problems: [Problem]) { all.append(contentsOf: problems) }

  public var isEmpty: Bool { all.isEmpty }
  public var errors: [Problem] { all.filter { $0.severity == .error } }

  /// In the order of the file, each once.
  public var sorted: [Problem] {
    var seen: Set<Problem> = []
    return all.filter { seen.insert($0).inserted }.enumerated()
      .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
  }
}
