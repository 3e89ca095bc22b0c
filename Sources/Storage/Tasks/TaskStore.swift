public import Notation
public import Tasks

/// Tasks of a policy's list and of conferences, as they are kept. A reader at or above the authority that keeps them sees
/// all; an office below sees those in which a unit of its own is named, a school those that name it.
public enum TaskStore {
  /// Takes over a policy's list: what is new is added, what is there keeps its reports; units get the offices whose names
  /// they bear.
  ///
  /// - Returns: how many tasks were added.
  /// Throws `CycleFault` where the appointment isn't of the office that keeps them.
  @discardableResult
  public static func take(
    _ list: [PolicyTask], of authority: ID, for appointment: ID, at now: Instant, by actor: Actor, ids: IDMaker,
    _ transaction: any Transaction
  ) throws -> Int {
    guard try CycleStore.opens(appointment, transaction) == authority else { throw CycleFault.forbidden }
    let known = try transaction.rows(
      "SELECT id, policy_task FROM work_task WHERE authority = $1 AND policy_task IS NOT NULL", [.id(authority)])
    var numbers = Dictionary(try known.map { (try $0.text("policy_task"), try $0.id("id")) }) { first, _ in first }
    var added = 0
    var names: Set<String> = []
    for (position, (task, parent)) in list.flatMap(\.flat).enumerated() where numbers[task.id] == nil {
      let id = ids.next(at: now)
      numbers[task.id] = id
      added += 1
      names.formUnion(task.units.map(\.name))
      try add(
        WorkTask(
          id: id, parent: parent.flatMap { numbers[$0] }, title: task.title, text: task.text, units: task.units,
          from: task.from, due: task.due, source: task.source), authority: authority, policyTask: task.id,
        conference: nil, position: position, at: now, by: actor, transaction)
    }
    try recognize(names.sorted(), of: authority, at: now, by: actor, transaction)
    if added > 0 {
      transaction.record(
        AuditEntry(
          authority: authority, at: now, actor: actor, action: "tasks.taken", object: "authority/\(authority)",
          after: String(added)))
    }
    return added
  }

  /// Gives names the office or the school that bears them; a name of several schools means none of them by itself.
  static func recognize(
    _ names: [String], of authority: ID, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    guard !names.isEmpty else { return }
    func found(_ name: String, _ means: String) {
      transaction.record(
        AuditEntry(
          authority: authority, at: now, actor: actor, action: "tasks.unitFound", object: "authority/\(authority)",
          item: name, after: means))
    }
    let offices = try transaction.rows(
      """
      SELECT a.id, a.name FROM authority a JOIN authority_within w ON w.lower_id = a.id AND w.upper_id = $1
      WHERE a.ended IS NULL
      """, [.id(authority)]
    ).map { UnitNames.Office(id: try $0.id("id"), name: try $0.text("name")) }
    let known = offices.first { $0.id == authority }.map { UnitNames(of: $0, among: offices) }
    let schools = try schools(called: names.filter { known?.office(called: $0) == nil }, of: authority, transaction)
    for name in names {
      let office = known?.office(called: name)
      guard let unit = office ?? schools[name] else { continue }
      let count = try transaction.run(
        """
        INSERT INTO unit_office (authority, name, office, school) VALUES ($1, $2, $3, $4)
        ON CONFLICT (authority, name) DO NOTHING
        """, [.id(authority), .text(name), .id(office), .id(office == nil ? unit : nil)])
      if count > 0 { found(name, unit.description) }
    }
  }

  /// The schools within an authority that alone bear one of some names.
  private static func schools(
    called names: [String], of authority: ID, _ transaction: any Transaction
  ) throws -> [String: ID] {
    var found: [String: [ID]] = [:]
    // As many values as any engine binds.
    for start in stride(from: 0, to: names.count, by: 500) {
      let part = names[start..<min(start + 500, names.count)]
      let places = part.indices.map { "$\($0 - start + 2)" }.joined(separator: ", ")
      for row in try transaction.rows(
        """
        SELECT k.id, k.name FROM school k JOIN authority_within w ON w.lower_id = k.authority AND w.upper_id = $1
        WHERE k.name IN (\(places))
        """, [.id(authority)] + part.map { .text($0) })
      {
        found[try row.text("name"), default: []].append(try row.id("id"))
      }
    }
    return found.compactMapValues { $0.count == 1 ? $0[0] : nil }
  }

