import HTTPTypes
import Hummingbird
import NIOCore
import Notation
import Storage

/// A body that was read and found to be as asked for.
struct JSONBody: Sendable {
  let root: Node
  /// Of its bytes.
  let hash: String
}

extension Visit {
  /// The JSON a program sent.
  ///
  /// Throws `Refusal` where it is no JSON, more than `most` bytes, or not as the schema says.
  func jsonBody(_ schema: APISchema, most: Int) async throws -> JSONBody {
    let bytes = try await body(most: most)
    let root: Node
    do throws(SyntaxProblem) {
      root = try JSON.read(bytes, file: "")
    } catch {
      // A key given twice, a number or a depth beyond what is taken: it is JSON all the same.
      let isJSON = ["key.twice", "json.long", "json.deep"].contains { error.problem.what.key == "problem.\($0)" }
      throw Refusal(
        isJSON ? .unprocessableContent : .badRequest, isJSON ? "api.body.value" : "api.body",
        ["line": .count(error.problem.place.line), "why": .message(error.problem.what)])
    }
    let faults = schema.faults(in: root)
    guard faults.isEmpty else { throw Refusal.invalid(Array(faults.prefix(100))) }
    return JSONBody(root: root, hash: Fingerprint.of(bytes))
  }
}

extension JSONText {
  /// RFC 3339, by the authority's clock.
  static func moment(_ instant: Instant?) -> JSONText {
    .optional(
      instant.map { instant in
        let local = LocalTime(instant)
        return "\(local.day.text)T\(local.clock)+08:00"
      })
  }

  static func day(_ day: Day?) -> JSONText { .optional(day?.text) }
  static func optionalID(_ id: ID?) -> JSONText { .id(id) }
  /// A score with the policy's places.
  static func score(_ score: Exact?, _ places: Int) -> JSONText { .optional(score?.fixed(places: places)) }
}
