import ArgumentParser

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
}
