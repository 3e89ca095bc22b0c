import Ledgers
import Notation
import Rules
import Testing

@Suite struct DocumentMetricTests {
  @Test func `a document is there with what it has to say`() {
    var town = LedgerTown("ankang-2022")
    town.document("annual-plan", contents: ["goals"])
    #expect(town.value("2", "annual_goals.met") == .boolean(true))
    #expect(town.value("2", "annual_measures.met") == nil)
    town.say("documents", [LedgerTown.lead])
    #expect(town.value("2", "annual_measures.met") == .boolean(false))
  }

  @Test func `a plan of another year doesn't hold, a three-year plan does`() {
    var town = LedgerTown("ankang-2022")
    town.document("annual-plan", from: "2020-09-01", contents: ["goals"])
    town.document("development-plan", from: "2019-09-01")
    town.say("documents")
    #expect(town.value("2", "annual_goals.met") == .boolean(false))
    #expect(town.value("2", "development_plan.met") == .boolean(true))
    town.records.removeAll { $0.text("document") == "development-plan" }
    town.document("development-plan", from: "2018-09-01")
    #expect(town.value("2", "development_plan.met") == .boolean(false))
  }

  @Test func `what the members owe is counted school by school`() {
    var town = LedgerTown("ankang-2022")
    town.document("member-annual-plan", LedgerTown.north, contents: ["group-tasks"])
    town.document("member-annual-plan", LedgerTown.south)
    #expect(town.value("2", "member_plans.done") == nil)
    town.say("documents", [LedgerTown.south])
    #expect(town.value("2", "member_plans.done") == .number(1))
    #expect(town.value("2", "member_plans.required") == .number(2))
  }

  @Test func `each plan and each summary of a member is one that may be missing`() {
    var town = LedgerTown("suizhou-2022")
    town.document("member-plan", LedgerTown.north, contents: ["plan"])
    town.document("member-plan", LedgerTown.south, contents: ["plan", "summary"])
    #expect(town.reading("C2", "member_documents_missing")?.soFar == .number(1))
    town.say("documents", [LedgerTown.north])
    #expect(town.value("C2", "member_documents_missing") == .number(1))
    town.document("school-plan", LedgerTown.lead, contents: ["group-content"])
    town.say("documents")
    #expect(town.value("C2", "schools_without_content") == .number(2))
  }

  @Test func `a checklist finds its entries in the documents`() {
    var town = LedgerTown("ankang-2022")
    town.document("charter", contents: ["duties"])
    town.document("management-rules", contents: ["administration", "exchange", "teaching"])
    #expect(town.value("1", "lacking") == nil)
    #expect(town.reading("1", "lacking")?.soFar == .names(["research"]))
    town.document("management-rules", contents: ["research"])
    #expect(town.value("1", "lacking") == .names([]))
  }

  @Test func `reports of a term are counted in their year`() {
    var town = LedgerTown("ankang-2022")
    town.document("quality-report")
    town.document("quality-report", from: "2020-09-01")
    let reading = town.reading("14", "quality_reports.value")
    #expect(reading?.value == .number(1))
    #expect(reading?.mayRise == true)
  }

  @Test func `what a school still lacks is listed from the first day`() {
    var town = LedgerTown("suizhou-2022")
    town.document("charter", contents: ["duties"])
    let gaps = YearGaps(town.year)
    let charter = gaps.documents.first { $0.document.id == "charter" }
    #expect(charter?.contents.map(\.id) == ["bodies", "staffing"])
    let plans = gaps.documents.filter { $0.document.id == "school-plan" }
    #expect(plans.map(\.school.id) == LedgerTown.all)
    #expect(gaps.kept.count { $0.kind.id == "exchange" } == 3)
    #expect(gaps.kept.count { $0.kind.id == "meetings" } == 1)
  }
}
