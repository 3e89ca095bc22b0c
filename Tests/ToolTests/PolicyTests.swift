import Documents
import Fixtures
import Foundation
import Testing

/// Reading, checking and comparing policies.
@Suite struct PolicyCommandTests {
  @Test func `the list has every policy with its state`() throws {
    let run = try Run("policy list")
    let ids = run.outLines.dropFirst(2).compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(ids == Repository.policies)
    #expect(run.outLines.first { $0.hasPrefix("ankang-2022 ") }?.contains("可运行") == true)
    #expect(run.outLines.first { $0.hasPrefix("sanya-2021 ") }?.contains("待决定") == true)
    #expect(run.outLines.first { $0.hasPrefix("shanghai-2015 ") }?.contains("可查阅") == true)
  }

  @Test func `the check names file and line of every problem at once, and exits with 1`() throws {
    try Repository.withFolder { folder in
      try Changed.policy(
        "ankang-2022", in: folder,
        [
          ("scheme.yaml", "          points: 6\n", "          points: sechs\n"),
          ("scheme.yaml", "kind: checklist\n", "kind: chequelist\n"),
          ("results.yaml", "    to: lead\n", "    to: leader\n"),
        ])
      func line(_ file: String, _ text: String) throws -> Int {
        let lines = try String(contentsOfFile: "\(folder)/next/\(file)", encoding: .utf8).split(
          separator: "\n", omittingEmptySubsequences: false)
        return try #require(lines.firstIndex { $0.contains(text) }) + 1
      }
      let run = try Run("policy check next", in: folder)
      #expect(run.code == 1)
      for (file, text) in [
        ("scheme.yaml", "points: sechs"), ("scheme.yaml", "chequelist"), ("results.yaml", "to: leader"),
      ] {
        let place = "\(file):\(try line(file, text)): "
        #expect(run.outLines.contains { $0.hasSuffix("。") && $0.contains(place) }, "\(place)\n\(run.out)")
      }
      #expect(run.outLines.allSatisfy { $0.contains(#/^[^ ]+\.yaml:[0-9]+: .+。$/#) }, "\(run.out)")
      let score = try Run("score --policy next --facts facts.json", in: folder)
      #expect(score.code == 2)
      #expect(score.err.contains("scheme.yaml:\(try line("scheme.yaml", "points: sechs"))"))
    }
  }

  @Test func `undecided questions are no problem to the check; score refuses and names each`() throws {
    let check = try Run("policy check sanya-2021")
    #expect(check.code == 0)
    let score = try Run("score --policy sanya-2021 --facts facts.json")
    #expect(score.code == 2)
    for id in ["cutoff-a", "cutoff-b", "cutoff-c", "draw-rate", "fund-grades", "fund-amount"] {
      #expect(score.err.contains("“\(id)”"))
      #expect((check.out + check.err).contains(id))
    }
  }

  @Test(arguments: ["shanghai-2015", "zhongyuan-2022"])
  func `a policy without a scheme is refused by score and says why`(id: String) throws {
    let run = try Run("score --policy \(id) --facts facts.json")
    #expect(run.code == 2)
    #expect(run.errLines.count == 2)
    #expect(run.err.contains("“\(id)”"))
  }

  @Test func `an item is shown with its clause, rule, inputs and readings`() throws {
    let out = try Run("policy show ankang-2022 --item 4").out
    for text in ["每降低1个百分点少计1分", "shortfall", "exchange_rate", "ledger.exchange.rate", "exchange-step", "附件4 指标4"] {
      #expect(out.contains(text), "\(text)")
    }
  }

  @Test(arguments: Repository.policies)
  func `a policy doesn't differ from itself`(id: String) throws {
    let run = try Run("policy diff \(id) \(id)")
    #expect(run.code == 0)
    #expect(run.out.isEmpty, "\(run.out)")
    #expect(run.err == "共 0 处不同。\n")
  }

  @Test func `a difference shows what it was and what it is`() throws {
    try Repository.withFolder { folder in
      try Changed.policy(
        "ankang-2022", in: folder,
        [("scheme.yaml", "{input: exchange_rate, atLeast: 10}", "{input: exchange_rate, atLeast: 12}")])
      let run = try Run("policy diff ankang-2022 next", in: folder)
      #expect(run.code == 0)
      #expect(run.outLines == ["~ items.4.rule.thresholds[0].atLeast  教师交流比例", "    10", "  → 12"])
      #expect(run.err == "共 1 处不同。\n")
    }
  }

  @Test func `what is new and what is gone is marked so`() throws {
    try Repository.withFolder { folder in
      try Changed.policy(
        "ankang-2022", in: folder, [("scheme.yaml", "  - id: major-incident\n", "  - id: grave-incident\n")])
      let run = try Run("policy diff ankang-2022 next", in: folder)
      #expect(run.outLines == ["+ vetoes.grave-incident  重大责任事件", "- vetoes.major-incident  重大责任事件"])
    }
  }
}
