public import Notation
public import People
public import Tasks

extension TaskStore {
  /// Whose tasks an appointment sees: the authority itself or the nearest above that keeps any. Nil: nobody's.
  public static func keeper(for appointment: ID, _ transaction: any Transaction) throws -> ID? {
    try transaction.row(
      """
      SELECT w.upper_id AS authority FROM appointment p
      LEFT JOIN school k ON k.id = p.school
      JOIN authority_within w ON w.lower_id = COALESCE(p.authority, k.authority)
      WHERE p.id = $1 AND p.role IN ('office', 'supervisor', 'lead', 'member')
        AND w.upper_id IN (SELECT t.authority FROM work_task t)
      ORDER BY (SELECT count(*) FROM authority_within u WHERE u.lower_id = w.upper_id) DESC LIMIT 1
      """, [.id(appointment)])?.id("authority")
  }

  /// The tasks of an authority that the appointment bound as `$2` may see.
  static let reached = """
    t.authority = $1 AND (
      EXISTS (
        SELECT 1 FROM appointment p JOIN authority_within w ON w.upper_id = p.authority
        WHERE p.id = $2 AND p.role IN ('office', 'supervisor') AND w.lower_id = $1)
      OR t.id IN (
        SELECT u.task FROM task_unit u JOIN unit_office o ON o.authority = u.authority AND o.name = u.name
        WHERE u.authority = $1 AND (
          o.office IN (
            SELECT w.lower_id FROM appointment p JOIN authority_within w ON w.upper_id = p.authority
            WHERE p.id = $2 AND p.role IN ('office', 'supervisor'))
          OR o.school IN (SELECT p.school FROM appointment p WHERE p.id = $2 AND p.role IN ('lead', 'member')))))
    """

  /// In their order, with units and each unit's latest report. Three statements.
  public static func tasks(
    of authority: ID, only task: ID? = nil, for appointment: ID, _ transaction: any Transaction
  ) throws -> [WorkTask] {
    try read(
      """
      \(reached) AND (CAST($3 AS BIGINT) IS NULL OR t.id = $3 OR t.parent = $3)
      """, [.id(authority), .id(appointment), .id(task)], transaction)
  }

  /// Those that came of a conference. Three statements.
  public static func tasks(
    of authority: ID, from conference: ID, for appointment: ID, _ transaction: any Transaction
  ) throws -> [WorkTask] {
    try read(
      "\(reached) AND t.conference = $3", [.id(authority), .id(appointment), .id(conference)], transaction)
  }

  /// Every task that may have to be told of, for the program itself.
  static func open(of authority: ID, _ transaction: any Transaction) throws -> [WorkTask] {
    try read("t.authority = $1 AND t.closed_on IS NULL AND t.due_on IS NOT NULL", [.id(authority)], transaction)
  }

  private static func read(
    _ scope: String, _ values: [Value], _ transaction: any Transaction
  ) throws -> [WorkTask] {
    var units: [ID: [WorkTask.Unit]] = [:]
    for row in try transaction.rows(
      """
      SELECT u.task, u.part, u.name FROM task_unit u
      JOIN work_task t ON t.authority = u.authority AND t.id = u.task
      WHERE \(scope) ORDER BY u.task, u.position
      """, values)
    {
      guard let part = WorkTask.Part(rawValue: try row.text("part")) else { continue }
      units[try row.id("task"), default: []].append(WorkTask.Unit(part, try row.text("name")))
    }
    var reports: [ID: [TaskReport]] = [:]
    for row in try transaction.rows(
      """
      SELECT r.task, r.unit, r.at, r.percent, r.text, r.evidence, a.name AS who FROM task_report r
      JOIN work_task t ON t.authority = r.authority AND t.id = r.task
      LEFT JOIN account a ON a.id = r.by_account
      WHERE \(scope) AND r.at = (
        SELECT max(l.at) FROM task_report l WHERE l.authority = r.authority AND l.task = r.task AND l.unit = r.unit)
      ORDER BY r.task, r.unit
      """, values)
    {
      reports[try row.id("task"), default: []].append(
        TaskReport(
          unit: try row.text("unit"), percent: try row.int("percent"), text: try row.text("text"),
          evidence: try row.optionalText("evidence"), at: try row.instant("at"), by: try row.optionalText("who")))
    }
    return try transaction.rows("SELECT t.* FROM work_task t WHERE \(scope) ORDER BY t.position, t.id", values).map {
      row in
      let id = try row.id("id")
      let due: WorkTask.Due =
        if try row.integer("standing") == 1 {
          .standing
        } else {
          try row.optionalDay("due_on").map { .day($0) } ?? .unsaid
        }
      return WorkTask(
        id: id, parent: try row.optionalID("parent"), title: try row.text("title"), text: try row.optionalText("text"),
        units: units[id] ?? [], from: try row.optionalDay("starts_on"), due: due,
        source: try row.optionalText("source"), closedOn: try row.optionalDay("closed_on"), reports: reports[id] ?? [])
    }
  }

  /// A name that units go by, with the office or the school it means.
  public struct UnitName: Sendable, Hashable {
    public let name: String
    public let office: ID?
    public let officeName: String?
    public let school: ID?
    public let schoolName: String?

    /// Whether somebody in a post speaks for it.
    public func isOf(_ post: Viewer.Post) -> Bool {
      if let own = post.school { return school == own }
      return office == post.authority
    }
  }

  /// Every name in the tasks of an authority, by name. One statement.
  public static func units(of authority: ID, _ transaction: any Transaction) throws -> [UnitName] {
    try transaction.rows(
      """
      SELECT n.name, o.office, a.name AS office_name, o.school, k.name AS school_name
      FROM (SELECT DISTINCT name FROM task_unit WHERE authority = $1) n
      LEFT JOIN unit_office o ON o.authority = $1 AND o.name = n.name
      LEFT JOIN authority a ON a.id = o.office
      LEFT JOIN school k ON k.id = o.school
      ORDER BY n.name
      """, [.id(authority)]
    ).map {
      UnitName(
        name: try $0.text("name"), office: try $0.optionalID("office"), officeName: try $0.optionalText("office_name"),
        school: try $0.optionalID("school"), schoolName: try $0.optionalText("school_name"))
    }
  }
}
