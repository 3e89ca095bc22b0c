import Notation

enum YearShape {
  static let sections = [
    Field("year", .object(year)), Field("stages", .list(.object(stage))), Field("counts", counts),
    Field("weights", .map(.number)), Field("reviewers", .object(reviewers)), Field("cycle", .object(cycle)),
  ]

  static let actors = Stage.Actor.allCases.map(\.rawValue)

  static let year = ObjectShape("year") { [Field("starts", .dayOfYear, required: true)] }

  static let stage = ObjectShape("stage") {
    [
      PolicyShape.id, PolicyShape.title, Field("short", .text), Field("text", .text),
      Field("kind", .word(Stage.Kind.allCases.map(\.rawValue))),
      Field("by", .word(actors)), Field("to", .word(actors)),
      Field("of", .word(["group", "members", "schools"])), Field("opens", .dayOfYear), Field("due", .dayOfYear),
      Field("year", .word(["next"])), Field("days", .integer), Field("working", .boolean),
      Field("needs", PolicyShape.texts),
      Field("among", .condition), Field("select", .object(draw)),
    ]
  }

  static let draw = ObjectShape("draw") {
    [
      Field("kind", .word(["all", "draw"]), required: true), Field("percent", .number), Field("count", .integer),
      Field("strata", .list(.word(["form", "district"]))),
    ]
  }

  /// `last`, or the weights of the stages.
  static let counts = Shape.either([.word(["last", "weights"]), .map(.anything)])

  static let reviewers = ObjectShape("reviewers") {
    [
      Field("perItem", .integer), Field("combine", .word(["mean", "median", "trimmed"])),
      Field("spreadAlert", .number), Field("stages", PolicyShape.texts),
    ]
  }

  static let cycle = ObjectShape("cycle") { [Field("years", .integer, required: true)] }
}
