import ArgumentParser
import Documents
import Foundation
import Notation
import Outcomes
import Policies
import Scoring

/// Loads policies and facts for the commands; what is wrong is said once, all of it, and ends the command.
enum Loading {
  /// `--policies`, else `JUNHENG_POLICIES`, else `policies/` here or above the program.
  static func folder(_ given: String?) -> String {
    if let given { return given }
    if let named = ProcessInfo.processInfo.environment["JUNHENG_POLICIES"] { return named }
    let manager = FileManager.default
    if manager.fileExists(atPath: "policies") { return "policies" }
    var url = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<6 {
      let candidate = url.appendingPathComponent("policies").path
      if manager.fileExists(atPath: candidate) { return candidate }
      url.deleteLastPathComponent()
    }
    return "policies"
  }

  static func read(_ name: String, folder: String?) throws -> PolicyReader.Result {
    let files = PolicyFiles(folder: Loading.folder(folder))
    guard let result = files.read(name) else {
      Terminal.say(Words.text("tool.policy.missing", ["name": .text(name), "known": .known(files.ids)]))
      throw ExitCode.refused
    }
    return result
  }

  /// A policy that can be run.
  static func runnable(_ name: String, folder: String?) throws -> Policy {
    let policy = try sound(name, folder: folder)
    guard policy.obstacles.isEmpty else {
      Terminal.say(Words.text("tool.policy.obstacles", ["id": .text(policy.id)]))
      for obstacle in policy.obstacles { Terminal.say("  " + Words.obstacle(obstacle)) }
      throw ExitCode.refused
    }
    return policy
  }

  /// A policy without problems, decided or not.
  static func sound(_ name: String, folder: String?) throws -> Policy {
    let result = try read(name, folder: folder)
    guard result.isSound, let policy = result.policy else {
      Terminal.say(Words.text("tool.policy.problems", ["name": .text(name)]))
      report(result.problems.filter { $0.severity == .error })
      throw ExitCode.refused
    }
    return policy
  }

  static func report(_ problems: [Problem]) {
    for problem in problems.prefix(mostProblems) { Terminal.say(problem.line(in: Words.catalogue)) }
    sayRest(problems)
  }

  static let largestFacts = 2 << 30
  /// Nobody reads more at once; a file with more has one cause repeated.
  static let mostProblems = 2_000

  static let mostDoubts = 20

  static func sayRest(_ problems: [Problem]) {
    let rest = problems.count - mostProblems
    if rest > 0 { Terminal.say(Words.text("tool.problems.rest", ["count": .count(rest)])) }
  }

  /// The facts of a file for a policy.
  static func facts(_ path: String, for policy: Policy) throws -> FactYears {
    let (root, formProblems) = try tree(path, for: policy)
    let (facts, problems) = FactsReader.read(root, for: policy)
    try refuse(formProblems + problems)
    return facts
  }

  /// The same facts for the policy in force and for one that is to follow it; what the new one no longer asks for is
  /// left aside and returned.
  static func factsForBacktest(
    _ path: String, old: Policy, new: Policy
  ) throws -> (old: FactYears, new: FactYears, ignored: [Problem]) {
    let (root, formProblems) = try tree(path, for: old)
    let (before, oldProblems) = FactsReader.read(root, for: old)
    try refuse(formProblems + oldProblems)
    let (now, newProblems, ignored) = FactsReader.readEarlier(root, for: new)
    try refuse(newProblems)
    return (before, now, ignored)
  }

  /// The tree of a facts file, JSON or workbook, and what is wrong with a workbook's form.
  private static func tree(_ path: String, for policy: Policy) throws -> (root: Node, problems: [Problem]) {
    if path.lowercased().hasSuffix(".xlsx") {
      do throws(WorkbookTrouble) {
        return try FactsBookReader.read(path, for: policy)
      } catch {
        for message in error.messages { Terminal.say("\(path): \(Words.catalogue.text(message))") }
        throw ExitCode.refused
      }
    }
    do throws(SyntaxProblem) {
      return (try JSON.read(try PolicyFiles.bytes(path, most: largestFacts), file: path), [])
    } catch {
      report([error.problem])
      throw ExitCode.refused
    }
  }

  /// Writes a workbook, or says all that stands in its way.
  static func write(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as WorkbookTrouble {
      for message in error.messages { Terminal.say(Words.catalogue.text(message)) }
      throw ExitCode.refused
    }
  }

  private static func refuse(_ problems: [Problem]) throws {
    guard problems.isEmpty else {
      report(problems)
      Terminal.say(Words.text("tool.facts.refused", ["count": .count(problems.count)]))
      throw ExitCode.refused
    }
  }

  /// Says so where a year is asked for that the facts don't hold.
  static func require(_ year: Int?, in results: Results) throws {
    guard let year, !results.years.contains(where: { $0.year == year }) else { return }
    Terminal.say(Words.text("tool.year.missing", ["year": .text(String(year))]))
    throw ExitCode.refused
  }

  /// The results, or every fault at once.
  static func results(_ policy: Policy, _ facts: FactYears) throws -> Results {
    let results = Confirmation(policy: policy).results(facts)
    guard results.faults.isEmpty else {
      for fault in results.faults {
        Terminal.say(
          Words.text(
            "tool.fault",
            [
              "year": .text(String(fault.year)), "group": .text(fault.group), "item": .text(fault.item),
              "why": .message(fault.message),
            ]))
      }
      throw ExitCode.refused
    }
    note(facts.doubts(for: policy))
    return results
  }

  /// Says what can be scored and can hardly be meant; nothing is refused for it.
  private static func note(_ doubts: [Message]) {
    for doubt in doubts.prefix(mostDoubts) { Terminal.say(Words.catalogue.text(doubt)) }
    let rest = doubts.count - mostDoubts
    if rest > 0 { Terminal.say(Words.text("tool.doubts.rest", ["count": .count(rest)])) }
  }
}
