import Ledgers
import Notation
import Policies
import Rules
import Testing

/// Figures against sums made by hand from the same records.
@Suite struct MetricTests {
  @Test func `meetings count by term, those without minutes don't`() {
    var town = LedgerTown("suizhou-2022")
    for day in ["2021-09-10", "2021-11-05", "2022-01-31"] { town.meeting(day) }
    town.meeting("2021-12-01", recorded: false)
    town.meeting("2022-02-01")
    town.meeting("2022-03-01", "office", principals: [LedgerTown.north])
    #expect(town.value("C3", "C3.1.autumn_meetings") == .number(3))
    #expect(town.value("C3", "C3.1.spring_meetings") == .number(1))
    let reading = town.reading("C3", "C3.1.autumn_meetings")
    #expect(reading?.mayRise == true)
    #expect(reading?.rows.count == 3)
  }

  @Test func `no meeting is no zero until the lead school says there was none`() {
    var town = LedgerTown("suizhou-2022")
    let silent = town.reading("C3", "C3.1.autumn_meetings")
    #expect(silent?.value == nil)
    #expect(silent?.missing.map(\.key) == ["ledger.missing.statement"])
    town.say("meetings", [nil], .autumn)
    #expect(town.value("C3", "C3.1.autumn_meetings") == .number(.zero))
    #expect(town.value("C3", "C3.1.spring_meetings") == nil)
  }

  @Test func `principals who never came are known once all meetings are said`() {
    var town = LedgerTown("suizhou-2022")
    town.meeting("2022-03-01", "office", principals: [LedgerTown.north])
    let open = town.reading("C3", "C3.2.absent_members")
    #expect(open?.value == nil && open?.soFar == .number(1))
    town.say("meetings")
    #expect(town.value("C3", "C3.2.absent_members") == .number(1))
    town.meeting("2022-04-01", "office", principals: [LedgerTown.south])
    #expect(town.value("C3", "C3.2.absent_members") == .number(.zero))
  }

  @Test func `the rate of exchange takes the policy's denominator and each person once`() {
    var ankang = LedgerTown("ankang-2022")
    var suizhou = LedgerTown("suizhou-2022")
    func fill(_ town: inout LedgerTown) {
      town.exchange(1, LedgerTown.lead, LedgerTown.north, backbone: true)
      // The same teacher again, at another school in the second term.
      town.exchange(1, LedgerTown.lead, LedgerTown.south, from: "2022-02-01", backbone: true)
      town.exchange(2, LedgerTown.north, LedgerTown.lead, to: "2022-01-31")
      town.exchange(3, LedgerTown.south, LedgerTown.lead, from: "2022-02-01", to: nil)
      town.exchange(4, LedgerTown.south, LedgerTown.north, from: "2020-09-01", to: "2021-08-31")
      town.staff(LedgerTown.lead, ["teachers": 50, "eligible": 20])
      town.staff(LedgerTown.north, ["teachers": 30, "eligible": 10])
      town.staff(LedgerTown.south, ["teachers": 20, "eligible": 10])
      town.say("exchange")
    }
    fill(&ankang)
    fill(&suizhou)
    // Three people in the year; 40 eligible, 100 in all.
    #expect(ankang.value("4", "exchange_rate") == .number(Exact.decimal("7.5")))
    #expect(suizhou.value("C5", "C5.1.value") == .number(3))
    // One of three is a backbone teacher: no finite decimal says it.
    #expect(ankang.value("4", "backbone_share") == .number(Exact.decimal("33.3333")))
    // Twelve months: only the first.
    #expect(suizhou.value("C5", "C5.2.percent") == .number(Exact.decimal("33.3333")))
    #expect(ankang.reading("4", "exchange_rate")?.rows.count == 7)
  }

  @Test func `a rate waits for every school's head count and word`() {
    var town = LedgerTown("ankang-2022")
    town.exchange(1, LedgerTown.lead, LedgerTown.north)
    town.staff(LedgerTown.lead, ["teachers": 50, "eligible": 20])
    town.staff(LedgerTown.north, ["teachers": 30])
    let reading = town.reading("4", "exchange_rate")
    #expect(reading?.value == nil)
    #expect(reading?.missing.count(where: { $0.key == "ledger.missing.heads" }) == 2)
    town.staff(LedgerTown.south, ["teachers": 20, "eligible": 10])
    town.records.removeAll { $0.kind == "staffing" && $0.school == LedgerTown.north }
    town.staff(LedgerTown.north, ["teachers": 30, "eligible": 10])
    #expect(town.reading("4", "exchange_rate")?.soFar == .number(Exact.decimal("2.5")))
    town.say("exchange", [LedgerTown.lead, LedgerTown.north])
    #expect(town.value("4", "exchange_rate") == nil)
    town.say("exchange", [LedgerTown.south])
    #expect(town.value("4", "exchange_rate") == .number(Exact.decimal("2.5")))
  }

