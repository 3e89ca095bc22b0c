import Workbooks

/// A workbook that uses everything the writer can do.
enum SampleBook {
  static func fill(_ writer: WorkbookWriter) {
    scores(writer.addSheet(named: "计分表"))
    form(writer.addSheet(named: "填报"))
    writer.define("得分", as: range("C3:D6"), onSheet: "计分表")
  }

  private static func scores(_ sheet: SheetWriter) {
    let heading = CellStyle(font: "宋体", size: 16).with {
      $0.isBold = true
      $0.horizontal = .centre
    }
    let plain = CellStyle(font: "仿宋", size: 12).with {
      $0.border = .thin
      $0.wraps = true
    }
    let points = plain.with {
      $0.numberFormat = "0.00"
      $0.fill = 0xE2EFDA
      $0.colour = .black
    }
    sheet.setWidth(30, ofColumns: 1...1)
    sheet.setHeight(32, ofRow: 1)
    sheet.merge(range("A1:D1"), "集团化办学评价计分表", heading)
    for (column, title) in ["集团", "层级", "均衡", "满意度"].enumerated() {
      sheet.write(title, at: CellAddress(row: 2, column: column + 1), plain)
    }
    for row in 3...6 {
      sheet.write("第\(row)集团", at: CellAddress(row: row, column: 1), plain)
      sheet.write("优秀", at: CellAddress(row: row, column: 2), plain)
      sheet.write(number: "\(row * 7).5", at: CellAddress(row: row, column: 3), points)
      sheet.write(number: "\(90 - row)", at: CellAddress(row: row, column: 4), points)
    }
    sheet.colourScale(range("C3:D6"), low: 0xF8696B, middle: 0xFFEB84, high: 0x63BE7B)
    sheet.filter(range("A2:D6"))
    sheet.freeze(rows: 2, columns: 1)
    var page = PageSetup()
    page.isLandscape = true
    page.header = [.text("甲 & 乙")]
    page.repeatedRows = 2...2
    page.printArea = range("A1:D6")
    sheet.setPage(page)
    for (index, kind) in [Chart.Kind.bar, .stackedBar, .column, .stackedColumn, .line].enumerated() {
      var chart = Chart(
        kind, title: "各集团得分", dataSheet: "计分表", categories: range("A3:A6"),
        series: [
          .init(name: "均衡", values: range("C3:C6"), colour: 0x206BC4), .init(name: "=满意度", values: range("D3:D6")),
        ])
      chart.values = 0...100
      chart.valueTitle = "分"
      chart.showsNumbers = index == 0
      chart.description = "各集团两项得分的条形图"
      sheet.add(chart, at: CellAddress(row: 8 + index * 22, column: 1))
    }
    sheet.showFirst()
  }

  private static func form(_ sheet: SheetWriter) {
    let open = CellStyle().with { $0.isLocked = false }
    sheet.write("校名", at: CellAddress(row: 1, column: 1))
    sheet.note("依据：评价办法第三条\n单位：人", at: CellAddress(row: 1, column: 1), author: "均衡")
    for column in 1...6 { sheet.blank(CellAddress(row: 2, column: column), open) }
    let short = InputRule(
      .choices(["是", "否"]), prompt: .init(title: "请选", text: "是或否"), complaint: .init(title: "不对", text: "只能选是或否"))
    let rules: [InputRule] = [
      short, InputRule(.choices((1...60).map { "第\($0)实验小学教育集团" })), InputRule(.whole(0...100)),
      InputRule(.decimal(from: "0", to: "99.5")), InputRule(.text(upTo: 20)),
      InputRule(.choicesIn(CellRange(rows: 3...6, columns: 1...1), sheet: "计分表")),
    ]
    for (index, rule) in rules.enumerated() {
      sheet.allow(rule, in: CellRange(rows: 2...100, columns: index + 1...index + 1))
    }
    sheet.protect()
  }
}
