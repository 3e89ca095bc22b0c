import HTTPTypes
import Notation

/// The API for people to read, made of the same table as the document for programs.
struct APIPage {
  struct Room {
    let title: String
    let operations: [Operation]
  }

  struct Operation {
    let name: String
    let method: String
    let path: String
    let summary: String
    let scope: String
    let parameters: [Line]
    let bodyMedia: String?
    let body: [Line]
    let answers: [Answer]
    let problems: String
    let call: String
  }

  struct Line {
    let name: String
    let kind: String
    let words: String
    let isRequired: Bool
  }

  struct Answer {
    let title: String
    let fields: [Line]
    let sample: String?
  }

  let about: [String]
  let documentLink: String
  let rooms: [Room]
  let statuses: [Line]

  init(words: Catalogue) {
    let rooms: [(key: String, operations: [APIOperation])] = [
      ("cycles", APICycles.operations), ("sheets", APISheets.operations), ("marks", APIMarks.operations),
      ("submission", APISubmission.operations), ("evidence", APIEvidence.operations),
      ("results", APIResults.operations), ("policies", APIPolicies.operations),
    ]
    about = ["api.about", "api.token", "api.numbers", "api.keys", "api.errors"].map { words.text($0) }
    documentLink = Endpoint.openAPI.link()
    self.rooms = rooms.map { room in
      Room(
        title: words.text("api.room.\(room.key)"), operations: room.operations.map { APIPage.operation($0, words) })
    }
    let all = Set(OpenAPIDocument.operations.flatMap { $0.allProblems + $0.answers.map(\.status) })
    statuses = all.sorted().map {
      Line(name: String($0), kind: "", words: words.text("api.status.\($0)"), isRequired: false)
    }
  }

  private static func operation(_ operation: APIOperation, _ words: Catalogue) -> Operation {
    var body: [Line] = []
    if case .json(let schema, _)? = operation.body { body = lines(of: schema, words) }
    return Operation(
      name: operation.endpoint.name, method: operation.endpoint.method.rawValue,
      path: OpenAPIDocument.path(of: operation.endpoint),
      summary: words.text("api.operation.\(operation.endpoint.name)"), scope: operation.endpoint.scope ?? "",
      parameters: operation.allParameters.map { parameter in
        Line(
          name: parameter.name, kind: parameter.schema.kind(words),
          words: words.text("api.parameter.\(parameter.name)"), isRequired: parameter.isRequired)
      }, bodyMedia: operation.body?.media, body: body,
      answers: operation.answers.map { answer in
        var fields: [Line] = []
        var sample: String?
        if case .json(let schema)? = answer.content {
          fields = lines(of: schema, words)
          sample = schema.sample(words).text
        }
        return Answer(
          title: "\(answer.status) \(words.text("api.status.\(answer.status)"))", fields: fields, sample: sample)
      }, problems: operation.allProblems.map(String.init).joined(separator: " "),
      call: APICall(operation, words).text)
  }

  private static func lines(of schema: APISchema, _ words: Catalogue) -> [Line] {
    schema.lines().map { path, field in
      Line(
        name: path, kind: field.schema.kind(words), words: field.words(words) ?? "", isRequired: field.isRequired)
    }
  }
}

/// A call of an operation as one would type it.
struct APICall {
  let text: String

  init(_ operation: APIOperation, _ words: Catalogue) {
    var path = OpenAPIDocument.path(of: operation.endpoint)
    for name in operation.pathNames { path = path.replacing("{\(name)}", with: "$\(name)") }
    let required = operation.allParameters.filter { $0.place == .query && $0.isRequired }
    if !required.isEmpty {
      path += "?" + required.map { "\($0.name)=\(words.text("api.sample.fileName"))" }.joined(separator: "&")
    }
    var parts = ["curl", "-H \"Authorization: Bearer $token\""]
    if operation.endpoint.method != .get { parts.append("-X \(operation.endpoint.method.rawValue)") }
    if operation.endpoint.changes { parts.append("-H \"Idempotency-Key: $(uuidgen)\"") }
    switch operation.body {
    case .json(let schema, _):
      parts.append("-H 'Content-Type: application/json'")
      parts.append("-d '\(schema.sample(words).text)'")
    case .bytes:
      parts.append("-H 'Content-Type: application/octet-stream'")
      parts.append("--data-binary @roster.pdf")
    case nil: break
    }
    text = (parts + ["\"$server\(path)\""]).joined(separator: " \\\n  ")
  }
}
