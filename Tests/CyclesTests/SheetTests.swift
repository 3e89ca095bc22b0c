import Cycles
import Documents
import Fixtures
import Notation
import Policies
import Rules
import Scoring
import Testing

/// A sheet at self-evaluation: the marks are the facts.
@Suite struct SheetTests {
  @Test(arguments: Town.ids)
  func `marks that say what is true score as the facts do`(id: String) throws {
    let town = try Town(id)
    for index in town.facts.indices {
      let state = town.sheet(index).state(town.truth(index))
      let card = town.card(index)
      #expect(state.card.lines.map(\.score) == card.lines.map(\.score))
      #expect(state.card.total == card.total && state.card.bonus == card.bonus)
      #expect(state.canSubmit && state.done == state.count, "\(state.gaps)")
      #expect(state.items.map(\.item.id) == (card.lines + card.bonusLines).map(\.item.id))
    }
  }

  @Test(arguments: Town.ids)
  func `what a submission freezes is a facts file without a problem that scores the same`(id: String) throws {
    let town = try Town(id)
    let state = town.sheet().state(town.truth())
    var text = ""
    FactsJSON { text += $0 }.write(FactYears(years: [FactYear(year: Town.year, groups: [state.facts])]))
    let (read, problems) = FactsReader.read(try JSON.read(Array(text.utf8), file: "facts.json"), for: town.policy)
    #expect(problems == [])
    let group = try #require(read.years.first?.groups.first)
    let again = Scorer(policy: town.policy).card(group, year: Town.year, peers: town.sheet().peers).card
    #expect(again.lines.map(\.score) == state.card.lines.map(\.score))
    #expect(again.total == state.card.total)
  }

  @Test(arguments: Town.ids)
  func `every field is found again by its path, in the item and among facts`(id: String) throws {
    let town = try Town(id)
    let state = town.sheet().state(town.truth())
    for item in state.items {
      for field in item.fields {
        #expect(item.item.need(of: field.input)?.name == field.need.name, "\(field.path)")
        #expect(field.fact(in: state.facts.items[item.item.id]) == field.value, "\(field.path)")
      }
    }
  }

