import HTTPTypes
import Notation

/// One endpoint of the API as its document tells it; requests are held to it before their handler sees them. Stands
/// beside the handler.
struct APIOperation: Sendable {
  let endpoint: Endpoint
  let parameters: [APIParameter]
  let body: APIBody?
  let answers: [APIAnswer]
  /// Statuses of problems beside those that every operation may answer.
  let problems: [Int]
  /// The gaps of the path, in their order.
  let pathNames: [String]
  /// Those of the path come from the endpoint itself.
  let allParameters: [APIParameter]
  /// What the request may be answered with: all that a client may ask for with `Accept`.
  let media: [String]

  init(
    _ endpoint: Endpoint, _ parameters: [APIParameter] = [], body: APIBody? = nil, answers: [APIAnswer],
    problems: [Int] = []
  ) {
    self.endpoint = endpoint
    self.parameters = parameters
    self.body = body
    self.answers = answers
    self.problems = problems
    pathNames = endpoint.path.split(separator: "/").filter { $0.first == ":" }.map { String($0.dropFirst()) }
    allParameters =
      pathNames.map { APIParameter($0, .path, $0 == "edition" ? APIOperation.edition(of: endpoint) : .id) } + parameters
      + (endpoint.changes ? [.requestKey] : [])
    media = Array(Set(answers.compactMap(\.content).flatMap(\.media))).sorted()
  }

  /// Everything that can go wrong: with the token, the address, what is accepted; with a body; with the database.
  var allProblems: [Int] {
    let ofBody = body == nil ? [] : [413, 415, 422]
    let ofAddress = pathNames.isEmpty ? [] : [404]
    return Set([400, 401, 403, 406, 500, 503] + ofAddress + ofBody + problems).sorted()
  }

  /// What the last part of an address names: a policy's edition by its hash, results' by their number.
  private static func edition(of endpoint: Endpoint) -> APISchema {
    endpoint == .apiPolicy ? .hash : .whole(least: 1, most: 1_000_000)
  }
}

/// A value in the address or a header.
struct APIParameter: Sendable {
  enum Place: String, Sendable { case path, query, header }

  let name: String
  let place: Place
  let schema: APISchema
  let isRequired: Bool

  init(_ name: String, _ place: Place = .query, _ schema: APISchema, isRequired: Bool = false) {
    self.name = name
    self.place = place
    self.schema = schema
    self.isRequired = isRequired || place == .path
  }

  static let requestKey = APIParameter("Idempotency-Key", .header, .form(.requestKey))
  static let limit = APIParameter("limit", .query, .whole(least: 1, most: 200))

  /// Whether it may be given several times.
  var isList: Bool { if case .list = schema { true } else { false } }
}

/// What a request brings.
enum APIBody: Sendable {
  case json(APISchema, most: Int)
  /// Bytes of whatever kind.
  case bytes(most: Int)

  var media: String {
    switch self {
    case .json: "application/json"
    case .bytes: "application/octet-stream"
    }
  }
}

/// An answer that is no problem.
struct APIAnswer: Sendable {
  enum Content: Sendable {
    case json(APISchema)
    case bytes([String])

    var media: [String] {
      switch self {
      case .json: ["application/json"]
      case .bytes(let media): media
      }
    }
  }

  let status: Int
  let content: Content?
  /// Headers that tell something, with what they look like.
  let headers: [(name: String, schema: APISchema)]

  init(_ status: Int, _ content: Content?, headers: [(name: String, schema: APISchema)] = []) {
    self.status = status
    self.content = content
    self.headers = headers
  }
}

extension APISchema {
  /// RFC 9457, as `Visit.problem` writes it.
  static let problem = APISchema.named(
    "Problem",
    .object([
      APIField("type", .text), APIField("title", .text), APIField("status", .whole(least: 400, most: 599)),
      APIField("detail", .text), APIField("errors", .list(.text)), APIField("request", .text),
    ]))
}
