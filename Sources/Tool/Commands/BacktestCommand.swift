import ArgumentParser
import Documents
import Notation
import Outcomes
import Policies
import Scoring

struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest", abstract: Words.help("backtest"), discussion: Words.help("backtest.more"))

  @Option(help: ArgumentHelp(Words.help("backtest.policy")))
  var policy: String
  @Option(help: ArgumentHelp(Words.help("backtest.against")))
  var against: String?
  @Option(help: ArgumentHelp(Words.help("score.facts"), valueName: "file"))
  var facts: String
  @OptionGroup var options: PolicyOptions

  func run() throws {
    let new = try Loading.runnable(policy, folder: options.policies)
    guard let earlier = against ?? new.was else {
      Terminal.say(Words.text("tool.backtest.against", ["id": .text(new.id)]))
      throw ExitCode.refused
    }
    let old = try Loading.runnable(earlier, folder: options.policies)
    let facts = try Loading.factsForBacktest(facts, old: old, new: new)
    let before = try Loading.results(old, facts.old)
    let now = try Loading.results(new, facts.new)
    let backtest = Backtest(old: before, new: now)
    Terminal.out(BacktestText(places: new.rounding.places).text(backtest))
    if !facts.ignored.isEmpty {
      Terminal.say(Words.text("tool.backtest.ignored", ["count": .count(facts.ignored.count)]))
      Loading.report(facts.ignored)
    }
  }
}

/// A dry run as text: who moves, from what to what, by which item.
struct BacktestText {
  let places: Int

  func text(_ backtest: Backtest) -> String {
    let moved = backtest.moves.filter(\.moves)
    let lines = moved.map { move in
      let name = move.new.card.group.name ?? move.new.id
      let head = Terminal.coloured("\(move.new.year)  \(name)", .bold)
      return ([head] + changes(move).map { "    " + $0 }).joined(separator: "\n")
    }
    let summary = Words.text(
      "backtest.summary",
      [
        "all": .count(backtest.moves.count), "moved": .count(moved.count),
        "grades": .count(moved.filter(\.movesGrade).count), "ranks": .count(moved.filter(\.movesRank).count),
        "consequences": .count(moved.filter(\.movesConsequences).count),
      ])
    return (lines + [summary]).joined(separator: "\n") + "\n"
  }

  private func changes(_ move: Backtest.Move) -> [String] {
    var changes: [String] = []
    func add(_ key: String, _ before: String?, _ now: String?) {
      guard before != now else { return }
      let none = Words.text("backtest.none")
      changes.append(
        Words.text("backtest.\(key)", ["before": .text(before ?? none), "now": .text(now ?? none)]))
    }
    add("total", move.old.map { fixed($0.card.total) }, fixed(move.new.card.total))
    add("grade", move.old?.grade, move.new.grade)
    add("rank", move.old?.rank.map(String.init), move.new.rank.map(String.init))
    add("consequences", move.old.map(follows), follows(move.new))
    for item in move.items {
      let none = Words.text("backtest.none")
      changes.append(
        Words.text(
          "backtest.item",
          [
            "id": .text(item.id), "title": .text(item.title), "before": .text(item.before.map(fixed) ?? none),
            "now": .text(item.now.map(fixed) ?? none),
          ]))
    }
    return changes
  }

  private func fixed(_ number: Exact) -> String { number.fixed(places: places) }
  private func follows(_ result: GroupResult) -> String {
    (result.granted + result.pending.map { $0 + "?" }).joined(separator: ", ")
  }
}
