/// The list of sheets and the way days are counted.
final class WorkbookPart: PartParser {
  struct Listed {
    let name: String
    let isHidden: Bool
    let link: String
  }

  private(set) var sheets: [Listed] = []
  private(set) var dates = DateSystem.from1900
  private var names: Set<String> = []

  init(part: String, budget: ReadBudget) {
    super.init(part: part, root: "workbook", budget: budget)
  }

  override func start(_ name: ElementName, _ attributes: ElementAttributes) {
    if depth == 2, name == "workbookPr", attributes.flag("date1904") { dates = .from1904 }
    guard depth == 3, name == "sheet" else { return }
    let title = EscapedText.decode(Array((attributes["name"] ?? "").utf8))
    guard let link = attributes.prefixed("id") else { return refuse(.damaged(part: part, .unknownSheet)) }
    guard names.insert(title.lowercased()).inserted else { return refuse(.damaged(part: part, .duplicateSheet)) }
    sheets.append(Listed(name: title, isHidden: (attributes["state"] ?? "visible") != "visible", link: link))
    if sheets.count > budget.limits.sheets { refuse(.tooManySheets(limit: budget.limits.sheets)) }
  }
}
