import Documents
import Fixtures
import Foundation
import Notation
import Testing

/// From facts to results on the command line.
@Suite struct ScoreCommandTests {
  /// The JSON blocks of the page on the format.
  static let blocks: [String] = Repository.text("docs/policy-format.md").components(separatedBy: "```json\n")
    .dropFirst().compactMap { $0.components(separatedBy: "```").first }

  static func json(_ text: String) throws -> Node { try JSON.read(Array(text.utf8), file: "text.json") }

  /// What a result looks like: its keys in order, and what stands under each.
  static func shape(_ node: Node?) -> String {
    guard let node else { return "nothing" }
    if let map = node.map { return "{\(map.map { "\($0.key): \(shape($0.value))" }.joined(separator: ", "))}" }
    if node.list != nil { return "list" }
    if let text = node.text { return text.contains(#/^-?[0-9]+\.[0-9]{2}$/#) ? "0.00" : "text" }
    return node.number != nil ? "number" : node.boolean != nil ? "truth" : "null"
  }

  @Test func `a result has the keys of the page on the format, in its order`() throws {
    let wanted = try Self.json(try #require(Self.blocks.first { $0.contains("\"results\"") }))
    let run = try Demo.withFacts { try Run("score --policy ankang-2022 --facts facts.json --format json", in: $0) }
    #expect(run.code == 0)
    #expect(run.err.isEmpty)
    let found = try Self.json(run.out)
    #expect(found.map?.map(\.key) == wanted.map?.map(\.key))
    let model = try #require(wanted["results"]?.list?.first)
    let results = try #require(found["results"]?.list)
    #expect(results.count == 92)
    let ofFirstYear = Self.shape(model)
    let ofLater = ofFirstYear.replacing("rankChange: null", with: "rankChange: number")
    for result in results {
      let shape = Self.shape(result)
      #expect(shape == (result["year"]?.integer == 2023 ? ofFirstYear : ofLater))
      for item in result["items"]?.list ?? [] {
        #expect(Self.shape(item) == "{id: text, points: 0.00, score: 0.00, explanation: text}")
      }
    }
  }

  @Test func `the facts of the page on the format are scored, and what they lack is named`() throws {
    let facts = try #require(Self.blocks.first { $0.contains("\"years\"") })
    let run = try Repository.withFolder { folder in
      try facts.write(toFile: folder + "/facts.json", atomically: true, encoding: .utf8)
      return try Run("score --policy ankang-2022 --facts facts.json --format json", in: folder)
    }
    #expect(run.code == 0, "\(run.err)")
    let result = try #require(try Self.json(run.out)["results"]?.list?.first)
    // The veto's grade doesn't wait for the sheet; the rank does.
    #expect(result["vetoes"]?.texts() == ["major-incident"])
    #expect(result["grade"]?.text == "不合格" && Self.shape(result["rank"]) == "null")
    let missing = try #require(result["unscored"]?.texts())
    #expect(missing.first == "1/group/lacking" && !missing.contains { $0.hasPrefix("4/") })
    let items = try #require(result["items"]?.list)
    #expect(items.map { $0["id"]?.text } == (1...18).map(String.init) + ["publicity"])
    #expect(items[0]["score"].map(Self.shape) == "null")
    #expect(items[3]["score"]?.text == "3.50")
  }

  @Test func `the table has one line for each group of each year, best first`() throws {
    let run = try Demo.withFacts { try Run("score --policy ankang-2022 --facts facts.json", in: $0) }
    #expect(run.outLines[0] == "安康中心城区教育集团化办学改革考核评价办法（试行）（施行）")
    let years = run.out.drop { $0 != "\n" }.dropFirst().components(separatedBy: "\n\n").map {
      $0.split(separator: "\n").map(String.init)
    }
    #expect(years.count == 2)
    for (lines, year) in zip(years, [2023, 2024]) {
      #expect(lines[0] == "\(year - 1)—\(year)")
      #expect(
        lines[1].split(separator: " ") == ["名次", "集团", "类型", "基础分", "加分", "总分", "等次", "升降", "结果运用"])
      #expect(lines[2].allSatisfy { "─ ".contains($0) })
      #expect(lines.count == 3 + 46)
      let ranks = lines.dropFirst(3).compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
      #expect(ranks == ranks.sorted() && ranks.first == 1)
    }
  }

  @Test func `one year can be asked for, told as it is among all`() throws {
    try Demo.withFacts { folder in
      let words = "score --policy ankang-2022 --facts facts.json"
      let all = try Run(words, in: folder)
      let one = try Run(words + " --year 2024", in: folder)
      #expect(one.code == 0 && !one.out.isEmpty)
      #expect(all.outLines[0] == one.outLines[0])
      #expect(all.out.hasSuffix(one.out.drop { $0 != "\n" }))
      let json = try Self.json(try Run(words + " --year 2023 --format json", in: folder).out)
      #expect(json["results"]?.list?.count == 46)
      #expect(json["results"]?.list?.allSatisfy { $0["year"]?.integer == 2023 } == true)
      #expect(try Run(words + " --year 1999", in: folder).code == 2)
    }
  }

  @Test func `table and JSON agree`() throws {
    try Demo.withFacts { folder in
      let table = try Run("score --policy ankang-2022 --facts facts.json --format table", in: folder)
      let json = try Self.json(try Run("score --policy ankang-2022 --facts facts.json --format json", in: folder).out)
      let last = (json["results"]?.list ?? []).filter { $0["year"]?.integer == 2024 }
      let lines = table.outLines.suffix(46)
      for result in last {
        let rank = try #require(result["rank"]?.integer)
        let total = try #require(result["total"]?.text)
        #expect(lines.contains { " \($0)".contains(" \(rank) ") && $0.contains(" \(total) ") })
      }
    }
  }

  @Test func `the same facts in a workbook give the same bytes`() throws {
    try Demo.withFacts { folder in
      let facts = "--policy ankang-2022 --facts"
      #expect(try Run("facts template \(facts) facts.json --out facts.xlsx", in: folder).code == 0)
      let json = try Run("score \(facts) facts.json --format json", in: folder)
      let book = try Run("score \(facts) facts.xlsx --format json", in: folder)
      #expect(json.code == 0 && book.out == json.out)
      let back = try Run("facts json \(facts) facts.xlsx", in: folder)
      #expect(back.out == Demo.facts)
    }
  }

  @Test func `all errors of the facts are told at once, with line and count, and nothing is scored`() throws {
    let facts = """
      {"years": [{"year": 2022, "groups": [
        {"id": "g1", "form": "loose", "schools": [{"id": "s1", "role": "lead"}],
         "facts": {"4": {"group": {"exchange_rate": 108, "backbone": 3}},
                   "11": {"s1": {"level": "优"}},
                   "99": {"group": {}}},
         "vetoes": ["late"]},
        {"id": "g1", "form": "integrated", "schools": [{"id": "s1", "role": "boss"}]}]}]}
      """
    let run = try Repository.withFolder { folder in
      try facts.write(toFile: folder + "/facts.json", atomically: true, encoding: .utf8)
      return try Run("score --policy ankang-2022 --facts facts.json", in: folder)
    }
    #expect(run.code == 2)
    #expect(run.out.isEmpty)
    for (line, word) in [
      (2, "loose"), (3, "108"), (3, "backbone"), (4, "优"), (5, "99"), (6, "late"), (7, "boss"), (7, "g1"),
    ] {
      let isTold = run.errLines.contains { $0.hasPrefix("facts.json:\(line): ") && $0.contains(word) }
      #expect(isTold, "\(word)\n\(run.err)")
    }
    let problems = run.errLines.count { $0.hasPrefix("facts.json:") }
    #expect(run.errLines.last == "数据有 \(problems) 处问题，没有计分。请按上面的位置改正后重试。")
  }

  @Test func `errors of a workbook name sheet and cell on the command line too`() throws {
    let facts = """
      {"years": [{"year": 2022, "groups": [{"id": "g1", "form": "integrated", "schools": [{"id": "s1", "role": "lead"}]}]}]}
      """
    let run = try Repository.withFolder { folder in
      try facts.write(toFile: folder + "/facts.json", atomically: true, encoding: .utf8)
      _ = try Run("facts template --policy ankang-2022 --facts facts.json --out facts.xlsx", in: folder)
      return try Run("score --policy suizhou-2022 --facts facts.xlsx", in: folder)
    }
    #expect(run.code == 2)
    #expect(run.err.contains("facts.xlsx 填写说明!B2: 这份表格是为办法“ankang-2022”制作的，不是“suizhou-2022”"))
  }

  @Test(arguments: ["score --policy ankang-2022 --facts facts.json", "policy list", "policy show ankang-2022"])
  func `there are no colour codes where nobody sees colours`(words: String) throws {
    let run = try Demo.withFacts(Demo.small) { try Run(words, in: $0) }
    #expect(run.code == 0)
    #expect(!run.out.contains("\u{1B}") && !run.err.contains("\u{1B}"))
  }

  @Test func `a file that is there is written over as a template only by force`() throws {
    try Demo.withFacts(Demo.small) { folder in
      let words = "facts template --policy ankang-2022 --out t.xlsx"
      func bytes() -> Data? { FileManager.default.contents(atPath: folder + "/t.xlsx") }
      #expect(try Run(words + " --facts facts.json", in: folder).code == 0)
      let filled = bytes()
      let refused = try Run(words, in: folder)
      #expect(refused.code == 2 && refused.err.contains("t.xlsx") && refused.err.contains("--force"))
      #expect(bytes() == filled)
      #expect(try Run(words + " --force", in: folder).code == 0)
      #expect(bytes() != filled)
    }
  }

  @Test func `results and sheets are written and said so`() throws {
    try Demo.withFacts(Demo.small) { folder in
      let commands = [
        "results --out r.xlsx", "sheet --group g2 --out s.xlsx", "sheet --group g2 --year 2024 --out t.xlsx",
      ]
      for words in commands {
        let run = try Run(words + " --policy ankang-2022 --facts facts.json", in: folder)
        #expect(run.code == 0 && run.out.isEmpty)
        #expect(run.err.contains(".xlsx"))
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(names == ["facts.json", "r.xlsx", "s.xlsx", "t.xlsx"])
    }
  }

  @Test func `what can hardly be meant is noted, and scored all the same`() throws {
    let facts = """
      {"years": [{"year": 2022, "groups": [
        {"id": "g1", "form": "integrated", "schools": [{"id": "s1", "role": "lead"}],
         "facts": {"13": {"group": {"school_brands": {"done": 9, "required": 4}}}}}]}]}
      """
    let run = try Repository.withFolder { folder in
      try facts.write(toFile: folder + "/facts.json", atomically: true, encoding: .utf8)
      return try Run("score --policy ankang-2022 --facts facts.json", in: folder)
    }
    #expect(run.code == 0)
    #expect(run.err.contains("13.group.school_brands.done：完成数 9 大于应完成数 4，核对后再提交。"), "\(run.err)")
  }
}
