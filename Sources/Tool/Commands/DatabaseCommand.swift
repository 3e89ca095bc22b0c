import ArgumentParser
import Foundation
import Notation
import Storage

struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "database", abstract: Words.help("databases"), discussion: Words.help("databases.more"),
    subcommands: [Migrate.self, Distribute.self, Fill.self])

  struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words.help("migrate"), discussion: Words.help("migrate.more"))
    @OptionGroup var store: DatabaseOptions

    func run() async throws {
      try await store.with { _ in }
      Terminal.say(Words.text("tool.migrated", ["database": .text(try store.address().shown)]))
    }
  }

  struct Distribute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words.help("distribute"), discussion: Words.help("distribute.more"))
    @OptionGroup var store: DatabaseOptions

    func run() async throws {
      try await store.with { database in
        switch try await Distribution.distribute(database) {
        case .distributed(let tables):
          Terminal.say(Words.text("tool.distributed", ["count": .count(tables.count)]))
        case .impossible(let why):
          Terminal.say(Words.text(why))
          throw ExitCode.refused
        }
      }
    }
  }

  struct Fill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: Words.help("fill"), discussion: Words.help("fill.more"))
    @OptionGroup var store: DatabaseOptions
    @Option(help: ArgumentHelp(Words.help("policy.name")))
    var policy = "ankang-2022"
    @Option(help: ArgumentHelp(Words.help("fill.facts"), valueName: "file"))
    var facts: String?
    @Option(help: ArgumentHelp(Words.help("fill.city"), valueName: "name"))
    var city: String?
    @Option(help: ArgumentHelp(Words.help("demo.groups")))
    var groups: Int?
    @Option(help: ArgumentHelp(Words.help("fill.years")))
    var years: Int?
    @Flag(help: ArgumentHelp(Words.help("fill.pretend")))
    var pretend = false
    @Option(help: ArgumentHelp(Words.help("demo.seed")))
    var seed: UInt64 = 1
    @Option(help: ArgumentHelp(Words.help("evidence"), valueName: "folder"))
    var evidence: String?
    @Option(help: ArgumentHelp(Words.help("fill.accounts"), valueName: "folder"))
    var accounts: String?
    /// For measuring: hashing a password takes longer than filling a small city.
    @Flag(help: .hidden)
    var noPasswords = false
    @OptionGroup var options: PolicyOptions

    func validate() throws {
      if let groups, !(1...10_000).contains(groups) { throw ValidationError(Words.text("tool.fill.groups")) }
      if let years, !(0...10).contains(years) { throw ValidationError(Words.text("tool.fill.years")) }
      if facts != nil, !pretend, years != nil || groups != nil {
        throw ValidationError(Words.text("tool.fill.yearsOfFacts"))
      }
    }

    func run() async throws {
      let source = try CitySource(policy: policy, folder: options.policies, city: city, groups: groups, seed: seed)
      let city = try facts.map { try source.workbook($0, pretends: pretend) } ?? source.demonstration()
      let evidence = try store.evidence(evidence)
      let accounts = try accounts ?? store.folder()
      try await store.with { database in
        let now = Clock.now()
        guard try await database.read({ try $0.rows("SELECT id FROM authority LIMIT 1").isEmpty }) else {
          Terminal.say(Words.text("tool.fill.notEmpty", ["database": .text(try store.address().shown)]))
          throw ExitCode.refused
        }
        let filling = try Filling(
          city, into: database, files: try FolderFiles(folder: evidence, now: now), years: years ?? 3, seed: seed,
          ids: IDMaker(node: .random(in: 0...UInt64.max)), at: now)
        try await filling.run { Terminal.say($0) }
        if noPasswords { return }
        let presented = try await Presented(filling.people, in: database, at: now)
        try presented.write(to: accounts)
        Terminal.out(presented.table)
        Terminal.say(Words.text("tool.fill.done", ["path": .text("\(accounts)/accounts.txt")]))
      }
    }
  }
}
