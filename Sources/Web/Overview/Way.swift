import Cycles
import Notation
import Storage

/// Where the rows of start pages and dashboards lead. Rooms that aren't built yet have no address here, and what would
/// lead there leads to the nearest page there is.
enum Way {
  private static let named = Dictionary(Endpoint.all.map { ($0.name, $0) }) { first, _ in first }

  /// The endpoint of a room that may not be there.
  static func endpoint(_ name: String) -> Endpoint? { named[name] }

  static func sheet(_ authority: ID, _ sheet: ID, item: String? = nil) -> String {
    Endpoint.sheet.link(authority, sheet, query: [("item", item)])
  }

  static func group(_ cycle: StoredCycle, _ group: ID) -> String { Endpoint.group.link(cycle.authority, cycle.id, group) }

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
    switch kind {
    case .recommend: return page(.recommendation, stage, of: cycle)
    case .announceDraw, .draw: return page(.draw, stage, of: cycle)
    case .assignExperts: return page(.panel, stage, of: cycle)
    case .handInReport: return page(.report, stage, of: cycle)
    case .evaluateMembers: return page(.memberSheets, stage, of: cycle)
    case .setDue: return Endpoint.cycle.link(cycle.authority, cycle.id, query: [("for", stage)]) + "#extend"
    case .confirm, .publish, .answerObjection:
      for name in cyclePages[kind] ?? [] {
        if let endpoint = endpoint(name) { return endpoint.link(cycle.authority, cycle.id, query: [("stage", stage)]) }
      }
    case .submit, .fillIn, .evaluate, .settleSecondLook, .chase: break
    }
    guard groups.count == 1, let group = groups.first else {
      return list(cycle, [("stage", stage), ("state", kind == .chase ? "missing" : "open")])
    }
    let sheet = stage.flatMap { stage in
      school.flatMap { group.sheet(stage, of: $0) } ?? group.sheet(stage)
        ?? group.sheets.first { $0.stage == stage && !$0.isSubmitted }
    }
    guard let sheet, kind != .chase, kind != .assignExperts, kind != .recommend else { return self.group(cycle, group.id) }
    if kind == .submit { return Endpoint.submission.link(cycle.authority, sheet.id) }
    return self.sheet(cycle.authority, sheet.id)
  }

  /// The names of the cycle's own pages, the best first.
  private static let cyclePages: [CycleTask.Kind: [String]] = [
    .confirm: ["confirmation", "cycle"], .publish: ["publication", "cycle"],
    .answerObjection: ["objections", "cycle"],
  ]

  /// A page of one stage; of the cycle where the task names none.
  private static func page(_ endpoint: Endpoint, _ stage: String?, of cycle: StoredCycle) -> String {
    stage.map { endpoint.link(cycle.authority, cycle.id, $0) } ?? Endpoint.cycle.link(cycle.authority, cycle.id)
  }
}
