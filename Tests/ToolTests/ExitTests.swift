import Documents
import Fixtures
import Foundation
import Testing

/// Exit codes, and a sentence with each refusal.
@Suite struct ExitTests {
  @Test(arguments: [
    "policy list", "policy show ankang-2022", "policy show ankang-2022 --item 4", "policy show shanghai-2015",
    "policy check ankang-2022", "policy diff sanya-2021 sanya-2021-illustrative", "demo --groups 2 --years 1",
  ])
  func `0 when done`(words: String) throws {
    let run = try Run(words)
    #expect(run.code == 0, "\(run.err)")
    #expect(!(run.out + run.err).isEmpty)
  }

  @Test(arguments: [
    "bogus", "policy bogus", "score", "score --policy ankang-2022",
    "score --policy ankang-2022 --facts f --format xml",
    "score --nope 1", "demo --groups 0", "demo --groups 1000001", "demo --years 0", "demo --years 21",
    "demo --seed minus", "sheet --policy ankang-2022 --facts f --group g1", "policy show", "results --year abc",
  ])
  func `64 when the command is written wrongly`(words: String) throws {
    let run = try Run(words)
    #expect(run.code == 64, "\(run.err)")
    #expect(run.out.isEmpty)
  }

  /// Commands that are refused, with what their sentence must name. `facts.json` is there.
  static let refusals: [(words: String, names: String)] = [
    ("score --policy nowhere --facts facts.json", "nowhere"),
    ("score --policy ankang-2022 --facts missing.json", "missing.json"),
    ("score --policy ankang-2022 --facts missing.xlsx", "missing.xlsx"),
    ("score --policy ankang-2022 --facts .", ".:1"),
    ("facts json --policy ankang-2022 --facts missing.xlsx", "missing.xlsx"),
    ("facts template --policy nowhere --out t.xlsx", "nowhere"),
    ("facts template --policy ankang-2022 --facts missing.json --out t.xlsx", "missing.json"),
    ("facts template --policy ankang-2022 --out no/such/t.xlsx", "no/such/t.xlsx"),
    ("results --policy ankang-2022 --facts facts.json --out no/such/r.xlsx", "no/such/r.xlsx"),
    ("results --policy ankang-2022 --facts facts.json --year 1999 --out r.xlsx", "1999"),
    ("sheet --policy ankang-2022 --facts facts.json --group g1 --out no/such/s.xlsx", "no/such/s.xlsx"),
    ("sheet --policy ankang-2022 --facts facts.json --group g1 --out .", "."),
    ("sheet --policy ankang-2022 --facts facts.json --group g999 --out s.xlsx", "g999"),
    ("sheet --policy ankang-2022 --facts facts.json --group g1 --year 1999 --out s.xlsx", "g1"),
    ("facts template --policy ankang-2022 --out facts.json", "facts.json"),
    ("results --policy ankang-2022 --facts facts.json --out ./facts.json", "facts.json"),
    ("sheet --policy ankang-2022 --facts facts.json --group g1 --out facts.json", "facts.json"),
    ("policy show nowhere", "nowhere"), ("policy show ankang-2022 --item 99", "99"),
    ("policy check nowhere.yaml", "nowhere.yaml"), ("policy diff ankang-2022 nowhere", "nowhere"),
    ("backtest --policy ankang-2022 --facts facts.json", "ankang-2022"),
    ("backtest --policy ankang-2022 --against nowhere --facts facts.json", "nowhere"),
    ("demo --policy sanya-2021", "sanya-2021"), ("demo --out facts.json", "facts.json"),
    ("demo --out facts.json/inside", "facts.json/inside"),
    ("score --policy sanya-2021 --facts facts.json", "cutoff-a"),
    ("score --policy shanghai-2015 --facts facts.json", "shanghai-2015"),
    ("facts template --policy zhongyuan-2022 --out t.xlsx", "zhongyuan-2022"),
  ]

  @Test(arguments: refusals)
  func `2 when refused, in a sentence that names what`(words: String, names: String) throws {
    try Demo.withFacts(Demo.small) { folder in
      let run = try Run(words, in: folder)
      #expect(run.isOrderly)
      #expect(run.code == 2, "\(run.err)")
      #expect(run.out.isEmpty)
      #expect(run.err.contains(names), "\(run.err)")
      #expect(run.err.hasChinese)
      for word in ["Error Domain", "Fatal", "NSCocoa"] { #expect(!run.err.contains(word), "\(run.err)") }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["facts.json"], "something was left")
      #expect(try String(contentsOfFile: folder + "/facts.json", encoding: .utf8) == Demo.small, "written over")
    }
  }

  /// One of each sentence; questions that a policy leaves open are told in its own language.
  static let sentences = refusals.filter { refusal in
    !["sanya-2021", "no/such/r", "no/such/s", "--out .", "/inside", "nowhere --facts", "nowhere --out"].contains {
      refusal.words.contains($0)
    }
  }

  @Test(arguments: sentences)
  func `a refusal is English where English is asked for`(words: String, names: String) throws {
    try Demo.withFacts(Demo.small) { folder in
      let run = try Run(words, in: folder, language: "en")
      #expect(run.code == 2)
      #expect(run.err.contains(names) && !run.err.hasChinese, "\(run.err)")
    }
  }

  @Test(arguments: ["nowhere", "ankang-2022"])
  func `a folder of policies that isn't there is said so`(id: String) throws {
    let run = try Run("policy show \(id) --policies /no/such/folder")
    #expect(run.code == 2)
    #expect(run.err.contains(id))
  }

  /// Files that aren't what their name says.
  static let spoilt: [(name: String, bytes: [UInt8])] = [
    ("facts.json", []), ("facts.json", Array("{\"years\": [".utf8)), ("facts.json", Array("[1, 2]".utf8)),
    ("facts.json", [0xFF, 0xFE, 0x00, 0x7B]), ("facts.json", Array(repeating: UInt8(ascii: "["), count: 200_000)),
    ("facts.json", Array("years: []".utf8)), ("facts.json", Array("{\"years\": 1e999999999}".utf8)),
    ("facts.xlsx", []), ("facts.xlsx", Array("PK\u{3}\u{4} and nothing else".utf8)),
    ("facts.xlsx", Array(repeating: 0x50, count: 5_000)),
  ]

  @Test(arguments: spoilt)
  func `a spoilt file is refused, never a crash`(name: String, bytes: [UInt8]) throws {
    try Repository.withFolder { folder in
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
      let run = try Run("score --policy ankang-2022 --facts \(name)", in: folder)
      #expect(run.isOrderly)
      #expect(run.code == 2)
      #expect(run.out.isEmpty)
      #expect(run.err.hasPrefix(name), "\(run.err)")
      #expect(run.err.count < 1_000)
    }
  }

  @Test func `a city is written into a new folder, the folders above it made`() throws {
    try Repository.withFolder { folder in
      let run = try Run("demo --groups 2 --years 1 --out a/b/c", in: folder)
      #expect(run.code == 0)
      #expect(FileManager.default.fileExists(atPath: folder + "/a/b/c/facts.json"))
      #expect(run.out.isEmpty && run.err.contains("a/b/c/facts.json"))
    }
  }
}
