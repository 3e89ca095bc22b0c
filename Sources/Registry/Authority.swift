public import Notation

/// An education authority (教育行政部门) in the tree of authorities.
public struct Authority: Sendable, Hashable {
  public enum Level: String, Sendable, CaseIterable { case province, city, district }

  public let id: ID
  public let parent: ID?
  public let level: Level
  /// Unique among all authorities; the division's code of GB/T 2260 where it has one.
  public let code: String
  public let name: String
  /// A development zone (开发区、高新区、示范区): with a district's powers, but no division.
  public let isZone: Bool
  /// The first day it no longer acts; nil: it acts.
  public let ended: Day?
  /// Who acts in its place since then.
  public let successor: ID?

  public init(
    id: ID, parent: ID?, level: Level, code: String, name: String, isZone: Bool = false, ended: Day? = nil,
    successor: ID? = nil
  ) {
    self.id = id
    self.parent = parent
    self.level = level
    self.code = code
    self.name = name
    self.isZone = isZone
    self.ended = ended
    self.successor = successor
  }
}

extension Authority {
  /// Whether a code is that of a superior with two digits more: of an authority without a division of its own, such as a
  /// development zone's.
  static func isPart(_ code: String, of superior: String?) -> Bool {
    looksLikePart(code) && superior.map { code.hasPrefix($0 + "-") && $0.utf8.count == 6 } == true
  }

  static func looksLikePart(_ code: String) -> Bool {
    let parts = code.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2
      && zip(parts, [6, 2]).allSatisfy { part, count in
        part.utf8.count == count && part.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      }
  }
}

extension Authority.Level {
  /// By the division's code (GB/T 2260): a province; one of the four municipalities or a city; a district.
  public static func of(division code: String) -> Authority.Level {
    if code.hasSuffix("0000") { return ["11", "12", "31", "50"].contains(code.prefix(2)) ? .city : .province }
    return code.hasSuffix("00") ? .city : .district
  }

  /// Whether an authority of this level may stand under one of the other.
  public func mayStand(under other: Authority.Level) -> Bool {
    switch (other, self) {
    case (.province, .city), (.province, .district), (.city, .district): true
    default: false
    }
  }
}
