import Notation
import Rules

extension Policy {
  /// Reads what can be read; what can't is left out here and explained by the check.
  init(_ root: Node, decisions: [Decision]) {
    id = root["policy"]?.text ?? ""
    was = root["was"]?.text
    title = root["title"]?.text ?? ""
    issuer = root["issuer"]?.text
    region = root["region"]?.text
    status = root["status"]?.text ?? "draft"
    language = root["language"]?.text ?? "zh-CN"
    rounding = Policy.rounding(root["rounding"])
    forms = (root["forms"]?.list ?? []).compactMap(Policy.form)
    self.decisions = decisions
    scheme = root["scheme"].flatMap(Policy.scheme)
    bonus = root["bonus"].flatMap(Policy.bonus)
    vetoes = (root["vetoes"]?.list ?? []).compactMap(Policy.veto)
    grading = root["grading"].flatMap(Policy.grading)
    ranking = root["grading"]?["rank"].map(Policy.ranking) ?? .standard
    yearStart = root["year"]?["starts"]?.text.flatMap(DayOfYear.init) ?? Policy.nationalYearStart
    eligible = root["eligible"].flatMap { try? Expression(condition: $0) }
    consequences = (root["consequences"]?.list ?? []).compactMap(Policy.consequence)
    stages = Policy.stages(root)
    sheet = Policy.sheet(root["sheet"], title: root["title"]?.text ?? "")
    self.root = root
  }

  /// 学年: 1 September – 31 August (glossary).
  static let nationalYearStart = DayOfYear(month: 9, day: 1)

  static func rounding(_ node: Node?) -> Rounding {
    guard let places = node?["places"]?.integer, let mode = node?["mode"]?.text.flatMap(Rounding.Mode.init),
      (0...PolicyCheck.mostPlaces).contains(places)
    else { return Rounding(places: 2, mode: .halfUp) }
    return Rounding(places: places, mode: mode)
  }

  static func form(_ node: Node) -> Form? {
    guard let id = node["id"]?.text else { return nil }
    return Form(
      id: id, name: node["name"]?.text ?? id, isTight: node["tight"]?.boolean ?? false,
      source: node["source"]?.text ?? "")
  }

  static func veto(_ node: Node) -> Veto? {
    guard let id = node["id"]?.text else { return nil }
    return Veto(
      id: id, title: node["title"]?.text ?? id, grade: node["grade"]?.text, bars: node["bars"]?.texts() ?? [],
      source: node["source"]?.text ?? "")
  }

  static func sheet(_ node: Node?, title: String) -> SheetLayout {
    let columns = (node?["columns"]?.list ?? []).compactMap { column -> SheetLayout.Column? in
      guard let title = column["title"]?.text, let show = column["show"]?.text else { return nil }
      return SheetLayout.Column(title: title, show: show, depth: column["depth"]?.integer ?? 1)
    }
    return SheetLayout(title: node?["title"]?.text ?? title, columns: columns)
  }
}
