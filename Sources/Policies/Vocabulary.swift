import Notation
import Rules

/// Which names and functions an expression may use, by where it stands (policy-format, «Conditions and formulas»).
enum Vocabulary: Sendable {
  case eligible
  case applies
  case formation
  /// What is known before grades are given.
  case grade
  /// All that is known of a group's year.
  case group

  var names: [String: ExpressionType] {
    switch self {
    case .eligible, .applies: return GroupContext.types
    case .formation:
      return GroupContext.types.merging(
        ["lead_level": .text, "crosses_districts": .boolean, "crosses_levels": .boolean, "area": .text]) { $1 }
    case .grade:
      return GroupContext.types.merging(
        [
          "total": .number, "base": .number, "bonus": .number, "previous.grade": .text, "previous.total": .number,
          "previous.rank": .number, "first_year": .boolean,
        ]) { $1 }
    case .group:
      return Vocabulary.grade.names.merging(
        ["grade": .text, "rank": .number, "rank_change": .number, "ranked": .number, "is_last": .boolean]) { $1 }
    }
  }

  var functions: Set<Expression.Function> {
    let numbers = Expression.Function.ofNumbers
    switch self {
    case .eligible, .applies, .formation: return numbers
    case .grade: return numbers.union([.vetoed, .percentOf, .lowestPercent])
    case .group: return numbers.union([.vetoed, .streak])
    }
  }

  var table: TypeTable { TypeTable(context: names, functions: functions, opensFacts: false) }

  /// Names that a group may not have.
  static let missable: Set<String> = [
    "previous.grade", "previous.total", "previous.rank", "rank_change", "months_since_formed", "rank", "ranked",
  ]
}
