public import Notation

/// One column of a kind of record: what form, workbook, check and store ask for.
public struct LedgerField: Sendable, Hashable {
  public enum Form: Sendable, Hashable {
    /// At most so many characters.
    case text(Int)
    case day
    /// A time of the day, kept as `14:30`.
    case time
    /// A whole number from 0.
    case count
    /// A decimal from 0.
    case amount
    case flag
    case word(LedgerWords)
    case words(LedgerWords)
    /// A school of the group.
    case school
    case schools
    /// A person who teaches or leads at a school, by our own number.
    case teacher
    /// One of the documents the policy asks for.
    case document
    /// What the policy asks that document to say.
    case contents
  }

  public let id: String
  public let form: Form
  public let isRequired: Bool
  /// Whether a text names somebody: it is masked like a teacher's name.
  public let namesSomebody: Bool

  public init(_ id: String, _ form: Form, required: Bool = false, person: Bool = false) {
    self.id = id
    self.form = form
    isRequired = required
    namesSomebody = person
  }

  public var title: Message { Message("ledger.field.\(id)") }
}

/// A closed list of words, told to people by the catalogue.
public struct LedgerWords: Sendable, Hashable {
  public let list: String
  public let all: [String]

  public init(_ list: String, _ all: [String]) {
    self.list = list
    self.all = all
  }

  public func title(_ word: String) -> Message { Message("ledger.word.\(list).\(word)") }

  /// From the highest to the lowest.
  public static let levels = LedgerWords("level", ["national", "provincial", "city", "district", "school"])
  public static let subjects = LedgerWords(
    "subject",
    [
      "chinese", "mathematics", "english", "morality", "history", "geography", "physics", "chemistry", "biology",
      "science", "information", "pe", "music", "art", "labour", "psychology", "safety", "practice", "other",
    ])
}

/// A kind of record of the year: a table of fields.
public struct LedgerKind: Sendable, Hashable {
  /// Who keeps it, and so who says that nothing is missing from it.
  public enum Keeper: String, Sendable {
    /// The lead school, once for the group.
    case group
    /// Each school, for itself.
    case school
    /// The authority a school answers to, or one above it, of each school; schools read it.
    case office
  }

  /// To which school years a record belongs.
  public enum Dating: Sendable, Hashable {
    /// The day in `day`.
    case day
    /// From `from` to `to`, both included; open where `to` is empty.
    case span
    /// The whole of one school year.
    case year
    /// From one school year on.
    case standing
  }

  public let id: String
  public let keeper: Keeper
  public let dating: Dating
  public let fields: [LedgerField]
  /// Records of one school (of the group) in one year that may not stand twice, told apart by these fields; nil: no such
  /// bound.
  public let unique: [String]?
  /// Whether a record may be of a day to come: what is booked or planned.
  public let mayLieAhead: Bool

  public init(
    _ id: String, _ keeper: Keeper, _ dating: Dating, unique: [String]? = nil, ahead: Bool = false,
    _ fields: [LedgerField]
  ) {
    self.id = id
    self.keeper = keeper
    self.dating = dating
    self.unique = unique
    mayLieAhead = ahead
    self.fields = fields
  }

  public var title: Message { Message("ledger.kind.\(id)") }
  /// Whether each record is of one school.
  public var isOfSchool: Bool { keeper != .group }
  /// What that school is called in forms and workbooks: who fills it in, or of whom it is told.
  public var schoolTitle: Message { Message(keeper == .office ? "ledger.field.school.told" : "ledger.field.school") }
  /// Whether it tells of pupils, who are never named.
  public var tellsOfPupils: Bool { ["activities", "awards", "incidents"].contains(id) }
  /// Where its last day stands, of what may go on beyond a school year.
  public var endField: LedgerField? { dating == .span ? field("to") : dating == .standing ? field("ended") : nil }
  public func field(_ id: String) -> LedgerField? { fields.first { $0.id == id } }
  /// Whether people are named in it.
  public var namesTeachers: Bool { fields.contains { $0.form == .teacher } }

  /// What a keeper may declare complete: each term of what happens on single days, else the year.
  public var declarable: [Term?] { dating == .day ? Term.allCases.map(\.self) : [nil] }

  public static func == (a: LedgerKind, b: LedgerKind) -> Bool { a.id == b.id }
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
