public import Notation

/// The divisions that authorities have given lists of, over those the program brings: a city is data. A list that is said
/// to be whole for a province or a city tells which codes exist there; elsewhere any code of the right form may.
public struct DivisionList: Sendable {
  /// A line of such a list.
  public struct Entry: Sendable, Hashable {
    public let division: Division
    public let name: String
    /// The first day it was no longer in force; nil: it is.
    public let ended: Day?
    public let successors: [Division]
    /// Whether every code below it is in the list.
    public let isWhole: Bool

    public init(division: Division, name: String, ended: Day?, successors: [Division], isWhole: Bool) {
      self.division = division
      self.name = name
      self.ended = ended
      self.successors = successors
      self.isWhole = isWhole
    }

    /// Successors as people write them: codes with blanks or marks between.
    public static func successors(_ text: String?) -> [Division]? {
      guard let text else { return [] }
      let codes = text.split { !$0.isLetter && !$0.isNumber }.map { Division(String($0)) }
      return codes.isEmpty || codes.contains(nil) ? nil : codes.compactMap(\.self)
    }
  }

  /// Those the program brings alone.
  public static let known = DivisionList([])

  private let entries: [String: Entry]
  /// The digits with which the codes begin that a list is whole for.
  private let whole: [Substring]

  /// - Parameter entries: where several name one division, the first holds.
  public init(_ entries: [Entry]) {
    self.entries = Dictionary(entries.map { ($0.division.text, $0) }) { first, _ in first }
    whole = entries.filter(\.isWhole).map { $0.division.place }
  }

  /// Whether a list that is whole for the place doesn't have the division.
  public func lacks(_ division: Division) -> Bool {
    guard entries[division.text] == nil, DivisionChange.all[division.text] == nil else { return false }
    return whole.contains { division.text.hasPrefix($0) }
  }

  /// Whether a list, or what the program brings, names it.
  func knows(_ division: Division) -> Bool {
    entries[division.text] != nil || DivisionChange.all[division.text] != nil
      || DivisionChange.became.contains(division)
  }

  /// Whether a list is whole for the place it lies in.
  func isWhole(at division: Division) -> Bool { whole.contains { division.text.hasPrefix($0) } }

  /// The changes that lead from a division back to itself; nil where none do.
  func circle(from division: Division) -> [Division]? {
    var (open, seen): ([[Division]], Set<Division>) = ([[division]], [])
    while let path = open.popLast(), let last = path.last {
      for next in change(of: last)?.successors ?? [] {
        if next == division { return path }
        if seen.insert(next).inserted { open.append(path + [next]) }
      }
    }
    return nil
  }

  public func name(of division: Division) -> String? { entries[division.text]?.name ?? change(of: division)?.name }

  /// What became of it: as a list says, else as the program knows.
  public func change(of division: Division) -> DivisionChange? {
    guard let entry = entries[division.text] else { return DivisionChange.all[division.text] }
    return entry.ended.map {
      DivisionChange(division: division, name: entry.name, since: $0, successors: entry.successors)
    }
  }

  /// What stands for it today, through all changes; itself where it is in force. A change that leads in a circle ends,
  /// and one without successors too.
  public func today(_ division: Division) -> [Division] {
    var (open, done, seen): ([Division], [Division], Set<Division>) = ([division], [], [])
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      if let change = change(of: next) { open += change.successors } else { done.append(next) }
    }
    return done.sorted { $0.text < $1.text }
  }
}

extension Division {
  /// Its digits without the pairs of noughts at their end: what the codes below it begin with.
  public var place: Substring {
    var digits = text[...]
    while digits.hasSuffix("00") { digits = digits.dropLast(2) }
    return digits
  }
}
