import Fixtures
import Notation
import Policies
import Registry
import StorageFixtures
import Testing

@testable import Formations
@testable import Storage

/// What schools say, and that nobody says it for them.
@Suite struct ConsentTests {
  static let member = CaseActor(.school(ID(22)), account: ID(7))

  /// A draft of 上海 with schools 21 and 22.
  static func draft() throws -> (FormationCase, CaseSetting) {
    let setting = try Town.setting("shanghai-2015")
    let form = try #require(setting.terms.forms.first?.id)
    return (Town.new(Town.content([Town.lead, Town.school(22)], form: form)), setting)
  }

  @Test func `what a school has said itself only that school changes`() throws {
    let (draft, setting) = try Self.draft()
    // Until then the applicant may enter it.
    #expect(draft.keys(Town.consent(22), Town.applicant, at: Town.start, setting) == ["formation.fault.consentPaper"])
    let entered = try draft.after(
      Town.consent(22, paper: "教代会〔2026〕3号"), by: Town.applicant, at: Town.start, in: setting)
    let said = try entered.after(Town.consent(22, agrees: false), by: Self.member, at: Town.start, in: setting)
    let back = CaseAct.takeBackConsent(school: ID(22), kind: "staff-congress")
    for act in [Town.consent(22), back] {
      #expect(said.keys(act, Town.applicant, at: Town.start, setting) == ["formation.fault.ownWord"])
    }
    // Not after it has taken its word back either.
    let taken = try said.after(back, by: Self.member, at: Town.start, in: setting)
    #expect(taken.consents.isEmpty)
    #expect(taken.keys(Town.consent(22), Town.applicant, at: Town.start, setting) == ["formation.fault.ownWord"])
    #expect(taken.keys(Town.consent(22), Self.member, at: Town.start, setting) == [])
  }

