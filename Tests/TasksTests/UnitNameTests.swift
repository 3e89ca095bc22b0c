import Notation
import Testing

@testable import Tasks

/// Units of a document by their full and their short names.
@Suite struct UnitNameTests {
  static let names = UnitNames(
    of: .init(id: ID(10), name: "安康市教育体育局"),
    among: [
      .init(id: ID(10), name: "安康市教育体育局"), .init(id: ID(11), name: "汉滨区教育体育局"),
      .init(id: ID(12), name: "安康市石泉县教育局"), .init(id: ID(13), name: "恒口示范区教体局"),
      .init(id: ID(14), name: "旬阳市教体局"), .init(id: ID(15), name: "市府办"),
    ])

  @Test(
    arguments: [
      ("汉滨区教育体育局", 11), ("汉滨区教体局", 11), ("汉滨区教育局", 11), ("安康市汉滨区教体局", 11), ("石泉县教体局", 12),
      ("恒口示范区教育和体育局", 13), ("市教体局", 10), ("市教育局", 10), ("安康市教委", 10), ("旬阳市教体局", 14), ("市府办", 15),
    ] as [(String, Int64)])
  func `a full name and a short one mean the same office`(name: String, office: Int64) {
    #expect(Self.names.office(called: name) == ID(office))
  }

  @Test(arguments: ["区教育局", "紫阳县教体局", "市人社局", "汉滨区政府", "教体局", "各区县", ""])
  func `what means none, or several, means none`(name: String) {
    #expect(Self.names.office(called: name) == nil)
  }

  @Test func `a short name that two bear means neither`() {
    let names = UnitNames(
      of: .init(id: ID(1), name: "某省教育厅"),
      among: [.init(id: ID(2), name: "甲市城关区教育局"), .init(id: ID(3), name: "乙市城关区教育局")])
    #expect(names.office(called: "城关区教体局") == nil)
    #expect(names.office(called: "甲市城关区教体局") == ID(2))
  }
}
