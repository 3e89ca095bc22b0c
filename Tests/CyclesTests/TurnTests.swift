import Cycles
import Notation
import People
import Policies
import Testing

/// Whose turn it is through the year.
@Suite struct TurnTests {
  /// A group on its way, and the cycle around it.
  struct Way {
    let calendar: CycleCalendar
    var group: GroupProgress
    var cycle = CycleProgress()
    let offices = CycleOffices(cycle: ID(1), province: ID(2))

    init(_ id: String, extensions: [Extension] = []) throws {
      let town = try Town(id)
      calendar = CycleCalendar(stages: CycleStage.all(of: town.policy, year: 2022), extensions: extensions)
      group = GroupProgress(town.participants[0])
    }

    func turn(_ day: String, _ hour: Int64 = 12) -> Turn {
      Turn(of: group, in: cycle, calendar: calendar, offices: offices, at: .at(day, hour))
    }

    func whole(_ day: String) -> CycleTurn {
      CycleTurn([turn(day)], in: cycle, calendar: calendar, offices: offices, at: .at(day))
    }

    mutating func submit(_ stage: String, grade: String? = nil) {
      group.sheets[stage] = GroupProgress.Submitted(at: .at("2022-08-20"), grade: grade)
    }
  }

  func said(_ tasks: [CycleTask]) -> [String] { tasks.map { "\($0.kind.rawValue) \($0.holder)" } }

  @Test func `a year in which everything comes to pass`() throws {
    var way = try Way("ankang-2022")
    let lead = try #require(way.group.participant.lead)
    let district = way.group.participant.district

    var turn = way.turn("2022-08-20")
    #expect(turn.stage?.id == "self")
    #expect(turn.tasks.first { $0.kind == .submit }?.holder == .school(lead.id))
    #expect(Set(turn.tasks.map(\.holder)) == Set(way.group.participant.schools.map { .school($0.id) }))
    #expect(turn.tasks.allSatisfy { $0.due?.text == "2022-08-31" && $0.daysLeft(at: .at("2022-08-20")) == 11 })
    #expect(turn.isOpen("self", in: way.calendar, at: .at("2022-08-20")))
    #expect(!turn.isOpen("preliminary", in: way.calendar, at: .at("2022-08-20")))

    way.submit("self", grade: "优秀")
    turn = way.turn("2022-09-02")
    #expect(turn.stage?.id == "preliminary")
    // The policy asks for experts at the final evaluation only.
    #expect(turn.tasks.map(\.kind) == [.evaluate, .submit])
    #expect(Set(turn.tasks.map(\.holder)) == [.authority(district)])
    way.group.experts["preliminary"] = [
      .init(appointment: ID(31), isDone: true), .init(appointment: ID(32), isDone: false),
    ]
    #expect(said(way.turn("2022-09-02").tasks) == ["evaluate expert(32)"])
    way.group.experts["preliminary"] = [.init(appointment: ID(31), isDone: true)]
    way.group.secondLooks["preliminary"] = 2
    #expect(said(way.turn("2022-09-02").tasks).first == "lookAgain expert(31)")
    #expect(way.turn("2022-09-02").tasks.map(\.kind) == [.lookAgain, .settleSecondLook])
    way.group.secondLooks = [:]
    #expect(way.turn("2022-09-02").tasks.map(\.kind) == [.submit])

    way.submit("preliminary", grade: "良好")
    turn = way.turn("2022-09-20")
    #expect(turn.stage?.id == "recommend" && turn.tasks.map(\.kind) == [.recommend])
    way.group.recommended["recommend"] = true
    turn = way.turn("2022-10-02")
    #expect(turn.stage?.id == "final")
    #expect(turn.tasks.allSatisfy { $0.holder == .authority(ID(1)) && $0.due?.text == "2022-10-31" })

    way.submit("final", grade: "良好")
    #expect(way.turn("2022-10-20").place == .confirmation)
    #expect(way.whole("2022-10-20").tasks.map(\.kind) == [.confirm])
    way.cycle.confirmed = .at("2022-11-04", 9)
    turn = way.turn("2022-11-05")
    #expect(turn.stage?.id == "objection" && turn.tasks.map(\.kind) == [.object])
    #expect(way.whole("2022-11-05").tasks.isEmpty)
    way.group.objections = 1
    #expect(way.turn("2022-11-20").tasks.map(\.kind) == [.answerObjection])
    way.group.objections = 0
    turn = way.turn("2022-11-10", 0)
    #expect(turn.stage?.id == "publish")
    #expect(way.whole("2022-11-10").tasks.map(\.kind) == [.publish])
    way.cycle.published = .at("2022-11-11")
    #expect(way.turn("2022-11-12").place == .published && way.whole("2022-11-12").tasks.isEmpty)
  }

