public import Notation
public import Tasks

/// Joint conferences as they are kept: called with an agenda, held with minutes, followed by tasks.
public enum ConferenceStore {
  /// Calls a conference and tells those it concerns.
  ///
  /// - Parameter news: what they are told.
  /// Throws `CycleFault` with what is wrong; forbidden where the appointment is no office's.
  public static func call(
    _ conference: Conference, for appointment: ID, telling news: TaskNews? = nil, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) throws -> ID {
    let authority = try CycleStore.opens(appointment, transaction)
    let problems = conference.problems(today: now.day)
    guard problems.isEmpty else { throw CycleFault(problems) }
    try transaction.run(
      "INSERT INTO conference (authority, id, day, title, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)",
      [
        .id(authority), .id(conference.id), .day(conference.day), .text(conference.title), .instant(now),
        .id(actor.account),
      ])
    try keepAgenda(conference, of: authority, transaction)
    try news?.tellOffices(of: authority, but: actor.account, at: now, transaction)
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "conference.called", object: "conference/\(conference.id)",
        after: "\(conference.day.text) \(conference.title)"))
    try KeptDigest.conference.record(authority: authority, conference.id, at: now, by: actor, transaction)
    return authority
  }

  private static func keepAgenda(
    _ conference: Conference, of authority: ID, _ transaction: any Transaction
  ) throws {
    for (place, point) in conference.agenda.enumerated() {
      try transaction.run(
        "INSERT INTO conference_point (authority, conference, position, title, unit) VALUES ($1, $2, $3, $4, $5)",
        [.id(authority), .id(conference.id), .integer(place), .text(point.title), .optional(point.unit)])
    }
  }

  /// One that its own office may still change; throws where it was held or called off.
  private static func called(
    _ id: ID, authority: ID, for appointment: ID, _ transaction: any Transaction
  ) throws -> Conference {
    guard try CycleStore.opens(appointment, transaction) == authority,
      let found = try find(id, authority: authority, for: appointment, transaction)
    else { throw CycleFault.forbidden }
    switch found.state {
    case .called: return found
    case .held: throw CycleFault.conflict("tasks.fault.alreadyHeld")
    case .off: throw CycleFault.conflict("tasks.fault.alreadyOff")
    }
  }

  /// Moves a conference that was called to another day, or gives it another name or agenda, and tells those it concerns.
  ///
  /// Throws `CycleFault` with what is wrong.
  public static func change(
    _ conference: Conference, authority: ID, reason: String, for appointment: ID, telling news: TaskNews?,
    at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    let id = conference.id
    let found = try called(id, authority: authority, for: appointment, transaction)
    let problems = found.problems(of: conference, reason: reason, today: now.day)
    guard problems.isEmpty else { throw CycleFault(problems) }
    guard conference != found else { return }
    try transaction.run(
      "UPDATE conference SET day = $3, title = $4 WHERE authority = $1 AND id = $2",
      [.id(authority), .id(id), .day(conference.day), .text(conference.title)])
    try transaction.run(
      "DELETE FROM conference_point WHERE authority = $1 AND conference = $2", [.id(authority), .id(id)])
    try keepAgenda(conference, of: authority, transaction)
    try news?.tellOffices(of: authority, but: actor.account, at: now, transaction)
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "conference.changed", object: "conference/\(id)",
        before: found.said, after: [conference.said, reason].filter { !$0.isEmpty }.joined(separator: "\n")))
    try KeptDigest.conference.record(authority: authority, id, at: now, by: actor, transaction)
  }

  /// Calls a conference off, with the reason, and tells those it concerned.
  public static func callOff(
    _ id: ID, authority: ID, reason: String, for appointment: ID, telling news: TaskNews?, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    _ = try called(id, authority: authority, for: appointment, transaction)
    guard !reason.allSatisfy(\.isWhitespace) else { throw CycleFault.invalid("tasks.fault.offReason") }
    try transaction.run(
      "UPDATE conference SET off_at = $3, off_by = $4, off_reason = $5 WHERE authority = $1 AND id = $2",
      [.id(authority), .id(id), .instant(now), .id(actor.account), .text(reason)])
    try news?.tellOffices(of: authority, but: actor.account, at: now, transaction)
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "conference.calledOff", object: "conference/\(id)",
        after: reason))
    try KeptDigest.conference.record(authority: authority, id, at: now, by: actor, transaction)
  }

  /// Puts the minutes down: it was held.
  public static func hold(
    _ id: ID, authority: ID, minutes: String, for appointment: ID, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) throws {
    guard try CycleStore.opens(appointment, transaction) == authority,
      let found = try find(id, authority: authority, for: appointment, transaction)
    else { throw CycleFault.forbidden }
    guard !found.isOff else { throw CycleFault.conflict("tasks.fault.alreadyOff") }
    guard !minutes.isEmpty else { throw CycleFault.invalid("tasks.fault.minutes") }
    let held = Conference(
      id: id, day: found.day, title: found.title, agenda: found.agenda, minutes: minutes)
    let problems = held.problems(today: now.day)
    guard problems.isEmpty else { throw CycleFault(problems) }
    try transaction.run(
      "UPDATE conference SET minutes = $3, held_at = $4 WHERE authority = $1 AND id = $2",
      [.id(authority), .id(id), .text(minutes), .instant(now)])
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "conference.held", object: "conference/\(id)",
        before: found.minutes, after: minutes))
    try KeptDigest.conference.record(authority: authority, id, at: now, by: actor, transaction)
  }

  /// A decision becomes a task of those it names.
  public static func decide(
    _ decision: ConferenceDecision, of id: ID, authority: ID, task: ID, for appointment: ID,
    telling news: TaskNews? = nil, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    guard try CycleStore.opens(appointment, transaction) == authority,
      let found = try find(id, authority: authority, for: appointment, transaction)
    else { throw CycleFault.forbidden }
    guard found.isHeld else { throw CycleFault.conflict("tasks.fault.undecided") }
    let problems = decision.problems(on: found.day)
    guard problems.isEmpty else { throw CycleFault(problems) }
    try TaskStore.add(
      decision.task(task, source: found.title), authority: authority, policyTask: nil, conference: id,
      position: Int(now.milliseconds / 1000), at: now, by: actor, transaction)
    try TaskStore.recognize(decision.units, of: authority, at: now, by: actor, transaction)
    try news?.tellUnits(decision.units, of: authority, but: actor.account, at: now, transaction)
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "conference.decided", object: "conference/\(id)",
        after: decision.text))
  }

  /// The conferences an appointment may read: of its own authority and of those above it, the latest first. One
  /// statement.
  public static func list(
    for appointment: ID, only id: ID? = nil, _ transaction: any Transaction
  ) throws -> [(authority: ID, conference: Conference)] {
    let scope = """
      EXISTS (
        SELECT 1 FROM appointment p JOIN authority_within w
          ON (w.lower_id = p.authority AND w.upper_id = c.authority)
          OR (w.upper_id = p.authority AND w.lower_id = c.authority)
        WHERE p.id = $1 AND p.role IN ('office', 'supervisor'))
        AND (CAST($2 AS BIGINT) IS NULL OR c.id = $2)
      """
    var found: [(authority: ID, conference: Conference)] = []
    for row in try transaction.rows(
      """
      SELECT c.*, k.title AS point, k.unit AS point_unit
      FROM (SELECT c.* FROM conference c WHERE \(scope) ORDER BY c.day DESC, c.id DESC LIMIT 200) c
      LEFT JOIN conference_point k ON k.authority = c.authority AND k.conference = c.id
      ORDER BY c.day DESC, c.id DESC, k.position
      """, [.id(appointment), .id(id)])
    {
      guard let day = try row.optionalDay("day") else { continue }
      let (authority, id) = (try row.id("authority"), try row.id("id"))
      var agenda: [Conference.Point] = []
      if let last = found.last, last.authority == authority, last.conference.id == id {
        agenda = last.conference.agenda
        found.removeLast()
      }
      if let point = try row.optionalText("point") {
        agenda.append(Conference.Point(title: point, unit: try row.optionalText("point_unit")))
      }
      found.append(
        (
          authority,
          Conference(
            id: id, day: day, title: try row.text("title"), agenda: agenda, minutes: try row.optionalText("minutes"),
            offReason: try row.optionalText("off_reason"))
        ))
    }
    return found
  }

  public static func find(
    _ id: ID, authority: ID, for appointment: ID, _ transaction: any Transaction
  ) throws -> Conference? {
    try list(for: appointment, only: id, transaction).first { $0.authority == authority }?.conference
  }
}

extension Conference {
  /// Its day, name and agenda, as the log keeps them.
  fileprivate var said: String { (["\(day.text) \(title)"] + agenda.map(\.title)).joined(separator: "\n") }
}
