import Fixtures
import Notation
import Outcomes
import Policies
import Scoring
import Testing

/// What the policy leaves to a person, and what they decided.
@Suite struct ChoiceTests {
  static let tie = yearPolicy(follows("select: {among: {grade: 优秀}, order: [total desc], count: 2, ties: decide}"))

  func facts(_ groups: [Marked], _ policy: Policy) -> FactYears {
    Written.facts("{years: [{year: 2022, groups: [\(groups.map(\.yaml).joined(separator: ", "))]}]}", for: policy).facts
  }

  func results(_ groups: [Marked], _ decisions: [(String, Bool)], policy: Policy = tie) -> Results {
    let cards = facts(groups, policy).years.map {
      CardYear(year: $0.year, cards: Scorer(policy: policy).score($0).cards)
    }
    return Confirmation(policy: policy).results(
      cards,
      decisions: decisions.map {
        RecordedDecision(year: 2022, consequence: "award", group: $0.0, granted: $0.1, reason: "会议纪要")
      })
  }

  let three = [Marked("a", 99), Marked("b", 95), Marked("c", 95), Marked("d", 91)]

  @Test func `a tie across the cut waits, with the places left`() {
    let open = results(three, [])
    #expect(open.award() == ["a", "b?", "c?"])
    #expect(open.choices == [OpenChoice(year: 2022, consequence: "award", groups: ["b", "c"], places: 1)])
  }

  @Test func `recorded decisions settle it`() {
    #expect(results(three, [("b", true)]).award() == ["a", "b", "c?"])
    #expect(results(three, [("b", true), ("c", false)]).award() == ["a", "b"])
    // The choice itself stays told.
    #expect(results(three, [("b", true), ("c", false)]).choices.count == 1)
    // Others aren't in question.
    #expect(results(three, [("a", false), ("d", true)]).award() == ["a", "b?", "c?"])
  }

  @Test func `more than there are places is refused`() {
    let many = results(three, [("b", true), ("c", true)])
    #expect(many.faults.map(\.message.key) == ["fault.decision.many"])
    #expect(many.award() == [])
  }

  @Test func `a choice left to a person wholly has no number`() {
    let policy = yearPolicy(follows("select: {among: {grade: 优秀}, by: decision}"))
    let open = results(three, [], policy: policy)
    #expect(open.choices.map(\.places) == [nil])
    #expect(open.award() == ["a?", "b?", "c?", "d?"])
    #expect(results(three, [("a", true), ("d", true), ("b", false)], policy: policy).award() == ["a", "c?", "d"])
  }

  @Test func `who was chosen once is no candidate again`() {
    let policy = yearPolicy(follows("once: group, select: {among: {grade: 优秀}, by: decision}"))
    let first = results([Marked("a", 99)], [("a", true)], policy: policy)
    let later = Confirmation(policy: policy).results(
      [CardYear(year: 2023, cards: first.all.map(\.card))], after: first.all)
    #expect(later.all.map(\.pending) == [[]])
  }

  @Test func `facts and the cards made of them come to the same`() {
    let policy = yearPolicy(follows("when: 'streak(grade == \"优秀\") >= 2'"))
    let years = [2021, 2022, 2023].map { "{year: \($0), groups: [\(three.map(\.yaml).joined(separator: ", "))]}" }
    let facts = Written.facts("{years: [\(years.joined(separator: ", "))]}", for: policy).facts
    let whole = Confirmation(policy: policy).results(facts)
    let cards = facts.years.map { CardYear(year: $0.year, cards: Scorer(policy: policy).score($0).cards) }
    let last = Confirmation(policy: policy).results([cards[2]], after: whole.all.filter { $0.year < 2023 })
    #expect(Confirmation(policy: policy).results(cards).all.map(\.granted) == whole.all.map(\.granted))
    #expect(last.all.map(\.granted) == whole.all.filter { $0.year == 2023 }.map(\.granted))
    #expect(last.all.map(\.rankChange) == whole.all.filter { $0.year == 2023 }.map(\.rankChange))
    #expect(last.all.contains { $0.granted == ["award"] })
  }

  @Test func `years told by their sums alone are remembered like others`() {
    let policy = yearPolicy(follows("when: 'previous.total >= 95 and rank_change == 0'"))
    let whole = policy.results([(2021, three), (2022, three)])
    let told = whole.all.filter { $0.year == 2021 }.map { result in
      GroupResult(
        card: .recorded(
          year: 2021, group: result.card.group, isEligible: result.card.isEligible, base: result.card.base,
          bonus: result.card.bonus, total: result.card.total, isComplete: result.card.isComplete),
        grade: result.grade, rank: result.rank, ranked: result.ranked, granted: result.granted)
    }
    let cards = whole.all.filter { $0.year == 2022 }.map(\.card)
    let again = Confirmation(policy: policy).results([CardYear(year: 2022, cards: cards)], after: told)
    #expect(again.award() == whole.award() && again.award() == ["a", "b", "c"])
  }
}
