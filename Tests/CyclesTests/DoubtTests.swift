import Cycles
import Fixtures
import Notation
import Policies
import Rules
import Scoring
import Testing

/// Values that can be scored and can hardly be meant: somebody looks at them, no score changes.
@Suite struct DoubtTests {
  static let done = "group/school_brands.done"
  static let required = "group/school_brands.required"

  /// Everything that is true of a group, and of item 13 these two numbers.
  func state(done: Int, required: Int, _ change: (inout Sheet) -> Void = { _ in }) throws -> SheetState {
    let town = try Town("ankang-2022")
    var sheet = town.sheet()
    change(&sheet)
    let marks = town.truth().filter { $0.item != "13" || ($0.field != Self.done && $0.field != Self.required) }
    return sheet.state(
      marks + [Marks.mark("13", Self.done, "\(done)"), Marks.mark("13", Self.required, "\(required)")])
  }

  @Test func `more done than there is to do is to be looked at, scores as all of it and may be handed in`() throws {
    let (more, all) = (try state(done: 9, required: 4), try state(done: 4, required: 4))
    let item = try #require(more["13"])
    #expect(item.line?.score == all["13"]?.line?.score)
    #expect(more.canSubmit && item.isDone && item.problems.isEmpty)
    #expect(more.doubts.map(\.item) == ["13"] && all.doubts.isEmpty)
    let field = try #require(item.fields.first { $0.path == Self.done })
    #expect(field.doubts.map { Catalogue.chinese.text($0) } == ["完成数 9 大于应完成数 4，核对后再提交。"])
    #expect(item.fields.filter { !$0.doubts.isEmpty }.count == 1)
  }

  @Test func `another number of schools than the register's asks for a reason`() throws {
    let proposal = Proposal(value: .number(4), from: "registry.schools", mayRise: false)
    let other = try state(done: 3, required: 3) { $0.proposals = ["13": [Self.required: proposal]] }
    #expect(other["13"]?.gaps.map(\.key) == ["cycles.gap.overruled"])
    let same = try state(done: 3, required: 4) { $0.proposals = ["13": [Self.required: proposal]] }
    #expect(same["13"]?.gaps == [])
  }

  @Test(arguments: Town.ids)
  func `the demonstration city does no more than there is to do, among the schools it has`(id: String) throws {
    let town = try Town(id, groups: 12)
    let facts = FactYears(years: [FactYear(year: Town.year, groups: town.facts)])
    #expect(facts.doubts(for: town.policy) == [])
    for (index, group) in town.facts.enumerated() {
      for entry in town.sheet(index).entries(of: group) {
        guard
          let field = town.sheet(index).recordedFields.first(where: { $0.item == entry.item && $0.path == entry.field }
          ),
          let count = ["registry.schools": group.schools.count, "registry.members": group.members.count][field.from]
        else { continue }
        #expect(entry.fact == .number(Exact(count)), "\(entry.item) \(entry.field)")
      }
    }
  }
}
