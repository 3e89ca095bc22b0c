import Notation
import Rules

/// Formation, targets, tasks, documents, measures: what a policy asks beside the scores.
enum SetupShape {
  static let sections = [
    Field("targets", .list(.object(target))), Field("formation", .object(formation)),
    Field("documents", .list(.object(document))), Field("tasks", .list(.object(task))),
    Field("measures", .list(.object(measure))), Field("dimensions", .list(.object(dimension))),
    Field("records", .object(records)), Field("areas", .list(.object(PolicyShape.entry))),
  ]

  /// Bounds of what is recorded through the year.
  static let records = ObjectShape("records") {
    [
      Field("secondTerm", .dayOfYear), Field("exchange", .object(exchange)), Field("managers", .object(managers)),
      Field("firstPosts", .object(firstPosts)),
    ]
  }

  static let exchange = ObjectShape("records-exchange") { [Field("atLeast", .integer)] }
  static let managers = ObjectShape("records-managers") {
    [Field("appraisalAfter", .integer), Field("fileWithBoth", .boolean)]
  }
  static let firstPosts = ObjectShape("records-first-posts") {
    [Field("atLeast", .integer), Field("atMost", .integer)]
  }

  static let target = ObjectShape("target") {
    [
      Field("year", .integer, required: true), Field("title", .text), Field("area", .text), Field("form", .id),
      Field("groups", .object(groups)), Field("coverage", .number), Field("cumulative", .boolean),
      Field("atLeast", .object(floor)), PolicyShape.source,
    ]
  }

  static let groups = ObjectShape("target-groups") {
    [Field("total", .integer), Field("tight", .integer), Field("loose", .integer)]
  }

  static let floor = ObjectShape("target-floor") {
    [
      Field("groups", .integer), Field("tightPercent", .number), Field("coverage", .number),
      Field("weakCoverage", .number), Field("newCoverage", .number), Field("satisfaction", .number),
    ]
  }

  static let authorities = ["province", "city", "district", "leadDistrict", "leadAuthority", "jointConference"]

  static let formation = ObjectShape("formation") {
    [
      Field("members", .list(.object(size))), Field("publicityDays", .number),
      Field("consents", .list(.object(consent))), Field("routes", .list(.object(route))),
      Field("limits", .list(.object(limit))), Field("contents", .list(.object(PolicyShape.entry))),
      Field("publish", .list(.word(["scheme", "resolution", "charter"]))),
    ]
  }

  static let size = ObjectShape("group-size") {
    [Field("min", .bound), Field("max", .bound), Field("when", .condition)]
  }

  static let consent = ObjectShape("consent") {
    [
      Field("of", .word(["everySchool", "privateSchool", "leadSchool", "memberSchool"]), required: true),
      Field("kind", .id, required: true), Field("title", .text),
    ]
  }

  static let route = ObjectShape("route") {
    [
      Field("when", .condition, required: true), Field("approve", .word(authorities), required: true),
      Field("file", .word(authorities)), Field("title", .text),
    ]
  }

  static let limit = ObjectShape("limit") {
    [
      PolicyShape.id, Field("title", .text), Field("atMost", .number), Field("atLeast", .number),
      Field("unit", .word(InputShape.units)), Field("when", .condition), PolicyShape.source,
    ]
  }

  static let document = ObjectShape("document") {
    [
      PolicyShape.id, PolicyShape.title, Field("text", .text),
      Field("every", .word(["once", "three-years", "school-year", "term", "quarter"]), required: true),
      Field("of", .word(["group", "lead", "members", "schools"])), Field("fileWith", .word(["district", "city"])),
      Field("required", .boolean), Field("contents", .list(.object(PolicyShape.entry))),
      Field("made", .word(["sheet", "authority"])), PolicyShape.source,
    ]
  }

  static let task = ObjectShape("task") {
    [
      PolicyShape.id, PolicyShape.title, Field("text", .text), Field("lead", PolicyShape.texts),
      Field("guide", PolicyShape.texts), Field("carryOut", PolicyShape.texts), Field("from", .date),
      Field("due", .either([.date, .word(["standing"])])), Field("tasks", .list(.object(subtask))), PolicyShape.source,
    ]
  }

  static let subtask: ObjectShape = ObjectShape("subtask") {
    [
      PolicyShape.id, PolicyShape.title, Field("text", .text), Field("lead", PolicyShape.texts),
      Field("guide", PolicyShape.texts), Field("carryOut", PolicyShape.texts), Field("from", .date),
      Field("due", .either([.date, .word(["standing"])])), Field("tasks", .list(.object(subtask))),
    ]
  }

  static let measure = ObjectShape("measure") {
    [
      PolicyShape.id, PolicyShape.title, Field("text", .text), Field("unit", .word(InputShape.units)),
      Field("atLeast", .number), Field("atMost", .number), Field("by", .integer), Field("from", .text),
      Field("with", .object(InputParameters.shape)), Field("better", .word(["higher", "lower"])), PolicyShape.source,
    ]
  }

  static let dimension = ObjectShape("dimension") {
    [
      PolicyShape.id, PolicyShape.title, Field("text", .text),
      Field("entries", .list(.object(PolicyShape.entry), least: 1), required: true), PolicyShape.source,
    ]
  }
}