  @Test func `of nobody there is no share, unless the policy says what it is`() {
    var ankang = LedgerTown("ankang-2022")
    ankang.say("exchange")
    #expect(ankang.value("4", "backbone_share") == nil)
    #expect(ankang.reading("4", "backbone_share")?.missing.map(\.key) == ["ledger.missing.none"])
    var suizhou = LedgerTown("suizhou-2022")
    #expect(suizhou.value("C5", "C5.2.percent") == nil)
    suizhou.say("exchange")
    #expect(suizhou.value("C5", "C5.2.percent") == .number(.zero))
  }

  @Test func `guidance counts at the school that was guided`() {
    var town = LedgerTown("ankang-2022")
    for (day, host) in [
      ("2021-10-01", LedgerTown.north), ("2021-11-01", LedgerTown.north), ("2022-03-01", LedgerTown.south),
    ] {
      town.add("guidance", from: day, ["host": .schools([host]), "kind": .words(["lecture"])])
    }
    #expect(town.value("8", "guidance_autumn.value", school: LedgerTown.north) == .number(2))
    #expect(town.value("8", "guidance_autumn.value", school: LedgerTown.south) == nil)
    town.say("guidance")
    #expect(town.value("8", "guidance_autumn.value", school: LedgerTown.south) == .number(.zero))
    #expect(town.value("8", "guidance_spring.value", school: LedgerTown.south) == .number(1))
  }

  @Test func `days of aid nobody wrote down are no nought`() throws {
    var town = LedgerTown("sanya-2021-illustrative")
    let binding = try #require(Binding.all(of: town.policy).first { $0.from == "ledger.aid.days" })
    let (item, input) = (binding.item.id, binding.input)
    func stay(_ days: Exact?) {
      var values: [String: LedgerValue] = [
        "kind": .words(["teaching"]), "host": .schools([LedgerTown.north]), "done": .flag(true),
      ]
      values["days"] = days.map { .number($0) }
      town.add("aid", from: "2021-10-01", values)
    }
    stay(20)
    #expect(town.value(item, input) == .number(20))
    stay(nil)
    #expect(town.value(item, input) == nil && town.reading(item, input)?.soFar == .number(20))
    #expect(town.reading(item, input)?.missing.map(\.key) == ["ledger.missing.days"])
  }

