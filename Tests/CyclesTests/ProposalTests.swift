import Cycles
import Fixtures
import Notation
import Policies
import Rules
import Scoring
import Testing

/// What the year's records say beside what people enter.
@Suite struct ProposalTests {
  static let path = "group/exchange_rate"

  func sheet(_ value: Fact) throws -> Sheet {
    var sheet = try Town("ankang-2022").sheet()
    sheet.proposals = ["4": [Self.path: Proposal(value: value, from: "ledger.exchange.rate", mayRise: false)]]
    return sheet
  }

  func mark(_ field: String, _ json: String) -> SheetMark {
    SheetMark(item: "4", field: field, value: json, version: 1, by: nil, at: Instant(milliseconds: 0))
  }

  @Test func `a proposal is no value until somebody enters it`() throws {
    let item = try #require(try sheet(.number(12)).state([])["4"])
    let field = try #require(item.fields.first { $0.path == Self.path })
    #expect(field.value == nil && field.proposal?.value == .number(12) && !field.isOverruled)
    #expect(item.line?.score == nil)
    #expect(!item.isDone)
    // It isn't called unfilled: it stands there, and waits for somebody's word.
    #expect(item.gaps.map(\.key) == ["cycles.gap.proposed", "cycles.gap.fact"])
  }

  @Test func `entered as it stands it is accepted, otherwise a reason is asked for, and both stand`() throws {
    let share = mark("group/backbone_share", "25")
    let accepted = try #require(try sheet(.number(12)).state([mark(Self.path, "12.0"), share])["4"])
    #expect(accepted.isDone && accepted.line?.score == 5)
    let overruled = try #require(try sheet(.number(12)).state([mark(Self.path, "9"), share])["4"])
    #expect(overruled.gaps.map(\.key) == ["cycles.gap.overruled"])
    #expect(overruled.line?.score == 4)
    let said = try #require(
      try sheet(.number(12)).state([mark(Self.path, "9"), share, mark(SheetMark.remark, "\"名册有误\"")])["4"])
    #expect(said.isDone)
    let field = try #require(said.fields.first { $0.path == Self.path })
    #expect(field.value == .number(9) && field.proposal?.value == .number(12) && field.isOverruled)
  }

  @Test func `lists agree in any order, levels without any may be left out`() {
    let awards = Proposal(
      value: .awards([.init(level: "city", kind: "a"), .init(level: "city", kind: "b")]), from: "x", mayRise: false)
    #expect(awards.agrees(with: .awards([.init(level: "city", kind: "b"), .init(level: "city", kind: "a")])))
    #expect(!awards.agrees(with: .awards([.init(level: "city", kind: "a"), .init(level: "city", kind: "a")])))
    let counts = Proposal(value: .counts(["city": 2, "national": 0]), from: "x", mayRise: false)
    #expect(counts.agrees(with: .counts(["city": 2])))
    #expect(!counts.agrees(with: .counts(["city": 2, "national": 1])))
  }

  @Test func `every input that says where it comes from is among the fields to fill`() throws {
    let fields = try Town("suizhou-2022").sheet().recordedFields
    #expect(
      fields.contains { $0.item == "C5" && $0.path.hasSuffix("/C5.1.value") && $0.from == "ledger.exchange.rate_all" })
    let base = fields.first { $0.item == "C16" && $0.path.hasSuffix("/base") }
    #expect(base?.with.number("year") == 2021)
  }
}
