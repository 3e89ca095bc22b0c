import Documents
import Fixtures
import Foundation
import Notation
import Testing

/// Next year's policy tried on last year's facts.
@Suite struct BacktestCommandTests {
  static let change = (
    file: "scheme.yaml", old: "{input: exchange_rate, atLeast: 10}", new: "{input: exchange_rate, atLeast: 12}"
  )

  struct Line {
    let total: String
    let item: String
    let rank: Int?
    /// What it brings, and what waits for a decision: a tie with somebody who moved is enough.
    let outcome: [String]
  }

  /// Totals and item scores by year and group.
  static func totals(_ policy: String, in folder: String) throws -> [String: Line] {
    let run = try Run("score --policy \(policy) --facts facts.json --format json", in: folder)
    let results = try JSON.read(Array(run.out.utf8), file: "r.json")["results"]?.list ?? []
    return results.reduce(into: [:]) { totals, result in
      let item = result["items"]?.list?.first { $0["id"]?.text == "4" }
      let outcome = ["consequences", "pending"].flatMap { key in
        (result[key]?.list ?? []).map { "\(key) \($0.text ?? "")" }
      }
      totals["\(result["year"]?.integer ?? 0) \(result["group"]?.text ?? "")"] = Line(
        total: result["total"]?.text ?? "", item: item?["score"]?.text ?? "", rank: result["rank"]?.integer,
        outcome: outcome)
    }
  }

  @Test func `shows who moves, from what to what, and by which item`() throws {
    try Demo.withFacts { folder in
      try Changed.policy("ankang-2022", in: folder, [Self.change])
      let run = try Run("backtest --policy next --against ankang-2022 --facts facts.json", in: folder)
      #expect(run.code == 0)
      let old = try Self.totals("ankang-2022", in: folder)
      let new = try Self.totals("next", in: folder)
      let byItem = old.filter { new[$0.key]?.item != $0.value.item }
      let moved = old.filter { key, before in
        new[key]?.total != before.total || new[key]?.rank != before.rank || new[key]?.outcome != before.outcome
      }
      #expect(byItem.count > 10 && byItem.count < old.count)
      #expect(run.outLines.count { $0.hasPrefix("    第 4 项 教师交流比例：") } == byItem.count)
      #expect(run.outLines.count { $0.hasPrefix("    第 ") } == byItem.count)
      #expect(run.outLines.count { $0.hasPrefix("202") } == moved.count)
      for (key, before) in byItem {
        let now = try #require(new[key])
        #expect(run.outLines.contains("    第 4 项 教师交流比例：\(before.item) → \(now.item)"))
        #expect(run.outLines.contains("    总分 \(before.total) → \(now.total)"))
      }
      #expect(run.outLines.last?.hasPrefix("共 \(old.count) 份结果，\(moved.count) 份有变动：") == true)
    }
  }

  @Test func `finds the policy before by what it was`() throws {
    try Demo.withFacts { folder in
      try Changed.policy(
        "ankang-2022", in: folder,
        [Self.change, ("policy.yaml", "policy: ankang-2022\n", "policy: ankang-2023\nwas: ankang-2022\n")])
      let named = try Run("backtest --policy next --against ankang-2022 --facts facts.json", in: folder)
      let found = try Run("backtest --policy next --facts facts.json", in: folder)
      #expect(found.code == 0)
      #expect(found.out == named.out)
    }
  }

  @Test func `nobody moves from a policy to itself`() throws {
    let run = try Demo.withFacts {
      try Run("backtest --policy ankang-2022 --against ankang-2022 --facts facts.json", in: $0)
    }
    #expect(run.out == "共 92 份结果，0 份有变动：等次变动 0，名次变动 0，结果运用变动 0。\n")
  }

  @Test func `facts the new policy no longer asks for are left aside and named`() throws {
    try Demo.withFacts { folder in
      try Changed.policy("ankang-2022", in: folder, [("scheme.yaml", "- id: \"18\"\n", "- id: \"19\"\n")])
      let run = try Run("backtest --policy next --against ankang-2022 --facts facts.json", in: folder)
      #expect(run.code == 0, "\(run.err)")
      #expect(run.errLines.first == "新办法不再需要或不认识下列 92 处数据，已略去：")
      #expect(run.errLines.dropFirst().allSatisfy { $0.contains("“18”") })
    }
  }

  @Test func `is English where English is asked for, but for what the policy says`() throws {
    let run = try Demo.withFacts {
      try Run("backtest --policy ankang-2022 --against ankang-2022 --facts facts.json", in: $0, language: "en")
    }
    #expect(run.code == 0 && !run.out.isEmpty && !run.out.hasChinese)
  }
}
