import Notation
import Rules

enum SchemeShape {
  static let sections = [
    Field("scheme", .object(scheme)), Field("bonus", .object(bonus)), Field("vetoes", .list(.object(veto))),
    Field("sheet", .object(sheet)),
  ]

  static let methods = ["documents", "interview", "siteVisit", "questionnaire", "statistics", "hearing"]

  static let scheme = ObjectShape("scheme") {
    [
      Field("total", .number, required: true), Field("cap", .bound), Field("rescale", .boolean),
      Field("indicators", .list(.object(indicator), least: 1), required: true),
    ]
  }

  static let indicator: ObjectShape = ObjectShape("indicator") {
    [
      PolicyShape.id, PolicyShape.title, Field("points", .number), Field("pending", .boolean), Field("text", .text),
      Field("was", .id), Field("indicators", .list(.object(indicator))), Field("items", .list(.object(item))),
    ]
  }

  static let item = ObjectShape("item") {
    [
      PolicyShape.id, PolicyShape.title, Field("text", .text), Field("scoring", .text),
      Field("points", .number, required: true), Field("of", .word(Item.Subject.allCases.map(\.rawValue))),
      Field("across", .word(Item.Across.allCases.map(\.rawValue))), Field("applies", .condition),
      Field("methods", .list(.word(methods))), Field("evidence", .list(.object(evidence))),
      Field("rule", RuleKinds.shape, required: true), Field("inputs", .map(.object(InputShape.input))),
      Field("was", .id), Field("object", .text), Field("under", PolicyShape.texts), PolicyShape.source,
    ]
  }

  static let evidence = ObjectShape("evidence") {
    [PolicyShape.id, PolicyShape.title, Field("required", .boolean)]
  }

  static let bonus = ObjectShape("bonus") {
    [
      Field("cap", .bound), Field("title", .text),
      Field("items", .list(.object(item), least: 1), required: true),
    ]
  }

  static let veto = ObjectShape("veto") {
    [
      PolicyShape.id, PolicyShape.title, Field("text", .text), Field("grade", .text), Field("bars", PolicyShape.texts),
      PolicyShape.source,
    ]
  }

  static let shows = [
    "indicator", "id", "title", "text", "points", "scoring", "of", "object", "methods", "evidence", "score",
    "explanation",
  ]

  static let sheet = ObjectShape("sheet") {
    [PolicyShape.title, Field("columns", .list(.object(column), least: 1), required: true)]
  }

  static let column = ObjectShape("sheet-column") {
    [PolicyShape.title, Field("show", .word(shows), required: true), Field("depth", .integer)]
  }
}
