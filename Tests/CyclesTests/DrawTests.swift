import Cycles
import Fixtures
import Foundation
import Notation
import Policies
import Testing

@Suite struct DrawTests {
  /// The script that docs/draw.md prints.
  static let script: String = {
    let page = Repository.text("docs/draw.md")
    guard let from = page.firstRange(of: "```python\n"), let to = page[from.upperBound...].firstRange(of: "```") else {
      return ""
    }
    return String(page[from.upperBound..<to.lowerBound])
  }()

  /// What the script prints of a draw.
  func replayed(_ frame: [Draw.Entry], seed: String, _ kind: String, _ size: String) throws -> [String] {
    try Repository.withFolder { folder in
      try Repository.writeFile(Self.script, at: folder + "/draw.py")
      try Repository.writeFile(Draw.text(of: frame), at: folder + "/frame.txt")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["python3", folder + "/draw.py", folder + "/frame.txt", seed, kind, size]
      let pipe = Pipe()
      process.standardOutput = pipe
      try Programs.start(process)
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
  }

  static func frame(_ count: Int, seed: UInt64) -> [Draw.Entry] {
    var random = Seeded(seed)
    let strata = ["吉阳区/学区化办学", "吉阳区/集团化办学", "崖州区/学区化办学", "Ä", "A", "𠮷野区"]
    return (0..<count).map { index in
      Draw.Entry(id: String(7_300_000_000_000 + index * 37), stratum: strata[Int(random.next() % 6)])
    }.shuffled(using: &random)
  }

  @Test(arguments: [
    ("percent", "30", 25, "052714233108"), ("percent", "33.4", 60, "0007"), ("count", "2", 25, "0"),
    ("percent", "100", 9, "31415926"), ("percent", "0.5", 40, "2718"),
  ])
  func `the published script draws the same`(kind: String, size: String, count: Int, seed: String) throws {
    let frame = Self.frame(count, seed: UInt64(count))
    let wanted = try #require(Exact(decimal: size))
    let choice = Draw.choose(
      frame: frame, seed: seed, size: kind == "percent" ? .percent(wanted) : .count(wanted.integer ?? 0))
    #expect(try replayed(frame, seed: seed, kind, size) == [Draw.hash(of: frame)] + choice)
  }

  @Test func `one number has one spelling, and nothing but its digits counts`() throws {
    for typed in [
      "052714233108", "05 27 14 23 31 08", "05,27,14,23,31,08", " 05，27、14 ２３\t31 08\n", "05\u{3000}2714233108",
    ] {
      #expect(DrawTerms.seed(typed, digits: 12) == "052714233108", "\(typed)")
    }
    for typed in [
      "", "05271423310", "0527142331089", "05271423310a", "05-27-14-23-31-08", "05.2714233108", "0٣2714233108",
    ] {
      #expect(DrawTerms.seed(typed, digits: 12) == nil, "\(typed)")
    }
    let frame = Self.frame(25, seed: 25)
    let plain = try replayed(frame, seed: "052714233108", "percent", "30")
    #expect(try replayed(frame, seed: "05 27,14 23 31 08", "percent", "30") == plain)
  }

  @Test func `an announcement says how many digits the seed has`() {
    let frame = DrawFrame(Self.frame(3, seed: 1))
    func faults(_ digits: Int?) -> [String] {
      DrawTerms.faults(source: "s", digits: digits, day: Day("2027-01-02"), frame: frame, at: .at("2027-01-01")).map(
        \.key)
    }
    #expect(faults(14) == [] && faults(4) == [] && faults(60) == [])
    for digits in [nil, 0, -1, 3, 61, .max] { #expect(faults(digits) == ["draw.fault.digits"]) }
  }

  @Test func `the script is short enough to be read`() {
    #expect((8...12).contains(Self.script.split(separator: "\n").count))
  }

  @Test func `neither the order of the frame nor the other strata matter`() {
    var random = Seeded(5)
    let frame = Self.frame(40, seed: 4)
    let choice = Draw.choose(frame: frame, seed: "s", size: .percent(30))
    let other = frame.shuffled(using: &random)
    #expect(Draw.choose(frame: other, seed: "s", size: .percent(30)) == choice)
    #expect(Draw.hash(of: other) == Draw.hash(of: frame))
    let alone = frame.filter { $0.stratum == "A" }
    #expect(
      Draw.choose(frame: alone, seed: "s", size: .percent(30)) == choice.filter { id in alone.contains { $0.id == id } }
    )
    #expect(Draw.choose(frame: frame, seed: "t", size: .percent(30)) != choice)
  }

  @Test func `of every stratum the share is rounded up, and at least one`() {
    #expect((1...10).map { Draw.share(of: $0, .percent(30)) } == [1, 1, 1, 2, 2, 2, 3, 3, 3, 3])
    #expect(Draw.share(of: 3, .percent(.decimal("0.1"))) == 1)
    #expect(Draw.share(of: 0, .percent(30)) == 0)
    #expect(Draw.share(of: 3, .count(5)) == 3 && Draw.share(of: 3, .count(2)) == 2)
    #expect(Draw.share(of: 3, .percent(250)) == 3 && Draw.share(of: 3, .count(-1)) == 0)
  }

  @Test func `everybody in a stratum is drawn about as often`() {
    let frame = (1...10).map { Draw.Entry(id: "\($0)", stratum: "all") }
    var times: [String: Int] = [:]
    for seed in 0..<1000 {
      for id in Draw.choose(frame: frame, seed: "\(seed)", size: .percent(30)) { times[id, default: 0] += 1 }
    }
    #expect(times.values.allSatisfy { (240...360).contains($0) } && times.count == 10)
  }

  @Test func `names can't make two frames look alike`() {
    let entry = Draw.Entry(id: "1", stratum: "a\tb\n2\tc\r\nd")
    #expect(entry.stratum == "a b 2 c d")
    #expect(Draw.text(of: [entry]) == "1\ta b 2 c d\n")
  }

  @Test func `strata are those the policy names, in its order`() throws {
    let stages = CycleStage.all(of: try Town.policy("sanya-2021-illustrative"), year: 2022)
    let review = try #require(stages.first { $0.draw != nil })
    #expect(review.draw?.size == .percent(30) && review.draw?.strata == [.district, .form])
    let group = try Town("sanya-2021-illustrative").participants[0]
    #expect(Draw.Entry(group, at: review).stratum == "\(group.districtName)/\(group.form ?? "")")
    #expect(Draw.stratum(form: "a", district: "b", by: []) == "all")
    #expect(Draw.stratum(form: nil, district: "b", by: [.form, .district]) == "/b")
  }
}
