import ArgumentParser
import Documents
import Foundation
import Notation
import Outcomes
import Policies
import Scoring

/// What every command that writes results to a workbook asks for.
struct ResultsOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Words.help("policy.name")))
  var policy: String
  @Option(help: ArgumentHelp(Words.help("score.facts"), valueName: "file"))
  var facts: String
  @Option(help: ArgumentHelp(Words.help("year")))
  var year: Int?
  @Option(help: ArgumentHelp(Words.help("out"), valueName: "file.xlsx"))
  var out: String
  @OptionGroup var options: PolicyOptions

  func results() throws -> (policy: Policy, results: Results) {
    try Output.keep(facts, from: out)
    let policy = try Loading.runnable(policy, folder: options.policies)
    return (policy, try Loading.results(policy, try Loading.facts(facts, for: policy)))
  }
}

struct SheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet", abstract: Words.help("sheet"), discussion: Words.help("sheet.more"))

  @OptionGroup var input: ResultsOptions
  @Option(help: ArgumentHelp(Words.help("sheet.group"), valueName: "id"))
  var group: String

  func run() throws {
    let (policy, results) = try input.results()
    let ofGroup = results.all.filter { $0.id == group }
    guard let result = input.year.map({ year in ofGroup.first { $0.year == year } }) ?? ofGroup.last else {
      Terminal.say(Words.text("tool.group.missing", ["id": .text(group)]))
      throw ExitCode.refused
    }
    try Loading.write { try ScoreSheetBook(policy: policy, result: result).write(to: input.out) }
    Terminal.say(Words.text("tool.written", ["path": .text(input.out)]))
  }
}

struct ResultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: Words.help("results"), discussion: Words.help("results.more"))

  @OptionGroup var input: ResultsOptions

  func run() throws {
    let (policy, results) = try input.results()
    try Loading.require(input.year, in: results)
    try Loading.write { try ResultsBook(policy: policy, results: results, year: input.year).write(to: input.out) }
    Terminal.say(Words.text("tool.written", ["path": .text(input.out)]))
  }
}

struct FactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts", abstract: Words.help("facts"), discussion: Words.help("facts.more"),
    subcommands: [Template.self, Convert.self])

  struct Template: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words.help("facts.template"), discussion: Words.help("facts.template.more"))
    @Option(help: ArgumentHelp(Words.help("policy.name")))
    var policy: String
    @Option(help: ArgumentHelp(Words.help("facts.template.facts"), valueName: "file"))
    var facts: String?
    @Option(help: ArgumentHelp(Words.help("out"), valueName: "file.xlsx"))
    var out: String
    @Flag(help: ArgumentHelp(Words.help("facts.template.force")))
    var force = false
    @OptionGroup var options: PolicyOptions

    func run() throws {
      // A filled form must not become an empty one.
      if !force, FileManager.default.fileExists(atPath: out) {
        Terminal.say(Words.text("tool.exists", ["path": .text(out)]))
        throw ExitCode.refused
      }
      let policy = try Loading.runnable(policy, folder: options.policies)
      let facts = try facts.map { try Loading.facts($0, for: policy) }
      try Loading.write { try FactsBook(policy: policy).write(facts, to: out) }
      Terminal.say(Words.text("tool.written", ["path": .text(out)]))
    }
  }

  struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "json", abstract: Words.help("facts.json"), discussion: Words.help("facts.json.more"))
    @Option(help: ArgumentHelp(Words.help("policy.name")))
    var policy: String
    @Option(help: ArgumentHelp(Words.help("score.facts"), valueName: "file"))
    var facts: String
    @OptionGroup var options: PolicyOptions

    func run() throws {
      let policy = try Loading.runnable(policy, folder: options.policies)
      FactsJSON(output: Terminal.out).write(try Loading.facts(facts, for: policy))
    }
  }
}
