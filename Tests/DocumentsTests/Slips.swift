import Testing

/// What someone may do wrong in a workbook, and the words they get: sheet, cell, what, what to do.
struct Slip: Sendable, CustomTestStringConvertible {
  let key: String
  let edit: @Sendable (inout EditedBook) -> Void
  let says: [String]

  init(_ key: String, says: String..., edit: @escaping @Sendable (inout EditedBook) -> Void) {
    self.key = key
    self.edit = edit
    self.says = says
  }

  var testDescription: String { key }
}

extension Slip {
  /// What a workbook alone can have wrong.
  static let ofForm: [Slip] = [
    Slip(
      "excel.policy",
      says: "填写说明!B2: 这份表格是为办法“suizhou-2022”制作的，不是“ankang-2022”。重新下载或生成本办法的表格。"
    ) { $0.set("填写说明", "B2", .text("suizhou-2022")) },
    Slip("excel.sheet", says: "1: 缺少工作表“学校数据”。重新下载或生成表格，或恢复工作表的名称。") {
      $0.remove(sheet: "学校数据")
    },
    Slip("excel.column", says: "集团!H3: 这一格所在的列没有代码，不知道是什么数据。把数据移到有代码的列，或删去。") {
      $0.set("集团", "H3", .text("备注"))
    },
    Slip("excel.columns", says: "集团!A2: 缺少代码为 district 的列。恢复这些列，或重新下载或生成表格；没有数据的列请留空，不要删去。") {
      $0.set("集团", "E2", nil)
    },
    Slip("excel.heads", says: "学校数据!A4: 第 4 行的代码不见了，认不出各列。恢复表头，或重新下载或生成表格后把数据粘贴过去。") {
      $0.set("学校数据", "A4", nil)
    },
    Slip("excel.date", says: "集团!F3: 日期 1905-07-12 过早，可能只填了年份。写全年月日，如 2021-09-01。") {
      $0.set("集团", "F3", .date("1905-07-12"))
    },
    Slip(
      "excel.code", says: "集团数据!I5: 本办法没有代码为“99/done”的数据。恢复表头的代码。",
      "集团数据!A4: 缺少代码为 2/development_plan/met 的列。"
    ) {
      $0.set("集团数据", "I4", .text("99/done"))
      $0.set("集团数据", "I5", .number("3"))
    },
    Slip("excel.error", says: "集团数据!T5: 单元格是错误值 #DIV/0!。改正公式或改填数字。") {
      $0.set("集团数据", $0.address("集团数据", "4/exchange_rate", row: 5), .error("#DIV/0!"))
    },
    Slip("excel.uncalculated", says: "集团数据!U5: 公式没有计算结果。在 Excel 中打开并保存一次，或改填数字。") {
      $0.set("集团数据", $0.address("集团数据", "4/backbone_share", row: 5), .formula("12/48*100"))
    },
    Slip("excel.key", says: "学校数据!B5: 这一行的年度和编号没有写全。补上年度、集团编号（学校数据还要学校编号），或删去整行。") {
      $0.set("学校数据", "A5", nil)
    },
    Slip("excel.group", says: "学校!B7: “集团”表里没有 2022 年的集团“g7”。先在“集团”表登记，或改正编号。") {
      $0.set("学校", "A7", .number("2022"))
      $0.set("学校", "B7", .text("g7"))
      $0.set("学校", "C7", .text("s7"))
    },
    Slip("excel.row.twice", says: "集团数据!B6: “g1”的数据已有一行。合并为一行。") { $0.set("集团数据", "B6", .text("g1")) },
    Slip("excel.entry.empty", says: "集团数据!E5: 条目“行政管理制度”没有填，同一项的其他条目已填。每一条都选“有”或“缺”；尚不清楚的整项留空。") {
      $0.set("集团数据", $0.address("集团数据", "1/lacking#administration", row: 5), nil)
    },
    Slip("excel.award.input", says: "奖项!B4: 这一行没有写项目代码。从下拉选项中选择。") {
      $0.set("奖项", "A4", .number("2022"))
      $0.set("奖项", "B4", .text("g1"))
      $0.set("奖项", "E4", .text("city"))
    },
    Slip("excel.award.count", says: "写的是 3 项，“奖项”表里列了 1 项。核对两处。") {
      $0.set("集团数据", $0.address("集团数据", "publicity/awards", row: 5), .number("3"))
    },
    Slip(
      "excel.award.unused", says: "奖项!D4: 奖项没有归属：没有代码为“publicity/prizes”的数据，或没有这一集团、学校的数据行。核对年度、编号和代码。"
    ) {
      $0.set("奖项", "A4", .number("2022"))
      $0.set("奖项", "B4", .text("g1"))
      $0.set("奖项", "D4", .text("publicity/prizes"))
      $0.set("奖项", "E4", .text("city"))
    },
    Slip("excel.claim", says: "“是否申报”写的是“否”，同一项却填了数据。改为“是”，或清空这一项的数据。") {
      $0.set("集团数据", $0.address("集团数据", "publicity#claim", row: 5), .text("否"))
    },
  ]

  /// What the common check finds is told by sheet and cell as well.
  static let ofFacts: [Slip] = [
    Slip("facts.year", says: "集团!A5: 年度应是四位整数，这里是文字“去年”。填学年结束的那一年，如 2022。") {
      $0.set("集团", "A5", .text("去年"))
      $0.set("集团", "B5", .text("g3"))
    },
    Slip("facts.group.twice", says: "集团!B5: 2022 年的集团“g1”出现两次。合并为一处。") {
      $0.set("集团", "A5", .number("2022"))
      $0.set("集团", "B5", .text("g1"))
    },
    Slip("named.form", says: "集团!D3: ") { $0.set("集团", "D3", .text("松散型")) },
    Slip("named.veto", says: "集团!G3: ") { $0.set("集团", "G3", .text("迟到")) },
    Slip("facts.day", says: "集团!F3: 日期应写作 2021-09-01，这里是文字“2020年秋”。改为真实存在的日期。") {
      $0.set("集团", "F3", .text("2020年秋"))
    },
    Slip("facts.role", says: "学校!E4: ") { $0.set("学校", "E4", .text("分校")) },
    Slip("fact.range.percent", says: "集团数据!T5: ") {
      $0.set("集团数据", $0.address("集团数据", "4/exchange_rate", row: 5), .number("108.4"))
    },
    Slip("fact.value of a level", says: "学校数据!F5: “优”不在允许的值之中。允许：优秀、良好、合格、不合格。") {
      $0.set("学校数据", $0.address("学校数据", "11/level", row: 5), .text("优"))
    },
    Slip("fact.value of an entry", says: "集团数据!C5: “无”不在允许的值之中。允许：有、缺。") { $0.set("集团数据", "C5", .text("无")) },
    Slip("fact.type", says: "集团数据!T5: ") {
      $0.set("集团数据", $0.address("集团数据", "4/exchange_rate", row: 5), .text("约8"))
    },
    Slip("fact.type of yes and no", says: "集团数据!I5: ") { $0.set("集团数据", "I5", .text("已制定")) },
    Slip("fact.value of a claim", says: "“申报”不在允许的值之中。允许：是、否。") {
      $0.set("集团数据", $0.address("集团数据", "publicity#claim", row: 5), .text("申报"))
    },
  ]
}
