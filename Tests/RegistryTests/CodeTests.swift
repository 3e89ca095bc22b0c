import Notation
import Testing

@testable import Registry

@Suite struct CodeTests {
  @Test(arguments: ["91350200MA2YJ1XR9G", "123502001549897397", "91350100M000100Y43", "12100000400000624D"])
  func `takes credit codes that are right`(text: String) { #expect(CreditCode.fault(in: text) == nil) }

  @Test(
    arguments: [
      ("91350100M000100Y4Z", "letter"), ("91350100M000100Y44", "check"), ("91350200MA2YJ1XR9", "length"),
      ("91350200MA2YJ1XR8G", "inner"), ("91350200ma2yj1xr9g", "letter"),
    ])
  func `says what is wrong with a credit code`(text: String, key: String) {
    #expect(CreditCode.fault(in: text)?.key == "registry.code.credit.\(key)")
  }

  @Test func `one changed character of a credit code is always found`() {
    let right = Array("91350200MA2YJ1XR9G")
    for place in right.indices {
      for letter in "0123456789ABCDEFGHJKLMNPQRTUWXY" where letter != right[place] {
        var wrong = right
        wrong[place] = letter
        #expect(CreditCode.fault(in: String(wrong)) != nil, "\(String(wrong))")
      }
    }
  }

  @Test(
    arguments: [
      ("2161000123", nil), ("3141004567", nil), ("216100012", "school.form"), ("21610001234", "school.form"),
      ("216100012a", "school.form"), ("2361000123", "school.kind"), ("2199000123", "province"),
      ("２１６１０００１２３", "school.form"),
    ] as [(String, String?)])
  func `knows a school's number`(text: String, key: String?) {
    #expect(SchoolCode.fault(in: text)?.key == key.map { "registry.code.\($0)" })
  }

  @Test func `a division of yesterday is found again`() throws {
    #expect(try #require(Division("310103")).today == [#require(Division("310101"))])
    #expect(try #require(Division("610902")).today == [#require(Division("610902"))])
    // Through two changes, into two.
    #expect(try #require(Division("429001")).today.map(\.text) == ["421303", "421321"])
    #expect(try #require(Division("330104")).today.map(\.text) == ["330102", "330114"])
    // One that stood under its province.
    #expect(try #require(Division("460003")).today.map(\.text) == ["460400"])
    #expect(Division("610002") == nil && Division("999999") == nil)
  }

  @Test func `every line of the file of divisions is read`() {
    let lines = String(decoding: PackageResources.divisions_txt, as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
    #expect(DivisionChange.all.count == lines.count)
    #expect(DivisionChange.all.values.allSatisfy { !$0.division.today.isEmpty })
  }
}
