import Cycles
import Notation
import People
import Policies
import Testing

/// Who may do what on a sheet, and whether it is its turn.
@Suite struct RightsTests {
  typealias Way = TurnTests.Way

  private static func comes(_ way: Way, _ stage: String, _ day: String) throws -> Bool {
    Turn.hasCome(
      way.group, to: try #require(way.calendar.stage(stage)), in: way.cycle, calendar: way.calendar,
      offices: way.offices, at: .at(day))
  }

  private static func come(_ way: Way, _ day: String) throws -> [String] {
    try way.calendar.stages.filter(\.hasSheets).map(\.id).filter { try comes(way, $0, day) }
  }

  @Test func `a sheet has its turn once the stages before it have let the group through`() throws {
    var way = try Way("ankang-2022")
    #expect(try Self.come(way, "2022-08-20") == ["self"])
    // Schools that let their day pass don't hold it up; an extension gives it back.
    #expect(try Self.come(way, "2022-09-02") == ["self", "preliminary"])
    let more = Extension(
      stage: "self", group: way.group.participant.group, due: Day("2022-09-10")!, reason: "汛情", at: .at("2022-09-01"),
      by: nil)
    #expect(try Self.come(Way("ankang-2022", extensions: [more]), "2022-09-02") == ["self"])
    way.submit("self")
    #expect(try Self.come(way, "2022-08-20") == ["self", "preliminary"])
    way.submit("preliminary", grade: "良好")
    #expect(try Self.come(way, "2022-10-02") == ["self", "preliminary"])
    way.group.recommended["recommend"] = true
    #expect(try Self.come(way, "2022-10-02") == ["self", "preliminary", "final"])
    way.group.recommended["recommend"] = false
    #expect(try Self.come(way, "2022-10-02") == ["self", "preliminary"])
    // Given back: whoever was recommended waits.
    way.group.recommended["recommend"] = true
    way.group.sheets["preliminary"] = nil
    #expect(try Self.come(way, "2022-10-02") == ["self", "preliminary"])
  }

  @Test func `members are evaluated beside the group's way, a condition and a draw leave groups out`() throws {
    var way = try Way("suizhou-2022")
    way.submit("self")
    #expect(try Self.come(way, "2022-09-01") == ["self", "lead-review", "county"])
    way.submit("county", grade: "良好")
    #expect(try !Self.comes(way, "award-check", "2022-09-20"))
    way.submit("county", grade: "优秀")
    #expect(try Self.comes(way, "award-check", "2022-09-20"))
    var drawn = try Way("sanya-2021-illustrative")
    drawn.submit("self")
    drawn.submit("preliminary", grade: "A")
    drawn.group.recommended["recommend"] = true
    #expect(try !Self.comes(drawn, "review", "2022-10-13"))
    drawn.cycle.draws["review"] = .drawn([])
    #expect(try !Self.comes(drawn, "review", "2022-10-13"))
    drawn.cycle.draws["review"] = .drawn([drawn.group.participant.group])
    #expect(try Self.comes(drawn, "review", "2022-10-13"))
  }

  private static func rights(
    _ way: Way, _ role: Role, authority: ID = ID(1), school: ID? = nil, at stage: String, on day: String,
    _ change: (inout SheetRights.Facts) -> Void = { _ in }
  ) throws -> SheetRights {
    let post = Viewer.Post(
      appointment: ID(5), role: role, authority: authority, authorityName: "", level: "city", school: school,
      schoolName: nil)
    var facts = SheetRights.Facts()
    facts.hasTurn = try comes(way, stage, day)
    change(&facts)
    return SheetRights(
      post, stage: try #require(way.calendar.stage(stage)), of: way.group.participant, offices: way.offices,
      calendar: way.calendar, facts: facts, at: .at(day))
  }

  @Test func `each stage is entered by whom the policy names, in its turn`() throws {
    var way = try Way("ankang-2022")
    let group = way.group.participant
    let lead = try #require(group.lead?.id)
    let member = try #require(group.members.first?.id)
    func marks(_ stage: String, _ day: String) throws -> [SheetRights.Marks] {
      [
        try Self.rights(way, .lead, school: lead, at: stage, on: day).marks,
        try Self.rights(way, .member, school: member, at: stage, on: day).marks,
        try Self.rights(way, .office, authority: group.district, at: stage, on: day).marks,
        try Self.rights(way, .office, at: stage, on: day).marks,
        try Self.rights(way, .supervisor, at: stage, on: day).marks,
      ]
    }
    #expect(try marks("self", "2022-08-20") == [.all, .school(member), .none, .none, .none])
    #expect(try marks("preliminary", "2022-08-20") == [.none, .none, .none, .none, .none])
    way.submit("self")
    #expect(try marks("preliminary", "2022-09-02") == [.none, .none, .all, .none, .none])
    way.submit("preliminary", grade: "良好")
    #expect(try marks("final", "2022-10-02") == [.none, .none, .none, .none, .none])
    way.group.recommended["recommend"] = true
    #expect(try marks("final", "2022-10-02") == [.none, .none, .none, .all, .none])
  }

  @Test func `whose turn it isn't is told so, an expert who has handed in waits for a second look`() throws {
    var way = try Way("ankang-2022")
    let early = try Self.rights(
      way, .office, authority: way.group.participant.district, at: "preliminary", on: "2022-08-20")
    #expect(early.closed == Message("sheet.closed.turn") && !early.canSubmit)
    way.submit("self")
    func expert(_ change: (inout SheetRights.Facts) -> Void) throws -> SheetRights {
      try Self.rights(way, .expert, at: "preliminary", on: "2022-09-02") { facts in
        facts.isAssigned = true
        facts.assigned = 2
        change(&facts)
      }
    }
    #expect(try expert { _ in }.marks == .own)
    #expect(try expert { $0.isHandedIn = true }.closed == Message("sheet.closed.handedIn"))
    #expect(
      try expert {
        $0.isHandedIn = true
        $0.isReopened = true
      }.marks == .own)
  }
}
