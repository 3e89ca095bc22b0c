public import Notation

/// A resolution of a school's body (教职工代表大会、理（董）事会).
public struct CaseConsent: Sendable, Hashable {
  public let school: ID
  public let kind: String
  /// When the body resolved.
  public let day: Day
  public let agrees: Bool
  /// How many were there, and how many were for it; nil where it wasn't said.
  public let present: Int?
  public let inFavour: Int?
  /// What it rests on: the resolution's number or title.
  public let paper: String?
  public let signed: Signed

  public init(
    school: ID, kind: String, day: Day, agrees: Bool, present: Int?, inFavour: Int?, paper: String?, signed: Signed
  ) {
    self.school = school
    self.kind = kind
    self.day = day
    self.agrees = agrees
    self.present = present
    self.inFavour = inFavour
    self.paper = paper
    self.signed = signed
  }
}

/// A term in which everybody may look at a plan and comment on it (公示).
public struct Publicity: Sendable, Hashable {
  public let from: Day
  /// The last day, that day included.
  public let through: Day
  public let signed: Signed

  public init(from: Day, through: Day, signed: Signed) {
    self.from = from
    self.through = through
    self.signed = signed
  }

  /// The day it begins isn't counted (民法典 201).
  public init(from: Day, days: Int, signed: Signed) {
    self.init(from: from, through: from.adding(days: days), signed: signed)
  }

  public func isOpen(at now: Instant) -> Bool { Instant(startOf: from) <= now && !isOver(at: now) }
  public func isOver(at now: Instant) -> Bool { Instant(endOf: through) <= now }
}

/// What somebody said during the publicity. No name, no address: only what they are to the schools.
public struct CaseComment: Sendable, Hashable {
  public enum Speaker: String, Sendable, CaseIterable { case parent, staff, resident, other }

  public struct Answer: Sendable, Hashable {
    public let text: String
    public let signed: Signed

    public init(text: String, signed: Signed) {
      self.text = text
      self.signed = signed
    }
  }

  public let id: ID
  public let speaker: Speaker
  public let text: String
  public let at: Instant
  public var answer: Answer?
  /// Kept from the public page, with the reason.
  public var withheld: Reasoned?

  public init(id: ID, speaker: Speaker, text: String, at: Instant, answer: Answer? = nil, withheld: Reasoned? = nil) {
    self.id = id
    self.speaker = speaker
    self.text = text
    self.at = at
    self.answer = answer
    self.withheld = withheld
  }

  public var isSettled: Bool { answer != nil || withheld != nil }
}

/// How many comments a case has; which of them are at hand is another matter.
public struct CommentTally: Sendable, Hashable {
  public var all: Int
  /// Neither answered nor kept from the page.
  public var open: Int
  /// Answered, for everybody to read.
  public var shown: Int

  public init(all: Int = 0, open: Int = 0, shown: Int = 0) {
    self.all = all
    self.open = open
    self.shown = shown
  }
}

/// How many papers, and how large they are together.
public struct PaperTally: Sendable, Hashable {
  public var count: Int
  public var bytes: Int64

  public init(count: Int = 0, bytes: Int64 = 0) {
    self.count = count
    self.bytes = bytes
  }
}

/// A file that belongs to a case (申报材料).
public struct CasePaper: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    /// 方案
    case scheme
    /// 决议、同意书
    case resolution
    /// 章程
    case charter
    /// 批复、备案文书
    case reply
    case other
  }

  public let id: ID
  public let kind: Kind
  public let title: String
  public let fileName: String
  /// The hash of its content, by which it is found.
  public let file: String
  /// Bytes.
  public let size: Int64
  public let party: FormationCase.Party
  public let signed: Signed

  public init(
    id: ID, kind: Kind, title: String, fileName: String, file: String, size: Int64, party: FormationCase.Party,
    signed: Signed
  ) {
    self.id = id
    self.kind = kind
    self.title = title
    self.fileName = fileName
    self.file = file
    self.size = size
    self.party = party
    self.signed = signed
  }
}

/// What was decided (审批意见).
public struct CaseDecision: Sendable, Hashable {
  public let isApproval: Bool
  /// The document's number; a refusal may have none.
  public let number: String?
  /// From this day on what is approved holds.
  public let day: Day
  public let reason: String?
  /// Limits that aren't kept and are let pass, each with the reason.
  public let passed: [String: String]
  public let signed: Signed

  public init(
    isApproval: Bool, number: String?, day: Day, reason: String?, passed: [String: String], signed: Signed
  ) {
    self.isApproval = isApproval
    self.number = number
    self.day = day
    self.reason = reason
    self.passed = passed
    self.signed = signed
  }
}
