public import Notation
public import Registry

/// A plan with all that can be made ready before the write, so that others wait as short as may be: the numbers of what is
/// new, and what the chain is told.
public struct AcceptedPlan: Sendable {
  /// What the registry held of everything named when the plan was made.
  struct Ground: Sendable {
    let rows: RegistryRows
    let known: KnownRegistry
    let actor: Actor
    let ends: [ID: Int64]
  }

  let byTable: [RegistryTable: [RegistryPlan.Change]]
  /// Of everything named, by code.
  let numbers: [RegistryTable: [String: ID]]
  /// Of what was there before.
  let before: [RegistryTable: [String: ID]]
  let entries: [AuditEntry]
  let now: Instant
  private(set) var ground: Ground?

  /// A plan made before the write in which it is carried out.
  ///
  /// Throws `RegistryRefusal` where the plan has problems.
  public init(_ planned: PlannedImport, reason: String?, ids: IDMaker, by actor: Actor, at now: Instant) throws {
    try self.init(planned.plan, reason: reason, ids: ids, by: actor, at: now)
    ground = planned.ground
  }

  /// Throws `RegistryRefusal` where the plan has problems.
  init(_ plan: RegistryPlan, reason: String?, ids: IDMaker, by actor: Actor, at now: Instant) throws {
    guard plan.problems.isEmpty else { throw RegistryRefusal(problems: plan.problems) }
    let changes = plan.changes
    self.now = now
    before = plan.things.mapValues { $0.mapValues(\.id) }
    var numbers = before
    var owners: [RegistryTable: [String: ID]] = plan.things.mapValues { $0.mapValues(\.authority) }
    var byTable: [RegistryTable: [RegistryPlan.Change]] = [:]
    for change in changes { byTable[change.table, default: []].append(change) }
    var entries: [AuditEntry] = []
    entries.reserveCapacity(changes.count)
    for table in RegistryTable.allCases {
      for change in byTable[table] ?? [] where change.state == .new && table.isOfThings {
        let (code, id) = (change.row.values[0] ?? "", ids.next(at: now))
        numbers[table, default: [:]][code] = id
        let authority = table == .authorities ? id : change.row.values[2].flatMap { numbers[.authorities]?[$0] }
        owners[table, default: [:]][code] = authority ?? id
      }
      for change in byTable[table] ?? [] {
        guard let code = change.row.values[table.ownerIndex], let id = numbers[table.owner.table]?[code],
          let authority = owners[table.owner.table]?[code]
        else { continue }
        entries.append(Self.entry(change, of: id, authority, reason, by: actor, at: now))
      }
    }
    self.numbers = numbers
    self.byTable = byTable
    self.entries = entries
  }

  /// A change of a row as the chain tells it: what its columns were and are.
  static func entry(
    _ change: RegistryPlan.Change, of id: ID, _ authority: ID, _ reason: String?, by actor: Actor, at now: Instant
  ) -> AuditEntry {
    let kind = ["authority", "school", "group"][
      [.authorities, .schools, .groups].firstIndex(of: change.table.owner.table) ?? 0]
    let table = change.table
    func json(_ values: [String?], _ places: [Int], _ reason: String?) -> String {
      var fields = places.compactMap { place in values[place].map { (table.columns[place].code, JSONText.text($0)) } }
      if !table.isOfThings {
        let key = zip(table.columns, values).filter(\.0.isKey).dropFirst().compactMap(\.1).joined(separator: " ")
        fields =
          [(table.rawValue, .text(key))]
          + fields.filter { field in !table.columns.contains { $0.isKey && $0.code == field.0 } }
      }
      if let reason { fields.append(("reason", .text(reason))) }
      return JSONText.object(fields).text
    }
    let action = table.isOfThings && change.state == .new ? "added" : "changed"
    return AuditEntry(
      authority: authority, at: now, actor: actor, action: "\(kind).\(action)", object: "\(kind)/\(id)",
      before: change.before.map { json($0, change.state == .removed ? Array($0.indices) : change.columns, nil) },
      after: change.state == .removed ? reason : json(change.row.values, change.columns, reason))
  }
}

/// A plan with what it was made from, so that the write that carries it out can tell whether it still holds.
public struct PlannedImport: Sendable {
  public let plan: RegistryPlan
  let ground: AcceptedPlan.Ground
}

/// The registry was changed by somebody else after a plan was made: it is made again.
public struct RegistryMoved: Error, Sendable {}

/// Why the registry doesn't take rows.
public struct RegistryRefusal: Error, Sendable {
  public let problems: [Problem]

  public init(problems: [Problem]) { self.problems = problems }
}