  @Test func `a group that isn't recommended goes no further, and its preliminary evaluation stands`() throws {
    var way = try Way("ankang-2022")
    way.submit("self")
    way.submit("preliminary", grade: "合格")
    way.group.recommended["recommend"] = false
    var turn = way.turn("2022-10-02")
    #expect(turn.place == .confirmation && turn.out?.stage.id == "recommend" && turn.out?.why == .notRecommended)
    // Who can't be recommended isn't asked about.
    way.group.recommended = [:]
    way.submit("preliminary", grade: "不合格")
    turn = way.turn("2022-10-02")
    #expect(turn.place == .confirmation && turn.out?.why == .notAmong && turn.tasks.isEmpty)
  }

  @Test func `nobody is chased for what was missed once the group is evaluated without it`() throws {
    var way = try Way("ankang-2022")
    way.submit("preliminary", grade: "良好")
    way.group.recommended["recommend"] = true
    way.submit("final", grade: "良好")
    #expect(way.turn("2022-11-01").tasks.isEmpty && way.turn("2022-11-01").place == .confirmation)
    way.cycle.confirmed = .at("2022-11-04", 9)
    #expect(
      way.turn("2022-11-05").tasks.map(\.kind) == [.object] && way.turn("2022-11-05").missed.map(\.id) == ["self"])
  }

  @Test func `a draw is announced and drawn once all others are far enough`() throws {
    var way = try Way("sanya-2021-illustrative")
    way.submit("self")
    way.submit("preliminary", grade: "A")
    way.group.recommended["recommend"] = true
    #expect(way.turn("2022-10-02").stage?.id == "review" && way.turn("2022-10-02").tasks.isEmpty)
    #expect(!way.turn("2022-10-02").isOpen("review", in: way.calendar, at: .at("2022-10-02")))
    #expect(said(way.whole("2022-10-02").tasks) == ["announceDraw authority(1)"])
    var late = way
    late.group.recommended = [:]
    let both = CycleTurn(
      [way.turn("2022-10-02"), late.turn("2022-10-02")], in: way.cycle, calendar: way.calendar, offices: way.offices,
      at: .at("2022-10-02"))
    #expect(both.tasks.isEmpty && both.groups["review"] == 1 && both.groups["recommend"] == 1)
    way.cycle.draws["review"] = .announced(Day("2022-10-12")!)
    #expect(way.whole("2022-10-05").tasks.map(\.kind) == [.draw])
    #expect(way.whole("2022-10-05").tasks.first?.due?.text == "2022-10-12")
    way.cycle.draws["review"] = .drawn([])
    #expect(way.turn("2022-10-13").out?.why == .notDrawn && way.turn("2022-10-13").place == .confirmation)
    way.cycle.draws["review"] = .drawn([way.group.participant.group])
    // Who marks, and that it is to be handed in, is told once the experts asked for are there.
    #expect(way.turn("2022-10-13").tasks.map(\.kind) == [.assignExperts])
  }

  @Test func `whom a draw is announced without isn't recommended any more`() throws {
    var way = try Way("sanya-2021-illustrative")
    way.submit("self")
    way.submit("preliminary", grade: "A")
    #expect(way.turn("2022-10-02").tasks.map(\.kind) == [.recommend])
    way.cycle.draws["review"] = .announced(Day("2022-10-12")!)
    let turn = way.turn("2022-10-02")
    #expect(turn.out?.why == .notRecommended && turn.place == .confirmation && turn.tasks.isEmpty)
  }

  @Test func `a stage schools let pass doesn't hold up the year, and an extension gives it back`() throws {
    var way = try Way("ankang-2022")
    let turn = way.turn("2022-09-01", 0)
    #expect(turn.stage?.id == "preliminary" && turn.missed.map(\.id) == ["self"])
    let lead = try #require(way.group.participant.lead)
    #expect(
      said(turn.tasks).prefix(2) == [
        "overdue \(Holder.school(lead.id))", "chase \(Holder.authority(way.group.participant.district))",
      ])
    let more = Extension(
      stage: "self", group: way.group.participant.group, due: Day("2022-09-10")!, reason: "汛情", at: .at("2022-09-01"),
      by: nil)
    way = try Way("ankang-2022", extensions: [more])
    #expect(way.turn("2022-09-05").stage?.id == "self" && way.turn("2022-09-05").missed.isEmpty)
  }

  @Test func `an evaluation past its day waits for whoever evaluates`() throws {
    var way = try Way("ankang-2022")
    way.submit("self")
    let turn = way.turn("2022-10-05")
    #expect(
      turn.stage?.id == "preliminary" && turn.tasks.allSatisfy { ($0.daysLeft(at: .at("2022-10-05")) ?? 0) == -5 })
    #expect(!turn.isOpen("preliminary", in: way.calendar, at: .at("2022-10-05")))
  }

  @Test func `a lead school evaluates its members, one sheet each`() throws {
    var way = try Way("suizhou-2022")
    way.submit("self")
    let members = way.group.participant.members
    // The county is told beside: its sheet is open as well.
    let beside = way.turn("2022-09-01")
    #expect(beside.tasks.first?.kind == .evaluateMembers && beside.tasks.first?.count == members.count)
    #expect(beside.stage?.id == "county" && beside.tasks.contains { $0.kind == .assignExperts })
    var quick = way
    quick.submit("county", grade: "良好")
    #expect(quick.turn("2022-09-01").stage?.id == "lead-review")
    way.group.members["lead-review"] = Set(members.map(\.id))
    #expect(way.turn("2022-09-01").stage?.id == "county")
    // Stages without a day wait for the authority to set one.
    #expect(way.whole("2022-09-01").tasks.filter { $0.kind == .setDue }.map(\.stage) == ["county", "award-check"])
    way.submit("county", grade: "良好")
    let turn = way.turn("2022-09-20")
    #expect(turn.out?.stage.id == "award-check" && turn.out?.why == .notAmong && turn.place == .confirmation)
    way.submit("county", grade: "优秀")
    #expect(way.turn("2022-09-20").stage?.id == "award-check")
  }

  @Test func `a report from outside holds up nobody`() throws {
    var way = try Way("shanghai-2015-illustrative")
    way.submit("self")
    let turn = way.turn("2022-09-20")
    #expect(turn.stage?.id == "district")
    #expect(said(turn.tasks).first == "handInReport thirdParty")
    way.group.reports = ["third-party"]
    #expect(!way.turn("2022-09-20").tasks.contains { $0.kind == .handInReport })
    way.submit("district", grade: "优秀")
    #expect(way.turn("2022-11-20").place == .confirmation)
    way.cycle.confirmed = .at("2022-11-20")
    #expect(way.turn("2022-11-20").stage?.id == "publish")
  }

  @Test func `a task is for who holds it`() throws {
    func post(_ role: Role, authority: Int64 = 1, school: Int64? = nil, appointment: Int64 = 5) -> Viewer.Post {
      Viewer.Post(
        appointment: ID(appointment), role: role, authority: ID(authority), authorityName: "", level: "city",
        school: school.map { ID($0) }, schoolName: nil)
    }
    func task(_ holder: Holder) -> CycleTask { CycleTask(.evaluate, stage: "final", holder: holder) }
    #expect(task(.school(ID(8))).isFor(post(.lead, school: 8)) && task(.school(ID(8))).isFor(post(.member, school: 8)))
    #expect(!task(.school(ID(8))).isFor(post(.lead, school: 9)) && !task(.school(ID(1))).isFor(post(.office)))
    #expect(task(.authority(ID(1))).isFor(post(.office)) && !task(.authority(ID(1))).isFor(post(.supervisor)))
    #expect(!task(.authority(ID(3))).isFor(post(.office)))
    #expect(task(.expert(ID(5))).isFor(post(.expert)) && !task(.expert(ID(6))).isFor(post(.expert)))
    #expect(task(.thirdParty).isFor(post(.thirdParty)) && !task(.thirdParty).isFor(post(.expert)))
  }

  @Test func `the lead school's authority is the group's where nobody has said whose the school is`() throws {
    let town = try Town("ankang-2022")
    let offices = CycleOffices(cycle: ID(1))
    let group = town.participants[1]
    #expect(offices.holders(of: .leadAuthority, for: group) == [.authority(ID(11))])
    #expect(offices.holders(of: .province, for: group) == [.authority(ID(1))])
    #expect(offices.holders(of: .member, for: group) == group.members.map { .school($0.id) })
    let bare = Participant(
      group: ID(5), name: "", form: nil, formed: nil, district: ID(12), districtName: "", schools: [])
    #expect(offices.holders(of: .leadAuthority, for: bare) == [.authority(ID(12))])
    #expect(offices.holders(of: .lead, for: bare) == [])
  }
}
