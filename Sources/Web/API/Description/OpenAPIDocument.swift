import HTTPTypes
import Notation
import People

/// The API's description as OpenAPI 3.1, made of the operations that stand beside the handlers.
struct OpenAPIDocument {
  static let operations: [APIOperation] =
    APICycles.operations + APISheets.operations + APIMarks.operations + APISubmission.operations
    + APIEvidence.operations + APIResults.operations + APIPolicies.operations

  let words: Catalogue

  var text: String {
    var components: [String: JSONText] = [:]
    _ = APISchema.problem.json(words, &components)
    var paths: [(path: String, methods: [(String, JSONText)])] = []
    for operation in Self.operations {
      let path = Self.path(of: operation.endpoint)
      let entry = (operation.endpoint.method.rawValue.lowercased(), self.operation(operation, &components))
      if let place = paths.firstIndex(where: { $0.path == path }) {
        paths[place].methods.append(entry)
      } else {
        paths.append((path, [entry]))
      }
    }
    return JSONText.object([
      ("openapi", .text("3.1.0")),
      (
        "info",
        .object([
          ("title", .text(words.text("api.title"))), ("version", .text("1")),
          ("description", .text(words.text("api.about"))),
        ])
      ), ("servers", .list([.object([("url", .text("/"))])])),
      ("paths", .object(paths.map { ($0.path, .object($0.methods)) })),
      (
        "components",
        .object([
          ("schemas", .object(components.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })),
          (
            "securitySchemes",
            .object([
              (
                "token",
                .object([
                  ("type", .text("http")), ("scheme", .text("bearer")),
                  ("description", .text(words.text("api.token"))),
                ])
              )
            ])
          ),
        ])
      ),
    ]).text
  }

  /// `/sheets/{authority}/{sheet}`
  static func path(of endpoint: Endpoint) -> String {
    "/"
      + endpoint.path.split(separator: "/").map { $0.first == ":" ? "{\($0.dropFirst())}" : String($0) }
      .joined(separator: "/")
  }

  private func operation(_ operation: APIOperation, _ components: inout [String: JSONText]) -> JSONText {
    var fields: [(String, JSONText)] = [
      ("operationId", .text(operation.endpoint.name)),
      ("summary", .text(words.text("api.operation.\(operation.endpoint.name)"))),
      ("security", .list([.object([("token", .texts([operation.endpoint.scope].compactMap { $0 }))])])),
    ]
    let parameters = operation.allParameters.map { parameter(of: $0, &components) }
    if !parameters.isEmpty { fields.append(("parameters", .list(parameters))) }
    if let body = operation.body { fields.append(("requestBody", self.body(body, &components))) }
    let answers = Dictionary(operation.answers.map { ($0.status, $0) }) { first, _ in first }
    let statuses = Set(answers.keys).union(operation.allProblems).sorted()
    fields.append(
      (
        "responses",
        .object(
          statuses.map { status in
            let isProblem = operation.allProblems.contains(status)
            return (String(status), response(status, answers[status], isProblem: isProblem, &components))
          })
      ))
    return .object(fields)
  }

  private func parameter(of parameter: APIParameter, _ components: inout [String: JSONText]) -> JSONText {
    .object([
      ("name", .text(parameter.name)), ("in", .text(parameter.place.rawValue)),
      ("required", .boolean(parameter.isRequired)),
      ("description", .text(words.text("api.parameter.\(parameter.name)"))),
      ("schema", parameter.schema.json(words, &components)),
    ])
  }

  private func body(_ body: APIBody, _ components: inout [String: JSONText]) -> JSONText {
    let media: JSONText
    switch body {
    case .json(let schema, _):
      media = .object([("schema", schema.json(words, &components)), ("example", schema.sample(words))])
    case .bytes: media = .object([])
    }
    return .object([("required", .boolean(true)), ("content", .object([(body.media, media)]))])
  }

  /// What a status brings: an answer, a problem, or either.
  private func response(
    _ status: Int, _ answer: APIAnswer?, isProblem: Bool, _ components: inout [String: JSONText]
  ) -> JSONText {
    var fields: [(String, JSONText)] = [("description", .text(words.text("api.status.\(status)")))]
    let headers = (answer?.headers ?? []).map { header in
      (
        header.name,
        JSONText.object([
          ("description", .text(words.text("api.parameter.\(header.name)"))),
          ("schema", header.schema.json(words, &components)),
        ])
      )
    }
    if !headers.isEmpty { fields.append(("headers", .object(headers))) }
    var content: [(String, JSONText)] = []
    switch answer?.content {
    case .json(let schema):
      let media = JSONText.object([("schema", schema.json(words, &components)), ("example", schema.sample(words))])
      content.append(("application/json", media))
    case .bytes(let media): content += media.map { ($0, .object([])) }
    case nil: break
    }
    if isProblem {
      content.append(
        (
          "application/problem+json",
          .object([("schema", .object([("$ref", .text("#/components/schemas/Problem"))]))])
        ))
    }
    if !content.isEmpty { fields.append(("content", .object(content))) }
    return .object(fields)
  }
}
