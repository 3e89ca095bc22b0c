import ArgumentParser
import Documents
import Notation
import Outcomes
import Policies

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: Words.help("score"), discussion: Words.help("score.more"))

  enum Format: String, ExpressibleByArgument, CaseIterable { case json, table }

  @Option(help: ArgumentHelp(Words.help("policy.name")))
  var policy: String
  @Option(help: ArgumentHelp(Words.help("score.facts"), valueName: "file"))
  var facts: String
  @Option(help: ArgumentHelp(Words.help("score.format")))
  var format = Format.table
  @Option(help: ArgumentHelp(Words.help("score.year")))
  var year: Int?
  @OptionGroup var options: PolicyOptions

  func run() throws {
    let policy = try Loading.runnable(policy, folder: options.policies)
    let all = try Loading.results(policy, try Loading.facts(facts, for: policy))
    try Loading.require(year, in: all)
    let results = all.only(year)
    switch format {
    case .json:
      let progress = Progress(Words.text("tool.writing"), total: results.all.count)
      ResultsJSON(policy: policy).write(results, to: Terminal.out, progress: progress.advance)
      progress.finish()
    case .table: Terminal.out(ResultsTable(policy: policy).text(results))
    }
  }
}
