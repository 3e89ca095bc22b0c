public import Notation

/// A check of the registry's data: what it looks for stands in code, how grave it is and what to do about it is data
/// (`Quality/checks.txt`, and the catalogue under `quality.<id>`).
public struct QualityCheck: Sendable, Hashable {
  public enum Severity: String, Sendable, CaseIterable { case error, warning, note }

  public let id: String
  public let severity: Severity

  public var title: Message { Message("quality.\(id)") }
  public var why: Message { Message("quality.\(id).why") }
  public var remedy: Message { Message("quality.\(id).do") }

  public static let all: [QualityCheck] = String(decoding: PackageResources.checks_txt, as: UTF8.self)
    .split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 2, let severity = Severity(rawValue: words[1]) else { return nil }
      return QualityCheck(id: words[0], severity: severity)
    }
}

/// One thing that a check found.
public struct QualityFinding: Sendable, Hashable {
  public enum Subject: Sendable, Hashable {
    case school(ID)
    case group(ID)
  }

  public let check: String
  public let subject: Subject
  /// What exactly, where the check's sentence doesn't say it all.
  public let detail: Message?

  init(_ check: String, _ subject: Subject, _ detail: Message? = nil) {
    self.check = check
    self.subject = subject
    self.detail = detail
  }
}

extension RegistryBook {
  /// Everything the checks find on a day, in the order of the checks. `years` are the statistics of the school year of
  /// that day and of the year before it, by school.
  public func findings(
    on day: Day, years: [ID: SchoolYear], before: [ID: SchoolYear], since statistics: Bool,
    divisions: DivisionList = .known
  ) -> [QualityFinding] {
    let now = self.on(day)
    var found = QualityFindings(book: self, now: now, divisions: divisions)
    found.groups()
    found.memberships()
    found.schools()
    if statistics { found.years(years, before: before) }
    let order = Dictionary(QualityCheck.all.enumerated().map { ($1.id, $0) }) { first, _ in first }
    return found.all.enumerated().sorted {
      (order[$0.element.check] ?? 0, $0.offset) < (order[$1.element.check] ?? 0, $1.offset)
    }.map(\.element)
  }
}
