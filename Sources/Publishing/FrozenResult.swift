public import Notation
public import Outcomes
import Policies
import Rules
import Scoring

/// What a group was told of a year, as an edition froze it.
public struct FrozenResult: Sendable, Hashable {
  /// An item of its sheet.
  public struct Line: Sendable, Hashable {
    public let item: String
    public let points: Exact
    /// Nil: unscored.
    public let score: Exact?
    /// In the policy's language.
    public let why: String
    public let isBonus: Bool

    public init(item: String, points: Exact, score: Exact?, why: String, isBonus: Bool) {
      self.item = item
      self.points = points
      self.score = score
      self.why = why
      self.isBonus = isBonus
    }
  }

  public let group: ID
  public let name: String
  public let district: String
  /// The id of its form.
  public let form: String?
  public let members: Int?
  public let schools: Int?
  public let monthsSinceFormed: Int?
  public let isEligible: Bool
  /// Whether every item is scored; where not, the sums are provisional and stay inside.
  public let isComplete: Bool
  public let base: Exact
  public let bonus: Exact
  public let total: Exact
  public let grade: String?
  public let rank: Int?
  /// How many were ranked with it.
  public let ranked: Int?
  public let isLast: Bool
  /// Last year's rank − this year's.
  public let rankChange: Int?
  /// Ids of consequences.
  public let granted: [String]
  public let pending: [String]
  public let vetoes: [String]
  /// The stages whose sheets counted, the highest last; empty: none was handed in.
  public let stages: [String]
  /// Empty where they weren't asked for.
  public var lines: [Line]

  public init(
    group: ID, name: String, district: String, form: String?, members: Int?, schools: Int?, monthsSinceFormed: Int?,
    isEligible: Bool, isComplete: Bool, base: Exact, bonus: Exact, total: Exact, grade: String?, rank: Int?,
    ranked: Int?, isLast: Bool, rankChange: Int?, granted: [String], pending: [String], vetoes: [String],
    stages: [String], lines: [Line]
  ) {
    self.group = group
    self.name = name
    self.district = district
    self.form = form
    self.members = members
    self.schools = schools
    self.monthsSinceFormed = monthsSinceFormed
    self.isEligible = isEligible
    self.isComplete = isComplete
    self.base = base
    self.bonus = bonus
    self.total = total
    self.grade = grade
    self.rank = rank
    self.ranked = ranked
    self.isLast = isLast
    self.rankChange = rankChange
    self.granted = granted
    self.pending = pending
    self.vetoes = vetoes
    self.stages = stages
    self.lines = lines
  }
}

extension FrozenResult {
  /// Nil where the group's id is none of ours.
  ///
  /// - Parameters:
  ///   - stages: those whose sheets counted.
  ///   - words: of the policy's language.
  public init?(_ result: GroupResult, stages: [String], words: Catalogue) {
    guard let group = ID(result.id) else { return nil }
    let card = result.card
    let context = card.group.context
    func lines(_ lines: [Scorecard.Line], isBonus: Bool) -> [Line] {
      lines.map {
        Line(
          item: $0.item.id, points: $0.item.points, score: $0.score, why: words.paragraph($0.reasons), isBonus: isBonus)
      }
    }
    self.init(
      group: group, name: card.group.name ?? result.id, district: context.district ?? "", form: context.form,
      members: context.members, schools: context.schools, monthsSinceFormed: context.monthsSinceFormed,
      isEligible: card.isEligible, isComplete: card.isComplete, base: card.base, bonus: card.bonus, total: card.total,
      grade: result.grade, rank: result.rank, ranked: result.ranked, isLast: result.isLast,
      rankChange: result.rankChange, granted: result.granted, pending: result.pending, vetoes: card.group.vetoes,
      stages: stages, lines: lines(card.lines, isBonus: false) + lines(card.bonusLines, isBonus: true))
  }

  /// What later years remember of it: its own grade, rank and consequences, whatever policy holds since.
  ///
  /// - Parameter year: the calendar year in which its school year ends.
  public func remembered(year: Int) -> GroupResult {
    let context = GroupContext(
      form: form, district: district, members: members, schools: schools, monthsSinceFormed: monthsSinceFormed)
    let facts = GroupFacts(
      id: group.description, name: name, formed: nil, schools: [], context: context, vetoes: vetoes)
    var result = GroupResult(
      card: .recorded(
        year: year, group: facts, isEligible: isEligible, base: base, bonus: bonus, total: total,
        isComplete: isComplete), grade: grade, rank: rank, ranked: ranked, granted: granted, pending: pending)
    result.rankChange = rankChange
    result.isLast = isLast
    return result
  }
}
