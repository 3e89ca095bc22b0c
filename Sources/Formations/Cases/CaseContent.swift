public import Notation

/// What a case says: the part of it that is written, and written again after a return.
public struct CaseContent: Sendable, Hashable {
  /// Of the group, or of the overall plan.
  public var name: String?
  /// The policy's id of the form.
  public var form: String?
  /// One of the policy's areas, `CaseContent.elsewhere`, or nil: not said.
  public var area: String?
  public var schools: [CaseSchool]
  /// By the policy's content id.
  public var texts: [String: String]
  /// Why a group is changed or dissolved.
  public var reason: String?
  /// By the policy's limit id.
  public var figures: [String: CaseFigure]

  /// Outside all areas the policy names.
  public static let elsewhere = "elsewhere"

  public init(
    name: String? = nil, form: String? = nil, area: String? = nil, schools: [CaseSchool] = [],
    texts: [String: String] = [:], reason: String? = nil, figures: [String: CaseFigure] = [:]
  ) {
    self.name = name
    self.form = form
    self.area = area
    self.schools = schools
    self.texts = texts
    self.reason = reason
    self.figures = figures
  }

  public var lead: CaseSchool? { schools.first { $0.part == .lead } }
  public var members: [CaseSchool] { schools.filter { $0.part == .member } }
  public func school(_ id: ID) -> CaseSchool? { schools.first { $0.school == id } }

  /// What people look at when it is made public, and schools agree to: changed, it must be made public anew.
  var essence: [String] {
    let said = texts.merging(["": reason ?? ""]) { text, _ in text }.compactMap { id, text -> String? in
      // Browsers end lines otherwise than programs do.
      let plain = text.trimmed.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      return text.trimmed.isEmpty ? nil : "text/\(id)/\(plain.joined(separator: "\n"))"
    }
    let counted = figures.map { id, figure in
      switch figure {
      case .number(let number): "figure/\(id)/\(number.decimalText)"
      case .share(let part, let whole): "figure/\(id)/\(part?.decimalText ?? "")/\(whole?.decimalText ?? "")"
      }
    }
    return [name ?? "", form ?? "", area ?? ""] + schools.map { "\($0.part.rawValue)/\($0.school)" }.sorted()
      + said.sorted() + counted.sorted()
  }
}

/// A figure a limit asks for.
public enum CaseFigure: Sendable, Hashable {
  case number(Exact)
  /// Shown as percent: 7 of 16.
  case share(part: Exact?, whole: Exact?)
}

/// A school as a case sees it: from the registry on the day it is looked at, and what the case itself states.
public struct CaseSchool: Sendable, Hashable {
  public enum Part: String, Sendable, CaseIterable { case lead, member, leaving }

  public let school: ID
  public let name: String
  public var part: Part
  /// Who it answers to, with that authority's level.
  public let authority: ID
  public let authorityName: String
  public let level: String
  /// The district it lies in where it answers to somebody above (属地).
  public var district: ID?
  public let pupils: Int?
  /// Nil: nobody has said.
  public var isPrivate: Bool?
  public var isNew: Bool?
  public var isWeak: Bool?
  /// Names of groups it belongs to already, this one aside.
  public let groups: [String]

  public init(
    school: ID, name: String, part: Part, authority: ID, authorityName: String, level: String, district: ID? = nil,
    pupils: Int? = nil, isPrivate: Bool? = nil, isNew: Bool? = nil, isWeak: Bool? = nil, groups: [String] = []
  ) {
    self.school = school
    self.name = name
    self.part = part
    self.authority = authority
    self.authorityName = authorityName
    self.level = level
    self.district = district
    self.pupils = pupils
    self.isPrivate = isPrivate
    self.isNew = isNew
    self.isWeak = isWeak
    self.groups = groups
  }
}
