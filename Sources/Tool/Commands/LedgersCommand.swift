import ArgumentParser
import Documents
import Foundation
import Ledgers
import Notation
import Policies
import Registry
import Storage

/// What the year's records of a city come to.
struct LedgersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledgers", abstract: Words.help("ledgers"), discussion: Words.help("ledgers.more"),
    subcommands: [Metrics.self])

  /// Every input of every group: a workbook, comma-separated values, or a table on the screen.
  struct Metrics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "metrics", abstract: Words.help("ledgers.metrics"), discussion: Words.help("ledgers.metrics.more"))
    @Argument(help: ArgumentHelp(Words.help("ledgers.file"), valueName: "file"))
    var file: String?
    @Option(help: ArgumentHelp(Words.help("ledgers.authority"), valueName: "code"))
    var authority: String
    @Option(help: ArgumentHelp(Words.help("ledgers.year"), valueName: "YYYY"))
    var year: Int?
    @Option(help: ArgumentHelp(Words.help("ledgers.item"), valueName: "id"))
    var item: String?
    @OptionGroup var store: DatabaseOptions

    func run() async throws {
      let today = Clock.now().day
      let year = year ?? SchoolYearDays.year(of: today, policy: nil)
      let code = authority
      let found = try await store.with { database in
        try await database.read { transaction -> (name: String, ledgers: [LedgerStore.GroupLedger])? in
          guard let own = try RegistryStore.authorities(transaction).first(where: { $0.code == code }) else {
            return nil
          }
          let ledgers = try LedgerStore.ledgers(
            of: .within(own.id), year: year, today: today, PolicyEditions(), transaction)
          return ledgers.map { (own.name, $0) }
        }
      }
      guard let found else {
        Terminal.say(Words.text("tool.registry.authority", ["code": .text(code)]))
        throw ExitCode.refused
      }
      let table = try table(found.ledgers, year)
      guard let file else {
        let rows = table.rows.map { row in Self.shown.map { Self.text(row[$0]) } }
        Terminal.out(Terminal.table(Self.shown.map { table.heads[$0] }, rows))
        return
      }
      if file.lowercased().hasSuffix(".csv") {
        try Output.file(file) { $0(table.csv) }
      } else {
        let title = Words.text("tool.ledgers.title", ["authority": .text(found.name), "year": Words.year(year)])
        try Loading.write { try table.write(to: file, title: title) }
      }
      Terminal.say(
        Words.text(
          "tool.ledgers.written",
          ["groups": .count(found.ledgers.count), "count": .count(table.rows.count), "file": .text(file)]))
    }

    /// On a screen: group, school, item, input, value, state.
    private static let shown = [1, 2, 3, 5, 6, 7]

    private static func text(_ cell: TableBook.Cell) -> String {
      switch cell {
      case .number(let text), .text(let text): text
      }
    }

    private func table(_ ledgers: [LedgerStore.GroupLedger], _ year: Int) throws -> FigureTable {
      let parts = ledgers.compactMap { ledger -> FigureTable.Part? in
        guard let policy = ledger.ground.policy else { return nil }
        let items = policy.allItems.filter { item == nil || $0.id == item }
        return FigureTable.Part(
          authority: ledger.ground.authorityName, group: ledger.ground.name, year: ledger.year,
          figures: YearFigure.all(items.flatMap { Binding.all(of: $0) }, ledger.year))
      }
      guard !parts.isEmpty else {
        Terminal.say(Words.text("tool.ledgers.none", ["year": Words.year(year)]))
        throw ExitCode.refused
      }
      return FigureTable(parts, words: Words.catalogue)
    }
  }
}
