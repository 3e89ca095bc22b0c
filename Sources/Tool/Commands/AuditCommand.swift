import ArgumentParser
import Notation
import Registry
import Storage

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: Words.help("audits"), discussion: Words.help("audits.more"),
    subcommands: [Verify.self])

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words.help("audit.verify"), discussion: Words.help("audit.verify.more"))
    @OptionGroup var store: DatabaseOptions
    @Option(help: ArgumentHelp(Words.help("audit.authority"), valueName: "code"))
    var authority: String?

    func run() async throws {
      let isWhole = try await store.with { database in
        try await AuditCheck(database: database).run(only: authority, say: Terminal.out)
      }
      if !isWhole { throw ExitCode.refused }
    }
  }
}

/// Goes through the chains, holds what is kept against them, and says of each what it was found to be.
struct AuditCheck {
  /// So many places of a chain are named, the rest is counted.
  static let mostTold = 50

  let database: any Database

  /// - Parameter only: the code of one authority; `0`, the platform's own chain; nil, all.
  /// - Returns: whether every row is as it was written, and what is kept is as the rows say.
  func run(only code: String?, say: (String) -> Void) async throws -> Bool {
    let authorities = try await database.read { try RegistryStore.authorities($0) }
    let own = (id: ID(0), code: "0", name: Words.text("tool.audit.program"))
    let names = [own] + authorities.map { (id: $0.id, code: $0.code, name: $0.name) }
    var chains = try await AuditChain.authorities(in: database)
    if let code {
      guard let id = names.first(where: { $0.code == code })?.id else {
        Terminal.say(Words.text("tool.authority.missing", ["code": .text(code)]))
        throw ExitCode.refused
      }
      chains = [id]
    }
    var isWhole = true
    func tell(_ found: [AuditDiscrepancy], _ name: String) {
      guard !found.isEmpty else { return }
      isWhole = false
      for one in found.prefix(AuditCheck.mostTold) {
        say(Words.text("tool.audit.kept", ["authority": .text(name), "what": .text(Words.text(one.message))]) + "\n")
      }
      if found.count > AuditCheck.mostTold {
        let rest = found.count - AuditCheck.mostTold
        say(Words.text("tool.audit.more", ["authority": .text(name), "count": .text(String(rest))]) + "\n")
      }
    }
    for chain in chains {
      let verdict = try await AuditChain.verify(chain, in: database)
      let name = names.first { $0.id == chain }.map { "\($0.name) \($0.code)" } ?? chain.description
      let parts: [String: Message.Part] = ["authority": .text(name), "count": .text(String(verdict.good))]
      if let fault = verdict.fault {
        isWhole = false
        say(Words.text("tool.audit.bad", parts.merging(["fault": .text(Words.text(fault.message))]) { $1 }) + "\n")
      } else {
        say(Words.text("tool.audit.good", parts) + "\n")
      }
      tell(try await AuditRecords.discrepancies(of: chain, in: database), name)
      if chain == ID(0) { tell(try await AuditRecords.posts(in: database), name) }
    }
    return isWhole
  }
}
