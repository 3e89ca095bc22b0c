/// The stages taught at a school: one, or several (九年一贯制, 完全中学, 十二年一贯制).
public struct SchoolStages: OptionSet, Sendable, Hashable {
  public let rawValue: Int

  public init(rawValue: Int) { self.rawValue = rawValue }

  public static let kindergarten = SchoolStages(rawValue: 1)
  public static let primary = SchoolStages(rawValue: 2)
  public static let junior = SchoolStages(rawValue: 4)
  public static let senior = SchoolStages(rawValue: 8)
  public static let vocational = SchoolStages(rawValue: 16)
  public static let special = SchoolStages(rawValue: 32)

  /// 义务教育阶段: the stages that coverage and resource balance are about.
  public static let compulsory: SchoolStages = [.primary, .junior]
  public static let all: [(stage: SchoolStages, name: String)] = [
    (.kindergarten, "kindergarten"), (.primary, "primary"), (.junior, "junior"), (.senior, "senior"),
    (.vocational, "vocational"), (.special, "special"),
  ]

  public var isCompulsory: Bool { !isDisjoint(with: .compulsory) }

  /// `primary junior`: the names of its stages in their order.
  public var names: [String] { SchoolStages.all.filter { contains($0.stage) }.map(\.name) }

  /// Nil where one of the names is none.
  public init?(names: some Sequence<String>) {
    var stages: SchoolStages = []
    for name in names {
      guard let known = SchoolStages.all.first(where: { $0.name == name }) else { return nil }
      stages.insert(known.stage)
    }
    self = stages
  }

  /// How such a school is called: `nineYear` (九年一贯制), `complete` (完全中学), `twelveYear`, else its one stage; nil
  /// for other combinations and for none.
  public var kind: String? {
    switch self {
    case [.primary, .junior]: "nineYear"
    case [.junior, .senior]: "complete"
    case [.primary, .junior, .senior]: "twelveYear"
    default: names.count == 1 ? names[0] : nil
    }
  }
}