  @Test func `subjects with a theme count once each`() {
    var town = LedgerTown("ankang-2022")
    for (day, subject) in [
      ("2021-10-01", "chinese"), ("2021-10-08", "chinese"), ("2021-12-01", "science"), ("2021-12-02", "physics"),
    ] {
      town.add(
        "research", from: day,
        ["kind": .words(["theme"]), "subject": .words([subject]), "schools": .schools(LedgerTown.all)])
    }
    #expect(town.value("9", "themes_autumn.required") == nil && town.value("9", "themes_autumn.done") == nil)
    for school in LedgerTown.all {
      town.add("staffing", school, ["subjects": .words(["chinese", "science", "english"])])
    }
    #expect(town.value("9", "themes_autumn.required") == .number(3))
    // Nobody teaches physics; English has had none.
    #expect(town.value("9", "themes_autumn.done") == .number(2))
    #expect(
      town.reading("9", "themes_autumn.done")?.how
        == [Message("ledger.how.subjects", ["subjects": .list([Message("ledger.word.subject.english")])])])
  }

  @Test func `terms at one school without a break are one stay`() {
    var town = LedgerTown("suizhou-2022")
    town.exchange(1, LedgerTown.lead, LedgerTown.north, to: "2022-01-31")
    town.exchange(1, LedgerTown.lead, LedgerTown.north, from: "2022-02-01")
    town.exchange(2, LedgerTown.lead, LedgerTown.north, to: "2022-01-31")
    town.exchange(2, LedgerTown.lead, LedgerTown.south, from: "2022-02-01")
    town.exchange(3, LedgerTown.lead, LedgerTown.south, to: "2022-01-30")
    town.exchange(3, LedgerTown.lead, LedgerTown.south, from: "2022-02-01")
    town.say("exchange")
    #expect(town.value("C5", "C5.2.percent") == .number(Exact.decimal("33.3333")))
  }

  @Test func `activities of pupils and teachers together count, others don't`() {
    var town = LedgerTown("suizhou-2022")
    for (pupils, teachers) in [(true, true), (true, false), (false, true)] {
      town.add(
        "activities", from: "2021-10-01",
        [
          "kind": .words(["culture"]), "schools": .schools(LedgerTown.all), "withPupils": .flag(pupils),
          "withTeachers": .flag(teachers), "title": .text("合唱 \(pupils) \(teachers)"),
        ])
    }
    #expect(town.value("C14", "C14.2.autumn_activities", school: LedgerTown.north) == .number(1))
  }

  @Test func `a project of all members is joint, with or without the lead school`() {
    var town = LedgerTown("ankang-2022")
    func project(_ schools: [ID], _ kind: String = "research", _ state: String = "approved") {
      town.add(
        "projects", to: "2022-08-31",
        [
          "kind": .words([kind]), "state": .words([state]), "schools": .schools(schools),
          "title": .text("课题\(town.records.count)"),
        ])
    }
    project([LedgerTown.north, LedgerTown.south])
    project(LedgerTown.all)
    project([LedgerTown.lead, LedgerTown.north])
    #expect(town.value("9", "joint_projects.value") == .number(2))
    project([LedgerTown.north], "reform", "planned")
    project([LedgerTown.lead], "reform")
    #expect(town.value("9", "reform_projects.done") == .number(1))
  }

  @Test func `an award of a level the item doesn't name is told, not counted`() {
    var town = LedgerTown("suizhou-2022")
    town.add(
      "awards", LedgerTown.north, from: "2022-05-01",
      [
        "of": .words(["school"]), "level": .words(["national"]), "kind": .words(["feature"]),
        "title": .text("足球特色学校"),
      ])
    town.say("awards")
    let reading = town.reading("C15", "awards", school: LedgerTown.north)
    #expect(reading?.value == .awards([]))
    #expect(reading?.how.map(\.key) == ["ledger.how.level"])
  }

  @Test func `what is lacking is known when nothing is, or when all is said`() {
    var town = LedgerTown("suizhou-2022")
    let kinds = ["lesson-talk", "quality-lesson", "basic-skills", "homework-design"]
    for (place, kind) in kinds.enumerated() {
      for day in place == 3 ? ["2021-10-01"] : ["2021-10-01", "2022-04-01"] {
        town.add("research", from: day, ["kind": .words([kind]), "schools": .schools(LedgerTown.all)])
      }
    }
    #expect(town.value("C10", "lacking") == nil)
    #expect(town.reading("C10", "lacking")?.soFar == .names(["homework-design", "peer-observation"]))
    town.add("research", from: "2022-05-01", ["kind": .words(["peer-observation"]), "schools": .schools([ID(1)])])
    town.say("research")
    // A contest each term; listening at open doors at any time of the year.
    #expect(town.value("C10", "lacking") == .names(["homework-design"]))
    town.add("research", from: "2022-05-02", ["kind": .words(["homework-design"]), "schools": .schools([ID(1)])])
    #expect(town.value("C10", "lacking") == .names([]))
  }

  @Test func `awards count by level against a base year that was said`() {
    var town = LedgerTown("suizhou-2022")
    func award(_ level: String, _ of: String = "teachers") {
      town.add(
        "awards", LedgerTown.north, from: "2022-05-01",
        [
          "of": .words([of]), "level": .words([level]), "kind": .words(["paper"]),
          "title": .text("论文\(town.records.count)"),
        ])
    }
    for level in ["city", "city", "provincial", "district"] { award(level) }
    award("city", "pupils")
    let counts = town.reading("C16", "counts", school: LedgerTown.north)
    #expect(counts?.value == .counts(["national": 0, "provincial": 1, "city": 2]))
    #expect(counts?.rows.count == 3)
    #expect(town.value("C16", "base", school: LedgerTown.north) == nil)
    town.add(
      "baselines", LedgerTown.north,
      [
        "baseYear": .number(2021), "of": .words(["teachers"]), "level": .words(["city"]), "awards": .number(1),
      ])
    #expect(town.value("C16", "base", school: LedgerTown.north) == nil)
    town.say("baselines", [LedgerTown.north])
    #expect(
      town.value("C16", "base", school: LedgerTown.north) == .counts(["national": 0, "provincial": 0, "city": 1]))
  }

  @Test func `publicity comes one by one with its kind`() {
    var town = LedgerTown("ankang-2022")
    town.add(
      "publicity", from: "2022-05-01",
      ["kind": .words(["media"]), "level": .words(["provincial"]), "outlet": .text("省报"), "title": .text("报道")])
    #expect(
      town.value("publicity", "awards") == .awards([Fact.Award(level: "provincial", kind: "media")]))
  }

  @Test func `a grade that the item doesn't know is named, not taken`() {
    var town = LedgerTown("ankang-2022")
    town.add("appraisals", LedgerTown.north, ["grade": .text("A等")])
    town.add("appraisals", LedgerTown.lead, ["grade": .text("优秀")])
    #expect(town.value("11", "level", school: LedgerTown.north) == nil)
    #expect(
      town.reading("11", "level", school: LedgerTown.north)?.missing.map(\.key) == ["ledger.missing.level"])
    #expect(town.value("11", "level", school: LedgerTown.lead) == .text("优秀"))
    #expect(town.value("11", "level", school: LedgerTown.south) == nil)
  }
}
