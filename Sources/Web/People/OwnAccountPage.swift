import Notation
import People
import Storage

/// One's own account: posts, language, password, where one is signed in, programs' tokens.
struct OwnAccountPage {
  struct Choice {
    let value: String
    let words: String
    let isChosen: Bool
  }

  struct Post {
    let row: PostRow
    let isCurrent: Bool
    let canChoose: Bool
  }

  struct Place {
    let address: String
    let since: String
    let seen: String
    let isHere: Bool
  }

  struct TokenRow {
    let name: String
    let post: String
    let scopes: String
    let ends: String
    let state: String
    let stateKind: String
    /// Where it is revoked; nil for one that no longer holds.
    let revocation: String?
  }

  let name: String
  let login: String
  let done: String?
  let problems: [String]
  let posts: [Post]
  let languages: [Choice]
  let rules: [String]
  let places: [Place]
  let tokens: [TokenRow]
  /// The posts a token may be made for.
  let tokenPosts: [Choice]
  let scopes: [Choice]
  let terms: [Choice]
  let tokenName: String
  let choosePost = Endpoint.choosePost.link()
  let chooseLanguage = Endpoint.chooseLanguage.link()
  let changePassword = Endpoint.changePassword.link()
  let signOutEverywhere = Endpoint.signOutEverywhere.link()
  let makeToken = Endpoint.makeToken.link()
}

extension OwnAccountPage {
  static let languages = ["zh-CN", "en"]
  /// For how many days a token may hold.
  static let tokenDays = [30, 90, 180, 365]

  /// What the page shows of the database.
  struct Stored {
    let login: String
    let posts: [PostLine]
    let places: [SessionLine]
    let tokens: [APITokenLine]

    init(_ visit: Visit) async throws {
      let (account, now, terms, token) = (
        try visit.account, visit.now, visit.site.settings.session, visit.cookieToken
      )
      (login, posts, places, tokens) = try await visit.site.database.read { transaction in
        (
          try AccountStore(transaction).secret(of: account)?.login ?? "",
          try AppointmentStore(transaction).lines(of: [account])[account] ?? [],
          try SessionStore(transaction, terms: terms).list(of: account, here: token, at: now),
          try APITokenStore(transaction).list(of: account)
        )
      }
    }
  }

  init(_ visit: Visit, _ viewer: Viewer, _ stored: Stored, problems: [Message]) {
    name = viewer.name
    login = stored.login
    done = visit.query("done").flatMap { Self.said.contains($0) ? visit.text("account.done.\($0)") : nil }
    self.problems = problems.map { visit.words.text($0) }
    let current = viewer.post?.appointment
    posts = stored.posts.reversed().map { line in
      let row = visit.row(line)
      let isCurrent = line.appointment.id == current
      return Post(row: row, isCurrent: isCurrent, canChoose: row.isInForce && !isCurrent)
    }
    languages = Self.languages.map {
      Choice(value: $0, words: visit.text("account.language.\($0)"), isChosen: $0 == viewer.language)
    }
    rules = PasswordRules(visit).lines
    places = stored.places.map {
      Place(
        address: $0.address ?? visit.text("account.places.local"), since: visit.dated($0.createdAt),
        seen: visit.dated($0.seenAt), isHere: $0.isHere)
    }
    let titles = Dictionary(stored.posts.map { ($0.appointment.id, visit.title($0)) }) { first, _ in first }
    tokens = stored.tokens.map { Self.row(visit, $0, post: titles[$0.appointment] ?? "") }
    let held = stored.posts.filter { $0.appointment.isInForce(on: visit.now.day) }
    let chosen = visit.form.text("post")
    tokenPosts = held.map {
      let id = $0.appointment.id
      return Choice(
        value: id.description, words: visit.title($0),
        isChosen: chosen.map { $0 == id.description } ?? (id == current))
    }
    let powers = held.reduce(into: Set<Power>()) { $0.formUnion($1.appointment.role.powers) }
    let typed = Set(visit.form.all("scope"))
    scopes = Scope.allCases.filter { !$0.powers.isDisjoint(with: powers) }.map {
      Choice(value: $0.rawValue, words: visit.text("account.scope.\($0)"), isChosen: typed.contains($0.rawValue))
    }
    let days = visit.form.text("days") ?? "90"
    terms = Self.tokenDays.map {
      Choice(
        value: String($0), words: visit.text("account.tokens.days", ["days": .count($0)]), isChosen: String($0) == days)
    }
    tokenName = String((visit.form.text("name") ?? "").prefix(200))
  }

  static let said: Set = ["language", "password", "token", "others"]

  private static func row(_ visit: Visit, _ token: APITokenLine, post: String) -> TokenRow {
    let isOver = token.endsAt <= visit.now
    let state = token.revokedAt != nil ? "revoked" : isOver ? "over" : "valid"
    return TokenRow(
      name: token.name, post: post,
      scopes: visit.list(token.scopes.map { visit.text("account.scope.\($0)") }.sorted()),
      ends: token.endsAt.day.text, state: visit.text("account.tokens.state.\(state)"),
      stateKind: state == "valid" ? "ok" : "",
      revocation: state == "valid" ? Endpoint.revokeToken.link(token.id) : nil)
  }
}

extension Visit {
  /// A post in a line: where and as what.
  func title(_ line: PostLine) -> String {
    text("frame.role", ["where": .text(line.seatName), "role": .text(text(line.appointment.role.title))])
  }

  func text(_ message: Message) -> String { words.text(message) }

  /// Words in a row, as the language lists them.
  func list(_ words: [String]) -> String { text("account.list", ["names": .names(words)]) }
}
