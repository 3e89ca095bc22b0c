import Hummingbird
import NIOCore

/// What a client sends broke off, or is no HTTP: the client's affair, and nothing that anybody has to look after.
struct BrokenBody: Error {
  let why: String
}

/// The pieces of a request's body as they come.
///
/// Throws `BrokenBody` where no more can be read.
struct BodyPieces: AsyncSequence {
  let body: RequestBody

  struct AsyncIterator: AsyncIteratorProtocol {
    var pieces: RequestBody.AsyncIterator

    mutating func next() async throws -> ByteBuffer? {
      do {
        return try await pieces.next()
      } catch {
        throw BrokenBody(why: "\(error)")
      }
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pieces: body.makeAsyncIterator()) }
}

extension Visit {
  /// The body, read nowhere but through here.
  var pieces: BodyPieces { BodyPieces(body: request.body) }
}
