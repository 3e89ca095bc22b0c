import HTTPTypes
import Hummingbird
import Notation

extension Visit {
  /// The JSON object a program sent.
  ///
  /// Throws `Refusal` where it is something else, or more than `most` bytes.
  func jsonBody(most: Int) async throws -> Node {
    let type = request.headers[.contentType] ?? ""
    guard type.hasPrefix("application/json") else { throw Refusal.unsupported }
    let bytes = try await body(most: most)
    let node: Node
    do throws(SyntaxProblem) {
      node = try JSON.read(bytes, file: "")
    } catch {
      throw Refusal(
        .badRequest, "api.body", ["line": .count(error.problem.place.line), "why": .message(error.problem.what)])
    }
    guard node.map != nil else { throw Refusal(.badRequest, "api.body.object") }
    return node
  }
}
