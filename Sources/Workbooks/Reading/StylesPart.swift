/// Which cell styles show a number as a day.
final class StylesPart: PartParser {
  /// By the style's place in the list that cells refer to.
  private(set) var shown: [NumberFormat.Shown] = []
  private var customFormats: [Int: NumberFormat.Shown] = [:]
  private var inCellStyles = false

  init(part: String, budget: ReadBudget) {
    super.init(part: part, root: "styleSheet", budget: budget)
  }

  override func start(_ name: ElementName, _ attributes: ElementAttributes) {
    switch (depth, name) {
    case (2, "cellXfs"): inCellStyles = true
    case (3, "numFmt"):
      guard let id = attributes.integer("numFmtId"), let code = attributes["formatCode"] else { return }
      if let reason = budget.spendText(64, part: part) { return refuse(reason) }
      customFormats[id] = NumberFormat.shown(code: code)
    case (3, "xf") where inCellStyles:
      if let reason = budget.spendText(1, part: part) { return refuse(reason) }
      let id = attributes.integer("numFmtId") ?? 0
      shown.append(customFormats[id] ?? NumberFormat.shown(id: id))
    default: break
    }
  }

  override func end(_ name: ElementName) {
    if depth == 2 { inCellStyles = false }
  }
}
