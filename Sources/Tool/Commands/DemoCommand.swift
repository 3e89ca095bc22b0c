import ArgumentParser
import Demonstration
import Documents
import Foundation
import Notation

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: Words.help("demo"), discussion: Words.help("demo.more"))

  @Option(help: ArgumentHelp(Words.help("policy.name")))
  var policy = "ankang-2022"
  @Option(help: ArgumentHelp(Words.help("demo.groups")))
  var groups: Int?
  @Option(help: ArgumentHelp(Words.help("demo.years")))
  var years = 3
  @Option(help: ArgumentHelp(Words.help("demo.seed")))
  var seed: UInt64 = 1
  @Option(help: ArgumentHelp(Words.help("demo.out"), valueName: "folder"))
  var out: String?
  @OptionGroup var options: PolicyOptions

  func validate() throws {
    if let groups, !(1...1_000_000).contains(groups) { throw ValidationError(Words.text("tool.demo.groups")) }
    if !(1...20).contains(years) { throw ValidationError(Words.text("tool.demo.years")) }
  }

  func run() throws {
    let city = try DemoCommand.city(policy, folder: options.policies, groups: groups, seed: seed)
    let last = city.lastYear
    let span = Array((last - years + 1)...last)
    guard let out else {
      write(city.city, span, to: Terminal.out)
      return
    }
    do {
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    } catch {
      throw Output.refuse(out)
    }
    let path = "\(out)/facts.json"
    try Output.file(path) { write in self.write(city.city, span, to: write) }
    let totals = city.city.totals
    Terminal.say(
      Words.text(
        "tool.demo.done",
        [
          "city": .text(city.name), "groups": .count(totals.groups), "schools": .count(totals.schools),
          "pupils": .count(totals.pupils), "teachers": .count(totals.exchangedTeachers), "path": .text(path),
          "from": .text(String(span[0])), "to": .text(String(last)),
        ]))
  }

  private func write(_ city: City, _ years: [Int], to output: @escaping (String) -> Void) {
    let progress = Progress(Words.text("tool.demo.writing"), total: city.groupCount * years.count)
    FactsJSON(output: output).write(
      years: years, groupCount: city.groupCount, group: { city.group($0, year: $1) }, progress: progress.advance)
    progress.finish()
  }

  /// The demonstration city of a policy, as the plan beside it says.
  static func city(
    _ name: String, folder: String?, groups: Int?, seed: UInt64
  ) throws -> (city: City, name: String, lastYear: Int) {
    let policy = try Loading.runnable(name, folder: folder)
    let files = PolicyFiles(folder: Loading.folder(folder))
    let path = (files.locate(name)?.folder ?? ".") + "/demonstration.yaml"
    let node: Node
    do throws(SyntaxProblem) {
      node = try PolicyFiles.tree(path)
    } catch {
      Loading.report([error.problem])
      throw ExitCode.refused
    }
    guard let plan = CityPlan(node) else {
      Terminal.say(Words.text("tool.demo.plan", ["path": .text(path)]))
      throw ExitCode.refused
    }
    return (City(plan: plan, policy: policy, groups: groups, seed: seed), plan.city, plan.year)
  }
}
