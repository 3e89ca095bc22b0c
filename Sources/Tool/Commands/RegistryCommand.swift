import ArgumentParser
import Documents
import Foundation
import Notation
import Policies
import Registry
import Storage

/// The registry from and to workbooks of any size.
struct RegistryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registry", abstract: Words.help("registry"), discussion: Words.help("registry.more"),
    subcommands: [Import.self, Export.self, CoverageTable.self])

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: Words.help("registry.import"), discussion: Words.help("registry.import.more"))
    @Argument(help: ArgumentHelp(Words.help("registry.file"), valueName: "file"))
    var file: String
    @Flag(help: ArgumentHelp(Words.help("registry.accept")))
    var accept = false
    @Option(help: ArgumentHelp(Words.help("registry.reason"), valueName: "text"))
    var reason: String?
    @OptionGroup var store: DatabaseOptions
    @OptionGroup var options: PolicyOptions

    func run() async throws {
      guard let data = FileManager.default.contents(atPath: file) else {
        Terminal.say(Words.text("tool.registry.file", ["file": .text(file)]))
        throw ExitCode.refused
      }
      Terminal.say(Words.text("tool.registry.reading", ["size": .count((data.count + (1 << 20) - 1) >> 20)]))
      let read: (rows: RegistryRows, problems: [Problem])
      do throws(WorkbookTrouble) {
        read = try RegistryWorkbookReader.read(
          [UInt8](data), file: (file as NSString).lastPathComponent,
          catalogues: [Words.catalogue, .chinese, .english], forms: RegistryCommand.forms(options.policies),
          isLarge: true)
      } catch {
        for message in error.messages { Terminal.say(Words.text(message)) }
        throw ExitCode.refused
      }
      Terminal.say(Words.text("tool.registry.read", ["count": .count(read.rows.count)]))
      let plans = RegistryCommand.forms(options.policies).terms.plans
      try await store.with { database in
        let (terms, editions) = (RegistryTerms(plans: plans, today: Clock.now().day), PolicyEditions())
        let planned = try await database.read {
          try RegistryImport($0, terms: terms, editions: editions).planned(read.rows, for: .program)
        }
        let plan = planned.plan
        var problems = Problems()
        problems.append(contentsOf: read.problems + plan.problems)
        guard problems.isEmpty else {
          for problem in problems.sorted { Terminal.say(problem.line(in: Words.catalogue)) }
          Terminal.say(Words.text("tool.registry.problems", ["count": .count(problems.all.count)]))
          throw ExitCode.problems
        }
        for remark in plan.remarks { Terminal.say(remark.line(in: Words.catalogue)) }
        for table in RegistryTable.allCases {
          let counts = RegistryPlan.State.allCases.map { ($0.rawValue, Message.Part.count(plan.count(table, $0))) }
          guard counts.contains(where: { $0.1 != .count(0) }) else { continue }
          Terminal.out(
            Words.text(
              "tool.registry.table",
              Dictionary(
                uniqueKeysWithValues: counts + [("table", .message(Message("registry.sheet.\(table.rawValue)")))]))
              + "\n")
        }
        let following = plan.changes.count(where: \.follows)
        if following > 0 {
          Terminal.out(Words.text("tool.registry.follows", ["count": .count(following)]) + "\n")
        }
        guard accept, !plan.changes.isEmpty else {
          Terminal.say(Words.text(plan.changes.isEmpty ? "tool.registry.nothing" : "tool.registry.notAccepted"))
          return
        }
        let (ids, whole) = (IDMaker(node: .random(in: 0...4095)), plan.changes.count)
        let accepted = try AcceptedPlan(planned, reason: reason, ids: ids, by: .program, at: Clock.now())
        do {
          try await database.write { transaction in
            var told = 0
            try RegistryImport(transaction, terms: terms, editions: editions).store(accepted, refreshes: false) {
              done in
              let tenth = done * 10 / whole
              if tenth > told {
                told = tenth
                Terminal.say(Words.text("tool.registry.stored", ["done": .count(done), "whole": .count(whole)]))
              }
            }
          }
        } catch is RegistryMoved {
          Terminal.say(Words.text("tool.registry.moved"))
          throw ExitCode.refused
        }
        try await CoverageStepStore.refreshStale(database)
        Terminal.say(Words.text("tool.registry.done", ["count": .count(whole)]))
      }
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: Words.help("registry.export"), discussion: Words.help("registry.export.more"))
    @Argument(help: ArgumentHelp(Words.help("registry.file"), valueName: "file"))
    var file: String
    @Option(help: ArgumentHelp(Words.help("registry.authority"), valueName: "code"))
    var authority: String
    @OptionGroup var store: DatabaseOptions
    @OptionGroup var options: PolicyOptions

    func run() async throws {
      try await store.with { database in
        let code = authority
        let rows = try await database.read { transaction -> RegistryRows? in
          guard let own = try RegistryStore.authorities(transaction).first(where: { $0.code == code }) else {
            return nil
          }
          var rows = RegistryRows()
          for table in RegistryTable.allCases {
            rows[table] = try RegistryRowsStore.rows(of: table, within: own.id, transaction)
          }
          return rows
        }
        guard let rows else {
          Terminal.say(Words.text("tool.registry.authority", ["code": .text(code)]))
          throw ExitCode.refused
        }
        do throws(WorkbookTrouble) {
          try RegistryWorkbook(catalogue: Words.catalogue, forms: RegistryCommand.forms(options.policies, at: code))
            .write(
              rows, to: file)
        } catch {
          for message in error.messages { Terminal.say(Words.text(message)) }
          throw ExitCode.refused
        }
        Terminal.say(Words.text("tool.registry.written", ["count": .count(rows.count), "file": .text(file)]))
      }
    }
  }

  /// What the policies at hand call their forms.
  private static func forms(_ folder: String?, at code: String? = nil) -> FormNames {
    let files = PolicyFiles(folder: Loading.folder(folder))
    let policies = files.ids.compactMap { name in files.read(name)?.policy.map { (name: name, policy: $0) } }
    return FormNames(
      policies.map(\.policy), at: code,
      plans: policies.compactMap { RegistryTerms.Plan($0.policy, name: $0.name) })
  }
}
