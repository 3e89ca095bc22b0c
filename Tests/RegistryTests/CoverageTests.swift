import Notation
import Testing

@testable import Registry

@Suite struct CoverageTests {
  static let weak = School.Flag(kind: .weak, since: Town.day("2020-01-01"), until: nil)
  static let central = School.Flag(kind: .area, area: "central", since: Town.day("2020-01-01"), until: nil)

  /// 11 leads two groups; 12 of the zone is in a group of the district; 13 is a senior school; 14 is in none.
  let book = Town.book(
    [
      Town.school(11, flags: [central]), Town.school(12, Town.zone, flags: [weak]),
      Town.school(13, Town.hanbin, .senior),
      Town.school(14, Town.hanbin, [.junior, .senior], flags: [weak, central]),
    ], [Town.group(21), Town.group(22)],
    [
      Town.member(21, 11, lead: true), Town.member(21, 12), Town.member(21, 13), Town.member(22, 11, lead: true),
    ])
  let pupils = [ID(11): 900, ID(12): 100]
  var coverage: [ID: Coverage] { book.on(Town.day("2023-01-01")).coverage(pupils: pupils) }

  @Test func `a school in two groups counts once, and only compulsory stages count`() throws {
    let hanbin = try #require(coverage[Town.hanbin.id])
    #expect(hanbin.schools == 2 && hanbin.covered == 1 && hanbin.share == 50)
    #expect(hanbin.pupils == 900 && hanbin.coveredPupils == 900 && hanbin.uncounted == 1)
    #expect(hanbin.weak == 1 && hanbin.weakCovered == 0)
  }

  @Test func `a group that crosses districts leaves every district its own schools`() throws {
    #expect(try #require(coverage[Town.zone.id]).covered == 1)
    let summed = AuthorityTree(book.authorities).summed(coverage)
    #expect(summed[Town.city.id]?.schools == 3 && summed[Town.city.id]?.covered == 2)
    #expect(summed[Town.city.id]?.pupils == 1000)
    #expect(coverage.values.reduce(0) { $0 + $1.schools } == summed[Town.city.id]?.schools)
  }

  @Test func `before the groups were formed nothing is covered, and where there is nothing no share is said`() {
    let before = book.on(Town.day("2021-01-01")).coverage(pupils: [:])
    #expect(before.values.allSatisfy { $0.covered == 0 } && before[Town.hanbin.id]?.share == 0)
    #expect(Coverage().share == nil)
  }

  @Test func `an area keeps to its schools`() {
    let central = book.on(Town.day("2023-01-01")).coverage(pupils: [:], area: "central")
    #expect(central[Town.hanbin.id]?.schools == 2 && central[Town.zone.id] == nil)
  }
}

@Suite struct TargetTests {
  static func map(_ entries: [(String, Node)]) -> Node {
    let place = Place(file: "t", line: 1)
    return Node(.map(entries.map { Node.Entry(key: $0.0, keyPlace: place, value: $0.1) }), at: place)
  }
  static func number(_ value: Int) -> Node { Node(.number(Exact(value)), at: Place(file: "t", line: 1)) }
  static func text(_ value: String) -> Node { Node(.text(value), at: Place(file: "t", line: 1)) }

  /// Annexe 1 in small: 2 and 1 groups, three together, half of them tight; 50, 70, then 80 % of the schools.
  static let targets = Target.read(
    Node(
      .list([
        map([
          ("year", number(2022)), ("groups", map([("total", number(2)), ("tight", number(1)), ("loose", number(1))])),
          ("coverage", number(50)),
        ]),
        map([
          ("year", number(2023)), ("groups", map([("total", number(1)), ("tight", number(1))])),
          ("coverage", number(70)),
        ]),
        map([
          ("year", number(2023)), ("cumulative", Node(.boolean(true), at: Place(file: "t", line: 1))),
          ("atLeast", map([("groups", number(3)), ("coverage", number(80))])),
        ]),
        map([
          ("year", number(2022)), ("area", text("central")),
          ("atLeast", map([("groups", number(12)), ("tightPercent", number(60))])),
        ]),
      ]), at: Place(file: "t", line: 1)))

  let book = Town.book(
    [Town.school(11, flags: [CoverageTests.central]), Town.school(12)],
    [
      Town.group(21, formed: "2019-09-01", form: "tight"), Town.group(22, formed: "2022-05-01", form: "tight"),
      Town.group(23, formed: "2022-12-31", form: "loose"), Town.group(24, formed: "2023-01-01", form: "tight"),
    ], [Town.member(22, 11, lead: true, since: "2022-05-01"), Town.member(23, 12, lead: true, since: "2022-12-31")])

  func count(_ key: String, today: String = "2026-01-01") throws -> GroupCount {
    let target = try #require(Self.targets.first { $0.key == key })
    return target.groups(of: book, within: nil, tight: ["tight"], targets: Self.targets, today: Town.day(today))
  }

  @Test func `targets are read with all they want`() {
    #expect(Self.targets.map(\.key) == ["2022", "2023", "2023-total", "2022-central"])
    #expect(Self.targets[0].goals.map(\.measure) == [.groups, .tight, .loose, .coverage])
    #expect(Self.targets[3].goals.map(\.measure) == [.groups, .tightPercent])
  }

  @Test func `a year's target counts the groups of that year, a cumulative one all since the first`() throws {
    #expect(try count("2022").groups == [ID(22), ID(23)])
    #expect(try count("2022").tight == 1 && count("2022").loose == 1)
    #expect(try count("2023").groups == [ID(24)])
    // The one of 2019 was there before the plan.
    #expect(try count("2023-total").groups == [ID(22), ID(23), ID(24)])
    #expect(try count("2022", today: "2022-06-01").groups == [ID(22)])
  }

  @Test func `an area counts the groups led from it`() throws {
    #expect(try count("2022-central").groups == [ID(22)])
    #expect(try count("2022-central").tightPercent == 100)
  }

  @Test func `what districts are given is added up`() {
    func part(_ authority: Int64, _ measure: Target.Measure, _ value: Int) -> Allotment {
      Allotment(policy: "p", target: "2022", authority: ID(authority), measure: measure, value: Exact(value))
    }
    let sums = AllotmentSum.check(
      Self.targets, [part(2, .groups, 1), part(3, .groups, 2), part(2, .tight, 1), part(3, .coverage, 40)])
    #expect(sums.map(\.state).prefix(4) == [.more(1), .exact, .none, .below([ID(3)])])
  }
}
