/// The links from one part of a workbook to others.
final class Relationships: PartParser {
  struct Link {
    /// The last word of the type's address, such as `worksheet`.
    let kind: String
    /// The full name of the part pointed to.
    let target: String
  }

  private(set) var links: [String: Link] = [:]
  private let folder: [Substring]

  /// The links kept in `part`, such as `xl/_rels/workbook.xml.rels`.
  init(part: String, budget: ReadBudget) {
    folder = part.split(separator: "/").dropLast(2)
    super.init(part: part, root: "Relationships", budget: budget)
  }

  /// The links of a part.
  static func of(_ part: String, in archive: Archive) throws(WorkbookRefusal) -> [String: Link] {
    let steps = part.split(separator: "/")
    let name = (steps.dropLast() + ["_rels", (steps.last ?? "") + ".rels"]).joined(separator: "/")
    let reader = Relationships(part: name, budget: archive.budget)
    try reader.parse(archive)
    return reader.links
  }

  override func start(_ name: ElementName, _ attributes: ElementAttributes) {
    guard depth == 2, name == "Relationship", let id = attributes["Id"], let type = attributes["Type"],
      let target = attributes["Target"], attributes["TargetMode"] != "External"
    else { return }
    if let reason = budget.spendText(target.utf8.count + 128, part: part) { return refuse(reason) }
    links[id] = Link(kind: String(type.split(separator: "/").last ?? ""), target: resolved(target))
  }

  private func resolved(_ target: String) -> String {
    var steps = target.hasPrefix("/") ? [] : folder
    for step in target.split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return steps.joined(separator: "/")
  }
}
