import ArgumentParser
import Notation
import People
import Storage

struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: Words.help("token"), discussion: Words.help("token.more"))

  @OptionGroup var store: DatabaseOptions
  @Option(help: ArgumentHelp(Words.help("token.account"), valueName: "login"))
  var account: String
  @Option(help: ArgumentHelp(Words.help("token.scope"), valueName: "list"))
  var scope: String
  @Option(help: ArgumentHelp(Words.help("token.days")))
  var days = 90
  @Option(help: ArgumentHelp(Words.help("token.post"), valueName: "number"))
  var post: String?
  @Option(help: ArgumentHelp(Words.help("token.name"), valueName: "text"))
  var name: String?

  func validate() throws {
    if !(1...3650).contains(days) { throw ValidationError(Words.text("tool.token.days")) }
  }

  func run() async throws {
    let scopes = try scopes()
    let now = Clock.now()
    var random = SystemRandomNumberGenerator()
    let token = Token(from: &random)
    let ids = IDMaker(node: random.next())
    let title = name ?? Words.text("tool.token.name")
    try await store.with { database in
      let (holder, posts) = try await database.read { [account] transaction in
        let holder = try AccountCommand.account(account, transaction)
        return (holder, try AppointmentStore(transaction).posts(of: holder.id, on: now.day))
      }
      let post = try choose(posts)
      let end = now.adding(seconds: Int64(days) * 86_400)
      try await database.write { transaction in
        try APITokenStore(transaction).create(
          token, id: ids.next(at: now), name: title, account: holder.id, appointment: post.appointment,
          scopes: scopes, until: end, by: .program, at: now)
      }
    }
    Terminal.out(token.text + "\n")
  }

  private func scopes() throws -> Set<Scope> {
    let words = scope.split { $0 == "," || $0 == " " }.map(String.init)
    for word in words where Scope(rawValue: word) == nil {
      Terminal.say(
        Words.text("tool.token.scope", ["scope": .text(word), "known": .known(Scope.allCases.map(\.rawValue))]))
      throw ExitCode.refused
    }
    return Set(words.compactMap { Scope(rawValue: $0) })
  }

  private func choose(_ posts: [Viewer.Post]) throws -> Viewer.Post {
    if let post, let found = posts.first(where: { $0.appointment.description == post }) { return found }
    if post == nil, posts.count == 1 { return posts[0] }
    Terminal.say(Words.text(posts.isEmpty ? "tool.token.posts" : "tool.token.choose", ["login": .text(account)]))
    for post in posts {
      Terminal.say("  \(post.appointment)  \(post.role.rawValue)  \(post.schoolName ?? post.authorityName)")
    }
    throw ExitCode.refused
  }
}
