import HTTPTypes
import Hummingbird
import Notation
import People
import Policies
import Storage

/// One request on its way: who asks, when, for what. Handlers get nothing else.
struct Visit: Sendable {
  let site: Site
  let endpoint: Endpoint
  let request: Request
  let parameters: Parameters
  let now: Instant
  /// Stands in the log and in the audit chain.
  let id: String
  let address: String?
  var session: Session?
  /// The fields of a posted form, whose secret has been checked; empty where the body is something else.
  var form = Form([])
  /// What a public page's policy calls the groups; empty: by the usual word; nil: as the reader's place does.
  var groupWord: String?

  var viewer: Viewer? { session?.viewer }

  /// The post acted in; refused where there is none in force.
  var post: Viewer.Post {
    get throws(Refusal) {
      guard let post = viewer?.post else { throw .forbidden }
      return post
    }
  }

  var account: ID {
    get throws(Refusal) {
      guard let viewer else { throw .signIn }
      return viewer.account
    }
  }

  var actor: Actor {
    Actor(account: viewer?.account, appointment: viewer?.post?.appointment, address: address, request: id)
  }

  /// The words of the reader's language and place.
  var words: Catalogue {
    if let groupWord { return site.words(viewer?.language, calling: groupWord) }
    return site.words(viewer?.language, at: viewer?.post?.authorityCode)
  }

  /// The same visit in the words of a cycle's policy: what everybody reads is written as where it happened.
  func inWords(of cycle: StoredCycle) -> Visit {
    var visit = self
    visit.groupWord = cycle.policy.root["groupWord"]?.text ?? ""
    return visit
  }

  /// The words of the reader's language, for workbooks: what one place writes another may read.
  var bookWords: Catalogue { site.words(viewer?.language) }

  func text(_ key: String, _ parts: [String: Message.Part] = [:]) -> String { words.text(key, parts) }

  /// A number of the address; an address with anything else names nothing.
  func id(_ name: String) throws(Refusal) -> ID {
    guard let id = parameters.get(name).flatMap({ ID($0) }) else { throw .notFound }
    return id
  }

  func parameter(_ name: String) throws(Refusal) -> String {
    guard let text = parameters.get(name).map({ Form.decoded(Array($0.utf8)[...], plusIsBlank: false) }), !text.isEmpty,
      text.utf8.count <= 500
    else {
      throw .notFound
    }
    return text
  }

  /// A value of the address's query.
  func query(_ name: String) -> String? {
    // A zero byte has no place in any text of ours.
    request.uri.queryParameters.get(name).map { $0.filter { $0 != "\0" } }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The body of the request, refused where it is larger.
  func body(most: Int) async throws -> [UInt8] {
    if let length = announcedLength, length > most { throw Refusal.tooLarge(most) }
    var bytes: [UInt8] = []
    for try await chunk in pieces {
      guard bytes.count + chunk.readableBytes <= most else { throw Refusal.tooLarge(most) }
      bytes.append(contentsOf: chunk.readableBytesView)
    }
    return bytes
  }
}
