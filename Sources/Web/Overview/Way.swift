import Cycles
import Notation
import Storage

/// Where tasks and the rows of start pages and dashboards lead.
enum Way {
  private static let named = Dictionary(Endpoint.all.map { ($0.name, $0) }) { first, _ in first }

  /// The address of an endpoint by its name; nil where none is called so or it asks for other values than these. Where
  /// the endpoint is known, write `Endpoint.x.link(…)`: a name that changes is then found by the compiler.
  static func link(_ name: String, _ values: any CustomStringConvertible...) -> String? {
    guard let endpoint = named[name], endpoint.path.count(where: { $0 == ":" }) == values.count else { return nil }
    return endpoint.link(filling: values)
  }

  static func sheet(_ authority: ID, _ sheet: ID, item: String? = nil) -> String {
    Endpoint.sheet.link(authority, sheet, query: [("item", item)])
  }

  static func group(_ cycle: StoredCycle, _ group: ID) -> String {
    Endpoint.group.link(cycle.authority, cycle.id, group)
  }

  static func list(_ cycle: StoredCycle, _ query: [(String, String?)]) -> String {
    Endpoint.groupList.link(cycle.authority, cycle.id, query: query)
  }

  /// The start page's address of a cycle, a part of the authority and a stage.
  static func dashboard(_ cycle: StoredCycle, area: ID? = nil, stage: String? = nil, from: Int? = nil) -> String {
    Endpoint.root.link(
      query: [
        ("cycle", key(cycle.authority, cycle.id)), ("area", area?.description), ("stage", stage),
        ("from", from.map(String.init)),
      ])
  }

  /// What an address says where this cycle is looked at.
  static func chosen(_ cycle: StoredCycle) -> [(String, String?)] { [("cycle", key(cycle.authority, cycle.id))] }

  /// How an address names a cycle: `authority-id`.
  static func key(_ authority: ID, _ id: ID) -> String { "\(authority)-\(id)" }

  static func key(_ text: String?) -> (authority: ID, id: ID)? {
    guard let parts = text?.split(separator: "-"), parts.count == 2, let authority = ID(parts[0]), let id = ID(parts[1])
    else { return nil }
    return (authority, id)
  }

  /// Where a task is done: on its sheet, on the cycle's pages, else among the groups it is of.
  static func task(_ kind: CycleTask.Kind, stage: String?, groups: [GroupOverview], school: ID?, in cycle: StoredCycle)
    -> String
  {
    if let page = page(kind, stage, cycle) { return page }
    guard groups.count == 1, let group = groups.first else {
      return list(cycle, [("stage", stage), ("state", kind == .chase ? "missing" : "open")])
    }
    let sheet = stage.flatMap { stage in school.flatMap { group.sheet(stage, of: $0) } ?? group.sheet(stage) }
    guard let sheet, kind != .chase else { return self.group(cycle, group.id) }
    if kind == .submit { return Endpoint.submission.link(cycle.authority, sheet.id) }
    return self.sheet(cycle.authority, sheet.id)
  }

  /// The cycle's own page for a task; nil where it is done on sheets.
  private static func page(_ kind: CycleTask.Kind, _ stage: String?, _ cycle: StoredCycle) -> String? {
    let (authority, id) = (cycle.authority, cycle.id)
    return switch (kind, stage) {
    case (.setDue, let stage):
      Endpoint.cycle.link(authority, id, query: [("extend", "all"), ("for", stage)]) + "#extend"
    case (.announceDraw, let stage?), (.draw, let stage?): Endpoint.draw.link(authority, id, stage)
    case (.assignExperts, let stage?): Endpoint.panel.link(authority, id, stage)
    case (.recommend, let stage?): Endpoint.recommendation.link(authority, id, stage)
    case (.handInReport, let stage?): Endpoint.report.link(authority, id, stage)
    case (.evaluateMembers, let stage?): Endpoint.memberSheets.link(authority, id, stage)
    case (.confirm, _): Endpoint.confirmation.link(authority, id)
    case (.publish, _): Endpoint.publication.link(authority, id)
    case (.answerObjection, _), (.object, _): Endpoint.objections.link(authority, id)
    default: nil
    }
  }
}
