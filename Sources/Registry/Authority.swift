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

  public init(id: ID, parent: ID?, level: Level, code: String, name: String) {
    self.id = id
    self.parent = parent
    self.level = level
    self.code = code
    self.name = name
  }
}

extension Authority.Level {
  /// By the division's code (GB/T 2260): a province; one of the four municipalities or a city; a district.
  public static func of(division code: String) -> Authority.Level {
    if code.hasSuffix("0000") { return ["11", "12", "31", "50"].contains(code.prefix(2)) ? .city : .province }
    return code.hasSuffix("00") ? .city : .district
  }
}