  @Test func `a plan changed after a return asks everybody anew, and remembers what was said`() throws {
    let (draft, setting) = try Self.draft()
    let office = Town.office(Town.hanbin)
    var going = try draft.after(Town.consent(21), by: Town.applicant, at: Town.start, in: setting)
    going = try going.accepted(setting).after(Town.consent(22), by: Self.member, at: Town.start, in: setting)
    going = try going.after(.giveBack(reason: "补充"), by: office, at: Town.start, in: setting)
    let same = try going.after(
      .write(going.content, seen: going.version), by: Town.applicant, at: Town.start, in: setting)
    #expect(same.consents.count == 2 && same.pastConsents.isEmpty)
    var content = going.content
    content.texts["goals"] = "另一份方案"
    let other = try going.after(.write(content, seen: going.version), by: Town.applicant, at: Town.start, in: setting)
    #expect(other.consents.isEmpty && other.pastConsents.map(\.school) == [ID(21), ID(22)])
    let again = try other.accepted(setting)
    #expect(
      again.keys(Town.approval(Town.start.day), office, at: Town.start, setting)
        == ["formation.open.consent", "formation.open.consent"])
    let renewed = try again.after(Town.consent(22), by: Self.member, at: Town.start, in: setting)
    #expect(renewed.pastConsents.map(\.school) == [ID(21)])
  }

  @Test func `in a draft a change opens what schools said themselves, not what the applicant entered`() throws {
    let (draft, setting) = try Self.draft()
    var going = try draft.after(Town.consent(21), by: Town.applicant, at: Town.start, in: setting)
    going = try going.after(Town.consent(22), by: Self.member, at: Town.start, in: setting)
    var content = going.content
    content.name = "另一集团"
    let other = try going.after(.write(content, seen: going.version), by: Town.applicant, at: Town.start, in: setting)
    #expect(other.consents.map(\.school) == [ID(21)] && other.pastConsents.map(\.school) == [ID(22)])
  }

  @Test func `what the registry holds isn't contradicted, and is taken over`() throws {
    let plain = try Town.setting("shanghai-2015")
    let setting = CaseSetting(
      terms: plain.terms, offices: plain.offices, standing: plain.standing,
      registered: [
        ID(22): RegisteredFlags(isPrivate: true, isNew: nil, isWeak: nil),
        ID(21): RegisteredFlags(isPrivate: nil, isNew: nil, isWeak: true),
      ])
    let form = try #require(setting.terms.forms.first?.id)
    let draft = Town.new(Town.content([Town.lead, Town.school(22, isPrivate: true)], form: form))
    var content = draft.content
    content.schools[1].isPrivate = false
    #expect(
      draft.keys(.write(content, seen: 1), Town.applicant, at: Town.start, setting) == ["formation.fault.registered"])
    content = draft.content
    content.schools[1].isNew = true
    let written = try draft.after(.write(content, seen: 1), by: Town.applicant, at: Town.start, in: setting)
    #expect(written.content.schools[1].isNew == true && written.content.schools[0].isWeak == true)
  }

  @Test func `the very same saved twice is nobody else's change`() throws {
    let (draft, setting) = try Self.draft()
    var content = draft.content
    content.name = "江北教育集团"
    let once = try draft.after(.write(content, seen: 1), by: Town.applicant, at: Town.start, in: setting)
    #expect(once.keys(.write(content, seen: 1), Town.applicant, at: Town.start, setting) == [])
    content.name = "江南教育集团"
    #expect(
      once.keys(.write(content, seen: 1), Town.applicant, at: Town.start, setting) == ["formation.fault.version"])
  }

  @Test func `papers taken away again count too`() throws {
    var (going, setting) = try Self.draft()
    func paper(_ id: Int) -> CasePaper {
      CasePaper(
        id: ID(Int64(id)), kind: .other, title: "a", fileName: "a.pdf", file: "x", size: 1 << 20,
        party: .school(ID(21)), signed: Signed(at: Town.start, by: nil))
    }
    for id in 1...FormationCase.mostPapersEver {
      going = try going.after(.attach([paper(id)]), by: Town.applicant, at: Town.start, in: setting)
      going = try going.after(.detach(paper: ID(Int64(id))), by: Town.applicant, at: Town.start, in: setting)
    }
    #expect(going.removedPapers == PaperTally(count: 120, bytes: 120 << 20))
    #expect(
      going.keys(.attach([paper(999)]), Town.applicant, at: Town.start, setting) == ["formation.fault.papersEver"])
    setting = try Town.setting()
    going.removedPapers = PaperTally(count: 1, bytes: 500 << 20)
    #expect(going.keys(.attach([paper(999)]), Town.applicant, at: Town.start, setting) == ["formation.fault.bytes"])
  }

  @Test(arguments: TestDatabases.engines)
  func `a school's no, and what was said of another text, are kept`(engine: Engine) async throws {
    try await Office.with(engine, policy: "shanghai-2015") { office in
      try await office.begin()
      let form = try #require(try await office.find(204)?.setting.terms.forms.first?.id)
      try await office.write([21, 22], form: form)
      try await office.act(Town.consent(22, agrees: false), .school(ID(22)), as: 205)
      let fault = await #expect(throws: CaseFault.self) {
        try await office.act(Town.consent(22), FormationStoreTests.lead, as: 204)
      }
      #expect(fault?.messages.map(\.key) == ["formation.fault.ownWord"])
      try await office.write([21, 22, 23], form: form)
      let opened = try #require(try await office.find(204)).value
      #expect(opened.consents.isEmpty && opened.pastConsents.map(\.agrees) == [false])
      try await office.act(Town.consent(22), .school(ID(22)), as: 205)
      // Put out and taken in again, it still speaks for itself.
      try await office.write([21, 23], form: form)
      try await office.write([21, 22, 23], form: form)
      let back = try #require(try await office.find(204)).value
      #expect(back.consents.isEmpty && back.pastConsents.isEmpty)
      await #expect(throws: CaseFault.self) {
        try await office.act(Town.consent(22), FormationStoreTests.lead, as: 204)
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `an applicant keeps only so many cases it hasn't handed in`(engine: Engine) async throws {
    try await Office.with(engine) { office in
      for id in 1...20 { try await office.begin(id: Int64(700 + id)) }
      let fault = await #expect(throws: CycleFault.self) { try await office.begin(id: 799) }
      #expect(fault?.messages.map(\.key) == ["formation.fault.drafts"])
      try await office.begin(by: FormationStoreTests.district, id: 800)
      try await office.act(.withdraw(reason: "不再办"), FormationStoreTests.lead, as: 204, 701)
      try await office.begin(id: 799)
    }
  }
}
