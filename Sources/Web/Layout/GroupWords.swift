import Documents
import Notation
import Synchronization

/// What a place's policy calls its groups (教联体): in the words of those who work there. Read once, from the heads of the
/// policies in the folder.
final class GroupWords: Sendable {
  private struct State {
    /// By the digits with which the codes of the place begin; nil: not read yet.
    var words: [(place: String, word: String)]?
    var catalogues: [String: Catalogue] = [:]
  }

  private let texts: Texts
  private let folder: String
  private let state = Mutex(State())

  init(texts: Texts, folder: String) {
    self.texts = texts
    self.folder = folder
  }

  /// - Parameter code: the authority's for which somebody works; nil: nobody knows.
  func catalogue(_ language: String, at code: String?) -> Catalogue {
    let plain = texts.catalogue(language)
    guard let code else { return plain }
    return state.withLock { state in
      let words = state.words ?? GroupWords.read(folder)
      state.words = words
      guard let word = words.first(where: { code.hasPrefix($0.place) })?.word else { return plain }
      return GroupWords.called(word, plain, &state)
    }
  }

  /// - Parameter word: empty: the usual one.
  func catalogue(_ language: String, calling word: String) -> Catalogue {
    let plain = texts.catalogue(language)
    return word.isEmpty ? plain : state.withLock { GroupWords.called(word, plain, &$0) }
  }

  private static func called(_ word: String, _ plain: Catalogue, _ state: inout State) -> Catalogue {
    let key = "\(plain.language) \(word)"
    if let known = state.catalogues[key] { return known }
    let called = plain.calling(groups: word)
    state.catalogues[key] = called
    return called
  }

  /// The nearest place first; of one place, the policy in force.
  private static func read(_ folder: String) -> [(place: String, word: String)] {
    let files = PolicyFiles(folder: folder)
    let found = files.ids.compactMap { id -> (place: String, word: String, isInForce: Bool)? in
      guard let head = files.head(id), let region = head["region"]?.text, let word = head["groupWord"]?.text,
        !word.isEmpty
      else { return nil }
      var place = String(region.prefix(6))
      while place.hasSuffix("00") { place.removeLast(2) }
      return place.isEmpty ? nil : (place, word, head["status"]?.text == "in-force")
    }
    return found.sorted { ($0.place.count, $0.isInForce ? 1 : 0) > ($1.place.count, $1.isInForce ? 1 : 0) }
      .map { ($0.place, $0.word) }
  }
}
