import Cycles
import Fixtures
import Notation
import Policies
import Rules
import Scoring
import Testing

/// A sheet of an evaluation: marks laid over what the stage before recorded.
@Suite struct ReviewTests {
  let town: Town

  init() throws { town = try Town("ankang-2022") }

  var base: GroupFacts { town.sheet().state(town.truth()).facts }

  func state(_ marks: [SheetMark]) -> SheetState { town.sheet(base: base).state(marks) }

  func acceptAll(but item: String? = nil) -> [SheetMark] {
    town.policy.allItems.filter { $0.id != item }.map { Marks.choice($0.id, .accept) }
  }

  @Test func `an item without a choice is unscored though the stage before recorded it`() {
    let state = state([])
    #expect(state.card.lines.allSatisfy { $0.score == nil })
    #expect(state.items.filter { !$0.item.isBonus }.allSatisfy { $0.gaps.map(\.key) == ["cycles.gap.choice"] })
    #expect(state.done == 0)
    #expect(self.state([Marks.choice("4", .open)])["4"]?.gaps.map(\.key) == ["cycles.gap.choice"])
  }

  @Test(arguments: Town.ids)
  func `accepting everything scores as the stage before did`(id: String) throws {
    let town = try Town(id)
    for index in town.facts.indices {
      let base = town.sheet(index).state(town.truth(index))
      let state = town.sheet(index, base: base.facts).state(
        town.policy.allItems.map { Marks.choice($0.id, .accept) })
      #expect(state.card.lines.map(\.score) == base.card.lines.map(\.score))
      #expect(state.card.total == base.card.total && state.canSubmit)
      #expect(state.items.allSatisfy { $0.fields.allSatisfy { !$0.isChanged } })
    }
  }

  @Test func `a correction counts, and asks for its reason`() throws {
    let rate = Marks.mark("4", "group/exchange_rate", "7.5")
    let share = Marks.mark("4", "group/backbone_share", "20")
    let marks = acceptAll(but: "4") + [Marks.choice("4", .correct), rate, share]
    let silent = state(marks)
    let item = try #require(silent["4"])
    #expect(item.line?.score == .decimal("2.5"))
    #expect(item.gaps.map(\.key) == ["cycles.gap.reason"] && !silent.canSubmit)
    #expect(item.fields.first { $0.path == rate.field }?.isChanged == true)
    #expect(state(marks + [Marks.remark("4", "  \n")])["4"]?.gaps.map(\.key) == ["cycles.gap.reason"])
    #expect(state(marks + [Marks.remark("4", "4人交流期不足")]).canSubmit)
  }

  @Test func `a correction that changes nothing is none`() throws {
    #expect(state([Marks.choice("4", .correct)])["4"]?.gaps.map(\.key) == ["cycles.gap.unchanged"])
    let said = state([Marks.choice("4", .correct), Marks.remark("4", "另有所见")])
    #expect(said["4"]?.gaps.map(\.key) == ["cycles.gap.unchanged"])
    let same = try #require(base.items["4"]?["group"]?.number("exchange_rate"))
    let marks = [Marks.choice("4", .correct), Marks.mark("4", "group/exchange_rate", same.decimalText)]
    #expect(state(marks)["4"]?.gaps.map(\.key) == ["cycles.gap.unchanged"])
    let wrong = [Marks.choice("4", .correct), Marks.mark("4", "group/exchange_rate", "\"很多\"")]
    #expect(state(wrong)["4"]?.gaps.contains(Message("cycles.gap.unchanged")) == false)
  }

  @Test func `accepting sets corrections aside without losing them`() throws {
    let mark = Marks.mark("4", "group/exchange_rate", "1")
    let item = try #require(state([Marks.choice("4", .accept), mark])["4"])
    let field = try #require(item.fields.first { $0.path == mark.field })
    #expect(field.mark == mark && field.value == field.base && !field.isChanged)
    #expect(item.line?.score == town.card().lines.first { $0.item.id == "4" }?.score)
  }

  @Test func `a value taken back falls to what was recorded, a null leaves nothing`() throws {
    let kept = try #require(state([Marks.choice("4", .correct), Marks.mark("4", "group/exchange_rate", nil)])["4"])
    #expect(kept.gaps.map(\.key) == ["cycles.gap.unchanged"] && kept.line?.score != nil)
    let gone = try #require(
      state([Marks.choice("4", .correct), Marks.mark("4", "group/exchange_rate", "null"), Marks.remark("4", "无据")])["4"]
    )
    #expect(gone.line?.missing == ["4/group/exchange_rate"] && gone.gaps.map(\.key) == ["cycles.gap.fact"])
  }

  @Test func `a bonus claim of the stage before needs somebody's word, and may be withdrawn`() throws {
    let claimed = town.sheet().state(
      town.truth().filter { $0.item != "publicity" }
        + [Marks.mark("publicity", "group/awards", "[{\"level\": \"national\", \"kind\": \"media\"}]")])
    let sheet = town.sheet(base: claimed.facts)
    let silent = sheet.state(acceptAll(but: "publicity"))
    #expect(silent.gaps.map(\.item) == ["publicity"] && silent.card.bonus == .zero)
    #expect(sheet.state(acceptAll()).card.bonus == 3)
    let withdrawn = sheet.state(
      acceptAll(but: "publicity") + [
        Marks.choice("publicity", .correct), Marks.mark("publicity", "group", "null"), Marks.remark("publicity", "不实"),
      ])
    #expect(withdrawn.card.bonus == .zero && withdrawn.canSubmit && withdrawn.facts.items["publicity"] == nil)
    let lacking = sheet.state(
      acceptAll(but: "publicity") + [Marks.choice("publicity", .correct), Marks.mark("publicity", "group", "null")])
    #expect(lacking["publicity"]?.gaps.map(\.key) == ["cycles.gap.reason"])
  }

  @Test func `where nothing was submitted before, the marks are the facts`() {
    let state = town.sheet().state(town.truth())
    #expect(state.canSubmit && state.items.allSatisfy { $0.choice == nil })
  }

  @Test func `a member's sheet asks for that school alone`() throws {
    let town = try Town("suizhou-2022")
    let member = try #require(town.participants[0].members.first)
    let base = town.sheet().state(town.truth()).facts
    let sheet = town.sheet(base: base, school: member.id)
    let state = sheet.state(town.policy.allItems.map { Marks.choice($0.id, .accept) })
    #expect(!state.items.isEmpty && state.canSubmit)
    #expect(state.items.allSatisfy { $0.item.of == .members || $0.item.of == .schools })
    #expect(state.items.allSatisfy { $0.fields.allSatisfy { $0.subject == member.id.description } })
    let subjects = Set(state.facts.items.values.flatMap(\.keys))
    #expect(subjects == [member.id.description])
    #expect(state.card.lines.allSatisfy { $0.score != nil })
  }
}
