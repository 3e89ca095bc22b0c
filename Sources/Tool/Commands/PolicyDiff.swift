import ArgumentParser
import Notation
import Policies

extension PolicyCommand {
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words.help("policy.diff"), discussion: Words.help("policy.diff.more"))
    @Argument(help: ArgumentHelp(Words.help("policy.diff.old")))
    var old: String
    @Argument(help: ArgumentHelp(Words.help("policy.diff.new")))
    var new: String
    @OptionGroup var options: PolicyOptions

    func run() throws {
      let difference = PolicyDifference(
        from: try Loading.sound(old, folder: options.policies), to: try Loading.sound(new, folder: options.policies))
      for entry in difference.entries {
        let named = "\(entry.path)  \(entry.title)"
        switch entry.change {
        case .added: Terminal.out(Terminal.coloured("+ \(named)", .green) + "\n")
        case .removed: Terminal.out(Terminal.coloured("- \(named)", .red) + "\n")
        case .changed(let before, let after):
          Terminal.out(Terminal.coloured("~ \(named)", .yellow) + "\n    \(before)\n  → \(after)\n")
        }
      }
      Terminal.say(Words.text("tool.diff", ["count": .count(difference.entries.count)]))
    }
  }
}
