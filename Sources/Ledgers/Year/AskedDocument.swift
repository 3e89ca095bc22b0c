import Notation
public import Policies

/// A document the policy asks for (`documents:`).
public struct AskedDocument: Sendable, Hashable {
  public enum Rhythm: String, Sendable {
    case once, threeYears = "three-years", schoolYear = "school-year", term, quarter
  }
  public enum Owner: String, Sendable { case group, lead, members, schools }

  public struct Content: Sendable, Hashable {
    public let id: String
    public let title: String
  }

  public let id: String
  public let title: String
  public let every: Rhythm
  public let of: Owner
  public let isRequired: Bool
  /// `district` or `city`, where it has to be filed.
  public let fileWith: String?
  public let contents: [Content]
  public let source: String?
  /// Whether the group or its schools have to bring it: not what the platform makes of the sheet, nor what an authority
  /// writes.
  public let isOwed: Bool

  public static func all(of policy: Policy) -> [AskedDocument] {
    (policy.root["documents"]?.list ?? []).compactMap { node in
      guard let id = node["id"]?.text else { return nil }
      return AskedDocument(
        id: id, title: node["title"]?.text ?? id, every: node["every"]?.text.flatMap(Rhythm.init) ?? .once,
        of: node["of"]?.text.flatMap(Owner.init) ?? .group, isRequired: node["required"]?.boolean ?? true,
        fileWith: node["fileWith"]?.text,
        contents: (node["contents"]?.list ?? []).compactMap { content in
          content["id"]?.text.map { Content(id: $0, title: content["title"]?.text ?? $0) }
        }, source: node["source"]?.text, isOwed: node["made"] == nil)
    }
  }

  /// The schools of a group that have to have it; the lead school keeps what is the group's.
  func owners(among all: [LedgerSchool]) -> [LedgerSchool] {
    let schools = all.filter(\.isPresent)
    return switch of {
    case .group, .lead: schools.filter(\.isLead)
    case .members: schools.filter { !$0.isLead }
    case .schools: schools
    }
  }

  /// Whether a record of it still speaks in a school year.
  func holds(_ record: LedgerRecord, in year: SchoolYearDays) -> Bool {
    guard record.text("document") == id, record.first <= year.last else { return false }
    // What was given up during the year stands no more; what is of one year was there in it.
    if every == .once || every == .threeYears, let last = record.last, last < year.last { return false }
    return speaks(from: record.first, in: year)
  }

  /// Whether one recorded from a day on is one of a school year.
  func speaks(from first: Day, in year: SchoolYearDays) -> Bool {
    switch every {
    case .once: true
    case .threeYears: first > year.first.adding(days: -2 * 366 - 1)
    case .schoolYear, .term, .quarter: first >= year.first
    }
  }

  /// How many there are: copies under one number are versions of one.
  static func issues(_ copies: [LedgerRecord]) -> Int {
    var numbers: Set<[String]> = []
    return copies.count { copy in
      guard let number = copy.text("number")?.nameForm, !number.isEmpty else { return true }
      return numbers.insert([copy.school?.description ?? "", copy.text("document") ?? "", number]).inserted
    }
  }

  /// Whether it is of one school year alone.
  var isOfOneYear: Bool { every == .schoolYear || every == .term || every == .quarter }

  /// Days before its year in which a document of one year may have been adopted: plans are made at the end of the year
  /// before.
  static let daysAhead = 122

  /// How many there have to be in a year.
  var perYear: Int {
    switch every {
    case .once, .threeYears, .schoolYear: 1
    case .term: 2
    case .quarter: 4
    }
  }
}
