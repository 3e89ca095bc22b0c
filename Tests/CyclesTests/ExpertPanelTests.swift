import Cycles
import Fixtures
import Notation
import Policies
import Rules
import Scoring
import Testing

/// Three experts on one sheet: item 4 as the mock-up tells it.
@Suite struct ExpertPanelTests {
  let town: Town
  let sheet: Sheet
  let experts = [ID(21), ID(22), ID(23)]

  init() throws {
    town = try Town("ankang-2022")
    let self4 = [
      Marks.mark("4", "group/exchange_rate", "8.5"), Marks.mark("4", "group/backbone_share", "23.53"),
    ]
    let base = town.sheet().state(town.truth().filter { $0.item != "4" } + self4).facts
    sheet = town.sheet(base: base)
  }

  func accept(_ reviewer: Int64, but item: String? = nil) -> [SheetMark] {
    town.policy.allItems.filter { $0.id != item }.map { Marks.choice($0.id, .accept, reviewer: reviewer) }
  }

  /// The third corrects the exchange to 7.5 %.
  func correction(_ reviewer: Int64 = 23, minute: Int64 = 0) -> [SheetMark] {
    [
      Marks.choice("4", .correct, reviewer: reviewer, minute: minute),
      Marks.mark("4", "group/exchange_rate", "7.5", reviewer: reviewer, minute: minute),
      Marks.remark("4", "4人到岗不满一学年", reviewer: reviewer, minute: minute),
    ]
  }

  func panel(_ marks: [SheetMark], looks: [SecondLook] = []) -> ExpertPanel {
    ExpertPanel(sheet, reviewers: experts, marks: marks, secondLooks: looks)
  }

  var all: [SheetMark] { accept(21) + accept(22) + accept(23, but: "4") + correction() }

  @Test func `three scores become their mean, rounded once, with the reasons of each`() throws {
    let panel = panel(all)
    #expect(panel.scores("4").map(\.score) == [.decimal("3.5"), .decimal("3.5"), .decimal("2.5")])
    let line = try #require(panel.card.lines.first { $0.item.id == "4" })
    #expect(line.score == .decimal("3.17"))
    let said = Catalogue.chinese.paragraph(line.reasons)
    #expect(said.contains("专家3 2.5 分"))
    #expect(said.contains("3 名专家平均 3.1667 分"))
    #expect(panel.card.base == panel.card.lines.compactMap(\.score).reduce(.zero, +))
    #expect(panel.canSubmit && panel.card.isComplete)
  }

  @Test func `scores are combined before rounding`() throws {
    // 3.333… thrice is 3.333…, 0.005 below and above a step don't add up.
    let marks = experts.enumerated().flatMap { number, expert in
      accept(expert.number, but: "15") + [
        Marks.choice("15", .correct, reviewer: expert.number),
        Marks.mark("15", "group/done", ["33.3", "33.4", "33.4"][number], reviewer: expert.number),
        Marks.remark("15", "按实绩", reviewer: expert.number),
      ]
    }
    let panel = panel(marks)
    let item = try #require(town.policy.allItems.first { $0.id == "15" })
    let exact = item.points * .decimal("100.1") / Exact(300)
    #expect(panel.card.lines.first { $0.item.id == "15" }?.score == exact.rounded(town.policy.rounding))
  }

  @Test func `a difference above the policy's alert calls for a second look`() throws {
    let spread = try #require(panel(all).spread("4"))
    #expect(spread.points == 1 && spread.percent == 20 && spread.alert == 15 && spread.isAlert)
    #expect(panel(all).alerts == ["4"])
    #expect(panel(accept(21)).spread("4") == nil)
    let agreed = panel(accept(21) + accept(22) + accept(23))
    #expect(agreed.alerts == [] && agreed.spread("4")?.points == .zero)
    #expect(panel(all, looks: [SecondLook(item: "4", at: .at("2022-10-18"))]).alerts == [])
  }

