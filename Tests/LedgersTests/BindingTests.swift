import Fixtures
import Foundation
import Ledgers
import Notation
import Policies
import Rules
import Testing

/// Which inputs of the policies the year's records fill, and why not the rest: the table of `docs/metrics.md`.
@Suite struct BindingTests {
  static let policies = Repository.policies.filter { LedgerTown.policy($0).scheme != nil }

  @Test(arguments: policies)
  func `every source a policy names is known, and its parameters are taken`(policy: String) {
    for binding in Binding.all(of: LedgerTown.policy(policy)) {
      let place = "\(policy) \(binding.item.id) \(binding.input) \(binding.from ?? "")"
      switch binding.answer {
      case .none(let why): #expect(!["unknown", "form", "unsaid"].contains(why), "\(place)")
      case .metric(let metric):
        #expect(binding.with.names.subtracting(metric.parameters) == [], "\(place)")
        for word in binding.with.words("kinds") ?? [] { #expect(Self.words.contains(word), "\(place) \(word)") }
        for word in binding.with.words("subjects") ?? [] {
          #expect(LedgerWords.subjects.all.contains(word), "\(place) \(word)")
        }
      case .document: #expect(binding.with.names.subtracting(DocumentMetric.parameters) == [], "\(place)")
      }
    }
  }

  static let words: Set<String> = Set(
    LedgerKinds.all.flatMap { kind in
      kind.fields.flatMap { field -> [String] in
        if case .word(let words) = field.form { return words.all }
        return []
      }
    })

  @Test func `the page on metrics holds the table as the policies are`() throws {
    let page = Repository.text("docs/metrics.md")
    let parts = page.components(separatedBy: Self.mark)
    let table = Self.table
    if ProcessInfo.processInfo.environment["RESET_EXPECTED"] != nil {
      try Repository.write((parts.first ?? "") + Self.mark + table, to: "docs/metrics.md")
      return
    }
    #expect(parts.count == 2 && parts.last == table)
  }

  static let mark = "<!-- from here on held by a test: RESET_EXPECTED=1 swift test --filter BindingTests -->\n"

  static var table: String {
    let words = Catalogue.english
    var lines = ["", "## Metrics", "", "| metric | what | records | parameters |", "| --- | --- | --- | --- |"]
    for metric in Metrics.all {
      lines.append(
        "| `\(metric.id)` | \(words.text(metric.title)) | \(metric.kinds.joined(separator: ", ")) | "
          + "\(metric.parameters.joined(separator: ", ")) |")
    }
    lines += ["", "## Inputs", ""]
    var bound = 0
    var all = 0
    var rows: [String] = []
    for id in policies {
      for binding in Binding.all(of: LedgerTown.policy(id)) {
        all += 1
        var why = ""
        if case .none(let key) = binding.answer {
          why = words.text("ledger.unbound.\(key)")
        } else {
          bound += 1
        }
        rows.append("| \(id) | \(binding.item.id) | \(binding.input) | `\(binding.from ?? "")` | \(why) |")
      }
    }
    lines.append("\(bound) of \(all) inputs are filled from records.")
    lines += ["", "| policy | item | input | from | why not |", "| --- | --- | --- | --- | --- |"] + rows
    return lines.joined(separator: "\n") + "\n"
  }
}
