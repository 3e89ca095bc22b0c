public import Notation
import Rules

/// The shape of a whole policy: the one table behind the check, the JSON Schema and the documentation.
public enum PolicyShape {
  public static let root = ObjectShape("policy") {
    head + SchemeShape.sections + OutcomeShape.sections + YearShape.sections + SetupShape.sections
  }

  static let statuses = ["draft", "in-force", "illustrative", "repealed"]

  static let head = [
    Field("policy", .id, required: true), Field("title", .text, required: true), Field("issuer", .text),
    Field("region", .text), Field("status", .word(statuses)), Field("effective", .object(effective)),
    Field("document", .text), Field("was", .id), Field("language", .word(["zh-CN", "en"])),
    Field("groupWord", .text),
    Field("include", .list(.text)),
    Field("rounding", .object(rounding)), Field("forms", .list(.object(form))),
    Field("decisions", .list(.object(decision))),
  ]

  static let effective = ObjectShape("effective") { [Field("from", .date), Field("to", .date)] }

  static let rounding = ObjectShape("rounding") {
    [
      Field("places", .integer, required: true),
      Field("mode", .word(Rounding.Mode.allCases.map(\.rawValue)), required: true),
    ]
  }

  static let form = ObjectShape("form") {
    [
      Field("id", .id, required: true), Field("name", .text, required: true), Field("tight", .boolean),
      Field("text", .text), Field("source", .text, required: true),
    ]
  }

  static let decision = ObjectShape("decision-entry") {
    [
      Field("id", .id, required: true), Field("question", .text, required: true), Field("options", .list(.anything)),
      Field("type", .word(["number"])), Field("min", .bound), Field("max", .bound),
      Field("chosen", .openAnything), Field("why", .text), Field("binds", .boolean),
      Field("source", .text, required: true),
    ]
  }

  static let title = Field("title", .text, required: true)
  static let id = Field("id", .id, required: true)
  static let source = Field("source", .text, required: true)
  static let texts = Shape.list(.text)

  /// Ids with titles.
  static let entry = ObjectShape("entry") { [id, title, Field("text", .text)] }
}

extension PolicyShape {
  /// The JSON Schema for editors; `policies/policy.schema.json` is this text, and a test holds it there.
  public static var schema: String {
    Shape.schema(root: root, id: "policy.schema.json", title: "Junheng policy")
  }
}
