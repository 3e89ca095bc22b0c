public import Notation

/// A division's code (GB/T 2260): two digits each for province, city, district.
public struct Division: Sendable, Hashable, CustomStringConvertible {
  public let text: String

  /// The provinces' first two digits.
  public static let provinces: Set<String> = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
  ]

  /// Nil where it is none; `fault` says why.
  public init?(_ text: String) {
    guard Division.fault(in: text) == nil else { return nil }
    self.text = text
  }

  /// What keeps a text from being a division's code; nil where nothing does. Which codes are given out isn't known here.
  public static func fault(in text: String) -> Message? {
    let digits = Array(text.utf8)
    guard digits.count == 6, digits.allSatisfy({ (48...57).contains($0) }) else {
      return Message("registry.code.division.form", ["found": .text(text)])
    }
    guard provinces.contains(String(text.prefix(2))) else {
      return Message("registry.code.province", ["found": .text(text), "province": .text(String(text.prefix(2)))])
    }
    // A district stands under a city: `610002` names nothing. Hainan's stood under the province until 2007.
    if text.dropFirst(2).hasPrefix("00"), !text.hasSuffix("00"), !text.hasPrefix("46") {
      return Message("registry.code.division.form", ["found": .text(text)])
    }
    return nil
  }

  public var level: Authority.Level { .of(division: text) }

  /// The code as it stands now, and the day since which it is no longer this one.
  public var change: DivisionChange? { DivisionChange.all[text] }

  /// What became of it, through all changes; itself where it is in force. A change that leads in a circle ends.
  public var today: [Division] {
    var (open, done, seen): ([Division], [Division], Set<Division>) = ([self], [], [])
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      if let change = next.change { open += change.successors } else { done.append(next) }
    }
    return done.sorted { $0.text < $1.text }
  }

  public var description: String { text }
}

/// A division that is no more: since when, its last name, and what it became.
public struct DivisionChange: Sendable, Hashable {
  public let division: Division
  public let name: String
  /// The first day it was no longer in force.
  public let since: Day
  public let successors: [Division]

  /// Those of the data file `Codes/divisions.txt`, by their old code.
  public static let all: [String: DivisionChange] = read(
    String(decoding: PackageResources.divisions_txt, as: UTF8.self))

  /// All that one of them became.
  static let became = Set(all.values.flatMap(\.successors))

  /// Lines of `code name day successors…`; `#` begins a remark. A line that can't be read is left out, which a test finds.
  static func read(_ text: String) -> [String: DivisionChange] {
    var changes: [String: DivisionChange] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 4, let division = Division(words[0]), let since = Day(words[2]) else { continue }
      let successors = words[3...].compactMap { Division($0) }
      guard successors.count == words.count - 3 else { continue }
      changes[division.text] = DivisionChange(
        division: division, name: words[1], since: since, successors: successors)
    }
    return changes
  }
}