  @Test(arguments: Town.ids)
  func `an empty sheet scores nothing and names what is missing, item by item`(id: String) throws {
    let town = try Town(id)
    let state = town.sheet().state([])
    #expect(!state.canSubmit && state.done == 0)
    #expect(state.count == state.card.lines.count)
    #expect(state.card.lines.allSatisfy { $0.score == nil } && state.card.base == .zero)
    for item in state.items where !item.item.isBonus { #expect(!item.gaps.isEmpty, "\(item.item.id)") }
    for item in state.items where item.item.isBonus { #expect(item.gaps.isEmpty, "\(item.item.id)") }
    #expect(state.items.allSatisfy { $0.choice == nil })
  }

  @Test(arguments: Town.ids)
  func `one item alone says what the whole sheet says of it`(id: String) throws {
    let town = try Town(id)
    let whole = town.sheet().state(town.truth())
    for item in whole.items {
      let alone = town.sheet().state(town.truth(), only: item.item.id)
      #expect(alone.items.count == 1 && alone.items[0].line?.score == item.line?.score)
    }
  }

  func field(_ value: String?) throws -> SheetItem {
    let town = try Town("ankang-2022")
    let marks = [
      Marks.mark("4", "group/exchange_rate", value), Marks.mark("4", "group/backbone_share", "25"),
    ]
    return try #require(town.sheet().state(marks)["4"])
  }

  @Test(arguments: [
    ("\"many\"", "problem.fact.type"), ("120", "problem.fact.range.percent"), ("[1]", "problem.fact.type"),
    ("8.", "problem.json.number"), ("{", "problem.json.key"),
  ])
  func `a value that can't be used is kept, shown as a problem, and doesn't score`(value: String, key: String) throws {
    let item = try field(value)
    let field = try #require(item.fields.first { $0.path == "group/exchange_rate" })
    #expect(field.problems.map(\.what.key) == [key] || field.problems.first?.what.key.hasPrefix("problem.json") == true)
    #expect(field.mark?.value == value && field.value == nil)
    #expect(item.line?.score == nil)
    #expect(item.gaps.map(\.key) == ["cycles.gap.problem"])
  }

  @Test func `a value taken back and a null are both missing`() throws {
    for value in [nil, "null"] {
      let item = try field(value)
      #expect(item.line?.missing == ["4/group/exchange_rate"])
      #expect(item.gaps.map(\.key) == ["cycles.gap.fact"])
    }
    #expect(try field("8.4").line?.score == .decimal("3.4"))
  }

  @Test func `fields tell the part, the school and the input they ask for`() throws {
    let town = try Town("ankang-2022")
    let state = town.sheet().state([])
    let parts = try #require(state["2"]).fields
    #expect(parts.map(\.path).prefix(2) == ["group/development_plan.met", "group/annual_goals.met"])
    #expect(parts.first?.description?.title == "已制定集团发展规划")
    let schools = try #require(state["11"]).fields
    #expect(schools.map(\.subject) == town.participants[0].schools.map(\.id.description))
  }

  static let tiers = Written.policy(
    """
    policy: example
    title: 示例
    scheme:
      total: 10
      indicators:
        - {id: all, title: 全部, points: 10, items: [{id: a, title: 获奖, points: 10, rule: {kind: tiers, tiers: {city: 2, district: 1}}, source: 一}]}
    bonus:
      items: [{id: extra, title: 加分, points: 3, rule: {kind: tiers, tiers: {city: 2}, take: highest}, source: 二}]
    """)

  func tiers(_ marks: [SheetMark], base: GroupFacts? = nil) -> SheetState {
    let group = GroupFacts(
      id: "1", name: nil, formed: nil, schools: [],
      context: GroupContext(form: nil, district: nil, members: nil, schools: nil, monthsSinceFormed: nil))
    return Sheet(policy: Self.tiers, year: 2022, group: group, base: base).state(marks)
  }

  @Test func `awards told one by one and as counts are one too many`() throws {
    let awards = Marks.mark("a", "group/awards", "[{\"level\": \"city\"}]")
    let counts = Marks.mark("a", "group/counts", "{\"city\": 2}")
    #expect(tiers([awards])["a"]?.line?.score == 2)
    #expect(tiers([counts])["a"]?.line?.score == 4)
    let both = tiers([awards, counts])
    #expect(both["a"]?.line?.score == nil)
    #expect(both["a"]?.problems.first?.what.key == "problem.fact.awardsAndCounts")
    #expect(tiers([awards, Marks.mark("a", "group/counts", nil)])["a"]?.line?.score == 2)
    // Whoever corrects one way of telling replaces the other.
    let base = tiers([awards]).facts
    #expect(tiers([Marks.choice("a", .correct), counts, Marks.remark("a", "核减")], base: base)["a"]?.line?.score == 4)
  }

  @Test func `a bonus item is claimed by a fact or by an empty claim, and a claim that lacks a fact is incomplete`() {
    let claim = Marks.mark("extra", "group", "{}")
    #expect(tiers([]).items.last?.gaps == [] && tiers([]).card.bonus == .zero)
    let empty = tiers([claim])
    #expect(empty.card.incomplete == ["extra/group/awards"] && empty["extra"]?.isDone == false)
    #expect(empty.count == 2)
    let full = tiers([claim, Marks.mark("extra", "group/awards", "[{\"level\": \"city\"}]")])
    #expect(full.card.bonus == 2 && full["extra"]?.isDone == true)
    #expect(full.facts.bonusItems == ["extra"])
  }

  @Test func `what the register lacks is named and doesn't keep a sheet from being submitted`() throws {
    let policy = try Town.policy("ankang-2022")
    let alone = Participant(
      group: ID(1), name: "独校", form: "integrated", formed: Day("2018-09-01"), district: ID(2), districtName: "汉滨区",
      schools: [Participant.School(id: ID(3), name: "一小", isLead: true, pupils: 900)])
    let town = try Town("ankang-2022")
    let sheet = Sheet(policy: policy, year: 2022, group: alone.facts(year: 2022, policy: policy), base: nil)
    let item = try #require(sheet.state(town.truth())["8"])
    #expect(item.lacks.map(\.key) == ["cycles.lack.members"] && item.gaps.isEmpty)
    #expect(item.line?.score == nil)
  }

  @Test func `what somebody else gives stays open on the schools' own sheet, and is given at the next`() throws {
    let town = try Town("suizhou-2022")
    var own = town.sheet()
    own.isOfSchools = true
    let marks = town.truth().filter { $0.item != "C20" }
    let handedIn = own.state(marks)
    let left = try #require(handedIn["C20"])
    #expect(left.gaps.isEmpty && left.isLeft && left.line?.score == nil && left.fields.allSatisfy(\.isLeft))
    // The county accepts nothing there: it gives the value, and explains no correction.
    let next = town.sheet(base: handedIn.facts)
    let accepted = next.state([Marks.mark("C20", SheetMark.choice, "\"accept\"")])
    #expect(accepted["C20"]?.gaps.first?.key == "cycles.gap.fact")
    let given = next.state(
      [Marks.mark("C20", SheetMark.choice, "\"correct\"")] + town.truth().filter { $0.item == "C20" })
    #expect(given["C20"]?.gaps == [] && given["C20"]?.line?.score != nil)
  }
}
