import ArgumentParser
import Documents
import Notation
import Policies

struct PolicyOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Words.help("policies"), valueName: "folder"))
  var policies: String?
}

struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: Words.help("policy"), discussion: Words.help("policy.more"),
    subcommands: [List.self, Show.self, Check.self, Diff.self, Schema.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words.help("policy.list"), discussion: Words.help("policy.list.more"))
    @OptionGroup var options: PolicyOptions

    func run() throws {
      let files = PolicyFiles(folder: Loading.folder(options.policies))
      let rows = files.ids.map { id -> [String] in
        guard let result = files.read(id), let policy = result.policy else { return [id, "", "", ""] }
        let state =
          !result.isSound
          ? "state.problems"
          : policy.obstacles.isEmpty ? "state.runs" : policy.scheme == nil ? "state.reads" : "state.open"
        return [id, Words.text("status.\(policy.status)"), Words.text(state), policy.title]
      }
      Terminal.out(Terminal.table(["id", "status", "state", "title"].map { Words.text("head.\($0)") }, rows))
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words.help("policy.check"), discussion: Words.help("policy.check.more"))
    @Argument(help: ArgumentHelp(Words.help("policy.name")))
    var policy: String
    @OptionGroup var options: PolicyOptions

    func run() throws {
      let result = try Loading.read(policy, folder: options.policies)
      for problem in result.problems.prefix(Loading.mostProblems) {
        Terminal.out(problem.line(in: Words.catalogue) + "\n")
      }
      Loading.sayRest(result.problems)
      guard result.isSound else { throw ExitCode.problems }
      Terminal.say(Words.text("tool.check.sound", ["id": .text(result.policy?.id ?? policy)]))
    }
  }

  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words.help("policy.schema"), discussion: Words.help("policy.schema.more"))

    func run() { Terminal.out(PolicyShape.schema) }
  }
}