  @Test func `nobody sees another's mark before their own is in`() {
    let panel = panel(accept(21) + correction())
    #expect(panel.mayRead("4", of: experts[2], by: experts[0]))
    #expect(panel.mayRead("4", of: experts[0], by: experts[2]))
    #expect(!panel.mayRead("4", of: experts[0], by: experts[1]))
    #expect(panel.mayRead("4", of: experts[1], by: experts[1]))
    #expect(!panel.mayRead("5", of: experts[0], by: experts[2]))
    // A second look shows nothing to whoever hasn't marked yet, and closes nothing to them.
    let looked = self.panel(
      accept(21) + correction(), looks: [SecondLook(item: "4", at: .at("2022-10-18"), closed: .at("2022-10-19"))])
    #expect(!looked.mayRead("4", of: experts[0], by: experts[1]))
    #expect(looked.mayChange("4", field: SheetMark.choice, to: "\"accept\"", by: experts[1]))
    // A correction without its reason is not in.
    let silent = self.panel(accept(21) + correction().filter { $0.field != SheetMark.remark })
    #expect(!silent.mayRead("4", of: experts[0], by: experts[2]))
    // Nor may whoever is ready read what is only begun, while they may still change their own.
    #expect(!silent.mayRead("4", of: experts[2], by: experts[0]))
    #expect(silent.mayChange("4", field: SheetMark.choice, to: "\"open\"", by: experts[0]))
  }

  @Test func `a correction that corrects nothing is no mark, shows nothing and closes nothing`() {
    let panel = panel(accept(21) + [Marks.choice("4", .correct, reviewer: 22)])
    #expect(panel.gaps(of: "4", by: experts[1])?.map(\.key) == ["cycles.gap.unchanged"])
    #expect(panel.scores("4").map(\.isIn) == [true, false, false])
    #expect(!panel.mayRead("4", of: experts[0], by: experts[1]))
    #expect(panel.mayChange("4", field: "group/exchange_rate", to: "9", by: experts[1]))
    #expect(panel.mayChange("4", field: SheetMark.choice, to: "\"open\"", by: experts[0]))
  }

  @Test func `once two marks are in, only a second look reopens them`() {
    let early = panel(accept(21))
    #expect(early.mayChange("4", field: SheetMark.choice, to: "\"open\"", by: experts[0]))
    let both = panel(all)
    #expect(!both.mayChange("4", field: SheetMark.choice, to: "\"open\"", by: experts[0]))
    #expect(!both.mayChange("4", field: "group/exchange_rate", to: "9", by: experts[2]))
    #expect(both.mayChange("4", field: SheetMark.remark, to: "\"另记\"", by: experts[2]))
    #expect(!both.mayChange("4", field: SheetMark.remark, to: "\"另记\"", by: ID(99)))
    // Emptying a reason would take the mark out again.
    #expect(!both.mayChange("4", field: SheetMark.remark, to: "\" \"", by: experts[2]))
    #expect(!both.mayChange("4", field: SheetMark.remark, to: nil, by: experts[2]))
    #expect(both.mayChange("4", field: SheetMark.remark, to: nil, by: experts[0]))
    let look = SecondLook(item: "4", at: .at("2022-10-18"))
    let reopened = panel(all, looks: [look])
    #expect(reopened.mayChange("4", field: "group/exchange_rate", to: "9", by: experts[2]))
    #expect(!reopened.mayChange("5", field: SheetMark.choice, to: "\"open\"", by: experts[2]))
    #expect(!reopened.canSubmit && reopened.gaps.map(\.message.key) == ["cycles.gap.secondLook"])
    let closed = panel(all, looks: [SecondLook(item: "4", at: look.at, closed: .at("2022-10-19"))])
    #expect(!closed.mayChange("4", field: SheetMark.choice, to: "\"open\"", by: experts[0]) && closed.canSubmit)
  }

