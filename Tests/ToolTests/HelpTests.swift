import Fixtures
import Notation
import Policies
import Testing

/// What the program says of itself.
@Suite struct HelpTests {
  /// The help of every command, found as a user would: from help to help.
  static let helps: [(words: [String], help: Run)] = inside([])
  static let commands = helps.map(\.words)

  private static func inside(_ words: [String]) -> [(words: [String], help: Run)] {
    guard let help = try? Run(words + ["--help"]) else { return [] }
    let lines = help.out.split(separator: "\n", omittingEmptySubsequences: false)
    let list = lines.drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { !$0.isEmpty }
    let names = list.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }.compactMap { $0.split(separator: " ").first }
    return [(words, help)] + names.flatMap { inside(words + [String($0)]) }
  }

  @Test func `there are all that the format and the operations list`() {
    let names = Self.commands.map { $0.joined(separator: " ") }
    #expect(
      names == [
        "", "policy", "policy list", "policy show", "policy check", "policy diff", "policy schema", "score",
        "backtest", "demo", "sheet", "results", "facts", "facts template", "facts json", "serve", "database",
        "database migrate", "database distribute", "database fill", "backup", "restore", "audit", "audit verify",
        "account", "account add", "account link", "token", "registry", "registry import", "registry export",
        "registry coverage", "ledgers", "ledgers metrics",
      ])
  }

  @Test(arguments: helps)
  func `has an example of its own`(command: [String], run: Run) {
    #expect(run.code == 0)
    #expect(run.err.isEmpty)
    let overview = run.out.prefix(upTo: run.out.firstRange(of: "USAGE:")?.lowerBound ?? run.out.startIndex)
    #expect(overview.contains("例"))
    #expect(overview.contains((["junheng"] + command).joined(separator: " ")))
  }

  @Test(arguments: commands)
  func `is English where English is asked for`(command: [String]) throws {
    let run = try Run(command + ["--help"], language: "en")
    #expect(run.code == 0)
    #expect(run.out.contains("Example"))
    #expect(!run.out.hasChinese, "\(run.out)")
  }

  @Test(arguments: helps)
  func `explains every option it has`(command: [String], run: Run) {
    let lines = run.outLines
    for (index, line) in lines.enumerated() where line.hasPrefix("  --") || line.hasPrefix("  <") {
      let isExplained = line.contains { "\($0)".hasChinese } || line.contains("Show ")
      #expect(isExplained || (index + 1 < lines.count && lines[index + 1].hasChinese), "\(line)")
    }
  }

  @Test func `names its exit codes and its languages`() throws {
    let help = try Run("--help").out
    for text in ["退出码", "0 完成", "64", "JUNHENG_LANGUAGE=en"] { #expect(help.contains(text)) }
  }

  @Test(arguments: [("bash", "complete "), ("zsh", "#compdef junheng"), ("fish", "complete -c")])
  func `writes completions for a shell`(shell: String, mark: String) throws {
    let run = try Run("--generate-completion-script \(shell)")
    #expect(run.code == 0)
    #expect(run.out.contains(mark))
    #expect(run.out.contains("backtest") && run.out.contains("template"))
  }

  @Test func `shows its help where nothing is asked`() throws {
    let run = try Run("")
    #expect(run.code == 0)
    #expect(run.out == Self.helps.first?.help.out)
  }

  @Test func `says its version`() throws {
    let run = try Run("--version")
    #expect(run.code == 0)
    #expect(run.out.contains(#/^[0-9]+\.[0-9]+\.[0-9]+\n$/#))
  }

  @Test func `the schema it writes is the file beside the policies`() throws {
    #expect(try Run("policy schema").out == Repository.text("policies/policy.schema.json"))
  }
}
