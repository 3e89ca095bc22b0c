import Notation
import Testing

@testable import Web

@Suite struct PictureTests {
  static func number(_ text: String) -> Exact { .decimal(text) }

  @Test(arguments: [
    ("0", Shade.below60), ("59.99", .below60), ("60", .from60), ("69.999", .from60), ("70", .from70), ("80", .from80),
    ("89.99", .from80), ("90", .from90), ("100", .from90),
  ])
  func `a share has the shade of its band`(percent: String, shade: Shade) {
    #expect(Shade(percent: Self.number(percent)) == shade)
  }

  static func map(_ cells: [[HeatMap.Cell]], columns: Int, name: String = "甲集团") -> HeatMap {
    HeatMap(
      rows: cells.indices.map {
        HeatMap.Row(number: String($0 + 1), title: "教师<交流>\"比例\"", link: nil, beginsPart: $0 > 0)
      },
      blocks: [
        HeatMap.Block(
          title: name, link: nil,
          columns: (0..<columns).map { HeatMap.Column(head: String($0 + 1), title: name, link: "/g/\($0)") })
      ], cells: cells, link: { row, column in "/s/\(column)?item=\(row)&x=\"" }, label: "热力图")
  }

  @Test func `a heat map shows missing ones hatched, what isn't asked as a dash, and escapes every word`() {
    let svg = Self.map([[.percent(Exact(95)), .missing, .none]], columns: 3, name: "<script>").svg
    #expect(svg.contains(Shade.from90.colour))
    #expect(svg.contains("url(#h)"))
    #expect(!svg.contains("<script>") && svg.contains("&lt;script&gt;"))
    #expect(svg.contains("href=\"/s/0?item=0&amp;x=&quot;\""))
    #expect(svg.contains("role=\"img\" aria-label=\"热力图\""))
    #expect(svg.ranges(of: "tabindex=\"-1\"").count == svg.ranges(of: "<a ").count)
  }

  @Test(arguments: [1, 12, 46, 60])
  func `a heat map stays within the page`(columns: Int) throws {
    let cells = Array(repeating: HeatMap.Cell.percent(Exact(50)), count: columns)
    let svg = Self.map([cells, cells], columns: columns).svg
    let width = try #require(svg.firstMatch(of: #/viewBox="0 0 ([\d.]+) /#)?.output.1)
    #expect(try #require(Exact(decimal: width)) <= Exact(1_300))
    #expect(svg.ranges(of: "<rect").count == 2 * columns + 2)
  }

  @Test func `sixty groups by forty items weigh little`() {
    let row = Array(repeating: HeatMap.Cell.percent(Exact(75)), count: 60)
    #expect(Self.map(Array(repeating: row, count: 40), columns: 60).svg.utf8.count < 400_000)
  }

  @Test func `few columns say their numbers beside the shade`() {
    #expect(Self.map([[.percent(Self.number("87.25"))]], columns: 1).svg.contains(">87.3</text>"))
    #expect(!Self.map([Array(repeating: .percent(Exact(87)), count: 40)], columns: 40).svg.contains(">87.0</text>"))
  }

  @Test(arguments: [(9, 4, Ink.good), (4, 9, Ink.bad), (4, 6, Ink.axis), (6, 4, Ink.axis), (7, 4, Ink.good)])
  func `ranks are coloured from three places on`(before: Int, after: Int, colour: String) {
    let line = SlopeChart.Line(name: "甲", before: before, after: after, note: nil, link: nil)
    #expect(SlopeChart.look(line).colour == colour)
  }

  @Test func `groups of one rank stand below each other`() throws {
    let lines = [1, 2, 2, 4].map { SlopeChart.Line(name: "集团", before: nil, after: $0, note: nil, link: nil) }
    let svg = SlopeChart(lines: lines, beforeTitle: "上年", afterTitle: "本年", label: "名次").svg
    let heights = svg.matches(of: #/<circle cx="350" cy="([\d.]+)"/#).map(\.output.1)
    #expect(Set(heights).count == 4)
  }

  static func quadrant(_ points: [(String, String)], lowerIsBetter: Bool) -> String {
    QuadrantChart(
      points: points.map { QuadrantChart.Point(name: "甲", x: number($0.0), y: number($0.1), link: nil) },
      corners: .init(good: "好", topLeft: "左上", bottomRight: "右下", bottomLeft: "左下"), xTitle: "分", yTitle: "差",
      lowerIsBetter: lowerIsBetter, label: "四象限"
    ).svg
  }

  @Test func `where lower is better the lower value stands higher`() throws {
    let svg = Self.quadrant([("9", "-0.12"), ("9", "0.05")], lowerIsBetter: true)
    let heights = svg.matches(of: #/<circle cx="[\d.]+" cy="([\d.]+)"/#).compactMap { Exact(decimal: $0.output.1) }
    #expect(heights.count == 2 && heights[0] < heights[1])
    #expect(svg.contains("−0.") && svg.contains("+0."))
  }

  @Test(arguments: [[], ["0"], ["1000000"], ["-0.0001", "0.0002"], ["5", "5"]])
  func `an axis holds its values and zero, in few steps`(values: [String]) {
    let numbers = values.map(Self.number)
    let axis = Axis(numbers)
    #expect(axis.from <= (numbers.min() ?? .zero) && axis.to >= (numbers.max() ?? .zero))
    #expect(axis.from <= .zero && axis.to >= .zero)
    #expect((2...14).contains(axis.ticks.count))
  }

  @Test func `bars begin at zero and name their targets`() {
    let svg = BarChart(
      bars: [
        .init(title: "2022年", value: Self.number("52.3"), target: Exact(50), targetTitle: "目标 50"),
        .init(title: "2024年", value: nil, target: Exact(80), targetTitle: "目标 80"),
      ], most: .hundred, label: "覆盖率"
    ).svg
    #expect(svg.contains("目标 50") && svg.contains("52.3") && svg.contains("stroke-dasharray"))
  }

  @Test func `a bar's number stands where no target's tick crosses it`() {
    for end in stride(from: 140, through: 1_420, by: 20) {
      #expect(BarChart.number(at: end, tick: nil).y != end)
      for tick in stride(from: 140, through: 1_420, by: 20) {
        let y = BarChart.number(at: end, tick: tick).y
        #expect(!(y - 100...y + 20).contains(tick), "\(end) \(tick)")
      }
    }
    let svg = BarChart(
      bars: [.init(title: "2024年", value: Self.number("81.6"), target: Exact(80), targetTitle: "目标 80%")],
      most: .hundred, unit: "%", label: "覆盖率"
    ).svg
    #expect(svg.contains(">81.6%<") && svg.contains(">100%<"))
  }

  @Test(arguments: [(0, "0"), (235, "23.5"), (-5, "-0.5"), (1_760, "176")])
  func `lengths are written short`(tenths: Int, text: String) { #expect(px(tenths) == text) }
}
