import ArgumentParser
import Notation
import Registry

@main
struct Junheng: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "junheng", abstract: Words.help("junheng"), discussion: Words.help("junheng.more"), version: "0.1.0",
    subcommands: [
      PolicyCommand.self, ScoreCommand.self, BacktestCommand.self, DemoCommand.self, SheetCommand.self,
      ResultsCommand.self, FactsCommand.self, ServeCommand.self, DatabaseCommand.self,
      BackupCommand.self, RestoreCommand.self, AuditCommand.self, AccountCommand.self, TokenCommand.self,
      RegistryCommand.self, LedgersCommand.self,
    ])

  static func main() async {
    // What the program brings itself is looked at once, before it is relied on.
    if let refusal = refusal(BalanceStandards.faults) {
      Terminal.say(refusal)
      exit(withError: ExitCode.refused)
    }
    await main(nil)
  }

  /// Why the program doesn't start with faults of its own standards of balance; nil where there are none.
  static func refusal(_ faults: [Problem]) -> String? {
    guard !faults.isEmpty else { return nil }
    return ([Words.text("tool.standards")] + faults.map { $0.line(in: Words.catalogue) }).joined(separator: "\n")
  }
}