  @Test func `whoever changes a mark at a second look says why`() {
    let look = SecondLook(item: "4", at: Marks.start.adding(seconds: 600))
    let changed =
      accept(21) + accept(22) + accept(23, but: "4") + [Marks.choice("4", .accept, reviewer: 23, minute: 20)]
    #expect(panel(changed, looks: [look]).gaps(of: "4", by: experts[2])?.map(\.key) == ["cycles.gap.reason"])
    let said = changed + [Marks.remark("4", "核对名册后同意", reviewer: 23, minute: 21)]
    #expect(panel(said, looks: [look]).gaps(of: "4", by: experts[2]) == [])
    #expect(panel(changed, looks: [look]).gaps(of: "4", by: experts[0]) == [])
  }

  @Test func `the facts that stand for the panel are those nearest to its score`() {
    let facts = panel(all).facts
    #expect(facts.items["4"]?["group"]?.number("exchange_rate") == .decimal("8.5"))
    let others = accept(21) + accept(22, but: "4") + accept(23, but: "4") + correction(22) + correction(23)
    #expect(panel(others).facts.items["4"]?["group"]?.number("exchange_rate") == .decimal("7.5"))
  }

  @Test func `what is missing is said of each expert; too few of them is the submission's affair`() {
    let panel = panel(accept(21) + accept(22))
    #expect(Set(panel.gaps.map(\.message)) == [Message("cycles.gap.expert", ["number": .count(3)])])
    #expect(!panel.canSubmit && !panel.card.isComplete)
    let two = ExpertPanel(sheet, reviewers: Array(experts.prefix(2)), marks: accept(21) + accept(22))
    #expect(two.gaps == [] && two.canSubmit)
    #expect(ExpertPanel(sheet, reviewers: [], marks: []).canSubmit == false)
  }

  @Test(arguments: Town.ids)
  func `experts who agree score as one does`(id: String) throws {
    let town = try Town(id)
    let base = town.sheet().state(town.truth()).facts
    let sheet = town.sheet(base: base)
    let marks = experts.flatMap { expert in
      town.policy.allItems.map { Marks.choice($0.id, .accept, reviewer: expert.number) }
    }
    let panel = ExpertPanel(sheet, reviewers: experts, marks: marks)
    let alone = sheet.state(town.policy.allItems.map { Marks.choice($0.id, .accept) }).card
    #expect(panel.card.lines.map(\.score) == alone.lines.map(\.score))
    #expect(panel.card.base == alone.base && panel.card.bonus == alone.bonus && panel.card.total == alone.total)
    #expect(panel.card.isEligible == alone.isEligible)
  }

  @Test func `the best and the worst are left out where the policy trims, and two experts are too few for it`() throws {
    let town = try Town("zhongyuan-2022-illustrative")
    let judged = town.policy.scheme?.items.first { $0.node["rule"]?["kind"]?.text == "judged" && $0.of == .group }
    let item = try #require(judged)
    let sheet = town.sheet(base: town.sheet().state(town.truth()).facts)
    func marks(_ expert: ID, _ done: String) -> [SheetMark] {
      town.policy.allItems.filter { $0.id != item.id }.map { Marks.choice($0.id, .accept, reviewer: expert.number) } + [
        Marks.choice(item.id, .correct, reviewer: expert.number),
        Marks.mark(item.id, "group/done", done, reviewer: expert.number),
        Marks.remark(item.id, "按实绩", reviewer: expert.number),
      ]
    }
    let all = marks(experts[0], "10") + marks(experts[1], "70") + marks(experts[2], "99")
    let three = ExpertPanel(sheet, reviewers: experts, marks: all)
    #expect(
      three.card.lines.first { $0.item.id == item.id }?.score
        == (item.points * 70 / 100).rounded(town.policy.rounding))
    let two = ExpertPanel(sheet, reviewers: Array(experts.prefix(2)), marks: all)
    #expect(two.card.lines.allSatisfy { $0.score == nil && !$0.missing.isEmpty })
  }
}
