import Hummingbird
import HTTPTypes
import Notation

extension APIOperation {
  /// Refuses a request that isn't as the document says, with everything that is wrong about it.
  func admit(_ visit: Visit) throws(Refusal) {
    guard accepts(visit.request.headers[.accept]) else {
      throw Refusal(.notAcceptable, "api.accept", ["media": .names(media)])
    }
    for name in pathNames where !fits(visit.parameters.get(name), name) { throw .notFound }
    var problems: [Message] = []
    let query = visit.request.uri.queryParameters
    let known = allParameters.filter { $0.place == .query }
    for name in Set(query.map { String($0.key) }).sorted() where !known.contains(where: { $0.name == name }) {
      problems.append(Message("api.query.unknown", ["name": .text(name)]))
    }
    for parameter in known {
      let values = query.filter { $0.key == parameter.name[...] }.map { String($0.value) }
      if values.isEmpty, parameter.isRequired {
        problems.append(Message("api.query.missing", ["name": .text(parameter.name)]))
      }
      if values.count > 1, !parameter.isList {
        problems.append(Message("api.query.twice", ["name": .text(parameter.name)]))
      }
      problems += values.flatMap { parameter.schema.faults(inText: $0, named: parameter.name) }
    }
    for parameter in allParameters where parameter.place == .header {
      guard let name = HTTPField.Name(parameter.name) else { continue }
      let values = visit.request.headers[values: name]
      if values.count > 1 { problems.append(Message("api.query.twice", ["name": .text(parameter.name)])) }
      problems += values.flatMap { parameter.schema.faults(inText: $0, named: parameter.name) }
    }
    guard problems.isEmpty else { throw Refusal(.badRequest, problems) }
    guard let body else { return }
    let type = visit.request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() } ?? ""
    guard type.filter({ $0 != " " }) == body.media else {
      throw Refusal(.unsupportedMediaType, "api.media", ["media": .text(body.media)])
    }
  }

  private func fits(_ text: String?, _ name: String) -> Bool {
    guard let text, let parameter = allParameters.first(where: { $0.name == name && $0.place == .path }) else {
      return false
    }
    return parameter.schema.faults(inText: text, named: name).isEmpty
  }

  /// Whether one of the answers is among what the client takes; without a word it takes everything.
  func accepts(_ header: String?) -> Bool {
    guard let header, !header.isEmpty else { return true }
    return header.split(separator: ",").contains { range in
      let parts = range.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
      guard let wanted = parts.first, !parts.dropFirst().contains(where: APIOperation.isNone) else { return false }
      if wanted == "*/*" { return true }
      let known = media + ["application/problem+json"]
      if wanted.hasSuffix("/*") { return known.contains { $0.hasPrefix(wanted.dropLast()) } }
      return known.contains(wanted)
    }
  }

  /// `q=0`: anything but this.
  private static func isNone(_ part: String) -> Bool {
    part.hasPrefix("q=0") && part.dropFirst(3).allSatisfy { $0 == "." || $0 == "0" }
  }
}

extension RouteTable {
  /// Binds an endpoint of the API; requests that aren't as its description says don't come to the handler.
  mutating func on(_ operation: APIOperation, _ handler: @escaping Handler) {
    on(operation.endpoint) { visit in
      try operation.admit(visit)
      return try await handler(visit)
    }
  }
}
