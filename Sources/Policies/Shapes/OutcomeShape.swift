import Notation

enum OutcomeShape {
  static let sections = [
    Field("grading", .object(grading)), Field("eligible", .condition),
    Field("consequences", .list(.object(consequence))),
  ]

  static let grading = ObjectShape("grading") {
    [
      Field("by", .word(["total", "base"])), Field("grades", .list(.object(grade), least: 1), required: true),
      Field("rank", .object(rank)),
    ]
  }

  static let grade = ObjectShape("grade") {
    [
      Field("name", .text, required: true), Field("from", .number, required: true), Field("when", .condition),
      Field("text", .text),
    ]
  }

  static let rank = ObjectShape("rank") {
    [
      Field("within", .word(Ranking.Within.allCases.map(\.rawValue))), Field("order", .list(.text, least: 1)),
      Field("change", .word(Ranking.Change.allCases.map(\.rawValue))),
    ]
  }

  static let receivers = ["group", "lead", "members", "schools", "principals"]
  static let effects = ["title", "fund", "quota", "warning", "notice", "statement", "order", "bar"]

  static let consequence = ObjectShape("consequence") {
    [
      PolicyShape.id, PolicyShape.title, Field("text", .text), Field("to", .word(receivers)),
      Field("when", .condition), Field("select", .object(selection)), Field("once", .word(["group"])),
      Field("effect", .object(effect)), PolicyShape.source,
    ]
  }

  /// What describes an effect beyond its kind is the policy's own.
  static let effect = ObjectShape("effect", closed: false) { [Field("kind", .word(effects), required: true)] }

  static let selection = ObjectShape("selection") {
    [
      Field("among", .condition), Field("order", .list(.text, least: 1)), Field("quota", .number),
      Field("count", .integer), Field("by", .word(["decision"])),
      Field("round", .word(Selection.Round.allCases.map(\.rawValue))),
      Field("ties", .word(Selection.Ties.allCases.map(\.rawValue))),
    ]
  }
}
