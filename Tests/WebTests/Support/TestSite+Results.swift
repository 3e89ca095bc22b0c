import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures

@testable import Web

/// A year that has come to its results.
extension TestSite {
  /// 2027 under the small policy, cycle 501: every stage is handed in, group 31 is best, 32 and 33 tie; it is the first of
  /// November.
  func yearToConfirm() async throws -> SmallYear {
    try await site.database.write { _ = try $0.run("UPDATE school_group SET form = 'tight'") }
    let city = TestPerson.city
    let post = Viewer.Post(
      appointment: city.appointment, role: .office, authority: TestSite.city, authorityName: "", level: "city",
      school: nil, schoolName: nil)
    let year = SmallYear(
      database: site.database, authority: TestSite.city, cycle: ID(501), year: 2027,
      office: Viewer(account: city.account, name: "", post: post, language: "zh-CN"), ids: IDMaker(node: 5))
    try await year.open()
    try await year.pass([31: SmallMarks(95, 30), 32: SmallMarks(80, 20), 33: SmallMarks(80, 20)])
    clock.set(year.day(11, 1))
    return year
  }

  /// The same with what is left to people decided, and confirmed through the pages.
  func confirmedYear() async throws -> SmallYear {
    let year = try await yearToConfirm()
    try await decideAndConfirm()
    return year
  }

  func decideAndConfirm() async throws {
    for (consequence, granted) in [("award", [("32", "yes"), ("33", "no")]), ("named", [("31", "no")])] {
      _ = try await ask(
        .city, .post, "/cycles/10/501/decisions",
        form: [("consequence", consequence), ("reason", "研究决定")] + granted.map { ("granted:\($0.0)", $0.1) })
    }
    _ = try await ask(.city, .post, "/cycles/10/501/confirmation", form: [])
  }

  /// The same, published when the window of objections was over.
  func publishedYear() async throws -> SmallYear {
    let year = try await confirmedYear()
    clock.set(year.day(11, 12))
    _ = try await ask(.city, .post, "/cycles/10/501/publication", form: [("document", "示例〔2027〕1号"), ("items", "1")])
    return year
  }
}
