import ArgumentParser
import Notation
import People
import Registry
import Storage
import Web

struct AccountCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: Words.help("accounts"), discussion: Words.help("accounts.more"),
    subcommands: [Add.self, Link.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words.help("account.add"), discussion: Words.help("account.add.more"))
    @OptionGroup var store: DatabaseOptions
    @Option(help: ArgumentHelp(Words.help("account.login")))
    var login: String
    @Option(help: ArgumentHelp(Words.help("account.name")))
    var name: String
    @Option(help: ArgumentHelp(Words.help("account.role")))
    var role: String
    @Option(help: ArgumentHelp(Words.help("account.authority"), valueName: "code"))
    var authority: String
    @Option(help: ArgumentHelp(Words.help("account.authorityName"), valueName: "name"))
    var authorityName: String?
    @Option(help: ArgumentHelp(Words.help("account.url")))
    var url = "http://127.0.0.1:8080"

    func run() async throws {
      let role = try AccountCommand.role(role)
      let now = Clock.now()
      var random = SystemRandomNumberGenerator()
      let (token, ids) = (Token(from: &random), IDMaker(node: random.next()))
      let account = Account(
        id: ids.next(at: now), login: Login(login)?.text ?? login, name: name, authority: nil, createdAt: now)
      try await store.with { database in
        try await database.write { [authority, authorityName] transaction in
          let seat = try AccountCommand.authority(authority, name: authorityName, ids: ids, at: now, transaction)
          try AccountStore(transaction).create(account, by: .program, at: now)
          try AppointmentStore(transaction).appoint(
            Appointment(
              id: ids.next(at: now), account: account.id, role: role, seat: .authority(seat), since: now.day,
              until: nil), by: .program, at: now)
          try InvitationStore(transaction).issue(token, to: account.id, by: .program, at: now)
        }
      }
      Terminal.say(Words.text("tool.account.added", ["login": .text(account.login)]))
      Terminal.out(AccountCommand.link(token, url) + "\n")
    }
  }

  struct Link: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words.help("account.link"), discussion: Words.help("account.link.more"))
    @OptionGroup var store: DatabaseOptions
    @Option(help: ArgumentHelp(Words.help("account.login")))
    var login: String
    @Option(help: ArgumentHelp(Words.help("account.url")))
    var url = "http://127.0.0.1:8080"

    func run() async throws {
      let now = Clock.now()
      var random = SystemRandomNumberGenerator()
      let token = Token(from: &random)
      try await store.with { database in
        try await database.write { [login] transaction in
          let account = try AccountCommand.account(login, transaction)
          try InvitationStore(transaction).issue(token, to: account.id, by: .program, at: now)
        }
      }
      Terminal.say(Words.text("tool.account.link", ["login": .text(login)]))
      Terminal.out(AccountCommand.link(token, url) + "\n")
    }
  }

  private static func link(_ token: Token, _ url: String) -> String {
    (url.hasSuffix("/") ? String(url.dropLast()) : url) + Links.invitation(token)
  }

  /// A role of an authority: schools are appointed on pages.
  private static func role(_ word: String) throws -> Role {
    if let role = Role(rawValue: word), !role.isOfSchool { return role }
    let known = Role.allCases.filter { !$0.isOfSchool }.map(\.rawValue)
    Terminal.say(Words.text("tool.account.role", ["role": .text(word), "known": .known(known)]))
    throw ExitCode.refused
  }

  /// The authority with a code; a topmost one is made where there is none and a name is given.
  private static func authority(
    _ code: String, name: String?, ids: IDMaker, at now: Instant, _ transaction: any Transaction
  ) throws -> ID {
    if let known = try RegistryStore.authorities(transaction).first(where: { $0.code == code }) { return known.id }
    guard let name else { throw ToolRefusal(message: Message("tool.authority.missing", ["code": .text(code)])) }
    let authority = Authority(
      id: ids.next(at: now), parent: nil, level: .of(division: code), code: code, name: name)
    try RegistryStore.add(authority, at: now, by: .program, transaction)
    return authority.id
  }

  static func account(_ login: String, _ transaction: any Transaction) throws -> Account {
    guard let known = Login(login), let account = try AccountStore(transaction).account(login: known) else {
      throw ToolRefusal(message: Message("tool.account.missing", ["login": .text(login)]))
    }
    return account
  }
}