  /// Writes one task down.
  static func add(
    _ task: WorkTask, authority: ID, policyTask: String?, conference: ID?, position: Int, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO work_task (authority, id, parent, policy_task, conference, position, title, text, starts_on, due_on,
        standing, source, created_at, created_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """,
      [
        .id(authority), .id(task.id), .id(task.parent), .optional(policyTask), .id(conference), .integer(position),
        .text(task.title), .optional(task.text), .day(task.from), .day(task.due.day),
        .integer(task.due == .standing ? 1 : 0), .optional(task.source), .instant(now), .id(actor.account),
      ])
    for (place, unit) in task.units.enumerated() {
      try transaction.run(
        """
        INSERT INTO task_unit (authority, task, part, name, position) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (authority, task, part, name) DO NOTHING
        """, [.id(authority), .id(task.id), .text(unit.part.rawValue), .text(unit.name), .integer(place)])
    }
    try KeptDigest.task.record(authority: authority, task.id, at: now, by: actor, transaction)
  }

  /// Gives a part of a task to units of its own.
  ///
  /// Throws `CycleFault` with what is wrong.
  public static func addPart(
    _ part: ConferenceDecision, to task: ID, authority: ID, id: ID, for appointment: ID,
    telling news: TaskNews? = nil, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    guard try CycleStore.opens(appointment, transaction) == authority else { throw CycleFault.forbidden }
    let whole = try transaction.row(
      "SELECT title, source FROM work_task WHERE authority = $1 AND id = $2 AND closed_on IS NULL",
      [.id(authority), .id(task)])
    guard let whole else { throw CycleFault.conflict("tasks.fault.closed") }
    let problems = part.problems(on: now.day)
    guard problems.isEmpty else { throw CycleFault(problems) }
    let made = part.task(id, source: try whole.optionalText("source") ?? whole.text("title"))
    try add(
      WorkTask(
        id: id, parent: task, title: made.title, units: made.units, due: made.due, source: made.source),
      authority: authority, policyTask: nil, conference: nil, position: Int(now.milliseconds / 1000), at: now,
      by: actor, transaction)
    try recognize(part.units, of: authority, at: now, by: actor, transaction)
    try news?.tellUnits(part.units, of: authority, but: actor.account, at: now, transaction)
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "tasks.added", object: "task/\(id)", after: part.text))
  }

  /// A unit says how far it is.
  ///
  /// Throws `CycleFault`: forbidden where the unit isn't the reporter's.
  public static func report(
    _ report: TaskReport, on task: ID, authority: ID, for appointment: ID, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) throws {
    guard let found = try tasks(of: authority, only: task, for: appointment, transaction).first else {
      throw CycleFault.forbidden
    }
    let speaks = try transaction.row(
      """
      SELECT 1 AS yes FROM appointment p WHERE p.id = $1 AND p.role = 'office' AND p.authority = $2
      UNION ALL
      SELECT 1 FROM unit_office o
      WHERE o.authority = $2 AND o.name = $3 AND (
        o.office IN (SELECT p.authority FROM appointment p WHERE p.id = $1 AND p.role = 'office')
        OR o.school IN (SELECT p.school FROM appointment p WHERE p.id = $1 AND p.role IN ('lead', 'member')))
      """, [.id(appointment), .id(authority), .text(report.unit)])
    guard speaks != nil else { throw CycleFault.forbidden }
    let problems = report.problems(for: found)
    guard problems.isEmpty else { throw CycleFault(problems) }
    try transaction.run(
      """
      INSERT INTO task_report (authority, task, unit, at, percent, text, evidence, by_account)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (authority, task, unit, at) DO UPDATE
      SET percent = excluded.percent, text = excluded.text, evidence = excluded.evidence
      """,
      [
        .id(authority), .id(task), .text(report.unit), .instant(now), .integer(report.percent), .text(report.text),
        .optional(report.evidence), .id(actor.account),
      ])
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "tasks.reported", object: "task/\(task)",
        item: report.unit, after: "\(report.percent)% \(report.text)"))
  }

  /// Closes a task as a whole, or opens it again.
  public static func close(
    _ task: ID, authority: ID, on day: Day?, for appointment: ID, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) throws {
    guard try CycleStore.opens(appointment, transaction) == authority else { throw CycleFault.forbidden }
    let count = try transaction.run(
      "UPDATE work_task SET closed_on = $3, closed_by = $4 WHERE authority = $1 AND id = $2",
      [.id(authority), .id(task), .day(day), .id(day == nil ? nil : actor.account)])
    guard count == 1 else { throw CycleFault.forbidden }
    if day != nil {
      // What was told of a task goes with it: opened again, it is told anew.
      try transaction.run(
        "DELETE FROM reminder_told WHERE authority = $1 AND reminder LIKE $2",
        [.id(authority), .text("\(task)/%")])
    }
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: day == nil ? "tasks.reopened" : "tasks.closed",
        object: "task/\(task)", after: day?.text))
    try KeptDigest.task.record(authority: authority, task, at: now, by: actor, transaction)
  }

  /// Says which office a unit's name means, or the school of a code; neither: none of the registry.
  public static func mean(
    _ name: String, _ office: ID?, school code: String? = nil, authority: ID, for appointment: ID, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    guard try CycleStore.opens(appointment, transaction) == authority else { throw CycleFault.forbidden }
    try transaction.run("DELETE FROM unit_office WHERE authority = $1 AND name = $2", [.id(authority), .text(name)])
    if let code {
      let count = try transaction.run(
        """
        INSERT INTO unit_office (authority, name, school)
        SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT), k.id
        FROM school k JOIN authority_within w ON w.lower_id = k.authority AND w.upper_id = $1
        WHERE k.code = $3
        """, [.id(authority), .text(name), .text(code)])
      guard count == 1 else { throw CycleFault.invalid("tasks.fault.school", ["code": .text(code)]) }
    } else if let office {
      let count = try transaction.run(
        """
        INSERT INTO unit_office (authority, name, office)
        SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT), w.lower_id FROM authority_within w
        WHERE w.upper_id = $1 AND w.lower_id = $3
        """, [.id(authority), .text(name), .id(office)])
      guard count == 1 else { throw CycleFault.forbidden }
    }
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "tasks.unitSet", object: "authority/\(authority)",
        item: name, after: code ?? office?.description))
  }
}
