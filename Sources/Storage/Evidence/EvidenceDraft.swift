public import Cycles
public import Notation

/// Evidence about to be added.
public struct EvidenceDraft: Sendable {
  public let authority: ID
  public let cycle: ID
  public let group: ID
  /// The school it is of; nil: the group as a whole.
  public var school: ID?
  /// Cleaned; the file's name without its ending where nobody gives one.
  public let title: String
  public let fileName: String
  public let file: ReceivedFile
  public let kind: FileKind
  /// The school year it speaks for, by the year it ends in; nil: the cycle's.
  public let year: Int?
  public let places: [EvidencePlace]

  public init(
    authority: ID, cycle: ID, group: ID, school: ID? = nil, title: String? = nil, fileName: String,
    file: ReceivedFile, kind: FileKind, year: Int? = nil, places: [EvidencePlace]
  ) {
    self.authority = authority
    self.cycle = cycle
    self.group = group
    self.school = school
    self.fileName = fileName
    self.file = file
    self.kind = kind
    self.year = year
    self.places = places
    let given = FileName.piece(title ?? "")
    let name = fileName.lastIndex(of: ".").map { String(fileName[..<$0]) } ?? fileName
    self.title = String((given.isEmpty ? FileName.piece(name) : given).prefix(Self.longestTitle))
  }

  /// Characters.
  static let longestTitle = 120
}
